//! The rotations of a KMS key: each of the first two costs as much as the key again.

use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Sku, Unit};

pub const ROTATIONS: Operation<Rotation> = Operation::new("kms:ListKeyRotations").at("Rotations");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
pub struct Rotation {
    key_material_state: Option<Material>,
}

values! { enum Material { Pending = "PENDING_ROTATION", PendingImport = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION" } }

/// The number of charged rotations of a key; further ones are free.
const BILLED: usize = 2;

/// The number of rotations of this key; zero without an id.
pub async fn rotations(cx: &Cx, id: Option<String>) -> Result<usize> {
    let Some(id) = id else { return Ok(0) };
    let rotations = cx.ask(&ROTATIONS).with("KeyId", id).all().await;
    let rotations = found(rotations, &["NotFoundException", "UnsupportedOperationException"])?;
    Ok(rotations.map_or(0, |it| it.iter().filter(|it| is_done(it)).count()))
}

/// Imported key material can be pending rotation.
fn is_done(rotation: &Rotation) -> bool {
    !matches!(rotation.key_material_state, Some(Material::Pending | Material::PendingImport))
}

/// `None` without a rotation; metered if the number is not known.
pub fn rotations_charge(count: Option<usize>, sku: Sku) -> Option<Charge> {
    match count.map(|count| count.min(BILLED)) {
        None => Some(Charge::metered("rotations", sku, Unit::Month)),
        Some(0) => None,
        Some(count) => Some(Charge::each_month("rotation", sku, count)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rotation_that_waits_does_not_bill() {
        let of = |state: &str| Rotation { key_material_state: Some(state.into()) };
        assert_eq!(["CURRENT", "PENDING_ROTATION", "FUTURE"].map(|it| is_done(&of(it))), [true, false, true]);
        assert!(is_done(&Rotation::default()));
    }
}
