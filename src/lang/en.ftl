## errors
error-heading = error:
error-denied = the permission { $action } is missing
error-denied-by-organization = a policy of your organisation denies { $action }
error-disabled-region = AWS does not accept these credentials for { $action } in this region
error-throttled = AWS is limiting how often { $action } may be asked
error-timeout = AWS did not answer { $action } in time
error-unreachable = AWS cannot be reached for { $action }
error-aws = AWS could not answer { $action }
error-request = a request could not be put together; this is a mistake in guardrail
error-no-credentials = no AWS credentials were found
error-aws-profile = the AWS profile { $profile } does not exist or has no usable credentials
error-credentials = AWS does not accept the credentials
error-expired = the AWS credentials have expired
error-no-account = AWS did not say which account the credentials belong to
error-other-account = the credentials belong to account { $account }, and --account says { $wanted }. Nothing was looked at or changed.
error-account-id = "{ $account }" is not an AWS account number: twelve digits
error-region-name = "{ $region }" is not the name of a region
error-region-unknown = this account has no region { $region }
error-region-disabled = the region { $region } is not enabled in this account
error-resource-unknown = there is no resource type "{ $resource }"
error-render = the report could not be written; this is a mistake in guardrail
error-stdout = the output could not be written
error-output = the file { $file } could not be written; nothing was changed
error-output-is-format = "{ $file }" is a format, not a file
hint-file-of-that-name = A file of that name is written with -o ./{ $file }.
error-runtime = the program could not start
error-interrupted = interrupted
error-not-chosen = --{ $option } is missing, and nobody is here to ask
error-not-approved = nothing was changed: the plan above has not been approved
error-demo-reads = the practice account can be looked at, not changed
nothing-changed = nothing was changed
hint-configure = Sign in with `aws login` or `aws sso login`, or set the keys with `aws configure`; --profile chooses one of several.
hint-aws-profile = `aws configure list-profiles` shows the profiles of this machine. A guardrail profile is chosen with -c.
hint-login = Sign in again with `aws login` or `aws sso login`.
hint-demo = Just looking? `guardrail sweep --demo` needs no AWS account.
hint-network = Check the network, and AWS_ENDPOINT_URL if you use it.
hint-other-account = Choose the other account's credentials with --profile, or leave --account out.
hint-region-name = A region is written like ap-northeast-1.
hint-regions = This account has { $regions }.
hint-region-disabled = What was left in { $region } goes on billing. Enable it in the console (Account → AWS Regions), then sweep again.
hint-resources = `guardrail resources` lists them.
hint-families = A family can be named, too ({ $families }), or a pattern: "rds-*".
hint-output = Choose another place with --output.
hint-not-chosen = Give --{ $option }, or write it into a profile of your own (-c).
hint-not-approved = Approve it with --yes, or run this in a terminal.
hint-demo-dry-run = Add --dry-run to see the plan.
hint-interrupted = What was begun is finished by running the same command again.
hint-valid-values = It can be: { $values }.
hint-did-you-mean = Did you mean { $near }?
hint-help = `{ $command } --help` shows how it is used.
hint-seconds = It is a whole number of seconds from 1 to 3600.
usage-unexpected = "{ $argument }" is not expected here
usage-unknown-option = there is no option { $argument }
usage-unknown-command = there is no command { $command }
usage-value-missing = { $argument } needs a value
usage-bad-value = "{ $value }" cannot be given for { $argument }
usage-argument-missing = { $argument } is missing
usage-conflict = { $argument } cannot be used together with { $other }
usage-command-missing = a command is missing
usage-other = these options cannot be understood

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
scope-narrowed = Only the chosen regions and types were checked.
disabled-regions = { $count } { $count ->
    [one] region is
   *[other] regions are
} not enabled and cannot be checked: what was left there is still charged.
prices-of-one-day = AWS list prices before tax, of { $first }.
prices-of-days = AWS list prices before tax, of { $first } to { $last }.
step-stop = stop
step-delete = delete!
step-end = end!
step-then = then
ec2-instance = EC2 instance
group-goes = { " " }(deleted with it)
group-each = `-v` lists each.
rest-of-findings = { $count } more: { $names }
legend-irrevocable = “!” cannot be undone
legend-open = “+” a part is unknown
legend-unknown = “?” by use or unknown
legend-at-most = “≤” at most
legend-verbose = `-v` shows everything
sweep-progress = { $done } of { $all } questions answered, { $findings } found
billing-stopped = stopped, its storage bills
billing-ending = being deleted
charge-price-unknown = price unknown
charge-metered = by use, metered by AWS
charge-at-most = at most { $usd } USD/month
gaps-heading = Could not be checked ({ $count })
gap-whole-account = the whole account
gap-other-regions = regions beyond those that every account has
gap-interrupted = interrupted before it answered
gap-mistake = a mistake in guardrail, please report it
gap-denied = the permission { $action } is missing
gap-denied-by-organization = a policy of your organisation denies { $action }
gap-disabled-region = the region does not accept your credentials; it may be disabled
gap-throttled = AWS limited how often it may be asked
gap-timeout = no answer in time
gap-unreachable = cannot be reached ({ $message })
gap-other = { $action } failed: { $message }
and-more = and { $count } more
scope-regions = Regions: { $names }
scope-types = Only these types: { $names }
scope-not-enabled = Not enabled: { $names }
output-written = Written to { $file }.

## what is kept
note-kept = kept on purpose until { $value }
note-keep-unused = The profile keeps { $value }, but nothing that is charged for has that name. The entry can go.
note-keep-ended = was to be kept until { $value }; that day is over

## safeguards
plan-heading = Account { $account } · profile { $profile } · region us-east-1
plan-summary = Plan for { $all } { $all ->
    [one] safeguard
   *[other] safeguards
}: { $create } to create, { $update } to change, { $remove } to remove, { $same } already set up{ $unknown ->
    [0] {""}
   *[other] , { $unknown } that could not be looked at
}. Together they cost { $usd } USD/month.
plan-nothing = No changes. { $same } { $same ->
    [one] safeguard was
   *[other] safeguards were
} compared with the profile, field by field.
plan-nothing-possible = There is nothing that can be done: none of the { $all } safeguards could be looked at. Nothing was changed; the reasons are above.
plan-nothing-seen = No changes are known to be needed, but { $unknown } of { $all } safeguards could not be looked at.
removal-summary = Plan: { $remove } to remove. Only what guardrail made is touched.
removal-nothing = Nothing of guardrail's is in this account. No changes.
applied-summary = Done: { $create } created, { $update } changed, { $remove } removed, and read back.
removed-summary = Done: { $remove } removed.
applied-partly = { $failed } of { $all } safeguards could not be set up. Run the command again once the reason above is mended: it goes on where it stopped.
check-ok = All { $all } safeguards are as the profile wants them, and the warning arrives.
check-waiting = All { $all } safeguards are as the profile wants them. Not everything is proven yet: see “waiting” above.
check-incomplete = Not everything could be checked: the safeguards seen are as the profile wants them.
check-broken = The safeguards are there, but a warning would not arrive: see “broken” above.
check-drift = { $wrong } of { $all } safeguards are not as the profile wants them. `guardrail init` mends them.
row-will-create = to create · { $usd } USD/month
row-will-update = to change
row-will-remove = to remove
row-created = created
row-updated = changed
row-removed = removed
row-failed = failed
row-skipped = left out: what it needs is lacking
row-unknown = could not be looked at
row-unchanged = unchanged
row-ok = as it should be
row-missing = missing
row-drifted = changed since it was set up
row-unwanted = there, though the profile does not want it
value-none = (none)
plan-also-warns = ~ { $object } also warns { $who } (at { $alerts })
plan-warns-no-more = ~ { $object } no longer warns { $who } (at { $alerts })
plan-the-topic = the topic
alert-actual = actual > { $above }
alert-forecast = forecast > { $above }
unit-hrs = hours
unit-gb-mo = GB-months
chain-heading = Does it work?
status-ok = ok
status-waiting = waiting
status-broken = broken
status-unknown = unknown
applying = Setting up: { $name }
removing = Removing: { $name }
ask-email = E-mail address to warn
ask-limit = The most a month may cost, in US dollars
ask-approve = Go ahead?
about-notification-topic = An SNS topic that sends every warning to you by e-mail.
about-billing-alarm = CloudWatch alarms on this month's estimated charges, which AWS updates several times a day.
about-zero-spend-budget = Warns at the first cent.
about-monthly-budget = Warns as the month's limit is used up, and when AWS forecasts that it will be.
about-free-tier-budgets = Warn before a free allowance is used up.
about-trail = Records who did what in the account, in every region, as files in a bucket of its own.
note-adopted = already served by { $value }, which is left as it is
note-not-ours = { $value } has guardrail's name but not its tag, so it is not touched
note-not-wanted = the profile does not ask for it
note-alarm-allowance = The first 10 alarms of an account are free; each further one costs 0.10 USD a month.
proof-subscription-confirmed-ok = { $subject } is subscribed and confirmed
proof-subscription-confirmed-waiting = { $subject } has not confirmed yet: open the mail “AWS Notification - Subscription Confirmation” and click “Confirm subscription” { $value ->
    [none] within 48 hours
   *[other] before { $value }
} (look in the spam folder, too)
proof-subscription-confirmed-broken = { $subject } is not subscribed: run `guardrail init` to send the confirmation mail again
proof-subscription-confirmed-unknown = whether { $subject } has confirmed could not be seen: { $value } failed
proof-alarm-rings-ok = { $subject } rings through the topic
proof-alarm-rings-broken = { $subject } is switched off or does not ring through the topic: run `guardrail init`
proof-organization-trail-broken = the organisation has no trail that reaches this account: whoever runs the organisation can make one, or set by = "guardrail" in the profile
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
field-emails = e-mails
field-may-publish = may publish
field-alarms = alarm
field-budgets = budget
field-bucket = bucket
field-trail = trail
field-threshold-usd = threshold (USD)
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
title-resources = guardrail: what it looks for
column-account = account
column-region = region
column-resource = resource
column-id = id
column-name = name
column-billing = billing
column-charges = charges
column-usd-per-hour = USD/hour
column-usd-per-month = USD/month
column-created-at = created
column-notes = notes
column-commands = commands
column-stop-command = stop
column-delete-command = delete (for good)
column-owner = belongs to
column-owner-command = end what it belongs to
column-at-least = at least
column-safeguard = safeguard
column-state = state
column-action = action
column-result = result
column-changes = changes
column-proof = proof
column-bills = how it bills
column-reads = IAM actions
profile-good = The profile { $name } is good.

## help
help-heading-usage = Usage:
help-heading-commands = Commands:
help-heading-arguments = Arguments:
help-heading-options = Options:
help-guardrail = Ends surprise AWS bills: sets up the warnings AWS recommends, and finds what still bills
help-guardrail-more =
    Exit codes: 0 done and complete · 1 failed · 2 wrong use · 3 incomplete · 10 found something · 130 interrupted
    Try it without an AWS account: guardrail sweep --demo
help-init = Set up the safeguards: shows a plan, asks, applies it and reads it back
help-check = Compare the account with the profile, and see whether the warning arrives
help-remove = Take away exactly what init made
help-sweep = Look in every region for what still bills, and what it costs
help-resources = List the types of resources that are looked for, and how each bills
help-policy = Print the least IAM policy that commands need
help-profile = The profiles: what to set up, whom to warn, what to look at
help-profile-list = List the profiles that come with guardrail
help-profile-show = Print a profile
help-profile-check = Check a profile for mistakes
help-completions = Print completions for a shell
help-man = Print the manual page
help-config = The guardrail profile: a shipped name or a file; also GUARDRAIL_CONFIG
help-name = A shipped name or a file
help-aws-profile = The AWS named profile to take credentials from
help-region = Home region of the credentials; never limits a sweep
help-account = Refuse to run in any other account
help-format = Form of the output: text, json, csv, markdown or html
help-output = Write to this file, in the format of its ending; - is stdout
help-lang = Language: en or ja
help-color = Colour: auto, always or never
help-quiet = Say nothing but the result
help-verbose = Say more
help-demo = Use the practice account inside the program: no credentials, no network
help-help = Print help
help-version = Print the version
help-init-email = Whom to warn; may be given several times
help-init-limit = The most a month should cost, in US dollars
help-dry_run = Show the plan and change nothing
help-yes = Approve the plan
help-remove-delete_logs = Delete the trail's log files too; without it a bucket that holds logs is kept
help-sweep-regions = Look only in these regions
help-sweep-resources = Look only for these types
help-sweep-exit_zero = Exit with 0 even if something is billing
help-sweep-offline_prices = Use only the prices inside guardrail; do not read AWS's price list
help-sweep-timeout = Stop waiting after so many seconds (60); what has not answered is reported as not checked
help-policy-commands = sweep, bill, init, check, remove or send-test (check --send-test); all if none is named
help-completions-shell = bash, zsh, fish, elvish or powershell

## profile
error-profile =
    the profile { $file } has a mistake:
    { $snippet }
error-profile-unknown = there is no profile called { $name }
error-profile-unreadable = the profile { $file } cannot be read
hint-profile-names = Profiles that come with guardrail: { $names }. A file of your own is named by its path: ./my.toml
hint-profile-nearest = Did you mean { $name }?
profile-unknown-field = there is no field { $name } here; it can be: { $known }
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
profile-iam-name = { $value } is not a name in IAM: letters, digits and _+=,.@- only, without its path
profile-too-many-targets = at most { $most } in one list, and these are { $count }
profile-action-no-target = this holds nobody back: name users, groups or roles, or say enabled = false
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

## notes

note-address-stays = deleting it leaves its Elastic IP behind, which goes on billing
note-attached-to = attached to { $value }
note-delete-only = it cannot be stopped, only deleted
note-deleted-with-instance = deleted together with its instance
note-instance-store = it runs on an instance store: it cannot be stopped, and terminating it loses its data
note-managed-by = run by { $value } on your behalf: end it there, EC2 refuses
note-mac-a-day = a Mac host cannot be released in its first 24 hours
note-on-dedicated-host = it runs on a dedicated host: the host bills, not this instance
note-service-managed = kept by an AWS service ({ $value }): it goes away with what that service runs for you
note-unattached = attached to nothing
note-usage-extra = plus a charge by use (traffic, requests) that is not in this figure

## budgets
note-elsewhere = In { $value }: a policy of your organisation forbids it in us-east-1.
note-by-email-only = Warns by e-mail alone until there is a topic in us-east-1; AWS Budgets sends mail only to addresses it has verified.
note-budgets-free = Budgets that only warn cost nothing.
proof-budget-alerts-ok = every alert of budget { $subject } names every recipient
proof-budget-alerts-broken = budget { $subject } lacks an alert or a recipient, so a warning can get lost; run guardrail init to put it right

## trail
note-first-copy-free = The first copy of management events is free. A second trail would bill for every event.
note-log-storage = The log files bill as S3 storage until they expire, usually a few cents a month.
note-bucket-kept = The bucket { $value } was kept because it still holds logs. They bill as S3 storage until they expire.
proof-trail-logging-ok = { $subject } is logging every region
proof-trail-logging-broken = { $subject } is not logging: what happens in the account is not recorded
proof-trail-delivers-ok = { $subject } delivers its log files
proof-trail-delivers-waiting = { $subject } has not delivered a log file yet: the first takes about 15 minutes
proof-trail-delivers-broken = { $subject } cannot deliver its log files: look at the bucket and its policy
note-bucket-taken = The bucket name { $value } cannot be used: another account or another region has it. If it is your own bucket, allow s3:ListBucket on it, or delete it if it is in another region. If it is not yours, switch the trail off in the profile.

## billing alerts
about-billing-alerts = Lets AWS record this month's estimated charges, which the alarm watches.
note-alerts-for-good = Once it is on, AWS cannot switch it off again. It costs nothing.
note-alerts-stay = It stays on: AWS cannot switch it off. It costs nothing.
note-free-plan = This account is on AWS's free plan: until { $value }, or until its credits are used up, it cannot be charged. Then AWS closes it unless you upgrade.
note-member-of = This account belongs to the organisation of account { $value }, which pays for it and may limit what can be set up here.
note-project-account = This looks like an AWS “project” in the organisation of account { $value }: AWS itself denies topics, trails and new alarms in us-east-1 there. Everything that is allowed is set up; the rest can only follow if you activate the advanced features in AWS Settings, which cannot be undone.
note-root-must-allow-billing = AWS refuses billing to these credentials: the root user has to sign in once and switch on Account → “IAM user and role access to Billing information”.
note-payer-must-enable-budgets = Budgets are not available here yet: whoever runs the paying account has to open Budgets or Cost Explorer there once. About a day later, run `guardrail init` again.
note-denied-by-organization = A service control policy of your organisation forbids some of this: only its administrators can allow it.
proof-billing-alerts-on-ok = AWS records this account's estimated charges
proof-billing-alerts-on-unknown = whether AWS records the estimated charges could not be seen: in the console, look at Billing → Billing preferences → Alert preferences and tick “Receive CloudWatch billing alerts”
proof-metric-has-data-ok = the estimated charges are up to date: last recorded { $subject }
proof-metric-has-data-waiting = there are no estimated charges yet: AWS records the first within a day or so
proof-metric-has-data-broken = the estimated charges have not been recorded since { $subject }, so the alarm sees nothing: look at Billing → Billing preferences → Alert preferences in the console; if “Receive CloudWatch billing alerts” is ticked, ask AWS Support, which is free for billing questions
proof-metric-needs-alerts-broken = the estimated charges are not recorded, so the alarm sees nothing: run `guardrail init` to switch billing alerts on
proof-metric-has-data-unknown = there are no estimated charges, and AWS does not say why: the account may be young, billing alerts may be off (Billing → Billing preferences → Alert preferences), or it belongs to the AWS Partner Network, whose accounts get none. The budgets warn all the same
proof-metric-needs-payer-broken = no estimated charges reach this account, so the alarm sees nothing: whoever runs the paying account { $subject } has to tick Billing → Billing preferences → “Receive CloudWatch billing alerts” there. The budgets warn all the same
proof-alarm-is-ringing-ok = { $subject } is ringing now: this month's charges are above it
proof-alarm-stuck-broken = { $subject } sees no data although the charges are recorded: delete it (aws cloudwatch delete-alarms --region us-east-1 --alarm-names { $subject }) and run `guardrail init`, which makes it anew
## anomaly detection
about-anomaly-detection = AWS looks for spending that is unlike this account's usual, and tells what it is.
error-cost-explorer-off = AWS has not switched Cost Explorer on in this account yet
note-anomaly-calls = Anomaly detection itself is free. AWS may charge 0.01 USD for each of the few API requests that set it up and look at it (three for a check).
note-kept-in-use = { $value } is kept: something that guardrail did not make depends on it
proof-anomaly-alerts-ok = { $subject } tells the topic of unusual spending; AWS needs a day to begin, and ten days for a service that is new to it
proof-anomaly-alerts-waiting = { $subject } cannot be set up yet: AWS switches Cost Explorer on within about a day of an account's first budget. Run guardrail init again then; in an organisation, its management account has to switch it on
proof-anomaly-alerts-broken = { $subject } does not listen to the monitor, or the topic is not its confirmed recipient: run guardrail init
field-watches-services = watches every service
field-subscriptions = subscriptions
field-frequency = tells

## budget action
about-budget-action = When the month's limit is used up, AWS attaches a policy that denies starting costly things. Stopping and deleting stay possible.
note-action-caller = The profile names nobody, so it holds back the IAM user or role that runs this. Name others with users, groups or roles under [budgets.action].
note-action-cost = Two budgets with actions are free (62 budget-days a month); each further one costs 0.10 USD a day.
note-action-no-target = left out: the profile names nobody to hold back, and a policy cannot be attached to the root user or to a role of IAM Identity Center. Name users, groups or roles under [budgets.action].
proof-action-ready-ok = the action of budget { $subject } is set up
proof-action-ready-broken = the action of budget { $subject } failed: open it in the console (Budgets → { $subject } → Actions); often a user or role named in it is gone, or has ten policies already
proof-action-ready-unknown = the action of budget { $subject } is in a state that guardrail does not know: look at it in the console (Budgets → { $subject } → Actions)
field-action = action
field-actions = actions
field-at = at
field-approval = approval
field-targets = holds back
field-recipients = tells
field-role = role
field-trusts = trusts
field-may = may
field-denies = denies
## proof of the topic
proof-topic-lets-publish-ok = the topic lets { $subject } publish
proof-topic-lets-publish-broken = the topic does not let { $subject } publish, so its warnings are lost: run `guardrail init`, and look for a “Deny” in the topic's policy
proof-topic-lets-publish-unknown = whether the topic lets { $subject } publish depends on a condition in its policy that cannot be judged from here: look at it, or send a test with `guardrail check --send-test`
proof-topic-encryption-broken = the topic is encrypted with { $subject }, the classic trap: alarms and budgets cannot use that key, and their warnings are lost without a word. Run `guardrail init` to take the encryption off
proof-topic-encryption-unknown = the topic is encrypted with { $subject }: its key policy must allow kms:GenerateDataKey* and kms:Decrypt for cloudwatch.amazonaws.com, budgets.amazonaws.com and costalerts.amazonaws.com. If it does not, warnings are lost
proof-subscription-expired-broken = { $subject } was not confirmed within 48 hours, and AWS deleted the subscription: run `guardrail init` to send the confirmation mail again
proof-subscription-left-broken = { $subject } was unsubscribed by its reader (or by a mail scanner that opened the link). If that was a mistake: guardrail init --email { $subject }
proof-budget-email-verified-ok = AWS has verified { $subject } for budget mails
proof-budget-email-verified-waiting = AWS has not verified { $subject } for budget mails: open the link in AWS's verification mail within 12 hours, signed in to this account; the AWS Budgets console sends it again
proof-budget-email-verified-unknown = whether AWS has verified { $subject } for budget mails is not known: open a budget in the AWS Budgets console, and if the address is not verified there, send the verification mail and open its link within 12 hours, signed in to this account
help-check-send_test = Send a test message and ring the billing alarms: publishes mail, changes nothing else
hint-demo-check = Without --send-test it only looks.
hint-send-test = The test needs what `guardrail init` sets up, and the permissions of `guardrail policy send-test`.
send-test-message = This is a test by guardrail. It means that warnings about your AWS bill reach this address. Nothing has happened, and nothing needs to be done.
send-test-sent = Sent. In the inbox of { $emails } there should now be a mail “{ $subject }”. No billing alarm could be rung. If the mail is not there within minutes, look in the spam folder.
send-test-rung = Sent. In the inbox of { $emails } there should now be a mail “{ $subject }” and { $count ->
    [one] one that begins with “ALARM:”, of { $alarms }
   *[other] { $count } that begin with “ALARM:”, of { $alarms }
}. The { $count ->
    [one] alarm is
   *[other] alarms are
} back as before. If a mail is not there within minutes, look in the spam folder.
send-test-nobody = Sent, but nobody has confirmed yet, so nobody gets it. Confirm the subscription first, then send the test again.

## live prices
usd-since-created = about { $usd } USD since { $date }
prices-cache-discarded = warning: the prices remembered in { $file } could not be read ({ $message }) and were discarded; they are read again.
prices-not-live-denied = Not all prices could be read from AWS's price list (permission missing: pricing:GetProducts); these were read longer ago, or are from the snapshot inside guardrail.
prices-not-live-denied-by-organization = Not all prices could be read from AWS's price list (your organisation forbids pricing:GetProducts); these were read longer ago, or are from the snapshot inside guardrail.
prices-not-live-throttled = Not all prices could be read from AWS's price list (too many requests); these were read longer ago, or are from the snapshot inside guardrail. The next sweep reads more of them.
prices-not-live-timeout = Not all prices were read from AWS's price list in time; these were read longer ago, or are from the snapshot inside guardrail. The next sweep reads more of them.
prices-not-live-unreachable = Not all prices could be read from AWS's price list (nobody answers there); these were read longer ago, or are from the snapshot inside guardrail.
prices-not-live-other = Not all prices could be read from AWS's price list; these were read longer ago, or are from the snapshot inside guardrail.

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
bill-per-day-unknown = too few figures yet to say what a day costs
bill-month-end = about { $usd } USD by the month's end
bill-month-end-limit = about { $usd } USD by the month's end (your limit: { $limit })
bill-month-end-beyond = about { $usd } USD by the month's end, { $times } × your limit of { $limit } USD
bill-no-figures = AWS gives no figures of the bill. Billing alerts are off (console: Billing → Billing preferences → Alert preferences → “Receive CloudWatch billing alerts”), or the account is new.
bill-figures-unread = The figures of the bill could not be read: { $why }.
bill-days-up-to = { $from } to { $to }
bill-utc = AWS bills by UTC months: this one ends on { $at }.
bill-utc-local = AWS bills by UTC months: this one ends on { $at }, which is { $local } your time.
bill-services = USD so far, by service
bill-service-per-day = { $usd } a day
bill-rest = (in no service)
bill-usage-types = USD so far in { $region }, by usage type
bill-days = USD by day (UTC)
bill-region = { $region }: { $usd } USD so far
bill-region-disabled = { $region }: { $usd } USD so far. This region is not enabled: enable it to look at what bills there and to end it
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
compared-heading = The bill grows, in USD a day, by
compared-explained = explained by what was found
compared-known = explained by its name
compared-partly = partly explained: what was found costs { $usd }
compared-unexplained = not explained: nothing of it was found
unexplained = The bill grows by { $usd } USD a day for { $service }, and nothing of it was found.
note-new-since-bill = new since the bill's last figure of { $value }
note-not-on-bill = not on the bill as of { $value }: a free allowance or credits may cover it
note-data-transfer = traffic out of AWS, or between regions and zones; it has no list
note-requests = billed by use: requests, queries, stored data
note-support-plan = a support plan of the account
note-tax = tax on the other charges
note-type-not-covered = guardrail does not look for what this service charges for yet
note-unpriced = part of what was found has no known price
note-not-looked-at = it could not be looked for everywhere
note-ended-since = something that was ended: its last hours reach the bill up to a day later
note-in-disabled-region = something in one of the { $value } regions that are not enabled
note-use-on-top = traffic and requests on top of what exists
cost-explorer-costs = AWS charges 0.01 USD for a request to Cost Explorer. Two are made ({ $usd } USD), and one more for every further page of a long answer.
nothing-spent = nothing was asked, nothing was spent
hint-cost-explorer = Agree with --yes, or leave --cost-explorer out.
title-bill = guardrail: the bill
column-part = part
column-amount = amount
column-unit = unit
column-per-day = USD/day
column-forecast = forecast
column-limit = limit
column-percent = %
help-bill = Show what this month has cost so far, what a day costs and where that leads, at no cost
help-bill-cost_explorer = Ask Cost Explorer, too: by region and usage type, also where not enabled. AWS charges 0.02 USD
help-bill-yes = Agree to that charge
help-sweep-no_bill = Do not compare what is found with the bill

## Many small things, what belongs to what, and where was looked
group-count = { $count } of them
belongs-to = belongs to the { $name } { $id }: end that first
coverage-heading = Where was looked for what
coverage-signs = # bills, . nothing, - not offered, ! denied, O denied by the organisation, x region not enabled (nobody can look), ? failed
policy-in-parts = This is more than AWS takes as one managed policy (6,144 characters). `--part 1` to `--part { $count }` print it as { $count } policies; attach all of them.
error-policy-part = there is no such part: the policy has { $count }
help-policy-part = Only this part of a policy too long for AWS
## notes of containers and simple servers
note-stop-first = stop { $value } first: AWS refuses otherwise
note-parts-first = delete its { $value } first: AWS refuses otherwise
note-kubernetes-leftovers = deleting it leaves the load balancers and volumes that Kubernetes made, which go on billing: delete its services and volume claims first
note-stop-saves-nothing = stopping it saves nothing: it bills until it is deleted
note-static-ip-stays = deleting it leaves its static IP behind, which bills from then on
## The network and what runs in it

note-committed = a commitment: it cannot be ended before its term is over
note-committed-until = a commitment until { $value }: it cannot be ended before
note-covers-instances = running instances of its type cost less on the bill than their list price here
## Keys, names, watching
note-locks-data = what is encrypted with it can never be read again once it is deleted
note-kept-for-ever = its logs are kept for ever: no retention is set
note-records-first = delete its records first, all but those of type NS and SOA
note-renews-on = paid for until { $value }, when it renews by itself
note-use-sni = serve its certificate by SNI instead and this charge ends
note-ends-on-request = only AWS can end it: open a support case
## storage, desktops and media
note-delete-first = delete its { $value } first
note-stop-loses-backups = stopping it deletes the snapshots it could be restored from
note-free-with-workspaces = free of charge while WorkSpaces uses it
note-other-locations = instances that it has in other locations bill too and are not counted here
note-renewed-by-itself = paid for until { $value }, and renewed by itself then
note-data-stays = deleting it leaves what it stored behind, which goes on billing
note-migration-allowance = replication is free at first (about 90 days for each server); after that it bills
note-last-backup = deleting it makes a last backup, which goes on billing until you delete it
note-versions-first = if it keeps old versions, delete them first: the command leaves them, and AWS refuses
note-detach-first = take it off everything it protects first: AWS refuses otherwise
note-trial = free at first (each account has a trial in each region); after that it bills
## Machine learning
note-shared-capacity = shares its OCUs with { $value }: they bill until the last one that shares them is deleted
## Numbers, commitments
note-number-lost = once it is released, the number is gone: somebody else may get it
note-covers-usage = what it covers costs less on the bill than its list price here
note-returnable-until = it can be given back until { $value }: `aws savingsplans return-savings-plan`
note-change-plan = it is changed or ended in the console only: https://console.aws.amazon.com/support/plans/home
## The network's and EC2's rest
note-in-recycle-bin = in the Recycle Bin: AWS deletes it for good when its retention is over; to end it sooner, delete the retention rule, restore it and delete it again
note-in-recycle-bin-until = in the Recycle Bin: AWS deletes it for good on { $value }; to end it sooner, delete the retention rule, restore it and delete it again
note-profile-associations = up to 100 associations of a region cost together what is told with the first: that ends with the last of them

## the page (HTML)
page-findings = What costs money
page-search = Search
page-types = All types
page-regions = All regions
page-end = How to end it
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
