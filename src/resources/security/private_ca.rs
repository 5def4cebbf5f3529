//! Private certificate authorities are charged every month until they are deleted, disabled or not.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "private-ca",
    names: words("Private certificate authority", "プライベート認証機関(AWS Private CA)"),
    bills: words(
        "per month until it is deleted, disabled or not, and per certificate",
        "削除するまで無効化中でも月ごと、加えて証明書ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSCertificateManager"],
    asks: &[&AUTHORITIES],
    writes: &["acm-pca:UpdateCertificateAuthority", "acm-pca:DeleteCertificateAuthority"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const AUTHORITIES: Operation<Authority> =
    Operation::new("acm-pca:ListCertificateAuthorities").at("CertificateAuthorities");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Authority {
    arn: Option<String>,
    status: Option<Status>,
    usage_mode: Option<UsageMode>,
    created_at: Option<Timestamp>,
    certificate_authority_configuration: Configuration,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Configuration {
    subject: Subject,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Subject {
    common_name: Option<String>,
}

values! { enum Status { Active = "ACTIVE", Deleted = "DELETED", Failed = "FAILED" } }
values! { enum UsageMode { General = "GENERAL_PURPOSE", ShortLived = "SHORT_LIVED_CERTIFICATE" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&AUTHORITIES).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is deleted: it can only be restored.
fn finding(authority: &Authority) -> Option<Listed> {
    if authority.status == Some(Status::Deleted) {
        return None;
    }
    let arn = authority.arn.as_deref().unwrap_or_default();
    let found = Listed {
        arn: authority.arn.clone(),
        created_at: authority.created_at,
        ..Listed::new(arn.rsplit('/').next().unwrap_or(arn))
    };
    let found = found.named(authority.certificate_authority_configuration.subject.common_name.clone());
    let charge = charge(authority);
    // A failed authority may be free.
    let charge = if authority.status == Some(Status::Failed) { charge.at_most() } else { charge };
    let found = found
        .charge(charge)
        .note(Note::new("stop-saves-nothing"))
        .note(Note::new("usage-extra"))
        .loses(Loss::Keys)
        .undoable();
    let delete = Command::aws("acm-pca delete-certificate-authority --certificate-authority-arn").arg(arn);
    // An active authority must be disabled before it can be deleted.
    Some(match authority.status {
        Some(Status::Active) => {
            let disable = Command::aws("acm-pca update-certificate-authority --certificate-authority-arn").arg(arn);
            found.can(Verb::Delete, disable.words("--status DISABLED").then(delete))
        }
        _ => found.can(Verb::Delete, delete),
    })
}

fn charge(authority: &Authority) -> Charge {
    let item = |item: &str| Sku::new("AWSCertificateManager").with("item", item).with("unit", "month");
    match &authority.usage_mode {
        Some(UsageMode::ShortLived) => Charge::each_month("short-lived private CA", item("private_ca_short_lived"), 1),
        Some(UsageMode::General) | None => Charge::each_month("private CA", item("private_ca_general"), 1),
        Some(other) => Charge::each_month(&format!("{} private CA", other.as_str()), item(other.as_str()), 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(status: &str) -> Option<Listed> {
        let arn = "arn:aws:acm-pca:us-east-1:123456789012:certificate-authority/ca-1";
        finding(&Authority { arn: Some(arn.into()), status: Some(status.into()), ..Authority::default() })
    }

    #[test]
    fn only_a_deleted_one_is_free() {
        let reported = |status| found(status).is_some();
        let statuses = ["DELETED", "DISABLED", "EXPIRED", "PENDING_CERTIFICATE", "FUTURE"].map(reported);
        assert_eq!(statuses, [false, true, true, true, true]);
        assert_eq!(found("FAILED").unwrap().charges[0].what, "≤ private CA");
        assert_eq!(finding(&Authority::default()).unwrap().charges.len(), 1);
    }

    #[test]
    fn an_active_one_is_disabled_first() {
        let disabled_first =
            |status| found(status).unwrap().commands[&Verb::Delete].to_string().contains("DISABLED && aws");
        assert_eq!(["ACTIVE", "DISABLED"].map(disabled_first), [true, false]);
        assert_eq!(found("ACTIVE").unwrap().id, "ca-1");
    }

    #[test]
    fn short_lived_ones_have_a_price_of_their_own() {
        let authority = |mode: &str| Authority { usage_mode: Some(mode.into()), ..Authority::default() };
        let item = |mode: &str| charge(&authority(mode)).sku.to_string();
        assert!(item("SHORT_LIVED_CERTIFICATE").contains("private_ca_short_lived"));
        assert!(item("GENERAL_PURPOSE").contains("private_ca_general"));
        assert!(item("FUTURE").contains("item=FUTURE"));
    }
}
