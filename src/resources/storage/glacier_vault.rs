//! S3 Glacier vaults (the separate service, not the storage class of S3) are charged for their archives.

use futures::FutureExt;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::parse_timestamp;
use crate::resources::sizes::gigabytes;
use crate::resources::{Listing, Resource};

const SERVICE: &str = "AmazonGlacier";

pub(super) static RESOURCE: Resource = Resource {
    id: "glacier-vault",
    names: words("S3 Glacier vault", "S3 Glacier ボールト"),
    bills: words("per GB and month of the archives in it", "アーカイブの GB・月ごと"),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&VAULTS],
    writes: &["glacier:DeleteVault"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const VAULTS: Operation<Vault> = Operation::new("glacier:ListVaults").at("VaultList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Vault {
    vault_name: String,
    #[serde(rename = "VaultARN")]
    vault_arn: Option<String>,
    creation_date: Option<String>,
    last_inventory_date: Option<String>,
    number_of_archives: i64,
    size_in_bytes: Decimal,
}

async fn list(cx: &Cx) -> Result<Listing> {
    // `-` is the account of the credentials. AWS returns at most ten vaults a page, which its model does not say.
    let vaults = cx.ask(&VAULTS).with("accountId", "-").with("limit", "10").all().await?;
    Ok(vaults.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that the last inventory was empty. Before the first inventory the size is unknown.
fn finding(vault: &Vault) -> Option<Listed> {
    let sku = Sku::new(SERVICE).with("item", "vault_storage").with("unit", "gb-month");
    let charge = match gigabytes(vault.size_in_bytes) {
        Some(size) => Charge::storage("archives", sku, size),
        None if vault.last_inventory_date.is_some() && vault.number_of_archives == 0 => return None,
        None => Charge::metered("archives", sku, Unit::GbMonth),
    };
    let name = &vault.vault_name;
    let (arn, created_at) = (vault.vault_arn.clone(), parse_timestamp(vault.creation_date.as_deref()));
    let found = Listed { arn, created_at, ..Listed::new(name) }.charge(charge);
    let found = found.note(Note::new("delete-only")).note(Note::with("delete-first", "archives"));
    Some(
        found
            .loses(Loss::Data)
            .can(Verb::Delete, Command::aws("glacier delete-vault --account-id - --vault-name").arg(name)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_vault_with_an_empty_inventory_is_free() {
        let what = |inventory: Option<&str>, archives, bytes: i64| {
            let vault = Vault {
                last_inventory_date: inventory.map(str::to_owned),
                number_of_archives: archives,
                size_in_bytes: bytes.into(),
                ..Vault::default()
            };
            Some(finding(&vault)?.charges[0].what.clone())
        };
        let day = Some("2026-11-21T22:06:51.218Z");
        assert_eq!(what(day, 0, 0), None);
        assert_eq!(what(day, 2, 3 << 30).as_deref(), Some("3 GB archives"));
        assert_eq!(what(day, 2, 0).as_deref(), Some("archives"));
        assert_eq!(what(None, 0, 0).as_deref(), Some("archives"));
    }
}
