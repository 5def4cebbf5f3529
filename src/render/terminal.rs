//! Text on a terminal: colours, widths, line breaks, and protection from control characters in untrusted names.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde::de::DeserializeOwned;
use unicode_width::UnicodeWidthStr;

use super::layout::Layout;
use crate::model::unseen::is_unseen;

/// The replacement of an invisible character.
const MARK: &str = "\u{FFFD}";

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const RED: Style = AnsiColor::Red.on_default();
pub const GREEN: Style = AnsiColor::Green.on_default();
pub const YELLOW: Style = AnsiColor::Yellow.on_default();
pub const CYAN: Style = AnsiColor::Cyan.on_default();

pub fn styled(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The only escape sequences that `harmless` lets through.
const STYLES: [Style; 6] = [BOLD, DIM, RED, GREEN, YELLOW, CYAN];

/// The report with each invisible character replaced by a mark. Names, tags and messages are untrusted: a line break in one could
/// forge a line.
///
/// # Errors
/// The report differs from its own JSON: a mistake in this program.
pub fn marked<T: Serialize + DeserializeOwned>(report: &T) -> serde_json::Result<T> {
    serde_json::from_str(&mark(&serde_json::to_string(report)?))
}

/// Marks in JSON as `serde_json` writes it: control characters are escaped in it, all others stand as they are.
fn mark(json: &str) -> String {
    let (mut safe, mut rest) = (String::with_capacity(json.len()), json);
    while let Some(at) = rest.find(|letter| letter == '\\' || is_unseen(letter)) {
        let (before, from) = rest.split_at(at);
        safe.push_str(before);
        let (shown, length) = match from.as_bytes() {
            [b'\\', b'\\' | b'"', ..] => (&from[..2], 2),
            [b'\\', b'u', ..] => (MARK, 6),
            [b'\\', ..] => (MARK, 2),
            _ => (MARK, from.chars().next().map_or(0, char::len_utf8)),
        };
        safe.push_str(shown);
        rest = from.get(length..).unwrap_or_default();
    }
    safe + rest
}

/// Replaces the invisible characters of a laid-out text. Only line breaks and the styles of this module stay.
pub fn harmless(text: &str) -> String {
    let styles = STYLES.map(|style| style.render().to_string());
    let end = Style::new().bold().render_reset().to_string();
    let (mut safe, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(|letter| letter != '\n' && is_unseen(letter)) {
        let (before, from) = rest.split_at(at);
        safe.push_str(before);
        let style = styles.iter().chain([&end]).find(|style| from.starts_with(&***style));
        let (shown, length) = match style {
            Some(style) => (&**style, style.len()),
            None => (MARK, from.chars().next().map_or(0, char::len_utf8)),
        };
        safe.push_str(shown);
        rest = &from[length..];
    }
    safe + rest
}

/// The width of a text on a screen: a Japanese character has two columns, a colour none.
pub fn columns(text: &str) -> usize {
    anstream::adapter::strip_str(text).to_string().width()
}

/// Pads with spaces to a width in columns.
pub fn padded(text: &str, width: usize) -> String {
    let missing = width.saturating_sub(columns(text));
    format!("{text}{}", " ".repeat(missing))
}

/// Breaks into lines of at most `width` columns, at spaces if there are any.
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

/// Adds the text in lines that fit the layout, each indented by `indent` columns.
pub fn paragraph(text: &str, indent: usize, style: Style, layout: Layout, out: &mut String) {
    for part in wrapped(text, layout.width.saturating_sub(indent)) {
        let _ = writeln!(out, "{:indent$}{}", "", styled(style, &part));
    }
}

/// The same after a mark, with which the other lines align: `1. `.
pub fn hanging(mark: &str, text: &str, indent: usize, style: Style, layout: Layout, out: &mut String) {
    let aligned = indent + columns(mark);
    let mut mark = mark.to_owned();
    for part in wrapped(text, layout.width.saturating_sub(aligned)) {
        let _ = writeln!(out, "{:indent$}{}", "", styled(style, &format!("{mark}{part}")));
        mark = " ".repeat(columns(&mark));
    }
}

/// Where a line may break: words with their trailing space (`85 %` is one word); in Japanese every character except before a
/// closing mark or a small kana, and after an opening bracket.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut last = ' ';
    for letter in text.chars() {
        let wide = |letter: char| u32::from(letter) >= 0x3000;
        let closing = "。、」）)ー・ァィゥェォッャュョぁぃぅぇぉっゃゅょ".contains(letter);
        let opening = "「（(".contains(last);
        let breaks = (last == ' ' && letter != '%') || ((wide(letter) || wide(last)) && !closing && !opening);
        match pieces.last_mut() {
            Some(piece) if !(breaks && letter != ' ') => piece.push(letter),
            _ => pieces.push(letter.to_string()),
        }
        last = letter;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(wrapped("ボリューム(削除)", 8), ["ボリュー", "ム(削除)"].map(String::from));
        assert_eq!(wrapped("あボリューム", 6), ["あボ", "リュー", "ム"].map(String::from));
    }

    #[test]
    fn a_name_steers_no_terminal() {
        let ours = format!("{}\n{}", styled(RED, "gone"), styled(BOLD, "for good"));
        assert_eq!(harmless(&ours), ours);
        let theirs = "a\u{1b}[8mb\u{1b}]0;title\u{7}\rc\u{9b}2Jd\u{202e}e";
        assert_eq!(harmless(theirs), "a\u{fffd}[8mb\u{fffd}]0;title\u{fffd}\u{fffd}c\u{fffd}2Jd\u{fffd}e");
    }

    #[test]
    fn a_name_forges_no_line() {
        let name = "x\n\nNothing is left\u{061c}\u{200b}\u{2028}\u{2029}\u{feff}\u{ad}".to_owned();
        assert_eq!(
            marked(&[name]).unwrap(),
            ["x\u{fffd}\u{fffd}Nothing is left\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}"]
        );
        let plain = "名前 ガ\u{fe0f} ﷺ é".to_owned();
        assert_eq!(marked(&vec![plain.clone()]).unwrap(), [plain]);
        let quoted = r#"C:\new\u0041 "x\" \\"#.to_owned();
        assert_eq!(marked(&vec![quoted.clone()]).unwrap(), [quoted]);
    }

    #[test]
    fn colours_take_no_room() {
        let text = format!("from {} to {}", styled(BOLD, "here"), styled(RED, "there"));
        assert_eq!(wrapped(&text, 18), [text]);
    }
}
