"""Changes fields that guardrail set, to cause drift: `drift.py JSON`, a list of {"number", "safeguard", "path"}.

Every field that `init` sets has a row in ROWS. Prints {"missing": fields without a row, "unused": rows without a field}.
`drift.py extras NUMBER` adds a person's additions, `strangers` creates a person's objects with guardrail's names, `log` puts a
file into the trail's bucket, and `rival` replaces guardrail's trail by a person's.
"""

import fnmatch
import json
import sys

import boto3
from botocore.credentials import Credentials
from botocore.session import Session

# The clients read this object for every signature: changing it changes the account.
CREDENTIALS = Credentials("", "secret")
session = Session()
session._credentials = CREDENTIALS
client = boto3.Session(botocore_session=session).client
iam, sns, cloudwatch, budgets, cloudtrail, s3 = map(client, ("iam", "sns", "cloudwatch", "budgets", "cloudtrail", "s3"))
TAG = "managed-by"


def number():
    return CREDENTIALS.access_key


def topic():
    return f"arn:aws:sns:us-east-1:{number()}:guardrail-alerts"


def trail():
    return f"arn:aws:cloudtrail:us-east-1:{number()}:trail/guardrail-trail"


def bucket():
    return f"guardrail-trail-{number()}"


def other(value):
    """Another value of the same type."""
    if isinstance(value, list):
        return value[:-1] if len(value) > 1 else ["somebody-else"]
    return {"Allow": "Deny", "Deny": "Allow", "false": "true"}.get(value, f"{value}-else")


def change_statement(policy, keys):
    sid, *keys, last = keys
    (inner,) = [it for it in policy["Statement"] if it.get("Sid") == sid]
    for key in keys:
        inner = inner[key]
    inner[last] = other(inner[last])
    return json.dumps(policy)


# --- the topic


def topic_policy(_field, *keys):
    policy = json.loads(sns.get_topic_attributes(TopicArn=topic())["Attributes"]["Policy"])
    set_topic("Policy", change_statement(policy, keys))


def set_topic(name, value):
    sns.set_topic_attributes(TopicArn=topic(), AttributeName=name, AttributeValue=value)


def unsubscribe(*_):
    for it in sns.list_subscriptions_by_topic(TopicArn=topic())["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=it["SubscriptionArn"])


# --- the alarms

ALARM = ("AlarmName", "AlarmDescription", "ActionsEnabled", "AlarmActions", "MetricName", "Namespace", "Statistic",
         "Dimensions", "Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "ComparisonOperator",
         "TreatMissingData")


def alarm(**changed):
    def change(_alarms, name, _field):
        (is_,) = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"]
        cloudwatch.put_metric_alarm(**{key: is_[key] for key in ALARM if key in is_} | changed)

    return change


def untag_alarm(_alarms, name, _field):
    arn = f"arn:aws:cloudwatch:us-east-1:{number()}:alarm:{name}"
    cloudwatch.untag_resource(ResourceARN=arn, TagKeys=[TAG])


# --- the budgets


def described(name):
    return budgets.describe_budget(AccountId=number(), BudgetName=name)["Budget"]


def budget(**changed):
    def change(_budgets, name, *_):
        is_ = described(name)
        for key in ("CalculatedSpend", "LastUpdatedTime", "HealthStatus"):
            is_.pop(key, None)
        budgets.update_budget(AccountId=number(), NewBudget=is_ | changed)

    return change


def cost_type(name):
    def change(budgets_, budget_name, field):
        types = described(budget_name)["CostTypes"]
        budget(CostTypes=types | {name: not types[name]})(budgets_, budget_name, field)

    return change


def budget_type(budgets_, name, field):
    """Replaces the budget by one of the other kind, with the same name, tag and alerts."""
    if described(name)["BudgetType"] == "COST":
        limit, filters = {"Amount": "1", "Unit": "GB"}, {"UsageType": ["TimedStorage-ByteHrs"]}
        budget(BudgetType="USAGE", BudgetLimit=limit, CostFilters=filters)(budgets_, name, field)
    else:
        budget(BudgetType="COST", BudgetLimit={"Amount": "1", "Unit": "USD"}, CostFilters={})(budgets_, name, field)


def untag_budget(_budgets, name, _field):
    budgets.untag_resource(ResourceARN=f"arn:aws:budgets::{number()}:budget/{name}", ResourceTagKeys=[TAG])


def mute(_budgets, name, _field, alert):
    """Removes the e-mail address from one alert, named as in the report."""
    asked = {"AccountId": number(), "BudgetName": name}
    for it in budgets.describe_notifications_for_budget(**asked)["Notifications"]:
        percent = " %" if it.get("ThresholdType", "PERCENTAGE") == "PERCENTAGE" else ""
        if alert == f"{it['NotificationType'].lower()} > {it['Threshold']:g}{percent}":
            for who in budgets.describe_subscribers_for_notification(Notification=it, **asked)["Subscribers"]:
                if who["SubscriptionType"] == "EMAIL":
                    budgets.delete_subscriber(Notification=it, Subscriber=who, **asked)
            return
    raise LookupError(alert)


# --- the budget action's policy and role

ROLE = "guardrail-budget-action"


def denial():
    return f"arn:aws:iam::{number()}:policy/guardrail/guardrail-deny-costly-starts"


def denies(_policy, _field, *keys):
    version = iam.get_policy(PolicyArn=denial())["Policy"]["DefaultVersionId"]
    document = iam.get_policy_version(PolicyArn=denial(), VersionId=version)["PolicyVersion"]["Document"]
    iam.create_policy_version(PolicyArn=denial(), PolicyDocument=change_statement(document, keys), SetAsDefault=True)


def trusts(_role, _field, *keys):
    document = iam.get_role(RoleName=ROLE)["Role"]["AssumeRolePolicyDocument"]
    iam.update_assume_role_policy(RoleName=ROLE, PolicyDocument=change_statement(document, keys))


def may(_role, _field, *keys):
    document = iam.get_role_policy(RoleName=ROLE, PolicyName=ROLE)["PolicyDocument"]
    iam.put_role_policy(RoleName=ROLE, PolicyName=ROLE, PolicyDocument=change_statement(document, keys))


# --- the trail


def update_trail(**changed):
    return lambda *_: cloudtrail.update_trail(Name=trail(), **changed)


def another_bucket(*_):
    s3.create_bucket(Bucket=f"somebody-else-{number()}")
    cloudtrail.update_trail(Name=trail(), S3BucketName=f"somebody-else-{number()}")


def untag_trail(*_):
    tags = cloudtrail.list_tags(ResourceIdList=[trail()])["ResourceTagList"][0]["TagsList"]
    cloudtrail.remove_tags(ResourceId=trail(), TagsList=[it for it in tags if it["Key"] == TAG])


# --- the bucket


def bucket_policy(_bucket, _field, *keys):
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket())["Policy"])
    closed = s3.get_public_access_block(Bucket=bucket())["PublicAccessBlockConfiguration"]
    # Some changes make the policy public, which a private bucket refuses.
    s3.delete_public_access_block(Bucket=bucket())
    s3.put_bucket_policy(Bucket=bucket(), Policy=change_statement(policy, keys))
    s3.put_public_access_block(Bucket=bucket(), PublicAccessBlockConfiguration=closed)


def open_bucket(*_):
    closed = s3.get_public_access_block(Bucket=bucket())["PublicAccessBlockConfiguration"]
    s3.put_public_access_block(
        Bucket=bucket(), PublicAccessBlockConfiguration=closed | {"BlockPublicPolicy": False}
    )


def encryption(*_):
    default = {"SSEAlgorithm": "aws:kms"}
    rules = {"Rules": [{"ApplyServerSideEncryptionByDefault": default}]}
    s3.put_bucket_encryption(Bucket=bucket(), ServerSideEncryptionConfiguration=rules)


def rule(**changed):
    def change(*_):
        rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket())["Rules"]
        rules = [it | changed if it["ID"] == "guardrail-retention" else it for it in rules]
        s3.put_bucket_lifecycle_configuration(Bucket=bucket(), LifecycleConfiguration={"Rules": rules})

    return change


def tag_bucket(*_):
    tags = [{"Key": TAG, "Value": "somebody"}]
    s3.put_bucket_tagging(Bucket=bucket(), Tagging={"TagSet": tags})


BUDGET = "*budget*"
# Safeguard, field, function that changes it.
ROWS = [
    ("notification-topic", "managed_by", lambda *_: sns.untag_resource(ResourceArn=topic(), TagKeys=[TAG])),
    ("notification-topic", "may_publish.*", topic_policy),
    ("notification-topic", "emails", unsubscribe),
    ("notification-topic", "encrypted_with", lambda *_: set_topic("KmsMasterKeyId", "alias/aws/sns")),
    ("billing-alarm", "alarms.*.threshold_usd", alarm(Threshold=99999.0)),
    ("billing-alarm", "alarms.*.comparison", alarm(ComparisonOperator="LessThanThreshold")),
    ("billing-alarm", "alarms.*.metric", alarm(MetricName="Other")),
    ("billing-alarm", "alarms.*.statistic", alarm(Statistic="Minimum")),
    ("billing-alarm", "alarms.*.period_seconds", alarm(Period=3600)),
    ("billing-alarm", "alarms.*.evaluation", alarm(EvaluationPeriods=3, DatapointsToAlarm=2)),
    ("billing-alarm", "alarms.*.missing_data", alarm(TreatMissingData="notBreaching")),
    ("billing-alarm", "alarms.*.enabled", alarm(ActionsEnabled=False)),
    ("billing-alarm", "alarms.*.notifies_topic", alarm(AlarmActions=[])),
    ("billing-alarm", "alarms.*.managed_by", untag_alarm),
    (BUDGET, "budgets.*.limit", budget(BudgetLimit={"Amount": "99999", "Unit": "USD"})),
    (BUDGET, "budgets.*.type", budget_type),
    (BUDGET, "budgets.*.time_unit", budget(TimeUnit="ANNUALLY")),
    (BUDGET, "budgets.*.filters", budget(CostFilters={"Service": ["Amazon Simple Storage Service"]})),
    (BUDGET, "budgets.*.filters.UsageTypeGroup", budget(CostFilters={"UsageTypeGroup": ["somebody-else"]})),
    (BUDGET, "budgets.*.include_credit", cost_type("IncludeCredit")),
    (BUDGET, "budgets.*.include_refund", cost_type("IncludeRefund")),
    (BUDGET, "budgets.*.managed_by", untag_budget),
    (BUDGET, "budgets.*.notifications.*", mute),
    ("budget-action", "policy.denies.*", denies),
    ("budget-action", "policy.managed_by", lambda *_: iam.untag_policy(PolicyArn=denial(), TagKeys=[TAG])),
    ("budget-action", "role.trusts.*", trusts),
    ("budget-action", "role.may.*", may),
    ("budget-action", "role.managed_by", lambda *_: iam.untag_role(RoleName=ROLE, TagKeys=[TAG])),
    ("trail", "trail.multi_region", update_trail(IsMultiRegionTrail=False)),
    ("trail", "trail.validation", update_trail(EnableLogFileValidation=False)),
    ("trail", "trail.global_events", update_trail(IncludeGlobalServiceEvents=False)),
    ("trail", "trail.logging", lambda *_: cloudtrail.stop_logging(Name=trail())),
    ("trail", "trail.bucket", another_bucket),
    ("trail", "trail.managed_by", untag_trail),
    ("trail", "bucket.public_access_blocked", open_bucket),
    ("trail", "bucket.encryption", encryption),
    ("trail", "bucket.policy.*", bucket_policy),
    ("trail", "bucket.expires_after_days", rule(Expiration={"Days": 1})),
    ("trail", "bucket.old_versions_expire_after_days", rule(NoncurrentVersionExpiration={"NoncurrentDays": 1})),
    (
        "trail",
        "bucket.unfinished_uploads_expire_after_days",
        rule(AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1}),
    ),
    ("trail", "bucket.managed_by", tag_bucket),
]


def row_of(safeguard, field):
    """The most specific row."""
    rows = [it for it in ROWS if fnmatch.fnmatchcase(safeguard, it[0]) and fnmatch.fnmatchcase(field, it[1])]
    return max(rows, key=lambda it: len(it[1]), default=None)


def drift(wanted):
    used, missing = [], []
    for it in wanted:
        row = row_of(it["safeguard"], ".".join(it["path"]))
        if row is None:
            missing.append(f"{it['safeguard']}: {'.'.join(it['path'])}")
            continue
        used.append(row)
        CREDENTIALS.access_key = it["number"]
        row[2](*it["path"])
    return {"missing": missing, "unused": [it[1] for it in ROWS if it not in used]}


def extras():
    """Adds a subscriber, an alarm's action, a budget's alert and recipient, statements, a lifecycle rule, and tags everywhere."""
    tags = [{"Key": "team", "Value": "mine"}]
    theirs = {"Sid": "Mine", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "SNS:Subscribe"}
    policy = json.loads(sns.get_topic_attributes(TopicArn=topic())["Attributes"]["Policy"])
    set_topic("Policy", json.dumps(policy | {"Statement": [theirs | {"Resource": topic()}, *policy["Statement"]]}))
    sns.subscribe(TopicArn=topic(), Protocol="email", Endpoint="friend@example.com")
    sns.tag_resource(ResourceArn=topic(), Tags=tags)

    for it in cloudwatch.describe_alarms()["MetricAlarms"]:
        more = [*it["AlarmActions"], f"arn:aws:sns:us-east-1:{number()}:mine"]
        alarm(AlarmActions=more)("alarms", it["AlarmName"], "notifies_topic")
        cloudwatch.tag_resource(ResourceARN=it["AlarmArn"], Tags=tags)

    for it in budgets.describe_budgets(AccountId=number())["Budgets"]:
        asked = {"AccountId": number(), "BudgetName": it["BudgetName"]}
        friend = {"SubscriptionType": "EMAIL", "Address": "friend@example.com"}
        first = budgets.describe_notifications_for_budget(**asked)["Notifications"][0]
        budgets.create_subscriber(Notification=first, Subscriber=friend, **asked)
        more = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 42}
        budgets.create_notification(Notification=more, Subscribers=[friend], **asked)
        arn = f"arn:aws:budgets::{number()}:budget/{it['BudgetName']}"
        budgets.tag_resource(ResourceARN=arn, ResourceTags=tags)

    cloudtrail.add_tags(ResourceId=trail(), TagsList=tags)
    rules = s3.get_bucket_lifecycle_configuration(Bucket=bucket())["Rules"]
    mine = {"ID": "mine", "Status": "Enabled", "Filter": {"Prefix": "mine/"}, "Expiration": {"Days": 5}}
    s3.put_bucket_lifecycle_configuration(Bucket=bucket(), LifecycleConfiguration={"Rules": [mine, *rules]})
    policy = json.loads(s3.get_bucket_policy(Bucket=bucket())["Policy"])
    theirs = {"Sid": "Mine", "Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{number()}:root"},
              "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{bucket()}/*"}
    policy["Statement"].insert(0, theirs)
    s3.put_bucket_policy(Bucket=bucket(), Policy=json.dumps(policy))
    there = s3.get_bucket_tagging(Bucket=bucket())["TagSet"]
    s3.put_bucket_tagging(Bucket=bucket(), Tagging={"TagSet": [*tags, *there]})


def strangers():
    sns.create_topic(Name="guardrail-alerts")
    for name in ("guardrail-billing-10-usd", "guardrail-billing-99-usd"):
        cloudwatch.put_metric_alarm(
            AlarmName=name, Namespace="AWS/EC2", MetricName="CPUUtilization", Statistic="Average", Period=300,
            EvaluationPeriods=1, Threshold=80, ComparisonOperator="GreaterThanThreshold",
        )
    limit = {"Amount": "500", "Unit": "USD"}
    mine = {"BudgetName": "guardrail-monthly", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": limit}
    budgets.create_budget(AccountId=number(), Budget=mine)
    s3.create_bucket(Bucket=bucket())
    s3.create_bucket(Bucket=f"mine-{number()}")
    cloudtrail.create_trail(Name="guardrail-trail", S3BucketName=f"mine-{number()}")


def log():
    s3.put_object(Bucket=bucket(), Key="AWSLogs/a.json.gz", Body=b"{}")


def rival():
    cloudtrail.delete_trail(Name=trail())
    s3.create_bucket(Bucket=f"mine-{number()}")
    cloudtrail.create_trail(Name="mine", S3BucketName=f"mine-{number()}", IsMultiRegionTrail=True)
    cloudtrail.start_logging(Name="mine")


ACTS = {"extras": extras, "strangers": strangers, "log": log, "rival": rival}
if sys.argv[1] in ACTS:
    CREDENTIALS.access_key = sys.argv[2]
    ACTS[sys.argv[1]]()
    print("null")
else:
    print(json.dumps(drift(json.loads(sys.argv[1]))))
