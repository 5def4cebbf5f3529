//! The mail of a nightly run: short, plain, and the same figures in both languages.

use guardrail::lang::Speech;
use guardrail::model::organization::AccountChanges;
use guardrail::model::report::Totals;
use guardrail::model::{
    AccountReport, AccountState, Cause, Gap, Lang, OrganizationName, OrganizationReport, Reason, Region, Usd, Verdict,
    words,
};
use guardrail::render::mail;

fn account(number: u8, verdict: Option<Verdict>, usd: &str) -> AccountReport {
    let state = if verdict.is_some() { AccountState::Swept } else { AccountState::Unreachable };
    let id = format!("{number:012}").parse().unwrap();
    let blank = AccountReport::not_swept(id, Some(format!("Student {number:02}")), None, state);
    let usd: Usd = usd.parse().unwrap();
    let totals = Totals { findings: 1, usd_per_hour: usd, usd_per_month: usd, at_least: false };
    AccountReport { verdict, totals: verdict.map(|_| totals), ..blank }
}

fn report() -> OrganizationReport {
    let name = OrganizationName { id: Some("o-abc1234567".to_owned()), management_account: None };
    let accounts = vec![
        account(1, Some(Verdict::Safe), "0"),
        account(2, Some(Verdict::NotSafe), "490.56"),
        account(3, Some(Verdict::NotSafe), "12.5"),
        account(4, None, "0"),
    ];
    let gap = Gap {
        account: "000000000004".parse().unwrap(),
        region: None,
        resource: None,
        reason: Reason::Denied,
        action: Some("sts:AssumeRole".to_owned()),
        message: String::new(),
        cause: Some(Cause::Role),
    };
    let at = "2026-11-30T03:00:00Z".parse().unwrap();
    OrganizationReport::of(name, "guardrail-sweep".to_owned(), accounts, vec![gap], at, false)
}

/// The second account with something new, and with things that are gone.
fn compared(mut report: OrganizationReport, new: usize) -> OrganizationReport {
    let account = report.accounts.iter_mut().find(|it| it.state == AccountState::Swept).unwrap();
    account.changes = Some(AccountChanges {
        since: "2026-11-29T03:00:00Z".parse().unwrap(),
        new,
        new_usd_per_month: "490.56".parse().unwrap(),
        most_expensive_new: vec![words("OpenSearch domain", "OpenSearch ドメイン")],
        gone: new * 2,
        dearer: 0,
        unknown: 0,
    });
    report
}

#[test]
fn a_mail_is_short_and_says_what_is_new() {
    let place = "s3://bucket/runs/2026-11-30T03-00-00Z/organization.html";
    let of = |lang| mail(&compared(report(), 1), place, &Speech::new(lang)).unwrap();
    let (english, japanese) = (of(Lang::En), of(Lang::Ja));
    println!("{}\n{}\n{}", english.subject, english.text, japanese.text);
    assert_eq!(english.subject, "guardrail: NOT SAFE, 503.06+ USD/month in 2 of 4 accounts, 1 not checked");
    assert_eq!(japanese.subject, english.subject);
    assert!(english.text.starts_with("NOT SAFE: "), "{}", english.text);
    for part in [
        "\nNew (USD a month):\n490.56  Student 02 (000000000002): OpenSearch domain\n",
        "\nMost expensive (USD a month):\n490.56  Student 02 (000000000002)\n12.50  Student 03 (000000000003)\n",
        "\nNot completely checked (1):\nStudent 04 (000000000004): the role guardrail-sweep ",
    ] {
        assert!(english.text.contains(part), "{part}\n{}", english.text);
    }
    let part = "新しい課金(USD/月):\n490.56  Student 02 (000000000002): OpenSearch ドメイン\n";
    assert!(japanese.text.contains(part), "{}", japanese.text);
    assert!(english.text.ends_with(&format!("\nThe report:\n{place}\n")), "{}", english.text);
    assert!(english.text.len() < 1200 && english.subject.is_ascii() && english.subject.len() < 100);
}

#[test]
fn a_quiet_night_is_two_sentences() {
    let name = OrganizationName { id: None, management_account: None };
    let at = "2026-11-30T03:00:00Z".parse().unwrap();
    let one =
        OrganizationReport::of(name, "r".to_owned(), vec![account(1, Some(Verdict::Safe), "0")], vec![], at, false);
    let mail = mail(&compared(one, 0), "s3://b/x", &Speech::new(Lang::En)).unwrap();
    assert_eq!(mail.subject, "guardrail: SAFE");
    assert!(
        mail.text.ends_with("\nNew: Nothing is new since 2026-11-29 03:00 UTC.\n\nThe report:\ns3://b/x\n"),
        "{}",
        mail.text
    );
    assert_eq!(mail.text.lines().count(), 5, "{}", mail.text);
}

/// The page says what the text says.
#[test]
fn a_page_has_every_line_of_the_text() {
    let place = "https://example.com/report?a=1&b=2\naws s3 cp s3://bucket/x .";
    for lang in [Lang::En, Lang::Ja] {
        let mail = mail(&compared(report(), 1), place, &Speech::new(lang)).unwrap();
        for line in mail.text.lines().filter(|it| !it.is_empty()) {
            for part in line.split("  ") {
                let part = part.replace('&', "&#38;").replace('"', "&#34;").replace('\'', "&#39;");
                assert!(mail.html.contains(&part), "{part}\n{}", mail.html);
            }
        }
        let link = "<a href=\"https://example.com/report?a=1&#38;b=2\">";
        assert!(mail.html.contains(link) && mail.html.contains(&format!("lang=\"{}\"", lang.code())), "{}", mail.html);
    }
}

/// Without the management account's figures the verdict is not certain, and the mail says why.
#[test]
fn figures_that_were_not_read_are_said() {
    let mut report = report();
    let bill = Gap { resource: Some("bill".to_owned()), region: Some(Region::home()), ..report.gaps[0].clone() };
    report.gaps.push(Gap { account: "000000000001".parse().unwrap(), ..bill });
    let mail = mail(&report, "x", &Speech::new(Lang::En)).unwrap();
    assert!(
        mail.text.contains("\nthe figures of the bill could not be read in the management account"),
        "{}",
        mail.text
    );
}

#[test]
fn a_name_forges_no_line() {
    let mut report = report();
    report.accounts[0].name = Some("a\nSAFE: nothing\u{202e}<b>".to_owned());
    let mail = mail(&report, "x", &Speech::new(Lang::En)).unwrap();
    assert!(!mail.text.contains("\nSAFE"), "{}", mail.text);
    assert!(mail.html.contains("&#60;b&#62;") && !mail.html.contains('\u{202e}'), "{}", mail.html);
}
