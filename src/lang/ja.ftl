error-denied = permission is missing: { $action }

## trail
note-first-copy-free = 管理イベントは最初の 1 コピーが無料です。証跡を 2 つ目以降も作ると、イベントごとに課金されます。
note-log-storage = ログファイルは期限切れで削除されるまで S3 のストレージとして課金されます。通常は月に数セントです。
note-bucket-kept = バケット { $value } にはログが残っているため、削除しませんでした。ログは期限切れで削除されるまで S3 のストレージとして課金されます。
proof-trail-logging-ok = { $subject } は全リージョンを記録中です
proof-trail-logging-broken = { $subject } は記録を停止しています。アカウントでの操作が記録されていません
proof-trail-delivers-ok = { $subject } のログファイルは配信されています
proof-trail-delivers-waiting = { $subject } のログファイルはまだ配信されていません。最初の配信には 15 分ほどかかります
proof-trail-delivers-broken = { $subject } のログファイルを配信できません。バケットとそのポリシーを確認してください
error-bucket-taken = バケット名 { $bucket } は使用できません。別のアカウントまたは別のリージョンで使われています
hint-bucket-taken = { $bucket } がご自身のバケットであれば、s3:ListBucket を許可するか、us-east-1 以外にある場合は削除してください。ご自身のものでなければ、プロファイルで証跡を無効にしてください。
