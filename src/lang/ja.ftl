## errors
error-heading = エラー:
error-denied = 権限 { $action } がありません
error-denied-by-organization = 組織のポリシーが { $action } を拒否しています
error-disabled-region = このリージョンの { $action } では、この認証情報が受け付けられません
error-throttled = AWS が { $action } の呼び出し回数を制限しています
error-timeout = { $action } に AWS が時間内に応答しませんでした
error-unreachable = { $action } のために AWS に接続できません
error-aws = AWS が { $action } に応答できませんでした
error-request = リクエストを組み立てられませんでした。guardrail の不具合です
error-no-credentials = AWS の認証情報が見つかりません
error-aws-profile = AWS プロファイル { $profile } が存在しないか、使える認証情報がありません
error-credentials = AWS がこの認証情報を受け付けません
error-expired = AWS の認証情報の有効期限が切れています
error-no-account = どのアカウントの認証情報か、AWS から答えがありませんでした
error-other-account = 認証情報はアカウント { $account } のものですが、--account は { $wanted } です。何も調べず、何も変更していません。
error-account-id = 「{ $account }」は AWS アカウント番号(12 桁の数字)ではありません
error-region-name = 「{ $region }」はリージョン名ではありません
error-region-unknown = このアカウントにリージョン { $region } はありません
error-region-disabled = リージョン { $region } はこのアカウントで有効になっていません
error-resource-unknown = リソースの種類「{ $resource }」はありません
error-render = レポートを書き出せませんでした。guardrail の不具合です
error-stdout = 出力を書き込めませんでした
error-output = ファイル { $file } に書き込めませんでした。何も変更していません
error-output-is-format = 「{ $file }」は形式の名前で、ファイルではありません
hint-file-of-that-name = その名前のファイルに書き出すには -o ./{ $file } と指定してください。
error-runtime = プログラムを開始できませんでした
error-interrupted = 中断されました
error-not-chosen = --{ $option } の指定がなく、尋ねる相手もいません
error-not-approved = 何も変更していません。上の計画はまだ承認されていません
error-demo-reads = 練習用アカウントは見るだけで、変更はできません
nothing-changed = 何も変更していません
hint-configure = `aws login` か `aws sso login` でサインインするか、`aws configure` でキーを設定してください。複数あるときは --profile で選びます。
hint-aws-profile = このコンピューターのプロファイルは `aws configure list-profiles` で表示します。guardrail のプロファイルは -c で選びます。
hint-login = `aws login` か `aws sso login` でサインインし直してください。
hint-demo = まず試すだけなら、`guardrail sweep --demo` は AWS アカウントなしで動きます。
hint-network = ネットワークと、使っている場合は AWS_ENDPOINT_URL を確認してください。
hint-other-account = --profile でそのアカウントの認証情報を選ぶか、--account を外してください。
hint-region-name = リージョンは ap-northeast-1 のように書きます。
hint-regions = このアカウントのリージョン: { $regions }
hint-region-disabled = { $region } に残したものは課金され続けます。コンソール(アカウント → AWS リージョン)で有効にしてから、もう一度調べてください。
hint-resources = `guardrail resources` で一覧を表示します。
hint-families = 分類({ $families })や "rds-*" のようなパターンも指定できます。
hint-output = --output で別の場所を指定してください。
hint-not-chosen = --{ $option } を指定するか、自分のプロファイル(-c)に書いてください。
hint-not-approved = --yes で承認するか、端末で実行してください。
hint-demo-dry-run = --dry-run を付けると計画を表示します。
hint-interrupted = 途中だったものは、同じコマンドをもう一度実行すれば完了します。
hint-valid-values = 指定できる値: { $values }
hint-did-you-mean = { $near } のことですか?
hint-help = 使い方は `{ $command } --help` で表示します。
hint-seconds = 1 から 3600 までの整数(秒)で指定します。
usage-unexpected = 「{ $argument }」はここでは使えません
usage-unknown-option = オプション { $argument } はありません
usage-unknown-command = コマンド { $command } はありません
usage-value-missing = { $argument } には値が必要です
usage-bad-value = { $argument } に「{ $value }」は指定できません
usage-argument-missing = { $argument } がありません
usage-conflict = { $argument } は { $other } と一緒に使えません
usage-command-missing = コマンドがありません
usage-other = オプションの指定を解釈できません

## sweep
label-bill = 請求
label-explained = 内訳
label-kept = 保持
label-missing = 権限不足
label-not-checked = 確認不可
label-coverage = 確認範囲
label-prices = 価格
label-note = 注意
between-sentences = { "" }
verdict-safe = 安全
verdict-not-safe = 課金中
verdict-not-sure = 未確認
sweep-heading = アカウント { $account } · { $at }
sweep-safe = { $regions } リージョンで課金されているものはありません。
sweep-safe-but-kept = 意図して残しているもの以外に、課金されているものはありません。
sweep-kept = { $count } 件を意図して残しています({ $month } USD/月)。
sweep-not-seen = 課金されているものは見つかりませんでしたが、確認できなかった場所があります。
sweep-seen-nowhere = どこも確認できませんでした。
sweep-unexplained = 課金されているものは見つかりませんでしたが、請求額は増え続けています。
sweep-cost = { $count } 件で { $month } USD/月、毎日 { $day } USD の課金です。
sweep-cost-at-least = { $count } 件で少なくとも { $month } USD/月、毎日 { $day } USD の課金です。
sweep-cost-at-most = { $count } 件で最大 { $month } USD/月の課金です。
sweep-cost-unknown = { $count } 件が課金中です。金額は不明です。
sweep-unpriced = うち { $count } 件は価格が不明です。
sweep-interrupted = 途中で中断されたため、この結果は完全ではありません。
sweep-late = 制限時間に達したため、この結果は完全ではありません。時間は --timeout で変更できます。
sweep-bill-so-far = { $month } は現在 { $usd } USD({ $hours } 時間前の時点)
sweep-explained = 1 日あたり { $day } USD のうち { $found } USD。内訳はすべて見つかりました。
sweep-explained-partly = 1 日あたり { $day } USD のうち { $found } USD。見つからないもの: { $names }
permissions-missing = { $count } 件の権限がありません: { $names }。`guardrail policy sweep` で必要なポリシーを表示できます。
coverage-size = { $regions } リージョン × { $types } 種類。
scope-narrowed = 指定されたリージョンと種類だけを確認しました。
disabled-regions = 有効でない { $count } リージョンは確認できません。そこに残したものがあれば課金が続きます。
prices-of-one-day = { $first } 時点の AWS 定価(税抜)。
prices-of-days = { $first } から { $last } 時点の AWS 定価(税抜)。
step-stop = 停止
step-delete = 削除!
step-end = 終了!
step-then = 続けて
ec2-instance = EC2 インスタンス
group-goes = (一緒に削除されます)
group-each = `-v` で 1 件ずつ表示します。
rest-of-findings = ほか { $count } 件: { $names }
legend-irrevocable = 「!」は元に戻せません
legend-open = 「+」一部は金額不明
legend-unknown = 「?」使用量次第または不明
legend-at-most = 「≤」最大
legend-verbose = `-v` ですべて表示
sweep-progress = { $all } 件の問い合わせのうち { $done } 件が完了、{ $findings } 件を検出
billing-stopped = 停止中(ストレージは課金)
billing-ending = 削除中
charge-price-unknown = 価格不明
charge-metered = 使用量に応じて AWS が計測
charge-at-most = 最大 { $usd } USD/月
gaps-heading = 調べられなかった場所({ $count })
gap-whole-account = アカウント全体
gap-other-regions = どのアカウントにもあるリージョン以外
gap-interrupted = 応答の前に中断されました
gap-mistake = guardrail の不具合です。ご報告ください
gap-denied = 権限 { $action } がありません
gap-denied-by-organization = 組織のポリシーが { $action } を拒否しています
gap-disabled-region = リージョンが認証情報を受け付けません。無効になっている可能性があります
gap-throttled = AWS が呼び出し回数を制限しました
gap-timeout = 時間内に応答がありません
gap-unreachable = 接続できません({ $message })
gap-other = { $action } が失敗しました: { $message }
and-more = ほか { $count }
scope-regions = リージョン: { $names }
scope-types = 調べた種類はこれだけ: { $names }
scope-not-enabled = 無効なリージョン: { $names }
output-written = { $file } に書き込みました。

## what is kept
note-kept = 意図して残しています。期限と理由: { $value }
note-keep-unused = プロファイルの keep にある { $value } に該当する課金対象はありません。この項目は削除できます。
note-keep-ended = 残す期限が過ぎました: { $value }

## safeguards
plan-heading = アカウント { $account } · プロファイル { $profile } · リージョン us-east-1
plan-summary = 計画(安全策 { $all } 個): 作成 { $create }、変更 { $update }、削除 { $remove }、設定済み { $same }{ $unknown ->
    [0] {""}
   *[other] 、確認できず { $unknown }
}。費用は合計 { $usd } USD/月です。
plan-nothing = 変更はありません。{ $same } 個の安全策を項目ごとにプロファイルと比べました。
plan-nothing-possible = できることはありません。{ $all } 個の安全策のどれも調べられませんでした。何も変更していません。理由は上に示したとおりです。
plan-nothing-seen = 必要な変更は見つかりませんでしたが、{ $all } 個の安全策のうち { $unknown } 個は調べられませんでした。
removal-summary = 計画: 削除 { $remove }。guardrail が作ったものだけに触れます。
removal-nothing = このアカウントに guardrail が作ったものはありません。変更はありません。
applied-summary = 完了: 作成 { $create }、変更 { $update }、削除 { $remove }。読み直して確認しました。
removed-summary = 完了: 削除 { $remove }。
applied-partly = { $all } 個の安全策のうち { $failed } 個を設定できませんでした。上の原因を取り除いてからもう一度実行すると、続きから進みます。
check-ok = { $all } 個の安全策はすべてプロファイルどおりで、警告も届きます。
check-waiting = { $all } 個の安全策はすべてプロファイルどおりですが、まだ確かめられないものがあります。上の「待機中」をご覧ください。
check-incomplete = 調べられなかったものがあります。調べられた安全策はプロファイルどおりです。
check-broken = 安全策はありますが、警告が届きません。上の「故障」をご覧ください。
check-drift = { $all } 個の安全策のうち { $wrong } 個がプロファイルと違います。`guardrail init` で直せます。
row-will-create = 作成予定 · { $usd } USD/月
row-will-update = 変更予定
row-will-remove = 削除予定
row-created = 作成済み
row-updated = 変更済み
row-removed = 削除済み
row-failed = 失敗
row-skipped = 見送り(必要なものがありません)
row-unknown = 調べられず
row-unchanged = 変更なし
row-ok = プロファイルどおり
row-missing = なし
row-drifted = 設定後に変更あり
row-unwanted = プロファイルにないが存在
value-none = (なし)
plan-also-warns = ~ { $object }: { $who } への通知を追加({ $alerts })
plan-warns-no-more = ~ { $object }: { $who } への通知を終了({ $alerts })
plan-the-topic = 通知トピック
alert-actual = 実績が { $above } 超
alert-forecast = 予測が { $above } 超
unit-hrs = 時間
unit-gb-mo = GB/月
chain-heading = 実際に働くか
status-ok = 正常
status-waiting = 待機中
status-broken = 故障
status-unknown = 不明
applying = 設定中: { $name }
removing = 削除中: { $name }
ask-email = 警告を受け取るメールアドレス
ask-limit = 1 か月の上限(米ドル)
ask-approve = 実行しますか?
about-notification-topic = すべての警告をメールで届ける SNS トピックです。
about-billing-alarm = 今月の概算請求額を見張る CloudWatch アラームです。金額は AWS が 1 日に数回更新します。
about-zero-spend-budget = 最初の 1 セントで知らせます。
about-monthly-budget = 月の上限に近づいたときと、超えると予測されたときに知らせます。
about-free-tier-budgets = 無料枠を使い切る前に知らせます。
about-trail = 全リージョンの操作(誰が何をしたか)を専用バケットに記録します。
note-adopted = すでに { $value } が役目を果たしているため、そのままにします
note-not-ours = { $value } は guardrail と同じ名前ですがタグがないため、触れません
note-not-wanted = プロファイルに含まれていません
note-alarm-allowance = アラームはアカウントごとに 10 個まで無料、それ以降は 1 個につき月 0.10 USD です。
proof-subscription-confirmed-ok = { $subject } は登録と確認が済んでいます
proof-subscription-confirmed-waiting = { $subject } はまだ確認されていません。件名「AWS Notification - Subscription Confirmation」のメールを開き、{ $value ->
    [none] 48 時間以内
   *[other] { $value } まで
}に「Confirm subscription」を押してください(迷惑メールも確認してください)
proof-subscription-confirmed-broken = { $subject } は登録されていません。`guardrail init` を実行すると確認メールが再送されます
proof-subscription-confirmed-unknown = { $subject } が確認済みかどうかを調べられませんでした({ $value } の失敗)
proof-alarm-rings-ok = { $subject } はトピックに通知します
proof-alarm-rings-broken = { $subject } は無効か、トピックに通知しません。`guardrail init` を実行してください
proof-organization-trail-broken = このアカウントに届く組織の証跡がありません。組織の管理者に作成を依頼するか、プロファイルで by = "guardrail" にしてください
field-expires-after-days = ログの保存日数
field-multi-region = 全リージョン
field-validation = ログファイルの検証
field-logging = 記録
field-public-access-blocked = パブリックアクセスのブロック
field-encryption = 暗号化
field-policy = ポリシー
field-filters = フィルター
field-type = 種類
field-time-unit = 期間
field-include-credit = クレジットを含む
field-include-refund = 返金を含む
field-topic = トピック
field-emails = メール
field-may-publish = 発行の許可
field-alarms = アラーム
field-budgets = 予算
field-bucket = バケット
field-trail = 証跡
field-threshold-usd = しきい値(USD)
field-comparison = 比較
field-metric = メトリクス
field-statistic = 統計
field-period-seconds = 期間(秒)
field-evaluation = 評価
field-missing-data = 欠落データ
field-enabled = 有効
field-notifies-topic = トピックへの通知
field-managed-by = 管理者
field-encrypted-with = 暗号化キー
field-name = 名前
field-limit = 上限
field-notifications = 通知

## tables
title-sweep = guardrail: 課金中のもの
title-safeguards = guardrail: 安全策
title-resources = guardrail: 調べるもの
column-account = アカウント
column-region = リージョン
column-resource = リソース
column-id = ID
column-name = 名前
column-billing = 課金
column-charges = 内訳
column-usd-per-hour = USD/時
column-usd-per-month = USD/月
column-created-at = 作成
column-notes = 備考
column-commands = コマンド
column-stop-command = 停止
column-delete-command = 削除(元に戻せません)
column-owner = 所属先
column-owner-command = 所属先の終了
column-at-least = 下限
column-safeguard = 安全策
column-state = 状態
column-action = 操作
column-result = 結果
column-changes = 変更
column-proof = 確認
column-bills = 課金のしかた
column-reads = IAM アクション
profile-good = プロファイル { $name } に問題はありません。

## help
help-heading-usage = 使い方:
help-heading-commands = コマンド:
help-heading-arguments = 引数:
help-heading-options = オプション:
help-guardrail =
    AWS の想定外の請求を防ぎます。
    AWS が勧める警告を設定し、課金され続けているものを見つけます
help-guardrail-more =
    終了コード: 0 完了 · 1 失敗 · 2 使い方の誤り · 3 一部未確認 · 10 検出 · 130 中断
    AWS アカウントなしで試す: guardrail sweep --demo
help-init = 安全策を設定します(計画を表示し、確認のうえ実行します)
help-check = アカウントをプロファイルと比べ、警告が届くかを調べます
help-remove = init が作ったものだけを取り除きます
help-sweep = 全リージョンで、課金され続けているものとその金額を調べます
help-resources = 調べるリソースの種類と課金のしかたを一覧にします
help-policy = コマンドに必要な最小の IAM ポリシーを出力します
help-profile = プロファイル(何を設定し、誰に知らせ、何を調べるか)
help-profile-list = 付属のプロファイルを一覧にします
help-profile-show = プロファイルを表示します
help-profile-check = プロファイルの誤りを調べます
help-completions = シェルの補完を出力します
help-man = マニュアルページを出力します
help-config =
    guardrail のプロファイル(付属の名前またはファイル)
    環境変数 GUARDRAIL_CONFIG でも指定できます
help-name = 付属の名前またはファイル
help-aws-profile = 認証情報に使う AWS の名前付きプロファイル
help-region = 認証情報のホームリージョン(調べる範囲は狭まりません)
help-account = これ以外のアカウントでは実行しません
help-format = 出力形式: text、json、csv、markdown、html
help-output =
    このファイルに書き込みます。形式は拡張子に従います
    (- は標準出力)
help-lang = 言語: en または ja
help-color = 色: auto、always、never
help-quiet = 結果だけを表示します
help-verbose = 詳しく表示します
help-demo =
    内蔵の練習用アカウントを使います
    (認証情報もネットワークも不要)
help-help = ヘルプを表示します
help-version = バージョンを表示します
help-init-email = 警告の宛先(複数指定できます)
help-init-limit = 1 か月の上限(米ドル)
help-dry_run = 計画だけを表示し、何も変更しません
help-yes = 計画を承認します
help-remove-delete_logs =
    証跡のログファイルも削除します
    (指定がなければ、ログのあるバケットは残します)
help-sweep-regions = これらのリージョンだけを調べます
help-sweep-resources = これらの種類だけを調べます
help-sweep-exit_zero = 課金中のものがあっても終了コードを 0 にします
help-sweep-offline_prices =
    AWS の価格表を読まず、内蔵の価格だけを使います
help-sweep-timeout =
    待つ秒数の上限(60)
    応答がない場所は未確認として報告します
help-policy-commands =
    sweep、bill、init、check、remove、
    send-test(check --send-test 用)
    指定がなければすべて
help-completions-shell = bash、zsh、fish、elvish、powershell

## profile
error-profile =
    プロファイル { $file } に誤りがあります:
    { $snippet }
error-profile-unknown = { $name } というプロファイルはありません
error-profile-unreadable = プロファイル { $file } を読み込めません
hint-profile-names = 付属のプロファイル:{ $names }。自分のファイルはパスで指定します:./my.toml
hint-profile-nearest = もしかして:{ $name }
profile-unknown-field = { $name } という項目はありません。書ける項目: { $known }
profile-extends-no-file = ファイル { $name } がありません。パスはこのファイルのある場所から読みます
profile-extends-unknown = { $name } というプロファイルはありません。{ $names } のいずれか、またはファイルのパス("./base.toml")を書いてください
profile-extends-cycle = { $name } はこのプロファイル自身を継承しているため、循環しています
profile-extends-deep = プロファイルの継承が { $most } 段を超えています。ここで { $name } を継承するのをやめてください
profile-alarms-twice = percent_of_limit と thresholds_usd は、どちらか一方だけを書いてください
profile-too-many-emails = 通知先は { $most } 件までですが、{ $count } 件あります。グループのアドレスを使ってください
profile-too-many-alarms = アラームは { $most } 個まで(AWS の無料枠は 10 個)ですが、{ $count } 個あります
profile-too-many-notifications = 1 つの予算の通知は(実績と予測を合わせて){ $most } 個までですが、{ $count } 個あります
profile-no-notification = この予算は一度も通知しません。割合を書くか、enabled = false にしてください
profile-percent = 割合は 1 から { $most } までの整数で書いてください({ $value } は使えません)
profile-days = 日数は 1 から { $most } までの整数で書いてください({ $value } は使えません)
profile-quantity = 無料枠の量は 0 より大きい数で書いてください({ $value } は使えません)
profile-region = { $value } はリージョン名ではありません(例:ap-northeast-1)
profile-date = 日付は 2027-03-31 の形で書いてください({ $value } は使えません)
profile-kebab = { $value } は使えません。英小文字と数字をハイフンでつないで書いてください(例:ec2-instance)
profile-iam-name = { $value } は IAM の名前ではありません。パスを付けず、英数字と _+=,.@- だけで書いてください
profile-too-many-targets = 1 つのリストには { $most } 件まで書けますが、{ $count } 件あります
profile-action-no-target = 対象がありません。users、groups、roles のいずれかを書くか、enabled = false にしてください
profile-empty = 空にすることも、改行を入れることもできません
profile-name-twice = { $name } という名前が 2 回使われています
profile-usage-one-of = usage_type か usage_type_group のどちらか一方だけを書いてください
profile-keep-one-of = 残すものの id か name のどちらか一方だけを書いてください
error-email = 「{ $value }」はメールアドレスではありません(例:you@example.com)
error-email-long = メールアドレスは { $most } 文字までです
error-limit-not-a-number = 「{ $value }」は米ドルの金額ではありません。5 や 5.50 のように書いてください
error-limit-negative = 金額は 0 より大きくしてください({ $value } は使えません)
error-limit-zero = 金額は 0 より大きくしてください。最小は 0.01 です(最初の 1 セントはゼロ支出予算が知らせます)
error-limit-huge = { $value } は 1,000,000 米ドルを超えています
error-limit-cents = { $value } は小数点以下が 2 桁を超えています。米ドルはセントまでです(例:5.50)
error-memory-no-home = 設定フォルダーの場所がわかりません。{ $env } で指定してください
error-memory-read = このアカウントの設定を読み込めません:{ $file }
error-memory-corrupt = このアカウントの設定の内容が正しくありません:{ $file }
hint-memory-corrupt = そのファイルを削除してください。次の guardrail init がもう一度尋ねて作り直します。AWS 側には影響しません。
error-memory-write = このアカウントの設定を保存できません:{ $file }
error-memory-forget = このアカウントの設定を削除できません:{ $file }
## notes
note-restarts-by-itself = AWS が { $value } に自動で起動します
note-restarts-by-itself-week = 遅くとも 7 日後に AWS が自動で起動します
note-starts-now = 起動中です。起動後は通常どおり課金されます
note-members-first = 先にインスタンスを削除してください
note-snapshot-of = { $value } のスナップショットです
note-backup-allowance = このリージョンで実行中のデータベースの容量までは無料で、超えた分が課金されます
note-cold-storage = コールドストレージのデータにも課金されます

## notes

note-address-stays = 削除しても Elastic IP は残り、料金が続きます
note-attached-to = 接続先: { $value }
note-delete-only = 停止はできません。削除のみ可能です
note-deleted-with-instance = インスタンスと一緒に削除されます
note-instance-store = インスタンスストアで動いているため停止できません。終了するとデータは失われます
note-managed-by = { $value } が代わりに管理しています。EC2 からは操作できないため、管理元で終了してください
note-mac-a-day = Mac ホストは割り当てから 24 時間は解放できません
note-on-dedicated-host = 専有ホストで動いています。料金はインスタンスではなくホストにかかります
note-service-managed = AWS のサービス ({ $value }) が保持しています。そのサービス側のものを削除すると解放されます
note-unattached = どこにも接続されていません
note-usage-extra = このほかに、使用量 (通信量、リクエスト数) に応じた料金がかかります

## budgets
note-elsewhere = リージョンは { $value } です。組織のポリシーが us-east-1 での作成を禁止しています。
note-by-email-only = us-east-1 にトピックができるまでは、メールだけで知らせます。AWS Budgets は確認済みのアドレスにしか送りません。
note-budgets-free = 通知だけの予算に料金はかかりません
proof-budget-alerts-ok = 予算 { $subject } のすべてのアラートに、すべての通知先が設定されています
proof-budget-alerts-broken = 予算 { $subject } のアラートまたは通知先が不足しているため、警告が届かないおそれがあります。guardrail init を実行すると修復できます

## trail
note-first-copy-free = 管理イベントは最初の 1 コピーが無料です。証跡を 2 つ目以降も作ると、イベントごとに課金されます。
note-log-storage = ログファイルは期限切れで削除されるまで S3 のストレージとして課金されます。通常は月に数セントです。
note-bucket-kept = バケット { $value } にはログが残っているため、削除しませんでした。ログは期限切れで削除されるまで S3 のストレージとして課金されます。
proof-trail-logging-ok = { $subject } は全リージョンを記録中です
proof-trail-logging-broken = { $subject } は記録を停止しています。アカウントでの操作が記録されていません
proof-trail-delivers-ok = { $subject } のログファイルは配信されています
proof-trail-delivers-waiting = { $subject } のログファイルはまだ配信されていません。最初の配信には 15 分ほどかかります
proof-trail-delivers-broken = { $subject } のログファイルを配信できません。バケットとそのポリシーを確認してください
note-bucket-taken = バケット名 { $value } は使用できません。別のアカウントまたは別のリージョンで使われています。ご自身のバケットであれば、s3:ListBucket を許可するか、別のリージョンにある場合は削除してください。ご自身のものでなければ、プロファイルで証跡を無効にしてください。

## billing alerts
about-billing-alerts = アラームが見張る今月の概算請求額を、AWS に記録させます。
note-alerts-for-good = 一度有効にすると、AWS では無効に戻せません。費用はかかりません。
note-alerts-stay = 有効のまま残ります(AWS では無効にできません)。費用はかかりません。
note-free-plan = このアカウントは AWS の無料プランです。{ $value } まで、またはクレジットを使い切るまで、料金は請求されません。その後はアップグレードしないかぎり AWS が閉鎖します。
note-member-of = このアカウントはアカウント { $value } の組織に属しています。料金はそのアカウントが支払い、ここで設定できることを制限している場合があります。
note-project-account = アカウント { $value } の組織にある AWS の「プロジェクト」のようです。us-east-1 でのトピック、証跡、新しいアラームは AWS 自身が禁じています。許されているものはすべて設定します。残りを設定するには、AWS Settings で高度な機能を有効にする必要があり、これは元に戻せません。
note-root-must-allow-billing = この認証情報では請求に関する操作が拒否されます。ルートユーザーで一度サインインし、「アカウント」→「IAM ユーザーおよびロールによる請求情報へのアクセス」を有効にしてください。
note-payer-must-enable-budgets = このアカウントではまだ予算を使えません。支払いアカウントの管理者に、Budgets か Cost Explorer を一度開いてもらってください。約 1 日後に `guardrail init` をもう一度実行してください。
note-denied-by-organization = 組織のサービスコントロールポリシーが一部を禁じています。許可できるのは組織の管理者だけです。
proof-billing-alerts-on-ok = AWS はこのアカウントの概算請求額を記録しています
proof-billing-alerts-on-unknown = 概算請求額が記録されているかを確認できませんでした。コンソールの「請求」→「請求設定」→「アラート設定」で「CloudWatch 請求アラートを受け取る」にチェックを入れてください
proof-metric-has-data-ok = 概算請求額は最新です(最後の記録: { $subject })
proof-metric-has-data-waiting = 概算請求額はまだありません。AWS は 1 日ほどで最初の値を記録します
proof-metric-has-data-broken = 概算請求額が { $subject } から記録されていないため、アラームは働きません。コンソールの「請求」→「請求設定」→「アラート設定」をご覧ください。「CloudWatch 請求アラートを受け取る」が有効なら、AWS サポートにお問い合わせください(請求の質問は無料です)
proof-metric-needs-alerts-broken = 概算請求額が記録されていないため、アラームは働きません。`guardrail init` を実行して請求アラートを有効にしてください
proof-metric-has-data-unknown = 概算請求額がなく、その理由を AWS は示しません。新しいアカウントか、請求アラートが無効(「請求」→「請求設定」→「アラート設定」)か、値が提供されない AWS パートナーネットワークのアカウントかもしれません。その場合も予算は警告します
proof-metric-needs-payer-broken = 概算請求額がこのアカウントに届かないため、アラームは働きません。支払いアカウント { $subject } の管理者に、「請求」→「請求設定」で「CloudWatch 請求アラートを受け取る」を有効にしてもらってください。その場合も予算は警告します
proof-alarm-is-ringing-ok = { $subject } は作動中です。今月の請求額がしきい値を超えています
proof-alarm-stuck-broken = 請求額は記録されていますが、{ $subject } はデータを受け取っていません。削除(aws cloudwatch delete-alarms --region us-east-1 --alarm-names { $subject })してから `guardrail init` を実行すると作り直されます
## anomaly detection
about-anomaly-detection = このアカウントの普段と違う支出を AWS が見つけ、その内容を知らせます。
error-cost-explorer-off = このアカウントでは、AWS がまだ Cost Explorer を有効にしていません
note-anomaly-calls = 異常検出そのものは無料です。設定と確認に使う数回の API リクエスト(check では 3 回)に、AWS が 1 回 0.01 USD を課金することがあります。
note-kept-in-use = guardrail が作っていないものが使っているため、{ $value } は残しました
proof-anomaly-alerts-ok = { $subject } は普段と違う支出をトピックに知らせます(検出が始まるまで 1 日、新しく使うサービスでは 10 日かかります)
proof-anomaly-alerts-waiting = { $subject } はまだ設定できません。最初の予算を作ってから 1 日ほどで AWS が Cost Explorer を有効にしますので、そのあとで guardrail init を実行してください。組織のアカウントでは、管理アカウントで有効にする必要があります
proof-anomaly-alerts-broken = { $subject } がモニターにつながっていないか、トピックが確認済みの通知先になっていません。guardrail init を実行してください
field-watches-services = 全サービスの監視
field-subscriptions = サブスクリプション数
field-frequency = 通知の頻度

## budget action
about-budget-action = 月の上限を使い切ると、高額なものの作成と起動を拒否するポリシーを AWS が付けます。停止と削除はできます。
note-action-caller = プロファイルに指定がないため、これを実行する IAM ユーザーまたはロールが対象です。ほかの人を対象にするには、[budgets.action] の users、groups、roles で指定してください。
note-action-cost = アクション付きの予算は 2 つまで無料です(月 62 予算日)。それ以降は 1 つにつき 1 日 0.10 USD です。
note-action-no-target = 作成しません。プロファイルに対象の指定がなく、ルートユーザーと IAM Identity Center のロールにはポリシーを付けられません。[budgets.action] の users、groups、roles で指定してください。
proof-action-ready-ok = 予算 { $subject } のアクションは設定されています
proof-action-ready-broken = 予算 { $subject } のアクションが失敗しました。コンソール(予算 → { $subject } → アクション)で確認してください。対象のユーザーやロールが削除されたか、すでに 10 個のポリシーが付いていることがよくあります
proof-action-ready-unknown = 予算 { $subject } のアクションは guardrail の知らない状態です。コンソール(予算 → { $subject } → アクション)で確認してください
field-action = アクション
field-actions = アクション数
field-at = 条件
field-approval = 承認
field-targets = 対象
field-recipients = 通知先
field-role = ロール
field-trusts = 信頼
field-may = 権限
field-denies = 拒否
## proof of the topic
proof-topic-lets-publish-ok = トピックは { $subject } からの発行を許可しています
proof-topic-lets-publish-broken = トピックが { $subject } からの発行を許可していないため、警告が失われます。`guardrail init` を実行し、トピックのポリシーに「Deny」がないか確認してください
proof-topic-lets-publish-unknown = トピックが { $subject } からの発行を許可するかは、ここでは判断できないポリシーの条件によります。条件を確認するか、`guardrail check --send-test` で試してください
proof-topic-encryption-broken = トピックが { $subject } で暗号化されています。アラームと予算はこのキーを使えず、警告は何の知らせもなく失われます(よくある落とし穴です)。`guardrail init` を実行すると暗号化を解除します
proof-topic-encryption-unknown = トピックが { $subject } で暗号化されています。キーポリシーで cloudwatch.amazonaws.com、budgets.amazonaws.com、costalerts.amazonaws.com に kms:GenerateDataKey* と kms:Decrypt を許可していないと、警告が失われます
proof-subscription-expired-broken = { $subject } は 48 時間以内に確認されず、AWS が登録を削除しました。`guardrail init` を実行すると確認メールが再送されます
proof-subscription-left-broken = { $subject } は受信者(またはリンクを開いたメール検査)によって登録が解除されました。誤りであれば: guardrail init --email { $subject }
proof-budget-email-verified-ok = { $subject } は予算メールの宛先として AWS が検証済みです
proof-budget-email-verified-waiting = { $subject } は予算メールの宛先としてまだ検証されていません。このアカウントにサインインした状態で、AWS の検証メールのリンクを 12 時間以内に開いてください。再送は AWS Budgets のコンソールからできます
proof-budget-email-verified-unknown = { $subject } が予算メールの宛先として検証済みかどうかは不明です。AWS Budgets のコンソールで予算を開き、未検証であれば検証メールを送って、このアカウントにサインインした状態で 12 時間以内にリンクを開いてください
help-check-send_test =
    テストメッセージを送り、請求アラームを鳴らします
    メールを送るだけで、ほかは変更しません
hint-demo-check = --send-test を外すと、見るだけになります。
hint-send-test = テストには `guardrail init` が設定するものと、`guardrail policy send-test` の権限が必要です。
send-test-message = これは guardrail によるテストです。AWS の請求に関する警告がこの宛先に届くことを確かめています。何も起きていませんので、対応は不要です。
send-test-sent = 送信しました。{ $emails } に件名「{ $subject }」のメールが届くはずです。鳴らせる請求アラームはありませんでした。数分たっても届かなければ、迷惑メールを確認してください。
send-test-rung = 送信しました。{ $emails } に件名「{ $subject }」のメールと、「ALARM:」で始まるメール { $count } 通({ $alarms })が届くはずです。アラームは元の状態に戻しました。数分たっても届かなければ、迷惑メールを確認してください。
send-test-nobody = 送信しましたが、確認の済んだ宛先がまだないため、誰にも届きません。先に登録を確認してから、もう一度テストを送ってください。

## live prices
usd-since-created = { $date } からおよそ { $usd } USD
prices-cache-discarded = 警告: { $file } に保存した価格を読めないため({ $message })、破棄しました。価格は読み直します。
prices-not-live-denied = AWS の価格表から読めなかった価格があり(権限がありません: pricing:GetProducts)、それらは以前に読んだ価格か、guardrail に内蔵の価格です。
prices-not-live-denied-by-organization = AWS の価格表から読めなかった価格があり(組織が pricing:GetProducts を禁止しています)、それらは以前に読んだ価格か、guardrail に内蔵の価格です。
prices-not-live-throttled = AWS の価格表から読めなかった価格があり(リクエストが多すぎます)、それらは以前に読んだ価格か、guardrail に内蔵の価格です。残りは次回の実行で読みます。
prices-not-live-timeout = AWS の価格表から時間内に読めなかった価格があり、それらは以前に読んだ価格か、guardrail に内蔵の価格です。残りは次回の実行で読みます。
prices-not-live-unreachable = AWS の価格表から読めなかった価格があり(接続できません)、それらは以前に読んだ価格か、guardrail に内蔵の価格です。
prices-not-live-other = AWS の価格表から読めなかった価格があり、それらは以前に読んだ価格か、guardrail に内蔵の価格です。

## bill
bill-heading = アカウント { $account } · { $month } の請求 · { $at }
bill-so-far = { $month } はこれまで { $usd } USD({ $at } 時点、{ $hours } 時間前)
bill-nothing-yet = { $month } の数字はまだなし(最後の数字は { $at }、{ $hours } 時間前)
bill-per-day = 1 日あたり { $usd } USD
bill-per-day-unknown = 1 日あたりの額を出すには数字が足りません
bill-month-end = 月末には約 { $usd } USD
bill-month-end-limit = 月末には約 { $usd } USD(上限: { $limit })
bill-month-end-beyond = 月末には約 { $usd } USD(上限 { $limit } USD の { $times } 倍)
bill-no-figures = AWS から請求の数字が届いていません。請求アラートが無効か(コンソール:「請求」→「請求設定」→「アラート設定」→「CloudWatch 請求アラートを受け取る」)、アカウントが新しいためです。
bill-figures-unread = 請求額を読み取れませんでした: { $why }。
bill-days-up-to = { $from }〜{ $to }
bill-utc = AWS の請求は UTC の月単位です。今月は { $at } に終わります。
bill-utc-local = AWS の請求は UTC の月単位です。今月は { $at }(お使いの時刻では { $local })に終わります。
bill-services = サービスごとの今月の USD
bill-service-per-day = 1 日 { $usd }
bill-rest = (どのサービスにも含まれない額)
bill-usage-types = { $region } の使用タイプ別のこれまでの額(USD)
bill-days = 日ごとの USD(UTC)
bill-region = { $region }: これまで { $usd } USD
bill-region-disabled = { $region }: これまで { $usd } USD。このリージョンは有効になっていません。有効にすると、課金の内容を調べて止められます
bill-budgets = 予算
bill-budget = { $name }: { $actual } / { $limit } { $unit }
bill-budget-forecast = { $name }: { $actual } / { $limit } { $unit }、予測 { $forecast }
bill-free-tier = 無料利用枠: 今月の使用量
bill-offer = { $service }: { $used } / { $limit } { $unit }({ $what })、予測 { $forecast }
bill-plan-free = 無料プラン
bill-plan-paid = 有料プラン
bill-plan-ends = { $kind }、{ $at } に終了
bill-credits = クレジット残高: { $usd } USD
bill-credits-gone = クレジット残高: { $usd } USD。このままでは { $at } ごろになくなります
bill-credit = クレジット: { $name }、残り { $usd } USD
bill-credit-ends = クレジット: { $name }、残り { $usd } USD、期限 { $at }
bill-gaps = 読み取れなかったもの
bill-page = 明細: { $page }
bill-not-read = 読み取れませんでした。理由は下にあります。
bill-not-compared = この結果とは照合していません。`guardrail bill` で確認できます。
compared-heading = 請求の増え方(1 日あたりの USD)
compared-explained = 見つかったもので説明できます
compared-known = 名前のとおりのものです
compared-partly = 一部だけ説明できます: 見つかったものは { $usd }
compared-unexplained = 説明できません: 該当するものは見つかりませんでした
unexplained = { $service } の請求が 1 日に { $usd } USD 増えていますが、該当するものは見つかりませんでした。
note-new-since-bill = 請求の最後の数字({ $value })より後にできたもの
note-not-on-bill = { $value } 時点の請求には現れていません。無料利用枠かクレジットで賄われている可能性があります
note-data-transfer = AWS の外、またはリージョンやゾーンの間の通信。一覧にできるものはありません
note-requests = 使用量による課金: リクエスト、クエリ、保存データ
note-support-plan = アカウントのサポートプラン
note-tax = ほかの料金にかかる税
note-type-not-covered = このサービスの課金対象は guardrail がまだ調べていません
note-unpriced = 見つかったものの一部は価格が不明
note-not-looked-at = 調べられなかった場所があります
note-ended-since = すでに終了したもの: 最後の分は最大 1 日遅れて請求に現れます
note-in-disabled-region = 有効になっていない { $value } リージョンのどれかにあるもの
note-use-on-top = 通信やリクエストなど、使用量による分
cost-explorer-costs = Cost Explorer への問い合わせには、AWS が 1 回 0.01 USD を課金します。2 回({ $usd } USD)行い、結果が長いときは 1 ページごとに 1 回増えます。
nothing-spent = 問い合わせていません。費用もかかっていません
hint-cost-explorer = --yes で同意するか、--cost-explorer を外してください。
title-bill = guardrail: 請求
column-part = 区分
column-amount = 量
column-unit = 単位
column-per-day = USD/日
column-forecast = 予測
column-limit = 上限
column-percent = %
help-bill = 今月これまでの額、1 日あたりの額、月末の見込みを無料で表示します
help-bill-cost_explorer = Cost Explorer でリージョンと使用タイプごとの額も調べます(有効でないリージョンも)。AWS が 0.02 USD を課金します
help-bill-yes = その課金に同意します
help-sweep-no_bill = 見つかったものを請求と照合しません

## Many small things, what belongs to what, and where was looked
group-count = { $count } 件
belongs-to = { $name } { $id } の一部です。先にそちらを終了してください
coverage-heading = どこで何を調べたか
coverage-signs = # 課金あり、. なし、- 提供なし、! 権限なし、O 組織が禁止、x 未有効のリージョン (調べられません)、? 失敗
policy-in-parts = AWS の管理ポリシー 1 つの上限 (6,144 文字) を超えています。`--part 1` から `--part { $count }` で { $count } つのポリシーに分けて出力できます。すべてアタッチしてください。
error-policy-part = その番号はありません。ポリシーは { $count } つに分かれます
help-policy-part = 長いポリシーの、この番号の部分だけ
## notes of containers and simple servers
note-stop-first = 先に { $value } を停止してください。動いていると AWS が拒否します
note-parts-first = 先に { $value } を削除してください。残っていると AWS が拒否します
note-kubernetes-leftovers = 削除しても Kubernetes が作ったロードバランサーとボリュームは残り、料金が続きます。先にサービスとボリューム要求を削除してください
note-stop-saves-nothing = 停止しても料金は変わりません。削除するまで課金されます
note-static-ip-stays = 削除しても静的 IP は残り、その料金がかかるようになります
## The network and what runs in it

note-committed = 契約期間が終わるまで終了できません
note-committed-until = { $value } までの契約です。途中では終了できません
note-covers-instances = 該当タイプの起動中インスタンスは、ここに出る定価より請求が少なくなります
## Keys, names, watching
note-locks-data = 削除すると、このキーで暗号化したデータは二度と読めなくなります
note-kept-for-ever = 保持期間が設定されていないため、ログは無期限に残ります
note-records-first = 先に NS と SOA 以外のレコードを削除してください
note-renews-on = { $value } まで支払い済みで、その時に自動更新されます
note-use-sni = 証明書の配信を SNI に切り替えると、この料金はなくなります
note-ends-on-request = 終了できるのは AWS だけです。サポートに依頼してください
## storage, desktops and media
note-delete-first = 先に { $value } を削除する必要があります
note-stop-loses-backups = 停止すると、復旧に使うスナップショットが削除されます
note-free-with-workspaces = WorkSpaces が使っている間は無料です
note-other-locations = ほかのロケーションにあるインスタンスも課金されますが、ここには含まれていません
note-renewed-by-itself = { $value } まで契約済みで、その時点で自動更新されます
note-data-stays = 削除しても保存済みのデータは残り、課金が続きます
note-migration-allowance = 最初のうち (サーバーごとに約 90 日) のレプリケーションは無料で、その後は課金されます
note-last-backup = 削除時に最終バックアップが作られ、削除するまで課金されます
note-versions-first = バージョニングを使っている場合は、先に古いバージョンを削除してください。このコマンドでは消えず、AWS に拒否されます
note-detach-first = 先に、保護しているすべてのリソースから関連付けを外してください。外さないと AWS に拒否されます
note-trial = 最初のうち (アカウントとリージョンごとの無料トライアル期間) は無料で、その後は課金されます
## Machine learning
note-shared-capacity = OCU を { $value } と共有しています。共有する最後の 1 つを削除するまで課金されます
## Numbers, commitments
note-number-lost = 解放した番号は取り戻せません。ほかの人に割り当てられることがあります
note-covers-usage = 対象の利用は、ここに出る定価より請求が少なくなります
note-returnable-until = { $value } まで返却できます: `aws savingsplans return-savings-plan`
note-change-plan = 変更と終了はコンソールでのみ行えます: https://console.aws.amazon.com/support/plans/home
## The network's and EC2's rest
note-in-recycle-bin = ごみ箱にあり、保持期間が終わると AWS が完全に削除します。早く終わらせるには、保持ルールを削除し、復元してから、もう一度削除してください
note-in-recycle-bin-until = ごみ箱にあり、{ $value } に AWS が完全に削除します。早く終わらせるには、保持ルールを削除し、復元してから、もう一度削除してください
note-profile-associations = 1 つのリージョンの関連付けは 100 個まで合わせて、最初の 1 つに示した料金です。最後の 1 つがなくなるまで続きます

## ページ(HTML)
page-findings = 費用がかかっているもの
page-search = 検索
page-types = すべての種類
page-regions = すべてのリージョン
page-end = 止め方
page-days = 日別の請求額(USD、UTC)
page-day = { $date }: { $usd } USD
page-day-estimate = { $date }: この調子が続けば { $usd } USD
page-day-none = { $date }: 金額なし
page-day-mean = { $date }: 平均 { $usd } USD(数日分がまとめて記録されています)
page-days-sentence = 金額のある日は { $count } 日。最も多い日は { $date } の { $usd } USD です
page-key-day = 請求された金額
page-key-estimate = この調子が続いた場合
page-services = サービス別の請求額(USD)
page-others = その他 { $count } サービス
page-explained = サービス別の 1 日あたりの請求額(USD)と、その内訳が見つかったか
page-gaps = 確認できなかったもの
page-coverage = 確認した範囲: リソースの種類 × リージョン
page-coverage-count = { $count } か所を確認
page-console = 請求の明細(AWS コンソール)
page-tile-found = 見つかったもの(USD/月)
page-tile-count = { $count } 件
page-tile-so-far = 今月の請求額(USD)
page-tile-per-day = 1 日あたり(USD)
page-tile-month-end = 月末の見込み(USD)
page-tile-limit = 上限: { $limit }
page-tile-times-limit = 上限({ $limit })の { $times } 倍
page-sign-found = 課金中
page-sign-empty = なし
page-sign-not-offered = 提供なし
page-sign-denied = 権限なし
page-sign-denied-by-organization = 組織が禁止
page-sign-disabled-region = 無効なリージョン
page-sign-failed = 失敗
