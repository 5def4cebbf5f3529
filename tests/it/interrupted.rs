//! `init` and `remove` interrupted at every single call: the next run completes them.

use std::collections::BTreeSet;
use std::time::Instant;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use futures::stream::{self, StreamExt};
use guardrail::model::Action;
use guardrail::safeguards::Logs;
use serde_json::Value;

use crate::account::{self, Account, block_on, differences, look, states};
use crate::emulators::Emulator;
use crate::gate::{Gate, Point, Way};

/// Concurrent runs; more do not make one ministack faster.
const AT_ONCE: usize = 8;
const UNINTERRUPTED: usize = 1;

/// A write is cut in every way; a read in one, because an unsent read and a lost answer have the same effect.
fn cuts(points: &[Point]) -> Vec<(Point, Way)> {
    let ways = |point: &Point| -> &[Way] {
        if point.is_read() { &[Way::Unanswered] } else { &[Way::Unsent, Way::Unanswered, Way::Blip] }
    };
    points.iter().flat_map(|point| ways(point).iter().map(|way| (point.clone(), *way))).collect()
}

/// One account for each cut.
type Walked = Vec<(Account, (Point, Way))>;

fn accounts(stack: &Emulator, cuts: Vec<(Point, Way)>) -> Walked {
    cuts.into_iter().enumerate().map(|(index, cut)| (Account::new(stack, 1000 + index), cut)).collect()
}

/// Interrupts a run in each account, and keeps one account for each state: where the same writes arrived in the same order, the
/// next run finds the same.
async fn walk(walked: Walked, http: &SharedHttpClient, run: impl AsyncFn(&Account, SharedHttpClient)) -> Walked {
    let gates = stream::iter(&walked).map(|(account, cut)| {
        let (gate, run) = (Gate::new(http, Some(cut.clone())), &run);
        async move {
            run(account, gate.client()).await;
            assert!(gate.was_cut(), "{} was not called: the run differs from the first", cut.0);
            gate.changes()
        }
    });
    let changes: Vec<Vec<Point>> = gates.buffered(AT_ONCE).collect().await;
    let mut seen = BTreeSet::new();
    walked.into_iter().zip(changes).filter(|(_, changes)| seen.insert(changes.clone())).map(|(it, _)| it).collect()
}

fn all_alike(stack: &Emulator, walked: &[(Account, (Point, Way))], expected: &Value) {
    let accounts: Vec<Account> = walked.iter().map(|(account, _)| account.clone()).collect();
    // Two at a time: reading back takes longer than everything before.
    let half = accounts.len().div_ceil(2);
    let (front, back) = accounts.split_at(half);
    let seen = std::thread::scope(|scope| {
        let other = scope.spawn(|| look(stack, back));
        let mut seen = look(stack, front);
        seen.extend(other.join().unwrap());
        seen
    });
    for ((_, (point, way)), seen) in walked.iter().zip(seen) {
        assert_eq!(differences(expected, &seen), Vec::<String>::new(), "cut at {point}, {way:?}");
    }
}

/// An account after a removal: only the preference of billing alerts stays enabled.
fn emptied(stack: &Emulator, account: &Account) -> Value {
    let mut empty = look(stack, std::slice::from_ref(account)).remove(0);
    empty["beyond"]["alerts"] = true.into();
    empty
}

#[test]
fn an_init_interrupted_at_any_call_is_completed_by_the_next() {
    let started = Instant::now();
    let stack = Emulator::ministack();
    let whole = Account::new(&stack, UNINTERRUPTED);
    let walked = block_on(async {
        let http = account::http();
        let gate = Gate::new(&http, None);
        let _ = whole.init(gate.client()).await.unwrap();
        let points = gate.points();
        let wanted = states(&whole.plan(http.clone()).await.unwrap());
        let (changing, reading) = points.iter().partition::<Vec<_>, _>(|point| !point.is_read());
        let cuts = cuts(&points);
        let count = cuts.len();
        let walked = walk(accounts(&stack, cuts), &http, async |account, line| drop(account.init(line).await)).await;
        println!("cut: {:?}", started.elapsed());
        stream::iter(&walked)
            .for_each_concurrent(AT_ONCE, async |(account, (point, way))| {
                let next = account.init(http.clone()).await.unwrap();
                assert_eq!(states(&next), wanted, "cut at {point}, {way:?}");
            })
            .await;
        let (changing, reading, states) = (changing.len(), reading.len(), walked.len());
        println!("init: {changing} changing and {reading} reading calls, {count} cuts, {states} states in between");
        // Before each write, and after one lost answer of each.
        assert!(changing >= 15 && reading >= 50 && states > changing, "{points:?}");
        walked
    });
    println!("runs: {:?}", started.elapsed());
    let expected = look(&stack, &[whole]).remove(0);
    all_alike(&stack, &walked, &expected);
    println!("read back: {:?}", started.elapsed());
}

#[test]
fn a_removal_interrupted_at_any_write_is_completed_by_the_next() {
    let stack = Emulator::ministack();
    let whole = Account::new(&stack, UNINTERRUPTED);
    let empty = emptied(&stack, &whole);
    let walked = block_on(async {
        let http = account::http();
        let _ = whole.init(http.clone()).await.unwrap();
        let gate = Gate::new(&http, None);
        let _ = whole.remove(gate.client(), Logs::Keep).await.unwrap();
        let points: Vec<Point> = gate.points().into_iter().filter(|point| !point.is_read()).collect();
        let cuts = cuts(&points);
        let count = cuts.len();
        let cut = async |account: &Account, line| {
            let _ = account.init(http.clone()).await.unwrap();
            drop(account.remove(line, Logs::Keep).await);
        };
        let walked = walk(accounts(&stack, cuts), &http, cut).await;
        stream::iter(&walked)
            .for_each_concurrent(AT_ONCE, async |(account, (point, way))| {
                let _ = account.remove(http.clone(), Logs::Keep).await.unwrap();
                let plan = account.plan_removal(http.clone()).await.unwrap();
                assert!(plan.safeguards.iter().all(|row| row.action == Action::None), "cut at {point}, {way:?}");
            })
            .await;
        println!("remove: {} changing calls, {count} cuts, {} states in between", points.len(), walked.len());
        assert!(points.len() >= 9 && walked.len() > points.len(), "{points:?}");
        walked
    });
    all_alike(&stack, &walked, &empty);
}

/// A removal after an interrupted `init`: incomplete objects are removed too.
#[test]
fn the_objects_of_an_interrupted_init_are_removed_completely() {
    let stack = Emulator::ministack();
    let whole = Account::new(&stack, UNINTERRUPTED);
    let empty = emptied(&stack, &whole);
    let walked = block_on(async {
        let http = account::http();
        let gate = Gate::new(&http, None);
        let _ = whole.init(gate.client()).await.unwrap();
        // ministack forgets the tags with which a trail is created, and a trail without its tag belongs to the user.
        let changing = gate.points().into_iter().filter(|point| !point.is_read() && point.action != "CreateTrail");
        let walked = accounts(&stack, changing.map(|point| (point, Way::Unanswered)).collect());
        stream::iter(&walked)
            .for_each_concurrent(AT_ONCE, async |(account, (point, way))| {
                let _ = account.init(Gate::new(&http, Some((point.clone(), *way))).client()).await;
                let _ = account.remove(http.clone(), Logs::Keep).await.unwrap();
            })
            .await;
        walked
    });
    all_alike(&stack, &walked, &empty);
}
