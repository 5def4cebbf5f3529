//! One report in every format: JSON that is read back renders the same, and every format has the same findings and gaps.

use std::collections::BTreeSet;

use guardrail::lang::Speech;
use guardrail::model::{BillReport, Cause, Exemption, Gap, Lang, Note, Reason, SafeguardReport, SweepReport};
use guardrail::render::{Format, Layout, Phase, Report, render};
use jiff::tz::TimeZone;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::practice;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::world::{FEW, Screen, World};

const LAYOUT: Layout = Layout { width: 80, verbose: false, charts: false };

/// Findings with and without prices, names that could break a spreadsheet or a browser, and a gap in every region.
fn account() -> Server {
    let fixtures = Fixtures::of(&["ec2-nat-gateway", "rds-instance", "opensearch-domain"]);
    let fixtures = fixtures.regions(&["eu-west-1", "us-east-1"], &["eu-south-2"]).only_in("eu-west-1");
    Account::of(fixtures).deny("ec2", "DescribeVolumes").start()
}

fn swept(server: &Server, options: &str) -> Screen {
    let world = World::new().env("COLUMNS", "80").endpoint(&server.url);
    world.run(&format!("sweep --resources {FEW} {options}")).exits(10)
}

fn demo(line: &str) -> Screen {
    World::new().env("COLUMNS", "80").run(&format!("{line} --demo"))
}

fn said(report: Report<'_>, lang: Lang) -> String {
    let text = render(report, Format::Text, &Speech::new(lang), LAYOUT).unwrap();
    anstream::adapter::strip_str(&text).to_string()
}

/// Parses the report, which serialises to the same JSON.
fn read_back<T: Serialize + DeserializeOwned>(screen: &Screen) -> T {
    let report: T = serde_json::from_str(&screen.stdout).unwrap();
    assert_eq!(serde_json::to_string_pretty(&report).unwrap(), screen.stdout.trim_end());
    report
}

fn report(server: &Server) -> SweepReport {
    read_back(&swept(server, "--format json"))
}

#[test]
fn a_sweep_read_back_from_json_renders_the_same() {
    let server = account();
    let report = report(&server);
    assert!(report.findings.len() > 4 && report.gaps.len() == 2, "{report:#?}");
    for (lang, option) in [(Lang::En, "--lang en"), (Lang::Ja, "--lang ja")] {
        assert_eq!(said(Report::Sweep(&report), lang), swept(&server, option).stdout);
    }
}

#[test]
fn safeguards_read_back_from_json_render_the_same() {
    let runs =
        [("init --dry-run", Phase::Planned), ("check", Phase::Checked), ("remove --dry-run", Phase::PlannedRemoval)];
    for (line, phase) in runs {
        let report: SafeguardReport = read_back(&demo(&format!("{line} --format json")));
        for (lang, option) in [(Lang::En, "en"), (Lang::Ja, "ja")] {
            let text = demo(&format!("{line} --lang {option}")).stdout;
            assert_eq!(said(Report::Safeguards(&report, phase), lang), text, "{line}");
        }
    }
}

#[test]
fn json_does_not_depend_on_the_language() {
    let sweep = |lang: &str| practice::sweep(&format!("--format json --lang {lang}")).exits(10).stdout;
    assert_eq!(sweep("en"), sweep("ja"));
    for line in ["init --dry-run", "check", "remove --dry-run", "resources"] {
        let run = |lang: &str| demo(&format!("{line} --format json --lang {lang}")).stdout;
        assert_eq!(run("en"), run("ja"), "{line}");
    }
}

#[test]
fn csv_has_the_findings_and_the_gaps_under_the_same_keys_in_every_language() {
    let server = account();
    let report = report(&server);
    let mut all_keys = Vec::new();
    for option in ["--format csv", "--format csv --lang ja"] {
        let screen = swept(&server, option);
        let mut reader = csv::Reader::from_reader(screen.stdout.as_bytes());
        let keys: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let at = |key: &str| keys.iter().position(|known| known == key).unwrap();
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let (findings, others) = rows.split_at(report.findings.len());
        let (gaps, statements) = others.split_at(report.gaps.len());
        for (row, finding) in findings.iter().zip(&report.findings) {
            assert_eq!((&row[at("id")], &row[at("region")]), (&*finding.id, finding.region.as_str()));
            let usd = finding.usd_per_month.map(|usd| usd.to_string()).unwrap_or_default();
            assert_eq!((&row[at("usd_per_month")], &row[at("gap")]), (&*usd, ""));
            assert_eq!((&row[at("kind")], &row[at("statement")]), ("finding", ""));
        }
        assert_eq!(gaps.len(), report.gaps.len());
        assert!(gaps.iter().all(|row| row[at("id")].is_empty() && row[at("gap")].contains("ec2:DescribeVolumes")));
        assert!(gaps.iter().all(|row| &row[at("kind")] == "gap"));
        let about: BTreeSet<&str> = statements.iter().map(|row| &row[at("kind")]).collect();
        assert_eq!(about, ["bill", "prices", "scope", "total"].into());
        assert!(statements.iter().all(|row| row[at("id")].is_empty() && !row[at("statement")].is_empty()));
        all_keys.push(keys);
    }
    assert_eq!(all_keys[0], all_keys[1]);
}

#[test]
fn markdown_is_a_table_of_the_findings_and_a_list_of_the_gaps() {
    let server = account();
    let report = report(&server);
    let markdown = swept(&server, "--format markdown").stdout;
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let rows: Vec<&str> = markdown.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows.len(), 2 + report.findings.len(), "{markdown}");
    assert!(rows.iter().all(|row| cells(row) == cells(rows[0])), "{markdown}");
    for (row, finding) in rows[2..].iter().zip(&report.findings) {
        assert!(row.contains(&finding.id.replace('_', "\\_")), "{row}");
    }
    // One permission closes both gaps.
    let gaps: Vec<&str> = markdown.lines().filter(|line| line.starts_with("- ")).collect();
    assert!(gaps.len() == 1 && report.gaps.len() == 2, "{markdown}");
    assert!(report.gaps.iter().all(|gap| gaps[0].contains(gap.region.as_ref().unwrap().as_str())), "{markdown}");
}

#[test]
fn html_is_one_self_contained_page() {
    let server = account();
    let report = report(&server);
    for (option, lang) in [("--format html", "en"), ("--format html --lang ja", "ja")] {
        let html = swept(&server, option).stdout;
        assert!(html.starts_with("<!doctype html>") && html.contains(&format!("<html lang=\"{lang}\">")), "{html}");
        assert_eq!(html.matches("<tr data-type=").count(), report.findings.len(), "{html}");
        assert_eq!(html.matches("<li class=\"gap\">").count(), 1, "{html}");
        assert!(report.findings.iter().all(|finding| html.contains(&format!(">{}</code>", finding.id))), "{html}");
        assert!(!["<link", "src=", "href=", "@import", "url("].iter().any(|outside| html.contains(outside)), "{html}");
        assert!(html.contains("default-src 'none'") && html.matches("<script>").count() == 1, "{html}");
    }
}

/// The text of a Markdown or HTML report, unescaped.
fn read(form: &str) -> String {
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ];
    entities
        .iter()
        .fold(form.replace(['\\'], "").replace("<!-- -->", ""), |text, (entity, letter)| text.replace(entity, letter))
}

/// The paragraphs of a text report, one sentence a line.
fn paragraphs(report: Report<'_>, lang: Lang) -> Vec<Vec<String>> {
    let wide = Layout { width: 10_000, ..LAYOUT };
    let text = render(report, Format::Text, &Speech::new(lang), wide).unwrap();
    let text = anstream::adapter::strip_str(&text).to_string();
    text.split("\n\n").map(|part| part.trim_end().lines().map(str::to_owned).collect()).collect()
}

/// Each sentence is in every format for people, and in the CSV.
fn is_in_every_form(report: Report<'_>, lang: Lang, sentences: &[String]) {
    for format in [Format::Markdown, Format::Html, Format::Csv] {
        let form = render(report, format, &Speech::new(lang), LAYOUT).unwrap().replace("\"\"", "\"");
        let form = read(&form);
        for sentence in sentences {
            assert!(form.contains(sentence.trim_start()), "{format:?} does not say: {sentence}\n\n{form}");
        }
    }
}

#[test]
fn every_form_has_the_scope_and_the_totals_of_a_sweep() {
    let server = account();
    for report in [report(&server), read_back(&demo("sweep --format json"))] {
        for lang in Lang::ALL {
            let sentences = head_and_foot(&report, lang);
            assert!(sentences.len() > 6, "{sentences:?}");
            is_in_every_form(Report::Sweep(&report), lang, &sentences);
        }
    }
}

/// The sentences of the text report before and after the findings.
fn head_and_foot(report: &SweepReport, lang: Lang) -> Vec<String> {
    let paragraphs = paragraphs(Report::Sweep(report), lang);
    let (head, rest) = paragraphs.split_at(2);
    let lines = head.iter().chain(rest.last()).flatten();
    // Its label fills its column.
    let lines = lines.map(|line| line.replacen("Not checked ", "Not checked  ", 1));
    lines.flat_map(|line| line.split("  ").map(|it| it.trim().to_owned()).collect::<Vec<_>>()).collect()
}

#[test]
fn every_form_says_that_a_sweep_was_cut_short_what_is_kept_and_what_was_left_out() {
    let mut report: SweepReport = read_back(&demo("sweep --format json"));
    let before = head_and_foot(&report, Lang::En).len();
    (report.interrupted, report.late, report.live_prices_failed) = (true, true, Some(Reason::Denied));
    report.notes.push(Note::with("below-a-cent", 3));
    report.findings[0].exempt = Some(Exemption { reason: "blog".to_owned(), until: "2027-01-01".parse().unwrap() });
    let gap = |cause: Cause| Gap {
        account: report.scope.account.id.clone(),
        region: report.scope.regions.first().cloned(),
        resource: Some("ec2-volume".to_owned()),
        reason: Reason::Other,
        action: Some("ec2:DescribeVolumes".to_owned()),
        message: "AWS said this".to_owned(),
        cause: Some(cause),
    };
    report.gaps = [Cause::Expired, Cause::Refused, Cause::NotAws, Cause::Clock].map(gap).to_vec();
    for lang in Lang::ALL {
        let sentences = head_and_foot(&report, lang);
        assert!(sentences.len() >= before + 16, "{sentences:#?}");
        is_in_every_form(Report::Sweep(&report), lang, &sentences);
    }
    // Whatever is said is made of what JSON has.
    let json = render(Report::Sweep(&report), Format::Json, &Speech::new(Lang::En), LAYOUT).unwrap();
    assert_eq!(serde_json::from_str::<SweepReport>(&json).unwrap(), report);
}

#[test]
fn no_form_shows_what_hides_in_a_name() {
    let mut report: SweepReport = read_back(&demo("sweep --format json"));
    let hidden =
        ["\u{202e}", "\u{61c}", "\u{200b}", "\u{2028}", "\u{2029}", "\u{feff}", "\n", "\r", "\u{1b}", "\t", "\u{0}"];
    report.findings[0].name = Some(format!("a{}b", hidden.concat()));
    for format in [Format::Text, Format::Csv, Format::Markdown, Format::Html] {
        let form = render(Report::Sweep(&report), format, &Speech::new(Lang::En), LAYOUT).unwrap();
        let marks = "\u{fffd}".repeat(hidden.len());
        assert!(form.contains(&format!("a{marks}b")), "{format:?}: {form}");
    }
    let json = render(Report::Sweep(&report), Format::Json, &Speech::new(Lang::En), LAYOUT).unwrap();
    let escaped = r"a\u202e\u061c\u200b\u2028\u2029\ufeff\n\r\u001b\t\u0000b";
    assert!(json.contains(escaped), "{json}");
    assert_eq!(serde_json::from_str::<SweepReport>(&json).unwrap(), report);
}

#[test]
fn a_spreadsheet_takes_its_own_form_for_utf_8() {
    let form = |name: &str| demo(&format!("sweep --format {name} --lang ja")).exits(10).stdout;
    assert_eq!(form("csv-excel"), format!("\u{feff}{}", form("csv")));
}

#[test]
fn every_form_of_a_clean_narrowed_sweep_has_its_scope() {
    let line = "sweep --no-bill --resources ec2-nat-gateway --regions eu-west-1,eu-west-2 --format";
    let report: SweepReport = read_back(&demo(&format!("{line} json")));
    assert!(report.findings.is_empty() && report.gaps.is_empty() && report.scope.partial, "{report:#?}");
    for lang in Lang::ALL {
        let lines = paragraphs(Report::Sweep(&report), lang).concat();
        let sentences: Vec<String> =
            lines.iter().flat_map(|line| line.split("  ")).map(|it| it.trim().to_owned()).collect();
        is_in_every_form(Report::Sweep(&report), lang, &sentences);
    }
    let markdown = read(&demo(&format!("{line} markdown")).exits(0).stdout);
    for sentence in [
        "Regions: eu-west-1 eu-west-2",
        "Only these types: ec2-nat-gateway",
        "SAFE: Nothing costs money among 1 type in 2 regions.",
    ] {
        assert!(markdown.contains(sentence), "{markdown}");
    }
}

#[test]
fn every_form_has_the_account_and_the_sums_of_safeguards_and_bill() {
    for lang in Lang::ALL {
        for (line, phase) in [("init --dry-run", Phase::Planned), ("check", Phase::Checked)] {
            let report: SafeguardReport = read_back(&demo(&format!("{line} --format json")));
            let report = Report::Safeguards(&report, phase);
            let paragraphs = paragraphs(report, lang);
            let sentences = [paragraphs[0].clone(), paragraphs[paragraphs.len() - 1].clone()].concat();
            is_in_every_form(report, lang, &sentences);
        }
        let report: BillReport = read_back(&demo("bill --format json"));
        let report = Report::Bill(&report, &TimeZone::UTC);
        let paragraphs = paragraphs(report, lang);
        let sentences =
            [paragraphs[0].clone(), paragraphs[1].clone(), paragraphs[paragraphs.len() - 1].clone()].concat();
        is_in_every_form(report, lang, &sentences);
    }
}
