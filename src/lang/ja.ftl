## errors
error-heading = エラー:
warning-heading = 警告:
error-denied = 権限 { $action } がありません
error-denied-by-organization = 組織のポリシーが { $action } を拒否しています
error-disabled-region = このリージョンの { $action } では、この認証情報が受け付けられません
error-throttled = AWS が { $action } をスロットリングしています
error-timeout = { $action } に AWS が時間内に応答しませんでした
error-unreachable = { $action } のために AWS に接続できません
error-aws = { $action } が失敗しました
error-request = リクエストを作成できませんでした。guardrail の不具合です
error-wait-failed = 次の手順に必要な状態になりませんでした({ $action })
error-wait-timeout = 次の手順に必要な状態に時間内になりませんでした({ $action })
error-no-credentials = AWS の認証情報が見つかりません
error-aws-profile = AWS プロファイル { $profile } が存在しないか、使える認証情報がありません
error-credentials = AWS がこの認証情報を受け付けません
error-expired = AWS の認証情報の有効期限が切れています
error-no-account = 認証情報がどのアカウントのものか、AWS から応答がありませんでした
error-not-aws = { $action } に AWS 以外のものが応答しました
error-clock = このコンピューターの時計がずれているため、AWS が { $action } を拒否しました
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
error-format = `{ $command }` の出力形式に { $format } はありません
hint-file-of-that-name = その名前のファイルに書き出すには -o ./{ $file } と指定してください。
error-runtime = プログラムを開始できませんでした
error-interrupted = 中断されました
error-not-chosen = ターミナルに接続されていない場合は --{ $option } の指定が必要です
error-not-approved = 何も変更していません。上の計画は承認されていません
error-demo-reads = 練習用アカウントは読み取り専用です
nothing-changed = 何も変更していません
hint-configure = `aws login` か `aws sso login` でサインインするか、`aws configure` でアクセスキーを保存してください。AWS プロファイルが複数あるときは --profile で選びます。
hint-aws-profile = このコンピューターの AWS プロファイルは `aws configure list-profiles` で表示できます。(guardrail 自身のプロファイルは -c で選びます。)
hint-from-variable = この名前は環境変数 { $variable } で指定されています。
hint-in-profile = この名前はプロファイル { $file } にあります。
hint-login = `aws login` か `aws sso login` でサインインし直してください。
hint-not-aws = ネットワークにサインインしてください(ホテルやカフェではサインイン画面が出ます)。またはプロキシの設定(HTTPS_PROXY)と AWS_ENDPOINT_URL を確認してください。
hint-clock = 時計を合わせてから、もう一度実行してください。
hint-demo = まず試すだけなら、`guardrail sweep --demo` は AWS アカウントなしで動きます。
hint-network = ネットワークと、使っている場合は AWS_ENDPOINT_URL を確認してください。
hint-other-account = --profile でそのアカウントの認証情報を選ぶか、--account を外してください。
hint-region-name = リージョンは ap-northeast-1 のように書きます。
hint-regions = このアカウントのリージョン: { $regions }
hint-region-disabled = { $region } に残したものは課金され続けます。コンソール(「アカウント」→「AWS リージョン」)で有効にしてから、もう一度 sweep を実行してください。
hint-resources = `guardrail resources` で一覧を表示します。
hint-families = 分類({ $families })や "rds-*" のようなパターンも指定できます。
hint-output = --output で別の場所を指定してください。
hint-not-chosen = --{ $option } を指定するか、自分のプロファイル(-c)に書いてください。
hint-not-approved = --yes で承認するか、ターミナルで実行してください。
hint-demo-dry-run = --dry-run を付けると計画を表示します。
hint-interrupted = 同じコマンドをもう一度実行すると、続きから再開します。
hint-valid-values = 指定できる値: { $values }
hint-did-you-mean = { $near } のことですか?
hint-help = 使い方は `{ $command } --help` で表示します。
hint-seconds = 1 から 3600 までの整数(秒)で指定してください。
hint-part = 部分の番号(1、2、…)を指定してください。
usage-unexpected = 「{ $argument }」はここでは使えません
usage-unknown-option = オプション { $argument } はありません
usage-unknown-command = コマンド { $command } はありません
usage-value-missing = { $argument } には値が必要です
usage-bad-value = { $argument } に「{ $value }」は指定できません
usage-argument-missing = { $argument } がありません
usage-conflict = { $argument } は { $other } と一緒に使えません
usage-command-missing = コマンドがありません
usage-other = オプションの指定を解釈できません
usage-not-utf8 = 引数が UTF-8 ではありません
language-unknown = GUARDRAIL_LANG={ $name } には対応していません(en、ja)。

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
sweep-safe-narrowed = { $regions } リージョン × { $types } 種類だけを確認し、課金されているものはありませんでした。
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
sweep-bill-so-far = { $month }は現在 { $usd } USD({ $hours } 時間前の時点)
sweep-explained = 1 日あたり { $day } USD のうち { $found } USD。内訳はすべて見つかりました。
sweep-explained-partly = 1 日あたり { $day } USD のうち { $found } USD。見つからないもの: { $names }。
permissions-missing = { $count } 件の権限がありません: { $names }。`guardrail policy sweep` で必要なポリシーを表示できます。
coverage-size = { $regions } リージョン × { $types } 種類。
coverage-size-of = { $regions } リージョン × { $known } 種類のうち { $types } 種類。
scope-narrowed = 指定されたリージョンと種類だけを確認しました。
disabled-regions = 有効でない { $count } リージョンは確認できません。そこに残したものがあれば課金が続きます。
prices-of-one-day = { $first } 時点の AWS 定価(税抜)。
prices-of-days = { $first } から { $last } 時点の AWS 定価(税抜)。
step-look = 確認
step-stop = 停止
step-delete = 削除!
step-end = 終了!
step-then = 続けて
ec2-instance = EC2 インスタンス
group-goes = (一緒に削除されます)
rest-of-findings = ほか { $count } 件: { $names }
legend-irrevocable = 「!」は元に戻せません
legend-open = 「+」一部は金額不明
legend-unknown = 「?」使用量次第または不明
legend-at-most = 「≤」最大
legend-verbose = `-v` ですべて表示
sweep-progress = { $all } 件の問い合わせのうち { $done } 件が完了、{ $findings } 件を検出
billing-stopped = 停止中(ストレージは課金されます)
billing-ending = 削除中
charge-price-unknown = 価格不明
charge-price-old = { $day } 時点の価格
charge-price-weak = { $day } 時点の未確認の価格
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
gap-expired = AWS のセッションの有効期限が切れました。`aws login` または `aws sso login` でサインインし直してから、もう一度実行してください。
gap-refused = どのリージョンも認証情報を受け付けなくなりました。アクセスキーが無効にされたか削除された可能性があります。`aws sts get-caller-identity` で確認できます。
gap-not-aws = AWS の応答の代わりに、Web ページまたは AWS のものではない証明書が返されました。ネットワークにサインインするか、プロキシの設定(HTTPS_PROXY)を確認してください。
gap-clock = このコンピューターの時計がずれているため、AWS にリクエストを拒否されました。時計を合わせてから、もう一度実行してください。
gaps-alike = { $count } 件の確認: { $why }
gap-other = { $action } が失敗しました: { $message }
and-more = ほか { $count }
scope-regions = リージョン: { $names }
scope-types = 調べた種類はこれだけ: { $names }
scope-not-enabled = 無効なリージョン: { $names }
output-written = { $file } に書き込みました。

## what is kept
note-kept = 意図して残しています。期限と理由: { $value }
note-keep-unused = プロファイルの keep にある { $value } は見つかりませんでした。この項目は削除できます。
note-keep-ended = 残す期限が過ぎました: { $value }

## safeguards
plan-heading = アカウント { $account } · プロファイル { $profile } · リージョン us-east-1
plan-summary = 計画(安全対策 { $all } 個): 作成 { $create }、変更 { $update }、削除 { $remove }、設定済み { $same }{ $unknown ->
    [0] {""}
   *[other] 、確認できず { $unknown }
}。費用は合計 { $usd } USD/月です。
plan-nothing = 変更はありません。{ $same } 個の安全対策のすべての項目がプロファイルと一致しています。
plan-nothing-possible = { $all } 個の安全対策を 1 つも確認できなかったため、計画を作成できません。何も変更していません。理由は上に示したとおりです。
plan-nothing-seen = 必要な変更は見つかりませんでしたが、{ $all } 個の安全対策のうち { $unknown } 個は確認できませんでした。
removal-summary = 計画: 削除 { $remove }。guardrail が作成したものだけを削除します。
removal-nothing = 変更はありません。このアカウントに guardrail が作成したものはありません。
applied-summary = 完了: 作成 { $create }、変更 { $update }、削除 { $remove }。設定できたことも確認しました。
removed-summary = 完了: 削除 { $remove }。
applied-partly = { $all } 個の安全対策のうち { $failed } 個を設定できませんでした。上の原因を解消してからもう一度実行すると、続きから再開します。
check-ok = { $all } 個の安全対策はすべてプロファイルどおりで、警告も届きます。
check-waiting = { $all } 個の安全対策はすべてプロファイルどおりですが、まだ確認できないものがあります。上の「待機中」をご覧ください。
check-incomplete = { $seen ->
    [0] 安全対策を 1 つも確認できませんでした。理由は上に示したとおりです。
   *[other] 確認できなかったものがあります。上の「?」と「不明」をご覧ください。確認できた { $seen } 個の安全対策はプロファイルどおりです。
}
check-broken = 安全対策はありますが、警告が届きません。上の「異常」をご覧ください。
permissions-of-command = 必要な権限をすべて含む IAM ポリシーは `guardrail policy { $command }` で表示できます。
check-drift = { $all } 個の安全対策のうち { $wrong } 個がプロファイルと異なります。`guardrail init` で修正できます。{ $unknown ->
    [0] {""}
   *[other] { $unknown } 個は確認できませんでした。
}
row-will-create = 作成予定 · { $usd } USD/月
row-will-update = 変更予定
row-will-remove = 削除予定
row-created = 作成済み
row-updated = 変更済み
row-removed = 削除済み
row-failed = 失敗
row-skipped = 見送り(必要な安全対策がありません)
row-unknown = 確認できませんでした
row-unchanged = 変更なし
row-ok = プロファイルどおり
row-missing = なし
row-drifted = プロファイルと相違
row-unwanted = プロファイルにないものが存在
value-none = (なし)
plan-stated = { $field }: { $value }
plan-also-warns = ~ { $object }: 通知先に { $who } を追加({ $alerts })
plan-warns-no-more = ~ { $object }: 通知先から { $who } を削除({ $alerts })
plan-the-topic = 通知トピック
alert-actual = 実績が { $above } 超
alert-forecast = 予測が { $above } 超
month = { $year } 年 { $month } 月
unit-hrs = 時間
unit-gb-mo = GB・月
chain-heading = 警告は届くか
status-ok = 正常
status-waiting = 待機中
status-broken = 異常
status-unknown = 不明
applying = 設定中: { $name }
removing = 削除中: { $name }
ask-email = 警告を受け取るメールアドレス
ask-limit = 1 か月の上限額(米ドル)
ask-approve = 実行しますか?
about-notification-topic = すべての警告をメールで届ける SNS トピック(AWS の通知サービスの送信口)です。
about-billing-alarm = 今月の概算請求額を監視する CloudWatch アラームです。金額は AWS が 1 日に数回更新します。
about-zero-spend-budget = 最初の 1 セントで警告します。
about-monthly-budget = 月の上限額に近づいたときと、超えると予測されたときに警告します。
about-free-tier-budgets = 無料利用枠を使い切る前に警告します。
about-trail = 誰が何を操作したかを、全リージョンにわたって専用のバケットにログファイルとして記録します。
note-adopted = すでに { $value } が同じ役割を果たしているため、変更しません
note-not-ours = { $value } は guardrail と同じ名前ですがタグがないため、変更しません
note-not-wanted = プロファイルに含まれていません
note-alarm-allowance = アラームはアカウントごとに 10 個まで無料です。それ以降は 1 個につき月 0.10 USD かかります。
proof-subscription-confirmed-ok = { $subject } はサブスクリプションの確認が済んでいます
proof-subscription-confirmed-waiting = { $subject } はまだ確認されていません。件名「AWS Notification - Subscription Confirmation」のメールを開き、{ $value ->
    [none] 48 時間以内
   *[other] { $value } まで
}に「Confirm subscription」を押してください(迷惑メールも確認してください)
proof-subscription-confirmed-broken = { $subject } は通知先に登録されていません。`guardrail init` を実行すると確認メールが再送されます
proof-subscription-confirmed-unknown = { $subject } が確認済みかどうかは不明です({ $value } が失敗しました)
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
field-emails = 送信先
field-may-publish = ポリシーステートメント
field-alarms = アラーム
field-budgets = 予算
field-bucket = バケット
field-trail = 証跡
field-threshold-usd = しきい値
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
title-safeguards = guardrail: 安全対策
title-resources = guardrail: リソースの種類
column-account = アカウント
column-region = リージョン
column-resource = リソース
column-id = ID
column-name = 名前
column-billing = 状態
column-charges = 内訳
column-usd-per-hour = USD/時
column-usd-per-month = USD/月
column-created-at = 作成
column-notes = 備考
column-commands = コマンド
column-look-command = 先に中身を確認
column-stop-command = 停止
column-delete-command = 削除(元に戻せません)
column-owner = 所属先
column-owner-command = 所属先の終了
column-at-least = 下限
column-safeguard = 安全対策
column-state = 状態
column-action = 操作
column-result = 結果
column-changes = 変更
column-proof = 確認
column-bills = 課金方式
column-reads = IAM アクション
profile-good = プロファイル { $name } に問題はありません。

## help
help-heading-usage = 使い方:
help-heading-commands = コマンド:
help-heading-arguments = 引数:
help-heading-options = オプション:
help-guardrail =
    AWS の想定外の請求を防ぎます。
    AWS が推奨するアラートを設定し、課金が続いているものを洗い出します
help-guardrail-more =
    例:
      guardrail sweep --demo              AWS アカウントなしで試す
      guardrail init --email you@example.com --limit 10
      guardrail sweep                     作業を終える前に確認する

    環境変数:
      GUARDRAIL_CONFIG                    guardrail のプロファイル(-c と同じ)
      GUARDRAIL_LANG                      言語(--lang と同じ)
      GUARDRAIL_CONFIG_DIR                設定の保存先(~/.config/guardrail)
      GUARDRAIL_STATE                     履歴: フォルダーか s3://bucket/prefix
      GUARDRAIL_CACHE_DIR                 価格のキャッシュ(~/.cache/guardrail)
      NO_COLOR、COLUMNS                   色なし、出力の幅
      AWS_PROFILE、AWS_ENDPOINT_URL など  ほかの AWS ツールと同じ

    終了コード: 0 完了(検出なし) · 1 失敗 · 2 使い方の誤り
      3 一部未確認 · 10 検出あり · 130 中断
help-init = 安全対策を設定します(計画を表示し、承認後に適用して確認します)
help-init-more =
    例:
      guardrail init --dry-run            計画を表示するだけ
      guardrail init --email you@example.com --limit 10

    終了コード: 0 設定完了 · 2 未承認 · 3 一部未完了 · 10 警告が届かない
help-check = アカウントをプロファイルと比べ、警告が届くかを確認します
help-check-more =
    例:
      guardrail check
      guardrail check --send-test         テストメールを送る

    終了コード: 0 プロファイルどおりで警告も届く · 3 未確認あり · 10 相違あり
help-remove = init が作成したものだけを削除します
help-remove-more =
    例:
      guardrail remove --dry-run          削除するものを表示するだけ
      guardrail remove
help-sweep = 全リージョンで、課金が続いているものとその金額を調べます
help-sweep-more =
    例:
      guardrail sweep --regions ap-northeast-1,us-east-1
      guardrail sweep --resources databases,"ec2-*"
      guardrail sweep -o report.html      レポートを Web ページにする

    終了コード: 0 課金されているものなし · 10 あり · 3 検出なし(一部未確認)
help-resources = sweep が調べるリソースの種類と課金方式を一覧表示します
help-resources-more =
    例:
      guardrail resources
      guardrail resources --format json   種類ごとの IAM アクションも含む
help-policy = コマンドに必要な最小限の IAM ポリシーを出力します
help-policy-more =
    例:
      guardrail policy check > policy.json
      guardrail policy sweep --part 1     AWS のサイズ制限に合わせて分割
help-profile = guardrail のプロファイル(何を設定し、誰に知らせ、何を調べるか)
help-profile-more =
    例:
      guardrail profile show personal     すべての設定を説明付きで表示
      guardrail profile check ./my.toml
help-profile-list = 付属のプロファイルを一覧表示します
help-profile-show = プロファイルを表示します
help-profile-check = プロファイルに誤りがないか確認します
help-completions = シェルの補完スクリプトを出力します
help-completions-more =
    例:
      guardrail completions bash > ~/.local/share/bash-completion/completions/guardrail
      guardrail completions fish > ~/.config/fish/completions/guardrail.fish
      guardrail completions zsh > ~/.zfunc/_guardrail
help-man = マニュアルページを出力します
help-man-command = コマンド(省略時はプログラム全体のページ)
help-help-command = コマンド
help-config =
    guardrail のプロファイル: 付属のプロファイル名または
    ファイル(AWS プロファイルではありません)
help-name = 付属のプロファイル名またはファイル
help-aws-profile = 認証情報に使う AWS プロファイル名
help-region =
    API 呼び出しに使う AWS リージョン
    (stop と delete はここだけを対象にします。
    スイープの範囲は --regions で指定します)
help-account = これ以外のアカウントでは実行しません
help-format = 出力形式: text、json、csv、csv-excel、markdown、html
help-output =
    レポートをファイルに一括で書き込みます
    (形式は拡張子に従い、- は標準出力)
help-lang = 言語: en または ja
help-color = 色: auto、always、never
help-quiet = 結果だけを出力します
help-verbose = 詳細を表示します
help-demo =
    内蔵の練習用アカウントを使います
    (認証情報もネットワークも不要)
help-help = ヘルプを表示します
help-version = バージョンを表示します
help-init-email = 警告を受け取るメールアドレス(複数指定できます)
help-init-limit = 1 か月の上限額(米ドル)
help-dry_run = 計画だけを表示し、何も変更しません
help-yes = 確認なしで計画を承認します
help-remove-delete_logs =
    証跡(操作の記録)のログファイルも削除します
    (指定がなければ、ログのあるバケットは残します)
hint-region-narrows-nothing = --region は認証情報のホームリージョンを指定するだけです。確認するリージョンを絞るには --regions { $region } を使います。
help-sweep-regions = これらのリージョンだけを調べます
help-sweep-resources = これらの種類、分類、パターン("rds-*")だけを調べます
help-sweep-exit_zero = 課金が続くものがあっても終了コードを 0 にします
help-sweep-offline_prices =
    AWS の価格表を読まず、内蔵の価格だけを使います
help-sweep-timeout =
    待つ秒数の上限(60。組織ではアカウントごとに 300)
    応答がない場所は未確認として報告します
help-policy-commands =
    sweep、bill、appeal、advice、init、check、
    remove、send-test(check --send-test 用)、
    who、notify(sweep 用)、stop、delete、schedule、
    history(S3 の履歴用)。省略時は stop、delete、
    schedule、history を除くすべて
help-completions-shell = bash、zsh、fish、elvish、powershell

## profile
error-profile =
    プロファイル { $file } に誤りがあります:
    { $snippet }
error-profile-unknown = { $name } という guardrail のプロファイルはありません
error-profile-unreadable = プロファイル { $file } を読み込めません
hint-profile-names = 付属のプロファイル: { $names }。自分のファイルはパスで指定します: ./my.toml
hint-profile-nearest = { $name } のことですか?
profile-unknown-field = { $name } という項目はありません。書ける項目: { $known }
profile-unknown-value = { $value } という値は使えません。使える値: { $known }
profile-missing-field = { $name } がありません
profile-must-be-list = 角かっこで囲んだリストで書いてください: ["…"]
profile-must-be-text = 引用符で囲んだ文字列で書いてください: "…"
profile-must-be-switch = 引用符を付けずに true か false を書いてください
profile-must-be-table = テーブルで書いてください。角かっこで囲んだ名前を 1 行に書き、その下に項目を書きます
profile-stated-twice = 同じものが 2 回書かれています
profile-wide-space = この行に全角スペース(U+3000)があります。半角スペースに直してください
profile-not-toml = TOML として読み取れません: { $message }
profile-extends-no-file = ファイル { $name } がありません。パスはこのファイルからの相対パスです
profile-extends-unknown = { $name } というプロファイルはありません。{ $names } のいずれか、またはファイルのパス("./base.toml")を書いてください
profile-extends-cycle = { $name } はこのプロファイル自身を継承しているため、循環しています
profile-extends-deep = プロファイルの継承が { $most } 段を超えています。ここで { $name } を継承するのをやめてください
profile-alarms-twice = percent_of_limit と thresholds_usd は、どちらか一方だけを書いてください
profile-too-many-emails = 通知先は { $most } 件までですが、{ $count } 件あります。グループのアドレスを使ってください
profile-too-many-alarms = アラームは { $most } 個まで(AWS の無料利用枠は 10 個)ですが、{ $count } 個あります
profile-too-many-notifications = 1 つの予算の通知は(実績と予測を合わせて){ $most } 個までですが、{ $count } 個あります
profile-no-notification = この予算は一度も通知しません。割合を書くか、enabled = false にしてください
profile-percent = 割合は 1 から { $most } までの整数で書いてください({ $value } は使えません)
profile-days = 日数は 1 から { $most } までの整数で書いてください({ $value } は使えません)
profile-quantity = 無料利用枠の量は 0 より大きい数で書いてください({ $value } は使えません)
profile-region = { $value } はリージョン名ではありません(例: ap-northeast-1)
profile-date = 日付は 2027-03-31 の形で書いてください({ $value } は使えません)
profile-kebab = { $value } は使えません。英小文字と数字をハイフンでつないで書いてください(例: ec2-instance)
profile-iam-name = { $value } は IAM の名前ではありません。パスを付けず、英数字と _+=,.@- だけで書いてください
profile-too-many-targets = 1 つのリストには { $most } 件まで書けますが、{ $count } 件あります
profile-action-no-target = 対象がありません。users、groups、roles のいずれかを書くか、enabled = false にしてください
profile-empty = 空にすることも、改行を入れることもできません
profile-name-twice = { $name } という名前が 2 回使われています
profile-usage-one-of = usage_type か usage_type_group のどちらか一方だけを書いてください
profile-keep-one-of = 残すものの id か name のどちらか一方だけを書いてください
error-email = 「{ $value }」はメールアドレスではありません(例: you@example.com)
error-email-long = メールアドレスは { $most } 文字までです
error-limit-not-a-number = 「{ $value }」は米ドルの金額ではありません。5 や 5.50 のように書いてください
error-limit-negative = 金額は 0 より大きくしてください({ $value } は使えません)
error-limit-zero = 金額は 0 より大きくしてください。最小は 0.01 です(最初の 1 セントはゼロ支出予算が警告します)
error-limit-huge = { $value } は 1,000,000 米ドルを超えています
error-limit-cents = { $value } は小数点以下が 2 桁を超えています。5.50 のようにセントまでで書いてください
error-memory-no-home = 設定フォルダーの場所がわかりません。{ $env } で指定してください
error-memory-read = このアカウントの保存済みの設定を読み込めません: { $file }
error-memory-corrupt = このアカウントの保存済みの設定が壊れています: { $file }
hint-memory-corrupt = そのファイルを削除してください。次の `guardrail init` で入力し直すと再作成されます。AWS 側には影響しません。
hint-memory-write = 以後のコマンドは、この設定を参照できません。書き込める場所を { $env } で指定するか、プロファイル(-c)に書いてください。
error-memory-write = このアカウントの設定を保存できません: { $file }
error-memory-forget = このアカウントの保存済みの設定を削除できません: { $file }
## notes
note-restarts-by-itself = { $value } に AWS が自動で起動します
note-restarts-by-itself-week = 遅くとも 7 日後に AWS が自動で起動します
note-extended-support = バージョンの標準サポートは終了しています。アップグレードまたは削除するまで延長サポートの料金がかかります(本体より高いことも多く、停止しても止まりません)
note-extended-support-third-year = 延長サポートの 3 年目です。アップグレードまたは削除するまで料金は以前の 2 倍です(停止しても止まりません)
note-extended-support-from = バージョンの標準サポートが終了し、{ $value } から延長サポートの料金がかかります(本体より高いことも多くあります)。その前にアップグレードしてください
note-starts-now = 起動中です。起動後は通常どおり課金されます
note-members-first = 先にインスタンスを削除してください
note-snapshot-of = { $value } のスナップショットです
note-backup-allowance = このリージョンで実行中のデータベースの容量までは無料で、超えた分が課金されます
note-cold-storage = コールドストレージのデータにも課金されます

## notes

note-address-stays = 削除しても Elastic IP アドレスは残り、課金が続きます
note-attached-to = アタッチ先: { $value }
note-delete-only = 停止はできません。削除のみ可能です
note-deleted-with-instance = インスタンスと一緒に削除されます
note-instance-store = インスタンスストアで動いているため停止できません。終了するとデータは失われます
note-managed-by = { $value } が管理しています。EC2 からは操作できないため、管理元で終了してください
note-mac-a-day = Mac ホストは割り当てから 24 時間は解放できません
note-on-dedicated-host = 専有ホストで動いています。料金はインスタンスではなくホストにかかります
note-spot-price = スポットインスタンスのため、料金は需要により変動し、価格表にはありません
note-service-managed = AWS のサービス({ $value })が使用しています。そのサービス側のリソースを削除すると解放されます
note-unattached = どこにもアタッチされていません
note-usage-extra = このほかに、使用量(通信量、リクエスト数)に応じた料金がかかります

## budgets
note-elsewhere = リージョンは { $value } です。組織のポリシーが us-east-1 での作成を禁止しています。
note-by-email-only = us-east-1 にトピックができるまでは、メールだけで警告します。AWS Budgets は検証済みのアドレスにしか送信しません。
note-budgets-free = 通知だけの予算に料金はかかりません。
proof-budget-alerts-ok = すべてのアラートにすべての通知先が設定されています: { $subject }
proof-budget-alerts-broken = 予算 { $subject } のアラートまたは通知先が不足しているため、警告が届かないおそれがあります。`guardrail init` を実行すると修復できます

## trail
note-first-copy-free = 管理イベントは最初の 1 コピーが無料です。証跡(操作の記録)を 2 つ以上作ると、2 つ目以降はイベントごとに課金されます。
note-log-storage = ログファイルは期限切れで削除されるまで S3 のストレージとして課金されます。通常は月に数セントです。
note-bucket-kept = バケット { $value } にはログが残っているため、削除しませんでした。ログは期限切れで削除されるまで S3 のストレージとして課金されます。
proof-trail-logging-ok = { $subject } は全リージョンを記録しています
proof-trail-logging-broken = { $subject } は記録を停止しています。アカウントでの操作が記録されていません
proof-trail-delivers-ok = { $subject } のログファイルは配信されています
proof-trail-delivers-waiting = { $subject } のログファイルはまだ配信されていません。最初の配信には 15 分ほどかかります
proof-trail-delivers-broken = { $subject } のログファイルを配信できません。バケットとそのポリシーを確認してください
note-bucket-taken = バケット名 { $value } は使用できません。別のアカウントまたは別のリージョンで使われています。ご自身のバケットであれば、s3:ListBucket を許可するか、別のリージョンにある場合は削除してください。ご自身のものでなければ、プロファイルで証跡を無効にしてください。

## billing alerts
about-billing-alerts = アラームが監視する今月の概算請求額を、AWS が公開するようにします。
note-alerts-for-good = 一度有効にすると、AWS では無効に戻せません。料金はかかりません。
note-alerts-stay = 有効のまま残ります(AWS では無効にできません)。料金はかかりません。
note-free-plan = このアカウントは AWS の無料プランです。{ $value } まで、またはクレジットを使い切るまで、料金は請求されません。その後はアップグレードしないかぎり AWS が閉鎖します。
note-member-of = このアカウントはアカウント { $value } の組織に属しています。料金はそのアカウントが支払い、ここで設定できることを制限している場合があります。
note-project-account = アカウント { $value } の組織にある AWS の「プロジェクト」のようです。us-east-1 でのトピック、証跡、新しいアラームは AWS が禁止しています。許可されているものはすべて設定します。残りを設定するには、AWS Settings で高度な機能を有効にする必要があり、これは元に戻せません。
note-root-must-allow-billing = この認証情報では請求に関する操作が拒否されます。ルートユーザー(アカウント作成時のメールアドレス)で一度サインインし、「アカウント」→「IAM ユーザーおよびロールによる請求情報へのアクセス」を有効にしてください。
note-payer-must-enable-budgets = このアカウントではまだ予算を使えません。支払いアカウントの管理者に、Budgets か Cost Explorer を一度開いてもらってください。約 1 日後に `guardrail init` をもう一度実行してください。
note-denied-by-organization = 組織のサービスコントロールポリシーが一部を禁止しています。許可できるのは組織の管理者だけです。
proof-billing-alerts-on-ok = AWS はこのアカウントの概算請求額を公開しています
proof-billing-alerts-on-unknown = 概算請求額が公開されているかどうかは不明です。コンソールの「請求」→「請求設定」→「アラート設定」で「CloudWatch 請求アラートを受け取る」にチェックを入れてください
proof-metric-has-data-ok = 概算請求額は最新です(最後の更新: { $subject })
proof-metric-has-data-waiting = 概算請求額はまだありません。AWS は 1 日ほどで最初の値を公開します
proof-metric-has-data-broken = 概算請求額が { $subject } から更新されていないため、アラームは機能しません。コンソールの「請求」→「請求設定」→「アラート設定」をご覧ください。「CloudWatch 請求アラートを受け取る」が有効なら、AWS サポートにお問い合わせください(請求に関する質問は無料です)
proof-metric-needs-alerts-broken = 概算請求額が公開されていないため、アラームは機能しません。`guardrail init` を実行して請求アラートを有効にしてください
proof-metric-has-data-unknown = 概算請求額がありませんが、AWS は理由を示しません。新しいアカウントか、請求アラートが無効(「請求」→「請求設定」→「アラート設定」)か、値が提供されない AWS パートナーネットワークのアカウントの可能性があります。その場合も予算は警告します
proof-metric-needs-payer-broken = 概算請求額がこのアカウントに届かないため、アラームは機能しません。支払いアカウント { $subject } の管理者に、「請求」→「請求設定」→「アラート設定」で「CloudWatch 請求アラートを受け取る」を有効にするよう依頼してください。その場合も予算は警告します
proof-alarm-is-ringing-ok = { $subject } はアラーム状態です。今月の請求額がしきい値を超えています
proof-alarm-stuck-broken = 概算請求額は公開されていますが、{ $subject } はデータを受け取っていません。削除(aws cloudwatch delete-alarms --region us-east-1 --alarm-names { $subject })してから `guardrail init` を実行すると再作成されます
## anomaly detection
about-anomaly-detection = このアカウントの普段と異なる支出を AWS が検出し、その原因を知らせます。
error-cost-explorer-off = このアカウントでは、AWS がまだ Cost Explorer を有効にしていません
note-anomaly-calls = 異常検出そのものは無料です。設定と確認に使う数回の API リクエスト(check では 3 回)に、AWS が 1 回あたり 0.01 USD を課金することがあります。
note-kept-in-use = guardrail が作成していないものが使用しているため、{ $value } は残しました
proof-anomaly-alerts-ok = { $subject } は普段と異なる支出をトピックに通知します(検出が始まるまで 1 日、新しく使うサービスでは 10 日かかります)
proof-anomaly-alerts-waiting = { $subject } はまだ設定できません。最初の予算を作成してから 1 日ほどで AWS が Cost Explorer を有効にしますので、その後に `guardrail init` を実行してください。組織のアカウントでは、管理アカウントで有効にする必要があります
proof-anomaly-alerts-broken = { $subject } がモニターに関連付けられていないか、トピックが確認済みの通知先になっていません。`guardrail init` を実行してください
field-watches-services = 全サービスの監視
field-subscriptions = サブスクリプション数
field-frequency = 通知の頻度

## budget action
about-budget-action = 月の上限額を使い切ると、高額なリソースの作成と起動を拒否するポリシーを AWS がアタッチします。停止と削除はできます。
note-action-caller = プロファイルに指定がないため、このコマンドを実行する IAM ユーザーまたはロールが対象になります。ほかの対象は [budgets.action] の users、groups、roles で指定してください。
note-action-cost = アクション付きの予算は 2 つまで無料です(月 62 予算日)。それ以降は 1 つにつき 1 日 0.10 USD かかります。
note-action-no-target = 設定しません。プロファイルに対象の指定がなく、ルートユーザーと IAM Identity Center のロールにはポリシーをアタッチできません。[budgets.action] の users、groups、roles で指定してください。
proof-action-ready-ok = 予算 { $subject } のアクションは設定されています
proof-action-ready-broken = 予算 { $subject } のアクションが失敗しました。コンソール(「予算」→ { $subject } →「アクション」)で確認してください。対象のユーザーやロールが削除されたか、すでに 10 個のポリシーがアタッチされていることがよくあります
proof-action-ready-unknown = 予算 { $subject } のアクションの状態を判別できません。コンソール(「予算」→ { $subject } →「アクション」)で確認してください
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
proof-topic-encryption-broken = トピックが { $subject } で暗号化されています。アラームと予算はこのキーを使えないため、警告は何の通知もなく失われます(よくある問題です)。`guardrail init` を実行すると暗号化を解除します
proof-topic-encryption-unknown = トピックが { $subject } で暗号化されています。キーポリシーで cloudwatch.amazonaws.com、budgets.amazonaws.com、costalerts.amazonaws.com に kms:GenerateDataKey* と kms:Decrypt を許可していないと、警告が失われます
proof-subscription-expired-broken = { $subject } は 48 時間以内に確認されず、AWS がサブスクリプションを削除しました。`guardrail init` を実行すると確認メールが再送されます
proof-subscription-left-broken = { $subject } は受信者(またはリンクを開いたメール検査)によってサブスクリプションが解除されました。誤りであれば次を実行してください: guardrail init --email { $subject }
proof-budget-email-verified-ok = { $subject } は予算メールの宛先として AWS が検証済みです
proof-budget-email-verified-waiting = { $subject } は予算メールの宛先としてまだ検証されていません。このアカウントにサインインした状態で、AWS の検証メールのリンクを 12 時間以内に開いてください。再送は AWS Budgets のコンソールからできます
proof-budget-email-verified-unknown = { $subject } が予算メールの宛先として検証済みかどうかは不明です。AWS Budgets のコンソールで予算を開き、未検証であれば検証メールを送って、このアカウントにサインインした状態で 12 時間以内にリンクを開いてください
help-check-send_test =
    テストメッセージを送り、請求アラームを作動させます
    (メールが届くだけで、ほかは変更しません)
hint-demo-check = --send-test を付けなければ、check は読み取りだけを行います。
hint-send-test = テストには `guardrail init` が設定する安全対策と、`guardrail policy send-test` の権限が必要です。
send-test-message = これは guardrail によるテストです。AWS の請求に関する警告がこの宛先に届くことを確かめています。何も起きていませんので、対応は不要です。
send-test-sent = 送信しました。{ $emails } の受信トレイに件名「{ $subject }」のメールが届くはずです。作動させられる請求アラームはありませんでした。数分たっても届かない場合は、迷惑メールを確認してください。
send-test-rung = 送信しました。{ $emails } の受信トレイに件名「{ $subject }」のメールと、「ALARM:」で始まるメール { $count } 通({ $alarms })が届くはずです。アラームは元の状態に戻しました。数分たっても届かない場合は、迷惑メールを確認してください。
send-test-nobody = 送信しましたが、確認の済んだ宛先がまだないため、誰にも届きません。先にサブスクリプションを確認してから、もう一度テストを送ってください。

## live prices
prices-cache-discarded = 警告: { $file } に保存した価格を読めないため({ $message })、破棄しました。価格は取得し直します。
prices-not-live-denied = AWS の価格表から取得できなかった価格があり(権限がありません: pricing:GetProducts)、保存済みまたは内蔵の価格を使っています。
prices-not-live-denied-by-organization = AWS の価格表から取得できなかった価格があり(組織が pricing:GetProducts を禁止しています)、保存済みまたは内蔵の価格を使っています。
prices-not-live-throttled = AWS の価格表から取得できなかった価格があり(スロットリング)、保存済みまたは内蔵の価格を使っています。残りは次回の sweep で取得します。
prices-not-live-timeout = AWS の価格表から時間内に取得できなかった価格があり、保存済みまたは内蔵の価格を使っています。残りは次回の sweep で取得します。
prices-not-live-unreachable = AWS の価格表から取得できなかった価格があり(接続できません)、保存済みまたは内蔵の価格を使っています。
prices-not-live-other = AWS の価格表から取得できなかった価格があり、保存済みまたは内蔵の価格を使っています。

## bill
bill-heading = アカウント { $account } · { $month }の請求 · { $at }
bill-so-far = { $month }はこれまで { $usd } USD({ $at } 時点、{ $hours } 時間前)
bill-nothing-yet = { $month }の金額はまだありません(最後の金額は { $at }、{ $hours } 時間前)
bill-per-day = 1 日あたり { $usd } USD
bill-per-day-unknown = 1 日あたりの額を計算できるだけの金額がまだありません
bill-month-end = 月末には約 { $usd } USD
bill-month-end-limit = 月末には約 { $usd } USD(上限額: { $limit } USD)
bill-month-end-beyond = 月末には約 { $usd } USD(上限 { $limit } USD の { $times } 倍)
bill-no-figures = AWS から請求額が公開されていません。請求アラートが無効か(コンソール: 「請求」→「請求設定」→「アラート設定」→「CloudWatch 請求アラートを受け取る」)、アカウントが新しいためです。
bill-figures-unread = 請求額を読み取れませんでした: { $why }。
bill-days-up-to = { $from }〜{ $to }
bill-utc = AWS の請求は UTC の月単位です。今月は { $at } に終わります。
bill-utc-local = AWS の請求は UTC の月単位です。今月は { $at }(お使いの時刻では { $local })に終わります。
bill-services = サービス別の今月の請求額(USD)
bill-service-per-day = 1 日 { $usd }
bill-rest = (どのサービスにも含まれない額)
bill-usage-types = { $region } の使用タイプ別の今月の請求額(USD)
bill-days = 日別の請求額(USD、UTC)
bill-region = { $region }: これまで { $usd } USD
bill-region-disabled = { $region }: これまで { $usd } USD。このリージョンは無効です。有効にすると、課金の内容を確認して止められます
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
bill-not-read = 読み取れませんでした。理由は下に示します。
bill-not-compared = この結果とは照合していません。`guardrail bill` で確認できます。
compared-heading = 1 日あたりの請求額(USD)
compared-explained = 上の一覧で内訳がわかります
compared-known = 名前のとおりの料金です
compared-partly = 一部だけ内訳がわかります(見つかったものは { $usd })
compared-unexplained = 原因不明: 該当するリソースが見つかりません
unexplained = { $service } に 1 日あたり { $usd } USD の請求がありますが、該当するリソースが見つかりません。
note-new-since-bill = 請求額の最後の更新({ $value })より後に作成されました
note-not-on-bill = { $value } 時点の請求には含まれていません。無料利用枠かクレジットが適用されている可能性があります
note-data-transfer = AWS の外、またはリージョンやアベイラビリティーゾーンの間のデータ転送です。一覧にする API はなく、考えられる原因は `guardrail bill` で調べられます
note-requests = リクエスト、クエリ、保存データなど、使用量に応じた料金です
note-support-plan = アカウントのサポートプランの料金です
note-tax = ほかの料金にかかる税です
note-type-not-covered = このサービスは guardrail がまだ対応していません
note-unpriced = 見つかったものの一部は価格が不明です
note-not-looked-at = 確認できなかった場所があります
note-ended-since = 最近終了したリソースかもしれません。最後の料金は最大 1 日遅れて請求に現れます
note-in-disabled-region = 無効な { $value } リージョンのどれかにあるリソースかもしれません
note-use-on-top = 見つかったものの通信やリクエストなど、使用量に応じた料金です
cost-explorer-costs = Cost Explorer へのリクエストには、AWS が 1 回あたり 0.01 USD を課金します。2 回({ $usd } USD)実行し、結果が長い場合は 1 ページごとに 1 回増えます。
nothing-spent = リクエストしていません。料金もかかっていません
hint-cost-explorer = --yes で同意するか、--cost-explorer を外してください。
title-bill = guardrail: 請求額
column-part = 区分
column-amount = 量
column-unit = 単位
column-per-day = USD/日
column-forecast = 予測
column-limit = 上限
column-percent = %
help-bill = 今月の請求額、1 日あたりの額、月末の見込みを無料で表示します
help-bill-more =
    例:
      guardrail bill
      guardrail bill -o bill.csv          表計算ソフト用
help-bill-cost_explorer =
    Cost Explorer でリージョンと使用タイプ別の額も
    調べます(無効なリージョンも)。0.02 USD が課金されます
help-bill-yes = その料金に同意します
help-sweep-no_bill = 見つかったものを請求額と照合しません

## Many small things, what belongs to what, and where was looked
group-count = { $count } 件
belongs-to = { $name } { $id } の一部です。先にそちらを終了してください
coverage-heading = 確認範囲(リソースの種類 × リージョン)
coverage-signs = # 課金あり、. なし、- 提供なし、! 権限なし、O 組織が禁止、x 無効なリージョン、? 失敗
policy-in-parts = AWS の管理ポリシー 1 つの上限(6,144 文字)を超えています。`--part 1` から `--part { $count }` で { $count } つのポリシーに分けて出力できます。すべてアタッチしてください。
error-policy-part = その番号はありません。ポリシーは { $count } つに分かれます
help-policy-part = 長いポリシーのうち、この番号の部分だけを出力します
## notes of containers and simple servers
note-stop-first = 先に { $value } を停止してください。動いていると AWS が拒否します
note-parts-first = 先に { $value } を削除してください。残っていると AWS が拒否します
note-kubernetes-leftovers = 削除しても Kubernetes が作成したロードバランサーとボリュームは残り、課金が続きます。先にサービスとボリューム要求を削除してください
note-stop-saves-nothing = 停止しても料金は変わりません。削除するまで課金されます
note-static-ip-stays = 削除しても静的 IP は残り、その料金がかかるようになります
## The network and what runs in it

note-committed = 契約期間が終わるまで終了できません
note-committed-until = { $value } までの契約です。途中では終了できません
note-covers-instances = 該当タイプの実行中インスタンスは、請求額がここに示す定価より低くなります
## Keys, names, watching
note-locks-data = 削除すると、このキーで暗号化したデータは二度と読めなくなります
note-kept-for-ever = 保持期間が設定されていないため、ログは無期限に保持されます
note-records-first = 先に NS と SOA 以外のレコードを削除してください
note-renews-on = { $value } まで支払い済みで、その時点で自動更新されます
note-use-sni = 証明書の配信を SNI に切り替えると、この料金はなくなります
note-ends-with = { $value } に属し、それと一緒に終了します
note-ends-by-itself = 処理が終わると自動的に終了します
note-ends-on-request = 終了できるのは AWS だけです。サポートに依頼してください
## storage, desktops and media
note-delete-first = 先に { $value } を削除する必要があります
note-stop-loses-backups = 停止すると、復旧に使うスナップショットが削除されます
note-free-with-workspaces = WorkSpaces が使っている間は無料です
note-other-locations = ほかのロケーションにあるインスタンスも課金されますが、ここには含まれていません
note-renewed-by-itself = { $value } まで支払い済みで、その後は自動更新されます
note-data-stays = 削除しても保存済みのデータは残り、課金が続きます
note-migration-allowance = レプリケーションは最初の期間(サーバーごとに約 90 日)は無料で、その後は課金されます
note-last-backup = 削除時に最終バックアップが作られ、削除するまで課金されます
note-no-command = コマンドは表示しません。AWS CLI がこの名前をオプションやファイルとして扱うためです。AWS コンソールで終了してください
note-instance-stopped = アタッチ先のインスタンスは停止中です
note-released-with-instance = インスタンスを停止すると自動的に解放されます
note-deletes-data = 削除すると中のデータもすべて失われます
note-size-unknown = AWS の集計値がまだないか読み取れず、保存量がわかりません
note-below-a-cent = 合計しても月に 1 セント未満のため省いたもの: { $value } 件。
note-versions-first = バージョニングを使っている場合は、先に古いバージョンを削除してください。このコマンドでは消えず、AWS に拒否されます
note-detach-first = 先に、保護しているすべてのリソースから関連付けを外してください。外さないと AWS に拒否されます
note-trial = 最初の期間(アカウントとリージョンごとの無料トライアル)は無料で、その後は課金されます
## Machine learning
note-shared-capacity = OCU を { $value } と共有しています。共有する最後の 1 つを削除するまで課金されます
## Numbers, commitments
note-number-lost = 解放した番号は取り戻せません。ほかの人に割り当てられることがあります
note-covers-usage = 対象の使用量は、請求額がここに示す定価より低くなります
note-list-price-not-paid = このアカウントにはリザーブドインスタンスまたは Savings Plans があります。その対象の実際の料金は、ここに表示する定価とは異なります。実際の料金は請求で確認できます。
note-returnable-until = { $value } まで返却できます: `aws savingsplans return-savings-plan`
note-change-plan = 変更と終了はコンソールでのみ行えます: https://console.aws.amazon.com/support/plans/home
## The network's and EC2's rest
note-in-recycle-bin = ごみ箱にあり、保持期間が終わると AWS が完全に削除します。早く終わらせるには、保持ルールを削除し、復元してから、もう一度削除してください
note-in-recycle-bin-until = ごみ箱にあり、{ $value } に AWS が完全に削除します。早く終わらせるには、保持ルールを削除し、復元してから、もう一度削除してください
note-profile-associations = 1 つのリージョンの関連付けは 100 個まで合わせて 1 つの料金です(最初の 1 つに示します)。最後の 1 つを削除するまで課金されます

## ページ(HTML)
page-findings = 費用がかかっているもの
page-search = 検索
page-types = すべての種類
page-regions = すべてのリージョン
page-end = 止め方
page-together = { $count } 件がこの操作でまとめて終わります
page-alone = これだけを終了する場合
page-end-owner = 終了(元に戻せません)
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

## An organisation
title-organization = guardrail: 組織で課金中のもの
organization-heading = 組織 { $id } · { $count } アカウント · { $at }
organization-safe = { $count } アカウントで課金されているものはありません。
organization-not-sure = 課金されているものは見つかりませんでしたが、完全には確認できなかったアカウントがあります。
organization-none-swept = どのアカウントも確認できませんでした。
organization-cost = { $count } アカウントで { $month } USD/月、毎日 { $day } USD の課金です。
organization-cost-at-least = { $count } アカウントで少なくとも { $month } USD/月、毎日 { $day } USD の課金です。
organization-cost-unknown = { $count } アカウントが課金中です。金額は不明です。
organization-accounts = { $count } アカウント({ $accounts })
organization-incomplete = { $count } アカウントは完全には確認できませんでした({ $accounts })。各アカウントのレポートを参照してください。
organization-size = { $all } アカウントのうち { $swept } アカウント。
organization-left-out = { $count } アカウントを指定により除外しました。
organization-prices = AWS の税抜の定価です。無料利用枠は組織全体で 1 回だけ、アカウント番号の順に差し引いています。
organization-more = ほかに { $count } アカウントが課金中です。`-v` で全部を表示します。
organization-costs = { $count } 件: { $names }
organization-between-names = 、
organization-nothing = なし
organization-nothing-found = なし(未確認の場所あり)
organization-not-swept = 確認できません
organization-suspended = AWS により停止中
organization-closing = 閉鎖の手続き中
organization-closed = 閉鎖済み
organization-excluded = 除外
organization-elsewhere = 検出結果と未確認の場所はファイル { $file } にあります
organization-units-unread = 組織単位(OU)を読み取れなかったため、レポートに OU は含まれません。
organization-progress = { $all } アカウントのうち { $done } が完了、{ $findings } 件を検出
organization-gap-role = ロール { $role } が存在しないか、この認証情報を信頼していません。`guardrail policy { $command }` の権限で作成するか、--role で別のロールを指定してください。--external-id も確認してください。
organization-gap-caller = この認証情報ではロール { $role } を引き受けられません。`guardrail policy { $command } --organization` が表示するポリシーをアタッチしてください。
organization-gap-other-account = ロールの認証情報が別のアカウントのものだったため、何も読み取っていません。
organization-gap-suspended = AWS がアカウントを停止しているため、読み取れません。再開は AWS サポートに依頼できます。--exclude で除外できます。
organization-gap-closing = アカウントは閉鎖の手続き中のため、読み取れません。--exclude で除外できます。
organization-gap-closed = アカウントは閉鎖されているため、読み取れません。--exclude で除外できます。
error-no-organization = このアカウントは組織に属していません
error-account-not-in-organization = アカウント { $account } は組織にありません
error-no-account-left = 対象のアカウントが残っていません
error-units-unreadable = 組織単位(OU)を読み取れません
error-unknown-unit = 組織に OU「{ $unit }」はありません
error-policy-history = 履歴は S3 にないため、権限は必要ありません
hint-policy-history = 先に { $env }=s3://バケット/プレフィックス のように場所を指定してください。その場所だけのポリシーを出力します。
error-policy-organization = --organization は sweep、init、check、remove のポリシーにだけ指定できます
hint-no-organization = --organization を付けなければ、認証情報のアカウントだけが対象です。
hint-organization-denied = 管理アカウントか、委任された管理者の認証情報を使ってください。`guardrail policy sweep --organization` が表示するポリシーをアタッチしてください。
hint-account-not-in-organization = アカウントの一覧は `aws organizations list-accounts` で確認できます。--accounts、--ou、--exclude と、プロファイルの [organization] を確認してください。
hint-unknown-unit = OU は ID(ou-ab12-cdefghij)か、ルートからの名前(Training/2026)で指定します。
profile-account = 「{ $value }」は AWS アカウント番号(12 桁の数字)ではありません
profile-role = 「{ $value }」はロール名ではありません。ARN ではなく名前を書いてください
profile-external-id = 外部 ID は 2 から 1,224 文字で、英数字と _ + = , . @ : / - だけを使えます
column-account-name = アカウント名
column-ou = 組織単位(OU)
column-account-findings = 課金中のもの
column-report-url = レポート
page-accounts = アカウント
page-tile-accounts-costing = 課金中のアカウント
page-tile-accounts-swept = 確認したアカウント
page-tile-accounts-not-swept = 確認できなかったアカウント
help-sweep-organization = 組織の全アカウントを、それぞれのロールで調べます
help-accounts = これらのアカウントだけを対象にします
help-ou =
    これらの OU とその下の OU のアカウントだけを
    対象にします
help-exclude = これらのアカウントと OU を除外します
help-sweep-role = 各アカウントで引き受けるロール(guardrail-sweep)
help-external_id = ロールが要求する外部 ID
help-parallel = 同時に処理するアカウント数の上限(8)
help-sweep-output_dir =
    各アカウントのレポートを、終わりしだい
    このフォルダに書き込みます
help-policy-organization =
    --organization を付けて実行するのに必要な
    権限を加えます

## What changed since an earlier sweep
label-new = 新規
label-gone = 解消
label-dearer = 増額
changes-none = { $at } から変更はありません。
changes-none-new = { $at } から新しいものはありません。
changes-none-seen = { $at } から新しいものは見つかりませんでしたが、確認できなかった場所があります。
changes-new = { $at } から { $count } 件、{ $usd } USD/月: { $names }
changes-gone = { $count } 件の課金がなくなりました。{ $usd } USD/月: { $names }
changes-dearer = { $count } 件の月額が増えました: { $names }
changes-unknown = 以前に見つかった { $count } 件は、まだ課金されている可能性があります: { $names }
finding-new = 新規
findings-new = 新規 { $count } 件
organization-new = { $at } から { $count } 件、{ $usd } USD/月。アカウント: { $accounts }。
organization-gone = { $count } 件の課金がなくなりました。
spent-about = { $date } からおよそ { $usd } USD
spent-at-least = { $date } から少なくとも { $usd } USD
spent-about-seen = 最初に検出した { $date } からおよそ { $usd } USD
spent-at-least-seen = 最初に検出した { $date } から少なくとも { $usd } USD
column-new = 新規
column-first-seen = 最初の検出
column-spent-usd = 累計 USD
column-spent-kind = 確かさ
help-sweep-since = この日付(2026-11-01)より前の最後の結果と比べます
help-sweep-no_history = この結果を履歴に残しません
help-sweep-fail_on =
    終了コードを 10 にする条件:
    any(すべて)、new(新しいものだけ)
error-since = 「{ $date }」は日付ではありません
hint-since = 2026-11-01 または 2026-11-01T03:00:00Z の形で指定してください。
error-since-too-early = --since の日付より前の、このアカウントの結果が履歴にありません
hint-since-oldest = 最も古いものは { $at } です。
hint-since-none = このアカウントの履歴は空です。今回が最初の確認になります。
error-history-read = 履歴を読み込めません: { $place }
error-history-corrupt = 履歴のファイルが壊れているため、使用しません: { $place }
hint-history-corrupt = 名前を { $place } に変更しました。このファイルは削除できます。
error-history-write = この結果を履歴に残せません: { $place }
hint-history-write = 次回、この結果と比べることができません。書き込める場所を { $env } で指定するか、--no-history を使ってください。
error-history-delete = 履歴を削除できません: { $place }
error-told-write = 送信した内容を記録できません: { $place }
error-state-place = { $env } の値は S3 の場所ではありません: { $place }
hint-state-place = s3://バケット、s3://バケット/プレフィックス、またはフォルダーを指定してください。
error-state-open = 履歴を開けません: { $place }
hint-state-no-bucket = バケット { $bucket } はありません。非公開のバケットを作成するか、{ $env } を修正してください。
hint-state-denied = バケットは、この認証情報のアカウントのものでなければなりません。必要な権限は `{ $env }={ $place } guardrail policy history` で表示できます。

## The history
title-history = guardrail の履歴
history-heading = アカウント { $account } · { $date } から { $count } 回
history-findings = { $count } 件
history-gone = 解消 { $count } 件
history-gaps = 確認不可 { $count } 件
history-partial = 範囲限定
history-more = ほかに古い結果が { $count } 回分あります。`-v` ですべて表示します。
history-empty = 履歴は空です。`guardrail sweep` の結果が履歴に残ります。
history-unread = 履歴のファイル { $count } 個が壊れているため、使用しませんでした。
history-folder = 保存場所: { $folder }
history-delete = アカウント { $account }: { $first } から { $last } までの { $count } 回分を削除します({ $size } kB)。AWS 側は何も変更しません。
history-delete-shared = アカウント { $account }: { $first } から { $last } までの { $count } 回分を { $place } から削除します({ $size } kB)。この場所を使うすべてのコンピューターの履歴から削除されます。
history-deleted = 履歴を削除しました。
history-not-deleted = 何も削除していません
ask-history-delete = 削除しますか?
page-history = 1 日あたりの金額の推移(USD)
column-made-at = 確認日時(UTC)
column-verdict = 判定
column-findings = 件数
column-usd-per-day = USD/日
column-gone = 解消
column-gaps = 確認不可
column-partial = 範囲限定
column-bill-usd-per-day = 請求 USD/日
help-history = これまでの結果と 1 日あたりの金額を表示します
help-history-more =
    例:
      guardrail history
      guardrail history -o history.html   金額の推移のグラフ
      guardrail history --delete --dry-run
help-history-delete = 保存した結果を削除します(全アカウント、または --account のもの)
help-history-dry_run = 削除するものを表示して終了します
help-history-yes = 確認せずに削除します

## Who created it
creator = 作成者: { $who } ({ $more })
creator-tag = タグ { $tag }
creator-denied = 作成者は不明です: 権限 cloudtrail:LookupEvents がありません
creator-too-old = 作成者は不明です: AWS のイベント履歴(90 日)より前に作成されています
creator-not-recorded = 作成者は不明です: AWS のイベント履歴に記録がありません
creator-failed = 作成者は不明です: AWS のイベント履歴から応答がありませんでした
who-progress = 作成者を調べています
column-created-by = 作成者
help-sweep-who =
    金額の大きい N 件(10)の作成者を、
    AWS の無料のイベント履歴(90 日)で調べます

## Notifications
notice-title = 新規 { $count } 件、{ $usd } USD/月
notice-title-jump = 1 日あたりの請求額が { $now } USD に増えました
notice-account = アカウント { $account }
notice-organization = 組織 { $id }、{ $count } アカウントを確認
notice-place = { $account }、{ $region }
notice-cost = { $usd } USD/月
notice-who = 作成者 { $who }
notice-total = 合計 { $usd } USD/月
notice-total-at-least = 合計 少なくとも { $usd } USD/月
notice-jump = 1 日あたり { $now } USD(以前 { $before })
notice-gaps = 確認できなかった場所があります。
notice-look = 詳細: guardrail sweep
notice-look-organization = 詳細: guardrail sweep --organization
notice-cut = 長いため省略しました。
notify-first = 送信していません。この範囲の最初の確認のため、比べる結果がありません。
notify-nothing = 送信していません。新しいものはありません。
notify-topic = トピック guardrail-alerts
notify-sent = 新しいものを { $place } に送信しました。
help-sweep-notify =
    新しいものや 1 日あたりの請求額の急増を
    1 回だけ送信します(トピック、または
    プロファイルの Webhook)
error-webhook = Webhook のアドレスが TLS(https)のアドレスではありません
error-webhook-address = { $host } の Webhook のアドレスは使用できません
error-webhook-variable = Webhook の環境変数 { $variable } が設定されていません
error-webhook-file = Webhook のファイルを読み込めません: { $file }
error-webhook-timeout = { $host } の Webhook から時間内に応答がありませんでした。次回もう一度送信します
error-webhook-unreachable = { $host } の Webhook に接続できません。次回もう一度送信します
error-webhook-refused = { $host } の Webhook の応答は { $status } でした。次回もう一度送信します
hint-webhook = プロファイルに [notify] webhook = "env:名前"、"file:パス"、またはアドレスを書きます。アドレスは秘密情報です。
hint-notify-topic = トピックは `guardrail init` で設定します。必要な権限は `guardrail policy notify` で確認できます。次回もう一度送信します。
profile-webhook = "env:名前"、"file:パス"、または https:// で始まるアドレスを書いてください
    --organization を付けて実行するのに必要な
    権限を加えます
help-policy-role =
    各アカウントで引き受けるロール(sweep は
    guardrail-sweep、ほかは
    OrganizationAccountAccessRole)
# 組織の請求額
bill-organization = 組織の全 { $count } アカウント: { $figures }。
bill-accounts = アカウント別の今月の請求額(USD)
bill-accounts-more = ほかに { $count } アカウントあります。`-v` で全部を表示します。
organization-bill = { $figures }。
organization-bill-none = 管理アカウントにアカウント別の請求額が公開されていないため、請求額と照合していません。管理アカウントで `guardrail init` を実行すると、請求アラートが有効になります。
organization-bill-unread = 管理アカウントで請求額を読み取れなかったため、どのアカウントも請求額と照合していません: { $why }
# 組織の init、check、remove
help-init-organization =
    組織の全アカウントに安全対策を設定します
    (計画と承認は 1 回)
help-check-organization = 組織の全アカウントを確認します
help-stop-role =
    各アカウントで引き受けるロール
    (OrganizationAccountAccessRole)
help-delete-role =
    各アカウントで引き受けるロール
    (OrganizationAccountAccessRole)
help-stop-organization = 組織の各アカウントで停止します(計画と承認は 1 回)
help-delete-organization = 組織の各アカウントで削除します(計画と承認は 1 回)
help-remove-organization =
    init が作成したものを、組織の全アカウントから
    削除します
help-init-role =
    各アカウントで引き受けるロール
    (OrganizationAccountAccessRole)
help-check-role =
    各アカウントで引き受けるロール
    (OrganizationAccountAccessRole)
help-remove-role =
    各アカウントで引き受けるロール
    (OrganizationAccountAccessRole)
fleet-heading = 組織 { $id } · { $count } アカウント · プロファイル { $profile } · { $at }
fleet-any-account = { $account } は各アカウントの番号を表します。
fleet-progress = { $all } アカウントのうち { $done } が完了
fleet-none-entered = どのアカウントにも入れなかったため、何も確認せず、何も変更していません。
fleet-plan = { $accounts } アカウントの計画: そのうち { $changed } アカウントで作成 { $create }、変更 { $update }、削除 { $remove }。{ $same } アカウントは変更なし{ $failed ->
    [0] {""}
   *[other] 、{ $failed } アカウントは完全には読み取れず
}。安全対策の費用は合計 { $usd } USD/月です。
fleet-removal = { $accounts } アカウントの計画: そのうち { $changed } アカウントで削除 { $remove }。guardrail が作成したものだけを削除します。
fleet-nothing = { $accounts } アカウントに変更はありません。
fleet-applied = { $accounts } アカウントで完了: 作成 { $create }、変更 { $update }、削除 { $remove }。設定できたことも確認しました。
fleet-removed = { $accounts } アカウントで完了: 削除 { $remove }。
fleet-applied-partly = { $accounts } アカウントのうち { $failed } アカウントは完了できませんでした。上の原因を解消してからもう一度実行すると、続きから再開します。
fleet-ok = { $accounts } アカウントはすべてプロファイルどおりで、警告も届きます。
fleet-open = 確認できたものはすべてプロファイルどおりですが、{ $accounts } アカウントのうち { $open } アカウントにはまだ確認できないものがあります。上の「待機中」「不明」「?」をご覧ください。
fleet-drift = { $accounts } アカウントのうち { $wrong } アカウントがプロファイルと異なるか、警告が届きません。プロファイルとの違いは `guardrail init --organization` で修正できます。
note-trusted-access = CloudTrail がまだ組織を記録できません。`aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com` で許可してから、もう一度実行してください。
output-stale = 前回までのファイル { $count } 個を削除しました。
output-stale-kept = 前回までの次のファイルを削除できませんでした: { $files }
## stop and delete
acts-plan-heading = 組織 { $id } の { $count } アカウントでの{ $verb ->
    [stop] 停止計画
   *[delete] 削除計画
} · { $at }
acts-done-heading = 組織 { $id } の { $count } アカウントでの{ $verb ->
    [stop] 停止結果
   *[delete] 削除結果
} · { $at }
acts-idle = { $count } アカウントには{ $verb ->
    [stop] 停止
   *[delete] 削除
}するものがありません({ $accounts })。
ask-organization = { $count } アカウントで削除するには、組織の ID { $id } を入力してください
error-not-in-accounts = どのアカウントの課金中のものにも { $name } はありません
error-report-organization = { $file } は組織のレポートです。--organization を付けてください
error-report-accounts = { $file } には各アカウントのレポートがありません
hint-report-accounts = --output-dir を使わず、`guardrail sweep --organization -o report.json` で 1 つのファイルに書き込んでください。
act-plan-heading = アカウント { $account } での{ $verb ->
    [stop] 停止計画
   *[delete] 削除計画
} · { $at }
act-done-heading = アカウント { $account } での{ $verb ->
    [stop] 停止結果
   *[delete] 削除結果
} · { $at }
act-log-heading = アカウント { $account } で guardrail が停止・削除したもの
act-comma = 、
act-loses = 失われるもの: { $what }
loss-data = データ
loss-backups = バックアップ
loss-address = アドレス
loss-number = 電話番号
loss-keys = キー(暗号化したデータは二度と読めません)
loss-settings = 設定
act-keeps = 課金が続くもの: { $what }
remains-storage = ストレージ
remains-address = アドレス
remains-last-backup = 最終バックアップ
remains-leftovers = 作成されたもの
remains-extended-support = 延長サポート
remains-term = 月末または期間終了までの料金
act-reversible = 数日間は取り消せます
act-takes-minutes = 数分かかります
act-takes-up-to-an-hour = 最大 1 時間かかります
act-with-it = 一緒に終了: { $things }
act-gone = 削除済み
act-ending = 削除中
act-stopped = 停止済み
act-still-there = まだ存在
act-unknown = 未確認
act-planned = 予定
act-instance-stopped = 停止中
act-none = なし
act-refused = 対象外
act-refused-heading = 対象外: { $count } 件
act-kept = { $about } まで意図して残しています
act-owned = { $about } に属しています。代わりにそちらを終了してください:
act-attached = { $about } にアタッチされていますが、それは選択されていません
act-ends-kept = { $about } も一緒に終了しますが、それは残す設定です
act-guardrail = guardrail が設定したものです。`guardrail remove` で削除できます
act-protected = 削除保護が有効です。--remove-protection を付けると削除します
act-cannot-stop = 停止はできません。削除のみ可能です
act-cannot-delete = 削除はできません。停止のみ可能です
act-no-remedy = この課金を終了するコマンドはありません
act-no-remedy-because = この課金を終了するコマンドはありません: { $about }
act-ending-already = すでに削除中です
act-changed = 計画の後に変わりました({ $about })。何も行っていません
act-changed-created-at = 作り直されています
act-changed-tags = タグ
act-changed-billing = 状態
act-changed-commands = 終了に必要な操作
act-plan-nothing = { $verb ->
    [stop] 停止
   *[delete] 削除
}するものはありません。
act-plan-summary = { $count } 件をこの順に{ $verb ->
    [stop] 停止
   *[delete] 削除
}します。月 { $usd } USD の節約になります。{ $verb ->
    [stop] {""}
   *[delete] { $final ->
        [yes] 削除は元に戻せません。
       *[no] {""}
    }
}
act-log-nothing = このアカウントで guardrail が停止・削除したものはありません。
act-log-summary = { $count } 件、月 { $usd } USD の節約。
act-done-all = { $all } 件中 { $done } 件を完了し、確認しました。月 { $usd } USD の節約です。残りは `guardrail sweep` で確認できます。
act-done-partly = { $all } 件中 { $done } 件を完了し、確認しました。{ $open } 件は失敗したか、変わったか、まだ存在します(上を参照)。月 { $usd } USD の節約です。同じコマンドでもう一度実行できます。
act-done-unsure = { $all } 件中 { $done } 件を完了し、確認しました。{ $unknown } 件は確認できませんでした。月 { $usd } USD の節約です。残りは `guardrail sweep` で確認できます。
act-gaps = 一覧を取得できなかったものがあります({ $count } 件、上を参照)。
act-interrupted = 中断されました。同じコマンドをもう一度実行すると、続きから行います。
act-old-report = レポートは { $hours } 時間前のものです。記載されたものをもう一度調べます。
act-progress-stop = { $done }/{ $all } · { $thing } を停止しています
act-progress-delete = { $done }/{ $all } · { $thing } を削除しています
act-progress-waits = { $done }/{ $all } · { $thing } を待っています
note-ended-before = { $value }: アカウントにはもうありません。guardrail が終了しました。
note-begun-before = 中断された実行が { $value } を始めていました。
note-not-seen = { $value } は見つかりませんでしたが、一覧を取得できなかったものがあります。
ask-account = 削除するには、アカウント番号 { $account } を入力してください
ask-what-to-stop = 何を停止しますか?(スペースで選択、Enter で計画へ。金額は USD/月)
ask-what-to-delete = 何を削除しますか?(スペースで選択、Enter で計画へ。金額は USD/月)
error-nothing-chosen = 何も選択されていません
hint-nothing-chosen = 種類、種類:ID、ARN のいずれか、または --all、--tag、--from を指定してください。ターミナルでは一覧から選べます。
error-not-in-account = { $name } は、このアカウントで課金されているものの中にありません
hint-not-in-account = `guardrail sweep` で、課金されているものの種類と ID を確認できます。
hint-of-that-type = あるのは: { $names }
error-yes-needs-account = --yes で削除するには --account も必要です
hint-yes-needs-account = 別のアカウントで削除しないよう、--account にアカウント番号を指定してください。
error-report-read = レポート { $file } を読み取れません
hint-report-read = 1 つのアカウントのレポートを指定してください: `guardrail sweep -o report.json`。
error-report-account = レポート { $file } は別のアカウントのものです
error-action-log-read = 操作ログ { $place } を読み取れません
hint-action-log-corrupt = 壊れたファイルの名前を { $place } に変更しました。もう一度実行してください。操作の前に、すべてをもう一度確認します。
error-action-log-write = 操作ログ { $place } に書き込めません
error-action-log-lost = アカウント { $account } で別の実行が始まっている可能性があります。この実行のロックを期限までに更新できませんでした
error-acting-already = アカウント { $account } では、別の stop または delete が実行中です
hint-acting-already = 終わるのを待ってから、もう一度実行してください。
hint-acting-already-shared = 終わるのを待ってから、もう一度実行してください。中断された実行のロックは、{ $seconds } 秒後に自動的に解除されます。
title-actions = guardrail: 停止・削除するもの
column-usd-per-month-saved = 節約額(USD/月)
column-command = コマンド
column-key = キー
help-stop = 再開できるものを停止します(計画、承認、停止、確認の順)
help-stop-more =
    例:
      guardrail stop                           一覧から選んで停止
      guardrail stop ec2-instance:i-0abc       インスタンス 1 台
      guardrail stop "rds-*" --regions eu-west-1
      guardrail stop --all --dry-run           計画だけを表示
      guardrail stop --log                     停止・削除したもの
help-delete = 課金が続くものを削除します(計画、承認、削除、確認の順)
help-delete-more =
    例:
      guardrail delete                         一覧から選んで削除
      guardrail delete opensearch-domain:study
      guardrail delete --tag course=ml --dry-run
      guardrail delete --from report.json
      guardrail delete --all --yes --account 123456789012
help-things = 対象: 種類、分類、パターン、種類:ID、ARN
help-all = 課金が続くものすべて
help-regions = これらのリージョンだけを対象にします
help-tag = このタグを持つものだけを対象にします(キー=値 またはキー。複数指定できます)
help-from = sweep のレポートにあるもの(先にもう一度調べます)
help-log = このアカウントで停止・削除したものを表示します
help-offline_prices = 組み込みの価格だけを使い、AWS の価格表を読みません
help-timeout = 一覧の取得をこの秒数で打ち切ります(60)
help-wait = 削除または停止が終わるまで待つ秒数の上限(600)
help-delete-remove_protection = 削除保護が有効なものも削除します
## The letter to AWS Support
letter-subject = 料金調整(一度限り)のお願い: { $thing }(アカウント { $account })
letter-subject-many = 料金調整(一度限り)のお願い: { $thing }ほか(アカウント { $account })
letter-subject-stranger = アカウント { $account } の不正利用のご報告と、料金調整のお願い
letter-greeting =
    AWS サポート ご担当者様

    お世話になっております。
    AWS アカウント { $account } を利用しております、{ $name }と申します。
letter-apology =
    このたび、私の不注意により { $thing }を削除しないままにしてしまい、意図しない料金を発生させてしまいました。
    すべて私の確認不足によるものです。お手数をおかけし、誠に申し訳ございません。
    恐れ入りますが、下記の料金につきまして、一度限りの調整をご検討いただきたく、ご連絡いたしました。
letter-apology-many =
    このたび、私の不注意により下記のリソースを削除しないままにしてしまい、意図しない料金を発生させてしまいました。
    すべて私の確認不足によるものです。お手数をおかけし、誠に申し訳ございません。
    恐れ入りますが、下記の料金につきまして、一度限りの調整をご検討いただきたく、ご連絡いたしました。
letter-stranger =
    私のアカウントが第三者に不正に利用されましたので、ご報告いたします。下記のリソースは、私が作成したものではありません。
    アカウントの保護のため、下記の対応を行いました。お手数をおかけいたしますが、ご確認のうえ、料金の調整をご検討いただけますでしょうか。
letter-heading = ■ { $text }
letter-item = ・{ $text }
letter-thing = { $type }「{ $id }」
letter-thing-region = { $thing }(リージョン: { $region })
letter-cause = 発生の原因
letter-how = 不正利用の原因(把握している範囲)
letter-resources = 対象のリソース
letter-story = 経緯
letter-charges = 対象の料金(米ドル、月別)
letter-done = 実施した対応
letter-prevention = 再発防止策
letter-request = お願いしたいこと
letter-event = { $at }: { $text }
letter-first-charge = { $service } の料金が初めて請求に計上されました
letter-created = { $thing }が作成されました
letter-created-me = { $thing }を作成しました
letter-appeared = { $thing }が第三者によって作成されました
letter-appeared-by = { $thing }が第三者によって作成されました(使われた認証情報: { $who })
letter-who-root = ルートユーザー
letter-who-user = IAM ユーザー「{ $name }」
letter-who-role = IAM ロール「{ $name }」
letter-who-plain = 「{ $name }」
letter-who-other-account = 別の AWS アカウントの ID
letter-who-from = { $who }、{ $from } から
letter-noticed = { $thing }に気づきました
letter-listed = アカウントを点検し、{ $thing }が残っていることを確認しました
letter-deleted = { $thing }を削除しました
letter-stopped = { $thing }を停止しました
letter-gone = { $thing }が削除されました
letter-checked-gone = アカウントを再度点検し、{ $thing }が残っていないことを確認しました
letter-checked-all = 有効な全 { $regions } リージョンを点検し、ほかに消し忘れがないことを確認しました
letter-day-utc = { $day }(UTC)
letter-time = { $day } { $clock }({ $offset }。UTC では { $utc-day } { $utc-clock })
letter-time-utc = { $day } { $clock }(UTC)
letter-between = { $from } から { $to } までの間
letter-cost = { $month }、{ $service }: { $usd }
letter-cost-so-far = { $month }、{ $service }: { $usd }({ $at }時点)
letter-total = 合計: { $usd }
letter-is-gone = { $thing }を削除し、料金が発生していないことを確認しました。
letter-said-gone = { $thing }を削除しました。
letter-nothing-charged = ほかに消し忘れのリソースがないことを確認しました。
letter-no-keys = 有効なアクセスキーを持つ IAM ユーザーはありません。
letter-keys-new = IAM ユーザーの有効なアクセスキーは、すべて不正利用に気づいた後に作成したものです。それ以前のキーは削除または無効化しました。
letter-root-mfa = ルートユーザーの MFA を有効にしています。
letter-root-no-keys = ルートユーザーのアクセスキーはありません。
letter-please = 上記の料金(合計 { $usd } 米ドル)につきまして、一度限りの調整をご検討いただけますと幸いです。
letter-please-stranger =
    ほかに対応すべき点がございましたら、ご教示いただけますと幸いです。
    また、上記の料金(合計 { $usd } 米ドル)につきまして、調整をご検討いただけますでしょうか。
letter-first-time = このようなお願いは、今回が初めてです。
letter-decision = 最終的なご判断はお任せいたします。一部のみの調整でも、大変ありがたく存じます。
letter-more =
    追加で必要な情報がございましたら、本ケースにてお知らせください。
    お忙しいところ恐れ入りますが、何卒よろしくお願い申し上げます。
letter-signature =
    { $name }
    AWS アカウント ID: { $account }
letter-guard-billing-alerts = 請求アラートの有効化(当月の請求額の公開)
letter-guard-topic = すべての警告をメールで受け取る SNS トピック
letter-guard-alarm = 当月の請求額に対する CloudWatch アラーム
letter-guard-zero-spend = 課金が発生した時点で通知する AWS Budgets の予算
letter-guard-monthly = 月の上限に達する前に通知する AWS Budgets の予算
letter-guard-free-tier = 無料利用枠を使い切る前に通知する AWS Budgets の予算
letter-guard-anomaly = AWS コスト異常検出による通知
letter-guard-action = 上限に達したときに高額なリソースの起動を禁止する予算アクション
letter-guard-trail = 全リージョンの操作を記録する CloudTrail の証跡
blank-name = お名前
blank-thing = 料金の原因となったリソース
blank-cause = 原因。例: チュートリアルで作成し、終了後に削除するのを忘れていました
blank-stranger-cause = 例: アクセスキーを公開リポジトリに含めてしまいました
blank-created = 作成した日時
blank-noticed = 気づいた日時ときっかけ
blank-ended = 削除した日時
blank-costs = 請求書にある月、サービス、金額
blank-amount = 金額
blank-done = 削除または停止したもの
blank-still-charged = まだ課金されています。先に削除し、その旨をここに書いてください
blank-not-checked = 削除済みかどうか(確認できませんでした)
blank-keys = すべてのアクセスキーを削除または交換したら、その旨
blank-root-mfa = ルートユーザーの MFA を有効にしたら、その旨
blank-root-keys = ルートユーザーのアクセスキーを削除したら、その旨
blank-password = ルートユーザーのパスワードを変更したら、その旨
blank-cloudtrail = CloudTrail で確認した内容と、削除した IAM ユーザーやロール
blank-safeguards = 設定したもの。例: 請求アラームと予算
blank-first-time = 調整のお願いが初めてかどうか
blank-earlier = 以前に調整をお願いした時期と理由

## guardrail appeal
title-appeal = guardrail: AWS サポートへの依頼
appeal-heading = アカウント { $account } · 料金調整の依頼 · { $at }
appeal-still-charged = { $thing } はまだ課金されています。送る前に終了してください。AWS が最初に求めることです。
appeal-not-checked = { $thing } がまだ課金されているか確認できませんでした。送る前にコンソールで確認してください。
appeal-blanks = 空欄 […] が { $count } か所あります。ご自身で記入してください。
appeal-whole = 空欄はありません。送る前にもう一度お読みください。
appeal-subject = 件名: { $subject }
appeal-fact = { $what }: { $value }({ $source })
appeal-fact-about = { $what }({ $about })
appeal-facts = 数値と日時の出典
appeal-steps = 送り先(どのサポートプランでも無料)
appeal-first-keys = 最初に、AWS が求める対応をしてください。ルートユーザーのパスワードを変更し、MFA を有効にし、すべてのアクセスキー(ルートユーザーのものを含む)を削除または交換します。
appeal-first-users = 作成した覚えのない IAM ユーザー、ロール、キーを削除します。過去 90 日に作成したユーザーは CloudTrail のイベント履歴でわかります。
appeal-first-regions = 作成した覚えのないものを、全リージョンで終了します。`guardrail sweep` で一覧できます。AWS が隔離ポリシーをアタッチした場合は、AWS の了承があるまで外さないでください。
appeal-first-answer = AWS がすでにケースを作成している場合は(サポートセンター → サポートケース)、新しく作成せず、そのケースに返信してください。
appeal-step-reseller = AWS パートナー(請求代行など)から請求を受けている場合は、そのパートナーに送ってください。AWS ではその請求を調整できません。
appeal-step-open = { $page } を開き、ルートユーザー(アカウントのメールアドレス)、または AWS 管理ポリシー AWSSupportAccess を持つ IAM ユーザーでサインインします。
appeal-step-iam = IAM ユーザーで請求書を見るには、ルートユーザーによる有効化も必要です(アカウント → IAM ユーザーおよびロールによる請求情報へのアクセス)。
appeal-step-kind = 「アカウントおよび請求」、サービス「請求」を選び、料金や返金に関する最も近いカテゴリを選びます。重要度は最も低いままにします。画面が異なる場合は、上部のバナーの「古いエクスペリエンスを使用する」でこのフォームになります。
appeal-step-kind-stranger = 「アカウントおよび請求」、サービス「請求」を選び、不正な料金またはアカウントのセキュリティに関するカテゴリを選びます。重要度は最も低いままにします。画面が異なる場合は、上部のバナーの「古いエクスペリエンスを使用する」でこのフォームになります。
appeal-step-text = 件名と本文を貼り付け、空欄を記入します。カード番号、パスワード、キーを含むものは添付しないでください。
appeal-step-contact = 希望する連絡言語({ $languages })と「ウェブ」を選び、送信します。回答があるとメールで通知されます(数営業日かかることがあります)。返信はサポートセンターに書きます。通知メールへの返信は読まれません。
appeal-case-planned = アカウント { $account } に作成するケース: サービス { $service }、カテゴリ { $category }、言語 { $lang }。件名: { $subject }({ $id }、{ $status }、{ $at })
appeal-case-opened = アカウント { $account } にケース { $id } を作成しました: サービス { $service }、カテゴリ { $category }、言語 { $lang }。件名: { $subject }({ $status }、{ $at })
appeal-case-read = アカウント { $account } のケース { $id }: { $status }、作成 { $at }。件名: { $subject }(サービス { $service }、カテゴリ { $category }、言語 { $lang })
appeal-case-messages = メッセージ { $count } 件(古い順):
fact-account = アカウント
fact-made-at = 作成日時
fact-time-zone = タイムゾーン
fact-name = お名前
fact-cause = 原因
fact-first-time = 初めての依頼
fact-thing = 種類
fact-region = リージョン
fact-arn = ARN
fact-charges = 料金の内訳
fact-created = 作成
fact-created-by = 作成者
fact-created-from = 作成元
fact-creator-unknown = 作成者
fact-noticed = 気づいた日時
fact-ended = 終了
fact-now = 現在
fact-first-charge = 最初の料金
fact-cost = 料金 USD
fact-as-of = 更新日時
fact-total = 合計
fact-regions = 点検したリージョンの数
fact-safeguard = 安全対策
fact-root-mfa = ルートユーザーの MFA
fact-root-keys = ルートユーザーのアクセスキー
fact-active-keys = IAM ユーザーの有効なキーの数
fact-value-gone = 削除済み
fact-value-charged = 課金中
fact-value-unknown = 未確認
fact-value-creator-denied = 不明: 権限 cloudtrail:LookupEvents がありません
fact-value-creator-too-old = 不明: AWS のイベント履歴(90 日)より前に作成されています
fact-value-creator-not-recorded = 不明: AWS のイベント履歴に記録がありません
fact-value-creator-failed = 不明: AWS のイベント履歴から応答がありませんでした
fact-value-true = はい
fact-value-false = いいえ
source-account = AWS の回答
source-metric = AWS/Billing メトリクス
source-cost-explorer = Cost Explorer
source-sweep = 今回の点検
source-history = 以前の点検
source-cloudtrail = CloudTrail
source-tag = リソースのタグ
source-action-log = guardrail の記録
source-check = 今回の check
source-iam = IAM
source-computer = このコンピューター
source-said = ご本人の申告
source-sum = 上記の合計
note-appeal-not-in-cost-explorer = Cost Explorer にこのサービス名の料金がないため、請求メトリクスの値を使っています
error-appeal-unknown = 「{ $thing }」はどの sweep でも見つかっていません
error-appeal-secret = アクセスキーかカード番号のようなものが含まれています
error-appeal-date = 「{ $date }」は日付でも時刻でもありません
error-appeal-ended = 「{ $text }」は日付で終わっていません
hint-appeal-unknown = sweep に表示される ID、名前、ARN のどれかで指定してください。sweep で見つかっていないものは --ended "名前 2026-11-20" で指定できます。
hint-appeal-secret = 取り除いてください。AWS サポートが尋ねることはありません。
cost-explorer-costs-once = Cost Explorer へのリクエストには、AWS が 1 回あたり { $usd } USD を課金します。1 回実行し、結果が長い場合は 1 ページごとに 1 回増えます。
column-fact = 事実
column-about = 対象
column-value = 値
column-source = 出典
help-appeal = AWS サポートへの料金調整の依頼文を、事実に基づいて作成します
help-appeal-more =
    例:
      guardrail appeal --demo
      guardrail appeal --first-time --letter both -o letter.txt
      guardrail appeal --ended "OpenSearch ドメイン study 2026-11-20"
help-appeal-things =
    料金の原因となったもの(ID、名前、ARN)。
    省略時は終了したもの
help-appeal-letter = 依頼文の言語: en、ja、both。省略時は --lang と同じ
help-appeal-unauthorized = 第三者による不正利用のときの依頼文にします
help-appeal-ended = 自分で終了したものと日時: "study 2026-11-20"
help-appeal-noticed = 料金に気づいた日付か時刻
help-appeal-cause = 原因(ご自身の言葉で 1 文)
help-appeal-name = 依頼文に書くお名前
help-appeal-first_time = 調整の依頼は今回が初めてです
help-appeal-asked_before = 以前にも調整を依頼しました
help-appeal-service = 対象のサービス(請求での名前。例: AmazonES)
help-appeal-months = 請求の月数(11 まで)。省略時は 3
help-appeal-cost_explorer =
    金額を Cost Explorer から取得します。
    0.01 USD が課金されます
help-appeal-yes = 表示された内容(料金と --send のケース)に同意します
error-appeal-blanks = 依頼文に空欄が { $count } か所あるため、送信しません
error-appeal-not-ended = 対象がまだ終了していないか、確認できなかったため、送信しません
error-appeal-long = 依頼文が AWS の上限({ $most } 文字)を超えています
error-appeal-language = カテゴリ { $category } のケースは、言語 { $language } では受け付けられていません
error-appeal-code = --{ $option } が AWS の一覧にないか、請求に関するものが一覧にありません
error-appeal-no-plan = このアカウントのサポートプランでは、サポート API を使えません
error-appeal-no-case = 請求に関するケースはありません
error-appeal-no-id = 作成したケースの番号を AWS が返しませんでした
error-appeal-dry-run = AWS がドライランとして扱いませんでした。ケースが作成された可能性があります
error-appeal-not-approved = 上のケースが承認されていないため、送信していません
nothing-sent = 送信していません
ask-approve-case = AWS サポートにこのケースを作成しますか
hint-appeal-blanks = --name、--cause、--noticed、--ended、--first-time、--service で記入するか、コンソールに貼り付けてから記入してください。
hint-appeal-not-ended = 先に終了し(方法は `guardrail sweep` に表示されます)、もう一度作成してください。
hint-appeal-language = --letter で別の言語を選んでください。
hint-appeal-no-plan = コンソールでは、どのプランでも無料で依頼できます: サポートセンター → ケースの作成 → アカウントおよび請求。
hint-appeal-no-case = ほかのケースはサポートセンターにあります。--case ID で表示できます。
hint-demo-appeal = `guardrail appeal --demo` で依頼文を作成できます。
help-appeal-send =
    承認後、依頼文でケースを作成します。
    サポート API を使えるプランが必要です
help-appeal-dry_run = AWS に内容を確認させるだけで、ケースは作成しません
help-appeal-case_service = ケースのサービスコード(AWS の一覧から)
help-appeal-case_category = ケースのカテゴリコード(AWS の一覧から)
help-appeal-status =
    --send で作成したケース(なければ請求に関する最新の
    ケース)と、AWS の回答を表示します
help-appeal-case = 表示するケースの ID

## Commitments
bill-commitments = 契約(使わなくても期間の終わりまで課金されます)
commitment = { $what }: { $parts }
commitment-comma = 、
commitment-per-month = 月 { $usd } USD
commitment-cost-unknown = 料金は不明
commitment-paid = 支払い済み
commitment-upfront = 前払い { $usd } USD
commitment-state = { $state }
commitment-until = 期限 { $at }
commitment-end-unknown = 期限は不明
commitment-soon = あと { $days } 日
commitment-renewed = 次の契約を予約済み
commitment-not-renewed = 自動更新なし
support-plan-line = サポートプラン: { $parts }
support-basic = ベーシック(無料。請求にほかのプランはありません)
support-developer = デベロッパー
support-business = ビジネス
support-enterprise = エンタープライズまたは Enterprise On-Ramp
support-so-far = 現在 { $usd } USD
support-estimate = この利用額では月に約 { $usd } USD

## Likely causes of traffic
causes-heading = { $services } の原因として考えられるもの({ $regions } リージョンで、パブリックアドレス { $addresses } 件、NAT ゲートウェイ { $gateways } 件、バケット { $buckets } 件を確認)
causes-none = { $services } の原因として考えられるものは見つかりませんでした({ $regions } リージョンで、パブリックアドレス { $addresses } 件、NAT ゲートウェイ { $gateways } 件、バケット { $buckets } 件を確認)
cause-open-port = { $id } のポート { $ports } が全世界に公開されています{ $traffic }
cause-public-address = { $id } にパブリックアドレスがあります{ $traffic }
cause-nat-gateway = NAT ゲートウェイ { $id }{ $traffic }
cause-public-bucket = バケット { $id } がポリシーまたは ACL で公開されています{ $traffic }
cause-traffic = {": "}1 日あたり { $gb } GB
cause-no-figure = {": "}通信量の集計値はありません

## guardrail advice
title-advice = guardrail: AWS の推奨事項
advice-heading = アカウント { $account } · AWS の推奨事項 · { $at }
advice-total = 推奨事項は { $count } 件です。すべて実施すると、AWS の見積もりで月に約 { $usd } USD を節約できます。
advice-none = このアカウントに対する AWS の推奨事項はありません。
advice-nobody-asked = AWS の 3 つのサービスのどれにも問い合わせできませんでした。下を参照してください。
advice-asked = { $count } 件
advice-not-in-plan = ご利用のサポートプランには含まれていません(ビジネス以上で利用できます)
advice-not-enrolled = このアカウントでは無効です。有効化は無料で、最初の推奨まで最大 1 日かかります
advice-unread = 読み取れませんでした。下を参照してください
advice-saves = 節約 USD/月
advice-says = { $action }{ $what }({ $who })
advice-found = sweep でも検出: { $name }、月 { $usd } USD
advice-found-unpriced = sweep でも検出: { $name }
column-advised-by = 推奨元
column-found = sweep での検出
help-advice = AWS の推奨事項を、プランで利用できる範囲で表示します
help-advice-more =
    例:
      guardrail advice
      guardrail advice -o advice.csv
## The nightly run
organization-heading-one = アカウント { $account } · { $at }
organization-gap-function = スイープする Lambda 関数が途中で終了しました({ $message })。詳細は CloudWatch のロググループ /aws/lambda/guardrail-sweep にあります。
organization-gap-no-report = 実行が終わってもレポートがありません。`guardrail schedule --check` で実行の状態を確認できます。
error-runtime-api = Lambda のランタイム API が応答しません
error-schedule-event = このバージョンの guardrail のイベントではありません({ $what })
error-schedule-settings = 夜間実行の設定がバケットにありません
error-schedule-object = 夜間実行のオブジェクトを読み取れません: { $key }
error-schedule-unsent = メールを送信できませんでした
mail-new = 新しい課金(USD/月):
mail-worst = 料金の高い順(USD/月):
mail-unseen = 確認が完了していないアカウント({ $count }):
mail-incomplete = 一部を確認できませんでした(レポートを参照)
mail-report = レポート:
title-schedule = guardrail: 夜間実行
schedule-heading = 夜間実行 · アカウント { $account } · リージョン { $region }
schedule-account = このアカウント
schedule-organization = 組織 { $id } ({ $count } アカウント)
schedule-when = { $what }を毎晩 { $at } ({ $zone }) にスイープし、結果を { $emails } にメールで送ります。
schedule-partial = 指定されたリージョンと種類だけをスイープします。
schedule-sender = メールは { $sender } から SES で送信されます(HTML 形式)。
schedule-trust = StackSets はまだアカウントを操作できません。一度だけ許可してください: `aws cloudformation activate-organizations-access`
schedule-cost = 料金は 1 回あたり最大 { $run } USD、月額最大 { $month } USD です(アラーム 2 個を含む)。
schedule-plan = プラン: 作成 { $create }、変更 { $update }。
schedule-nothing = 変更はありません。夜間実行は設定どおりです。
schedule-unplanned = 読み取れないものがあるため、何も変更しません。理由は上に示しています。
schedule-removal = プラン: 削除 { $remove }。guardrail が作成したものだけを削除します。
schedule-removal-nothing = 変更はありません。このアカウントとリージョンには guardrail の夜間実行がありません。
schedule-removed = 完了: { $remove } 件を削除しました。
schedule-failed = { $all } 件中 { $failed } 件が失敗しました。上の原因を解消してもう一度実行すると、続きから再開します。
schedule-missing = このアカウントとリージョンには夜間実行がありません。`guardrail schedule` で設定できます。
schedule-drifted = ないもの、または設定と異なるものがあります(上の「!」)。最初と同じオプションで `guardrail schedule` を実行すると直ります。
schedule-broken = 設定はありますが、夜間実行が動作していません(上の「異常」)。
schedule-unsure = 確認できないものがあります(上を参照)。
schedule-waiting = 夜間実行を設定しました。まだ確認できていないものがあります(上の「待機中」)。
schedule-works = 夜間実行は設定済みで、正常に動作しています。
schedule-reports = すべてのレポート: { $place }
schedule-reports-kept = レポートは { $place } に残ります。`guardrail schedule --remove --delete-reports` で削除できます。
schedule-last-run = 前回の実行 { $at }: { $verdict }、{ $accounts } アカウント中 { $swept } アカウントをスイープしました。
schedule-last-run-other = 前回の実行 { $at }: { $status }
schedule-chain = レポートは届きますか?
schedule-proving = 確認のため 1 回実行しています(数分かかることがあります)
schedule-skipped = スキップ: 前の手順が失敗しました
schedule-will-create = 作成予定
schedule-differs = 設定と異なります
schedule-ok = 正常
about-reports = 非公開、暗号化、TLS のみ、バージョニング有効。レポートは期限が来ると削除されます。
about-role = この夜間実行だけが引き受けることができ、読み取りしかできません。
about-roles = 同じロールを StackSet で作成します。あとから参加するアカウントにも作成されます。
about-nightly-run = EventBridge スケジューラが Step Functions のステートマシンを開始し、このプログラムを 2 つの Lambda 関数として実行します(アカウントごとのスイープと、一覧・集計)。結果はメールで届きます。実行が失敗したとき、または実行されないときは 2 個のアラームが知らせます。
proof-nightly-run-ok = 実行が成功しました({ $value })
proof-nightly-run-waiting = まだ完了した実行がありません。あとで `guardrail schedule --check` で確認できます
proof-nightly-run-broken = 前回の実行が失敗したか、2 日間実行されていません: { $value }
proof-nightly-run-unknown = 実行を読み取れませんでした
proof-nightly-mail-ok = { $subject } は確認済みです
proof-nightly-mail-waiting = { $subject } の確認待ちです。メール “AWS Notification - Subscription Confirmation” のリンクをクリックしてください
proof-nightly-mail-broken = { $subject } は購読されていません(解除されたか、確認されませんでした)。このアドレスなしで `guardrail schedule` を実行してから、もう一度追加してください
proof-nightly-mail-unknown = メールアドレスを読み取れませんでした
proof-nightly-sender-ok = SES は { $subject } から送信できます
proof-nightly-sender-waiting = SES が { $subject } の確認を待っています。AWS からのメールのリンクを開いてください
proof-nightly-sender-broken = { $subject } が SES に登録されていないため、レポートは送信されません: `aws sesv2 create-email-identity --email-identity { $subject }`
proof-nightly-sender-unknown = SES が { $subject } から送信できるかどうかを読み取れませんでした
proof-nightly-sandbox-ok = SES はサンドボックスですが、{ $subject } に送信できます
proof-nightly-sandbox-waiting = SES はサンドボックスで、{ $subject } の確認を待っています。AWS からのメールのリンクを開いてください
proof-nightly-sandbox-broken = SES はサンドボックスのため、検証済みのアドレスにしか送信しません: `aws sesv2 create-email-identity --email-identity { $subject }`。または、AWS に本番稼働アクセスを申請してください
proof-nightly-sandbox-unknown = SES がサンドボックスかどうかを読み取れませんでした
proof-nightly-roles-ok = StackSet のすべてのアカウントにロールがあります({ $value })
proof-nightly-roles-broken = StackSet guardrail-member がないため、どのアカウントにもロールがありません。`guardrail schedule --organization` で作成できます
proof-nightly-roles-unknown = StackSet guardrail-member を読み取れませんでした
proof-nightly-roles-waiting = StackSet の一部のアカウントにまだロールがありません({ $value })。理由は CloudFormation の StackSets、guardrail-member で確認できます
error-stack = スタック { $stack } を変更できませんでした
error-stack-foreign = guardrail が作成したものではないスタック { $stack } があります
error-demo-schedule = デモアカウントには夜間実行がありません
error-ses-sender = { $region } の SES は、まだ { $address } から送信できません(未検証)
error-time-of-day = "{ $time }" は 03:00 のような時刻ではありません
error-time-zone = "{ $zone }" は Asia/Tokyo のようなタイムゾーンではありません
error-emails-schedule = アドレスは最大 { $most } 個です。それ以上はメーリングリストを使用してください
error-program = このプログラムを読み取れません
error-program-here = Lambda は Linux のプログラムを実行しますが、このプログラムは Linux 用ではありません
error-program-file = プログラム { $file } を読み取れません
error-program-kind = Lambda 用のプログラムではありません(arm64 または x86_64 の Linux プログラムでも zip でもありません)
error-program-zip = zip に bootstrap というプログラムがないか、zip が壊れています
error-program-size = プログラムは展開後 { $size } MB で、Lambda の上限は { $most } MB です
error-program-glibc = プログラムには glibc { $version } が必要ですが、Lambda の glibc は { $most } です
hint-ses-identity = 一度だけ検証してください: `aws sesv2 create-email-identity --email-identity { $address } --region { $region }` を実行し、AWS からのメールのリンクを開いてから、もう一度このコマンドを実行します。ドメインの検証でもかまいません。
hint-ses-confirm = AWS が { $address } にメールを送信しています。リンクを開いてから、もう一度このコマンドを実行してください。
hint-program = このバージョンのリリースから guardrail-aarch64-unknown-linux-musl.tar.gz をダウンロードして展開し、--function FILE で指定してください。
hint-stack-set-access = StackSets を使うには、管理アカウントで一度 `aws cloudformation activate-organizations-access` を実行してください。または、自分でロールを作成して --role で指定してください。
help-schedule = AWS での毎晩のスイープを設定、確認、削除します
help-schedule-email = 結果をこのアドレスにメールで送る(最大 3 個)
help-schedule-ses_from = このアドレスから SES でメールを送信(HTML 形式)。省略時は SNS(プレーンテキスト)
help-schedule-at = 時刻(03:00)
help-schedule-time_zone = --at のタイムゾーン。例: Asia/Tokyo (UTC)
help-schedule-function =
    Lambda 用のプログラム: Linux のプログラムまたは zip
    (既定では、可能ならこのプログラム)
help-schedule-keep_days = この日数が過ぎたレポートを削除する(400)
help-schedule-organization = 組織のすべてのアカウントをスイープする
help-schedule-accounts = これらのアカウントだけ
help-schedule-ou = これらの組織単位とその下にあるアカウントだけ
help-schedule-exclude = これらのアカウントと組織単位を除外する
help-schedule-role =
    すべてのアカウントにすでにあるこのロールを使う
    (既定では StackSet が作成)
help-schedule-external_id = そのロールの外部 ID
help-schedule-regions = これらのリージョンだけをスイープする
help-schedule-resources = これらのリソースタイプだけをスイープする
help-schedule-offline_prices = プログラムに含まれる料金だけを使う
help-schedule-no_bill = 請求と比較しない
help-schedule-no_run = 確認のための実行を開始しない
help-schedule-check = 夜間実行が動作し、メールが届くことを確認する
help-schedule-remove =
    このコマンドが作成したものを削除する
    (レポートは残る)
help-schedule-delete_reports = すべてのレポートも削除する
