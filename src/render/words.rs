//! Sentences about the values of a report, the same in every rendering.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

use super::Page;
use crate::lang::Speech;
use crate::model::report::{Proof, Status};
use crate::model::{Account, Cause, Charge, Gap, Measure, Note, Reason, Usd};

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const RED: Style = AnsiColor::Red.on_default();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const CYAN: Style = AnsiColor::Cyan.on_default();

pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Everything this program writes on a terminal besides letters.
const STYLES: [Style; 6] = [BOLD, DIM, RED, GREEN, YELLOW, CYAN];

/// The text as a terminal may be given it. Names and tags are anybody's: what would move the cursor, hide what stands beside
/// it or turn the direction of writing is shown as a mark. Of escape sequences only the styles of this module stay.
pub fn harmless(text: &str) -> String {
    let styles = STYLES.map(|style| style.render().to_string());
    let end = Style::new().bold().render_reset().to_string();
    let (mut safe, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(steers) {
        let (before, from) = rest.split_at(at);
        safe.push_str(before);
        let style = styles.iter().chain([&end]).find(|style| from.starts_with(&***style));
        let (shown, length) = match style {
            Some(style) => (&**style, style.len()),
            None => ("\u{FFFD}", from.chars().next().map_or(0, char::len_utf8)),
        };
        safe.push_str(shown);
        rest = &from[length..];
    }
    safe + rest
}

fn steers(letter: char) -> bool {
    let direction = matches!(letter, '\u{200E}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    direction || (letter.is_control() && letter != '\n')
}

/// The columns that a text takes on a screen: a Japanese character two, a colour none.
pub fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// Fills up with spaces to a width in columns.
pub fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Breaks into lines of at most `width` columns, at spaces where there are any.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in pieces(text) {
        if used > 0 && used + columns(word.trim_end()) > width {
            lines.push(String::new());
            used = 0;
        }
        used += columns(&word);
        if let Some(line) = lines.last_mut() {
            line.push_str(&word);
        }
    }
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Adds the text in lines that fit the page, each `indent` columns from its edge.
pub fn paragraph(text: &str, indent: usize, style: Style, page: Page, out: &mut String) {
    for part in wrapped(text, page.width.saturating_sub(indent)) {
        let _ = writeln!(out, "{:indent$}{}", "", styled(style, &part));
    }
}

/// Words with their trailing space (`85 %` is one); of Japanese, every character, but no line may begin with a closing mark.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in text.chars() {
        let wide = |letter: char| u32::from(letter) >= 0x3000;
        let closing = matches!(letter, '。' | '、' | '」' | '）' | 'ー' | '・');
        let breaks = (last == ' ' && letter != '%') || ((wide(letter) || wide(last)) && !closing);
        match pieces.last_mut() {
            Some(piece) if !(breaks && letter != ' ') => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        last = letter;
    }
    pieces
}

pub fn account(account: &Account) -> String {
    match &account.alias {
        Some(alias) => format!("{} ({alias})", account.id),
        None => account.id.to_string(),
    }
}

pub fn note(note: &Note, speech: &Speech) -> String {
    let id = format!("note-{}", note.id());
    speech.with(&id, &[("value", readable(note.value().unwrap_or_default()))])
}

/// A moment is told as people read it; anything else as it is.
fn readable(value: &str) -> String {
    value.parse().map_or_else(|_| value.to_owned(), time)
}

pub fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// What is charged for, with what is not known about it.
pub fn charge(charge: &Charge, speech: &Speech) -> String {
    let unknown = match (charge.measure, charge.usd_per_unit) {
        (_, None) => speech.plain("charge-price-unknown"),
        (Measure::Metered, Some(_)) => speech.plain("charge-metered"),
        (Measure::AtMost, Some(_)) => {
            let most = at_most(charge).unwrap_or_default().monthly();
            speech.with("charge-at-most", &[("usd", most.to_string())])
        }
        (Measure::Exact, Some(_)) => return charge.what.clone(),
    };
    format!("{} ({unknown})", charge.what)
}

/// The most that a charge of which no more is known can come to in a month.
pub fn at_most(charge: &Charge) -> Option<Usd> {
    let quantity = charge.quantity.filter(|_| charge.measure == Measure::AtMost)?;
    Some(charge.usd_per_unit? * quantity * charge.unit.a_month())
}

/// Thousands are set apart for reading: `1,204.50`.
pub fn amount(usd: Usd) -> String {
    let text = usd.to_string();
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

pub fn reason(gap: &Gap, speech: &Speech) -> String {
    let id = match gap.reason {
        _ if gap.cause == Some(Cause::Interrupted) => "gap-interrupted",
        _ if gap.cause == Some(Cause::Mistake) => "gap-mistake",
        Reason::Denied => "gap-denied",
        Reason::DeniedByOrganization => "gap-denied-by-organization",
        Reason::DisabledRegion => "gap-disabled-region",
        Reason::Throttled => "gap-throttled",
        Reason::Timeout => "gap-timeout",
        Reason::Unreachable => "gap-unreachable",
        Reason::Other if gap.action.is_none() => return gap.message.clone(),
        Reason::Other => "gap-other",
    };
    let args = [("action", gap.action.clone().unwrap_or_default()), ("message", gap.message.clone())];
    speech.with(id, &args)
}

/// A link of the chain, and the next step.
pub fn proof(proof: &Proof, speech: &Speech) -> String {
    let status = match proof.status {
        Status::Ok => "ok",
        Status::Waiting => "waiting",
        Status::Broken => "broken",
        Status::Unknown => "unknown",
    };
    let id = format!("proof-{}-{status}", proof.step);
    let value = proof.value.as_deref().map_or_else(|| "none".to_owned(), readable);
    let subject = readable(proof.subject.as_deref().unwrap_or_default());
    speech.with(&id, &[("subject", subject), ("value", value)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped() {
        let shown: Vec<_> = ["0.00", "999.10", "1000.00", "1234567.89", "-1000"]
            .iter()
            .map(|text| amount(text.parse().unwrap()))
            .collect();
        assert_eq!(shown, ["0.00", "999.10", "1,000.00", "1,234,567.89", "-1,000"]);
    }

    #[test]
    fn lines_break_at_spaces_and_between_japanese_characters() {
        assert_eq!(
            wrapped("it cannot be stopped, only deleted", 20),
            ["it cannot be", "stopped, only", "deleted"].map(String::from)
        );
        assert_eq!(
            wrapped("停止できません。削除だけです。", 10),
            ["停止できま", "せん。削除", "だけです。"].map(String::from)
        );
    }

    #[test]
    fn a_name_steers_no_terminal() {
        let ours = format!("{}\n{}", styled(RED, "gone"), styled(BOLD, "for good"));
        assert_eq!(harmless(&ours), ours);
        let theirs = "a\u{1b}[8mb\u{1b}]0;title\u{7}\rc\u{9b}2Jd\u{202e}e";
        assert_eq!(harmless(theirs), "a\u{fffd}[8mb\u{fffd}]0;title\u{fffd}\u{fffd}c\u{fffd}2Jd\u{fffd}e");
    }

    #[test]
    fn colours_take_no_room() {
        let text = format!("from {} to {}", styled(BOLD, "here"), styled(RED, "there"));
        assert_eq!(wrapped(&text, 18), [text]);
    }
}
