//! VPC Lattice services are charged for every hour they exist, and for traffic and requests.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{AccountId, Billing, Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "vpc-lattice-service",
    names: words("VPC Lattice service", "VPC Lattice サービス"),
    bills: words(
        "per hour while it exists, and per GB and request that passes",
        "存在する間は 1 時間ごと、加えて通過した GB とリクエストごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&SERVICES],
    writes: &["vpc-lattice:DeleteService"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SERVICES: Operation<Service> = Operation::new("vpc-lattice:ListServices").at("items");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Service {
    id: Option<String>,
    name: Option<String>,
    arn: Option<String>,
    created_at: Option<Timestamp>,
    status: Option<Status>,
}

values! { enum Status { DeleteInProgress = "DELETE_IN_PROGRESS", CreateFailed = "CREATE_FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let services = cx.ask(&SERVICES).all().await?;
    Ok(services.iter().filter_map(|it| finding(it, &cx.place.account)).collect::<Vec<_>>().into())
}

/// `None` means this account does not pay for it. An unknown status is reported, not hidden.
fn finding(service: &Service, account: &AccountId) -> Option<Listed> {
    let billing = match service.status {
        Some(Status::DeleteInProgress) => Billing::Ending,
        _ => Billing::Running,
    };
    // The list includes services shared by other accounts, which pay for them.
    let owner = service.arn.as_deref().and_then(|arn| arn.split(':').nth(4)).filter(|owner| !owner.is_empty());
    if owner.is_some_and(|owner| owner != account.as_str()) {
        return None;
    }
    let id = service.id.as_deref().unwrap_or_default();
    let notes = vec![
        Note::new("delete-only"),
        Note::with("parts-first", "service network associations"),
        Note::new("usage-extra"),
    ];
    let found = Listed {
        arn: service.arn.clone(),
        billing,
        created_at: service.created_at,
        bills_since_creation: true,
        notes,
        ..Listed::new(id)
    };
    let sku = Sku::new("AmazonVPC").with("item", "lattice_service").with("unit", "hour");
    let charge = Charge::hourly("VPC Lattice service", sku, 1);
    let made = service.status != Some(Status::CreateFailed);
    let found = found.named(service.name.clone()).charge(if made { charge } else { charge.at_most() });
    Some(found.can(Verb::Delete, Command::aws("vpc-lattice delete-service --service-identifier").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Measure;

    #[test]
    fn ours_bill_in_every_status() {
        let account = "123456789012".parse().unwrap();
        let seen = |status: &str, owner: &str| {
            let arn = Some(format!("arn:aws:vpc-lattice:us-east-1:{owner}:service/svc-1"));
            let found = finding(&Service { arn, status: Some(status.into()), ..Service::default() }, &account);
            found.map(|found| (found.billing, found.charges[0].measure))
        };
        for status in ["ACTIVE", "CREATE_IN_PROGRESS", "DELETE_FAILED", "FUTURE"] {
            assert_eq!(seen(status, "123456789012"), Some((Billing::Running, Measure::Exact)), "{status}");
        }
        assert_eq!(seen("DELETE_IN_PROGRESS", "123456789012"), Some((Billing::Ending, Measure::Exact)));
        assert_eq!(seen("CREATE_FAILED", "123456789012"), Some((Billing::Running, Measure::AtMost)));
        assert_eq!(seen("ACTIVE", "210987654321"), None);
        assert!(finding(&Service::default(), &account).is_some());
    }
}
