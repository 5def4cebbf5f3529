//! Amazon Q Business applications are charged for the units of their indices and for every subscribed user.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use super::qbusiness_charges::{Index, IndexDetail, SERVICE, Subscription, Use, of_index, of_subscriptions};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Command, Listed, Loss, Note, Scope, Verb, words};
use crate::resources::details::details;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "qbusiness-application",
    names: words("Amazon Q Business application", "Amazon Q Business アプリケーション"),
    bills: words(
        "per hour and unit of its indices, used or not, and per month and subscribed user",
        "使わなくてもインデックスのユニットごとに 1 時間ごと、加えてサブスクリプションのユーザーごとに 1 か月ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &[SERVICE],
    asks: &[&APPLICATIONS, &INDICES, &INDEX, &SUBSCRIPTIONS],
    writes: &["qbusiness:DeleteApplication"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const APPLICATIONS: Operation<Application> = Operation::new("qbusiness:ListApplications").at("applications");
const INDICES: Operation<Index> = Operation::new("qbusiness:ListIndices").at("indices");
const INDEX: Operation<IndexDetail> = Operation::new("qbusiness:GetIndex");
const SUBSCRIPTIONS: Operation<Subscription> = Operation::new("qbusiness:ListSubscriptions").at("subscriptions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Application {
    application_id: Option<String>,
    display_name: Option<String>,
    status: Option<Status>,
    created_at: Option<Timestamp>,
}

values! { enum Status { Deleting = "DELETING", Failed = "FAILED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let applications = cx.ask(&APPLICATIONS).all().await?;
    let ask = |it: &Application| used(cx, it.application_id.clone());
    let mut listing = Listing::default();
    for (application, used) in details(applications, ask).await {
        listing.findings.extend(finding(&application, &used));
        listing.faults.extend(used.faults);
    }
    Ok(listing)
}

/// The usage of one application, as far as AWS returns it.
async fn used(cx: &Cx, application: Option<String>) -> Use {
    let mut used = Use::default();
    let (indices, subscriptions) = futures::join!(
        cx.ask(&INDICES).with("applicationId", application.clone()).all(),
        cx.ask(&SUBSCRIPTIONS).with("applicationId", application.clone()).all(),
    );
    match indices {
        Ok(indices) => {
            let ask = |it: &Index| {
                let asked = cx.ask(&INDEX).with("applicationId", application.clone());
                asked.with("indexId", it.index_id.clone()).one()
            };
            for (index, detail) in details(indices, ask).await {
                used.charges.push(of_index(&index, detail.as_ref().ok()));
                used.faults.extend(detail.err());
            }
        }
        Err(error) => used.faults.push(error),
    }
    match subscriptions {
        Ok(subscriptions) => used.charges.extend(of_subscriptions(Some(&subscriptions))),
        Err(error) => {
            used.charges.extend(of_subscriptions(None));
            used.faults.push(error);
        }
    }
    used
}

/// `None` means that it has no index and no subscribed user.
fn finding(application: &Application, used: &Use) -> Option<Listed> {
    if used.charges.is_empty() && used.faults.is_empty() {
        return None;
    }
    let billing = match application.status {
        Some(Status::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = application.status == Some(Status::Failed);
    let charges = used.charges.iter().cloned().map(|it| if failed { it.at_most() } else { it }).collect();
    let id = application.application_id.as_deref().unwrap_or_default();
    let found = Listed { billing, created_at: application.created_at, charges, ..Listed::new(id) };
    let found = found.named(application.display_name.clone()).note(Note::new("delete-only"));
    Some(
        found
            .loses(Loss::Data)
            .can(Verb::Delete, Command::aws("qbusiness delete-application --application-id").arg(id)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unused_one_is_free() {
        let found = |status: &str, used: Use| {
            finding(&Application { status: Some(status.into()), ..Application::default() }, &used)
        };
        let one = || Use { charges: of_subscriptions(None), ..Use::default() };
        assert_eq!(found("ACTIVE", Use::default()), None);
        let billing = |status: &str| found(status, one()).map(|it| it.billing);
        assert_eq!(["ACTIVE", "CREATING", "FUTURE"].map(billing), [Some(Billing::Running); 3]);
        assert_eq!(billing("DELETING"), Some(Billing::Ending));
    }
}
