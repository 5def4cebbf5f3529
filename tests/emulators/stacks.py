"""Prints what the account has of CloudFormation and of what its stacks are made of."""

import json

import boto3

stacks = boto3.client("cloudformation").describe_stacks()["Stacks"]
print(json.dumps({
    "stacks": sorted(it["StackName"] for it in stacks if it["StackStatus"] != "DELETE_COMPLETE"),
    "functions": sorted(it["FunctionName"] for it in boto3.client("lambda").list_functions()["Functions"]),
    "machines": sorted(it["name"] for it in boto3.client("stepfunctions").list_state_machines()["stateMachines"]),
    "schedules": sorted(it["Name"] for it in boto3.client("scheduler").list_schedules()["Schedules"]),
    "topics": sorted(it["TopicArn"].split(":")[-1] for it in boto3.client("sns").list_topics()["Topics"]),
    "alarms": sorted(it["AlarmName"] for it in boto3.client("cloudwatch").describe_alarms()["MetricAlarms"]),
    "roles": sorted(it["RoleName"] for it in boto3.client("iam").list_roles()["Roles"] if "guardrail" in it["RoleName"]),
    "logs": sorted(it["logGroupName"] for it in boto3.client("logs").describe_log_groups()["logGroups"]),
    "buckets": sorted(it["Name"].rsplit("-", 1)[0] for it in boto3.client("s3").list_buckets()["Buckets"]),
}))
