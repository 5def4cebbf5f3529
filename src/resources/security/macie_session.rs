//! Macie is charged in each region where it is enabled: for buckets, for monitored objects and for inspected gigabytes.

use futures::FutureExt;
use jiff::Timestamp;
use serde::Deserialize;

use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::aws::fault::switched_on;
use crate::error::Result;
use crate::model::{Charge, Command, Listed, Loss, Note, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "macie-session",
    names: words("Macie", "Macie"),
    bills: words(
        "per bucket and day while it is on, and per object and GB it inspects",
        "有効な間はバケットごと・日ごと、加えて検査したオブジェクトと GB ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AmazonMacie"],
    asks: &[&SESSION],
    writes: &["macie2:UpdateMacieSession", "macie2:DisableMacie"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SESSION: Operation<Session> = Operation::new("macie2:GetMacieSession");

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Session {
    status: Option<Status>,
    created_at: Option<Timestamp>,
}

values! { enum Status { Paused = "PAUSED" } }

/// Where it is disabled, Macie answers with the code of a missing permission.
async fn list(cx: &Cx) -> Result<Listing> {
    let answer = cx.ask(&SESSION).one().await;
    let off = [("AccessDeniedException", "Macie is not enabled"), ("ResourceNotFoundException", "")];
    let session = switched_on(answer, &off)?;
    Ok(session.as_ref().and_then(finding).into_iter().collect::<Vec<_>>().into())
}

/// `None` means it is suspended, which is free.
fn finding(session: &Session) -> Option<Listed> {
    if session.status == Some(Status::Paused) {
        return None;
    }
    let found = Listed { created_at: session.created_at, ..Listed::new("session") }
        // The price is per bucket and day, a unit that charges do not have.
        .charge(metered("buckets watched", "buckets"))
        .charge(metered("objects watched", "automated_discovery"))
        .charge(metered("data looked into", "data_inspected"))
        .note(Note::new("trial"))
        .can(Verb::Stop, Command::aws("macie2 update-macie-session --status PAUSED"))
        .loses(Loss::Data)
        .can(Verb::Delete, Command::aws("macie2 disable-macie"));
    Some(found)
}

fn metered(what: &str, item: &str) -> Charge {
    Charge::metered(what, Sku::new("AmazonMacie").with("item", item), Unit::Month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_charged_unless_it_is_suspended() {
        let bills =
            |status: Option<&str>| finding(&Session { status: status.map(Into::into), ..Session::default() }).is_some();
        assert_eq!([Some("ENABLED"), Some("PAUSED"), Some("NEW"), None].map(bills), [true, false, true, true]);
    }
}
