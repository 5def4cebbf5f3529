error-denied = permission is missing: { $action }

## notes

note-address-stays = 削除しても Elastic IP は残り、料金が続きます
note-attached-to = 接続先: { $value }
note-comes-back = 停止や削除をしても、Auto Scaling グループ { $value } が新しく起動します。先にグループの台数を 0 にしてください
note-delete-only = 停止はできません。削除のみ可能です
note-deleted-with-instance = インスタンスと一緒に削除されます
note-instance-store = インスタンスストアで動いているため停止できません。終了するとデータは失われます
note-managed-by = { $value } が代わりに管理しています。EC2 からは操作できないため、管理元で終了してください
note-on-dedicated-host = 専有ホストで動いています。料金はインスタンスではなくホストにかかります
note-service-managed = AWS のサービス ({ $value }) が保持しています。そのサービス側のものを削除すると解放されます
note-snapshot-of-image = イメージ { $value } の一部です。先にイメージの登録を解除してください
note-unattached = どこにも接続されていません
note-usage-extra = このほかに、使用量 (通信量、リクエスト数) に応じた料金がかかります
