//! Which things a letter is about, and when they ended.

use jiff::tz::TimeZone;
use serde_json::json;

use super::*;
use crate::model::{Lang, Note};

const NOON: &str = "2026-11-23T12:00:00Z";

fn finding(id: &str, usd: &str) -> Finding {
    Finding {
        key: format!("000000000000/us-east-1/opensearch-domain/{id}"),
        resource: "opensearch-domain".to_owned(),
        usd_per_month: usd.parse().ok(),
        ..Finding::new(id)
    }
}

fn sweep(at: &str, findings: Vec<Finding>, outcome: &str) -> SweepReport {
    let report = json!({
        "schema": "", "version": "", "made_at": at,
        "scope": { "accounts": [{ "id": "000000000000", "alias": null }], "regions": ["us-east-1"], "disabled_regions": [],
                   "resources": [], "partial": false },
        "totals": { "findings": 0, "usd_per_hour": "0", "usd_per_month": "0", "at_least": false },
        "findings": [], "gaps": [], "coverage": { "opensearch-domain": { "us-east-1": outcome } },
    });
    SweepReport { findings, ..serde_json::from_value(report).unwrap() }
}

fn options() -> Options {
    Options {
        made_at: NOON.parse().unwrap(),
        zone: TimeZone::UTC,
        langs: vec![Lang::En],
        unauthorized: false,
        months: 3,
        cost_explorer: false,
        limit_usd: None,
        about: Vec::new(),
        services: Vec::new(),
        ended: Vec::new(),
        noticed: None,
        name: None,
        cause: None,
        first_time: None,
    }
}

fn past(at: &[&str], ids: &[&str]) -> Past {
    let findings = || ids.iter().map(|id| finding(id, "100")).collect();
    Past { sweeps: at.iter().map(|at| sweep(at, findings(), "found")).collect(), acts: Vec::new() }
}

fn shown(things: &[Thing]) -> Vec<(String, Option<String>, Still)> {
    let ended = |thing: &Thing| thing.ended.map(|((at, source), _)| format!("{} {source:?}", at.value()));
    things.iter().map(|it| (it.id.clone(), ended(it), it.still)).collect()
}

#[test]
fn what_is_gone_ended_between_two_sweeps() {
    let past = past(&["2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z"], &["study"]);
    let now = sweep(NOON, vec![], "empty");
    let found = things(&now, &past, &options()).unwrap();
    let ended = "2026-11-21T00:00:00Z/2026-11-23T12:00:00Z History".to_owned();
    assert_eq!(shown(&found), [("study".to_owned(), Some(ended), Still::Gone)]);
    assert_eq!(found[0].noticed.unwrap().0.value(), "2026-11-20T00:00:00Z");
}

#[test]
fn what_could_not_be_looked_at_is_not_gone() {
    let now = sweep(NOON, vec![], "denied");
    assert_eq!(shown(&things(&now, &past(&["2026-11-20T00:00:00Z"], &["study"]), &options()).unwrap()), []);
    let about = Options { about: vec!["study".to_owned()], ..options() };
    let found = things(&now, &past(&["2026-11-20T00:00:00Z"], &["study"]), &about).unwrap();
    assert_eq!(shown(&found), [("study".to_owned(), None, Still::Unknown)]);
}

#[test]
fn guardrails_own_log_knows_the_minute() {
    let key = finding("study", "100").key;
    let act = |verb| Act { key: key.clone(), verb, at: "2026-11-22T08:00:00Z".parse().unwrap() };
    let with = |verb| Past { acts: vec![act(verb)], ..past(&["2026-11-20T00:00:00Z"], &["study"]) };
    let found = things(&sweep(NOON, vec![], "empty"), &with(Verb::Delete), &options()).unwrap();
    assert_eq!(
        found[0].ended.unwrap(),
        ((Moment::At("2026-11-22T08:00:00Z".parse().unwrap()), Source::ActionLog), End::Deleted)
    );
    // It is there again: it has not ended, and is the letter's only because nothing else is.
    let back = sweep(NOON, vec![finding("study", "100")], "found");
    assert_eq!(
        shown(&things(&back, &with(Verb::Delete), &options()).unwrap()),
        [("study".to_owned(), None, Still::Charged)]
    );
    let stopped = things(&back, &with(Verb::Stop), &options()).unwrap();
    assert_eq!((stopped[0].ended.unwrap().1, stopped[0].still), (End::Stopped, Still::Charged));
}

#[test]
fn a_person_may_say_what_ended() {
    let said = |text: &str| Options { ended: vec![SaidEnd::parse(text, &TimeZone::UTC).unwrap()], ..options() };
    let now = sweep(NOON, vec![], "empty");
    let known = things(&now, &past(&["2026-11-20T00:00:00Z"], &["study"]), &said("domain study 2026-11-21")).unwrap();
    assert_eq!(shown(&known), [("study".to_owned(), Some("2026-11-21 Said".to_owned()), Still::Gone)]);
    // No sweep has seen it: the type is that of the words, and nothing of that type is left.
    let unseen = things(&now, &Past::default(), &said("OpenSearch domain study 2026-11-21")).unwrap();
    let expected = ("OpenSearch domain study".to_owned(), Some("2026-11-21 Said".to_owned()), Still::Gone);
    assert_eq!(shown(&unseen), [expected]);
    let other = sweep(NOON, vec![finding("other", "1")], "found");
    let unsure = things(&other, &Past::default(), &said("OpenSearch domain study 2026-11-21")).unwrap();
    assert_eq!(unsure[0].still, Still::Unknown);
    assert!(unseen[0].services.contains("AmazonES"), "{:?}", unseen[0].services);
}

#[test]
fn without_an_end_the_letter_is_about_the_most_expensive_thing() {
    let kept = Finding {
        exempt: Some(crate::model::Exemption { reason: "blog".to_owned(), until: "2027-01-01".parse().unwrap() }),
        notes: vec![Note::new("committed")],
        ..finding("blog", "900")
    };
    let now = sweep(NOON, vec![finding("a", "5"), finding("b", "50"), kept], "found");
    assert_eq!(shown(&things(&now, &Past::default(), &options()).unwrap()), [("b".to_owned(), None, Still::Charged)]);
    let unknown = Options { about: vec!["nothing".to_owned()], ..options() };
    assert_eq!(things(&now, &Past::default(), &unknown).unwrap_err().what.id, "error-appeal-unknown");
}

#[test]
fn pennies_are_no_reason_for_a_letter() {
    let cheap =
        Past { sweeps: vec![sweep("2026-11-20T00:00:00Z", vec![finding("a", "0.20")], "found")], acts: Vec::new() };
    assert_eq!(shown(&things(&sweep(NOON, vec![], "empty"), &cheap, &options()).unwrap()), []);
}
