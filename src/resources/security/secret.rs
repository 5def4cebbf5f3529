//! Secrets in Secrets Manager are charged every month they exist, each replica separately.

use std::collections::BTreeMap;

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::Operation;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Region, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::tag_list;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "secret",
    names: words("Secrets Manager secret", "Secrets Manager シークレット"),
    bills: words(
        "per month while it exists, read or not; each copy in another region as well",
        "存在する間は使わなくても 1 か月ごと。他のリージョンのレプリカも同額",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AWSSecretsManager"],
    asks: &[&SECRETS],
    writes: &["secretsmanager:DeleteSecret", "secretsmanager:StopReplicationToReplica"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SECRETS: Operation<Secret> = Operation::new("secretsmanager:ListSecrets").at("SecretList");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Secret {
    #[serde(rename = "ARN")]
    arn: Option<String>,
    name: Option<String>,
    created_date: Option<Timestamp>,
    deleted_date: Option<Timestamp>,
    owning_service: Option<String>,
    primary_region: Option<String>,
    #[serde(deserialize_with = "tag_list")]
    tags: BTreeMap<String, String>,
}

async fn list(cx: &Cx) -> Result<Listing> {
    let secrets = cx.ask(&SECRETS).all().await?;
    Ok(secrets.iter().filter_map(|secret| finding(secret, &cx.place.region)).collect::<Vec<_>>().into())
}

/// `None` means it is pending deletion, which is free.
fn finding(secret: &Secret, here: &Region) -> Option<Listed> {
    if secret.deleted_date.is_some() {
        return None;
    }
    // A name is easier to read than an ARN.
    let id = secret.name.as_ref().or(secret.arn.as_ref()).map_or("", String::as_str);
    let (arn, created_at, tags) = (secret.arn.clone(), secret.created_date, secret.tags.clone());
    let charge = Charge::new("1 secret", sku(), 1, Unit::Month);
    let found = Listed { arn, created_at, bills_since_creation: true, tags, ..Listed::new(id) };
    // Some AWS services pay for the secrets they own; the answer does not say which.
    if let Some(service) = &secret.owning_service {
        return Some(found.charge(charge.at_most()).note(Note::with("service-managed", service)));
    }
    let name = secret.arn.as_deref().unwrap_or(id);
    let mut command =
        Command::aws("secretsmanager delete-secret --secret-id").arg(name).words("--recovery-window-in-days 7");
    // A replica cannot be deleted as long as it is one.
    if secret.primary_region.as_deref().is_some_and(|region| region != here.as_str()) {
        command = Command::aws("secretsmanager stop-replication-to-replica --secret-id").arg(name).then(command);
    }
    Some(found.charge(charge).loses(Loss::Data).undoable().can(Verb::Delete, command))
}

fn sku() -> Sku {
    Sku::new("AWSSecretsManager").with("usagetype", "AWSSecretsManager-Secrets")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret() -> Secret {
        Secret { name: Some("study/db".into()), arn: Some("arn:study".into()), ..Secret::default() }
    }

    fn found(secret: &Secret) -> Option<Listed> {
        finding(secret, &Region::home())
    }

    #[test]
    fn is_charged_until_it_is_to_be_deleted() {
        assert_eq!(found(&secret()).unwrap().charges[0].what, "1 secret");
        assert_eq!(found(&Secret { deleted_date: Some(Timestamp::UNIX_EPOCH), ..secret() }), None);
    }

    #[test]
    fn that_of_a_service_may_be_paid_for_by_it() {
        let found = found(&Secret { owning_service: Some("rds".into()), ..secret() }).unwrap();
        assert_eq!((found.charges[0].what.as_str(), found.can.len()), ("≤ 1 secret", 0));
    }

    #[test]
    fn a_copy_is_cut_off_first() {
        let copied = |region: &str| Secret { primary_region: Some(region.into()), ..secret() };
        let command = |region: &str| found(&copied(region)).unwrap().commands[&Verb::Delete].to_string().clone();
        assert!(command("eu-west-1").starts_with("aws secretsmanager stop-replication-to-replica"));
        assert!(command("us-east-1").starts_with("aws secretsmanager delete-secret"));
    }
}
