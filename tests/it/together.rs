//! Two concurrent `init`s: one waits at each of its writes while the other completes.

use std::sync::Arc;

use futures::stream::{self, StreamExt};
use guardrail::model::Action;

use crate::account::{Account, block_on, differences, http, look, states};
use crate::emulators::{Emulator, MINISTACK};
use crate::gate::{Gate, Point};
use crate::proxy;
use crate::stateful::Stateful;
use crate::world::World;

#[test]
fn two_inits_at_once_end_as_one_would() {
    let stack = Emulator::ministack();
    let alone = Account::new(&stack, 1);
    let walked: Vec<(Account, Point)> = block_on(async {
        let http = http();
        let gate = Gate::new(&http, None);
        let _ = alone.init(gate.client()).await.unwrap();
        let wanted = states(&alone.plan(http.clone()).await.unwrap());
        let changes = gate.points().into_iter().filter(|point| !point.is_read());
        let walked: Vec<_> =
            changes.enumerate().map(|(index, point)| (Account::new(&stack, 100 + index), point)).collect();
        stream::iter(&walked)
            .for_each_concurrent(8, async |(account, point)| {
                let (gate, hold) = Gate::holding(&http, point.clone());
                let slow = account.init(gate.client());
                let fast = async {
                    hold.reached.notified().await;
                    let report = account.init(http.clone()).await.unwrap();
                    hold.go.notify_one();
                    report
                };
                let (slow, fast) = futures::join!(slow, fast);
                assert_eq!(states(&fast), wanted, "the fast one, the other held at {point}");
                assert_eq!(states(&slow.unwrap()), wanted, "the slow one, held at {point}");
                let next = account.plan(http.clone()).await.unwrap();
                assert!(next.safeguards.iter().all(|row| row.action == Action::None), "held at {point}: {next:?}");
            })
            .await;
        walked
    });
    println!("two at once: held at each of {} changes", walked.len());
    assert!(walked.len() >= 15);
    let expected = look(&stack, &[alone]).remove(0);
    let accounts: Vec<Account> = walked.iter().map(|(account, _)| account.clone()).collect();
    for (seen, (_, point)) in look(&stack, &accounts).iter().zip(&walked) {
        assert_eq!(differences(&expected, seen), Vec::<String>::new(), "held at {point}");
    }
}

#[test]
fn two_programs_at_once_end_as_one_would() {
    const INIT: &str = "init --email a@example.com --limit 10 --yes";
    let stack = Emulator::start(MINISTACK);
    let alone = Account::of("personal", &stack, 1);
    let _ = block_on(async { alone.init(http()).await.unwrap() });
    let aws = Arc::new(Stateful::fresh(crate::world::ACCOUNT));
    let proxy = proxy::over(&stack.url, aws.clone());
    let worlds = [World::new().endpoint(&proxy.url), World::new().endpoint(&proxy.url)];
    let screens = std::thread::scope(|scope| {
        let runs = worlds.each_ref().map(|world| scope.spawn(|| world.run(INIT)));
        runs.map(|run| run.join().unwrap())
    });
    for screen in &screens {
        assert!(matches!(screen.code, Some(0 | 3 | 10)), "{screen}");
    }
    let next = worlds[0].run(INIT);
    assert!(next.stdout.contains("No changes."), "{next}");
    let both = stack.python("accounts.py", &[alone.number(), crate::world::ACCOUNT]);
    let expected = &both[alone.number()];
    assert_eq!(differences(expected, &both[crate::world::ACCOUNT]), Vec::<String>::new());
    assert_eq!(differences(&alone.aws().look().by_names(), &aws.look().by_names()), Vec::<String>::new());
}
