//! Lightsail's plans in the price list, and the parts that several of its types share: disks and add-ons.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::model::{Charge, Command, Sku, Unit};

/// A disk of an instance or of its snapshot.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Disk {
    pub is_system_disk: bool,
    pub size_in_gb: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct AddOn {
    pub name: Option<String>,
    pub status: Option<String>,
}

impl AddOn {
    fn is_off(&self) -> bool {
        let off = |status: &String| ["Disabled", "Terminated"].iter().any(|off| status.eq_ignore_ascii_case(off));
        self.status.as_ref().is_some_and(off)
    }
}

/// The price list entry of a plan, by its kind and its description.
pub fn plan(kind: &str, bundle: impl Into<String>) -> Sku {
    Sku::new("AmazonLightsail").with("kind", kind).with("bundle", bundle)
}

/// An entry that the price list may have under the API's name.
pub fn unlisted(kind: &str, id: Option<&str>) -> Sku {
    let sku = Sku::new("AmazonLightsail").with("kind", kind);
    match id {
        Some(id) => sku.with("bundle", id),
        None => sku,
    }
}

/// Daily automatic snapshots. No list has them, and their size is not known.
pub fn automatic(of: &[AddOn], bundle: &str) -> Option<Charge> {
    let takes = |it: &AddOn| {
        let of_snapshots = it.name.as_ref().is_none_or(|name| name.eq_ignore_ascii_case("AutoSnapshot"));
        of_snapshots && !it.is_off()
    };
    let charge = || Charge::metered("Lightsail automatic snapshots", plan("snapshot", bundle), Unit::GbMonth);
    of.iter().any(takes).then(charge)
}

/// AWS requires this option to delete a thing with add-ons.
pub fn with_add_ons(delete: Command, of: &[AddOn]) -> Command {
    if of.iter().all(AddOn::is_off) { delete } else { delete.words("--force-delete-add-ons") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn automatic_snapshots_bill_unless_they_are_off() {
        let add_on = |name: &str, status: &str| [AddOn { name: Some(name.into()), status: Some(status.into()) }];
        let delete = || Command::aws("lightsail delete-disk");
        let seen = |of: &[AddOn]| {
            (automatic(of, "Lightsail Snapshot per GB-Mo").is_some(), with_add_ons(delete(), of) != delete())
        };
        assert_eq!(seen(&add_on("AutoSnapshot", "Enabled")), (true, true));
        assert_eq!(seen(&add_on("AutoSnapshot", "Future")), (true, true));
        assert_eq!(seen(&add_on("AutoSnapshot", "Disabled")), (false, false));
        assert_eq!(seen(&add_on("StopInstanceOnIdle", "Enabled")), (false, true));
        assert_eq!(seen(&[]), (false, false));
    }
}
