//! `stop` and `delete` with `--organization`: one plan, one approval, and each account with its own credentials.

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::emulators::Emulator;
use crate::organization_story::{Organization, Refusal, number, volume};
use crate::proxy;
use crate::schema::is_of_organization_actions;
use crate::server::Server;
use crate::world::{ACCOUNT, Screen, World};

const DELETE: &str = "delete ec2-volume --organization --offline-prices";

fn story() -> Organization {
    Organization {
        with_volume: vec![0, 1, 3],
        refusals: [(2, Refusal::Role)].into(),
        states: [(5, "SUSPENDED")].into(),
        ..Organization::of(6)
    }
}

fn run(server: &Server, line: &str) -> Screen {
    World::narrow(&server.url).env("COLUMNS", "80").run(line)
}

#[test]
fn the_plan_is_one_for_all_accounts() {
    let server = story().start();
    let screen = run(&server, &format!("{DELETE} --dry-run")).exits(3);
    assert_snapshot!(screen.stdout, @r"
    To delete in 3 accounts of organisation o-exampleorgid · 2026-11-23 00:00 UTC

    Student 01 (000000000001)
     USD/month
          8.08  EBS volume  us-east-1  vol-000000000001
                loses its data
                aws ec2 delete-volume --volume-id vol-000000000001 --region us-east-1

    Student 03 (000000000003)
     USD/month
          8.24  EBS volume  us-east-1  vol-000000000003
                loses its data
                aws ec2 delete-volume --volume-id vol-000000000003 --region us-east-1

    Student 00 (123456789012)
     USD/month
          8.00  EBS volume  us-east-1  vol-123456789012
                loses its data
                aws ec2 delete-volume --volume-id vol-123456789012 --region us-east-1

    Note        1 account has nothing to delete (000000000004).
    Not checked 1 account (000000000002): the role OrganizationAccountAccessRole
                does not exist there, or does not trust these credentials. Create it
                with the permissions of `guardrail policy delete`, or name another
                role with --role; check --external-id.
    Not checked 1 account (000000000005): AWS suspended the account, so it cannot be
                read. AWS Support can reactivate it; --exclude leaves it out.
    `guardrail policy delete` prints an IAM policy with every permission that the
    command needs.

    3 things to delete, in this order. This saves 24.32 USD a month. A deletion
    cannot be undone.
    Not everything could be listed (2): see above.
    ");
    let screen = run(&server, &format!("{DELETE} --dry-run --lang ja --exclude {}", number(1))).exits(3);
    assert_snapshot!(screen.stdout, @r"
    組織 o-exampleorgid の 2 アカウントでの削除計画 · 2026-11-23 00:00 UTC

    Student 03 (000000000003)
        USD/月
          8.24  EBS ボリューム  us-east-1  vol-000000000003
                失われるもの: データ
                aws ec2 delete-volume --volume-id vol-000000000003 --region us-east-1

    Student 00 (123456789012)
        USD/月
          8.00  EBS ボリューム  us-east-1  vol-123456789012
                失われるもの: データ
                aws ec2 delete-volume --volume-id vol-123456789012 --region us-east-1

    注意        1 アカウントには削除するものがありません(000000000004)。
    確認不可    1 アカウント(000000000002): ロール OrganizationAccountAccessRole が
                存在しないか、この認証情報を信頼していません。`guardrail policy
                delete` の権限で作成するか、--role で別のロールを指定してください。
                --external-id も確認してください。
    確認不可    1 アカウント(000000000005): AWS がアカウントを停止しているため、読み
                取れません。再開は AWS サポートに依頼できます。--exclude で除外でき
                ます。
    注意        1 アカウントを指定により除外しました。
    必要な権限をすべて含む IAM ポリシーは `guardrail policy delete` で表示できます。

    2 件をこの順に削除します。月 16.24 USD の節約になります。削除は元に戻せません。
    一覧を取得できなかったものがあります(2 件、上を参照)。
    ");
    let report = run(&server, &format!("{DELETE} --dry-run --format json")).exits(3).json();
    is_of_organization_actions(&report);
    assert_eq!(report["totals"], json!({ "usd_per_month_saved": "24.32", "at_least": false }));
    let csv = run(&server, &format!("{DELETE} --dry-run --format csv")).exits(3).stdout;
    assert!(csv.lines().any(|line| line.contains(&number(3)) && line.contains(&volume(&number(3)))), "{csv}");
}

#[test]
fn nothing_is_changed_that_was_not_approved_or_chosen() {
    let server = story().start();
    let unapproved = run(&server, DELETE).exits(2);
    assert!(unapproved.stdout.contains("To delete") && unapproved.stderr.contains("--yes"), "{unapproved}");
    let unnamed = run(&server, &format!("{DELETE} --yes")).exits(2);
    assert!(unnamed.stderr.contains("--account"), "{unnamed}");
    let unchosen = run(&server, "delete --organization --dry-run").exits(2);
    assert!(unchosen.stderr.contains("nothing is chosen"), "{unchosen}");
    let complete = Organization { with_volume: vec![1], ..Organization::of(3) }.start();
    let unknown = run(&complete, "delete ec2-volume:vol-9 --organization --offline-prices --dry-run").exits(2);
    assert_snapshot!(unknown.stderr, @r"
    error: ec2-volume:vol-9 is not among what costs money in any of the accounts
    → `guardrail sweep` lists what costs money, with its types and ids.
    ");
    let _ = run(&server, "delete --organization --log").exits(2);
    assert_eq!(server.recording.mutating(), BTreeSet::from(["sts:AssumeRole".to_owned()]));
}

#[test]
fn a_report_of_the_organisation_chooses() {
    let server = story().start();
    let world = World::narrow(&server.url);
    let sweep = "sweep --organization --resources ec2-volume --no-bill --offline-prices";
    let _ = world.run(&format!("{sweep} --accounts {} -o some.json", number(3))).exits(10);
    let chosen = world.run("delete --organization --offline-prices --from some.json --dry-run --format json").exits(3);
    let ids: Vec<Value> = chosen.json()["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|it| it["report"]["actions"].as_array().cloned().unwrap_or_default())
        .map(|row| row["id"].clone())
        .collect();
    assert_eq!(ids, [volume(&number(3))]);
    let one = world.run("delete --offline-prices --from some.json --dry-run").exits(2);
    assert!(one.stderr.contains("--organization"), "{one}");
    let _ = world.run(&format!("{sweep} --output-dir out")).exits(10);
    let elsewhere = world.run("delete --organization --from out/organization.json --dry-run").exits(2);
    assert!(elsewhere.stderr.contains("--output-dir"), "{elsewhere}");
}

/// moto decides what is there; what is read back is what boto3 sees.
#[test]
fn each_account_loses_what_was_chosen_and_nothing_else() {
    const ROLE: &str = "OrganizationAccountAccessRole";
    let moto = Emulator::moto();
    let made = moto.python("organization.py", &["moto", ROLE]);
    let volumes: BTreeMap<String, Vec<String>> = made["volumes"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(account, id)| (account.clone(), vec![id.as_str().unwrap().to_owned()]))
        .collect();
    let look = || -> BTreeMap<String, Vec<String>> {
        serde_json::from_value(moto.python("organization.py", &["moto", ROLE, "look"])).unwrap()
    };
    assert_eq!(look(), volumes);
    let spared = volumes.keys().last().unwrap();
    let proxy = proxy::before(&moto.url);
    let world = World::new().endpoint(&proxy.url);
    let line = format!("{DELETE} --regions us-east-1 --exclude {spared} --yes --account {ACCOUNT} --format json");
    // moto does not have every type that could own a volume.
    let report = world.run(&line).exits(3).json();
    is_of_organization_actions(&report);
    assert_eq!(look(), BTreeMap::from([(spared.clone(), volumes[spared].clone())]));
    let ended = |it: &Value| it["report"]["actions"].as_array().is_some_and(|rows| !rows.is_empty());
    let accounts: Vec<&Value> = report["accounts"].as_array().unwrap().iter().filter(|it| ended(it)).collect();
    assert_eq!(accounts.len(), volumes.len() - 1);
    for account in accounts {
        let rows = account["report"]["actions"].as_array().unwrap();
        assert_eq!((rows.len(), &rows[0]["verified"]), (1, &json!("gone")));
        let log = format!(".local/state/guardrail/accounts/{}/actions", account["id"].as_str().unwrap());
        let runs: Vec<_> = std::fs::read_dir(world.home().join(log)).unwrap().map(|it| it.unwrap().path()).collect();
        assert_eq!(runs.len(), 1, "{runs:?}");
        let log = std::fs::read_to_string(&runs[0]).unwrap();
        assert!(log.contains("\"verified\""), "{log}");
    }
    // A session that reads in every account; and one that may delete volumes, and nothing more, where there is one.
    let assumed: Vec<String> = proxy
        .recording
        .calls()
        .into_iter()
        .filter(|call| call.action == "AssumeRole")
        .map(|call| call.body.replace("%3A", ":"))
        .collect();
    let (acting, reading): (Vec<&String>, Vec<&String>) =
        assumed.iter().partition(|body| body.contains("ec2:DeleteVolume"));
    let of_members = volumes.keys().filter(|id| **id != ACCOUNT && *id != spared).count();
    assert_eq!((acting.len(), reading.len()), (of_members, 19));
    assert!(acting.iter().all(|body| !body.contains("Terminate") && body.contains("ReadOnlyAccess")), "{acting:?}");
    let again = world.run(&line).exits(3).json();
    assert_eq!(again["totals"]["usd_per_month_saved"], "0.00");
}
