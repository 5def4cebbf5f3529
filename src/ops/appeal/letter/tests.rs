//! The letter: its order, its blanks, and that it has no number but those of the facts.

use std::collections::BTreeSet;

use jiff::tz::{self, TimeZone};
use proptest::prelude::*;

use super::*;
use crate::model::appeal::Fact;
use crate::model::{Account, CreatedBy, Lang, Region, UnknownCreator, Usd, words};
use crate::ops::appeal::things::Known;

const NOW: &str = "2026-11-25T00:30:00Z";
const HANA: &str = "arn:aws:iam::123456789012:user/hana";

fn at(text: &str) -> Moment {
    Moment::parse(text, &TimeZone::UTC).unwrap()
}

fn domain() -> Thing {
    Thing {
        key: "123456789012/ap-northeast-1/opensearch-domain/study".to_owned(),
        names: Some(words("OpenSearch domain", "OpenSearch ドメイン")),
        id: "study".to_owned(),
        region: Some(Region::new("ap-northeast-1")),
        arn: Some("arn:aws:es:ap-northeast-1:123456789012:domain/study".to_owned()),
        charges: vec!["3 × m6g.large.search".to_owned()],
        services: BTreeSet::from(["AmazonES".to_owned()]),
        usd_per_month: "365.73".parse().ok(),
        created: None,
        created_by: None,
        noticed: Some((at("2026-11-23T00:00:00Z"), Source::History)),
        ended: Some(((at("2026-11-23T00:24:00Z"), Source::ActionLog), End::Deleted)),
        still: Still::Gone,
    }
}

fn cost(month: &str, usd: &str) -> Cost {
    let as_of = (month == "2026-11").then(|| "2026-11-24T18:00:00Z".parse().unwrap());
    Cost {
        month: month.to_owned(),
        service: "AmazonES".to_owned(),
        usd: usd.parse().unwrap(),
        as_of,
        source: Source::Metric,
    }
}

fn whole() -> Facts {
    Facts {
        account: Account { id: "123456789012".parse().unwrap(), alias: None },
        now: NOW.parse().unwrap(),
        caller: Some(HANA.to_owned()),
        zone: TimeZone::fixed(tz::offset(9)),
        unauthorized: false,
        name: Some(words("Hana Sato", "佐藤 花")),
        cause: Some(words("I followed a tutorial.", "チュートリアルで作成しました。")),
        first_time: Some(true),
        things: vec![domain()],
        costs: vec![cost("2026-10", "95.19"), cost("2026-11", "1265.04")],
        first_charges: vec![("AmazonES".to_owned(), "2026-10-24".parse().unwrap())],
        clean: None,
        safeguards: vec![Safeguard {
            id: "billing-alarm".to_owned(), names: words("Billing alarm", "請求アラーム")
        }],
        keys: None,
    }
}

fn nothing() -> Facts {
    Facts {
        name: None,
        cause: None,
        first_time: None,
        things: Vec::new(),
        costs: Vec::new(),
        first_charges: Vec::new(),
        safeguards: Vec::new(),
        ..whole()
    }
}

fn written(facts: &Facts, lang: Lang) -> Letter {
    letter(facts, &Speech::new(lang))
}

#[test]
fn the_order_is_the_one_that_works() {
    for (lang, order) in [
        (
            Lang::En,
            [
                "apologize",
                "How it came about",
                "What happened",
                "Charges",
                "What I have done",
                "does not happen",
                "My request",
            ],
        ),
        (Lang::Ja, ["申し訳", "発生の原因", "経緯", "対象の料金", "実施した対応", "再発防止策", "お願いしたいこと"]),
    ] {
        let body = written(&whole(), lang).body;
        let places: Vec<usize> =
            order.iter().map(|part| body.find(part).unwrap_or_else(|| panic!("{part}: {body}"))).collect();
        assert!(places.is_sorted(), "{places:?}: {body}");
        assert!(!body.to_lowercase().contains("urgent") && !body.contains("至急"), "{body}");
    }
}

#[test]
fn what_is_known_leaves_no_blank_and_what_is_not_is_one() {
    for lang in Lang::ALL {
        assert_eq!(written(&whole(), lang).blanks, 0, "{}", written(&whole(), lang).body);
        // Of every part of a letter the name is wanted twice.
        let without = |facts: Facts| written(&facts, lang).blanks;
        assert_eq!(without(Facts { name: None, ..whole() }), 2);
        assert_eq!(without(Facts { cause: None, ..whole() }), 1);
        assert_eq!(without(Facts { first_time: None, ..whole() }), 1);
        assert_eq!(without(Facts { safeguards: Vec::new(), ..whole() }), 1);
        assert_eq!(without(Facts { costs: Vec::new(), ..whole() }), 2);
        assert_eq!(without(Facts { first_charges: Vec::new(), ..whole() }), 1);
        assert!(without(nothing()) > 8);
    }
}

#[test]
fn a_thing_that_is_still_charged_is_never_said_to_be_gone() {
    for still in [Still::Charged, Still::Unknown] {
        let facts = Facts { things: vec![Thing { still, ended: None, ..domain() }], ..whole() };
        let letter = written(&facts, Lang::En);
        assert_eq!(letter.blanks, 2, "{}", letter.body);
        assert!(
            !letter.body.contains("is deleted and no longer") && !letter.body.contains("did not find"),
            "{}",
            letter.body
        );
    }
}

#[test]
fn the_other_letter_claims_no_key_that_iam_does_not_confirm() {
    use crate::aws::keys::Keys;
    let stranger = |keys: Option<Keys>| written(&Facts { unauthorized: true, cause: None, keys, ..whole() }, Lang::En);
    let new = "2026-11-24T00:00:00Z".parse().ok();
    let old = "2026-11-01T00:00:00Z".parse().ok();
    let keys = |root_mfa, root_keys, active| Some(Keys { root_mfa, root_keys, active });
    let blanks = |keys| stranger(keys).blanks;
    // How it happened, the password and CloudTrail are always the person's to say.
    assert_eq!(blanks(keys(true, false, vec![new])), 3);
    assert_eq!(blanks(keys(true, false, vec![])), 3);
    assert_eq!(blanks(keys(true, false, vec![new, old])), 4);
    assert_eq!(blanks(keys(true, false, vec![None])), 4);
    assert_eq!(blanks(keys(false, true, vec![new])), 5);
    assert_eq!(blanks(None), 6);
    let letter = stranger(None);
    assert!(!letter.body.contains("apologize") && letter.subject.starts_with("Unauthorized use"), "{}", letter.body);
}

fn created_by(who: &str) -> Thing {
    let created_by =
        CreatedBy { who: Some(who.to_owned()), from: Some("203.0.113.7".to_owned()), ..CreatedBy::default() };
    let created = Some((at("2026-10-24T01:12:00Z"), Source::Cloudtrail));
    Thing { created, created_by: Some(created_by), ..domain() }
}

fn stories(thing: &Thing, unauthorized: bool) -> [String; 2] {
    let facts = Facts { things: vec![thing.clone()], unauthorized, ..whole() };
    [Lang::En, Lang::Ja].map(|lang| written(&facts, lang).body)
}

#[test]
fn the_writer_is_named_as_the_creator_of_what_the_writer_created_and_of_nothing_else() {
    let [en, ja] = stories(&created_by(HANA), false);
    assert!(en.contains("I created the OpenSearch domain \"study\""), "{en}");
    assert!(ja.contains("OpenSearch ドメイン「study」を作成しました"), "{ja}");
    // Before its first charge, which has only a day.
    assert!(en.find("I created").unwrap() < en.find("first charge").unwrap(), "{en}");
    let tag = |by: CreatedBy| CreatedBy { tag: Some("creator".to_owned()), ..by };
    let tagged = Thing { created_by: created_by(HANA).created_by.map(tag), ..created_by(HANA) };
    for other in
        [created_by("arn:aws:iam::123456789012:user/taro"), tagged, Thing { created_by: None, ..created_by(HANA) }]
    {
        let [en, _] = stories(&other, false);
        assert!(en.contains("the OpenSearch domain \"study\" was created\n") && !en.contains("taro"), "{en}");
    }
}

#[test]
fn the_other_letter_names_the_identity_and_from_where() {
    let said = |who: &str| stories(&created_by(who), true);
    let [en, ja] = said("arn:aws:iam::123456789012:user/deploy");
    assert!(en.contains("not by me, with the credentials of the IAM user \"deploy\", from 203.0.113.7\n"), "{en}");
    assert!(ja.contains("使われた認証情報: IAM ユーザー「deploy」、203.0.113.7 から)"), "{ja}");
    let [en, _] = said("arn:aws:sts::123456789012:assumed-role/admin/hana@example.com");
    assert!(en.contains("the IAM role \"admin\"") && !en.contains("example.com"), "{en}");
    // Neither the number of another account, nor a name of it, nor a key.
    let [en, _] = said("arn:aws:iam::210987654321:user/acme");
    assert!(en.contains("an identity of another AWS account") && !en.contains("acme") && !en.contains("2109"), "{en}");
    let [en, _] = said("AKIAIOSFODNN7EXAMPLE");
    assert!(!en.contains("AKIA"), "{en}");
    let stranger = created_by("arn:aws:iam::210987654321:user/acme");
    let list = Facts { things: vec![stranger], ..whole() }.list(&Lang::ALL);
    assert!(list.iter().all(|fact| !fact.value.contains("acme")), "{list:#?}");
    let from = list.iter().find(|fact| fact.id == "created-from").unwrap();
    assert_eq!((&*from.value, from.source), ("203.0.113.7", Source::Cloudtrail));
}

#[test]
fn why_a_creator_is_not_known_is_a_fact_and_no_part_of_the_letter() {
    let created_by = Some(CreatedBy::unknown(UnknownCreator::Denied));
    let facts = Facts { things: vec![Thing { created_by, ..domain() }], ..whole() };
    let why = facts.list(&Lang::ALL).into_iter().find(|fact| fact.id == "creator-unknown").unwrap();
    assert_eq!((&*why.value, why.source), ("denied", Source::Cloudtrail));
    assert_eq!(written(&facts, Lang::En), written(&whole(), Lang::En));
}

/// The numbers of a text: digits, with the points, commas and colons between them.
fn numbers(text: &str) -> BTreeSet<String> {
    let inside = |letter: char| letter.is_ascii_digit() || ".,:".contains(letter);
    let runs = text.split(|letter: char| !inside(letter)).map(|run| run.trim_matches([',', '.', ':']).replace(',', ""));
    runs.filter(|run| run.contains(|letter: char| letter.is_ascii_digit())).collect()
}

/// The numbers of the facts' values; times also in local time, clocks without seconds.
fn known(list: &[Fact], zone: &TimeZone) -> BTreeSet<String> {
    let mut known = BTreeSet::new();
    for fact in list {
        let about = fact.about.clone().unwrap_or_default();
        for text in [&fact.value, &about] {
            known.extend(numbers(text));
        }
        for part in fact.value.split('/') {
            let Ok(at) = part.parse::<Timestamp>() else { continue };
            for zone in [TimeZone::UTC, zone.clone()] {
                known.extend(numbers(&at.to_zoned(zone).strftime("%Y-%m-%d %H:%M").to_string()));
            }
        }
        let shown = numbers(&fact.value).into_iter().chain(numbers(&about));
        // A Japanese date has no leading zeros.
        known.extend(shown.map(|it| it.trim_start_matches('0').to_owned()).collect::<Vec<_>>());
    }
    let plain: Vec<String> = known.iter().map(|it| it.trim_start_matches('0').to_owned()).collect();
    known.extend(plain);
    known
}

fn moment() -> impl Strategy<Value = Moment> {
    let second = 1_600_000_000_i64..1_900_000_000;
    let day = (2020_i16..2030, 1_i8..13, 1_i8..29);
    prop_oneof![
        second.clone().prop_map(|it| Moment::At(Timestamp::from_second(it).unwrap())),
        day.prop_map(|(year, month, day)| Moment::On(jiff::civil::date(year, month, day))),
        (second.clone(), second).prop_map(|(from, to)| {
            Moment::Between(Timestamp::from_second(from).unwrap(), Timestamp::from_second(to).unwrap())
        }),
    ]
}

fn when() -> impl Strategy<Value = Option<Known>> {
    proptest::option::of(moment().prop_map(|at| (at, Source::Said)))
}

fn creator() -> impl Strategy<Value = Option<CreatedBy>> {
    let who = prop_oneof![
        Just(HANA.to_owned()),
        "arn:aws:iam::[0-9]{12}:user/[a-z]{1,5}[0-9]{1,13}",
        "arn:aws:sts::123456789012:assumed-role/[a-z]{1,5}[0-9]{1,5}/[a-z0-9@.]{1,20}",
        "arn:aws:iam::[0-9]{12}:root",
        "[a-z0-9 .:/]{0,20}",
    ];
    let from = proptest::option::of("[0-9]{1,3}\\.[0-9]{1,3}|[a-z]{1,5}\\.amazonaws\\.com|[0-9]{12,20}");
    let tag = proptest::option::of("[a-z]{1,3}[0-9]");
    let by =
        (who, from, tag).prop_map(|(who, from, tag)| CreatedBy { who: Some(who), from, tag, ..CreatedBy::default() });
    proptest::option::of(by)
}

fn thing() -> impl Strategy<Value = Thing> {
    let ends = prop_oneof![Just(End::Deleted), Just(End::Stopped), Just(End::Gone), Just(End::Said)];
    let still = prop_oneof![Just(Still::Gone), Just(Still::Charged), Just(Still::Unknown)];
    let named = ("[a-z]{1,8}-[0-9]{1,12}", "[0-9]{1,4} × [a-z][0-9]\\.large", any::<bool>());
    (named, when(), when(), when(), ends, still, creator()).prop_map(
        |((id, charge, seen), created, noticed, ended, end, still, created_by)| {
            let own = domain();
            Thing {
                key: if seen { own.key.clone() } else { String::new() },
                names: own.names.clone().filter(|_| seen),
                arn: Some(format!("arn:aws:es:ap-northeast-1:{id}")).filter(|_| seen),
                charges: vec![charge],
                id,
                created,
                created_by,
                noticed,
                ended: ended.map(|known| (known, end)),
                still,
                ..own
            }
        },
    )
}

prop_compose! {
    fn facts()(
        things in proptest::collection::vec(thing(), 0..4),
        costs in proptest::collection::vec((1_u8..13, 0_u32..99_999_999), 0..5),
        days in proptest::option::of((1_i8..13, 1_i8..29)),
        clean in proptest::option::of(1_usize..40),
        hours in -12_i8..14,
        account in 100_000_000_000_u64..999_999_999_999,
        now in 1_600_000_000_i64..1_900_000_000,
        unauthorized: bool,
        said: bool,
    ) -> Facts {
        let cost = |(month, cents): &(u8, u32)| Cost {
            usd: Usd(rust_decimal::Decimal::new((*cents).into(), 2)),
            as_of: (month % 2 == 0).then(|| Timestamp::from_second(i64::from(*cents) + 1_600_000_000).unwrap()),
            ..cost(&format!("2026-{month:02}"), "0")
        };
        Facts {
            account: Account { id: account.to_string().parse().unwrap(), alias: None },
            now: Timestamp::from_second(now).unwrap(),
            zone: TimeZone::fixed(tz::offset(hours)),
            unauthorized,
            name: whole().name.filter(|_| said),
            cause: said.then(|| words("It was 17 days.", "17 日間です。")),
            costs: costs.iter().map(cost).collect(),
            first_charges: days.map(|(month, day)| ("AmazonES".to_owned(), jiff::civil::date(2026, month, day))).into_iter().collect(),
            things,
            clean,
            ..whole()
        }
    }
}

proptest! {
    #[test]
    fn no_number_is_in_a_letter_that_is_not_among_the_facts(facts in facts()) {
        let known = known(&facts.list(&Lang::ALL), &facts.zone);
        for lang in Lang::ALL {
            let letter = written(&facts, lang);
            let told = numbers(&format!("{}\n{}", letter.subject, letter.body));
            let invented: Vec<&String> = told.difference(&known).collect();
            prop_assert!(invented.is_empty(), "{invented:?} in\n{}\nfacts: {:#?}", letter.body, facts.list(&Lang::ALL));
        }
    }
}

#[test]
fn an_invented_number_is_noticed() {
    let known = known(&whole().list(&Lang::ALL), &whole().zone);
    let told = numbers("on 2026-11-23 at 09:24 UTC+9, 1,265.04 USD, and 640.00 or 31 more");
    assert_eq!(told.difference(&known).cloned().collect::<Vec<_>>(), ["31", "640.00"]);
}
