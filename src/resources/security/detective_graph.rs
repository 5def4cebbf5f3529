//! Detective bills each account for the data it adds to a behavior graph, be the graph its own or another account's.

use aws_sdk_detective::operation::list_graphs::ListGraphsOutput;
use aws_sdk_detective::operation::list_invitations::ListInvitationsOutput;
use aws_sdk_detective::types::{Graph, InvitationType, MemberDetail, MemberStatus};
use aws_sdk_detective::{Client, error::SdkError};
use futures::FutureExt;

use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::{either, time};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "detective-graph",
    names: words("Detective behavior graph", "Detective 動作グラフ"),
    bills: words(
        "per GB this account adds to it, also where another account owns it",
        "このアカウントが取り込ませた GB ごと (別アカウント所有の動作グラフを含む)",
    ),
    scope: Scope::Region,
    endpoint: "api.detective",
    small: false,
    billed_as: &["AmazonDetective"],
    reads: &["detective:ListGraphs", "detective:ListInvitations"],
    writes: &["detective:DeleteGraph", "detective:DisassociateMembership"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let client = Client::new(&cx.sdk);
    let graphs = client.list_graphs().max_results(200).into_paginator().send();
    let memberships = client.list_invitations().max_results(200).into_paginator().send();
    let (graphs, memberships) = futures::join!(graphs.try_collect(), memberships.try_collect());
    let graphs: Result<Vec<ListGraphsOutput>, SdkError<_>> = graphs;
    let memberships: Result<Vec<ListInvitationsOutput>, SdkError<_>> = memberships;
    let (graphs, memberships, faults) = either(graphs, memberships)?;
    let graphs = graphs.iter().flatten().flat_map(ListGraphsOutput::graph_list).map(own);
    let memberships = memberships.iter().flatten().flat_map(ListInvitationsOutput::invitations).filter_map(others);
    Ok(Listing { findings: graphs.chain(memberships).collect(), faults, ..Listing::default() })
}

fn own(graph: &Graph) -> Listed {
    let command = Command::aws("detective delete-graph --graph-arn").arg(graph.arn().unwrap_or_default());
    let found = Listed { created_at: time(graph.created_time()), ..named(graph.arn()) };
    found.can(Verb::Delete, command)
}

/// Another account's graph. `None` means that nothing of this account goes there.
fn others(membership: &MemberDetail) -> Option<Listed> {
    use MemberStatus::{AcceptedButDisabled, Invited, VerificationFailed, VerificationInProgress};
    let unused = [AcceptedButDisabled, Invited, VerificationFailed, VerificationInProgress];
    if membership.status().is_some_and(|status| unused.contains(status)) {
        return None;
    }
    let arn = membership.graph_arn();
    let found = named(arn);
    // An account of the organisation cannot leave its graph by itself.
    if membership.invitation_type() == Some(&InvitationType::Organization) {
        return Some(found);
    }
    let command = Command::aws("detective disassociate-membership --graph-arn").arg(arn.unwrap_or_default());
    Some(found.can(Verb::Delete, command))
}

/// `arn:aws:detective:eu-west-1:123456789012:graph:0123456789abcdef`
fn named(arn: Option<&str>) -> Listed {
    let id = arn.and_then(|arn| arn.rsplit(':').next()).unwrap_or_default();
    let sku = Sku::new("AmazonDetective").with("item", "data_ingested");
    let found = Listed { arn: arn.map(str::to_owned), ..Listed::new(id) };
    found.charge(Charge::metered("data taken in", sku, Unit::Month)).note(Note::new("trial"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_membership_bills_once_data_goes_there() {
        let bills = |status: &str| others(&MemberDetail::builder().status(status.into()).build()).is_some();
        let states = ["ENABLED", "INVITED", "VERIFICATION_IN_PROGRESS", "VERIFICATION_FAILED", "NEW"].map(bills);
        assert_eq!(states, [true, false, false, false, true]);
        assert!(!bills("ACCEPTED_BUT_DISABLED") && others(&MemberDetail::builder().build()).is_some());
    }

    #[test]
    fn one_of_the_organisation_stays() {
        let can = |kind: &str| others(&MemberDetail::builder().invitation_type(kind.into()).build()).unwrap().can;
        assert_eq!([can("ORGANIZATION"), can("INVITATION")], [vec![], vec![Verb::Delete]]);
    }
}
