//! The action log in S3: what was done is known to every machine, and a run that was killed is finished by another one.

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use guardrail::demo::Story;
use insta::assert_snapshot;
use serde_json::Value;

use crate::emulators::Emulator;
use crate::proxy::Told;
use crate::shared_history::{BUCKET, DELETE, FIRST, SECOND, below, keys, machine, ministack, served, stored, volumes};
use crate::validity;

/// The records of the action log: key and event.
fn records(emulator: &Emulator) -> Vec<(String, String)> {
    let entries = stored(emulator).into_iter().filter(|(key, _)| key.contains("/actions/"));
    let lines = entries.flat_map(|(_, text)| text.as_str().unwrap().lines().map(str::to_owned).collect::<Vec<_>>());
    let records = lines.map(|line| serde_json::from_str::<Value>(&line).unwrap());
    let word = |record: &Value, key: &str| record[key].as_str().unwrap().to_owned();
    records.map(|it| (word(&it, "key").rsplit('/').next().unwrap().to_owned(), word(&it, "event"))).collect()
}

#[test]
fn what_is_deleted_is_in_the_log_of_all_machines() {
    let stack = ministack();
    let lab = volumes();
    let server = served(&stack, lab.clone(), vec![]);
    let _ = machine(&server, FIRST).run(&format!("{DELETE} --format json")).exits(0);
    assert_eq!(lab.left(), Vec::<String>::new());
    // One entry for the run, and no lock.
    assert_eq!(keys(&stack), [below("actions/20261121T030000Z.jsonl")]);
    let events = |id: &str| ["begun", "done", "verified"].map(|event| (id.to_owned(), event.to_owned()));
    let mut all = records(&stack);
    all.sort();
    assert_eq!(all, [events("vol-one"), events("vol-two")].concat());
    let log = machine(&server, SECOND).run("stop --log").exits(0).stdout;
    assert!(log.contains("vol-one") && log.contains("aws ec2 delete-volume --volume-id vol-two"), "{log}");
    let again = machine(&server, SECOND).run(&DELETE.replace("ec2-volume", "ec2-volume:vol-one")).exits(0);
    assert!(again.stdout.contains("guardrail ended it"), "{again}");
    // The history of sweeps is another thing.
    let _ = machine(&server, SECOND).run("history --delete --yes").exits(0);
    assert_eq!(keys(&stack).len(), 1);
    assert_eq!(server.recording.undeclared(), std::collections::BTreeSet::new());
    validity::prove(&server.recording);
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_is_finished_by_another_machine() {
    let stack = ministack();
    let lab = volumes();
    let (of_run, pid) = (lab.clone(), Arc::new(AtomicU32::new(0)));
    let victim = pid.clone();
    let kills = Told(move |call: &guardrail::demo::Call| {
        let answer = of_run.answer(call);
        if call.action == "DeleteVolume" && victim.load(Ordering::SeqCst) > 0 {
            let killed = Command::new("/bin/kill").args(["-9", &victim.load(Ordering::SeqCst).to_string()]).status();
            assert!(killed.unwrap().success());
        }
        answer
    });
    let server = served(&stack, kills, vec![]);
    let line = DELETE.replace("ec2-volume", "ec2-volume:vol-one");
    let cut = machine(&server, FIRST).run_while(&line, |child| pid.store(child.id(), Ordering::SeqCst));
    assert_eq!(cut.code, None, "{cut}");
    pid.store(0, Ordering::SeqCst);
    assert_eq!(records(&stack), [("vol-one".to_owned(), "begun".to_owned())]);
    assert_eq!(keys(&stack), [below("actions.lock"), below("actions/20261121T030000Z.1.jsonl")]);
    // Its lock is there until it is old: nothing is done meanwhile.
    let other = machine(&server, SECOND);
    assert_snapshot!(other.run(DELETE).exits(2).stderr, @r"
    To delete in account 123456789012 · 2026-11-22 03:00 UTC

    123456789012/eu-west-1/ec2-volume/vol-one (2026-11-21T03:00:00Z): not in the
    account any more; guardrail ended it.

     USD/month
          8.80  EBS volume  eu-west-1  vol-two
                loses its data
                aws ec2 delete-volume --volume-id vol-two --region eu-west-1

    1 thing to delete, in this order. This saves 8.80 USD a month. A deletion cannot
    be undone.
    error: another run of stop or delete is at work in account 123456789012
    → Wait until it has ended, then run the command again. The lock of a run that was cut ends by itself after 90 seconds.
    ");
    assert_snapshot!(other.run(&format!("{DELETE} --lang ja")).exits(2).stderr, @r"
    アカウント 123456789012 での削除計画 · 2026-11-22 03:00 UTC

    123456789012/eu-west-1/ec2-volume/vol-one (2026-11-21T03:00:00Z): アカウントには
    もうありません。guardrail が終了しました。

        USD/月
          8.80  EBS ボリューム  eu-west-1  vol-two
                失われるもの: データ
                aws ec2 delete-volume --volume-id vol-two --region eu-west-1

    1 件をこの順に削除します。月 8.80 USD の節約になります。削除は元に戻せません。
    エラー: アカウント 123456789012 では、別の stop または delete が実行中です
    → 終わるのを待ってから、もう一度実行してください。中断された実行のロックは、90 秒後に自動的に解除されます。
    ");
    assert_eq!(lab.left(), ["vol-two"]);
    let _ = stack.python("store.py", &["delete", BUCKET, &below("actions.lock")]);
    let done = other.run(DELETE).exits(0);
    assert!(done.stdout.contains("guardrail ended it"), "{done}");
    assert!(lab.left().is_empty() && lab.things().iter().all(|it| it.acted == 1));
    let events: Vec<String> = records(&stack).into_iter().map(|(id, event)| format!("{id} {event}")).collect();
    assert_eq!(events, ["vol-one begun", "vol-one verified", "vol-two begun", "vol-two done", "vol-two verified"]);
}
