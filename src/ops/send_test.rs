//! A test of the whole alert chain: sends a message and sets off the alarms.

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{SafeguardReport, Status};
use crate::safeguards::{self, Wish};

/// AWS takes only ASCII here.
pub const SUBJECT: &str = "guardrail: test message";

/// What was sent, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The alarms that rang, each with a message of its own.
    pub alarms: Vec<String>,
    /// The confirmed addresses: no other gets anything.
    pub emails: Vec<String>,
}

/// Sends a test message and rings the alarms. `text` is the message in the person's language; whom it reaches is what the
/// report of a check says.
///
/// # Errors
/// There is no topic yet, or AWS refuses.
pub async fn send(cx: &Cx, wish: &Wish, report: &SafeguardReport, text: &str) -> Result<Sent> {
    let (published, alarms) =
        futures::join!(safeguards::publish(cx, wish, SUBJECT, text), safeguards::ring_alarms(cx, wish));
    let hinted = |error: Error| error.hint(Text::new("hint-send-test"));
    published.map_err(hinted)?;
    Ok(Sent { alarms: alarms.map_err(hinted)?, emails: reached(report) })
}

fn reached(report: &SafeguardReport) -> Vec<String> {
    let links = report.safeguards.iter().flat_map(|row| &row.proof);
    let confirmed = links.filter(|link| link.step == safeguards::CONFIRMED && link.status == Status::Ok);
    confirmed.filter_map(|link| link.subject.clone()).collect()
}
