//! How a run mails its result: by SES where an address to send from is given, else by the topic.

use aws_config::SdkConfig;

use crate::aws::{ses, topic};
use crate::error::Result;
use crate::render::Mail;

/// The ways that the template gives, in variables of the function.
#[derive(Debug, Default)]
pub struct Post {
    topic: Option<String>,
    sender: Option<String>,
    readers: Vec<String>,
}

impl Post {
    pub fn of_environment() -> Self {
        let given = |name: &str| std::env::var(name).ok().filter(|it| !it.is_empty());
        let readers = given("GUARDRAIL_READERS").unwrap_or_default();
        Self {
            topic: given("GUARDRAIL_TOPIC"),
            sender: given("GUARDRAIL_SENDER"),
            readers: readers.split_whitespace().map(str::to_owned).collect(),
        }
    }

    pub fn is_possible(&self) -> bool {
        self.topic.is_some() || self.sender.is_some()
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// SES or SNS refuses it.
    pub async fn send(&self, sdk: &SdkConfig, mail: &Mail) -> Result<()> {
        let Mail { subject, text, html } = mail;
        match (&self.sender, &self.topic) {
            (Some(from), _) => ses::send(sdk, ses::Mail { from, to: &self.readers, subject, text, html }).await,
            (None, Some(topic)) => topic::publish(sdk, topic, subject, text).await,
            (None, None) => Ok(()),
        }
    }
}
