//! An empty account: every request is valid, and the report has an outcome for every place.

use guardrail::model::{CheckOutcome, Region};
use guardrail::resources;

use crate::emulators::run_script;
use crate::responder::{Account, Fixtures};
use crate::server::Server;
use crate::sweeps::{everything, swept};
use crate::validity;

const REGIONS: [&str; 3] = ["ap-northeast-1", "eu-central-2", "us-east-1"];

fn empty() -> Server {
    Account::of(Fixtures::of(&[]).regions(&REGIONS, &["ap-east-1"])).start()
}

#[tokio::test]
async fn every_request_is_valid_and_has_a_name() {
    let server = empty();
    let report = swept(&server, &everything()).await;
    assert_eq!((report.gaps, report.findings), (Vec::new(), Vec::new()));
    validity::prove(&server.recording);
    let calls = server.recording.calls();
    let unknown: Vec<_> = calls.iter().filter(|call| call.action == "Unknown").collect();
    assert!(unknown.is_empty(), "no name for {unknown:?}: see src/demo/rest.rs");
}

#[tokio::test]
async fn the_matrix_has_an_outcome_for_every_type_and_region() {
    let report = swept(&empty(), &everything()).await;
    for resource in resources::ALL.iter().copied() {
        let cells = &report.coverage[resource.id];
        let regions = resource.asked_in(&report.scope.regions);
        assert!(regions.iter().all(|region| cells[region] == CheckOutcome::Empty), "{}: {cells:?}", resource.id);
        let off = cells.iter().filter(|(region, _)| !regions.contains(region));
        let told = |region: &Region, outcome: CheckOutcome| match outcome {
            CheckOutcome::NotOffered => !resource.may_be_in(region),
            CheckOutcome::DisabledRegion => region.as_str() == "ap-east-1",
            _ => false,
        };
        assert!(off.clone().all(|(region, look)| told(region, *look)), "{}: {cells:?}", resource.id);
    }
}

#[test]
fn the_table_of_endpoints_is_that_of_awss_public_data() {
    let prefixes: Vec<&str> = resources::ALL.iter().map(|resource| resource.endpoint()).collect();
    let made: Vec<String> = serde_json::from_value(run_script("moto", "endpoints.py", &prefixes.join("\n"))).unwrap();
    let made = made.join("\n") + "\n";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/aws/endpoints.txt");
    if std::env::var_os("UPDATE_ENDPOINTS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let table = std::fs::read_to_string(path).unwrap();
    assert!(made == table, "{path} is not what the data says: run the tests with UPDATE_ENDPOINTS=1");
}
