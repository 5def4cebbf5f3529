//! The integration tests: the program as a user runs it, against answers over HTTP.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::similar_names,
    clippy::type_complexity,
    reason = "a test panics on errors, may print its progress, and has tables of its own"
)]

mod account;
mod acting;
mod acting_emulated;
mod advice;
mod anomaly;
mod answers;
mod appeal;
mod bill;
mod bill_commitments;
mod browser;
mod budget_action;
mod catalogue;
mod causes;
mod chats;
mod commands;
mod cycles;
mod deploy;
mod documents;
mod drift;
mod effort;
mod empty_account;
mod emulated;
mod emulators;
mod ending;
mod environment;
mod examples;
mod faults;
mod forms;
mod gate;
mod generated;
mod grouped;
mod help;
mod history;
mod input;
mod interrupted;
mod interruption;
mod lab;
mod laws;
mod messages;
mod midnight;
mod ministack;
mod models;
mod moto;
mod nightly;
mod nightly_mail;
mod not_set_up;
mod notify;
mod options;
mod organization;
mod organization_actions;
mod organization_bill;
mod organization_emulated;
mod organization_forms;
mod organization_news;
mod organization_plans;
mod organization_safeguards;
mod organization_story;
mod ownership;
mod patience;
mod pictures;
mod policy;
mod possible;
mod practice;
mod price_book;
mod price_list;
mod prices;
mod proof_alarm;
mod proof_topic;
mod proxy;
mod reading;
mod readme;
mod recording;
mod releases;
mod remedies;
mod remedies_emulated;
mod responder;
mod schedule;
mod schedule_ses;
mod schedule_sets;
mod schema;
mod screens;
mod server;
mod shared_actions;
mod shared_history;
mod stateful;
mod store;
mod strangers;
mod sweeps;
mod thinned;
mod together;
mod types;
mod usage;
mod validity;
mod weather;
mod who;
mod words;
mod world;
mod worlds;

/// A file without a `mod` line is never compiled, and its tests never run.
#[test]
fn every_file_is_in_the_list() {
    let list = include_str!("main.rs");
    let here = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it");
    let files = std::fs::read_dir(here).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let modules = files.filter_map(|file| file.strip_suffix(".rs").map(str::to_owned)).filter(|name| name != "main");
    let missing: Vec<_> = modules
        .filter(|name| !list.lines().any(|line| line.strip_prefix("mod ") == Some(&format!("{name};"))))
        .collect();
    assert!(missing.is_empty(), "not in the module list of tests/it/main.rs: {missing:?}");
}
