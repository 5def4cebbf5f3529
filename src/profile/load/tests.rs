//! Loads profiles as people write them, valid and invalid.

use std::fs;

use super::*;
use crate::lang::Speech;
use crate::model::{Choice, Lang, Region, Usd};
use crate::profile::{AlarmRule, Approval, TrailBy, Usage, Which};

/// A folder with these files; the first one is loaded.
fn load_in(lang: Lang, files: &[(&str, &str)]) -> Result<Profile> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let speech = Speech::new(lang);
    load(folder.path().join(files[0].0).to_str().unwrap(), &|text| speech.say(text))
}

fn own(text: &str) -> Result<Profile> {
    load_in(Lang::En, &[("my.toml", text)])
}

fn ship(name: &str) -> Profile {
    load(name, &|text| text.id.to_owned()).unwrap()
}

fn usd(text: &str) -> Usd {
    text.parse().unwrap()
}

/// The snippet without the temporary folder.
fn snippet(error: &Error) -> String {
    assert_eq!(error.what.id, "error-profile", "{error:?}");
    let snippet = error.what.args.iter().find(|(name, _)| *name == "snippet").unwrap().1.to_string();
    snippet
        .lines()
        .map(|line| match line.split_once("--> ") {
            Some((arrow, path)) => format!("{arrow}--> {}\n", path.rsplit('/').next().unwrap()),
            None => format!("{line}\n"),
        })
        .collect()
}

#[test]
fn shipped_profiles_are_sound_and_speak_both_languages() {
    for (name, _) in shipped() {
        let profile = ship(name);
        assert_eq!((&profile.name, &profile.reference), (&(*name).to_owned(), &(*name).to_owned()));
        assert!(!profile.description.en.is_empty() && profile.description.en != profile.description.ja);
        assert!(profile.notify.emails.is_empty() && profile.limit_usd.is_none());
        assert!(profile.budgets.monthly.enabled && profile.trail.enabled);
    }
}

#[test]
fn shipped_profiles_have_their_documented_values() {
    let personal = ship("personal");
    assert_eq!(personal.suggested_limit_usd, None);
    assert_eq!(personal.alarms, AlarmRule::PercentOfLimit(vec![50, 100]));
    assert!(personal.budgets.zero_spend && personal.budgets.free_tier.enabled);
    assert_eq!(personal.budgets.free_tier.usage.len(), 3);
    assert_eq!(personal.budgets.free_tier.usage[0].of, Usage::TypeGroup("EC2: Running Hours".into()));
    assert_eq!((personal.trail.by, personal.trail.retention_days), (TrailBy::Guardrail, 90));

    let study = ship("study");
    assert_eq!(study.suggested_limit_usd, Some(usd("10")));
    assert_eq!(study.budgets.free_tier, personal.budgets.free_tier);
    assert_ne!(study.alarms, personal.alarms);

    let org = ship("training-org");
    assert!(!org.budgets.free_tier.enabled && org.budgets.free_tier.usage.is_empty());
    assert_eq!((org.trail.by, org.trail.retention_days), (TrailBy::Organization, 90));
}

#[test]
fn a_users_profile_states_only_differences() {
    let profile = own("extends = 'study'\nlimit_usd = 5.50\n[budgets.monthly]\nforecast_percent = []").unwrap();
    let study = ship("study");
    assert_eq!(profile.name, "my");
    assert!(Path::new(&profile.reference).is_absolute());
    assert_eq!((profile.limit_usd, profile.suggested_limit_usd), (Some(usd("5.5")), Some(usd("10"))));
    assert_eq!(profile.budgets.monthly.actual_percent, study.budgets.monthly.actual_percent);
    assert!(profile.budgets.monthly.forecast_percent.is_empty());
    assert_eq!(profile.description, study.description);
}

#[test]
fn a_users_profile_extends_personal_by_default() {
    let profile = own("").unwrap();
    let personal = ship("personal");
    assert_eq!(Profile { name: personal.name.clone(), reference: personal.reference.clone(), ..profile }, personal);
}

#[test]
fn everything_can_be_stated() {
    let profile = own(r#"
limit_usd = "7.25"
description = { en = "mine", ja = "私の" }
notify.emails = ["b@example.com", "a@example.com", "b@example.com"]
alarms.thresholds_usd = [5, "2.50", 1_000]
budgets.free_tier.usage = [{ name = "ebs", usage_type = "EBS:VolumeUsage.gp3", limit = 30.5, unit = "GB-Mo" }]
trail = { enabled = false, retention_days = 30 }
[sweep]
regions = ["us-east-1", "ap-northeast-1"]
resources = ["ec2-instance"]
keep = [
  { resource = "ec2-instance", name = "blog", reason = "my blog", until = 2027-03-31 },
  { resource = "rds-instance", id = "db-1", reason = "exam", until = "2027-01-01" },
]
"#)
    .unwrap();
    assert_eq!(profile.limit_usd, Some(usd("7.25")));
    assert_eq!(profile.notify.emails, ["b@example.com", "a@example.com"]);
    assert_eq!(profile.alarms, AlarmRule::Usd(vec![usd("2.5"), usd("5"), usd("1000")]));
    assert_eq!(profile.budgets.free_tier.usage[0].limit.to_string(), "30.5");
    assert_eq!(profile.sweep.regions, [Region::new("ap-northeast-1"), Region::home()]);
    assert_eq!(profile.sweep.keep[0].which, Which::Name("blog".into()));
    assert_eq!(profile.sweep.keep[0].until, jiff::civil::date(2027, 3, 31));
    assert_eq!(profile.sweep.keep[1].which, Which::Id("db-1".into()));
    let emails = vec!["me@example.com".to_owned()];
    let profile = profile.chosen(&Choice { emails: emails.clone(), limit_usd: Some(usd("7.25")), profile: None });
    assert_eq!((profile.notify.emails, profile.limit_usd), (emails, Some(usd("7.25"))));
    assert_eq!(profile.alarms.thresholds(profile.limit_usd), Some(vec![usd("2.5"), usd("5"), usd("1000")]));
}

#[test]
fn files_extend_files_beside_them() {
    let files = [
        ("my.toml", "extends = './team.toml'\nalarms.percent_of_limit = [80]"),
        (
            "team.toml",
            "extends = 'study'\nlimit_usd = 3\nalarms.thresholds_usd = [1]\nnotify.emails = ['t@example.com']",
        ),
    ];
    let profile = load_in(Lang::En, &files).unwrap();
    assert_eq!(profile.limit_usd, Some(usd("3")));
    assert_eq!(profile.alarms, AlarmRule::PercentOfLimit(vec![80]));
    assert_eq!(profile.notify.emails, ["t@example.com"]);
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let error = own("extends = 'study'\n\n[notify]\nemails = ['me@example.com', 'you@']\n").unwrap_err();
    assert_eq!(error.kind, crate::error::Kind::Usage);
    insta::assert_snapshot!(snippet(&error), @r#"
    "you@" is not an e-mail address (example: you@example.com)
     --> my.toml:4:29
      |
    4 | emails = ['me@example.com', 'you@']
      |                             ^^^^^^
    "#);
}

#[test]
fn a_mistake_is_explained_in_japanese_too() {
    let error = load_in(Lang::Ja, &[("my.toml", "# 上限\nlimit_usd = -5 # 円?")]).unwrap_err();
    insta::assert_snapshot!(snippet(&error), @r#"
    金額は 0 より大きくしてください(-5 は使えません)
     --> my.toml:2:13
      |
    2 | limit_usd = -5 # 円?
      |             ^^
    "#);
}

#[test]
fn the_whole_message_keeps_the_picture() {
    let error = own("limit_usd = 0").unwrap_err();
    let (_, picture) = &error.what.args[1];
    for lang in Lang::ALL {
        let said = Speech::new(lang).say(&error.what);
        assert!(said.ends_with(&format!(":\n{picture}")) && said.lines().count() == 6, "{said}");
    }
}

#[test]
fn an_unknown_field_names_the_known_ones() {
    let error = own("[budgets]\nzero_spent = true\n").unwrap_err();
    insta::assert_snapshot!(snippet(&error), @r"
    unknown field zero_spent; known here: zero_spend, monthly, free_tier, action
     --> my.toml:2:1
      |
    2 | zero_spent = true
      | ^^^^^^^^^^
    ");
}

#[test]
fn broken_toml_is_shown_where_it_breaks() {
    let error = own("[notify\nemails = []").unwrap_err();
    insta::assert_snapshot!(snippet(&error), @r"
    this is not valid TOML: unclosed table, expected `]`
     --> my.toml:1:8
      |
    1 | [notify
      |        ^
    ");
}

#[test]
fn all_rule_mistakes_are_shown_at_once() {
    let shown = snippet(&own("limit_usd = 0\ntrail.retention_days = 0\nsweep.regions = ['tokyo']").unwrap_err());
    assert_eq!(shown.matches("my.toml:").count(), 3, "{shown}");
}

#[test]
fn a_mistake_below_is_shown_in_the_file_it_is_in() {
    let files = [("my.toml", "extends = './base.toml'\nlimit_usd = 5"), ("base.toml", "limit_usd = nan")];
    let shown = snippet(&load_in(Lang::En, &files).unwrap_err());
    assert!(shown.contains("base.toml:1:13") && shown.contains("is not an amount"), "{shown}");
}

/// Every rule: a text that breaks it, and a part of the message, in both languages.
#[test]
fn every_rule_is_kept_and_explained() {
    let six = "[10, 20, 30, 40, 50, 60]";
    for (text, id) in [
        ("limit_usd = 5.555", "error-limit-cents"),
        ("limit_usd = 1000001", "error-limit-huge"),
        ("limit_usd = 1e3", "error-limit-not-a-number"),
        ("limit_usd = true", "error-limit-not-a-number"),
        ("limit_usd = [5]", "error-limit-not-a-number"),
        ("limit_usd = { a = 5 }", "error-limit-not-a-number"),
        ("limit_usd = 99999999999999999999", "error-limit-huge"),
        ("notify.emails = [5]", "error-email"),
        ("alarms.thresholds_usd = [0]", "error-limit-zero"),
        ("alarms.thresholds_usd = [-1]", "error-limit-negative"),
        ("alarms = { thresholds_usd = [1], percent_of_limit = [1] }", "profile-alarms-twice"),
        ("alarms.percent_of_limit = [1,2,3,4,5,6,7,8,9,10,11]", "profile-too-many-alarms"),
        ("alarms.percent_of_limit = [0]", "profile-percent"),
        ("alarms.percent_of_limit = [12.5]", "profile-percent"),
        (&format!("budgets.monthly.actual_percent = {six}"), "profile-too-many-notifications"),
        // One too many together with the inherited forecast.
        ("budgets.monthly.actual_percent = [1, 2, 3, 4, 5]", "profile-too-many-notifications"),
        ("budgets.monthly = { actual_percent = [], forecast_percent = [] }", "profile-no-notification"),
        (&format!("budgets.free_tier.alert_percent = {six}"), "profile-too-many-notifications"),
        ("budgets.free_tier.alert_percent = []", "profile-no-notification"),
        ("budgets.free_tier.usage = [{ name = 'a b', usage_type = 'x', limit = 1, unit = 'Hrs' }]", "profile-kebab"),
        ("budgets.free_tier.usage = [{ name = 'a', usage_type = 'x', limit = 0, unit = 'Hrs' }]", "profile-quantity"),
        ("budgets.free_tier.usage = [{ name = 'a', usage_type = 'x', limit = 1, unit = ' ' }]", "profile-empty"),
        ("budgets.free_tier.usage = [{ name = 'a', limit = 1, unit = 'Hrs' }]", "profile-usage-one-of"),
        (
            "[[budgets.free_tier.usage]]\nname = 'a'\nusage_type = 'x'\nlimit = 1\nunit = 'Hrs'\n\
             [[budgets.free_tier.usage]]\nname = 'a'\nusage_type = 'y'\nlimit = 1\nunit = 'Hrs'",
            "profile-name-twice",
        ),
        ("trail.retention_days = 3651", "profile-days"),
        ("sweep.regions = ['Tokyo']", "profile-region"),
        ("sweep.resources = ['EC2']", "profile-kebab"),
        ("sweep.keep = [{ resource = 'a', id = 'b', reason = '', until = 2027-01-01 }]", "profile-empty"),
        ("sweep.keep = [{ resource = 'a', id = 'b', reason = 'c', until = 'soon' }]", "profile-date"),
        ("sweep.keep = [{ resource = 'a', reason = 'c', until = 2027-01-01 }]", "profile-keep-one-of"),
        ("extends = 'persnal'", "profile-extends-unknown"),
        ("extends = './nowhere.toml'", "profile-extends-no-file"),
        ("extends = './my.toml'", "profile-extends-cycle"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("my.toml");
        fs::write(&file, text).unwrap();
        let said = std::cell::RefCell::new(Vec::new());
        let error = load(file.to_str().unwrap(), &|text| {
            said.borrow_mut().push(text.clone());
            text.id.to_owned()
        })
        .unwrap_err();
        let said = said.into_inner();
        assert_eq!(said.iter().map(|text| text.id).collect::<Vec<_>>(), [id], "{text}");
        assert!(snippet(&error).contains('^'), "{text}");
        for lang in Lang::ALL {
            let sentence = Speech::new(lang).say(&said[0]);
            assert!(sentence != id && !sentence.contains("{$"), "{sentence}");
        }
    }
}

#[test]
fn a_missing_field_of_a_table_is_reported() {
    let shown = snippet(&own("[[sweep.keep]]\nresource = 'a'\nid = 'b'\nreason = 'c'").unwrap_err());
    assert!(shown.contains("until is missing here") && shown.contains("my.toml:1"), "{shown}");
}

#[test]
fn a_budget_that_is_off_needs_no_warning() {
    assert!(own("budgets.free_tier = { enabled = false, alert_percent = [] }").is_ok());
}

#[test]
fn circles_are_refused() {
    let files = [("a.toml", "extends = './b.toml'"), ("b.toml", "extends = './../x/../a.toml'")];
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("x");
    fs::create_dir(&inner).unwrap();
    for (name, text) in files {
        fs::write(inner.join(name), text.replace("./../x/../", "../x/")).unwrap();
    }
    let speech = Speech::new(Lang::En);
    let error = load(inner.join("a.toml").to_str().unwrap(), &|text| speech.say(text)).unwrap_err();
    assert!(snippet(&error).contains("b.toml:1:11") && snippet(&error).contains("circular"));
}

#[test]
fn five_deep_is_deep_enough() {
    let chain = |length: usize| -> Vec<(String, String)> {
        (1..=length).map(|n| (format!("{n}.toml"), format!("extends = './{}.toml'", n + 1))).collect()
    };
    let load_chain = |length: usize| {
        let mut files = chain(length);
        files.last_mut().unwrap().1 = "extends = 'personal'".into();
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        load_in(Lang::En, &files)
    };
    assert!(load_chain(4).is_ok());
    assert!(snippet(&load_chain(5).unwrap_err()).contains("more than 5 levels deep"));
}

#[test]
fn an_unknown_name_lists_the_known_ones_and_the_nearest() {
    let say = |text: &Text| text.id.to_owned();
    let error = load("persnal", &say).unwrap_err();
    assert_eq!(error.what.id, "error-profile-unknown");
    assert_eq!(error.hints[0].args[0].1, "personal, study, training-org".into());
    assert_eq!(error.hints[1], Text::new("hint-profile-nearest").with("name", "personal"));
    assert_eq!(load("production", &say).unwrap_err().hints.len(), 1);
    for speech in Lang::ALL.map(Speech::new) {
        for text in error.hints.iter().chain([&error.what]) {
            assert!(speech.say(text).contains(&text.args[0].1.to_string()), "{}", text.id);
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    for missing in ["./nowhere.toml", "nowhere.toml", "/"] {
        let error = load(missing, &|text| text.id.to_owned()).unwrap_err();
        assert_eq!(error.what, Text::new("error-profile-unreadable").with("file", missing));
        assert!(error.detail.is_some());
        assert!(Lang::ALL.map(Speech::new).iter().all(|speech| speech.say(&error.what).contains(missing)));
    }
}

#[test]
fn a_byte_order_mark_does_not_move_the_caret() {
    let shown = snippet(&own("\u{feff}limit_usd = 0.001\r\n").unwrap_err());
    assert!(shown.contains("^^^^^\n") && shown.contains("0.001 has more"), "{shown}");
}

#[test]
fn only_the_profiles_for_learners_have_a_budget_action() {
    for (name, enabled) in [("personal", false), ("study", true), ("training-org", true)] {
        let profile = ship(name);
        assert_eq!(
            (profile.budgets.action.enabled, profile.budgets.action.approval),
            (enabled, Approval::Manual),
            "{name}"
        );
        assert!(profile.budgets.action.names_no_target() && profile.anomaly.enabled, "{name}");
    }
    assert!(own("extends = 'study'\n[budgets.action]\napproval = 'automatic'").unwrap().budgets.action.enabled);
    let profile = own("budgets.action = { enabled = true, users = ['b', 'a', 'b'], roles = ['c'] }").unwrap();
    assert_eq!(
        (profile.budgets.action.users, profile.budgets.action.roles),
        (vec!["a".into(), "b".into()], vec!["c".into()])
    );
    assert!(!own("anomaly.enabled = false").unwrap().anomaly.enabled);
}

#[test]
fn an_action_of_a_users_profile_names_its_targets() {
    insta::assert_snapshot!(snippet(&own("[budgets.action]\nenabled = true\n").unwrap_err()), @r"
    this restricts no one: list users, groups or roles, or set enabled = false
     --> my.toml:2:11
      |
    2 | enabled = true
      |           ^^^^
    ");
    for (text, words) in [
        ("extends = 'study'\nbudgets.action.roles = []", "restricts no one"),
        ("budgets.action = { enabled = true, users = ['team/hana'] }", "without a path"),
        ("budgets.action.approval = 'perhaps'", "manual"),
        ("anomaly.percent_of_limit = 0", "percentage"),
    ] {
        let said = snippet(&own(text).unwrap_err());
        assert!(said.contains(words), "{said}");
    }
}
