//! Secrets in Secrets Manager bill for every month they exist, each copy in another region on its own.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::list_secrets::ListSecretsOutput;
use aws_sdk_secretsmanager::types::SecretListEntry;
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Region, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{tags, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "secret",
    names: words("Secrets Manager secret", "Secrets Manager シークレット"),
    bills: words(
        "per month while it exists, read or not; each copy in another region as well",
        "存在する間は使わなくても 1 か月ごと。他のリージョンのレプリカも同額",
    ),
    scope: Scope::Region,
    endpoint: "secretsmanager",
    small: true,
    billed_as: &["AWSSecretsManager"],
    reads: &["secretsmanager:ListSecrets"],
    writes: &["secretsmanager:DeleteSecret", "secretsmanager:StopReplicationToReplica"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_secrets().max_results(100).into_paginator().send();
    let pages: Vec<ListSecretsOutput> = pages.try_collect().await?;
    let secrets = pages.iter().flat_map(ListSecretsOutput::secret_list);
    Ok(secrets.filter_map(|secret| finding(secret, &cx.place.region)).collect::<Vec<_>>().into())
}

/// `None` means it does not bill: it is to be deleted.
fn finding(secret: &SecretListEntry, here: &Region) -> Option<Listed> {
    if secret.deleted_date().is_some() {
        return None;
    }
    // Names and ARNs say the same; only names may be spoken of as something to read.
    let id = secret.name().or(secret.arn()).unwrap_or_default();
    let tags = tags(secret.tags().iter().map(|tag| (tag.key(), tag.value())));
    let (arn, created_at) = (secret.arn.clone(), time(secret.created_date()));
    let charge = Charge::new("1 secret", sku(), 1, Unit::Month);
    let found = Listed { arn, created_at, bills_since_creation: true, tags, ..Listed::new(id) };
    // Some services pay for the secrets they keep; which, AWS's answer does not say.
    if let Some(service) = secret.owning_service() {
        return Some(found.charge(charge.at_most()).note(Note::with("service-managed", service)));
    }
    let name = secret.arn().unwrap_or(id);
    let mut command =
        Command::aws("secretsmanager delete-secret --secret-id").arg(name).words("--recovery-window-in-days 7");
    // A copy cannot be deleted while it is one.
    if secret.primary_region().is_some_and(|region| region != here.as_str()) {
        command = Command::aws("secretsmanager stop-replication-to-replica --secret-id").arg(name).then(command);
    }
    Some(found.charge(charge).can(Verb::Delete, command))
}

fn sku() -> Sku {
    Sku::new("AWSSecretsManager").with("usagetype", "AWSSecretsManager-Secrets")
}

#[cfg(test)]
mod tests {
    use aws_sdk_secretsmanager::types::builders::SecretListEntryBuilder;
    use aws_smithy_types::DateTime;

    use super::*;

    fn secret() -> SecretListEntryBuilder {
        SecretListEntry::builder().name("study/db").arn("arn:study")
    }

    fn found(secret: SecretListEntryBuilder) -> Option<Listed> {
        finding(&secret.build(), &Region::home())
    }

    #[test]
    fn bills_until_it_is_to_be_deleted() {
        assert_eq!(found(secret()).unwrap().charges[0].what, "1 secret");
        assert_eq!(found(secret().deleted_date(DateTime::from_secs(0))), None);
    }

    #[test]
    fn that_of_a_service_may_be_paid_for_by_it() {
        let found = found(secret().owning_service("rds")).unwrap();
        assert_eq!((found.charges[0].what.as_str(), found.can.len()), ("≤ 1 secret", 0));
    }

    #[test]
    fn a_copy_is_cut_off_first() {
        let command =
            |region: &str| found(secret().primary_region(region)).unwrap().commands[&Verb::Delete].to_string().clone();
        assert!(command("eu-west-1").starts_with("aws secretsmanager stop-replication-to-replica"));
        assert!(command("us-east-1").starts_with("aws secretsmanager delete-secret"));
    }
}
