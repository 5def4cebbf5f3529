//! Glue interactive sessions are charged for their processing units (DPU) until they are stopped or time out.

use futures::FutureExt;
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::glue_units::{WorkerType, units};
use crate::aws::Cx;
use crate::aws::api::{Operation, values};
use crate::error::Result;
use crate::model::{Billing, Charge, Command, Listed, Scope, Sku, Unit, Verb, words};
use crate::resources::{Listing, Resource};

pub(super) static RESOURCE: Resource = Resource {
    id: "glue-session",
    names: words("Glue interactive session", "Glue インタラクティブセッション"),
    bills: words(
        "per second and processing unit (DPU) until it is stopped or has been idle for its timeout",
        "停止するかアイドルタイムアウトになるまで、処理ユニット(DPU) ごとに 1 秒ごと",
    ),
    scope: Scope::Region,
    small: false,
    billed_as: &["AWSGlue"],
    asks: &[&SESSIONS],
    writes: &["glue:StopSession"],
    owns: &[],
    list: |cx| list(cx).boxed(),
};

const SESSIONS: Operation<Session> = Operation::new("glue:ListSessions").at("Sessions");

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase", default)]
struct Session {
    id: Option<String>,
    status: Option<Status>,
    created_on: Option<Timestamp>,
    worker_type: Option<WorkerType>,
    number_of_workers: Option<Decimal>,
    max_capacity: Option<Decimal>,
}

values! {
    enum Status { Failed = "FAILED", Timeout = "TIMEOUT", Stopping = "STOPPING", Stopped = "STOPPED" }
}

async fn list(cx: &Cx) -> Result<Listing> {
    let sessions = cx.ask(&SESSIONS).all().await?;
    Ok(sessions.iter().filter_map(finding).collect::<Vec<_>>().into())
}

/// `None` means it has ended.
fn finding(session: &Session) -> Option<Listed> {
    let billing = match session.status {
        Some(Status::Stopped | Status::Timeout | Status::Failed) => return None,
        Some(Status::Stopping) => Billing::Ending,
        _ => Billing::Running,
    };
    let id = session.id.as_deref().unwrap_or_default();
    let found = Listed {
        billing,
        created_at: session.created_on,
        bills_since_creation: true,
        charges: vec![charge(session)],
        ..Listed::new(id)
    };
    // A stopped session cannot be started again.
    Some(found.can(Verb::Delete, Command::aws("glue stop-session --id").arg(id)))
}

fn charge(session: &Session) -> Charge {
    let sku = Sku::new("AWSGlue").with("item", "interactive_session_dpu").with("unit", "hour");
    let kind = session.worker_type.as_ref();
    match (units(kind, session.number_of_workers), kind) {
        (Some(units), _) => Charge::hourly("DPU", sku, units),
        (None, None) => match session.max_capacity {
            Some(units) => Charge::hourly("DPU", sku, units.normalize()),
            None => Charge::metered("DPU", sku, Unit::Hour),
        },
        // Workers of this type are charged under another name, whose price is not known.
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
        let session = |kind: Option<&str>, workers: Option<i64>, capacity: Option<Decimal>| Session {
            worker_type: kind.map(Into::into),
            number_of_workers: workers.map(Into::into),
            max_capacity: capacity,
            ..Session::default()
        };
        assert_eq!(charge(&session(Some("G.1X"), Some(5), Some(5.into()))).what, "5 × DPU");
        assert_eq!(charge(&session(None, None, Some(Decimal::new(625, 4)))).what, "0.0625 × DPU");
        assert_eq!(charge(&session(Some("R.1X"), Some(5), None)).sku.to_string(), "AWSGlue workerType=R.1X");
        assert_eq!(charge(&session(None, Some(5), None)).quantity, None);
    }

    #[test]
    fn it_is_charged_until_it_has_ended() {
        let billing =
            |status: &str| finding(&Session { status: Some(status.into()), ..Session::default() }).map(|it| it.billing);
        let states = ["STOPPED", "TIMEOUT", "FAILED", "STOPPING", "READY", "PROVISIONING", "FUTURE"].map(billing);
        let running = Some(Billing::Running);
        assert_eq!(states, [None, None, None, Some(Billing::Ending), running, running, running]);
    }
}
