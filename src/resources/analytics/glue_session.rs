//! Glue interactive sessions bill for their processing units (DPU) until they are stopped or time out.

use aws_sdk_glue::Client;
use aws_sdk_glue::operation::list_sessions::ListSessionsOutput;
use aws_sdk_glue::types::{Session, SessionStatus};
use futures::FutureExt;
use rust_decimal::Decimal;

use super::glue_units::units;
use crate::aws::Cx;
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::reading::time;
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "glue-session",
    names: words("Glue interactive session", "Glue インタラクティブセッション"),
    bills: words(
        "per second and processing unit (DPU) until it is stopped or has been idle for its timeout",
        "停止するかアイドルタイムアウトになるまで、処理ユニット (DPU) ごとに 1 秒ごと",
    ),
    scope: Scope::Region,
    endpoint: "glue",
    small: false,
    billed_as: &["AWSGlue"],
    reads: &["glue:ListSessions"],
    writes: &["glue:StopSession"],
    list: |cx| list(cx).boxed(),
};

async fn list(cx: &Cx) -> Result<Listing> {
    let pages = Client::new(&cx.sdk).list_sessions().max_results(1000).into_paginator().send();
    let pages: Vec<_> = pages.try_collect().await?;
    Ok(pages.iter().flat_map(ListSessionsOutput::sessions).filter_map(finding).collect::<Vec<_>>().into())
}

/// `None`: it has ended.
fn finding(session: &Session) -> Option<Listed> {
    let billing = match session.status() {
        Some(SessionStatus::Stopped | SessionStatus::Timeout | SessionStatus::Failed) => return None,
        Some(SessionStatus::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = session.id().unwrap_or_default();
    let found = Listed {
        billing,
        created_at: time(session.created_on()),
        bills_since_creation: true,
        charges: vec![charge(session)],
        ..Listed::new(id)
    };
    // It cannot be started again.
    Some(found.can(Verb::Delete, Command::aws("glue stop-session --id").arg(id)))
}

fn charge(session: &Session) -> Charge {
    let sku = Sku::new("AWSGlue").with("item", "interactive_session_dpu").with("unit", "hour");
    let capacity = || session.max_capacity().and_then(|it| Decimal::try_from(it).ok());
    match (units(session.worker_type(), session.number_of_workers()), session.worker_type()) {
        (Some(units), _) => Charge::hourly("DPU", sku, units),
        (None, None) => match capacity() {
            Some(units) => Charge::hourly("DPU", sku, units.normalize()),
            None => Charge::metered("DPU", sku, Unit::Hour),
        },
        // Its workers are charged as something else, of which the price is not known.
        (None, Some(kind)) => {
            Charge::metered(kind.as_str(), Sku::new("AWSGlue").with("workerType", kind.as_str()), Unit::Hour)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_workers_bill() {
        let session = || Session::builder().number_of_workers(5);
        assert_eq!(charge(&session().worker_type("G.1X".into()).max_capacity(5.0).build()).what, "5 × DPU");
        assert_eq!(charge(&Session::builder().max_capacity(0.0625).build()).what, "0.0625 × DPU");
        assert_eq!(charge(&session().worker_type("R.1X".into()).build()).sku.to_string(), "AWSGlue workerType=R.1X");
        assert_eq!(charge(&session().build()).quantity, None);
    }

    #[test]
    fn it_bills_until_it_has_ended() {
        let billing = |status: &str| finding(&Session::builder().status(status.into()).build()).map(|it| it.billing);
        let states = ["STOPPED", "TIMEOUT", "FAILED", "STOPPING", "READY", "PROVISIONING", "DREAMING"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, None, None, Some(Billing::Ending), running, running, running]);
    }
}
