error-denied = permission is missing: { $action }

## notes

note-address-stays = deleting it leaves its Elastic IP behind, which goes on billing
note-attached-to = attached to { $value }
note-comes-back = comes back if it is stopped or deleted: the Auto Scaling group { $value } starts another; set that group to 0 first
note-delete-only = it cannot be stopped, only deleted
note-deleted-with-instance = deleted together with its instance
note-instance-store = it runs on an instance store: it cannot be stopped, and terminating it loses its data
note-managed-by = run by { $value } on your behalf: end it there, EC2 refuses
note-on-dedicated-host = it runs on a dedicated host: the host bills, not this instance
note-service-managed = kept by an AWS service ({ $value }): it goes away with what that service runs for you
note-snapshot-of-image = belongs to the image { $value }: deregister the image first
note-unattached = attached to nothing
note-usage-extra = plus a charge by use (traffic, requests) that is not in this figure
