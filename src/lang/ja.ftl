error-denied = permission is missing: { $action }

## notes
note-restarts-by-itself = AWS が { $value } に自動で起動します
note-restarts-by-itself-week = 遅くとも 7 日後に AWS が自動で起動します
note-starts-now = 起動中です。起動後は通常どおり課金されます
note-members-first = 先にインスタンスを削除してください
note-snapshot-of = { $value } のスナップショットです
note-backup-allowance = このリージョンで実行中のデータベースの容量までは無料で、超えた分が課金されます
note-cold-storage = コールドストレージのデータにも課金されます
