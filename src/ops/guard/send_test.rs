//! A test of the whole chain: what is sent, and what should then be in the inbox.

use super::check::Checked;
use super::reconciler::Reconciler;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{SafeguardReport, Status};
use crate::safeguards;

/// AWS takes ASCII only, whatever language the text is in.
pub const SUBJECT: &str = "guardrail: test message";

/// What was sent, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The alarms that were triggered, each with a message of its own.
    pub alarms: Vec<String>,
    /// The confirmed addresses: only they get anything.
    pub emails: Vec<String>,
}

impl Reconciler {
    /// Sends a test message and triggers the alarms. `text` is the message in the person's language; the report of the check
    /// has the addresses that it reaches.
    ///
    /// # Errors
    /// There is no topic yet, or AWS refuses.
    pub async fn send_test(&self, checked: &Checked, text: &str) -> Result<Sent> {
        let inputs = &checked.placed.inputs;
        let (published, alarms) = futures::join!(
            safeguards::publish(&self.cx, inputs, SUBJECT, text),
            safeguards::trigger_alarms(&self.cx, inputs)
        );
        let hinted = |error: Error| error.hint(Text::new("hint-send-test"));
        published.map_err(hinted)?;
        Ok(Sent { alarms: alarms.map_err(hinted)?, emails: reached(&checked.report) })
    }
}

fn reached(report: &SafeguardReport) -> Vec<String> {
    let links = report.safeguards.iter().flat_map(|row| &row.proof);
    let confirmed = links.filter(|link| link.step == safeguards::CONFIRMED && link.status == Status::Ok);
    confirmed.filter_map(|link| link.subject.clone()).collect()
}
