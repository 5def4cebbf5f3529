//! Amazon Q Business applications bill for the units of their indices and for everybody who is subscribed.

use aws_sdk_qbusiness::Client;
use aws_sdk_qbusiness::types::{Application, ApplicationStatus};
use futures::FutureExt;

use super::qbusiness_charges::{SERVICE, Use, of_index, of_subscriptions};
use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::{Billing, Command, Listed, Note, Scope, Verb, words};
use crate::resources::details::details;
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "qbusiness-application",
    names: words("Amazon Q Business application", "Amazon Q Business アプリケーション"),
    bills: words(
        "per hour and unit of its indices, used or not, and per month and subscribed user",
        "使わなくてもインデックスのユニットごとに 1 時間ごと、加えてサブスクリプションのユーザーごとに 1 か月ごと",
    ),
    scope: Scope::Region,
    endpoint: "qbusiness",
    small: false,
    billed_as: &[SERVICE],
    reads: &[
        "qbusiness:ListApplications",
        "qbusiness:ListIndices",
        "qbusiness:GetIndex",
        "qbusiness:ListSubscriptions",
    ],
    writes: &["qbusiness:DeleteApplication"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let applications: Vec<Application> =
        client.list_applications().max_results(100).into_paginator().items().send().try_collect().await?;
    let ask = |it: &Application| used(client.clone(), it.application_id.clone());
    let mut listing = Listing::default();
    for (application, used) in details(applications, ask).await {
        listing.findings.extend(finding(&application, &used));
        listing.faults.extend(used.faults);
    }
    Ok(listing)
}

/// What one application uses, as far as AWS says it.
async fn used(client: Client, application: Option<String>) -> Use {
    let mut used = Use::default();
    let indices = client.list_indices().set_application_id(application.clone()).max_results(100).into_paginator();
    let subscriptions = client.list_subscriptions().set_application_id(application.clone()).max_results(100);
    let subscriptions = subscriptions.into_paginator().items().send().try_collect();
    let (indices, subscriptions) = futures::join!(indices.items().send().try_collect(), subscriptions);
    match indices {
        Ok(indices) => {
            let ask = |it: &aws_sdk_qbusiness::types::Index| {
                client.get_index().set_application_id(application.clone()).set_index_id(it.index_id.clone()).send()
            };
            for (index, detail) in details(indices, ask).await {
                used.charges.push(of_index(&index, detail.as_ref().ok()));
                used.faults.extend(detail.err().map(Error::from));
            }
        }
        Err(error) => used.faults.push(error.into()),
    }
    match subscriptions {
        Ok(subscriptions) => used.charges.extend(of_subscriptions(Some(&subscriptions))),
        Err(error) => {
            used.charges.extend(of_subscriptions(None));
            used.faults.push(error.into());
        }
    }
    used
}

/// `None`: it has no index, and nobody is subscribed.
fn finding(application: &Application, used: &Use) -> Option<Listed> {
    if used.charges.is_empty() && used.faults.is_empty() {
        return None;
    }
    let billing = match application.status() {
        Some(ApplicationStatus::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let failed = application.status() == Some(&ApplicationStatus::Failed);
    let charges = used.charges.iter().cloned().map(|it| if failed { it.at_most() } else { it }).collect();
    let id = application.application_id().unwrap_or_default();
    let found = Listed { billing, created_at: time(application.created_at()), charges, ..Listed::new(id) };
    let found = found.named(application.display_name.clone()).note(Note::new("delete-only"));
    Some(found.can(Verb::Delete, Command::aws("qbusiness delete-application --application-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_uses_nothing_bills_for_nothing() {
        let told = |status: &str, used: Use| finding(&Application::builder().status(status.into()).build(), &used);
        let one = || Use { charges: of_subscriptions(None), ..Use::default() };
        assert_eq!(told("ACTIVE", Use::default()), None);
        let billing = |status: &str| told(status, one()).map(|it| it.billing);
        assert_eq!(["ACTIVE", "CREATING", "DREAMING"].map(billing), [Some(Billing::Running); 3]);
        assert_eq!(billing("DELETING"), Some(Billing::Ending));
    }
}
