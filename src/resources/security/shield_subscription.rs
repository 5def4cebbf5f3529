//! Shield Advanced is charged every month for a year that cannot be cut short, and for further years unless renewal is disabled.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::found;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "shield-subscription",
    names: words("Shield Advanced subscription", "Shield Advanced サブスクリプション"),
    bills: words(
        "per month, for a whole year at a time, once for all accounts of an organisation; plus traffic",
        "1 年単位の契約で 1 か月ごと(組織全体で 1 件分)、加えて通信量",
    ),
    scope: Scope::Global,
    small: false,
    billed_as: &["AWSShield"],
    asks: &[&SUBSCRIPTION],
    writes: &["shield:UpdateSubscription"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SUBSCRIPTION: Operation<Answer> = Operation::new("shield:DescribeSubscription");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Answer {
    subscription: Option<Subscription>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Subscription {
    subscription_arn: Option<String>,
    start_time: Option<Timestamp>,
    end_time: Option<Timestamp>,
    auto_renew: Option<AutoRenew>,
}

values! { enum AutoRenew { Disabled = "DISABLED" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let answer = cx.ask(&SUBSCRIPTION).one().await;
    let answer = found(answer, &["ResourceNotFoundException"])?;
    Ok(answer.and_then(|it| it.subscription).iter().map(finding).collect::<Vec<_>>().into())
}

fn finding(subscription: &Subscription) -> Listed {
    let arn = subscription.subscription_arn.clone();
    let id = arn.as_deref().and_then(|arn| arn.rsplit('/').next()).filter(|id| !id.is_empty());
    let sku = Sku::new("AWSShield").with("item", "advanced_subscription").with("unit", "month");
    let created_at = subscription.start_time;
    let found = Listed::new(id.unwrap_or("subscription"));
    let found = Listed { arn, created_at, ..found }.charge(Charge::each_month("Shield Advanced", sku, 1));
    let ends = subscription.auto_renew == Some(AutoRenew::Disabled);
    let found = match subscription.end_time {
        Some(end) => found.note(Note::with(if ends { "committed-until" } else { "renewed-by-itself" }, end)),
        None => found,
    };
    let found = found.note(Note::new("usage-extra"));
    if ends {
        return found;
    }
    found.can(Verb::Stop, Command::aws("shield update-subscription --auto-renew DISABLED"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_renewal_can_be_ended() {
        let seen = |renew: Option<&str>| {
            let (end_time, auto_renew) = (Some(Timestamp::UNIX_EPOCH), renew.map(Into::into));
            let found = finding(&Subscription { end_time, auto_renew, ..Subscription::default() });
            (found.can.len(), found.notes[0].id().to_owned())
        };
        let (renewed, ends) = ((1, "renewed-by-itself".to_owned()), (0, "committed-until".to_owned()));
        assert_eq!([Some("ENABLED"), Some("DISABLED"), None].map(seen), [renewed.clone(), ends, renewed]);
    }
}
