//! Help and usage errors in the user's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::exit::Exit;
use crate::error::Error;
use crate::lang::Speech;
use crate::model::Text;
use crate::ui::Ui;

/// A command's help has its own options first, then those of all commands, then `--help`.
const OF_ALL_COMMANDS: usize = 100;
const HELP: usize = 200;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// `guardrail help sweep` is `guardrail sweep --help`.
pub fn run(args: &Args, all: Command, speech: &Speech) -> Exit {
    let words: Vec<String> =
        ["guardrail"].into_iter().map(str::to_owned).chain(args.command.clone()).chain(["--help".to_owned()]).collect();
    match all.clone().try_get_matches_from(&words) {
        Err(error) => refuse(&error, &words, all, speech),
        Ok(_) => Exit::Done,
    }
}

/// The command with its help localized by `speech`: `help-sweep`, `help-sweep-regions`, `help-format`.
pub fn translated(command: Command, speech: &Speech) -> Command {
    let command = headings(subcommand(command, "", speech), speech);
    let mut order = OF_ALL_COMMANDS;
    let common = |arg| {
        order += 1;
        described(arg, "", speech).display_order(order)
    };
    command.mut_args(common).disable_help_subcommand(true)
}

fn subcommand(command: Command, path: &str, speech: &Speech) -> Command {
    let name = if path.is_empty() { "guardrail".to_owned() } else { path.to_owned() };
    let mut command = command.about(speech.plain(&format!("help-{name}")));
    if let Some(more) = speech.get(&format!("help-{name}-more")) {
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
    let own = if path.is_empty() { None } else { speech.get(&format!("help-{path}-{id}")) };
    // `guardrail profile` and the option `--profile` have the same name and different meanings.
    let common = if id == "profile" { "help-aws-profile".to_owned() } else { format!("help-{id}") };
    match own.or_else(|| speech.get(&common)) {
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
    let help = Arg::new("help").short('h').long("help").action(clap::ArgAction::Help).display_order(HELP);
    let command = command.help_template(template).disable_help_flag(true).arg(help.help(speech.plain("help-help")));
    if command.get_version().is_none() {
        return command;
    }
    let version = Arg::new("version").short('V').long("version").action(clap::ArgAction::Version);
    command.disable_version_flag(true).arg(version.help(speech.plain("help-version")))
}

/// Prints help, the version, or a usage error. `words` is the command line, `all` the commands that it could name.
pub fn refuse(error: &clap::Error, words: &[String], all: Command, speech: &Speech) -> Exit {
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
            ui.error(&said(error, &command_of(words, all)));
            Exit::Usage
        }
    }
}

fn said(error: &clap::Error, command: &str) -> Error {
    let context = |kind: ContextKind| error.get(kind).map(shown).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            Text::new("usage-unexpected").with("argument", argument)
        }
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
        ErrorKind::InvalidUtf8 => Text::new("usage-not-utf8"),
        _ => Text::new("usage-other"),
    };
    let mut failure = Error::usage(what);
    failure.hints.extend(form_of(error.kind(), &context(ContextKind::InvalidArg)));
    for kind in [ContextKind::ValidValue, ContextKind::ValidSubcommand] {
        let valid = context(kind);
        if !valid.is_empty() {
            failure = failure.hint(Text::new("hint-valid-values").with("values", valid));
        }
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue] {
        let near = context(kind);
        if !near.is_empty() {
            failure = failure.hint(Text::new("hint-did-you-mean").with("near", near));
        }
    }
    failure.hint(Text::new("hint-help").with("command", command))
}

/// The form of a value that is not in a list, or this program's option for one that other tools have.
fn form_of(kind: ErrorKind, argument: &str) -> Option<Text> {
    let near = |near: &str| Some(Text::new("hint-did-you-mean").with("near", near));
    match (kind, argument.split(' ').next().unwrap_or_default()) {
        (ErrorKind::ValueValidation, "--timeout") => Some(Text::new("hint-seconds")),
        (ErrorKind::ValueValidation, "--part") => Some(Text::new("hint-part")),
        (ErrorKind::ValueValidation, "--lang") => Some(Text::new("hint-valid-values").with("values", "en, ja")),
        (ErrorKind::UnknownArgument, "-f") => near("--format"),
        (ErrorKind::UnknownArgument, "--json") => near("--format json"),
        _ => None,
    }
}

/// `guardrail profile show` of `guardrail --lang ja profile show --verbos`.
fn command_of(words: &[String], command: Command) -> String {
    let mut names = vec!["guardrail".to_owned()];
    let mut command = &command;
    for word in words.iter().skip(1) {
        if let Some(below) = command.find_subcommand(word) {
            names.push(word.clone());
            command = below;
        }
    }
    names.join(" ")
}

fn shown(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    }
}
