//! The forms of an organisation's report: they agree with each other, and their screens.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::organization_story::{Organization, Refusal, number, volume};
use crate::server::Server;
use crate::world::{ACCOUNT, World};

const SWEEP: &str = "sweep --organization --resources ec2-volume --no-bill --offline-prices";

fn started() -> Server {
    let organization = Organization {
        with_volume: vec![2, 5, 11],
        denied: vec![4],
        states: [(7, "SUSPENDED"), (8, "PENDING_CLOSURE")].into(),
        refusals: [(6, Refusal::Role), (9, Refusal::Role), (10, Refusal::Caller)].into(),
        name: |index| {
            if index == 5 {
                "検証アカウント、名前がとても長いもの".to_owned()
            } else {
                format!("Student {index:02}")
            }
        },
        ..Organization::of(12)
    };
    organization.start()
}

fn printed(server: &Server, more: &str) -> String {
    World::narrow(&server.url).run(&format!("{SWEEP} --exclude {} {more}", number(3))).exits(10).stdout
}

#[test]
fn all_forms_have_every_account_and_every_finding() {
    let server = started();
    let report: Value = serde_json::from_str(&printed(&server, "--format json")).unwrap();
    let totals: BTreeMap<String, String> = report["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|it| Some((it["id"].as_str()?.to_owned(), it["totals"]["usd_per_month"].as_str()?.to_owned())))
        .collect();
    let csv = printed(&server, "--format csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let heads = reader.headers().unwrap().clone();
    let at = |name: &str| heads.iter().position(|it| it == name).unwrap();
    let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
    let findings: Vec<_> = rows.iter().filter(|row| &row[at("kind")] == "finding").collect();
    assert_eq!(findings.len(), 3);
    for row in findings {
        let account = &row[at("account")];
        assert_eq!(&row[at("id")], volume(account));
        assert_eq!(&row[at("usd_per_month")], totals[account]);
        assert!(!row[at("account_name")].is_empty() && ["Labs", "Training/2026"].contains(&&row[at("ou")]));
    }
    let gaps = rows.iter().filter(|row| &row[at("kind")] == "gap");
    let gaps: Vec<String> = gaps.map(|row| row[at("gap")].to_owned()).collect();
    // Five accounts, and one account's two regions.
    assert_eq!(gaps.len(), 7, "{gaps:#?}");
    let (markdown, html) = (printed(&server, "--format markdown"), printed(&server, "--format html"));
    for index in 0..12 {
        let account = number(index);
        assert!(markdown.contains(&account) && html.contains(&account), "{account}");
    }
    for account in [2, 5, 11].map(number) {
        assert!(html.contains(&volume(&account)), "{account}");
        let row = markdown.lines().find(|line| line.contains(&account) && line.starts_with('|')).unwrap();
        assert!(row.contains(&totals[&account]), "{row}");
    }
    let sum = report["totals"]["usd_per_month"].as_str().unwrap();
    let verdict = format!("at least {sum} USD a month");
    for form in [&markdown, &html, &csv, &printed(&server, "")] {
        assert!(form.contains(&verdict), "{verdict}: {form}");
    }
    crate::schema::is_an_organization(&report);
}

#[test]
fn reports_are_written_one_by_one() {
    let server = started();
    let world = World::narrow(&server.url);
    let plain: Value = serde_json::from_str(&printed(&server, "--format json")).unwrap();
    let line = format!("{SWEEP} --exclude {} --output-dir out --format json", number(3));
    let report = world.run(&line).exits(10).json();
    let folder = world.home().join("out");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    assert_eq!(plain["totals"], report["totals"]);
    assert_eq!(serde_json::from_str::<Value>(&read("organization.json")).unwrap(), report);
    crate::schema::is_an_organization(&report);
    let mut swept = 0;
    for account in report["accounts"].as_array().unwrap() {
        let id = account["id"].as_str().unwrap();
        assert!(account["report"].is_null(), "{id}");
        let is_swept = account["state"] == "swept";
        assert_eq!(account["report_url"].as_str(), is_swept.then_some(&*format!("{id}.html")));
        assert_eq!(folder.join(format!("{id}.html")).exists(), is_swept);
        if is_swept {
            swept += 1;
            let own: Value = serde_json::from_str(&read(&format!("{id}.json"))).unwrap();
            assert_eq!((&own["schema"], &own["totals"]), (&"guardrail/sweep/v1".into(), &account["totals"]));
            assert_eq!(own["scope"]["accounts"][0]["id"], id);
            assert!(!own["coverage"].as_object().unwrap().is_empty());
        }
    }
    assert_eq!(swept, 6);
    let index = read("organization.html");
    assert!(index.contains(&format!("<a href=\"{ACCOUNT}.html\">")), "{index}");
    let findings = read("findings.csv");
    assert_eq!(findings.lines().filter(|line| line.contains(",finding,")).count(), 3, "{findings}");
    assert_eq!(findings.lines().filter(|line| line.starts_with("account,")).count(), 1, "{findings}");
    let names = fs::read_dir(&folder).unwrap().map(|it| it.unwrap().file_name().into_string().unwrap());
    let others: Vec<String> = names.filter(|name| !name.starts_with(|it: char| it.is_ascii_digit())).collect();
    // The list of the files is one of them.
    assert_eq!(others.len(), 5, "nothing is left over: {others:?}");
    // A table that lacks findings says where they are.
    let csv = world.run(&line.replace("json", "csv")).exits(10).stdout;
    assert!(csv.contains(&format!("{}.html", number(2))), "{csv}");
    let refused = world.run(&line.replace(" out ", " /dev/null/out ")).exits(1);
    assert!(refused.stderr.contains("/dev/null/out"), "{refused}");
}

#[test]
fn files_of_earlier_runs_are_deleted_and_no_others() {
    let server = started();
    let world = World::narrow(&server.url);
    let run = |more: &str| world.run(&format!("{SWEEP} --exclude {} --output-dir out {more}", number(3))).exits(10);
    let folder = world.home().join("out");
    let first = run("");
    assert!(!first.stderr.contains("earlier runs"), "{first}");
    let stale = [number(1), number(2)].map(|id| [format!("{id}.json"), format!("{id}.html")]).concat();
    assert!(stale.iter().all(|name| folder.join(name).exists()));
    // A person's own file, and one that somebody put into the list.
    fs::write(folder.join("notes.html"), "mine").unwrap();
    fs::write(world.home().join("precious.json"), "mine").unwrap();
    let list = folder.join("guardrail-files.json");
    let edited = fs::read_to_string(&list).unwrap().replacen('[', "[\"notes.html\", \"../precious.json\",", 1);
    fs::write(&list, edited).unwrap();
    let again = run(&format!("--accounts {},{}", number(5), number(11)));
    assert!(again.stderr.contains("files of earlier runs were deleted"), "{again}");
    assert!(stale.iter().all(|name| !folder.join(name).exists()));
    assert!(folder.join(format!("{}.html", number(5))).exists() && folder.join("organization.html").exists());
    assert!(folder.join("notes.html").exists() && world.home().join("precious.json").exists());
    // A list that is no list deletes nothing.
    fs::write(&list, "[]").unwrap();
    let _ = run(&format!("--accounts {}", number(2)));
    assert!(folder.join(format!("{}.html", number(5))).exists());
}

fn fits(screen: &str) {
    for line in screen.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
}

#[test]
fn the_screen_in_english() {
    let server = started();
    let screen = printed(&server, "");
    fits(&screen);
    fits(&printed(&server, "-v"));
    assert_snapshot!(screen, @r"
    Organisation o-exampleorgid · 12 accounts · 2026-11-23 00:00 UTC

    NOT SAFE    3 accounts cost at least 25.44 USD a month, 0.84 every day.

    USD/month
         8.88  000000000011  Student 11            1 resource: EBS volume
         8.40  000000000005  検証アカウント、名…   1 resource: EBS volume
         8.16  000000000002  Student 02            1 resource: EBS volume

    Not checked 2 accounts (000000000006 000000000009): the role guardrail-sweep
                does not exist there, or does not trust these credentials. Create it
                with the permissions of `guardrail policy sweep`, or name another
                role with --role; check --external-id.
    Not checked 1 account (000000000007): AWS suspended the account, so it cannot be
                read. AWS Support can reactivate it; --exclude leaves it out.
    Not checked 1 account (000000000008): the account is being closed and cannot be
                read. --exclude leaves it out.
    Not checked 1 account (000000000010): these credentials may not assume the role
                guardrail-sweep. `guardrail policy sweep --organization` prints the
                policy to attach.
    Not checked 1 swept account could not be checked completely (000000000004): see
                the gaps in its report.
    Coverage    6 of 12 accounts. 1 account was left out on purpose. Only the chosen
                regions and types were checked.
    Prices      AWS list prices before tax. The free tier was deducted once for all
                accounts, in the order of their numbers.
    ");
}

#[test]
fn the_screen_in_japanese() {
    let server = started();
    let screen = printed(&server, "--lang ja");
    fits(&screen);
    fits(&printed(&server, "-v --lang ja"));
    assert_snapshot!(screen, @r"
    組織 o-exampleorgid · 12 アカウント · 2026-11-23 00:00 UTC

    課金中      3 アカウントで少なくとも 25.44 USD/月、毎日 0.84 USD の課金です。

    USD/月
      8.88  000000000011  Student 11            1 件: EBS ボリューム
      8.40  000000000005  検証アカウント、名…   1 件: EBS ボリューム
      8.16  000000000002  Student 02            1 件: EBS ボリューム

    確認不可    2 アカウント(000000000006 000000000009): ロール guardrail-sweep が存
                在しないか、この認証情報を信頼していません。`guardrail policy sweep`
                の権限で作成するか、--role で別のロールを指定してください。
                --external-id も確認してください。
    確認不可    1 アカウント(000000000007): AWS がアカウントを停止しているため、読み
                取れません。再開は AWS サポートに依頼できます。--exclude で除外でき
                ます。
    確認不可    1 アカウント(000000000008): アカウントは閉鎖の手続き中のため、読み取
                れません。--exclude で除外できます。
    確認不可    1 アカウント(000000000010): この認証情報ではロール guardrail-sweep
                を引き受けられません。`guardrail policy sweep --organization` が表示
                するポリシーをアタッチしてください。
    確認不可    1 アカウントは完全には確認できませんでした(000000000004)。各アカウン
                トのレポートを参照してください。
    確認範囲    12 アカウントのうち 6 アカウント。1 アカウントを指定により除外しまし
                た。指定されたリージョンと種類だけを確認しました。
    価格        AWS の税抜の定価です。無料利用枠は組織全体で 1 回だけ、アカウント番
                号の順に差し引いています。
    ");
}

#[test]
fn the_documents_are_there_in_both_languages() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for name in ["organization.md", "organization.ja.md"] {
        let text = fs::read_to_string(docs.join(name)).unwrap();
        for option in ["--accounts", "--ou", "--exclude", "--role", "--external-id", "--parallel", "--output-dir"] {
            assert!(text.contains(option), "{name} does not explain {option}");
        }
    }
}
