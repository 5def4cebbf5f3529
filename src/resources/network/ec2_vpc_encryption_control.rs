//! VPC encryption controls are charged for every hour of each monitored or enforced VPC that is not empty.

use aws_sdk_ec2::Client;
use aws_sdk_ec2::types::{VpcEncryptionControl, VpcEncryptionControlMode as Mode, VpcEncryptionControlState as State};
use futures::FutureExt;

use crate::aws::Cx;
use crate::aws::api::Typed;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Note, Scope, Verb, words};
use crate::resources::paging::pages;
use crate::resources::reading::{ec2_tags, name_tag, sku};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "ec2-vpc-encryption-control",
    names: words("VPC encryption control", "VPC 暗号化コントロール"),
    bills: words(
        "per hour and VPC that it monitors or enforces, unless the VPC is empty",
        "監視または強制の対象の VPC ごとに 1 時間ごと(空の VPC を除く)",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonVPC"],
    asks: &[&Typed("ec2:DescribeVpcEncryptionControls")],
    writes: &["ec2:DeleteVpcEncryptionControl"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let page = |token| {
        let answer = client.describe_vpc_encryption_controls().max_results(1000).set_next_token(token).send();
        async move { Ok(answer.await.map(|it| (it.vpc_encryption_controls.unwrap_or_default(), it.next_token))?) }
    };
    Ok(pages(page).await?.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it is no longer charged. An unknown state or mode is reported, not hidden.
fn finding(control: &VpcEncryptionControl) -> Option<Listed> {
    let billing = match control.state() {
        Some(State::Deleted) => return None,
        Some(State::Deleting) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = control.vpc_encryption_control_id().unwrap_or_default();
    let tags = ec2_tags(control.tags());
    let of = control.vpc_id().map(|vpc| Note::with("attached-to", vpc));
    let notes = of.into_iter().chain([Note::new("delete-only")]).collect();
    let found = Listed { name: name_tag(&tags), billing, tags, notes, ..Listed::new(id) };
    let mode = control.mode().map(Mode::as_str);
    let sku = sku("AmazonVPC", [("item", Some("encryption_control")), ("mode", mode)]);
    let found = found.charge(Charge::hourly("VPC encryption control", sku, 1).at_most());
    Some(found.can(Verb::Delete, Command::aws("ec2 delete-vpc-encryption-control --vpc-encryption-control-id").arg(id)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_until_it_is_deleted() {
        let billing = |state: &str| {
            finding(&VpcEncryptionControl::builder().state(state.into()).build()).map(|found| found.billing)
        };
        assert_eq!(["deleted", "deleting"].map(billing), [None, Some(Billing::Ending)]);
        let running = ["available", "creating", "enforce-failed", "delete-failed", "future"];
        assert_eq!(running.map(billing), [Some(Billing::Running); 5]);
    }

    #[test]
    fn both_modes_bill_and_so_does_an_unknown_one() {
        for mode in ["monitor", "enforce", "future"] {
            let found = finding(&VpcEncryptionControl::builder().mode(mode.into()).build()).unwrap();
            assert_eq!(found.charges[0].what, "≤ VPC encryption control");
        }
        assert!(finding(&VpcEncryptionControl::builder().build()).is_some());
    }
}
