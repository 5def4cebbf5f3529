//! `guardrail completions` and `guardrail man`: generated from the description of the commands that also makes the help.

use std::io::Write as _;

use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;

use super::exit::Exit;
use super::flags::Flags;
use crate::aws::endpoints;
use crate::error::{Error, Result};
use crate::model::Text;
use crate::render::Format;
use crate::resources;
use crate::ui::Ui;

/// Options whose values are neither files nor known words.
const FREE: [&str; 5] = ["account", "email", "limit", "profile", "region"];

#[derive(Debug, clap::Args)]
pub struct Args {
    #[arg(value_enum, value_name = "SHELL", hide_possible_values = true)]
    shell: Shell,
}

#[derive(Debug, clap::Args)]
pub struct ManArgs {
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

pub fn run(args: &Args, command: Command, flags: &Flags, ui: &Ui) -> Result<Exit> {
    flags.must_be(Format::Text, "guardrail completions")?;
    let mut command = with_known_values(command);
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "guardrail", &mut script);
    ui.deliver(&String::from_utf8_lossy(&script), flags.output())?;
    Ok(Exit::Done)
}

/// A shell completes the types and regions that the program knows, and no file names where no file is meant.
fn with_known_values(command: Command) -> Command {
    let free = |arg: Arg| if FREE.contains(&arg.get_id().as_str()) { arg.value_hint(ValueHint::Other) } else { arg };
    let families = resources::FAMILIES.iter().map(|family| family.id);
    let types: Vec<&str> = resources::ALL.iter().map(|resource| resource.id).chain(families).collect();
    let regions: Vec<&str> = endpoints::regions().collect();
    let command = command.mut_args(free).mut_subcommands(|it| it.mut_args(free));
    command.mut_subcommand("sweep", |sweep| {
        let sweep = sweep.mut_arg("resources", |arg| arg.value_parser(PossibleValuesParser::new(types)));
        sweep.mut_arg("regions", |arg| arg.value_parser(PossibleValuesParser::new(regions)))
    })
}

/// The page of the program, or that of one command, which the first refers to: `guardrail man sweep`.
pub fn man(args: &ManArgs, mut command: Command, flags: &Flags, ui: &Ui) -> Result<Exit> {
    flags.must_be(Format::Text, "guardrail man")?;
    command.build();
    let mut name = "guardrail".to_owned();
    for word in &args.command {
        let Some(below) = command.find_subcommand(word) else {
            let error = Error::usage(Text::new("usage-unknown-command").with("command", word));
            return Err(error.hint(Text::new("hint-help").with("command", name)));
        };
        name = format!("{name} {word}");
        command = below.clone();
    }
    let page = page(command).map_err(|error| Error::failed(Text::new("error-render")).detail(error))?;
    ui.deliver(&String::from_utf8_lossy(&page), flags.output())?;
    Ok(Exit::Done)
}

/// What the help ends with (examples, environment, exit codes) gets sections of its own.
fn page(command: Command) -> std::io::Result<Vec<u8>> {
    // `whatis` reads the name and its description from one line.
    let about = command.get_about().map(|about| about.to_string().replace('\n', "")).unwrap_or_default();
    let more = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let has_commands = command.has_subcommands();
    let page = Man::new(command.about(about).after_help(""));
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    if has_commands {
        page.render_subcommands_section(&mut out)?;
    }
    for paragraph in more.split("\n\n") {
        let Some((heading, text)) = paragraph.split_once(':') else { continue };
        write!(out, ".SH \"{}\"\n.nf\n", heading.to_uppercase())?;
        for line in text.lines().filter(|line| !line.is_empty()) {
            writeln!(out, "\\&{}", line.trim_start().replace('\\', "\\\\").replace('-', "\\-"))?;
        }
        writeln!(out, ".fi")?;
    }
    Ok(out)
}
