//! Tests the whole alert chain, and reports the messages that should arrive.

use super::check::Checked;
use super::reconciler::Reconciler;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::model::report::{SafeguardReport, Status};
use crate::safeguards;

/// In ASCII, as SNS requires, whatever the language of the text.
pub const SUBJECT: &str = "guardrail: test message";

/// The sent messages and their recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The triggered alarms; each sends its own message.
    pub alarms: Vec<String>,
    /// The confirmed addresses: only they receive messages.
    pub emails: Vec<String>,
}

impl Reconciler {
    /// Sends a test message and triggers the alarms. `text` is the message in the person's language; `checked` has the addresses that
    /// receive it.
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
