//! What Amazon Q Business charges for: units of indices, and people.

use aws_sdk_qbusiness::operation::get_index::GetIndexOutput;
use aws_sdk_qbusiness::types::{
    Index, IndexCapacityConfiguration, IndexStatus, IndexType, Subscription, SubscriptionPrincipal, SubscriptionType,
};

use crate::error::Error;
use crate::model::{Charge, Sku, Unit};

pub const SERVICE: &str = "AmazonQ";

/// What an application is charged for, and what could not be told about that.
#[derive(Default)]
pub struct Use {
    pub charges: Vec<Charge>,
    pub faults: Vec<Error>,
}

pub fn of_index(index: &Index, detail: Option<&GetIndexOutput>) -> Charge {
    let kind = detail.and_then(GetIndexOutput::r#type).map(IndexType::as_str);
    let sku = kind.map_or_else(|| Sku::new(SERVICE), |kind| usage(&format!("QBusiness-IndexUnit:{kind}")));
    let name = kind.map_or_else(|| "index unit".to_owned(), |kind| format!("{kind} index unit"));
    let units = detail.and_then(GetIndexOutput::capacity_configuration).and_then(IndexCapacityConfiguration::units);
    let charge = match units {
        Some(units) => Charge::hourly(&name, sku, units),
        None => Charge::metered(&name, sku, Unit::Hour),
    };
    if index.status() == Some(&IndexStatus::Failed) { charge.at_most() } else { charge }
}

/// Who is subscribed in several applications is paid for once, and how many a group has is not said. `None`: nothing is
/// known of subscriptions.
pub fn of_subscriptions(subscriptions: Option<&[Subscription]>) -> Vec<Charge> {
    let Some(subscriptions) = subscriptions else {
        return vec![Charge::metered("subscriptions", Sku::new(SERVICE), Unit::Month)];
    };
    [("Lite", SubscriptionType::QLite), ("Pro", SubscriptionType::QBusiness)]
        .into_iter()
        .flat_map(|(name, kind)| of_kind(name, subscriptions.iter().filter(|it| kind_of(it) == Some(&kind))))
        .chain(of_kind("other", subscriptions.iter().filter(|it| is_other(it))))
        .collect()
}

fn of_kind<'a>(name: &str, subscriptions: impl Iterator<Item = &'a Subscription>) -> Vec<Charge> {
    let (users, groups): (Vec<_>, Vec<_>) =
        subscriptions.partition(|it| matches!(it.principal(), Some(SubscriptionPrincipal::User(_))));
    let sku = || usage(&format!("QBusiness-User:{name}"));
    let users = (!users.is_empty()).then(|| {
        let count = u64::try_from(users.len()).unwrap_or(u64::MAX);
        Charge::each_month(&format!("{name} user"), sku(), count).at_most()
    });
    let groups = (!groups.is_empty()).then(|| Charge::metered(&format!("{name} users of groups"), sku(), Unit::Month));
    users.into_iter().chain(groups).collect()
}

fn kind_of(subscription: &Subscription) -> Option<&SubscriptionType> {
    subscription.current_subscription()?.r#type()
}

fn is_other(subscription: &Subscription) -> bool {
    !matches!(kind_of(subscription), Some(SubscriptionType::QLite | SubscriptionType::QBusiness))
}

fn usage(usage: &str) -> Sku {
    Sku::new(SERVICE).with("usagetype", usage)
}

#[cfg(test)]
mod tests {
    use aws_sdk_qbusiness::types::{IndexCapacityConfiguration, SubscriptionDetails};

    use super::*;

    fn subscribed(kind: &str, principal: SubscriptionPrincipal) -> Subscription {
        let kind = SubscriptionDetails::builder().r#type(kind.into()).build();
        Subscription::builder().current_subscription(kind).principal(principal).build()
    }

    #[test]
    fn users_are_counted_and_groups_are_not() {
        let user = |name: &str| SubscriptionPrincipal::User(name.to_owned());
        let all = [
            subscribed("Q_LITE", user("a")),
            subscribed("Q_LITE", user("b")),
            subscribed("Q_BUSINESS", SubscriptionPrincipal::Group("g".to_owned())),
            subscribed("Q_NEW", user("c")),
        ];
        let told: Vec<_> = of_subscriptions(Some(&all)).into_iter().map(|charge| charge.what).collect();
        assert_eq!(told, ["≤ 2 × Lite user", "Pro users of groups", "≤ other user"]);
        assert_eq!(of_subscriptions(Some(&[])), []);
        assert_eq!(of_subscriptions(None).len(), 1);
    }

    #[test]
    fn an_index_bills_by_its_units() {
        let units = IndexCapacityConfiguration::builder().units(3).build();
        let detail = GetIndexOutput::builder().capacity_configuration(units).r#type("STARTER".into()).build();
        let index = |status: &str| Index::builder().status(status.into()).build();
        assert_eq!(of_index(&index("ACTIVE"), Some(&detail)).what, "3 × STARTER index unit");
        assert_eq!(of_index(&index("FAILED"), Some(&detail)).what, "≤ 3 × STARTER index unit");
        assert_eq!(of_index(&index("DREAMING"), None).quantity, None);
    }
}
