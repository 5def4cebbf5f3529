//! A test of the whole chain: what it sends, and what should then be in the inbox.

use crate::aws::Cx;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{SafeguardReport, Status};
use crate::safeguards::{self, Wish};

/// AWS takes no other letters than ASCII's here, whatever language the text is in.
pub const SUBJECT: &str = "guardrail: test message";

/// What was sent, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// The alarms that rang, each with a message of its own.
    pub alarms: Vec<String>,
    /// The confirmed addresses: nobody else gets anything.
    pub emails: Vec<String>,
}

/// Sends a test message and rings the alarms. `text` is the message in the person's language; whom it reaches is what the
/// report of a check says.
///
/// # Errors
/// There is no topic yet, or AWS refuses.
pub async fn ring(cx: &Cx, wish: &Wish, report: &SafeguardReport, text: &str) -> Result<Rung> {
    let (published, alarms) =
        futures::join!(safeguards::publish(cx, wish, SUBJECT, text), safeguards::ring_alarms(cx, wish));
    let hinted = |error: Error| error.hint(Text::new("hint-send-test"));
    published.map_err(hinted)?;
    Ok(Rung { alarms: alarms.map_err(hinted)?, emails: reached(report) })
}

fn reached(report: &SafeguardReport) -> Vec<String> {
    let links = report.safeguards.iter().flat_map(|row| &row.proof);
    let confirmed = links.filter(|link| link.step == safeguards::CONFIRMED && link.status == Status::Ok);
    confirmed.filter_map(|link| link.subject.clone()).collect()
}
