//! `guardrail sweep --organization`: the accounts to sweep, and where their reports go.

use std::path::PathBuf;

use super::accounts::{AccountArgs, Wanted, read};
use super::compared::Compared;
use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::interruption::Interruption;
use super::notify::Notifier;
use super::output_dir::OutputDir;
use super::session::Session;
use crate::error::Result;
use crate::model::{AccountReport, OrganizationReport};
use crate::ops::news::Outlook;
use crate::ops::organization::{self as accounts, Home, Options, chosen};
use crate::ops::permissions::UseCase;
use crate::ops::sweep;
use crate::profile::Organization;
use crate::render::Report;
use crate::ui::Ui;

// Without a group: clap would name it like that of the command's own options.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    #[command(flatten)]
    pub accounts: AccountArgs,
    #[arg(long, requires = "organization", value_name = "DIR")]
    output_dir: Option<PathBuf>,
}

/// What the command runs with.
pub struct Around<'a> {
    pub compared: &'a Compared,
    pub notifier: Option<&'a Notifier>,
    /// How many creators are looked up in each account.
    pub creators: usize,
    pub flags: &'a Flags,
    pub ui: &'a Ui,
    pub interruption: &'a Interruption,
}

/// A sweep of the accounts, whose report is delivered.
pub struct Swept {
    pub report: OrganizationReport,
    pub exit: Exit,
    /// Whether the notification was delivered; none was due without `--notify`.
    pub told: Result<()>,
}

/// Sweeps the accounts and delivers their report.
///
/// # Errors
/// The organisation cannot be read, the choice is wrong, or a report cannot be written.
pub async fn run(
    args: &Args,
    session: &Session,
    profile: &Organization,
    sweep_options: sweep::Options,
    around: Around<'_>,
) -> Result<Swept> {
    let Around { compared, notifier, creators, flags, ui, interruption } = around;
    let Wanted { choice, role } = args.accounts.which.wanted(profile, UseCase::Sweep)?;
    let mut folder = args.output_dir.as_deref().map(|path| OutputDir::open(path, ui)).transpose()?;
    let organization = interruption.ends(read(&session.sdk, ui)).await?;
    let chosen = chosen(&organization, &choice)?;
    let options = Options { sweep: sweep_options, role, accounts_at_once: args.accounts.at_once(), creators };
    let bar = ui.progress();
    let home = Home { sdk: &session.sdk, account: &session.account, organization: &organization };
    let signal = interruption.clone();
    let interrupted = async move { signal.interrupted().await };
    let notifier = notifier.zip(compared.store());
    let told = match notifier {
        Some((notifier, store)) => Some(notifier.told_of_all(session, store).await),
        None => None,
    };
    // Without it nothing can be sent, and the sweep is complete nevertheless.
    let (told, unread) = match told.transpose() {
        Ok(told) => (told, None),
        Err(error) => (None, Some(error)),
    };
    let mut outlook = told.is_some().then(|| Outlook::new(options.sweep.made_at));
    let keep = async |mut account: AccountReport| {
        if let Some(mut report) = account.report.take() {
            compared.compare(&mut report, ui).await;
            if let Some((outlook, told)) = outlook.as_mut().zip(told.as_ref()) {
                outlook.add(&report, told);
            }
            compared.keep(&mut report, ui).await;
            account = account.swept(*report);
        }
        match &mut folder {
            Some(folder) => folder.keep(account),
            None => Ok(account),
        }
    };
    let swept = accounts::sweep(home, chosen, &options, interrupted, keep, |progress| {
        let args = [("done", progress.finished), ("all", progress.accounts), ("findings", progress.findings)];
        bar.set_message(ui.speech.with("organization-progress", &args));
    })
    .await;
    bar.finish_and_clear();
    let report = swept?;
    if let Some(folder) = folder {
        folder.finish(&report)?;
    }
    let exit = deliver(Report::Organization(&report), flags, ui)?;
    let told = match notifier.zip(outlook).filter(|_| !report.interrupted) {
        Some(((notifier, store), mut outlook)) => {
            outlook.add_spend(&report);
            notifier.tell_of_all(session, &report, &outlook, store, ui).await
        }
        None => unread.map_or(Ok(()), Err),
    };
    Ok(Swept { report, exit, told })
}
