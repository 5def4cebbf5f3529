//! `guardrail history`: the stored sweeps of each account; with `--delete` they are deleted.

use super::delivery::deliver;
use super::exit::Exit;
use super::flags::Flags;
use super::remembered::store_alone;
use crate::demo;
use crate::error::{Error, Result};
use crate::model::{Account, AccountHistory, AccountId, HISTORY_SCHEMA, HistoryReport, Run, Text};
use crate::render::Report;
use crate::state::Reports;
use crate::ui::Ui;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(long)]
    delete: bool,
    #[arg(long, requires = "delete", conflicts_with = "yes")]
    dry_run: bool,
    #[arg(short, long, requires = "delete")]
    yes: bool,
}

pub async fn run(args: &Args, flags: &Flags, ui: &Ui) -> Result<Exit> {
    if flags.demo {
        if args.delete {
            return Err(Error::usage(Text::new("error-demo-reads")));
        }
        return deliver(Report::History(&demo::history(flags.now())), flags, ui);
    }
    let reports = Reports::new(store_alone(flags).await?);
    let mut accounts = reports.accounts().await?;
    if let Some(wanted) = flags.account()? {
        accounts.retain(|account| *account == wanted);
    }
    if args.delete { delete(args, &reports, &accounts, ui).await } else { show(&reports, &accounts, flags, ui).await }
}

async fn show(reports: &Reports, accounts: &[AccountId], flags: &Flags, ui: &Ui) -> Result<Exit> {
    let mut unread = 0;
    let mut histories = Vec::new();
    for id in accounts {
        let mut account = Account { id: id.clone(), alias: None };
        let mut runs = Vec::new();
        for read in reports.read_all(&reports.entries(id).await?).await {
            match read {
                Ok(Some(report)) => {
                    runs.push(Run::of(&report));
                    account.alias = account.alias.or(report.scope.account.alias);
                }
                Ok(None) => (),
                Err(error) => {
                    ui.warn(&error);
                    unread += 1;
                }
            }
        }
        if !runs.is_empty() {
            histories.push(AccountHistory { account, runs });
        }
    }
    let report = HistoryReport {
        schema: HISTORY_SCHEMA.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: flags.now(),
        folder: reports.place(),
        accounts: histories,
        unread,
    };
    deliver(Report::History(&report), flags, ui)
}

/// Shows what would be deleted, and asks for approval.
async fn delete(args: &Args, reports: &Reports, accounts: &[AccountId], ui: &Ui) -> Result<Exit> {
    if accounts.is_empty() {
        ui.status(&ui.speech.plain("history-empty"));
        return Ok(Exit::Done);
    }
    for account in accounts {
        let entries = reports.entries(account).await?;
        let day = |entry: Option<&crate::state::Entry>| {
            entry.map(|it| it.at.strftime("%Y-%m-%d").to_string()).unwrap_or_default()
        };
        let id = if reports.is_shared() { "history-delete-shared" } else { "history-delete" };
        let text = Text::new(id)
            .with("place", reports.place())
            .count("count", entries.len())
            .with("account", account)
            .with("first", day(entries.last()))
            .with("last", day(entries.first()))
            .count("size", usize::try_from(reports.bytes(account).await.div_ceil(1000)).unwrap_or(usize::MAX));
        ui.show(&ui.speech.say(&text));
    }
    if args.dry_run {
        return Ok(Exit::Done);
    }
    if !args.yes && !ui.can_ask() {
        return Err(Error::usage(Text::new("error-not-approved")).hint(Text::new("hint-not-approved")));
    }
    if !args.yes && !ui.confirm("ask-history-delete")? {
        return Err(Error::usage(Text::new("history-not-deleted")));
    }
    for account in accounts {
        reports.delete(account).await?;
    }
    ui.status(&ui.speech.plain("history-deleted"));
    Ok(Exit::Done)
}
