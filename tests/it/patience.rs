//! Retries while a change is not visible yet (eventual consistency), with a limit.

use crate::emulators::Emulator;
use crate::proxy;
use crate::world::World;

const INIT: &str = "init --email a@example.com --limit 10 --yes --format json";

#[test]
fn a_bucket_policy_that_cloudtrail_does_not_see_yet_is_waited_for() {
    let stack = Emulator::ministack();
    for code in ["InsufficientS3BucketPolicyException", "S3BucketDoesNotExistException"] {
        let stale = proxy::refusing(&stack.url, "CreateTrail", code, 2);
        let world = World::new().endpoint(&stale.url);
        let screen = world.run(INIT);
        let report = screen.json();
        assert_eq!(report["safeguards"].as_array().unwrap().last().unwrap()["id"], "trail");
        assert_eq!(report["safeguards"].as_array().unwrap().last().unwrap()["result"], "done", "{screen}");
        assert_eq!(stale.recording.count("CreateTrail"), 3);
        let _ = world.run("remove --yes");
    }
}

#[test]
fn a_bucket_policy_that_is_never_seen_is_a_gap_that_names_the_call() {
    let stack = Emulator::ministack();
    let stale = proxy::refusing(&stack.url, "CreateTrail", "InsufficientS3BucketPolicyException", usize::MAX);
    let screen = World::new().endpoint(&stale.url).run(INIT).exits(3);
    let report = screen.json();
    let gaps = report["gaps"].as_array().unwrap();
    assert!(gaps.iter().any(|gap| gap["action"] == "cloudtrail:CreateTrail"), "{screen}");
    let asked = stale.recording.count("CreateTrail");
    assert!((3..=6).contains(&asked), "asked {asked} times");
}
