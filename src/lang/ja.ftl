error-denied = permission is missing: { $action }

## profile
error-profile =
    プロファイル { $file } に誤りがあります:
    { $snippet }
error-profile-unknown = { $name } というプロファイルはありません
error-profile-unreadable = プロファイル { $file } を読み込めません
hint-profile-names = 付属のプロファイル:{ $names }。自分のファイルはパスで指定します:./my.toml
hint-profile-nearest = もしかして:{ $name }
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
