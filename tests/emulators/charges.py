"""Seeds the figures of the billing metric that standard input holds: {"AmazonES": [["2099-11-01T06:00:00Z", 4.03], …], "": the total}.

`charges.py disk` makes a volume of 100 GB gp3 in us-east-1 instead. Prints what there is.
"""

import json
import sys

import boto3


def seed(figures):
    cloudwatch = boto3.client("cloudwatch")
    for service, rows in figures.items():
        dimensions = [{"Name": "Currency", "Value": "USD"}]
        if service:
            dimensions.insert(0, {"Name": "ServiceName", "Value": service})
        for at, usd in rows:
            datum = {"MetricName": "EstimatedCharges", "Dimensions": dimensions, "Timestamp": at, "Value": usd}
            cloudwatch.put_metric_data(Namespace="AWS/Billing", MetricData=[datum])
    return len(cloudwatch.list_metrics(Namespace="AWS/Billing")["Metrics"])


def disk():
    return boto3.client("ec2").create_volume(AvailabilityZone="us-east-1a", Size=100, VolumeType="gp3")["VolumeId"]


verb, *words = sys.argv[1:]
print(json.dumps(disk() if verb == "disk" else seed(json.loads(words[0]))))
