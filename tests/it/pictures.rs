//! The pictures of the terminal and the sample pages in `docs/`, generated from a sweep of the practice account.
//!
//! `UPDATE_SCREENS=1` writes them, together with the screens of [`crate::examples`].

use std::fmt::Write;

use guardrail::lang::Speech;
use guardrail::model::{Lang, SweepReport};
use guardrail::render::{Format, Layout, Report, render};
use unicode_width::UnicodeWidthChar;

use crate::generated::holds;
use crate::practice;

const UPDATE: &str = "UPDATE_SCREENS";
/// Columns of the terminal. Longer commands wrap, as in a real one.
const COLUMNS: usize = 108;
/// Width and height of a cell, and the position of the first one.
const CELL: (f64, f64) = (8.4, 20.0);
const ORIGIN: (f64, f64) = (20.0, 58.0);

/// The look of a letter: the SGR parameters in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    bold: bool,
    dim: bool,
    color: Option<u8>,
}

impl Look {
    fn after(mut self, parameters: &str) -> Self {
        for parameter in parameters.split(';') {
            match parameter.parse().unwrap_or(0) {
                0 => self = Self::default(),
                1 => self.bold = true,
                2 => self.dim = true,
                color @ (30..=37 | 90..=97) => self.color = Some(color % 10),
                39 => self.color = None,
                unknown => panic!("the picture has no look for ESC[{unknown}m"),
            }
        }
        self
    }

    fn fill(self) -> &'static str {
        match (self.color, self.dim) {
            (Some(1), _) => "#ff7b72",
            (Some(2), _) => "#7ee787",
            (Some(3), _) => "#e3b341",
            (Some(4 | 6), _) => "#79c0ff",
            (Some(5), _) => "#d2a8ff",
            (Some(0 | 7) | None, true) | (Some(0), false) => "#8b949e",
            _ => "#e6edf3",
        }
    }
}

/// Adjacent letters of one look and one width, drawn as one text.
#[derive(Debug, PartialEq)]
struct Run {
    row: usize,
    column: usize,
    wide: bool,
    look: Look,
    text: String,
}

impl Run {
    fn columns(&self) -> usize {
        self.text.chars().count() * if self.wide { 2 } else { 1 }
    }
}

/// The runs of a text on a terminal, and the number of its rows.
fn drawn(text: &str) -> (Vec<Run>, usize) {
    let mut runs: Vec<Run> = Vec::new();
    let (mut row, mut column, mut look) = (0, 0, Look::default());
    let mut letters = text.trim_end().chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            let sequence: String = letters.by_ref().take_while(|letter| *letter != 'm').collect();
            look = look.after(sequence.strip_prefix('[').unwrap());
            continue;
        }
        if letter == '\n' {
            (row, column) = (row + 1, 0);
            continue;
        }
        let width = letter.width().unwrap_or(0);
        if column + width > COLUMNS {
            (row, column) = (row + 1, 0);
        }
        match runs.last_mut() {
            Some(run)
                if run.row == row
                    && run.look == look
                    && run.wide == (width == 2)
                    && run.column + run.columns() == column =>
            {
                run.text.push(letter);
            }
            _ => runs.push(Run { row, column, wide: width == 2, look, text: letter.to_string() }),
        }
        column += width;
    }
    runs.retain(|run| !run.text.trim().is_empty());
    (runs, row + 1)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A dark terminal with this text; it looks the same on light and dark pages.
fn picture(text: &str, title: &str) -> String {
    let (runs, rows) = drawn(text);
    #[expect(clippy::cast_precision_loss, reason = "rows and columns are few")]
    let place = |columns: usize, rows: usize| (columns as f64 * CELL.0, rows as f64 * CELL.1);
    let (width, height) = place(COLUMNS, rows);
    let (width, height) = (width + 2.0 * ORIGIN.0, height + ORIGIN.1 + 8.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\" role=\"img\">\n\
         <title>{}</title>\n\
         <style>text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", \"Noto Sans Mono CJK JP\", monospace; white-space: pre }}</style>\n\
         <rect width=\"{width:.0}\" height=\"{height:.0}\" rx=\"10\" fill=\"#0d1117\"/>\n",
        escaped(title)
    );
    for (x, fill) in [(20, "#ff5f57"), (40, "#febc2e"), (60, "#28c840")] {
        let _ = writeln!(svg, "<circle cx=\"{x}\" cy=\"20\" r=\"6\" fill=\"{fill}\"/>");
    }
    for run in runs {
        let indent = run.text.chars().take_while(|letter| *letter == ' ').count();
        let text = run.text.trim();
        let columns = text.chars().count() * if run.wide { 2 } else { 1 };
        let (x, y) = place(run.column + indent, run.row);
        let (length, _) = place(columns, 0);
        let weight = if run.look.bold { " font-weight=\"700\"" } else { "" };
        let _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{:.0}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{weight}>{}</text>",
            x + ORIGIN.0,
            y + ORIGIN.1,
            run.look.fill(),
            escaped(text)
        );
    }
    svg + "</svg>\n"
}

/// The report of `sweep --demo`, read back from JSON; [`crate::forms`] tests that it renders the same.
fn report() -> SweepReport {
    serde_json::from_str(&practice::sweep("--format json --lang en").exits(10).stdout).unwrap()
}

fn rendered(lang: Lang, format: Format) -> String {
    let layout = Layout { width: COLUMNS, verbose: false, charts: false };
    render(Report::Sweep(&report()), format, &Speech::new(lang), layout).unwrap()
}

#[test]
fn the_pictures_show_what_the_program_prints() {
    for (lang, ending, more) in [(Lang::En, "", ""), (Lang::Ja, ".ja", " --lang ja")] {
        let command = format!("guardrail sweep --demo{more}");
        let text = format!("\u{1b}[2m$\u{1b}[0m \u{1b}[1m{command}\u{1b}[0m\n{}", rendered(lang, Format::Text));
        holds(&format!("docs/sweep-demo{ending}.svg"), &picture(&text, &command), UPDATE);
    }
}

#[test]
fn the_sample_pages_are_what_the_program_writes() {
    for (lang, ending) in [(Lang::En, ""), (Lang::Ja, ".ja")] {
        holds(&format!("docs/sweep-demo{ending}.html"), &rendered(lang, Format::Html), UPDATE);
    }
}

#[test]
fn letters_stand_where_a_terminal_has_them() {
    let run = |row, column, wide, look, text: &str| Run { row, column, wide, look, text: text.to_owned() };
    let red = Look { color: Some(1), ..Look::default() };
    let (runs, rows) = drawn("a\u{1b}[31m b課金\u{1b}[0m c\n\n<d>\n");
    let plain = Look::default();
    let expected = vec![
        run(0, 0, false, plain, "a"),
        run(0, 1, false, red, " b"),
        run(0, 3, true, red, "課金"),
        run(0, 7, false, plain, " c"),
        run(2, 0, false, plain, "<d>"),
    ];
    assert_eq!((runs, rows), (expected, 3));
    let (runs, rows) = drawn(&"x".repeat(COLUMNS + 1));
    assert_eq!((runs.len(), runs[1].row, runs[1].column, rows), (2, 1, 0, 2));
    assert!(picture("<d>", "t").contains(">&lt;d&gt;</text>"));
}
