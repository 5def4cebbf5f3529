error-denied = permission is missing: { $action }

## profile
error-profile =
    the profile { $file } has a mistake:
    { $snippet }
error-profile-unknown = there is no profile called { $name }
error-profile-unreadable = the profile { $file } cannot be read
hint-profile-names = Profiles that come with guardrail: { $names }. A file of your own is named by its path: ./my.toml
hint-profile-nearest = Did you mean { $name }?
profile-extends-no-file = there is no file { $name } here; a path is read from where this file is
profile-extends-unknown = there is no profile called { $name }; it can be one of { $names }, or the path of a file: "./base.toml"
profile-extends-cycle = { $name } extends this profile itself: they go round in a circle
profile-extends-deep = profiles extend each other more than { $most } deep; let this one extend { $name } no more
profile-alarms-twice = state percent_of_limit or thresholds_usd, not both
profile-too-many-emails = at most { $most } addresses can be warned, and these are { $count }; use a group address
profile-too-many-alarms = at most { $most } alarms (AWS gives ten free of charge), and these are { $count }
profile-too-many-notifications = a budget warns at most { $most } times, and these are { $count } (actual and forecast together)
profile-no-notification = this budget would never warn: state a percentage, or enabled = false
profile-percent = a percentage is a whole number from 1 to { $most }, not { $value }
profile-days = days are a whole number from 1 to { $most }, not { $value }
profile-quantity = an allowance is a number above zero, not { $value }
profile-region = { $value } is not the name of a region, such as ap-northeast-1
profile-date = a day is written 2027-03-31, not { $value }
profile-kebab = { $value } must be lower-case letters and digits joined by hyphens, such as ec2-instance
profile-empty = this must not be empty, nor have line breaks
profile-name-twice = the name { $name } is used twice
profile-usage-one-of = state usage_type or usage_type_group: one of them, not both
profile-keep-one-of = state the id or the name of what is kept: one of them, not both
error-email = "{ $value }" is not an e-mail address, such as you@example.com
error-email-long = an e-mail address has at most { $most } characters
error-limit-not-a-number = "{ $value }" is not an amount in US dollars; write it 5 or 5.50
error-limit-negative = an amount must be above zero, not { $value }
error-limit-zero = an amount must be above zero; 0.01 is the smallest (the zero-spend budget warns at the first cent)
error-limit-huge = { $value } is more than 1,000,000 US dollars
error-limit-cents = { $value } has more than two decimals; US dollars end at the cent: 5.50
error-memory-no-home = the folder for settings is unknown; set { $env } to one
error-memory-read = what was chosen for this account cannot be read: { $file }
error-memory-corrupt = what was chosen for this account cannot be understood: { $file }
hint-memory-corrupt = Delete that file. The next guardrail init asks again and writes it anew; nothing in AWS depends on it.
error-memory-write = what was chosen for this account cannot be remembered: { $file }
error-memory-forget = what was chosen for this account cannot be forgotten: { $file }
## notes
note-restarts-by-itself = AWS starts it again by itself on { $value }
note-restarts-by-itself-week = AWS starts it again by itself after 7 days at the latest
note-starts-now = it is starting: from then on it bills in full
note-members-first = delete its instances first
note-snapshot-of = a snapshot of { $value }
note-backup-allowance = free up to the size of your running databases in this region; beyond that it bills
note-cold-storage = what it keeps in cold storage bills too
