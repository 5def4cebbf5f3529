## errors
error-heading = error:
warning-heading = warning:
error-denied = the permission { $action } is missing
error-denied-by-organization = a policy of your organisation denies { $action }
error-disabled-region = AWS does not accept these credentials for { $action } in this region
error-throttled = AWS is throttling { $action }
error-timeout = AWS did not answer { $action } in time
error-unreachable = AWS cannot be reached for { $action }
error-aws = { $action } failed
error-request = a request could not be built; this is a bug in guardrail
error-wait-failed = it has not reached the state that the next step needs ({ $action })
error-wait-timeout = it has not reached the state that the next step needs in time ({ $action })
error-no-credentials = no AWS credentials were found
error-aws-profile = the AWS profile { $profile } does not exist or has no usable credentials
error-credentials = AWS does not accept the credentials
error-expired = the AWS credentials have expired
error-not-aws = something else answered { $action } in AWS's place
error-clock = AWS refuses { $action } because the clock of this machine is wrong
error-no-account = AWS did not say which account the credentials belong to
error-other-account = the credentials belong to account { $account }, but --account is { $wanted }. Nothing was read or changed.
error-account-id = "{ $account }" is not an AWS account number: twelve digits
error-region-name = "{ $region }" is not a region name
error-region-unknown = this account has no region { $region }
error-region-disabled = the region { $region } is not enabled in this account
error-resource-unknown = there is no resource type "{ $resource }"
error-render = the report could not be written; this is a bug in guardrail
error-stdout = the output could not be written
error-output = the file { $file } could not be written; nothing was changed
error-output-is-format = "{ $file }" is a format, not a file
error-format = `{ $command }` does not write { $format }
hint-file-of-that-name = A file of that name is written with -o ./{ $file }.
error-runtime = the program could not start
error-interrupted = interrupted
error-not-chosen = --{ $option } is required when not running in a terminal
error-not-approved = nothing was changed: the plan above has not been approved
error-demo-reads = the practice account is read-only
nothing-changed = nothing was changed
hint-configure = Sign in with `aws login` or `aws sso login`, or store access keys with `aws configure`. If you have several profiles, choose one with --profile.
hint-aws-profile = `aws configure list-profiles` lists the AWS profiles of this computer. (guardrail's own profile is chosen with -c.)
hint-from-variable = The name comes from the environment variable { $variable }.
hint-in-profile = The name is in the profile { $file }.
hint-login = Sign in again with `aws login` or `aws sso login`.
hint-not-aws = Sign in to the network (a hotel or a café shows a page for it), or check the proxy in HTTPS_PROXY and AWS_ENDPOINT_URL.
hint-clock = Set the clock, then try again.
hint-demo = Just looking? `guardrail sweep --demo` needs no AWS account.
hint-network = Check the network, and AWS_ENDPOINT_URL if you use it.
hint-other-account = Choose the other account's credentials with --profile, or drop --account.
hint-region-name = Region names look like ap-northeast-1.
hint-regions = Regions of this account: { $regions }
hint-region-disabled = Anything left in { $region } is still charged. Enable the region in the console (Account → AWS Regions), then sweep again.
hint-resources = `guardrail resources` lists them.
hint-families = A family ({ $families }) or a pattern such as "rds-*" works, too.
hint-output = Choose another path with --output.
hint-not-chosen = Pass --{ $option }, or set it in a profile of your own (-c).
hint-not-approved = Approve it with --yes, or run the command in a terminal.
hint-demo-dry-run = Add --dry-run to see the plan.
hint-interrupted = Run the same command again: it continues where it stopped.
hint-valid-values = Valid values: { $values }
hint-did-you-mean = Did you mean { $near }?
hint-help = See `{ $command } --help`.
hint-seconds = Give a whole number of seconds from 1 to 3600.
hint-part = Give the number of a part, starting with 1.
usage-unexpected = "{ $argument }" is not expected here
usage-unknown-option = unknown option { $argument }
usage-unknown-command = unknown command { $command }
usage-value-missing = { $argument } needs a value
usage-bad-value = "{ $value }" is not a valid value for { $argument }
usage-argument-missing = { $argument } is missing
usage-conflict = { $argument } cannot be used together with { $other }
usage-command-missing = a command is missing
usage-other = the options could not be parsed
usage-not-utf8 = an argument is not valid UTF-8
language-unknown = GUARDRAIL_LANG={ $name } is not supported (en, ja).

## sweep
label-bill = Bill
label-explained = Explained
label-kept = Kept
label-missing = Missing
label-not-checked = Not checked
label-coverage = Coverage
label-prices = Prices
label-note = Note
between-sentences = { " " }
verdict-safe = SAFE
verdict-not-safe = NOT SAFE
verdict-not-sure = NOT SURE
sweep-heading = Account { $account } · { $at }
sweep-safe = Nothing costs money in { $regions } { $regions ->
    [one] region
   *[other] regions
}.
sweep-safe-narrowed = Nothing costs money among { $types } { $types ->
    [one] type
   *[other] types
} in { $regions } { $regions ->
    [one] region
   *[other] regions
}.
sweep-safe-but-kept = Nothing costs money but what is kept on purpose.
sweep-kept = { $count } { $count ->
    [one] resource is
   *[other] resources are
} kept on purpose, { $month } USD a month.
sweep-not-seen = Nothing that costs money was found, but not everything could be checked.
sweep-seen-nowhere = Nothing could be checked.
sweep-unexplained = Nothing that costs money was found, but the bill grows.
sweep-cost = { $count } { $count ->
    [one] resource costs
   *[other] resources cost
} { $month } USD a month, { $day } every day.
sweep-cost-at-least = { $count } { $count ->
    [one] resource costs
   *[other] resources cost
} at least { $month } USD a month, { $day } every day.
sweep-cost-at-most = { $count } { $count ->
    [one] resource costs
   *[other] resources cost
} at most { $month } USD a month.
sweep-cost-unknown = { $count } { $count ->
    [one] resource costs
   *[other] resources cost
} money; how much is not known.
sweep-unpriced = The price of { $count } is unknown.
sweep-interrupted = The sweep was interrupted: this report is not complete.
sweep-late = The time limit ended the sweep: this report is not complete. --timeout sets it.
sweep-bill-so-far = { $usd } USD so far in { $month } ({ $hours } { $hours ->
    [one] hour
   *[other] hours
} ago)
sweep-explained = { $found } of { $day } USD a day: all of it was found.
sweep-explained-partly = { $found } of { $day } USD a day. Not found: { $names }.
permissions-missing = { $count } { $count ->
    [one] permission
   *[other] permissions
}: { $names }. `guardrail policy sweep` prints the policy to attach.
coverage-size = { $regions } { $regions ->
    [one] region
   *[other] regions
} × { $types } { $types ->
    [one] type
   *[other] types
}.
coverage-size-of = { $regions } { $regions ->
    [one] region
   *[other] regions
} × { $types } of { $known } types.
scope-narrowed = Only the chosen regions and types were checked.
disabled-regions = { $count } { $count ->
    [one] region is
   *[other] regions are
} not enabled and cannot be checked: what was left there is still charged.
prices-of-one-day = AWS list prices before tax, of { $first }.
prices-of-days = AWS list prices before tax, of { $first } to { $last }.
step-look = look
step-stop = stop
step-delete = delete!
step-end = end!
step-then = then
ec2-instance = EC2 instance
group-goes = { " " }(deleted with it)
rest-of-findings = { $count } more: { $names }
legend-irrevocable = “!” cannot be undone
legend-open = “+” a part is unknown
legend-unknown = “?” by use or unknown
legend-at-most = “≤” at most
legend-verbose = `-v` shows everything
sweep-progress = { $done } of { $all } questions answered, { $findings } found
billing-stopped = stopped; its storage is still charged
billing-ending = being deleted
charge-price-unknown = price unknown
charge-price-old = price of { $day }
charge-price-weak = unconfirmed price of { $day }
charge-metered = by use, metered by AWS
charge-at-most = at most { $usd } USD/month
gaps-heading = Could not be checked ({ $count })
gap-whole-account = the whole account
gap-other-regions = regions beyond those that every account has
gap-interrupted = interrupted before it answered
gap-mistake = a bug in guardrail, please report it
gap-denied = the permission { $action } is missing
gap-denied-by-organization = a policy of your organisation denies { $action }
gap-disabled-region = the region does not accept your credentials; it may be disabled
gap-throttled = AWS limited how often it may be asked
gap-timeout = no answer in time
gap-unreachable = cannot be reached ({ $message })
gap-expired = the AWS session has expired. Sign in again with `aws login` or `aws sso login`, then run this again.
gap-refused = no region accepts the credentials any more: the key may have been switched off or deleted. `aws sts get-caller-identity` shows whether it works.
gap-not-aws = a web page or a foreign certificate came instead of AWS's answer. Sign in to the network, or check the proxy in HTTPS_PROXY.
gap-clock = the clock of this machine is wrong, and AWS refuses its requests. Set it, then run this again.
gaps-alike = { $count } { $count ->
    [one] question
   *[other] questions
}: { $why }
gap-other = { $action } failed: { $message }
and-more = and { $count } more
scope-regions = Regions: { $names }
scope-types = Only these types: { $names }
scope-not-enabled = Not enabled: { $names }
output-written = Written to { $file }.

## what is kept
note-kept = kept on purpose until { $value }
note-keep-unused = The profile keeps { $value }, but the sweep found nothing by that name. You can remove the entry.
note-keep-ended = was kept until { $value }; that date has passed

## safeguards
plan-heading = Account { $account } · profile { $profile } · region us-east-1
plan-summary = Plan for { $all } { $all ->
    [one] safeguard
   *[other] safeguards
}: { $create } to create, { $update } to change, { $remove } to remove, { $same } already set up{ $unknown ->
    [0] {""}
   *[other] , { $unknown } not checked
}. Together they cost { $usd } USD/month.
plan-nothing = No changes. { $same } { $same ->
    [one] safeguard matches
   *[other] safeguards match
} the profile in every field.
plan-nothing-possible = None of the { $all } safeguards could be checked, so nothing can be planned. Nothing was changed; the reasons are above.
plan-nothing-seen = No changes are needed as far as is known, but { $unknown } of { $all } safeguards could not be checked.
removal-summary = Plan: { $remove } to remove. Only objects that guardrail created are removed.
removal-nothing = No changes. This account has nothing that guardrail created.
applied-summary = Done: { $create } created, { $update } changed, { $remove } removed; all verified.
removed-summary = Done: { $remove } removed.
applied-partly = { $failed } of { $all } safeguards could not be set up. Fix the cause shown above and run the command again: it continues where it stopped.
check-ok = All { $all } safeguards match the profile, and warnings reach you.
check-waiting = All { $all } safeguards match the profile. Not everything is proven yet: see “waiting” above.
check-incomplete = { $seen ->
    [0] No safeguard could be checked; the reasons are above.
    [one] Not everything could be checked: see “?” and “unknown” above. The one safeguard that could be checked matches the profile.
   *[other] Not everything could be checked: see “?” and “unknown” above. The { $seen } safeguards that could be checked match the profile.
}
check-broken = The safeguards exist, but a warning would not reach you: see “broken” above.
permissions-of-command = `guardrail policy { $command }` prints an IAM policy with every permission that the command needs.
check-drift = { $wrong } of { $all } safeguards { $wrong ->
    [one] does not
   *[other] do not
} match the profile. Run `guardrail init` to fix this.{ $unknown ->
    [0] {""}
   *[other] { " " }{ $unknown } could not be checked.
}
row-will-create = to create · { $usd } USD/month
row-will-update = to change
row-will-remove = to remove
row-created = created
row-updated = changed
row-removed = removed
row-failed = failed
row-skipped = skipped: a safeguard that it needs is missing
row-unknown = could not be checked
row-unchanged = unchanged
row-ok = OK
row-missing = missing
row-drifted = differs from the profile
row-unwanted = exists, but the profile does not want it
value-none = (none)
plan-stated = { $field } { $value }
plan-also-warns = ~ { $object } also warns { $who } (at { $alerts })
plan-warns-no-more = ~ { $object } no longer warns { $who } (at { $alerts })
plan-the-topic = the topic
alert-actual = actual > { $above }
alert-forecast = forecast > { $above }
month = { $year }-{ $month }
unit-hrs = hours
unit-gb-mo = GB-months
chain-heading = Does a warning reach you?
status-ok = ok
status-waiting = waiting
status-broken = broken
status-unknown = unknown
applying = Setting up: { $name }
removing = Removing: { $name }
ask-email = E-mail address for warnings
ask-limit = Monthly limit in US dollars
ask-approve = Proceed?
about-notification-topic = An SNS topic that e-mails every warning to you.
about-billing-alarm = CloudWatch alarms on this month's estimated charges, which AWS updates several times a day.
about-zero-spend-budget = Warns at the first cent.
about-monthly-budget = Warns as the month's limit is used up, and when AWS forecasts that it will be exceeded.
about-free-tier-budgets = Warn before a free-tier allowance is used up.
about-trail = Records who did what in the account, in every region, as log files in a bucket of its own.
note-adopted = { $value } already does this; it is left unchanged
note-not-ours = { $value } has guardrail's name but not its tag, so it is left alone
note-not-wanted = not wanted by the profile
note-alarm-allowance = The first 10 alarms of an account are free; each further alarm costs 0.10 USD a month.
proof-subscription-confirmed-ok = subscribed and confirmed: { $subject }
proof-subscription-confirmed-waiting = { $subject } has not confirmed yet: open the mail “AWS Notification - Subscription Confirmation” and click “Confirm subscription” { $value ->
    [none] within 48 hours
   *[other] before { $value }
} (look in the spam folder, too)
proof-subscription-confirmed-broken = { $subject } is not subscribed: run `guardrail init` to send the confirmation mail again
proof-subscription-confirmed-unknown = whether { $subject } has confirmed is not known: { $value } failed
proof-alarm-rings-ok = the topic is notified by { $subject }
proof-alarm-rings-broken = { $subject } is disabled or does not notify the topic: run `guardrail init`
proof-organization-trail-broken = the organisation has no trail that covers this account: ask its administrators to create one, or set by = "guardrail" in the profile
field-expires-after-days = logs expire after (days)
field-multi-region = every region
field-validation = log-file validation
field-logging = logging
field-public-access-blocked = public access blocked
field-encryption = encryption
field-policy = policy
field-filters = filters
field-type = type
field-time-unit = period
field-include-credit = includes credits
field-include-refund = includes refunds
field-topic = topic
field-emails = sent to
field-may-publish = policy statement
field-alarms = alarm
field-budgets = budget
field-bucket = bucket
field-trail = trail
field-threshold-usd = threshold
field-comparison = comparison
field-metric = metric
field-statistic = statistic
field-period-seconds = period (seconds)
field-evaluation = evaluation
field-missing-data = missing data
field-enabled = enabled
field-notifies-topic = notifies the topic
field-managed-by = managed by
field-encrypted-with = encrypted with
field-name = name
field-limit = limit
field-notifications = warns at

## tables
title-sweep = guardrail: what costs money
title-safeguards = guardrail: safeguards
title-resources = guardrail: resource types
column-account = account
column-region = region
column-resource = resource
column-id = id
column-name = name
column-billing = state
column-charges = charges
column-usd-per-hour = USD/hour
column-usd-per-month = USD/month
column-created-at = created
column-notes = notes
column-commands = commands
column-look-command = look into it first
column-stop-command = stop
column-delete-command = delete (for good)
column-owner = belongs to
column-owner-command = end its owner
column-at-least = at least
column-safeguard = safeguard
column-state = state
column-action = action
column-result = result
column-changes = changes
column-proof = proof
column-bills = how it is charged
column-reads = IAM actions
profile-good = The profile { $name } is good.

## help
help-heading-usage = Usage:
help-heading-commands = Commands:
help-heading-arguments = Arguments:
help-heading-options = Options:
help-guardrail = Prevent surprise AWS bills: set up the alerts AWS recommends and find what is still costing money
help-guardrail-more =
    Examples:
      guardrail sweep --demo              try it without an AWS account
      guardrail init --email you@example.com --limit 10
      guardrail sweep                     before you close the laptop

    Environment:
      GUARDRAIL_CONFIG                    guardrail profile, as -c
      GUARDRAIL_LANG                      language, as --lang
      GUARDRAIL_CONFIG_DIR                saved settings (~/.config/guardrail)
      GUARDRAIL_STATE                     history: a folder or s3://bucket/prefix
      GUARDRAIL_CACHE_DIR                 cached prices (~/.cache/guardrail)
      NO_COLOR, COLUMNS                   no colour; width of the output
      AWS_PROFILE, AWS_ENDPOINT_URL, …    as in every AWS tool

    Exit codes: 0 complete, nothing found · 1 failed · 2 wrong use
      3 incomplete · 10 found something · 130 interrupted
help-init = Set up the safeguards: show a plan, ask, apply and verify it
help-init-more =
    Examples:
      guardrail init --dry-run            show the plan, change nothing
      guardrail init --email you@example.com --limit 10

    Exit codes: 0 set up · 2 not approved · 3 incomplete · 10 a warning would
      not reach you
help-check = Compare the account with the profile and check that warnings reach you
help-check-more =
    Examples:
      guardrail check
      guardrail check --send-test         have a test mail sent

    Exit codes: 0 all as the profile wants it, warnings reach you
      3 not everything could be checked or is confirmed · 10 something differs
help-remove = Remove exactly what init created
help-remove-more =
    Examples:
      guardrail remove --dry-run          show what would be removed
      guardrail remove
help-sweep = Find what is still costing money in every region, and how much
help-sweep-more =
    Examples:
      guardrail sweep --regions ap-northeast-1,us-east-1
      guardrail sweep --resources databases,"ec2-*"
      guardrail sweep -o report.html      the report as a web page

    Exit codes: 0 nothing costs money · 10 something does
      3 nothing found, but not everything could be checked
help-resources = List the resource types that sweep covers and how each is charged
help-resources-more =
    Examples:
      guardrail resources
      guardrail resources --format json   with the IAM actions of each type
help-policy = Print the minimal IAM policy for the given commands
help-policy-more =
    Examples:
      guardrail policy check > policy.json
      guardrail policy sweep --part 1     as AWS limits the size of a policy
help-profile = guardrail's profiles: what to set up, whom to warn, what to sweep
help-profile-more =
    Examples:
      guardrail profile show personal     every setting, explained
      guardrail profile check ./my.toml
help-profile-list = List the built-in profiles
help-profile-show = Print a profile
help-profile-check = Check a profile for mistakes
help-completions = Print completions for a shell
help-completions-more =
    Examples:
      guardrail completions bash > ~/.local/share/bash-completion/completions/guardrail
      guardrail completions fish > ~/.config/fish/completions/guardrail.fish
      guardrail completions zsh > ~/.zfunc/_guardrail
help-man = Print the manual page
help-man-command = A command: the page of the program if none is named
help-help-command = A command
help-config = guardrail profile: a built-in name or a file (not an AWS profile)
help-name = A built-in name or a file
help-aws-profile = AWS named profile to take the credentials from
help-region = AWS region for API credentials; stop and delete act only there (a sweep is narrowed with --regions)
help-account = Refuse to run in any other account
help-format = Output format: text, json, csv, csv-excel, markdown or html
help-output = Write the report to FILE (atomic); its ending sets the format, - is stdout
help-lang = Language: en or ja
help-color = Colour: auto, always or never
help-quiet = Print only the result
help-verbose = Verbose output
help-demo = Use the built-in practice account: no credentials, no network
help-help = Print help
help-version = Print the version
help-init-email = E-mail address for warnings; can be repeated
help-init-limit = Monthly limit in US dollars
help-dry_run = Show the plan and change nothing
help-yes = Approve the plan without being asked
help-remove-delete_logs = Delete the trail's log files, too; by default a bucket with logs is kept
help-sweep-regions = Sweep only these regions
help-sweep-resources = Sweep only these types, families or patterns ("rds-*")
help-sweep-exit_zero = Exit with 0 even if something costs money
help-sweep-offline_prices = Use only the built-in prices; do not read the AWS price list
help-sweep-timeout = Give up after this many seconds (60, for each account of an organisation 300); checks without an answer are reported
help-policy-commands = sweep, bill, appeal, advice, init, check, remove, send-test (check --send-test), who or notify (sweep), stop, delete, schedule or history (in S3); default: all but stop, delete, schedule and history
hint-region-narrows-nothing = --region only says where your credentials are at home. To look in chosen regions only, use --regions { $region }.
help-completions-shell = bash, zsh, fish, elvish or powershell

## profile
error-profile =
    the profile { $file } has a mistake:
    { $snippet }
error-profile-unknown = there is no guardrail profile called { $name }
error-profile-unreadable = the profile { $file } cannot be read
hint-profile-names = Built-in profiles: { $names }. Give a file of your own by its path: ./my.toml
hint-profile-nearest = Did you mean { $name }?
profile-unknown-field = unknown field { $name }; known here: { $known }
profile-unknown-value = unknown value { $value }; use one of: { $known }
profile-missing-field = { $name } is missing here
profile-must-be-list = this must be a list in brackets: ["…"]
profile-must-be-text = this must be text in quotes: "…"
profile-must-be-switch = this must be true or false, without quotes
profile-must-be-table = this must be a table: its name in brackets on a line of its own, its fields below
profile-stated-twice = this is stated twice
profile-wide-space = this line has a full-width space (U+3000); use an ordinary space
profile-not-toml = this is not valid TOML: { $message }
profile-extends-no-file = there is no file { $name }; the path is relative to this file
profile-extends-unknown = there is no profile called { $name }; use { $names }, or the path of a file: "./base.toml"
profile-extends-cycle = { $name } extends this profile in turn: the references are circular
profile-extends-deep = profiles extend each other more than { $most } levels deep; do not extend { $name } here
profile-alarms-twice = set percent_of_limit or thresholds_usd, not both
profile-too-many-emails = at most { $most } addresses can be warned, but { $count } are listed; use a group address
profile-too-many-alarms = at most { $most } alarms (ten are free of charge), but { $count } are listed
profile-too-many-notifications = a budget has at most { $most } alerts (actual and forecast together), but { $count } are listed
profile-no-notification = this budget would never warn: set a percentage, or enabled = false
profile-percent = a percentage must be a whole number from 1 to { $most }, not { $value }
profile-days = the number of days must be a whole number from 1 to { $most }, not { $value }
profile-quantity = an allowance must be a number above zero, not { $value }
profile-region = { $value } is not a region name (example: ap-northeast-1)
profile-date = write a date as 2027-03-31, not { $value }
profile-kebab = { $value } must be lower-case letters and digits joined by hyphens (example: ec2-instance)
profile-iam-name = { $value } is not an IAM name: only letters, digits and _+=,.@-, without a path
profile-too-many-targets = at most { $most } in one list, but { $count } are listed
profile-action-no-target = this restricts no one: list users, groups or roles, or set enabled = false
profile-empty = this must not be empty or contain line breaks
profile-name-twice = the name { $name } is used twice
profile-usage-one-of = set usage_type or usage_type_group: one of them, not both
profile-keep-one-of = set id or name: one of them, not both
error-email = "{ $value }" is not an e-mail address (example: you@example.com)
error-email-long = an e-mail address has at most { $most } characters
error-limit-not-a-number = "{ $value }" is not an amount in US dollars; write 5 or 5.50
error-limit-negative = an amount must be above zero, not { $value }
error-limit-zero = an amount must be above zero; 0.01 is the smallest (the zero-spend budget warns at the first cent)
error-limit-huge = { $value } is more than 1,000,000 US dollars
error-limit-cents = { $value } has more than two decimals; write whole cents, as in 5.50
error-memory-no-home = the settings folder is unknown; set { $env }
error-memory-read = the saved settings for this account cannot be read: { $file }
error-memory-corrupt = the saved settings for this account are corrupt: { $file }
hint-memory-corrupt = Delete that file. The next `guardrail init` asks again and recreates it; nothing in AWS depends on it.
hint-memory-write = Later commands will not know them. Set { $env } to a folder that can be written, or put them in a profile (-c).
error-memory-write = the settings for this account cannot be saved: { $file }
error-memory-forget = the saved settings for this account cannot be deleted: { $file }
## notes
note-restarts-by-itself = AWS restarts it automatically on { $value }
note-restarts-by-itself-week = AWS restarts it automatically after 7 days at the latest
note-extended-support = its version is past standard support: it costs extra, often more than the rest together, until it is upgraded or deleted; stopping does not end that
note-extended-support-third-year = its version is in the third year past standard support: that costs twice as much as before, until it is upgraded or deleted; stopping does not end that
note-extended-support-from = the standard support of its version ends: from { $value } on it costs extra, often more than the rest together; upgrade it before
note-starts-now = it is starting: from then on it is charged in full
note-members-first = delete its instances first
note-snapshot-of = a snapshot of { $value }
note-backup-allowance = free up to the size of your running databases in this region; charged beyond that
note-cold-storage = its data in cold storage is charged, too

## notes

note-address-stays = deleting it leaves its Elastic IP address behind, which is still charged
note-attached-to = attached to { $value }
note-delete-only = it cannot be stopped, only deleted
note-deleted-with-instance = deleted together with its instance
note-instance-store = runs on an instance store: it cannot be stopped, and terminating it loses its data
note-managed-by = managed by { $value } on your behalf: end it there, EC2 refuses
note-mac-a-day = a Mac host cannot be released in its first 24 hours
note-on-dedicated-host = runs on a Dedicated Host: the host is charged, not this instance
note-spot-price = a Spot Instance: its price changes with demand and is in no list
note-service-managed = held by an AWS service ({ $value }), which releases it when you delete its own resource
note-unattached = not attached to anything
note-usage-extra = plus usage charges (traffic, requests) that are not in this figure

## budgets
note-elsewhere = In { $value }: a policy of your organisation forbids it in us-east-1.
note-by-email-only = Warns by e-mail only until there is a topic in us-east-1; AWS Budgets sends mail only to addresses it has verified.
note-budgets-free = Budgets that only warn cost nothing.
proof-budget-alerts-ok = every alert names every recipient: { $subject }
proof-budget-alerts-broken = budget { $subject } lacks an alert or a recipient, so a warning can get lost: run `guardrail init`

## trail
note-first-copy-free = The first copy of management events is free; a second trail is charged for every event.
note-log-storage = The log files are charged as S3 storage until they expire, usually a few cents a month.
note-bucket-kept = The bucket { $value } was kept because it still holds logs, which are charged as S3 storage until they expire.
proof-trail-logging-ok = { $subject } is logging in every region
proof-trail-logging-broken = { $subject } is not logging: activity in the account is not recorded
proof-trail-delivers-ok = { $subject } delivers its log files
proof-trail-delivers-waiting = { $subject } has not delivered a log file yet: the first takes about 15 minutes
proof-trail-delivers-broken = { $subject } cannot deliver its log files: check the bucket and its policy
note-bucket-taken = The bucket name { $value } cannot be used: another account or another region has it. If the bucket is yours, allow s3:ListBucket on it, or delete it if it is in another region. If it is not yours, turn the trail off in the profile.

## billing alerts
about-billing-alerts = Makes AWS publish this month's estimated charges, which the alarms watch.
note-alerts-for-good = Once enabled, AWS cannot disable it again. It costs nothing.
note-alerts-stay = It stays enabled: AWS cannot disable it. It costs nothing.
note-free-plan = This account is on the AWS free plan: it is not charged until { $value }, or until its credits are used up. Then AWS closes it unless you upgrade.
note-member-of = This account belongs to the organisation of account { $value }, which pays for it and may limit what can be set up here.
note-project-account = This looks like an AWS “project” in the organisation of account { $value }: AWS itself denies topics, trails and new alarms in us-east-1 there. Everything that is allowed is set up; the rest requires the advanced features in AWS Settings, and activating them cannot be undone.
note-root-must-allow-billing = AWS denies these credentials access to billing: sign in once as the root user and enable Account → “IAM user and role access to Billing information”.
note-payer-must-enable-budgets = Budgets are not available in this account yet: an administrator of the paying account has to open Budgets or Cost Explorer there once. About a day later, run `guardrail init` again.
note-denied-by-organization = A service control policy of your organisation forbids some of this: only its administrators can allow it.
proof-billing-alerts-on-ok = AWS publishes this account's estimated charges
proof-billing-alerts-on-unknown = whether AWS publishes the estimated charges is not known: in the console, open Billing → Billing preferences → Alert preferences and tick “Receive CloudWatch billing alerts”
proof-metric-has-data-ok = the estimated charges are up to date: last published { $subject }
proof-metric-has-data-waiting = there are no estimated charges yet: AWS publishes the first within a day or so
proof-metric-has-data-broken = no estimated charges since { $subject }, so the alarms have no data: check Billing → Billing preferences → Alert preferences in the console; if “Receive CloudWatch billing alerts” is ticked, ask AWS Support, which is free for billing questions
proof-metric-needs-alerts-broken = the estimated charges are not published, so the alarms have no data: run `guardrail init` to enable billing alerts
proof-metric-has-data-unknown = there are no estimated charges, and AWS does not say why: the account may be new, billing alerts may be off (Billing → Billing preferences → Alert preferences), or it belongs to the AWS Partner Network, whose accounts get none. The budgets still warn
proof-metric-needs-payer-broken = no estimated charges reach this account, so the alarms have no data: an administrator of the paying account { $subject } has to tick Billing → Billing preferences → “Receive CloudWatch billing alerts” there. The budgets still warn
proof-alarm-is-ringing-ok = in ALARM now, as this month's charges are above the threshold: { $subject }
proof-alarm-stuck-broken = { $subject } has no data although the charges are published: delete it (aws cloudwatch delete-alarms --region us-east-1 --alarm-names { $subject }) and run `guardrail init`, which creates it again
## anomaly detection
about-anomaly-detection = AWS detects spending that is unusual for this account and reports its cause.
error-cost-explorer-off = AWS has not enabled Cost Explorer in this account yet
note-anomaly-calls = Anomaly detection itself is free. AWS may charge 0.01 USD for each of the few API requests that set it up or check it (three for a check).
note-kept-in-use = { $value } was kept: something that guardrail did not create depends on it
proof-anomaly-alerts-ok = { $subject } reports unusual spending to the topic; detection starts after a day, for a service new to the account after ten days
proof-anomaly-alerts-waiting = { $subject } cannot be set up yet: AWS enables Cost Explorer within about a day of an account's first budget. Run `guardrail init` again then; in an organisation, the management account has to enable it
proof-anomaly-alerts-broken = { $subject } is not attached to the monitor, or the topic is not its confirmed recipient: run `guardrail init`
field-watches-services = watches every service
field-subscriptions = subscriptions
field-frequency = frequency

## budget action
about-budget-action = When the month's limit is used up, AWS attaches a policy that denies starting expensive resources. Stopping and deleting stay possible.
note-action-caller = The profile lists no one, so it restricts the IAM user or role that runs this command. List others with users, groups or roles under [budgets.action].
note-action-cost = Two budgets with actions are free (62 budget-days a month); each further one costs 0.10 USD a day.
note-action-no-target = not set up: the profile lists no one to restrict, and a policy cannot be attached to the root user or to a role of IAM Identity Center. List users, groups or roles under [budgets.action].
proof-action-ready-ok = the action of budget { $subject } is set up
proof-action-ready-broken = the action of budget { $subject } failed: open it in the console (Budgets → { $subject } → Actions); often a user or role named in it is gone, or has ten policies already
proof-action-ready-unknown = the action of budget { $subject } is in a state unknown to guardrail: check it in the console (Budgets → { $subject } → Actions)
field-action = action
field-actions = actions
field-at = at
field-approval = approval
field-targets = restricts
field-recipients = notifies
field-role = role
field-trusts = trusts
field-may = may
field-denies = denies
## proof of the topic
proof-topic-lets-publish-ok = the topic lets { $subject } publish
proof-topic-lets-publish-broken = the topic does not let { $subject } publish, so its warnings are lost: run `guardrail init`, and check the topic's policy for a “Deny”
proof-topic-lets-publish-unknown = whether the topic lets { $subject } publish depends on a policy condition that guardrail cannot evaluate: check it, or send a test with `guardrail check --send-test`
proof-topic-encryption-broken = the topic is encrypted with { $subject }, a common trap: alarms and budgets cannot use that key, and their warnings are lost without notice. Run `guardrail init` to turn the encryption off
proof-topic-encryption-unknown = the topic is encrypted with { $subject }: its key policy must allow kms:GenerateDataKey* and kms:Decrypt for cloudwatch.amazonaws.com, budgets.amazonaws.com and costalerts.amazonaws.com. If it does not, warnings are lost
proof-subscription-expired-broken = { $subject } was not confirmed within 48 hours, and AWS deleted the subscription: run `guardrail init` to send the confirmation mail again
proof-subscription-left-broken = { $subject } was unsubscribed by its recipient (or by a mail scanner that opened the link). If that was a mistake: guardrail init --email { $subject }
proof-budget-email-verified-ok = AWS has verified { $subject } for budget mails
proof-budget-email-verified-waiting = AWS has not verified { $subject } for budget mails: open the link in AWS's verification mail within 12 hours, signed in to this account; the AWS Budgets console sends it again
proof-budget-email-verified-unknown = whether AWS has verified { $subject } for budget mails is not known: open a budget in the AWS Budgets console; if the address is not verified there, send the verification mail and open its link within 12 hours, signed in to this account
help-check-send_test = Send a test message and trigger the billing alarms; changes nothing else
hint-demo-check = Without --send-test, check only reads.
hint-send-test = The test needs the safeguards of `guardrail init` and the permissions of `guardrail policy send-test`.
send-test-message = This is a test by guardrail. It shows that warnings about your AWS bill reach this address. Nothing has happened, and you need to do nothing.
send-test-sent = Sent. The inbox of { $emails } should now have a mail “{ $subject }”. No billing alarm could be triggered. If the mail has not arrived within minutes, check the spam folder.
send-test-rung = Sent. The inbox of { $emails } should now have a mail “{ $subject }” and { $count ->
    [one] one that begins with “ALARM:”, of { $alarms }
   *[other] { $count } that begin with “ALARM:”, of { $alarms }
}. The { $count ->
    [one] alarm is
   *[other] alarms are
} back as before. If a mail is not there within minutes, look in the spam folder.
send-test-nobody = Sent, but no address is confirmed yet, so no one receives it. Confirm the subscription first, then send the test again.

## live prices
prices-cache-discarded = warning: the cached prices in { $file } could not be read ({ $message }) and were discarded; they are fetched again.
prices-not-live-denied = Some prices could not be read from the AWS price list (permission missing: pricing:GetProducts); cached or built-in prices are used instead.
prices-not-live-denied-by-organization = Some prices could not be read from the AWS price list (your organisation forbids pricing:GetProducts); cached or built-in prices are used instead.
prices-not-live-throttled = Some prices could not be read from the AWS price list (throttled); cached or built-in prices are used instead. The next sweep reads more of them.
prices-not-live-timeout = Some prices could not be read from the AWS price list in time; cached or built-in prices are used instead. The next sweep reads more of them.
prices-not-live-unreachable = Some prices could not be read from the AWS price list (cannot be reached); cached or built-in prices are used instead.
prices-not-live-other = Some prices could not be read from the AWS price list; cached or built-in prices are used instead.

## bill
bill-heading = Account { $account } · bill of { $month } · { $at }
bill-so-far = { $usd } USD so far in { $month } (figure of { $at }, { $hours } { $hours ->
    [one] hour
   *[other] hours
} old)
bill-nothing-yet = no figure for { $month } yet (last figure of { $at }, { $hours } { $hours ->
    [one] hour
   *[other] hours
} old)
bill-per-day = { $usd } USD a day
bill-per-day-unknown = too few figures yet for a daily cost
bill-month-end = about { $usd } USD by the month's end
bill-month-end-limit = about { $usd } USD by the month's end (your limit: { $limit } USD)
bill-month-end-beyond = about { $usd } USD by the month's end, { $times } × your limit of { $limit } USD
bill-no-figures = AWS has published no figures of the bill. Billing alerts are off (console: Billing → Billing preferences → Alert preferences → “Receive CloudWatch billing alerts”), or the account is new.
bill-figures-unread = The figures of the bill could not be read: { $why }.
bill-days-up-to = { $from } to { $to }
bill-utc = AWS bills by UTC months: this one ends on { $at }.
bill-utc-local = AWS bills by UTC months: this one ends on { $at }, which is { $local } your time.
bill-services = USD so far, by service
bill-service-per-day = { $usd } a day
bill-rest = (not assigned to a service)
bill-usage-types = USD so far in { $region }, by usage type
bill-days = USD by day (UTC)
bill-region = { $region }: { $usd } USD so far
bill-region-disabled = { $region }: { $usd } USD so far. This region is disabled: enable it to see what is charged there and to end it
bill-budgets = Budgets
bill-budget = { $name }: { $actual } of { $limit } { $unit }
bill-budget-forecast = { $name }: { $actual } of { $limit } { $unit }, forecast { $forecast }
bill-free-tier = Free tier: used this month
bill-offer = { $service }: { $used } of { $limit } { $unit } ({ $what }), forecast { $forecast }
bill-plan-free = Free plan
bill-plan-paid = Paid plan
bill-plan-ends = { $kind }, ends on { $at }
bill-credits = Credits left: { $usd } USD
bill-credits-gone = Credits left: { $usd } USD, used up about { $at } if every day costs as much
bill-credit = Credit: { $name }, { $usd } USD left
bill-credit-ends = Credit: { $name }, { $usd } USD left, ends on { $at }
bill-gaps = Could not be read
bill-page = Line by line: { $page }
bill-not-read = Could not be read: see below.
bill-not-compared = Not compared; `guardrail bill` shows it.
compared-heading = Daily spend by service (USD/day)
compared-explained = explained by the findings
compared-known = explained by its name
compared-partly = partly explained: the findings cost { $usd }
compared-unexplained = unexplained: no matching resource found
unexplained = { $service } costs { $usd } USD a day, but no matching resource was found.
note-new-since-bill = newer than the bill's last figure of { $value }
note-not-on-bill = not on the bill as of { $value }: a free allowance or credits may cover it
note-data-transfer = data transfer out of AWS or between regions and zones, which no API of AWS lists; `guardrail bill` looks for likely causes
note-requests = charged by use: requests, queries, stored data
note-support-plan = the account's support plan
note-tax = tax on the other charges
note-type-not-covered = guardrail does not cover this service yet
note-unpriced = part of the findings has no known price
note-not-looked-at = it could not be checked everywhere
note-ended-since = a resource that ended recently: its last hours reach the bill up to a day later
note-in-disabled-region = a resource in one of the { $value } disabled regions
note-use-on-top = traffic and requests on top of the findings
cost-explorer-costs = AWS charges 0.01 USD for each request to Cost Explorer. Two are made ({ $usd } USD), and one more for every further page of a long answer.
nothing-spent = nothing was requested, nothing was spent
hint-cost-explorer = Agree with --yes, or drop --cost-explorer.
title-bill = guardrail: the bill
column-part = part
column-amount = amount
column-unit = unit
column-per-day = USD/day
column-forecast = forecast
column-limit = limit
column-percent = %
help-bill = Show this month's bill so far, the daily cost and the month-end estimate, at no charge
help-bill-more =
    Examples:
      guardrail bill
      guardrail bill -o bill.csv          for a spreadsheet
help-bill-cost_explorer = Also query Cost Explorer, by region and usage type, disabled regions included. AWS charges 0.02 USD
help-bill-yes = Agree to that charge
help-sweep-no_bill = Do not compare the findings with the bill

## Many small things, what belongs to what, and where was looked
group-count = { $count } of them
belongs-to = belongs to the { $name } { $id }: end that first
coverage-heading = Coverage (resource types × regions)
coverage-signs = # charged, . nothing, - not offered, ! denied, O denied by the organisation, x region disabled, ? failed
policy-in-parts = This policy is longer than AWS allows for one managed policy (6,144 characters). `--part 1` to `--part { $count }` print it as { $count } policies; attach all of them.
error-policy-part = there is no such part: the policy has { $count } { $count ->
    [one] part
   *[other] parts
}
help-policy-part = Print only part N of a policy that is too long for AWS
## notes of containers and simple servers
note-stop-first = stop { $value } first: AWS refuses otherwise
note-parts-first = delete its { $value } first: AWS refuses otherwise
note-kubernetes-leftovers = deleting it leaves the load balancers and volumes that Kubernetes made, which are still charged: delete its services and volume claims first
note-stop-saves-nothing = stopping it saves nothing: it is charged until it is deleted
note-static-ip-stays = deleting it leaves its static IP address behind, which is charged from then on
## The network and what runs in it

note-committed = a commitment: it cannot be ended before its term is over
note-committed-until = a commitment until { $value }: it cannot be ended before
note-covers-instances = running instances of its type cost less on the bill than their list price here
## Keys, names, watching
note-locks-data = data encrypted with it can never be read again once it is deleted
note-kept-for-ever = its logs never expire: no retention period is set
note-records-first = delete its records first, all but those of type NS and SOA
note-renews-on = paid until { $value }, when it renews automatically
note-use-sni = serve its certificate by SNI instead and this charge ends
note-ends-with = belongs to its { $value } and ends with it
note-ends-by-itself = ends by itself when it is done
note-ends-on-request = only AWS can end it: open a support case
## storage, desktops and media
note-delete-first = delete its { $value } first
note-stop-loses-backups = stopping it deletes the snapshots it could be restored from
note-free-with-workspaces = free of charge while WorkSpaces uses it
note-other-locations = instances in its other locations are charged, too, and are not counted here
note-renewed-by-itself = paid until { $value }, then renewed automatically
note-data-stays = deleting it leaves its stored data behind, which is still charged
note-migration-allowance = replication is free at first (about 90 days for each server) and charged after that
note-last-backup = deleting it makes a last backup, which is charged until you delete it
note-no-command = no command is shown: the AWS CLI would take its name for an option or read a file of that name. End it in the AWS console
note-instance-stopped = its instance is stopped
note-released-with-instance = released by itself when its instance stops
note-deletes-data = deleting it destroys everything in it
note-size-unknown = AWS has given no figure of its size yet, or it could not be read
note-below-a-cent = Left out, because together they cost less than a cent a month: { $value }.
note-versions-first = if it keeps old versions, delete them first: the command leaves them, and AWS refuses
note-detach-first = detach it from everything it protects first: AWS refuses otherwise
note-trial = free at first (each account has a trial in each region), charged after that
## Machine learning
note-shared-capacity = shares its OCUs with { $value }: they are charged until the last one that shares them is deleted
## Numbers, commitments
note-number-lost = once released, the number is gone: someone else may get it
note-covers-usage = usage that it covers costs less on the bill than its list price here
note-list-price-not-paid = This account has Reserved Instances or Savings Plans: for what they cover, the list price shown here is not what is paid. The bill has what is paid.
note-returnable-until = can be returned until { $value }: `aws savingsplans return-savings-plan`
note-change-plan = can be changed or ended in the console only: https://console.aws.amazon.com/support/plans/home
## The network's and EC2's rest
note-in-recycle-bin = in the Recycle Bin: AWS deletes it for good when its retention is over; to end it sooner, delete the retention rule, restore it and delete it again
note-in-recycle-bin-until = in the Recycle Bin: AWS deletes it for good on { $value }; to end it sooner, delete the retention rule, restore it and delete it again
note-profile-associations = up to 100 associations of a region cost one price together, shown with the first; it ends with the last of them

## the page (HTML)
page-findings = What costs money
page-search = Search
page-types = All types
page-regions = All regions
page-end = How to end it
page-together = { $count } { $count ->
    [one] thing ends
   *[other] things end
} with this
page-alone = only this one
page-end-owner = end it (for good)
page-days = The month by day (USD, UTC)
page-day = { $date }: { $usd } USD
page-day-estimate = { $date }: { $usd } USD if every day costs as much
page-day-none = { $date }: no figure
page-day-mean = { $date }: { $usd } USD on average; AWS gave one figure for several days
page-days-sentence = { $count } days with figures; the most was { $usd } USD on { $date }
page-key-day = on the bill
page-key-estimate = if every day costs as much
page-services = The month by service (USD)
page-others = { $count } other services
page-explained = Daily spend by service (USD a day), and whether it was found
page-gaps = Could not be checked
page-coverage = Coverage: resource types × regions
page-coverage-count = { $count } checked
page-console = The bill line by line, in the AWS console
page-tile-found = Found, USD/month
page-tile-count = { $count } { $count ->
    [one] resource
   *[other] resources
}
page-tile-so-far = Bill so far, USD
page-tile-per-day = Each day, USD
page-tile-month-end = By the end of the month, USD
page-tile-limit = your limit: { $limit }
page-tile-times-limit = { $times } × your limit ({ $limit })
page-sign-found = costs money
page-sign-empty = nothing
page-sign-not-offered = not offered
page-sign-denied = permission missing
page-sign-denied-by-organization = denied by the organisation
page-sign-disabled-region = region not enabled
page-sign-failed = failed

## An organisation
title-organization = guardrail: what costs money in the organisation
organization-heading = Organisation { $id } · { $count } { $count ->
    [one] account
   *[other] accounts
} · { $at }
organization-safe = Nothing costs money in { $count } { $count ->
    [one] account
   *[other] accounts
}.
organization-not-sure = Nothing that costs money was found, but not every account could be checked completely.
organization-none-swept = No account could be checked.
organization-cost = { $count } { $count ->
    [one] account costs
   *[other] accounts cost
} { $month } USD a month, { $day } every day.
organization-cost-at-least = { $count } { $count ->
    [one] account costs
   *[other] accounts cost
} at least { $month } USD a month, { $day } every day.
organization-cost-unknown = { $count } { $count ->
    [one] account costs
   *[other] accounts cost
} money; how much is not known.
organization-accounts = { $count } { $count ->
    [one] account
   *[other] accounts
} ({ $accounts })
organization-incomplete = { $count } swept { $count ->
    [one] account
   *[other] accounts
} could not be checked completely ({ $accounts }): see the gaps in { $count ->
    [one] its report
   *[other] their reports
}.
organization-size = { $swept } of { $all } accounts.
organization-left-out = { $count } { $count ->
    [one] account was
   *[other] accounts were
} left out on purpose.
organization-prices = AWS list prices before tax. The free tier was deducted once for all accounts, in the order of their numbers.
organization-more = { $count } more { $count ->
    [one] account costs
   *[other] accounts cost
} money: `-v` shows all.
organization-costs = { $count } { $count ->
    [one] resource
   *[other] resources
}: { $names }
organization-between-names = { ", " }
organization-nothing = nothing
organization-nothing-found = nothing found, not completely checked
organization-not-swept = not checked
organization-suspended = suspended by AWS
organization-closing = being closed
organization-closed = closed
organization-excluded = left out
organization-elsewhere = its findings and gaps are in the file { $file }
organization-units-unread = The organisational units could not be read: the report has none.
organization-progress = { $done } of { $all } accounts finished, { $findings } found
organization-gap-role = the role { $role } does not exist there, or does not trust these credentials. Create it with the permissions of `guardrail policy { $command }`, or name another role with --role; check --external-id.
organization-gap-caller = these credentials may not assume the role { $role }. `guardrail policy { $command } --organization` prints the policy to attach.
organization-gap-other-account = the credentials of the role belong to another account, so nothing was read.
organization-gap-suspended = AWS suspended the account, so it cannot be read. AWS Support can reactivate it; --exclude leaves it out.
organization-gap-closing = the account is being closed and cannot be read. --exclude leaves it out.
organization-gap-closed = the account is closed and cannot be read. --exclude leaves it out.
error-no-organization = this account is not in an organisation
error-account-not-in-organization = the account { $account } is not in the organisation
error-no-account-left = No account is left
error-units-unreadable = the organisational units cannot be read
error-unknown-unit = the organisation has no unit "{ $unit }"
error-policy-history = the history is in no bucket, so it needs no permission
hint-policy-history = Name the place first, as in { $env }=s3://bucket/prefix: the policy is for that place alone.
error-policy-organization = --organization belongs to the policy of sweep, init, check or remove
hint-no-organization = Without --organization, the command is for the account of the credentials alone.
hint-organization-denied = Use credentials of the management account or of a delegated administrator. `guardrail policy sweep --organization` prints the policy to attach.
hint-account-not-in-organization = `aws organizations list-accounts` lists the accounts. Check --accounts, --ou and --exclude, and [organization] in the profile.
hint-unknown-unit = Units are written as an id (ou-ab12-cdefghij) or as names from the root (Training/2026).
profile-account = "{ $value }" is not an AWS account number (12 digits)
profile-role = "{ $value }" is not the name of a role; write the name without its ARN
profile-external-id = an external id has 2 to 1,224 letters, digits and the characters _ + = , . @ : / -
column-account-name = account name
column-ou = organisational unit
column-account-findings = costs money
column-report-url = report
page-accounts = Accounts
page-tile-accounts-costing = Accounts that cost money
page-tile-accounts-swept = Accounts checked
page-tile-accounts-not-swept = Accounts not checked
help-sweep-organization = Sweep every account of the organisation, each with its own role
help-accounts = Only these accounts
help-ou = Only the accounts in these organisational units and in those below them
help-exclude = Leave out these accounts and organisational units
help-sweep-role = The role to assume in each account (guardrail-sweep)
help-external_id = The external id that the roles require
help-parallel = At most so many accounts at the same time (8)
help-sweep-output_dir = Write the report of each account to this folder as soon as it is finished

## What changed since an earlier sweep
label-new = New
label-gone = Gone
label-dearer = Increased
changes-none = Nothing changed since { $at }.
changes-none-new = Nothing is new since { $at }.
changes-none-seen = Nothing new was found since { $at }, but not everything could be checked.
changes-new = { $count } { $count ->
    [one] resource
   *[other] resources
} since { $at }, { $usd } USD a month: { $names }
changes-gone = { $count } { $count ->
    [one] resource is
   *[other] resources are
} no longer charged, { $usd } USD a month: { $names }
changes-dearer = { $count } { $count ->
    [one] resource costs
   *[other] resources cost
} more a month: { $names }
changes-unknown = { $count } { $count ->
    [one] resource
   *[other] resources
} of an earlier sweep may still be charged: { $names }
finding-new = new
findings-new = { $count } new
organization-new = { $count } { $count ->
    [one] resource
   *[other] resources
} since { $at }, { $usd } USD a month, in { $accounts }.
organization-gone = { $count } { $count ->
    [one] is
   *[other] are
} no longer charged.
spent-about = about { $usd } USD since { $date }
spent-at-least = at least { $usd } USD since { $date }
spent-about-seen = about { $usd } USD since it was first seen on { $date }
spent-at-least-seen = at least { $usd } USD since it was first seen on { $date }
column-new = new
column-first-seen = first seen
column-spent-usd = USD so far
column-spent-kind = certainty
help-sweep-since = Compare with the last sweep before this date (2026-11-01)
help-sweep-no_history = Do not keep this sweep in the history
help-sweep-fail_on = Exit with 10 for any finding (any), or only for new ones (new)
error-since = "{ $date }" is not a date
hint-since = Write it like 2026-11-01 or 2026-11-01T03:00:00Z.
error-since-too-early = the history has no sweep of this account before the date of --since
hint-since-oldest = The oldest is of { $at }.
hint-since-none = The history of this account is empty: this would be its first sweep.
error-history-read = the history cannot be read: { $place }
error-history-corrupt = a file of the history is corrupt and is left out: { $place }
hint-history-corrupt = It was renamed to { $place }, which can be deleted.
error-history-write = this sweep cannot be kept in the history: { $place }
hint-history-write = The next sweep cannot be compared with this one. Set { $env } to a place that can be written, or use --no-history.
error-history-delete = the history cannot be deleted: { $place }
error-told-write = cannot record what was sent: { $place }
error-state-place = { $env } names no place in S3: { $place }
hint-state-place = Write s3://bucket or s3://bucket/prefix, or a folder.
error-state-open = the history cannot be opened: { $place }
hint-state-no-bucket = There is no bucket { $bucket }. Create it as a private one, or correct { $env }.
hint-state-denied = The bucket must belong to the account of these credentials. `{ $env }={ $place } guardrail policy history` prints the permissions.

## The history
title-history = guardrail history
history-heading = Account { $account } · { $count } { $count ->
    [one] sweep
   *[other] sweeps
} since { $date }
history-findings = { $count } { $count ->
    [one] resource
   *[other] resources
}
history-gone = { $count } gone
history-gaps = { $count } not checked
history-partial = narrowed
history-more = { $count } older { $count ->
    [one] sweep
   *[other] sweeps
}; `-v` shows all.
history-empty = The history is empty: `guardrail sweep` adds to it.
history-unread = { $count } { $count ->
    [one] file of the history is corrupt and was
   *[other] files of the history are corrupt and were
} left out.
history-folder = Stored in { $folder }
history-delete = Account { $account }: { $count } { $count ->
    [one] sweep
   *[other] sweeps
} from { $first } to { $last } will be deleted ({ $size } kB). Nothing in AWS changes.
history-delete-shared = Account { $account }: { $count } { $count ->
    [one] sweep
   *[other] sweeps
} from { $first } to { $last } will be deleted ({ $size } kB) from { $place }, for every computer that uses it.
history-deleted = The history was deleted.
history-not-deleted = nothing was deleted
ask-history-delete = Delete it?
page-history = Cost a day over time (USD)
column-made-at = sweep (UTC)
column-verdict = verdict
column-findings = findings
column-usd-per-day = USD/day
column-gone = gone
column-gaps = not checked
column-partial = narrowed
column-bill-usd-per-day = bill, USD/day
help-history = Show the earlier sweeps and what they cost a day
help-history-more =
    Examples:
      guardrail history
      guardrail history -o history.html   the cost a day as a chart
      guardrail history --delete --dry-run
help-history-delete = Delete the stored sweeps (of all accounts, or of --account)
help-history-dry_run = Show what would be deleted, and end
help-history-yes = Delete without asking

## Who created it
creator = created by { $who } ({ $more })
creator-tag = tag { $tag }
creator-denied = who created it is not known: the permission cloudtrail:LookupEvents is missing
creator-too-old = who created it is not known: it is older than the 90 days of AWS's event history
creator-not-recorded = who created it is not known: AWS's event history does not name it
creator-failed = who created it is not known: AWS's event history did not answer
who-progress = looking up who created it
column-created-by = created by
help-sweep-who = Look up who created the N most expensive findings (10), in AWS's free event history of 90 days

## Notifications
notice-title = { $count } new, { $usd } USD a month
notice-title-jump = the daily spend rose to { $now } USD
notice-account = Account { $account }
notice-organization = Organization { $id }, { $count ->
    [one] { $count } account checked
   *[other] { $count } accounts checked
}
notice-place = { $account }, { $region }
notice-cost = { $usd } USD a month
notice-who = by { $who }
notice-total = In total { $usd } USD a month
notice-total-at-least = In total at least { $usd } USD a month
notice-jump = Daily spend { $now } USD, before { $before }
notice-gaps = Not everything could be checked.
notice-look = More: guardrail sweep
notice-look-organization = More: guardrail sweep --organization
notice-cut = Shortened.
notify-first = Nothing was sent: this is the first sweep of this scope, and there is nothing to compare it with.
notify-nothing = Nothing was sent: nothing is new.
notify-topic = the topic guardrail-alerts
notify-sent = What is new was sent to { $place }.
help-sweep-notify = Send what is new, or a jump of the daily spend, once: to the topic guardrail-alerts, or to the webhook of the profile
error-webhook = the address of the webhook is not a web address with TLS (https)
error-webhook-address = the address of the webhook at { $host } cannot be used
error-webhook-variable = the environment variable { $variable } of the webhook is not set
error-webhook-file = the file of the webhook cannot be read: { $file }
error-webhook-timeout = the webhook at { $host } did not answer in time; the next sweep tries again
error-webhook-unreachable = the webhook at { $host } cannot be reached; the next sweep tries again
error-webhook-refused = the webhook at { $host } answered { $status }; the next sweep tries again
hint-webhook = In the profile: [notify] webhook = "env:NAME", "file:PATH" or the address itself. The address is a secret.
hint-notify-topic = `guardrail init` sets up the topic; `guardrail policy notify` prints the permission. The next sweep tries again.
profile-webhook = write "env:NAME", "file:PATH" or an address that begins with https://
help-policy-organization = Add what these commands need with --organization: list the accounts and assume the role
help-policy-role = The role to assume in each account (sweep: guardrail-sweep; else OrganizationAccountAccessRole)
# The bill of an organisation.
bill-organization = All { $count } { $count ->
    [one] account
   *[other] accounts
} of the organisation: { $figures }.
bill-accounts = USD so far, by linked account
bill-accounts-more = { $count } more { $count ->
    [one] account
   *[other] accounts
}: `-v` shows all.
organization-bill = { $figures }.
organization-bill-none = AWS has published no figures of the accounts in the management account, so the findings were not compared with a bill. `guardrail init` there turns billing alerts on.
organization-bill-unread = the figures of the bill could not be read in the management account, so no account was compared with its bill: { $why }
# init, check and remove of an organisation.
help-init-organization = Set up the safeguards in every account of the organisation: one plan, one approval
help-check-organization = Check every account of the organisation
help-stop-role = The role to assume in each account (OrganizationAccountAccessRole)
help-delete-role = The role to assume in each account (OrganizationAccountAccessRole)
help-stop-organization = Stop in every account of the organisation: one plan, one approval
help-delete-organization = Delete in every account of the organisation: one plan, one approval
help-remove-organization = Remove what `init` created in every account of the organisation
help-init-role = The role to assume in each account (OrganizationAccountAccessRole)
help-check-role = The role to assume in each account (OrganizationAccountAccessRole)
help-remove-role = The role to assume in each account (OrganizationAccountAccessRole)
fleet-heading = Organisation { $id } · { $count } { $count ->
    [one] account
   *[other] accounts
} · profile { $profile } · { $at }
fleet-any-account = { $account } stands for the number of each account.
fleet-progress = { $done } of { $all } accounts finished
fleet-none-entered = No account could be entered, so nothing was checked and nothing was changed.
fleet-plan = Plan for { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}: { $create } to create, { $update } to change, { $remove } to remove in { $changed } of them; { $same } { $same ->
    [one] needs
   *[other] need
} no change{ $failed ->
    [0] {""}
   *[other] , { $failed } could not be read completely
}. All safeguards together cost { $usd } USD a month.
fleet-removal = Plan for { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}: { $remove } to remove in { $changed } of them. Only objects that guardrail created are removed.
fleet-nothing = No changes in { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}.
fleet-applied = Done in { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}: { $create } created, { $update } changed, { $remove } removed; all verified.
fleet-removed = Done in { $accounts } { $accounts ->
    [one] account
   *[other] accounts
}: { $remove } removed.
fleet-applied-partly = { $failed } of { $accounts } accounts could not be finished. Fix the causes shown above and run the command again: it continues where it stopped.
fleet-ok = { $accounts } { $accounts ->
    [one] account matches
   *[other] accounts match
} the profile, and warnings reach you.
fleet-open = Everything that could be checked matches the profile, but { $open } of { $accounts } accounts { $open ->
    [one] is
   *[other] are
} not fully proven: see “waiting”, “unknown” and “?” above.
fleet-drift = { $wrong } of { $accounts } accounts { $wrong ->
    [one] does
   *[other] do
} not match the profile, or a warning would not reach you. Run `guardrail init --organization` to fix what differs.
note-trusted-access = CloudTrail may not record the organisation yet. Allow it with `aws organizations enable-aws-service-access --service-principal cloudtrail.amazonaws.com`, and run the command again.
output-stale = { $count } { $count ->
    [one] file
   *[other] files
} of earlier runs { $count ->
    [one] was
   *[other] were
} deleted.
output-stale-kept = These files of earlier runs could not be deleted: { $files }
## stop and delete
acts-plan-heading = { $verb ->
    [stop] To stop
   *[delete] To delete
} in { $count } { $count ->
    [one] account
   *[other] accounts
} of organisation { $id } · { $at }
acts-done-heading = { $verb ->
    [stop] Stopped
   *[delete] Deleted
} in { $count } { $count ->
    [one] account
   *[other] accounts
} of organisation { $id } · { $at }
acts-idle = { $count } { $count ->
    [one] account has
   *[other] accounts have
} nothing to { $verb } ({ $accounts }).
ask-organization = To delete in { $count } { $count ->
    [one] account
   *[other] accounts
}, type the organisation's id { $id }
error-not-in-accounts = { $name } is not among what costs money in any of the accounts
error-report-organization = { $file } is a report of an organisation: add --organization
error-report-accounts = the reports of the accounts are not in { $file }
hint-report-accounts = Write it in one piece: `guardrail sweep --organization -o report.json`, without --output-dir.
act-plan-heading = { $verb ->
    [stop] To stop
   *[delete] To delete
} in account { $account } · { $at }
act-done-heading = { $verb ->
    [stop] Stopped
   *[delete] Deleted
} in account { $account } · { $at }
act-log-heading = What guardrail stopped and deleted in account { $account }
act-comma = {", "}
act-loses = loses { $what }
loss-data = its data
loss-backups = its backups
loss-address = its address
loss-number = the phone number
loss-keys = its key (what it encrypted can never be read again)
loss-settings = its settings
act-keeps = still costs: { $what }
remains-storage = its storage
remains-address = its address
remains-last-backup = a last backup
remains-leftovers = what it created
remains-extended-support = extended support
remains-term = the rest of its month or term
act-reversible = can be cancelled for some days
act-takes-minutes = takes minutes
act-takes-up-to-an-hour = takes up to an hour
act-with-it = with it: { $things }
act-gone = gone
act-ending = being deleted
act-stopped = stopped
act-still-there = still there
act-unknown = not checked
act-planned = planned
act-instance-stopped = stopped
act-none = none
act-refused = left alone
act-refused-heading = Left alone: { $count }
act-kept = kept on purpose until { $about }
act-owned = belongs to { $about }. End that instead:
act-attached = is attached to { $about }, which is not chosen
act-ends-kept = would end { $about } with it, which is kept
act-guardrail = was set up by guardrail. `guardrail remove` removes it
act-protected = is protected from deletion. --remove-protection deletes it all the same
act-cannot-stop = cannot be stopped, only deleted
act-cannot-delete = cannot be deleted, only stopped
act-no-remedy = no command ends this charge
act-no-remedy-because = no command ends this charge: { $about }
act-ending-already = is already being deleted
act-changed = has changed since the plan: { $about }. Nothing was done to it
act-changed-created-at = it was created again
act-changed-tags = its tags
act-changed-billing = its state
act-changed-commands = what is needed to end it
act-plan-nothing = Nothing to { $verb ->
    [stop] stop
   *[delete] delete
}.
act-plan-summary = { $count } { $count ->
    [one] thing
   *[other] things
} to { $verb ->
    [stop] stop
   *[delete] delete
}, in this order. This saves { $usd } USD a month.{ $verb ->
    [stop] {""}
   *[delete] { $final ->
        [yes] {" "}A deletion cannot be undone.
       *[no] {""}
    }
}
act-log-nothing = guardrail has stopped or deleted nothing in this account.
act-log-summary = { $count } { $count ->
    [one] action
   *[other] actions
}, { $usd } USD a month saved.
act-done-all = Done and checked: { $done } of { $all }. { $usd } USD a month saved. `guardrail sweep` shows what is left.
act-done-partly = Done and checked: { $done } of { $all }. { $open } failed, changed or still there: see above. { $usd } USD a month saved. Run the same command again to try once more.
act-done-unsure = Done and checked: { $done } of { $all }. { $unknown } could not be checked. { $usd } USD a month saved. `guardrail sweep` shows what is left.
act-gaps = Not everything could be listed ({ $count }): see above.
act-interrupted = Interrupted. Run the same command again: it continues where it stopped.
act-old-report = The report is { $hours } { $hours ->
    [one] hour
   *[other] hours
} old. What it names is read again.
act-progress-stop = { $done } of { $all } · stopping { $thing }
act-progress-delete = { $done } of { $all } · deleting { $thing }
act-progress-waits = { $done } of { $all } · waiting for { $thing }
note-ended-before = { $value }: not in the account any more; guardrail ended it.
note-begun-before = A run that was interrupted had begun { $value }.
note-not-seen = { $value } was not found, but not everything could be listed.
ask-account = To delete, type the account number { $account }
ask-what-to-stop = What to stop? (Space ticks, Enter goes on to the plan; USD a month)
ask-what-to-delete = What to delete? (Space ticks, Enter goes on to the plan; USD a month)
error-nothing-chosen = nothing is chosen
hint-nothing-chosen = Name a type, TYPE:ID or an ARN, or use --all, --tag or --from. In a terminal, you can tick what to end.
error-not-in-account = { $name } is not among what costs money in this account
hint-not-in-account = `guardrail sweep` lists what costs money, with its types and ids.
hint-of-that-type = There is: { $names }
error-yes-needs-account = --yes deletes only with --account as well
hint-yes-needs-account = Add --account with the account number, so that nothing is deleted in another account.
error-report-read = cannot read the report { $file }
hint-report-read = It has to be the report of one account: `guardrail sweep -o report.json`.
error-report-account = the report { $file } is of another account
error-action-log-read = cannot read the action log { $place }
hint-action-log-corrupt = The corrupt file was renamed to { $place }. Run the command again: everything is listed again before anything is done.
error-action-log-write = cannot write the action log { $place }
error-action-log-lost = another run may be at work in account { $account }: this one could not renew its lock in time
error-acting-already = another run of stop or delete is at work in account { $account }
hint-acting-already = Wait until it has ended, then run the command again.
hint-acting-already-shared = Wait until it has ended, then run the command again. The lock of a run that was cut ends by itself after { $seconds } seconds.
title-actions = guardrail: what is stopped and deleted
column-usd-per-month-saved = USD/month saved
column-command = command
column-key = key
help-stop = Stop what costs money and can be started again (shows a plan, asks, stops and checks)
help-stop-more =
    Examples:
      guardrail stop                           tick what to stop
      guardrail stop ec2-instance:i-0abc       one instance
      guardrail stop "rds-*" --regions eu-west-1
      guardrail stop --all --dry-run           only show the plan
      guardrail stop --log                     what was stopped and deleted
help-delete = Delete what costs money, for good (shows a plan, asks, deletes and checks)
help-delete-more =
    Examples:
      guardrail delete                         tick what to delete
      guardrail delete opensearch-domain:study
      guardrail delete --tag course=ml --dry-run
      guardrail delete --from report.json
      guardrail delete --all --yes --account 123456789012
help-things = What to end: a type, family or pattern, TYPE:ID, or an ARN
help-all = Everything that costs money
help-regions = Only in these regions
help-tag = Only what has this tag (KEY=VALUE or KEY; can be repeated)
help-from = What this sweep report names; it is read again first
help-log = Show what was stopped and deleted in this account
help-offline_prices = Use only the built-in prices; do not read the AWS price list
help-timeout = Give up listing after this many seconds (60)
help-wait = Wait at most this many seconds until everything is gone or stopped (600)
help-delete-remove_protection = Delete also what AWS protects from deletion
## The letter to AWS Support
letter-subject = Request for a one-time billing adjustment: { $thing }, account { $account }
letter-subject-many = Request for a one-time billing adjustment: { $thing } and others, account { $account }
letter-subject-stranger = Unauthorized use of account { $account }, and request for a billing adjustment
letter-greeting =
    Hello AWS Support,

    My name is { $name }, and I am writing about my AWS account { $account }.
letter-apology =
    I am asking for a one-time adjustment of charges that I caused by mistake.
    I did not delete the { $thing } when I no longer needed it, and did not notice its charges in time.
    The responsibility is mine, and I apologize for the trouble.
letter-apology-many =
    I am asking for a one-time adjustment of charges that I caused by mistake.
    I did not delete the resources below when I no longer needed them, and did not notice their charges in time.
    The responsibility is mine, and I apologize for the trouble.
letter-stranger =
    Somebody used my account without my permission. I did not create the resources below.
    I have secured the account as described below. Please check it, and consider an adjustment of the charges.
letter-heading = { $text }:
letter-item = - { $text }
letter-thing = { $type } "{ $id }"
letter-thing-region = { $thing }, region { $region }
letter-cause = How it came about
letter-how = How it happened, as far as I know
letter-resources = Resources
letter-story = What happened, in order of time
letter-charges = Charges in USD, by month
letter-done = What I have done
letter-prevention = What is set up so that it does not happen again
letter-request = My request
letter-event = { $at }: { $text }
letter-first-charge = first charge for { $service } on the bill
letter-created = the { $thing } was created
letter-created-me = I created the { $thing }
letter-appeared = the { $thing } was created, not by me
letter-appeared-by = the { $thing } was created, not by me, with the credentials of { $who }
letter-who-root = the root user
letter-who-user = the IAM user "{ $name }"
letter-who-role = the IAM role "{ $name }"
letter-who-plain = "{ $name }"
letter-who-other-account = an identity of another AWS account
letter-who-from = { $who }, from { $from }
letter-noticed = I noticed the { $thing }
letter-listed = a check of my account listed the { $thing }
letter-deleted = I deleted the { $thing }
letter-stopped = I stopped the { $thing }
letter-gone = the { $thing } was deleted
letter-checked-gone = another check of my account no longer found the { $thing }
letter-checked-all = the check covered all { $regions } enabled regions and found nothing else that was left running
letter-day-utc = { $day } (UTC)
letter-time = { $day } { $clock } { $offset } ({ $utc-day } { $utc-clock } UTC)
letter-time-utc = { $day } { $clock } UTC
letter-between = between { $from } and { $to }
letter-cost = { $month }, { $service }: { $usd }
letter-cost-so-far = { $month }, { $service }: { $usd } (up to { $at })
letter-total = total: { $usd }
letter-is-gone = The { $thing } is deleted and no longer charged.
letter-said-gone = The { $thing } is deleted.
letter-nothing-charged = Nothing else is left running by mistake.
letter-no-keys = No IAM user has an active access key.
letter-keys-new = Every active access key of an IAM user was created after I noticed the use; all older keys are deleted or inactive.
letter-root-mfa = The root user has MFA.
letter-root-no-keys = The root user has no access keys.
letter-please = Would you please consider a one-time adjustment of these charges, { $usd } USD in total?
letter-please-stranger =
    Please tell me if you see anything else in the account that I should secure.
    Would you please consider an adjustment of these charges, { $usd } USD in total?
letter-first-time = This is the first time that I have asked for an adjustment.
letter-decision = I understand that the decision is yours. I would be grateful for a partial adjustment as well.
letter-more = If you need anything else from me, please write to me in this case.
letter-signature =
    Kind regards,
    { $name }
    AWS account { $account }
letter-guard-billing-alerts = billing alerts are on: AWS publishes the month's estimated charges
letter-guard-topic = an SNS topic that e-mails every warning to me
letter-guard-alarm = CloudWatch alarms on the month's estimated charges
letter-guard-zero-spend = an AWS budget that warns at the first charge
letter-guard-monthly = an AWS budget that warns before the month's limit is reached
letter-guard-free-tier = AWS budgets that warn before a free-tier allowance is used up
letter-guard-anomaly = AWS Cost Anomaly Detection with alerts
letter-guard-action = a budget action that denies starting expensive resources when the limit is reached
letter-guard-trail = a CloudTrail trail that records activity in every region
blank-name = your name
blank-thing = what caused the charges
blank-cause = how it came about, for example: I followed a tutorial and forgot to delete it
blank-stranger-cause = for example: an access key was in a public repository
blank-created = when it was created
blank-noticed = when and how you noticed it
blank-ended = when you deleted it
blank-costs = month, service and amount, as on your invoice
blank-amount = the amount
blank-done = what you deleted or stopped
blank-still-charged = it is still charged: delete it first, then write that here
blank-not-checked = whether it is deleted: it could not be checked
blank-keys = write here when you have deleted or replaced every access key
blank-root-mfa = write here when the root user has MFA
blank-root-keys = write here when the root user's access keys are deleted
blank-password = write here when you have changed the root user's password
blank-cloudtrail = what you found in CloudTrail, and which IAM users and roles you deleted
blank-safeguards = what you have set up, for example a billing alarm and a budget
blank-first-time = whether this is the first time that you ask for an adjustment
blank-earlier = when you asked for an adjustment before, and why

## guardrail appeal
title-appeal = guardrail: request to AWS Support
appeal-heading = Account { $account } · request for a billing adjustment · { $at }
appeal-still-charged = { $thing } is still charged. End it before you send the letter: AWS asks for that first.
appeal-not-checked = Whether { $thing } is still charged could not be checked. Check it in the console before you send the letter.
appeal-blanks = { $count } { $count ->
    [one] blank
   *[other] blanks
} […] in the letter: only you can fill { $count ->
    [one] it
   *[other] them
} in.
appeal-whole = The letter has no blanks. Read it once more before you send it.
appeal-subject = Subject: { $subject }
appeal-fact = { $what }: { $value } ({ $source })
appeal-fact-about = { $what } ({ $about })
appeal-facts = Where each number and date comes from
appeal-steps = Where to send it (free with every support plan)
appeal-first-keys = First, as AWS asks: change the root user's password, turn on its MFA, and delete or replace every access key, those of the root user included.
appeal-first-users = Delete the IAM users, roles and keys that you did not create; CloudTrail's event history lists who created what in the last 90 days.
appeal-first-regions = End what you did not create, in every region: `guardrail sweep` lists it. If AWS attached a quarantine policy to a user, leave it there until AWS agrees.
appeal-first-answer = If AWS has opened a case already (Support Center → Your support cases), answer there instead of opening another.
appeal-step-reseller = If you pay a reseller (an AWS Partner) instead of AWS, send the letter to the reseller: AWS cannot adjust that invoice.
appeal-step-open = Open { $page } and sign in: as the root user (the account's e-mail address), or as an IAM user with the AWS managed policy AWSSupportAccess.
appeal-step-iam = To see the invoices, an IAM user also needs access to billing, which only the root user can turn on (Account → IAM user and role access to Billing information).
appeal-step-kind = Choose “Account and billing”, the service “Billing”, and the category that fits best: one about charges or a refund. Leave the severity at its lowest. If the page looks different, “Use the old experience” in its banner shows this form.
appeal-step-kind-stranger = Choose “Account and billing”, the service “Billing”, and the category about unauthorized charges or the account's security. Leave the severity at its lowest. If the page looks different, “Use the old experience” in its banner shows this form.
appeal-step-text = Paste the subject and the text, and fill in the blanks. Attach nothing with card numbers, passwords or keys.
appeal-step-contact = Choose the contact language ({ $languages }) and “Web”, then submit. AWS sends an e-mail when it has answered, which can take some working days. Answer in Support Center: replies to the e-mail are not read.
appeal-case-planned = Planned case in account { $account }: service { $service }, category { $category }, language { $lang }. Subject: { $subject } ({ $id }, { $status }, { $at })
appeal-case-opened = Opened case { $id } in account { $account }: service { $service }, category { $category }, language { $lang }. Subject: { $subject } ({ $status }, { $at })
appeal-case-read = Case { $id } of account { $account }: { $status }, opened on { $at }. Subject: { $subject } (service { $service }, category { $category }, language { $lang })
appeal-case-messages = { $count } { $count ->
    [one] message
   *[other] messages
}, the oldest first:
fact-account = account
fact-made-at = letter written
fact-time-zone = time zone
fact-name = your name
fact-cause = cause
fact-first-time = first request
fact-thing = type
fact-region = region
fact-arn = ARN
fact-charges = charges
fact-created = created
fact-created-by = created by
fact-created-from = created from
fact-creator-unknown = created by
fact-noticed = noticed
fact-ended = ended
fact-now = now
fact-first-charge = first charge
fact-cost = cost in USD
fact-as-of = as of
fact-total = total
fact-regions = regions checked
fact-safeguard = safeguard
fact-root-mfa = MFA of the root user
fact-root-keys = access keys of the root user
fact-active-keys = active keys of IAM users
fact-value-gone = deleted
fact-value-charged = still charged
fact-value-unknown = not checked
fact-value-creator-denied = not known: the permission cloudtrail:LookupEvents is missing
fact-value-creator-too-old = not known: it is older than the 90 days of AWS's event history
fact-value-creator-not-recorded = not known: AWS's event history does not name it
fact-value-creator-failed = not known: AWS's event history did not answer
fact-value-true = yes
fact-value-false = no
source-account = AWS's answer
source-metric = AWS/Billing metric
source-cost-explorer = Cost Explorer
source-sweep = sweep of now
source-history = earlier sweep
source-cloudtrail = CloudTrail
source-tag = tag of the resource
source-action-log = guardrail's log
source-check = check of now
source-iam = IAM
source-computer = this computer
source-said = as you say
source-sum = sum of the above
note-appeal-not-in-cost-explorer = Cost Explorer lists no cost under the names of these services; the figures are those of the billing metric
error-appeal-unknown = no sweep has found "{ $thing }"
error-appeal-secret = the text has something that looks like an access key or a card number
error-appeal-date = "{ $date }" is neither a date nor a time
error-appeal-ended = "{ $text }" does not end with a date
hint-appeal-unknown = Name a thing by its id, name or ARN as a sweep shows it. For one that no sweep has seen, use --ended "WHAT 2026-11-20".
hint-appeal-secret = Leave it out: AWS Support never asks for it.
cost-explorer-costs-once = AWS charges { $usd } USD for each request to Cost Explorer. One is made, and one more for every further page of a long answer.
column-fact = fact
column-about = about
column-value = value
column-source = source
help-appeal = Write the request for a billing adjustment to AWS Support, from facts
help-appeal-more =
    Examples:
      guardrail appeal --demo
      guardrail appeal --first-time --letter both -o letter.txt
      guardrail appeal --ended "OpenSearch domain study 2026-11-20"
help-appeal-things = The things that caused the charges: ids, names or ARNs. Default: those that have ended
help-appeal-letter = Language of the letter: en, ja or both. Default: that of --lang
help-appeal-unauthorized = The other letter: somebody else used the account
help-appeal-ended = A thing that you ended yourself, and when: "domain study 2026-11-20"
help-appeal-noticed = When you noticed the charges: a date or a time
help-appeal-cause = How it came about, in a sentence of your own
help-appeal-name = Your name, for the letter
help-appeal-first_time = It is the first time that you ask for an adjustment
help-appeal-asked_before = You have asked for an adjustment before
help-appeal-service = A service of the letter, as the bill names it (AmazonES)
help-appeal-months = How many months of the bill, up to 11. Default: 3
help-appeal-cost_explorer = Take the amounts from Cost Explorer. AWS charges 0.01 USD
help-appeal-yes = Agree to what is shown: that charge, and the case of --send
error-appeal-blanks = the letter has { $count } { $count ->
    [one] blank
   *[other] blanks
} and is not sent
error-appeal-not-ended = what the letter is about has not ended, or that could not be checked: it is not sent
error-appeal-long = the letter is longer than the { $most } characters that AWS takes
error-appeal-language = AWS takes no case of the category { $category } in the language { $language }
error-appeal-code = --{ $option } names no code that AWS lists, or none of them is about the bill
error-appeal-no-plan = the account's support plan does not include the Support API
error-appeal-no-case = there is no case about the bill
error-appeal-no-id = AWS did not say which case it opened
error-appeal-dry-run = AWS did not treat the dry run as one: a case may have been opened
error-appeal-not-approved = nothing was sent: the case above has not been approved
nothing-sent = nothing was sent
ask-approve-case = Open this case at AWS Support?
hint-appeal-blanks = Fill them in with --name, --cause, --noticed, --ended, --first-time and --service, or paste the letter in the console and fill them in there.
hint-appeal-not-ended = End it (`guardrail sweep` shows how), then write the letter again.
hint-appeal-language = Choose the other language with --letter.
hint-appeal-no-plan = The console takes the letter with every plan, free of charge: Support Center → Create case → Account and billing.
hint-appeal-no-case = Cases about other things are in Support Center; --case ID reads one of them.
hint-demo-appeal = `guardrail appeal --demo` writes its letter.
help-appeal-send = Open a case with the letter, after approval. Needs a plan with the Support API
help-appeal-dry_run = Have AWS check the case, and open none
help-appeal-case_service = The service code of the case, as AWS lists it
help-appeal-case_category = The category code of the case, as AWS lists it
help-appeal-status = Show the case that --send opened, or the newest about the bill, and AWS's answers
help-appeal-case = The case to show, by its id

## Commitments
bill-commitments = Commitments: paid until they end, used or not
commitment = { $what }: { $parts }
commitment-comma = {", "}
commitment-per-month = { $usd } USD a month
commitment-cost-unknown = cost unknown
commitment-paid = nothing more to pay
commitment-upfront = { $usd } USD paid upfront
commitment-state = { $state }
commitment-until = until { $at }
commitment-end-unknown = end unknown
commitment-soon = ends in { $days } { $days ->
    [one] day
   *[other] days
}
commitment-renewed = renewed by a queued one
commitment-not-renewed = does not renew
support-plan-line = Support plan: { $parts }
support-basic = Basic, free (the bill shows no other)
support-developer = Developer
support-business = Business
support-enterprise = Enterprise or Enterprise On-Ramp
support-so-far = { $usd } USD so far
support-estimate = about { $usd } USD a month at this spend

## Likely causes of traffic
causes-heading =
    Likely causes of { $services }. Looked at, in { $regions } { $regions ->
        [one] region
       *[other] regions
    }: { $addresses } public { $addresses ->
        [one] address
       *[other] addresses
    }, { $gateways } NAT { $gateways ->
        [one] gateway
       *[other] gateways
    }, { $buckets } { $buckets ->
        [one] bucket
       *[other] buckets
    }
causes-none =
    No likely cause of { $services } was found. Looked at, in { $regions } { $regions ->
        [one] region
       *[other] regions
    }: { $addresses } public { $addresses ->
        [one] address
       *[other] addresses
    }, { $gateways } NAT { $gateways ->
        [one] gateway
       *[other] gateways
    }, { $buckets } { $buckets ->
        [one] bucket
       *[other] buckets
    }
cause-open-port = { $id } is open to the whole world on port { $ports }{ $traffic }
cause-public-address = { $id } has a public address{ $traffic }
cause-nat-gateway = NAT gateway { $id }{ $traffic }
cause-public-bucket = bucket { $id } is public, by its policy or its ACL{ $traffic }
cause-traffic = {": "}{ $gb } GB a day
cause-no-figure = {": "}no figure of its traffic

## guardrail advice
title-advice = guardrail: AWS's recommendations
advice-heading = Account { $account } · AWS's own recommendations · { $at }
advice-total = { $count } { $count ->
    [one] recommendation
   *[other] recommendations
}; following all of them saves about { $usd } USD a month, by AWS's estimate.
advice-none = AWS has no recommendation for this account.
advice-nobody-asked = None of AWS's three advisers could be asked: see below.
advice-asked = { $count } { $count ->
    [one] recommendation
   *[other] recommendations
}
advice-not-in-plan = your support plan does not include this (Business and above do)
advice-not-enrolled = not turned on in this account. It is free, and needs up to a day for its first advice
advice-unread = could not be read: see below
advice-saves = saves USD/month
advice-says = { $action }{ $what } ({ $who })
advice-found = found by the sweep: { $name }, { $usd } USD a month
advice-found-unpriced = found by the sweep: { $name }
column-advised-by = advised by
column-found = found by the sweep
help-advice = Show AWS's own cost recommendations, as far as the account's plan includes them
help-advice-more =
    Examples:
      guardrail advice
      guardrail advice -o advice.csv
## The nightly run
organization-heading-one = Account { $account } · { $at }
organization-gap-function = the function that sweeps it ended before it was done ({ $message }). Its log in CloudWatch, /aws/lambda/guardrail-sweep, has more.
organization-gap-no-report = the run ended without a report of it. `guardrail schedule --check` shows the run.
error-runtime-api = the runtime API of Lambda does not answer
error-schedule-event = the event is none of this version of guardrail ({ $what })
error-schedule-settings = the bucket has no settings for the nightly run
error-schedule-object = an object of the nightly run cannot be read: { $key }
error-schedule-unsent = the mail could not be sent
mail-new = New (USD a month):
} gone.
mail-worst = Most expensive (USD a month):
mail-unseen = Not completely checked ({ $count }):
mail-incomplete = some of it could not be checked, see the report
mail-report = The report:
title-schedule = guardrail: the nightly run
schedule-heading = Nightly run · account { $account } · region { $region }
schedule-account = this account
schedule-organization = organisation { $id } ({ $count } { $count ->
    [one] account
   *[other] accounts
})
schedule-when = Sweeps { $what } every night at { $at } ({ $zone }) and mails the result to { $emails }.
schedule-partial = Only the chosen regions and types are swept.
schedule-sender = The mail comes from { $sender } by SES, as a page.
schedule-trust = StackSets may not reach the accounts yet. Allow it once: `aws cloudformation activate-organizations-access`
schedule-cost = It costs at most { $run } USD a run and { $month } USD a month, two alarms included.
schedule-plan = Plan: { $create } to create, { $update } to change.
schedule-nothing = No changes. The nightly run is set up as wanted.
schedule-unplanned = Not everything could be read, so nothing is changed. The reasons are above.
schedule-removal = Plan: { $remove } to remove. Only what guardrail created is removed.
schedule-removal-nothing = No changes. There is no nightly run of guardrail in this account and region.
schedule-removed = Done: { $remove } removed.
schedule-failed = { $failed } of { $all } parts failed. Fix the cause shown above and run the command again: it continues where it stopped.
schedule-missing = There is no nightly run in this account and region. `guardrail schedule` sets it up.
schedule-drifted = A part is missing or differs, see “!” above. `guardrail schedule`, with the options of the first time, repairs it.
schedule-broken = The parts are there, but the nightly run does not work: see “broken” above.
schedule-unsure = Not everything could be checked: see above.
schedule-waiting = The nightly run is set up. Not everything is proven yet: see “waiting” above.
schedule-works = The nightly run is set up and works.
schedule-reports = All reports: { $place }
schedule-reports-kept = The reports stay in { $place }. `guardrail schedule --remove --delete-reports` deletes them.
schedule-last-run = Last run { $at }: { $verdict }, { $swept } of { $accounts } accounts swept.
schedule-last-run-other = Last run { $at }: { $status }
schedule-chain = Does the report reach you?
schedule-proving = one run to prove it, which may take some minutes
schedule-skipped = skipped: a part before it failed
schedule-will-create = to create
schedule-differs = differs
schedule-ok = OK
about-reports = Private, encrypted, TLS only, with versions. Reports expire.
about-role = Only this nightly run may assume it, and it only reads.
about-roles = The same role by a StackSet, also in accounts that join later.
about-nightly-run = EventBridge Scheduler starts a state machine of Step Functions, which runs this program as two Lambda functions: one for each account, one for the list and the sum. The result comes by mail. Two alarms say when a run fails or none happens.
proof-nightly-run-ok = a run succeeded ({ $value })
proof-nightly-run-waiting = no run has finished yet; `guardrail schedule --check` shows it later
proof-nightly-run-broken = the last run failed, or none has run for two days: { $value }
proof-nightly-run-unknown = the runs could not be read
proof-nightly-mail-ok = { $subject } has confirmed the mail
proof-nightly-mail-waiting = { $subject } has to confirm: open the mail “AWS Notification - Subscription Confirmation” and click the link
proof-nightly-mail-broken = { $subject } is not subscribed: its reader has unsubscribed, or never confirmed. Run `guardrail schedule` without that address, then with it
proof-nightly-mail-unknown = the addresses could not be read
proof-nightly-sender-ok = SES sends from { $subject }
proof-nightly-sender-waiting = SES waits for { $subject } to be confirmed: open the link in AWS's mail
proof-nightly-sender-broken = SES does not know { $subject } any more, so no report is mailed: `aws sesv2 create-email-identity --email-identity { $subject }`
proof-nightly-sender-unknown = whether SES sends from { $subject } could not be read
proof-nightly-sandbox-ok = SES is in its sandbox, and writes to { $subject }
proof-nightly-sandbox-waiting = SES is in its sandbox, and waits for { $subject } to be confirmed: open the link in AWS's mail
proof-nightly-sandbox-broken = SES is in its sandbox, and writes only to verified addresses: `aws sesv2 create-email-identity --email-identity { $subject }`, or ask AWS for production access
proof-nightly-sandbox-unknown = whether SES is in its sandbox could not be read
proof-nightly-roles-ok = the role is in all accounts of the StackSet ({ $value })
proof-nightly-roles-broken = there is no StackSet guardrail-member, so no account has the role. `guardrail schedule --organization` makes it
proof-nightly-roles-unknown = the StackSet guardrail-member could not be read
proof-nightly-roles-waiting = the role is not in all accounts of the StackSet yet ({ $value } have it); CloudFormation, StackSets, guardrail-member says why
error-stack = the stack { $stack } could not be changed
error-stack-foreign = there is a stack { $stack } that guardrail did not create
error-demo-schedule = the practice account has no nightly run
error-ses-sender = SES in { $region } does not send from { $address } yet: it is not verified
error-time-of-day = "{ $time }" is no time of day such as 03:00
error-time-zone = "{ $zone }" is no time zone such as Asia/Tokyo
error-emails-schedule = At most { $most } addresses: use a mailing list for more
error-program = this program cannot be read
error-program-here = Lambda runs Linux programs, and this is none
error-program-file = the program { $file } cannot be read
error-program-kind = this is no program for Lambda: neither a Linux program for arm64 or x86_64 nor a zip
error-program-zip = the zip has no program named bootstrap, or is broken
error-program-size = the program has { $size } MB unpacked, and Lambda takes { $most } MB at most
error-program-glibc = the program needs glibc { $version }, and Lambda has { $most }
hint-ses-identity = Verify it once: `aws sesv2 create-email-identity --email-identity { $address } --region { $region }`, open the link in AWS's mail, and run this command again. Its domain will do as well.
hint-ses-confirm = AWS has sent a mail to { $address }: open its link, and run this command again.
hint-program = Download guardrail-aarch64-unknown-linux-musl.tar.gz of this version from the releases, unpack it, and name the program with --function FILE.
hint-stack-set-access = StackSets need the organisation's trust once: `aws cloudformation activate-organizations-access`, in the management account. Or make the role yourself and name it with --role.
help-schedule = Set up, check or remove a sweep every night in AWS
help-schedule-email = Mail the result to this address (at most three)
help-schedule-ses_from = Send the mail from this address by SES, as a page (else SNS sends it, as plain text)
help-schedule-at = Time of day (03:00)
help-schedule-time_zone = Time zone of --at, such as Asia/Tokyo (UTC)
help-schedule-function = The program for Lambda: a Linux program or a zip (this program, where it is one)
help-schedule-keep_days = Delete reports after so many days (400)
help-schedule-organization = Sweep every account of the organisation
help-schedule-accounts = Only these accounts
help-schedule-ou = Only the accounts in these organisational units and in those below them
help-schedule-exclude = Leave out these accounts and organisational units
help-schedule-role = Use this role, which every account has already (else a StackSet makes one)
help-schedule-external_id = External id of that role
help-schedule-regions = Sweep only these regions
help-schedule-resources = Sweep only these resource types
help-schedule-offline_prices = Use only the prices inside the program
help-schedule-no_bill = Do not compare with the bill
help-schedule-no_run = Do not start a run to prove it
help-schedule-check = Check that the nightly run works and its mail arrives
help-schedule-remove = Remove what this command created; the reports stay
help-schedule-delete_reports = Delete all reports as well
