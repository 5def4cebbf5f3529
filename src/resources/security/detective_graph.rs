//! Detective is charged to each account for the data it adds to a behavior graph, its own or another account's.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::either;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "detective-graph",
    names: words("Detective behavior graph", "Detective 動作グラフ"),
    bills: words(
        "per GB this account adds to it, also where another account owns it",
        "このアカウントが取り込ませた GB ごと(別アカウント所有の動作グラフを含む)",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonDetective"],
    asks: &[&GRAPHS, &INVITATIONS],
    writes: &["detective:DeleteGraph", "detective:DisassociateMembership"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const GRAPHS: Operation<Graph> = Operation::new("detective:ListGraphs").at("GraphList");
const INVITATIONS: Operation<Membership> = Operation::new("detective:ListInvitations").at("Invitations");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Graph {
    arn: Option<String>,
    created_time: Option<Timestamp>,
}

/// This account's membership in another account's graph.
#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Membership {
    graph_arn: Option<String>,
    status: Option<Status>,
    invitation_type: Option<Kind>,
}

values! {
    enum Status {
        Invited = "INVITED",
        VerificationInProgress = "VERIFICATION_IN_PROGRESS",
        VerificationFailed = "VERIFICATION_FAILED",
        AcceptedButDisabled = "ACCEPTED_BUT_DISABLED",
    }
}
values! { enum Kind { Organization = "ORGANIZATION" } }

async fn list(cx: &Cx) -> Result<Listing> {
    let (graphs, memberships) = futures::join!(cx.ask(&GRAPHS).all(), cx.ask(&INVITATIONS).all());
    let (graphs, memberships, faults) = either(graphs, memberships)?;
    let graphs = graphs.iter().flatten().map(own);
    let memberships = memberships.iter().flatten().filter_map(others);
    Ok(Listing { findings: graphs.chain(memberships).collect(), faults, ..Listing::default() })
}

fn own(graph: &Graph) -> Listed {
    let arn = graph.arn.as_deref();
    let command = Command::aws("detective delete-graph --graph-arn").arg(arn.unwrap_or_default());
    let found = Listed { created_at: graph.created_time, ..named(arn) };
    found.loses(Loss::Data).can(Verb::Delete, command)
}

/// Another account's graph. `None` means that it receives no data from this account.
fn others(membership: &Membership) -> Option<Listed> {
    use Status::{AcceptedButDisabled, Invited, VerificationFailed, VerificationInProgress};
    let unused = [AcceptedButDisabled, Invited, VerificationFailed, VerificationInProgress];
    if membership.status.as_ref().is_some_and(|status| unused.contains(status)) {
        return None;
    }
    let arn = membership.graph_arn.as_deref();
    let found = named(arn);
    // A member account of an organisation cannot leave the graph.
    if membership.invitation_type == Some(Kind::Organization) {
        return Some(found.note(Note::with("ends-with", "organization")));
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
    fn a_membership_is_charged_once_it_sends_data() {
        let bills =
            |status: &str| others(&Membership { status: Some(status.into()), ..Membership::default() }).is_some();
        let states = ["ENABLED", "INVITED", "VERIFICATION_IN_PROGRESS", "VERIFICATION_FAILED", "NEW"].map(bills);
        assert_eq!(states, [true, false, false, false, true]);
        assert!(!bills("ACCEPTED_BUT_DISABLED") && others(&Membership::default()).is_some());
    }

    #[test]
    fn one_of_the_organisation_stays() {
        let membership = |kind: &str| Membership { invitation_type: Some(kind.into()), ..Membership::default() };
        let can = |kind: &str| others(&membership(kind)).unwrap().can;
        assert_eq!([can("ORGANIZATION"), can("INVITATION")], [vec![], vec![Verb::Delete]]);
    }
}
