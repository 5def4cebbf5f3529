"""What is left of things that were to end, as boto3 sees it; and things that are not to end.

`acting.py foreign` creates a table and a stream in Ireland. `acting.py look REGION` prints ids by resource type: of those services that
the emulator has, and without what is only listed as deleted.
"""

import json
import sys

import boto3
from botocore.config import Config

QUICK = Config(retries={"max_attempts": 1})


def of(service, region):
    return boto3.client(service, region_name=region, config=QUICK)


def foreign(region="eu-west-1"):
    of("dynamodb", region).create_table(
        TableName="foreign",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 50, "WriteCapacityUnits": 50},
    )
    of("kinesis", region).create_stream(StreamName="foreign", ShardCount=1)


LISTS = {
    "dynamodb-table": ("dynamodb", "list_tables", "TableNames", None),
    "kinesis-stream": ("kinesis", "list_streams", "StreamNames", None),
    "secret": ("secretsmanager", "list_secrets", "SecretList", "Name"),
    "efs-file-system": ("efs", "describe_file_systems", "FileSystems", "FileSystemId"),
    "transfer-server": ("transfer", "list_servers", "Servers", "ServerId"),
    "hosted-zone": ("route53", "list_hosted_zones", "HostedZones", "Id"),
    "health-check": ("route53", "list_health_checks", "HealthChecks", "Id"),
    "ec2-vpc-endpoint": ("ec2", "describe_vpc_endpoints", "VpcEndpoints", "VpcEndpointId"),
    "redshift-cluster": ("redshift", "describe_clusters", "Clusters", "ClusterIdentifier"),
    "memorydb-cluster": ("memorydb", "describe_clusters", "Clusters", "Name"),
    "sagemaker-endpoint": ("sagemaker", "list_endpoints", "Endpoints", "EndpointName"),
    "guardduty-detector": ("guardduty", "list_detectors", "DetectorIds", None),
    "mq-broker": ("mq", "list_brokers", "BrokerSummaries", "BrokerId"),
    "dsql-cluster": ("dsql", "list_clusters", "clusters", "identifier"),
    "mwaa-environment": ("mwaa", "list_environments", "Environments", None),
    "ssm-parameter": ("ssm", "describe_parameters", "Parameters", "Name"),
}


def look(region):
    left = {}
    for kind, (service, call, member, name) in LISTS.items():
        try:
            found = getattr(of(service, region), call)()[member]
        except Exception:
            continue
        there = [it for it in found if name is None or it.get("State") not in ("deleted", "deleting")]
        left[kind] = sorted(it if name is None else it[name] for it in there)
    return left


print(json.dumps(foreign() if sys.argv[1] == "foreign" else look(sys.argv[2])))
