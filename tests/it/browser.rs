//! The HTML report in a real Chromium: nothing is cut off at two widths, sorting and filtering work, and nothing is loaded.
//!
//! On a build server (`CI=true`) Chromium is required: `.ci/run` installs it. Elsewhere a message says that it is missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use guardrail::lang::Speech;
use guardrail::model::report::Totals;
use guardrail::model::{
    AccountReport, AccountState, Cause, Finding, Gap, Lang, OrganizationName, OrganizationReport, Reason, SweepReport,
    Verdict,
};
use guardrail::render::{Format, Layout, Report, render};
use serde_json::Value;

use crate::practice;

const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

fn chromium() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&std::env::var_os("PATH")?).collect();
    let found =
        NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|it| it.is_file());
    let on_a_build_server = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        found.is_some() || !on_a_build_server,
        "no Chromium on this build server: .ci/run installs Debian's package"
    );
    found
}

/// Opens the page in a frame of this width, runs the script in it, and returns its result.
fn seen(chromium: &Path, folder: &Path, width: u16, script: &str) -> Value {
    let frame = format!(
        "<body><iframe src=page.html style='width:{width}px;height:900px;border:0'></iframe><pre id=out></pre>
         <script>onload = () => {{
            const page = document.querySelector('iframe').contentWindow;
            const look = (document, window) => {{ {script} }};
            document.getElementById('out').textContent = JSON.stringify(look(page.document, page));
         }};</script>"
    );
    std::fs::write(folder.join("frame.html"), frame).unwrap();
    let mut command = Command::new(chromium);
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--dump-dom",
    ]);
    command.arg(format!("--user-data-dir={}", folder.join("profile").display()));
    command.arg(format!("--window-size={},1000", width + 40));
    command.arg(format!("file://{}", folder.join("frame.html").display()));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let dom = String::from_utf8_lossy(&output.stdout);
    let said = dom.split("<pre id=\"out\">").nth(1).and_then(|rest| rest.split("</pre>").next()).unwrap_or_default();
    let said = said.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}\n{dom}"))
}

/// An organisation of three accounts: one costs money, one is safe, one was not entered.
fn organization() -> OrganizationReport {
    let of = |index: usize| {
        let id = format!("{index:012}").parse().unwrap();
        let name = Some(format!("{} {index}", "a-very-long-name-of-an-account".repeat(2)));
        AccountReport::not_swept(id, name, Some("Training/2026".repeat(4)), AccountState::Unreachable)
    };
    let costing = of(1).swept(report());
    let safe = SweepReport { findings: Vec::new(), gaps: Vec::new(), bill: None, verdict: Verdict::Safe, ..report() };
    let safe = SweepReport { totals: Totals::of(&[], &[]), ..safe };
    let gap = Gap {
        account: "000000000003".parse().unwrap(),
        region: None,
        resource: None,
        reason: Reason::Denied,
        action: Some("sts:AssumeRole".to_owned()),
        message: String::new(),
        cause: Some(Cause::Role),
    };
    let accounts = vec![of(3), of(2).swept(safe), costing];
    let name = OrganizationName { id: Some("o-example".to_owned()), management_account: None };
    OrganizationReport::of(name, "guardrail-sweep".to_owned(), accounts, vec![gap], report().made_at, false)
}

#[test]
fn the_page_of_an_organisation_fits_its_window_and_opens_each_account() {
    let Some(chromium) = chromium() else {
        println!("skipped: none of {NAMES:?} is installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let layout = Layout { width: 80, verbose: false, charts: false };
    let report = organization();
    for lang in Lang::ALL {
        let page = render(Report::Organization(&report), Format::Html, &Speech::new(lang), layout).unwrap();
        std::fs::write(folder.path().join("page.html"), page).unwrap();
        for width in [390, 1280] {
            let look = "const html = document.documentElement;
                        const closed = [...document.querySelectorAll('details')].filter((it) => !it.open).length;
                        document.querySelectorAll('details').forEach((it) => { it.open = true; });
                        const text = document.body.innerText;
                        return [html.scrollWidth <= html.clientWidth, window.performance.getEntriesByType('resource').length,
                                closed > 0, ['000000000001', '000000000002', '000000000003'].every((id) => text.includes(id)),
                                text.includes('a-very-long-name-without-any-space')]";
            let seen = seen(&chromium, folder.path(), width, look);
            assert_eq!(seen, serde_json::json!([true, 0, true, true, true]), "{lang:?} at {width}");
        }
    }
}

/// The demo account's report with five more findings, with long names and without prices.
fn report() -> SweepReport {
    let mut report: SweepReport =
        serde_json::from_str(&practice::sweep("--format json --lang en").exits(10).stdout).unwrap();
    let like = report.findings[0].clone();
    let more = (0..5).map(|number| Finding {
        id: format!("{}-{number}", "a-very-long-name-without-any-space".repeat(3)),
        usd_per_month: (number > 0).then(|| format!("{number}000.00").parse().unwrap()),
        ..like.clone()
    });
    report.findings.extend(more);
    report
}

#[test]
fn the_page_fits_its_window_and_can_be_sorted_and_filtered() {
    let Some(chromium) = chromium() else {
        println!("skipped: none of {NAMES:?} is installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let layout = Layout { width: 80, verbose: false, charts: false };
    for lang in Lang::ALL {
        let page = render(Report::Sweep(&report()), Format::Html, &Speech::new(lang), layout).unwrap();
        std::fs::write(folder.path().join("page.html"), page).unwrap();
        for width in [390, 800, 900, 1280] {
            let fits = "const html = document.documentElement;
                        return [html.scrollWidth, html.clientWidth, window.performance.getEntriesByType('resource').length]";
            let fits = seen(&chromium, folder.path(), width, fits);
            assert_eq!(
                fits,
                serde_json::json!([width, width, 0]),
                "{lang:?}: wider than its window, or loads something"
            );
        }
        let sorted = "const head = document.querySelector('#findings th button');
                      const rows = () => [...document.querySelectorAll('#findings tbody td.number')].map((it) => it.textContent);
                      head.click(); const down = rows(); head.click(); return [down.slice(0, 2), rows().slice(-2)]";
        let sorted = seen(&chromium, folder.path(), 1280, sorted);
        assert_eq!(sorted[0], serde_json::json!(["4,000.00", "3,000.00"]), "{sorted}");
        assert_eq!((&sorted[0][0], &sorted[0][1]), (&sorted[1][1], &sorted[1][0]));
        let filtered = "const word = document.getElementById('word');
                        word.value = 'without -3'; word.dispatchEvent(new Event('input', { bubbles: true }));
                        return [document.querySelectorAll('#findings tbody tr:not([hidden])').length,
                                document.getElementById('count').textContent]";
        let filtered = seen(&chromium, folder.path(), 390, filtered);
        assert_eq!(filtered[0], 1, "{filtered}");
        assert!(filtered[1].as_str().unwrap().starts_with("1 / "), "{filtered}");
    }
}
