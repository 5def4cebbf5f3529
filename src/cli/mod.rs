//! The commands: flags → options → ops → render → exit code. One file for each command.

mod accounts;
mod act;
mod act_organization;
mod advice;
mod appeal;
mod approve;
mod bill;
mod check;
mod clock;
mod compared;
mod completions;
mod delete;
mod delivery;
mod exit;
mod flags;
mod fleet;
mod goal;
mod help;
mod history;
mod init;
mod interruption;
mod language;
mod notify;
mod one_of;
mod organization;
mod output_dir;
mod places;
mod policy;
mod profile;
mod recorded;
mod remembered;
mod remove;
mod resources;
mod schedule;
mod session;
mod stop;
mod sweep;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{Error, Result};
use crate::lang::Speech;
use crate::model::Text;
use crate::ui::Ui;
pub use exit::Exit;
use flags::Flags;
use interruption::Interruption;
use language::{language, unknown_language};

// No doc comments on options: clap would show them as help, which exists in two languages (`help-…` in `lang`).
#[derive(Debug, Parser)]
#[command(name = "guardrail", version, args_override_self = true)]
pub struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Args),
    Check(check::Args),
    Remove(remove::Args),
    Sweep(Box<sweep::Args>),
    Stop(stop::Args),
    Delete(delete::Args),
    Bill(bill::Args),
    History(history::Args),
    Appeal(appeal::Args),
    Advice(advice::Args),
    Schedule(schedule::Args),
    Resources(resources::Args),
    Policy(policy::Args),
    Profile(profile::Args),
    Completions(completions::Args),
    Man(completions::ManArgs),
    Help(help::Args),
}

/// The commands with their help in one language.
#[must_use]
pub fn command(speech: &Speech) -> clap::Command {
    help::translated(Cli::command(), speech)
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let args: Vec<OsString> = std::env::args_os().collect();
    let words: Vec<String> = args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let lang = language(&words);
    let speech = Speech::new(lang);
    let parsed = command(&speech).try_get_matches_from(args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return help::refuse(&error, &words, command(&speech), &speech).into(),
    };
    let ui = cli.flags.ui(lang);
    if let Some(name) = unknown_language() {
        ui.status(&speech.with("language-unknown", &[("name", name)]));
    }
    let run = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = match run {
        Ok(run) => {
            let done = run.block_on(dispatch(&cli, &ui));
            // Do not wait for a host name that is still being resolved.
            run.shutdown_background();
            done
        }
        Err(error) => Err(Error::failed(Text::new("error-runtime")).detail(error)),
    };
    done.unwrap_or_else(|error| {
        ui.error(&error);
        Exit::of_error(&error)
    })
    .into()
}

async fn dispatch(cli: &Cli, ui: &Ui) -> Result<Exit> {
    let flags = &cli.flags;
    flags.must_name_a_file()?;
    ui.can_deliver(flags.output())?;
    match &cli.command {
        Command::Init(args) => Interruption::listen()?.ends_change(Box::pin(init::run(args, flags, ui))).await,
        Command::Check(args) => Interruption::listen()?.ends(Box::pin(check::run(args, flags, ui))).await,
        Command::Remove(args) => Interruption::listen()?.ends_change(Box::pin(remove::run(args, flags, ui))).await,
        Command::Sweep(args) => sweep::run(args, flags, ui, &Interruption::listen()?).await,
        Command::Stop(args) => Box::pin(stop::run(args, flags, ui, &Interruption::listen()?)).await,
        Command::Delete(args) => Box::pin(delete::run(args, flags, ui, &Interruption::listen()?)).await,
        Command::Bill(args) => Interruption::listen()?.ends(Box::pin(bill::run(args, flags, ui))).await,
        Command::History(args) => Interruption::listen()?.ends(Box::pin(history::run(args, flags, ui))).await,
        Command::Appeal(args) => Interruption::listen()?.ends(Box::pin(appeal::run(args, flags, ui))).await,
        Command::Advice(args) => Interruption::listen()?.ends(Box::pin(advice::run(args, flags, ui))).await,
        Command::Schedule(args) => Interruption::listen()?.ends_change(Box::pin(schedule::run(args, flags, ui))).await,
        Command::Resources(args) => resources::run(args, flags, ui),
        Command::Policy(args) => policy::run(args, flags, ui),
        Command::Profile(args) => profile::run(args, flags, ui),
        Command::Completions(args) => completions::run(args, command(&ui.speech), flags, ui),
        Command::Man(args) => completions::man(args, command(&ui.speech), flags, ui),
        Command::Help(args) => Ok(help::run(args, command(&ui.speech), &ui.speech)),
    }
}
