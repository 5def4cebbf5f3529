//! `sweep --notify`: tells what is new, once, through the account's own topic or a webhook.

use aws_config::SdkConfig;

use super::session::Session;
use crate::aws::post::{Address, post};
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::{SweepReport, Text};
use crate::ops::news::{News, after, news};
use crate::profile::Webhook;
use crate::render::{Notice, Told, notice, notice_body};
use crate::safeguards::publish_alert;
use crate::state::{Reports, ToldFile};
use crate::ui::Ui;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[arg(long, conflicts_with_all = ["organization", "no_history"])]
    pub notify: bool,
}

/// Where notifications go.
enum Destination {
    Topic,
    Webhook(Address),
}

impl Destination {
    /// # Errors
    /// The address of the webhook cannot be read, or is none.
    fn of(webhook: Option<&Webhook>) -> Result<Self> {
        let Some(webhook) = webhook else { return Ok(Self::Topic) };
        let text = webhook.read()?;
        let wrong = || Error::usage(Text::new("error-webhook")).hint(Text::new("hint-webhook"));
        Address::read(&text).map(Self::Webhook).ok_or_else(wrong)
    }

    /// A word for the name of a file.
    fn word(&self) -> String {
        match self {
            Self::Topic => "topic".to_owned(),
            Self::Webhook(address) => format!("webhook-{}", address.fingerprint()),
        }
    }
}

/// A destination that was checked before the sweep.
pub struct Notifier(Destination);

impl Notifier {
    /// # Errors
    /// The address of the webhook cannot be read, or is none.
    pub fn open(webhook: Option<&Webhook>) -> Result<Self> {
        Destination::of(webhook).map(Self)
    }

    /// Tells what is new; the report has been compared already. A status message says what was sent, or why nothing was.
    ///
    /// # Errors
    /// The notification was not delivered: the next sweep tells it.
    pub async fn tell(&self, session: &Session, report: &SweepReport, reports: &Reports, ui: &Ui) -> Result<()> {
        if report.changes.is_none() {
            ui.status(&ui.speech.plain("notify-first"));
        }
        let file = ToldFile::open(reports, &session.account, &self.0.word())?;
        let told = file.read();
        let Some(fresh) = news(report, &told) else {
            file.write(&after(report, None, true, told))?;
            if report.changes.is_some() {
                ui.status(&ui.speech.plain("notify-nothing"));
            }
            return Ok(());
        };
        let sent = self.deliver(&session.sdk, report, &fresh, session, &ui.speech).await;
        file.write(&after(report, Some(&fresh), sent.is_ok(), told))?;
        sent?;
        let place = match &self.0 {
            Destination::Topic => ui.speech.plain("notify-topic"),
            Destination::Webhook(address) => address.host.clone(),
        };
        ui.status(&ui.speech.with("notify-sent", &[("place", place)]));
        Ok(())
    }

    async fn deliver(
        &self,
        sdk: &SdkConfig,
        report: &SweepReport,
        fresh: &News,
        session: &Session,
        speech: &Speech,
    ) -> Result<()> {
        let told = Told { new: &fresh.new, jump: fresh.jump };
        let Notice { subject, text, title } = &notice(report, told, speech);
        match &self.0 {
            Destination::Topic => publish_alert(sdk, &session.account, subject, &format!("{title}\n\n{text}")).await,
            Destination::Webhook(address) => {
                let body = notice_body(&notice(report, told, speech), report, told, &address.host);
                post(sdk, address, &body.to_string()).await
            }
        }
    }
}
