"""Everything that a safeguard can leave in an account, as boto3 sees it: `accounts.py NUMBER…` prints {number: account}.

Values that differ between runs (times, ids, the account number) are left out or replaced by a name, so that equal accounts
print equal JSON.
"""

import datetime
import json
import sys

import boto3
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.session import Session

# The clients read this object for every signature: changing it changes the account.
CREDENTIALS = Credentials("", "secret")
session = Session()
session._credentials = CREDENTIALS
client = boto3.Session(botocore_session=session).client
iam, sns, cloudwatch, budgets, cloudtrail, s3 = map(
    client, ("iam", "sns", "cloudwatch", "budgets", "cloudtrail", "s3")
)


def or_none(call, **words):
    """`None` if the value is not set, which S3 and Budgets answer with an error."""
    try:
        return call(**words)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code.startswith("NoSuch") or "NotFound" in code:
            return None
        raise


LEFT_OUT = ("ResponseMetadata", "SubscriptionArn", "StateValue", "StateReason", "StateReasonData")


def plain(value):
    """The answer without times, request ids and states that change by themselves."""
    if isinstance(value, dict):
        return {
            key: plain(it)
            for key, it in value.items()
            if not isinstance(it, datetime.datetime)
            and key not in LEFT_OUT
        }
    if isinstance(value, list):
        return sorted((plain(it) for it in value), key=json.dumps)
    return value


def topic(arn):
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    if not attributes.get("KmsMasterKeyId"):
        attributes.pop("KmsMasterKeyId", None)
    return {
        "arn": arn,
        "attributes": attributes | {"Policy": json.loads(attributes.get("Policy") or "null")},
        "subscriptions": sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"],
        "tags": sns.list_tags_for_resource(ResourceArn=arn)["Tags"],
    }


def alarm(it):
    return {"alarm": it, "tags": cloudwatch.list_tags_for_resource(ResourceARN=it["AlarmArn"])["Tags"]}


def budget(number, it):
    asked = {"AccountId": number, "BudgetName": it["BudgetName"]}
    alerts = (or_none(budgets.describe_notifications_for_budget, **asked) or {}).get("Notifications", [])
    arn = f"arn:aws:budgets::{number}:budget/{it['BudgetName']}"
    return {
        "budget": it,
        "alerts": [
            {"alert": alert} | budgets.describe_subscribers_for_notification(Notification=alert, **asked)
            for alert in alerts
        ],
        "tags": budgets.list_tags_for_resource(ResourceARN=arn).get("ResourceTags"),
    }


def trail(it):
    arn = it["TrailARN"]
    return {
        "trail": it,
        "logging": cloudtrail.get_trail_status(Name=arn)["IsLogging"],
        "selectors": cloudtrail.get_event_selectors(TrailName=arn).get("EventSelectors"),
        "tags": cloudtrail.list_tags(ResourceIdList=[arn])["ResourceTagList"],
    }


SETTINGS = (
    "tagging", "encryption", "lifecycle_configuration", "versioning", "ownership_controls", "acl", "logging",
)


def bucket(name):
    settings = {it: or_none(getattr(s3, f"get_bucket_{it}"), Bucket=name) for it in SETTINGS}
    policy = or_none(s3.get_bucket_policy, Bucket=name)
    return settings | {
        "name": name,
        "public_access_block": or_none(s3.get_public_access_block, Bucket=name),
        "policy": json.loads(policy["Policy"]) if policy else None,
        "objects": s3.list_objects_v2(Bucket=name).get("Contents", []),
    }


def role(name):
    it = iam.get_role(RoleName=name)["Role"]
    inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
    may = {it: iam.get_role_policy(RoleName=name, PolicyName=it)["PolicyDocument"] for it in inline}
    return {"arn": it["Arn"], "trusts": it["AssumeRolePolicyDocument"], "may": may, "tags": it.get("Tags")}


def policy(arn):
    it = iam.get_policy(PolicyArn=arn)["Policy"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId=it["DefaultVersionId"])["PolicyVersion"]
    return {"arn": arn, "document": version["Document"], "tags": it.get("Tags")}


def account(number):
    CREDENTIALS.access_key = number
    return {
        "topics": [topic(it["TopicArn"]) for it in sns.list_topics()["Topics"]],
        "alarms": [alarm(it) for it in cloudwatch.describe_alarms()["MetricAlarms"]],
        "budgets": [budget(number, it) for it in budgets.describe_budgets(AccountId=number).get("Budgets", [])],
        "trails": [trail(it) for it in cloudtrail.describe_trails()["trailList"]],
        "buckets": [bucket(it["Name"]) for it in s3.list_buckets()["Buckets"]],
        "roles": [role(it["RoleName"]) for it in iam.list_roles()["Roles"]],
        "policies": [policy(it["Arn"]) for it in iam.list_policies(Scope="Local")["Policies"]],
    }


def told(number):
    text = json.dumps(plain(account(number)))
    for variable, name in ((number, "ACCOUNT"), (s3.list_buckets()["Owner"]["ID"], "OWNER")):
        text = text.replace(variable, name)
    return json.loads(text)


print(json.dumps({number: told(number) for number in sys.argv[1:]}))
