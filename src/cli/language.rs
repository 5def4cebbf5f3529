//! The language, chosen before the options are parsed, because help and usage errors need it.

use crate::model::Lang;

/// The variable beside `--lang`.
const VARIABLE: &str = "GUARDRAIL_LANG";

/// What [`VARIABLE`] says, where the program does not speak it.
#[must_use]
pub fn unknown_language() -> Option<String> {
    std::env::var(VARIABLE).ok().filter(|name| !name.is_empty() && Lang::named(name).is_none())
}

/// `--lang`, then `GUARDRAIL_LANG`, then the system's locale.
#[must_use]
pub fn language(args: &[String]) -> Lang {
    let flag = args.iter().enumerate().rev().find_map(|(index, arg)| match arg.strip_prefix("--lang") {
        Some("") => args.get(index + 1).map(String::as_str),
        Some(rest) => rest.strip_prefix('='),
        None => None,
    });
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let system = || variable("LC_ALL").or_else(|| variable("LC_MESSAGES")).or_else(|| variable("LANG"));
    let name = flag.map(str::to_owned).or_else(|| variable(VARIABLE)).or_else(system);
    Lang::of_locale(&name.or_else(sys_locale::get_locale).unwrap_or_default())
}
