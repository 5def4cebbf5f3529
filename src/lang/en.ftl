error-denied = permission is missing: { $action }

## notes
note-restarts-by-itself = AWS starts it again by itself on { $value }
note-restarts-by-itself-week = AWS starts it again by itself after 7 days at the latest
note-starts-now = it is starting: from then on it bills in full
note-members-first = delete its instances first
note-snapshot-of = a snapshot of { $value }
note-backup-allowance = free up to the size of your running databases in this region; beyond that it bills
note-cold-storage = what it keeps in cold storage bills too
