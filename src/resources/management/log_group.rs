//! CloudWatch log groups bill for what they keep, for ever if nobody said how long.

use aws_sdk_cloudwatchlogs::Client;
use aws_sdk_cloudwatchlogs::types::{LogGroup, LogGroupClass};
use futures::FutureExt;
use jiff::Timestamp;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::sizes::to_the_megabyte;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "log-group",
    names: words("CloudWatch log group", "CloudWatch ロググループ"),
    bills: words(
        "per GB and month of what it keeps, for ever unless a retention is set",
        "保存しているログの GB・月ごと。保持期間を設定しなければ無期限",
    ),
    scope: Scope::Region,
    endpoint: "logs",
    small: true,
    billed_as: &["AmazonCloudWatch"],
    reads: &["logs:DescribeLogGroups"],
    writes: &["logs:DeleteLogGroup", "logs:PutLogGroupDeletionProtection"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let groups = Client::new(&cx.sdk).describe_log_groups().limit(50).into_paginator().items().send();
    let groups: Vec<LogGroup> = groups.try_collect().await?;
    Ok(groups.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means that it keeps nothing.
fn finding(group: &LogGroup) -> Option<Listed> {
    let charge = match group.stored_bytes() {
        Some(0) => return None,
        Some(bytes) => Charge::storage("log data", sku(group), to_the_megabyte(bytes)),
        None => Charge::metered("log data", sku(group), Unit::GbMonth),
    };
    let id = group.log_group_name().unwrap_or_default();
    let arn = group.log_group_arn().or(group.arn()).map(str::to_owned);
    let created_at = group.creation_time().and_then(|at| Timestamp::from_millisecond(at).ok());
    let mut found = Listed { arn, created_at, ..Listed::new(id) }.charge(charge);
    if group.retention_in_days().is_none() {
        found = found.note(Note::new("kept-for-ever"));
    }
    let mut command = Command::aws("logs delete-log-group --log-group-name").arg(id);
    if group.deletion_protection_enabled() == Some(true) {
        let unlock = "logs put-log-group-deletion-protection --no-deletion-protection-enabled --log-group-identifier";
        command = Command::aws(unlock).arg(id).then(command);
    }
    Some(found.can(Verb::Delete, command))
}

/// Logs in either of the two old classes are kept at one price; a class that came later may have its own.
fn sku(group: &LogGroup) -> Sku {
    let sku = Sku::new("AmazonCloudWatch").with("usagetype", "TimedStorage-ByteHrs");
    match group.log_group_class() {
        None | Some(LogGroupClass::Standard | LogGroupClass::InfrequentAccess) => sku,
        Some(class) => sku.with("logGroupClass", class.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bills_for_what_it_keeps() {
        let what = |bytes: Option<i64>| {
            let group = LogGroup::builder().log_group_name("/study").set_stored_bytes(bytes).build();
            finding(&group).map(|it| it.charges[0].what.clone())
        };
        let said = |text: &str| Some(text.to_owned());
        let sizes = [Some(0), Some(1), Some(5 << 30), None].map(what);
        assert_eq!(sizes, [None, said("0.001 GB log data"), said("5 GB log data"), said("log data")]);
    }

    #[test]
    fn a_class_of_its_own_may_have_a_price_of_its_own() {
        let key = |class: &str| sku(&LogGroup::builder().log_group_class(class.into()).build()).to_string();
        assert_eq!(key("STANDARD"), key("INFREQUENT_ACCESS"));
        assert_eq!(key("DELIVERY"), "AmazonCloudWatch logGroupClass=DELIVERY usagetype=TimedStorage-ByteHrs");
    }

    #[test]
    fn protection_goes_first() {
        let group = LogGroup::builder().log_group_name("/study").stored_bytes(1).deletion_protection_enabled(true);
        let command = &finding(&group.build()).unwrap().commands[&Verb::Delete].to_string();
        assert!(command.starts_with("aws logs put-log-group-deletion-protection"), "{command}");
    }
}
