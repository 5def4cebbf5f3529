//! The members that the program reads of AWS's answers, compared with AWS's models; and the table generated from both.

use std::collections::BTreeSet;

use guardrail::aws::api::{Asks, operation};
use guardrail::{aws, prices, resources, safeguards};
use serde_json::{Value, json};

use crate::emulators::run_script;
use crate::generated::holds;
use crate::remedies;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Every operation that is called by name, with each struct into which its answer is parsed.
pub fn asks() -> Vec<&'static dyn Asks> {
    let types = resources::ALL.iter().flat_map(|resource| resource.asks);
    let others = prices::ASKS.iter().copied().chain(aws::asks()).chain(safeguards::asks());
    types.copied().chain(others).filter(|asked| asked.reading().is_some()).collect()
}

/// A misspelt member would be an always empty list, and so a false "clean".
#[test]
fn every_member_that_is_read_is_in_the_models_and_every_member_in_the_table_is_read() {
    let asks: Vec<Value> = asks()
        .iter()
        .filter_map(|asked| {
            let (at, reading) = asked.reading()?;
            Some(json!({ "operation": asked.operation(), "at": at, "reading": reading }))
        })
        .collect();
    let input = json!({ "source": format!("{ROOT}/src"), "asks": asks, "commands": remedies::lines() });
    let made = run_script("moto", "models.py", &input.to_string());
    assert_eq!(made["wrong"], json!([]), "{:#}", made["wrong"]);
    for (file, table) in [("src/aws/api/models.json", "models"), ("src/aws/remedy/commands.json", "commands")] {
        holds(file, made[table].as_str().unwrap(), "UPDATE_MODELS");
    }
}

#[test]
fn every_operation_is_in_the_table_once_it_is_asked() {
    let missing: BTreeSet<&str> =
        asks().iter().map(|asked| asked.operation()).filter(|name| operation(name).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
