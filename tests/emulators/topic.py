"""Changes the notification topic of an account without guardrail, and receives its messages.

`policy JSON`, `encrypt KEY`, `unsubscribe EMAIL` and `delete` change it. `listen` subscribes a queue; `heard` prints the queue's
messages as [[subject, text], ...]. `rang` prints the previous states of each alarm other than the current one, and the current one.
`count REGION` prints how many topics a region has. `secret NAME` creates one, for a sweep to find.
"""

import json
import sys

import boto3

sns, sqs, cloudwatch = boto3.client("sns"), boto3.client("sqs"), boto3.client("cloudwatch")
ACCOUNT = boto3.client("sts").get_caller_identity()["Account"]
TOPIC = f"arn:aws:sns:us-east-1:{ACCOUNT}:guardrail-alerts"
QUEUE = "ear"


def attribute(name, value):
    sns.set_topic_attributes(TopicArn=TOPIC, AttributeName=name, AttributeValue=value)


def unsubscribe(email):
    found = [it for it in sns.list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"] if it["Endpoint"] == email]
    for subscription in found:
        sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
    return len(found)


def listen():
    url = sqs.create_queue(QueueName=QUEUE)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=TOPIC, Protocol="sqs", Endpoint=arn)


def heard():
    url = sqs.get_queue_url(QueueName=QUEUE)["QueueUrl"]
    found = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", []):
        for message in messages:
            body = json.loads(message["Body"])
            found.append([body.get("Subject"), body["Message"]])
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return sorted(found)


def rang():
    found = {}
    for alarm in cloudwatch.describe_alarms()["MetricAlarms"]:
        name = alarm["AlarmName"]
        history = cloudwatch.describe_alarm_history(AlarmName=name, HistoryItemType="StateUpdate")["AlarmHistoryItems"]
        states = [json.loads(it["HistoryData"])["newState"]["stateValue"] for it in history]
        found[name] = {"set": [it for it in states if it != alarm["StateValue"]], "is": alarm["StateValue"]}
    return found


COMMANDS = {
    "policy": lambda text: attribute("Policy", text),
    "encrypt": lambda key: attribute("KmsMasterKeyId", key),
    "unsubscribe": unsubscribe,
    "count": lambda region: len(boto3.client("sns", region_name=region).list_topics()["Topics"]),
    "delete": lambda: sns.delete_topic(TopicArn=TOPIC) and None,
    "secret": lambda name: boto3.client("secretsmanager").create_secret(Name=name, SecretString="x")["Name"],
    "listen": listen,
    "heard": heard,
    "rang": rang,
}
print(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])))
