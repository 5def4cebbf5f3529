//! The screens of a plan and of a check for an organisation, and their other forms.

use insta::assert_snapshot;

use crate::organization_safeguards::INIT;
use crate::organization_story::{Organization, Refusal, number};
use crate::server::Server;
use crate::world::World;

fn started() -> Server {
    let organization = Organization {
        states: [(4, "SUSPENDED")].into(),
        refusals: [(5, Refusal::Role), (6, Refusal::Caller)].into(),
        ..Organization::of(8)
    };
    organization.start()
}

#[test]
#[expect(clippy::too_many_lines, reason = "a screen")]
fn the_plan_in_english() {
    let server = started();
    let screen = World::narrow(&server.url).run(&format!("{INIT} --dry-run --exclude {}", number(3))).exits(3);
    assert_snapshot!(screen.stdout, @r"
    Organisation o-exampleorgid · 8 accounts · profile training-org · 2026-11-23
    00:00 UTC

    3 accounts (000000000001 000000000002 000000000007): Plan for 6 safeguards: 5 to
    create, 0 to change, 0 to remove, 1 already set up. Together they cost 0.00
    USD/month.
    + Notification topic  to create · 0.00 USD/month
        An SNS topic that e-mails every warning to you.
        sent to a@example.com
    + Billing alarm  to create · 0.00 USD/month
        CloudWatch alarms on this month's estimated charges, which AWS updates
        several times a day.
        alarm guardrail-billing-10-usd: threshold 10 USD
        alarm guardrail-billing-5-usd: threshold 5 USD
        The first 10 alarms of an account are free; each further alarm costs 0.10
        USD a month.
    + Monthly budget  to create · 0.00 USD/month
        Warns as the month's limit is used up, and when AWS forecasts that it will
        be exceeded.
        budget guardrail-monthly: limit 10 USD, warns at actual > 50 %, actual >
        85 %, actual > 100 %, forecast > 100 %
        Budgets that only warn cost nothing.
    + Cost anomaly detection  to create · 0.00 USD/month
        AWS detects spending that is unusual for this account and reports its cause.
        guardrail-anomalies: threshold 1 USD
        Anomaly detection itself is free. AWS may charge 0.01 USD for each of the
        few API requests that set it up or check it (three for a check).
    + Budget action  to create · 0.00 USD/month
        When the month's limit is used up, AWS attaches a policy that denies
        starting expensive resources. Stopping and deleting stay possible.
        action: approval manual, restricts caller
        Two budgets with actions are free (62 budget-days a month); each further one
        costs 0.10 USD a day.
        The profile lists no one, so it restricts the IAM user or role that runs
        this command. List others with users, groups or roles under
        [budgets.action].

    1 account (123456789012): Plan for 7 safeguards: 6 to create, 0 to change, 0 to
    remove, 1 already set up. Together they cost 0.00 USD/month.
    + Notification topic  to create · 0.00 USD/month
        An SNS topic that e-mails every warning to you.
        sent to a@example.com
    + Billing alarm  to create · 0.00 USD/month
        CloudWatch alarms on this month's estimated charges, which AWS updates
        several times a day.
        alarm guardrail-billing-10-usd: threshold 10 USD
        alarm guardrail-billing-5-usd: threshold 5 USD
        The first 10 alarms of an account are free; each further alarm costs 0.10
        USD a month.
    + Monthly budget  to create · 0.00 USD/month
        Warns as the month's limit is used up, and when AWS forecasts that it will
        be exceeded.
        budget guardrail-monthly: limit 10 USD, warns at actual > 50 %, actual >
        85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000001: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000002: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000003: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000005: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000006: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-000000000007: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        budget guardrail-monthly-account-123456789012: limit 10 USD, warns at actual
        > 50 %, actual > 85 %, actual > 100 %, forecast > 100 %
        Budgets that only warn cost nothing.
    + Cost anomaly detection  to create · 0.00 USD/month
        AWS detects spending that is unusual for this account and reports its cause.
        guardrail-anomalies: threshold 1 USD
        Anomaly detection itself is free. AWS may charge 0.01 USD for each of the
        few API requests that set it up or check it (three for a check).
    + Budget action  to create · 0.00 USD/month
        When the month's limit is used up, AWS attaches a policy that denies
        starting expensive resources. Stopping and deleting stay possible.
        action: approval manual, restricts caller
        Two budgets with actions are free (62 budget-days a month); each further one
        costs 0.10 USD a day.
        The profile lists no one, so it restricts the IAM user or role that runs
        this command. List others with users, groups or roles under
        [budgets.action].
    + Audit trail  to create · 0.00 USD/month
        Records who did what in the account, in every region, as log files in a
        bucket of its own.
        bucket: logs expire after (days) 90, name guardrail-trail-123456789012
        trail: name guardrail-trail
        The first copy of management events is free; a second trail is charged for
        every event.
        The log files are charged as S3 storage until they expire, usually a few
        cents a month.

    Not checked 1 account (000000000004): AWS suspended the account, so it cannot be
                read. AWS Support can reactivate it; --exclude leaves it out.
    Not checked 1 account (000000000005): the role OrganizationAccountAccessRole
                does not exist there, or does not trust these credentials. Create it
                with the permissions of `guardrail policy init`, or name another
                role with --role; check --external-id.
    Not checked 1 account (000000000006): these credentials may not assume the role
                OrganizationAccountAccessRole. `guardrail policy init
                --organization` prints the policy to attach.
    Note        1 account was left out on purpose.

    Plan for 4 accounts: 21 to create, 0 to change, 0 to remove in 4 of them; 0 need
    no change. All safeguards together cost 0.00 USD a month.
    ");
}

#[test]
fn the_plan_in_japanese() {
    let server = started();
    let line = format!("{INIT} --dry-run --lang ja --accounts {},{},{}", number(1), number(2), number(5));
    assert_snapshot!(World::narrow(&server.url).run(&line).exits(3).stdout, @r"
    組織 o-exampleorgid · 8 アカウント · プロファイル training-org · 2026-11-23
    00:00 UTC

    2 アカウント(000000000001 000000000002): 計画(安全対策 6 個): 作成 5、変更 0、削
    除 0、設定済み 1。費用は合計 0.00 USD/月です。
    + 通知トピック  作成予定 · 0.00 USD/月
        すべての警告をメールで届ける SNS トピック(AWS の通知サービスの送信口)です。
        送信先: a@example.com
    + 請求アラーム  作成予定 · 0.00 USD/月
        今月の概算請求額を監視する CloudWatch アラームです。金額は AWS が 1 日に数回
        更新します。
        アラーム guardrail-billing-10-usd: しきい値: 10 USD
        アラーム guardrail-billing-5-usd: しきい値: 5 USD
        アラームはアカウントごとに 10 個まで無料です。それ以降は 1 個につき月 0.10
        USD かかります。
    + 月次予算  作成予定 · 0.00 USD/月
        月の上限額に近づいたときと、超えると予測されたときに警告します。
        予算 guardrail-monthly: 上限: 10 USD、通知: 実績が 50 % 超、実績が 85 % 超、
        実績が 100 % 超、予測が 100 % 超
        通知だけの予算に料金はかかりません。
    + コスト異常検出  作成予定 · 0.00 USD/月
        このアカウントの普段と異なる支出を AWS が検出し、その原因を知らせます。
        guardrail-anomalies: しきい値: 1 USD
        異常検出そのものは無料です。設定と確認に使う数回の API リクエスト(check では
        3 回)に、AWS が 1 回あたり 0.01 USD を課金することがあります。
    + 予算アクション  作成予定 · 0.00 USD/月
        月の上限額を使い切ると、高額なリソースの作成と起動を拒否するポリシーを AWS
        がアタッチします。停止と削除はできます。
        アクション: 承認: manual、対象: caller
        アクション付きの予算は 2 つまで無料です(月 62 予算日)。それ以降は 1 つにつき
        1 日 0.10 USD かかります。
        プロファイルに指定がないため、このコマンドを実行する IAM ユーザーまたはロー
        ルが対象になります。ほかの対象は [budgets.action] の users、groups、roles で
        指定してください。

    確認不可    1 アカウント(000000000005): ロール OrganizationAccountAccessRole が
                存在しないか、この認証情報を信頼していません。`guardrail policy
                init` の権限で作成するか、--role で別のロールを指定してください。
                --external-id も確認してください。
    注意        5 アカウントを指定により除外しました。

    2 アカウントの計画: そのうち 2 アカウントで作成 10、変更 0、削除 0。0 アカウント
    は変更なし。安全対策の費用は合計 0.00 USD/月です。
    ");
}

#[test]
fn the_check_in_both_languages() {
    let server = started();
    let line = format!("check --organization -c training-org --accounts {},{},{}", number(1), number(2), number(5));
    assert_snapshot!(World::narrow(&server.url).run(&line).exits(10).stdout, @r#"
    Organisation o-exampleorgid · 8 accounts · profile training-org · 2026-11-23
    00:00 UTC

    2 accounts (000000000001 000000000002): 5 of 6 safeguards do not match the
    profile. Run `guardrail init` to fix this.
    = Billing alerts preference  OK
    ! Notification topic  missing
    ! Billing alarm  missing
    ! Monthly budget  missing
    ! Cost anomaly detection  missing
    ! Budget action  missing

    Does a warning reach you?
      ok        AWS publishes this account's estimated charges
      broken    the organisation has no trail that covers this account: ask its
                administrators to create one, or set by = "guardrail" in the profile

    Not checked 1 account (000000000005): the role OrganizationAccountAccessRole
                does not exist there, or does not trust these credentials. Create it
                with the permissions of `guardrail policy check`, or name another
                role with --role; check --external-id.
    Note        5 accounts were left out on purpose.

    2 of 2 accounts do not match the profile, or a warning would not reach you. Run
    `guardrail init --organization` to fix what differs.
    "#);
    assert_snapshot!(World::narrow(&server.url).run(&format!("{line} --lang ja")).exits(10).stdout, @r#"
    組織 o-exampleorgid · 8 アカウント · プロファイル training-org · 2026-11-23
    00:00 UTC

    2 アカウント(000000000001 000000000002): 6 個の安全対策のうち 5 個がプロファイル
    と異なります。`guardrail init` で修正できます。
    = 請求アラートの設定  プロファイルどおり
    ! 通知トピック  なし
    ! 請求アラーム  なし
    ! 月次予算  なし
    ! コスト異常検出  なし
    ! 予算アクション  なし

    警告は届くか
      正常      AWS はこのアカウントの概算請求額を公開しています
      異常      このアカウントに届く組織の証跡がありません。組織の管理者に作成を依頼
                するか、プロファイルで by = "guardrail" にしてください

    確認不可    1 アカウント(000000000005): ロール OrganizationAccountAccessRole が
                存在しないか、この認証情報を信頼していません。`guardrail policy
                check` の権限で作成するか、--role で別のロールを指定してください。
                --external-id も確認してください。
    注意        5 アカウントを指定により除外しました。

    2 アカウントのうち 2 アカウントがプロファイルと異なるか、警告が届きません。プロ
    ファイルとの違いは `guardrail init --organization` で修正できます。
    "#);
    for format in ["csv", "markdown", "html"] {
        let form = World::narrow(&server.url).run(&format!("{line} --format {format}")).exits(10).stdout;
        for part in [number(1), number(2), number(5), "Student 01".to_owned()] {
            assert!(form.contains(&part), "{format}: {part}: {form}");
        }
    }
}
