"""The billing safeguards of an account, as boto3 sees them.

`safeguards.py look [ACCOUNT]` prints {"guardrail": {...}, "others": {...}}: objects with guardrail's name, and all others.
`safeguards.py own` creates a topic, an alarm and a budget as a user would. `safeguards.py drift` changes guardrail's objects
and prints their names. `safeguards.py charges HOURS` records estimated charges that many
hours ago. `safeguards.py alarm disable|deafen|blind NAME` disables an alarm, or removes its action or its state.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

import boto3
from botocore.exceptions import ClientError

if sys.argv[1:2] == ["look"] and len(sys.argv) > 2:
    # In ministack the number of an account is the key of its root.
    boto3.setup_default_session(aws_access_key_id=sys.argv[2], aws_secret_access_key="secret")
ACCOUNT = boto3.client("sts").get_caller_identity()["Account"]
sns, cloudwatch, budgets = boto3.client("sns"), boto3.client("cloudwatch"), boto3.client("budgets")
cloudtrail, s3 = boto3.client("cloudtrail"), boto3.client("s3")
# The properties of an alarm.
ALARM = ("AlarmName", "Namespace", "MetricName", "Dimensions", "Statistic", "Period", "EvaluationPeriods", "Threshold",
         "DatapointsToAlarm", "ComparisonOperator", "TreatMissingData", "ActionsEnabled", "AlarmActions")


def or_none(call, *keys, **words):
    """`None` if the value is not set, which S3 answers with an error."""
    try:
        answer = call(**words)
    except ClientError as error:
        if error.response["Error"]["Code"].startswith("NoSuch"):
            return None
        raise
    for key in keys:
        answer = answer[key]
    return answer


def topics():
    for row in sns.list_topics()["Topics"]:
        arn = row["TopicArn"]
        attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
        subscriptions = sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]
        yield arn.split(":")[-1], {
            "policy": json.loads(attributes.get("Policy") or "null"),
            "subscriptions": sorted(f"{it['Protocol']} {it['Endpoint']}" for it in subscriptions),
            "tags": tags(sns.list_tags_for_resource(ResourceArn=arn)["Tags"]),
        }


def alarms():
    for alarm in cloudwatch.describe_alarms()["MetricAlarms"]:
        yield alarm["AlarmName"], {
            "threshold": alarm["Threshold"],
            "metric": f"{alarm['Namespace']} {alarm['MetricName']}",
            "period": alarm["Period"],
            "actions": alarm["AlarmActions"],
            "tags": tags(cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]),
        }


def all_budgets():
    for budget in budgets.describe_budgets(AccountId=ACCOUNT).get("Budgets", []):
        name = budget["BudgetName"]
        asked = {"AccountId": ACCOUNT, "BudgetName": name}
        alerts = {}
        for alert in budgets.describe_notifications_for_budget(**asked).get("Notifications", []):
            who = budgets.describe_subscribers_for_notification(Notification=alert, **asked)["Subscribers"]
            title = f"{alert['NotificationType']} {alert['Threshold']:g} {alert.get('ThresholdType', 'PERCENTAGE')}"
            alerts[title] = sorted(f"{it['SubscriptionType']} {it['Address']}" for it in who)
        yield name, {
            "limit": f"{float(budget['BudgetLimit']['Amount']):g} {budget['BudgetLimit']['Unit']}",
            "type": budget["BudgetType"],
            "alerts": alerts,
        }


def trails():
    for trail in cloudtrail.describe_trails()["trailList"]:
        yield trail["Name"], {
            "bucket": trail["S3BucketName"],
            "multi_region": trail["IsMultiRegionTrail"],
            "validated": trail.get("LogFileValidationEnabled"),
            "logging": cloudtrail.get_trail_status(Name=trail["Name"])["IsLogging"],
        }


def buckets():
    for row in s3.list_buckets()["Buckets"]:
        name = row["Name"]
        yield name, {
            "lifecycle": or_none(s3.get_bucket_lifecycle_configuration, "Rules", Bucket=name),
            "policy": json.loads(or_none(s3.get_bucket_policy, "Policy", Bucket=name) or "null"),
            "public_access_block": or_none(s3.get_public_access_block, "PublicAccessBlockConfiguration", Bucket=name),
        }


def tags(rows):
    return {row["Key"]: row["Value"] for row in rows}


KINDS = {"topics": topics, "alarms": alarms, "budgets": all_budgets, "trails": trails, "buckets": buckets}


def look(_account=None):
    found = {kind: dict(list_all()) for kind, list_all in KINDS.items()}
    sides = {"guardrail": lambda name: "guardrail" in name, "others": lambda name: "guardrail" not in name}
    return {
        side: {kind: {name: it for name, it in things.items() if chosen(name)} for kind, things in found.items()}
        for side, chosen in sides.items()
    }


def own():
    topic = sns.create_topic(Name="mine")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="me@example.com")
    cloudwatch.put_metric_alarm(
        AlarmName="mine", Namespace="AWS/EC2", MetricName="CPUUtilization", Statistic="Average", Period=300,
        EvaluationPeriods=1, Threshold=80, ComparisonOperator="GreaterThanThreshold", AlarmActions=[topic],
    )
    budgets.create_budget(
        AccountId=ACCOUNT,
        Budget={
            "BudgetName": "mine", "BudgetType": "COST", "TimeUnit": "MONTHLY",
            "BudgetLimit": {"Amount": "500", "Unit": "USD"},
        },
    )
    return look()["others"]


def drift():
    seen = look()["guardrail"]
    changed = []
    for name in seen["alarms"]:
        alarm = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]
        kept = {key: alarm[key] for key in ALARM if key in alarm}
        cloudwatch.put_metric_alarm(**kept | {"Threshold": 99999})
        changed.append(name)
    budget = budgets.describe_budget(AccountId=ACCOUNT, BudgetName="guardrail-monthly")["Budget"]
    kept = ("BudgetName", "BudgetType", "TimeUnit", "TimePeriod", "CostTypes", "CostFilters")
    changed_budget = {key: budget[key] for key in kept if key in budget} | {
        "BudgetLimit": {"Amount": "99999", "Unit": "USD"}
    }
    budgets.update_budget(AccountId=ACCOUNT, NewBudget=changed_budget)
    changed.append("guardrail-monthly")
    for name, topic in seen["topics"].items():
        arn = f"arn:aws:sns:us-east-1:{ACCOUNT}:{name}"
        # One of guardrail's statements.
        policy = topic["policy"] | {"Statement": topic["policy"]["Statement"][:-1]}
        sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=json.dumps(policy))
        changed.append(name)
    for name, trail in seen["trails"].items():
        cloudtrail.stop_logging(Name=name)
        s3.delete_bucket_lifecycle(Bucket=trail["bucket"])
        changed += [name, trail["bucket"]]
    return changed


def charges(hours):
    at = datetime.now(UTC) - timedelta(hours=float(hours))
    figure = {"MetricName": "EstimatedCharges", "Value": 1.5, "Timestamp": at}
    cloudwatch.put_metric_data(
        Namespace="AWS/Billing", MetricData=[figure | {"Dimensions": [{"Name": "Currency", "Value": "USD"}]}]
    )
    return at.isoformat()


def alarm(what, name):
    if what == "disable":
        cloudwatch.disable_alarm_actions(AlarmNames=[name])
    elif what == "deafen":
        seen = cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]
        cloudwatch.put_metric_alarm(**{key: seen[key] for key in ALARM if key in seen} | {"AlarmActions": []})
    else:
        cloudwatch.set_alarm_state(AlarmName=name, StateValue="INSUFFICIENT_DATA", StateReason="blind")
    return name


KNOWN = {"look": look, "own": own, "drift": drift, "charges": charges, "alarm": alarm}
print(json.dumps(KNOWN[sys.argv[1]](*sys.argv[2:])))
