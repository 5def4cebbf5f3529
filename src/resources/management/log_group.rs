//! CloudWatch log groups are charged for stored data; without a retention setting it is kept forever.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::sizes::to_the_megabyte;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "log-group",
    names: words("CloudWatch log group", "CloudWatch ロググループ"),
    bills: words(
        "per GB and month of stored logs, which never expire unless a retention period is set",
        "保存しているログの GB・月ごと。保持期間を設定しなければ無期限",
    ),
    scope: Scope::Region,
    small: true,
    billed_as: &["AmazonCloudWatch"],
    asks: &[&GROUPS],
    writes: &["logs:DeleteLogGroup", "logs:PutLogGroupDeletionProtection"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GROUPS: Operation<Group> = Operation::new("logs:DescribeLogGroups").at("logGroups");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Group {
    log_group_name: Option<String>,
    log_group_arn: Option<String>,
    arn: Option<String>,
    log_group_class: Option<Class>,
    stored_bytes: Option<Decimal>,
    /// Milliseconds since 1970.
    creation_time: Option<i64>,
    retention_in_days: Option<IgnoredAny>,
    deletion_protection_enabled: bool,
}

values! { enum Class { Standard = "STANDARD", InfrequentAccess = "INFREQUENT_ACCESS" } }

async fn list(cx: &Cx) -> Result<Listing> {
    Ok(cx.ask(&GROUPS).all().await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that it is empty.
fn finding(group: &Group) -> Option<Listed> {
    let charge = match group.stored_bytes {
        Some(bytes) if bytes.is_zero() => return None,
        Some(bytes) => Charge::storage("log data", sku(group), to_the_megabyte(bytes)),
        None => Charge::metered("log data", sku(group), Unit::GbMonth),
    };
    let id = group.log_group_name.as_deref().unwrap_or_default();
    let arn = group.log_group_arn.as_ref().or(group.arn.as_ref()).cloned();
    let created_at = group.creation_time.and_then(|at| Timestamp::from_millisecond(at).ok());
    let mut found = Listed { arn, created_at, ..Listed::new(id) }.charge(charge);
    if group.retention_in_days.is_none() {
        found = found.note(Note::new("kept-for-ever"));
    }
    let mut command = Command::aws("logs delete-log-group --log-group-name").arg(id);
    if group.deletion_protection_enabled {
        let unlock = "logs put-log-group-deletion-protection --no-deletion-protection-enabled --log-group-identifier";
        command = Command::aws(unlock).arg(id).then(command);
    }
    Some(found.loses(Loss::Data).can(Verb::Delete, command))
}

/// Both known classes have one price for storage; a new class may have its own.
fn sku(group: &Group) -> Sku {
    let sku = Sku::new("AmazonCloudWatch").with("usagetype", "TimedStorage-ByteHrs");
    match &group.log_group_class {
        None | Some(Class::Standard | Class::InfrequentAccess) => sku,
        Some(class) => sku.with("logGroupClass", class.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_for_stored_data() {
        let what = |bytes: Option<i64>| {
            let group = Group { stored_bytes: bytes.map(Decimal::from), ..Group::default() };
            finding(&group).map(|it| it.charges[0].what.clone())
        };
        let said = |text: &str| Some(text.to_owned());
        let sizes = [Some(0), Some(1), Some(5 << 30), None].map(what);
        assert_eq!(sizes, [None, said("0.001 GB log data"), said("5 GB log data"), said("log data")]);
    }

    #[test]
    fn a_class_of_its_own_may_have_a_price_of_its_own() {
        let key = |class: &str| sku(&Group { log_group_class: Some(class.into()), ..Group::default() }).to_string();
        assert_eq!(key("STANDARD"), key("INFREQUENT_ACCESS"));
        assert_eq!(key("DELIVERY"), "AmazonCloudWatch logGroupClass=DELIVERY usagetype=TimedStorage-ByteHrs");
    }

    #[test]
    fn protection_is_removed_first() {
        let (log_group_name, stored_bytes) = (Some("/study".into()), Some(Decimal::ONE));
        let group = Group { log_group_name, stored_bytes, deletion_protection_enabled: true, ..Group::default() };
        let command = &finding(&group).unwrap().commands[&Verb::Delete].to_string();
        assert!(command.starts_with("aws logs put-log-group-deletion-protection"), "{command}");
    }
}
