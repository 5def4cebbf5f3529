"""Seeds the charges of an account, and a charged resource.

`charges.py seed '{"AmazonES": [["2099-11-01T06:00:00Z", 4.03], …], "": […]}'` writes figures of the billing metric, with the
total under "", and prints the number of metrics. `charges.py disk` creates a gp3 disk of 100 GB and prints its id.
`charges.py wake` calls services that the emulator lacks: its first answer takes longer than the program waits.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError


def seed(figures):
    cloudwatch = boto3.client("cloudwatch")
    for service, rows in figures.items():
        dimensions = [{"Name": "Currency", "Value": "USD"}]
        if service:
            dimensions.insert(0, {"Name": "ServiceName", "Value": service})
        metric = {"MetricName": "EstimatedCharges", "Dimensions": dimensions}
        data = [{**metric, "Timestamp": at, "Value": usd} for at, usd in rows]
        cloudwatch.put_metric_data(Namespace="AWS/Billing", MetricData=data)
    return len(cloudwatch.list_metrics(Namespace="AWS/Billing")["Metrics"])


def disk():
    return boto3.client("ec2").create_volume(AvailabilityZone="us-east-1a", Size=100, VolumeType="gp3")["VolumeId"]


def wake():
    asks = [boto3.client("freetier").get_free_tier_usage, boto3.client("billing").list_billing_views]
    for ask in asks:
        try:
            ask()
        except (ClientError, ValueError):
            pass
    boto3.client("budgets").describe_budgets(AccountId="123456789012")
    return len(boto3.client("cloudwatch").list_metrics()["Metrics"])


verbs = {"disk": disk, "seed": lambda figures: seed(json.loads(figures)), "wake": wake}
verb, *words = sys.argv[1:]
print(json.dumps(verbs[verb](*words)))
