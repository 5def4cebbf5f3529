//! `sweep --notify`: tells what is new, once, through the account's own topic or a webhook.

use super::session::Session;
use crate::aws::post::{Address, post};
use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::told::Told;
use crate::model::{News, OrganizationReport, SweepReport, Text};
use crate::ops::news::Outlook;
use crate::profile::Webhook;
use crate::render::{About, Notice, notice, notice_body};
use crate::safeguards::publish_alert;
use crate::state::{Store, Turn};
use crate::ui::Ui;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[arg(long, conflicts_with = "no_history")]
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

    /// A word for a key of the store.
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

    /// Tells what is new in an account, whose report has been compared already.
    ///
    /// # Errors
    /// The notification was not delivered: the next sweep tells it.
    pub async fn tell(&self, session: &Session, report: &SweepReport, store: &Store, ui: &Ui) -> Result<()> {
        let turn = Turn::wait(store, &session.account, &self.0.word()).await?;
        let told = turn.read().await;
        let outlook = Outlook::of(report, &told);
        self.send(session, About::Account(report), &outlook, (turn, told), ui).await
    }

    /// Tells what is new in the accounts of an organisation.
    ///
    /// # Errors
    /// As for [`Self::tell`].
    pub async fn tell_of_all(
        &self,
        session: &Session,
        report: &OrganizationReport,
        outlook: &Outlook,
        store: &Store,
        ui: &Ui,
    ) -> Result<()> {
        let turn = self.of_all(session, store).await?;
        let told = turn.read().await;
        self.send(session, About::Organization(report), outlook, (turn, told), ui).await
    }

    /// What was sent about the organisation before this run.
    ///
    /// # Errors
    /// The store cannot be written.
    pub async fn told_of_all(&self, session: &Session, store: &Store) -> Result<Told> {
        let turn = self.of_all(session, store).await?;
        let told = turn.read().await;
        turn.end().await;
        Ok(told)
    }

    /// It stands beside that of the account which sweeps the organisation.
    async fn of_all(&self, session: &Session, store: &Store) -> Result<Turn> {
        Turn::wait(store, &session.account, &format!("organization-{}", self.0.word())).await
    }

    async fn send(
        &self,
        session: &Session,
        about: About<'_>,
        outlook: &Outlook,
        (turn, told): (Turn, Told),
        ui: &Ui,
    ) -> Result<()> {
        let sent = self.send_once(session, about, outlook, (&turn, told), ui).await;
        turn.end().await;
        sent
    }

    /// A status message says what was sent, or why nothing was.
    async fn send_once(
        &self,
        session: &Session,
        about: About<'_>,
        outlook: &Outlook,
        (turn, told): (&Turn, Told),
        ui: &Ui,
    ) -> Result<()> {
        if !outlook.compared {
            ui.status(&ui.speech.plain("notify-first"));
        }
        let Some(news) = outlook.news(&told) else {
            turn.write(&outlook.after(None, true, told)).await?;
            if outlook.compared {
                ui.status(&ui.speech.plain("notify-nothing"));
            }
            return Ok(());
        };
        let sent = self.deliver(session, about, &news, &ui.speech).await;
        turn.write(&outlook.after(Some(&news), sent.is_ok(), told)).await?;
        sent?;
        let place = match &self.0 {
            Destination::Topic => ui.speech.plain("notify-topic"),
            Destination::Webhook(address) => address.host.clone(),
        };
        ui.status(&ui.speech.with("notify-sent", &[("place", place)]));
        Ok(())
    }

    async fn deliver(&self, session: &Session, about: About<'_>, news: &News, speech: &Speech) -> Result<()> {
        let notice = notice(about, news, speech);
        match &self.0 {
            Destination::Topic => {
                let Notice { subject, title, text } = &notice;
                publish_alert(&session.sdk, &session.account, subject, &format!("{title}\n\n{text}")).await
            }
            Destination::Webhook(address) => {
                let body = notice_body(&notice, about, news, &address.host, speech);
                post(&session.sdk, address, &body.to_string()).await
            }
        }
    }
}
