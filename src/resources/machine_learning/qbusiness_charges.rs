//! The charges of Amazon Q Business: index units and user subscriptions.

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::aws::api::values;
use crate::error::Error;
use crate::model::{Charge, Sku, Unit};

pub const SERVICE: &str = "AmazonQ";

/// The charged usage of an application, and the calls that failed.
#[derive(Default)]
pub struct Use {
    pub charges: Vec<Charge>,
    pub faults: Vec<Error>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Index {
    pub index_id: Option<String>,
    status: Option<Status>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct IndexDetail {
    #[serde(rename = "type")]
    kind: Option<String>,
    capacity_configuration: Capacity,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Capacity {
    units: Option<Decimal>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct Subscription {
    principal: Principal,
    current_subscription: Plan,
}

/// A user or a group.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Principal {
    user: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Plan {
    #[serde(rename = "type")]
    kind: Option<Kind>,
}

values! { enum Status { Failed = "FAILED" } }
values! { enum Kind { Lite = "Q_LITE", Pro = "Q_BUSINESS" } }

pub fn of_index(index: &Index, detail: Option<&IndexDetail>) -> Charge {
    let kind = detail.and_then(|it| it.kind.as_deref());
    let sku = kind.map_or_else(|| Sku::new(SERVICE), |kind| usage(&format!("QBusiness-IndexUnit:{kind}")));
    let name = kind.map_or_else(|| "index unit".to_owned(), |kind| format!("{kind} index unit"));
    let charge = match detail.and_then(|it| it.capacity_configuration.units) {
        Some(units) => Charge::hourly(&name, sku, units),
        None => Charge::metered(&name, sku, Unit::Hour),
    };
    if index.status == Some(Status::Failed) { charge.at_most() } else { charge }
}

/// A user with subscriptions in several applications is charged once, and AWS does not return the number of users of a group.
/// `subscriptions` is `None` if they could not be read.
pub fn of_subscriptions(subscriptions: Option<&[Subscription]>) -> Vec<Charge> {
    let Some(subscriptions) = subscriptions else {
        return vec![Charge::metered("subscriptions", Sku::new(SERVICE), Unit::Month)];
    };
    let named = |it: &Subscription| match it.current_subscription.kind {
        Some(Kind::Lite) => "Lite",
        Some(Kind::Pro) => "Pro",
        _ => "other",
    };
    let of = |name| of_kind(name, subscriptions.iter().filter(|it| named(it) == name));
    ["Lite", "Pro", "other"].into_iter().flat_map(of).collect()
}

fn of_kind<'a>(name: &str, subscriptions: impl Iterator<Item = &'a Subscription>) -> Vec<Charge> {
    let (users, groups): (Vec<_>, Vec<_>) = subscriptions.partition(|it| it.principal.user.is_some());
    let sku = || usage(&format!("QBusiness-User:{name}"));
    let users = (!users.is_empty()).then(|| {
        let count = u64::try_from(users.len()).unwrap_or(u64::MAX);
        Charge::each_month(&format!("{name} user"), sku(), count).at_most()
    });
    let groups = (!groups.is_empty()).then(|| Charge::metered(&format!("{name} users of groups"), sku(), Unit::Month));
    users.into_iter().chain(groups).collect()
}

fn usage(usage: &str) -> Sku {
    Sku::new(SERVICE).with("usagetype", usage)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn subscribed(kind: &str, user: Option<&str>) -> Subscription {
        let principal = Principal { user: user.map(str::to_owned) };
        Subscription { principal, current_subscription: Plan { kind: Some(kind.into()) } }
    }

    #[test]
    fn users_are_counted_and_groups_are_not() {
        let all = [
            subscribed("Q_LITE", Some("a")),
            subscribed("Q_LITE", Some("b")),
            subscribed("Q_BUSINESS", None),
            subscribed("Q_NEW", Some("c")),
        ];
        let charges: Vec<_> = of_subscriptions(Some(&all)).into_iter().map(|charge| charge.what).collect();
        assert_eq!(charges, ["≤ 2 × Lite user", "Pro users of groups", "≤ other user"]);
        assert_eq!(of_subscriptions(Some(&[])), []);
        assert_eq!(of_subscriptions(None).len(), 1);
    }

    #[test]
    fn an_index_is_charged_by_its_units() {
        let capacity_configuration = Capacity { units: Some(3.into()) };
        let detail = IndexDetail { kind: Some("STARTER".into()), capacity_configuration };
        let index = |status: &str| Index { status: Some(status.into()), ..Index::default() };
        assert_eq!(of_index(&index("ACTIVE"), Some(&detail)).what, "3 × STARTER index unit");
        assert_eq!(of_index(&index("FAILED"), Some(&detail)).what, "≤ 3 × STARTER index unit");
        assert_eq!(of_index(&index("FUTURE"), None).quantity, None);
    }
}
