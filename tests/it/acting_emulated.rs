//! A full account on an emulator is ended as a whole and read back with boto3: what was chosen is gone, everything else is untouched.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use guardrail::demo::{Answer, Call, Story};
use guardrail::resources;
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::proxy::{self, Either};
use crate::responder::Fixtures;
use crate::server::Server;
use crate::stateful::Stateful;
use crate::world::{Screen, World};
use crate::{ministack, validity};

/// The enabled regions of the account. In another one there is something, too.
const REGIONS: [&str; 3] = ["ap-northeast-1", "eu-west-1", "us-east-1"];

/// The types that are ended for good on an emulator, by name: `ec2-volume: moto`; all others are ended on the responder only.
const ENDED: &str = include_str!("ended.txt");

/// What an emulator cannot do: a call of a type, and the emulator's own answer to it. An empty call is that which lists the type.
type Limit = (&'static str, &'static str, &'static str);

const MOTO: &[Limit] = &[
    // Of the disk that a stopped instance starts from.
    ("ec2-volume", "ec2 detach-volume", "500 Internal Server Error"),
    ("managed-flink-application", "kinesisanalyticsv2 stop-application", "404 Not Found"),
    ("network-firewall", "network-firewall update-firewall-delete-protection", "404 Not Found"),
    ("resilience-hub-app", "resiliencehub delete-app", "500 Internal Server Error"),
    ("vpc-lattice-service", "vpc-lattice delete-service", "500 Internal Server Error"),
    // Gone, but not for certain: nothing can be listed any more.
    ("elasticache-snapshot", "", "500 Internal Server Error"),
    ("security-hub", "", "500 Internal Server Error"),
    // The size of what is in it: `cloudwatch:ListMetrics` in CBOR.
    ("s3-bucket", "", "404 Not Found"),
    // guardrail asks for manual snapshots, and moto lists the automatic ones, too.
    ("redshift-snapshot", "redshift delete-cluster-snapshot", "only manual snapshots may be deleted"),
];
const MINISTACK: &[Limit] = &[];

/// What the AWS CLI says where AWS, or guardrail for it, has ended a thing already.
const GONE: &[&str] = &["NotFound", "NoSuchBucket", "not found"];

/// Role, region, type, id.
type Made = [String; 4];

/// AWS enables these regions only.
struct Enabled;

impl Story for Enabled {
    fn answer(&self, call: &Call) -> Option<Answer> {
        let fixtures = || Fixtures::of(&[]).regions(&REGIONS, &[]);
        (call.action == "DescribeRegions").then(|| fixtures().answer(call)).flatten()
    }
}

/// A full account, and the machine of a person with a profile that keeps some of it.
struct Full {
    emulator: Emulator,
    proxy: Server,
    world: World,
    made: Vec<Made>,
}

impl Full {
    /// `before` is done first, on the empty account.
    fn new(emulator: Emulator, name: &str, story: Arc<dyn Story>, before: impl FnOnce(&World)) -> Self {
        let proxy = proxy::over(&emulator.url, story);
        // The emulator's clock cannot be stopped.
        let world = World::new().endpoint(&proxy.url).env("GUARDRAIL_NOW", "");
        before(&world);
        let made: Vec<Made> = serde_json::from_value(emulator.python("full_account.py", &["make", name])).unwrap();
        let mut keep = String::new();
        for [_, _, resource, id] in made.iter().filter(|[role, ..]| role == "kept") {
            write!(
                keep,
                "[[sweep.keep]]\nresource = '{resource}'\nid = '{id}'\nreason = 'exam'\nuntil = 2999-01-01\n\n"
            )
            .unwrap();
        }
        std::fs::write(world.home().join("keep.toml"), keep).unwrap();
        Self { emulator, proxy, world, made }
    }

    /// With few requests at once: an emulator answers them one after the other, and those that wait too long would not be answered.
    fn run(&self, words: &str) -> Screen {
        self.world.shell(&format!(r#"ulimit -n 96 && exec "$0" {words} --offline-prices -c keep.toml --format json"#))
    }

    /// The plan of deleting everything, which is not approved.
    fn plan(&self) -> Value {
        self.run("delete --all").exits(2).json()
    }

    /// Ends everything, and verifies that every call is valid and in the policy.
    fn end(&self, words: &str) -> Value {
        self.proxy.recording.clear();
        let report = self.run(&format!("{words} --all --yes --account 123456789012 --wait 3")).json();
        assert!(rows(&report, "gaps").iter().all(|gap| gap["reason"] != "timeout"), "{}", report["gaps"]);
        assert_eq!(self.proxy.recording.undeclared(), BTreeSet::new(), "not in `guardrail policy`");
        validity::prove(&self.proxy.recording);
        report
    }

    /// As boto3 reads it: whether each thing is there, and the number of things by region and type.
    fn look(&self) -> (Vec<bool>, BTreeMap<String, usize>) {
        let seen: BTreeMap<String, BTreeMap<String, Vec<String>>> =
            serde_json::from_value(self.emulator.python("full_account.py", &["look"])).unwrap();
        let is = |[_, region, resource, id]: &Made| {
            let ids = seen[region].get(resource).into_iter().flatten();
            ids.into_iter().any(|it| it == id || it.ends_with(&format!("/{id}")))
        };
        let count = seen
            .iter()
            .flat_map(|(region, kinds)| kinds.iter().map(move |(kind, ids)| (format!("{region} {kind}"), ids.len())));
        (self.made.iter().map(is).collect(), count.collect())
    }
}

fn rows<'a>(report: &'a Value, list: &str) -> &'a [Value] {
    report[list].as_array().unwrap()
}

fn is(row: &Value, [_, region, resource, id]: &Made) -> bool {
    let named = ["id", "name", "key"].iter().filter_map(|key| row[*key].as_str());
    row["region"] == **region
        && row["resource"] == **resource
        && named.into_iter().any(|it| it == id || it.ends_with(&format!("/{id}")) || id.ends_with(it))
}

/// Whether an action is one that the emulator cannot do, and where it fails.
fn is_limit(row: &Value, limits: &[Limit]) -> bool {
    let failed = rows(row, "steps").iter().find(|step| step["result"] == "failed");
    let command = failed.map(|step| step["command"].as_str().unwrap());
    limits.iter().filter(|(resource, ..)| row["resource"] == *resource).any(|(_, call, _)| match command {
        Some(command) => !call.is_empty() && command.starts_with(&format!("aws {call} ")),
        None => call.is_empty() && row["verified"] == "unknown",
    })
}

/// Every action is proven but for the limits; what is left alone has the reason of its role.
fn judged(full: &Full, report: &Value, limits: &[Limit], reasons: &[(&str, &str)]) {
    let proven = |row: &&Value| ["gone", "ending", "stopped"].contains(&row["verified"].as_str().unwrap());
    let open: Vec<&Value> = rows(report, "actions").iter().filter(|row| !proven(row)).collect();
    let failed: Vec<&&Value> = open.iter().filter(|row| !is_limit(row, limits)).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    for made in &full.made {
        let Some((_, why)) = reasons.iter().find(|(role, _)| *role == made[0]) else { continue };
        let refused: Vec<&Value> = rows(report, "refused").iter().filter(|it| is(it, made)).collect();
        assert!(refused.iter().any(|it| it["why"] == *why), "{made:?} is to be left alone as {why}: {refused:?}");
    }
}

/// The things of these roles are gone, where the emulator can end them, and all others are there.
fn gone(full: &Full, there: &[bool], roles: &[&str], limits: &[Limit]) {
    for (made, there) in full.made.iter().zip(there) {
        let chosen = roles.contains(&&*made[0]);
        let limited = limits.iter().any(|(resource, ..)| *resource == made[2]);
        assert!(*there != chosen || limited && chosen, "{made:?} is there: {there}");
    }
}

/// The types of which things are gone.
fn ended(full: &Full, there: &[bool]) -> BTreeSet<String> {
    full.made.iter().zip(there).filter(|(_, there)| !**there).map(|([_, _, resource, _], _)| resource.clone()).collect()
}

/// The types that the list says this emulator ends.
fn listed(emulator: &str) -> BTreeSet<String> {
    let lines = ENDED.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(_, on)| on.split(", ").any(|it| it == emulator)).map(|(id, _)| id.to_owned()).collect()
}

/// A sweep finds only what was to stay, what the emulator cannot end, and the last backups of databases.
fn clean(full: &Full, limits: &[Limit]) {
    let report = full.run("sweep --no-bill").json();
    let stays = |it: &Value| {
        let made = full.made.iter().find(|made| is(it, made));
        let limited = limits.iter().any(|(resource, ..)| it["resource"] == *resource);
        let attached = it["notes"].to_string().contains("attached-to=i-");
        it["billing"] == "ending"
            || limited
            || attached
            || it["id"].as_str().unwrap().ends_with("-final")
            || made.is_some_and(|made| made[0] != "chosen" && made[0] != "stopped" && made[0] != "protected")
    };
    let left: Vec<&Value> = rows(&report, "findings").iter().filter(|it| !stays(it)).collect();
    assert!(left.is_empty(), "{left:#?}");
    let kept = rows(&report, "findings").iter().filter(|it| !it["exempt"].is_null()).count();
    assert_eq!(kept, full.made.iter().filter(|made| made[0] == "kept").count());
}

/// Roles of things that stay, and why guardrail leaves them alone.
const STAYS: [(&str, &str); 4] =
    [("kept", "kept"), ("own", "guardrail"), ("owned", "owned"), ("ends-kept", "ends-kept")];
/// Further ones of a deletion, and of the first.
const DELETED: [(&str, &str); 1] = [("attached", "attached")];
const PROTECTED: [(&str, &str); 2] = [("protected", "protected"), ("stopped", "cannot-delete")];

#[test]
fn a_full_account_on_moto_is_deleted_as_a_whole() {
    let full = || Full::new(Emulator::moto(), "moto", Arc::new(Enabled), |_| ());
    let (one, (two, said)) = std::thread::scope(|scope| {
        let by_commands = scope.spawn(|| {
            let full = full();
            let said = printed_commands(&full);
            (full, said)
        });
        (full(), by_commands.join().unwrap())
    });
    let report = one.end("delete");
    judged(&one, &report, MOTO, &[&STAYS[..], &DELETED, &PROTECTED].concat());
    let (there, count) = one.look();
    gone(&one, &there, &["chosen"], MOTO);
    // Another account, whose things end by the printed commands, is then the same.
    for (command, message) in said {
        let limit = MOTO.iter().any(|(_, call, answer)| {
            !call.is_empty() && command.starts_with(&format!("aws {call} ")) && message.contains(answer)
        });
        assert!(limit || GONE.iter().any(|text| message.contains(text)), "{command}: {message}");
    }
    assert_eq!(two.look(), (there, count));
    // What AWS protects, and then what only a stop ends.
    judged(&one, &one.end("delete --remove-protection"), MOTO, &[&STAYS[..], &DELETED].concat());
    gone(&one, &one.look().0, &["chosen", "protected"], MOTO);
    judged(&one, &one.end("stop"), MOTO, &STAYS);
    let (there, _) = one.look();
    gone(&one, &there, &["chosen", "stopped", "protected"], MOTO);
    assert_eq!(ended(&one, &there), listed("moto"));
    clean(&one, MOTO);
}

/// Runs the commands of the plan by the AWS CLI, one after the other: what it says where they fail.
fn printed_commands(full: &Full) -> Vec<(String, String)> {
    let plan = full.plan();
    let commands = rows(&plan, "actions")
        .iter()
        .map(|row| rows(row, "steps").iter().map(|step| step["command"].clone()).collect::<Vec<_>>());
    let commands = json!(commands.collect::<Vec<_>>());
    serde_json::from_value(full.emulator.python_of("awscli", "aws_cli.py", &commands.to_string())).unwrap()
}

/// What `init` set up is no leftover, and stays as it is.
#[test]
fn a_full_account_on_ministack_is_deleted_as_a_whole() {
    let story = Arc::new(Either(Arc::new(Enabled), Arc::new(Stateful::default())));
    let init = |world: &World| {
        let _ = ministack::done(world.run("init --email a@example.com --limit 10 --yes"));
    };
    let full = Full::new(Emulator::ministack(), "ministack", story, init);
    let safeguards = || full.emulator.python("safeguards.py", &["look"])["guardrail"].clone();
    let set_up = safeguards();
    assert!(set_up["topics"]["guardrail-alerts"].is_object(), "{set_up:#}");
    let report = full.end("delete");
    judged(&full, &report, MINISTACK, &[&STAYS[..], &DELETED, &PROTECTED].concat());
    gone(&full, &full.look().0, &["chosen"], MINISTACK);
    judged(&full, &full.end("delete --remove-protection"), MINISTACK, &[&STAYS[..], &DELETED].concat());
    let (there, _) = full.look();
    gone(&full, &there, &["chosen", "protected"], MINISTACK);
    assert_eq!(ended(&full, &there), listed("ministack"));
    assert_eq!(safeguards(), set_up);
    clean(&full, MINISTACK);
}

/// A type that is added has to be ended on an emulator, or to be named here as one that none has.
#[test]
fn the_list_of_ended_types_names_every_type() {
    let named: Vec<(&str, &str)> = ENDED.lines().map(|line| line.split_once(": ").unwrap()).collect();
    let ids: Vec<&str> = named.iter().map(|(id, _)| *id).collect();
    let mut expected: Vec<&str> = resources::ALL.iter().map(|it| it.id).collect();
    expected.sort_unstable();
    assert_eq!(ids, expected);
    let count = |on: &str| named.iter().filter(|(_, places)| places.split(", ").any(|it| it == on)).count();
    println!(
        "ended on moto: {}, on ministack: {}, on the responder only: {}",
        count("moto"),
        count("ministack"),
        count("responder")
    );
    let nowhere: Vec<&str> = named.iter().filter(|(_, on)| *on == "by nothing").map(|(id, _)| *id).collect();
    let without = resources::ALL.iter().filter(|it| it.writes.is_empty()).map(|it| it.id).collect::<BTreeSet<_>>();
    assert_eq!(nowhere.into_iter().collect::<BTreeSet<_>>(), without);
}
