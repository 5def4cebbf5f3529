//! Help and usage errors in the user's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::Exit;
use crate::error::Error;
use crate::lang::Speech;
use crate::model::Text;
use crate::ui::Ui;

/// The command with every text of its help said by `speech`: `help-sweep`, `help-sweep-regions`, `help-format`.
pub fn translated(command: Command, speech: &Speech) -> Command {
    let command = headings(subcommand(command, "", speech), speech);
    command.mut_args(|arg| described(arg, "", speech)).disable_help_subcommand(true)
}

fn subcommand(command: Command, path: &str, speech: &Speech) -> Command {
    let name = if path.is_empty() { "guardrail".to_owned() } else { path.to_owned() };
    let mut command = command.about(speech.plain(&format!("help-{name}")));
    if let Some(more) = speech.get(&format!("help-{name}-more"), &[]) {
        command = command.after_help(more);
    }
    let below: Vec<String> = command.get_subcommands().map(|it| it.get_name().to_owned()).collect();
    for child in below {
        let path = if path.is_empty() { child.clone() } else { format!("{path}-{child}") };
        command = command.mut_subcommand(&child, |it| {
            let it = headings(subcommand(it, &path, speech), speech);
            it.mut_args(|arg| described(arg, &path, speech))
        });
    }
    command
}

/// An option of one command is `help-<command>-<option>`, one of all commands `help-<option>`.
fn described(arg: Arg, path: &str, speech: &Speech) -> Arg {
    let id = arg.get_id().to_string();
    let own = if path.is_empty() { None } else { speech.get(&format!("help-{path}-{id}"), &[]) };
    // `guardrail profile` and the option `--profile` share a name, not a meaning.
    let common = if id == "profile" { "help-aws-profile".to_owned() } else { format!("help-{id}") };
    match own.or_else(|| speech.get(&common, &[])) {
        Some(text) => arg.help(text),
        None => arg,
    }
}

fn headings(command: Command, speech: &Speech) -> Command {
    let usage = speech.plain("help-heading-usage");
    let mut template = format!("{{about-with-newline}}\n{usage} {{usage}}\n");
    let mut section = |heading: &str, what: &str| {
        template.extend(["\n", &speech.plain(heading), "\n{", what, "}\n"]);
    };
    if command.has_subcommands() {
        section("help-heading-commands", "subcommands");
    }
    if command.get_positionals().next().is_some() {
        section("help-heading-arguments", "positionals");
    }
    section("help-heading-options", "options}{after-help");
    let help = Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).help(speech.plain("help-help"));
    let command = command.help_template(template).disable_help_flag(true).arg(help);
    if command.get_version().is_none() {
        return command;
    }
    let version = Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
    command.disable_version_flag(true).arg(version.help(speech.plain("help-version")))
}

/// Prints help, the version, or what is wrong with the options.
pub fn refuse(error: &clap::Error, speech: &Speech) -> Exit {
    let ui = Ui::new(Speech::new(speech.lang), anstream::ColorChoice::Auto, false);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match ui.print(&error.render().ansi().to_string()) {
            Ok(()) => Exit::Done,
            Err(_) => Exit::Failed,
        },
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ui.status(&error.render().ansi().to_string());
            Exit::Usage
        }
        _ => {
            ui.error(&said(error));
            Exit::Usage
        }
    }
}

fn said(error: &clap::Error) -> Error {
    let context = |kind: ContextKind| error.get(kind).map(shown).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => Text::new("usage-unknown-option").with("argument", argument),
        ErrorKind::InvalidSubcommand => {
            Text::new("usage-unknown-command").with("command", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            Text::new("usage-value-missing").with("argument", argument)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            Text::new("usage-bad-value").with("value", context(ContextKind::InvalidValue)).with("argument", argument)
        }
        ErrorKind::MissingRequiredArgument => Text::new("usage-argument-missing").with("argument", argument),
        ErrorKind::ArgumentConflict => {
            Text::new("usage-conflict").with("argument", argument).with("other", context(ContextKind::PriorArg))
        }
        ErrorKind::MissingSubcommand => Text::new("usage-command-missing"),
        _ => Text::new("usage-other"),
    };
    let mut failure = Error::usage(what);
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        failure = failure.hint(Text::new("hint-valid-values").with("values", valid));
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let near = context(kind);
        if !near.is_empty() {
            failure = failure.hint(Text::new("hint-did-you-mean").with("near", near));
        }
    }
    failure.hint(Text::new("hint-help"))
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}
