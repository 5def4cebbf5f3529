error-denied = permission is missing: { $action }

## trail
note-first-copy-free = The first copy of management events is free. A second trail would bill for every event.
note-log-storage = The log files bill as S3 storage until they expire, usually a few cents a month.
note-bucket-kept = The bucket { $value } was kept because it still holds logs. They bill as S3 storage until they expire.
proof-trail-logging-ok = { $subject } is logging every region
proof-trail-logging-broken = { $subject } is not logging: what happens in the account is not recorded
proof-trail-delivers-ok = { $subject } delivers its log files
proof-trail-delivers-waiting = { $subject } has not delivered a log file yet: the first takes about 15 minutes
proof-trail-delivers-broken = { $subject } cannot deliver its log files: look at the bucket and its policy
error-bucket-taken = the bucket name { $bucket } cannot be used: another account or another region has it
hint-bucket-taken = If { $bucket } is your own bucket, allow s3:ListBucket on it, or delete it if it is not in us-east-1. If it is not yours, switch the trail off in the profile.
