"""Fills an account with everything that an emulator can make, and shows what of it is there.

`full_account.py make moto` or `… make ministack` prints [role, region, type, id] rows. Roles: `chosen` is to end, `stopped` ends only by a
stop, and these are to stay: `kept` by a profile, `own` by guardrail's tag, `owned` by something else, `attached` to something that stays,
`protected` by AWS. `full_account.py look` prints {region: {type: [id]}} as boto3 reads it, without what is only listed as deleted.
"""

import json
import sys
import time
from functools import cache

import boto3
import jmespath
from botocore.config import Config

import everything
import leftovers
from everything import ACCOUNT, ROLE

HERE, THERE, HOME = "ap-northeast-1", "eu-west-1", "us-east-1"
GLOBAL = {"hosted-zone", "health-check", "s3-bucket"}
OWN = {"managed-by": "guardrail"}
PASSWORD = "correct-horse-battery"
QUICK = Config(retries={"max_attempts": 1}, inject_host_prefix=False)
ROWS = []


@cache
def of(service, region=HERE):
    return boto3.client(service, region_name=region, config=QUICK)


def row(role, kind, id, region=HERE):
    ROWS.append([role, HOME if kind in GLOBAL else region, kind, id])


def tags(pairs):
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


def instance(ec2, **more):
    disk = {"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 8, "VolumeType": "gp3", "DeleteOnTermination": True}}
    made = ec2.run_instances(
        ImageId="ami-12345678", InstanceType="t3.micro", MinCount=1, MaxCount=1, BlockDeviceMappings=[disk], **more
    )["Instances"][0]["InstanceId"]
    on = [{"Name": "attachment.instance-id", "Values": [made]}]
    return made, ec2.describe_volumes(Filters=on)["Volumes"][0]["VolumeId"]


def gateway(ec2, subnet):
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    return ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)["NatGateway"]["NatGatewayId"], address


def database(rds, name, **more):
    rds.create_db_instance(
        DBInstanceIdentifier=name, DBInstanceClass="db.t3.micro", Engine="mysql", AllocatedStorage=20,
        MasterUsername="study", MasterUserPassword=PASSWORD, **more,
    )


def table(dynamodb, name, **more):
    dynamodb.create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": 40, "WriteCapacityUnits": 40}, **more,
    )


def bucket(name, region=HERE):
    s3 = of("s3", region)
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})
    s3.put_object(Bucket=name, Key="a/b c", Body=b"x" * 100)


# What stays, on both emulators.


def foreign():
    """In a region that is not enabled for the account."""
    table(of("dynamodb", "us-west-2"), "foreign-table")
    row("foreign", "dynamodb-table", "foreign-table", "us-west-2")


def kept_tables_and_streams():
    table(of("dynamodb", THERE), "there-table")
    row("chosen", "dynamodb-table", "there-table", THERE)
    table(of("dynamodb"), "kept-table")
    row("kept", "dynamodb-table", "kept-table")
    table(of("dynamodb"), "protected-table", DeletionProtectionEnabled=True)
    row("protected", "dynamodb-table", "protected-table")
    of("kinesis").create_stream(StreamName="kept-stream", ShardCount=1)
    row("kept", "kinesis-stream", "kept-stream")


# Further types of moto, whose lists have gaps on it.


def of_moto():
    ec2 = of("ec2")
    _, subnets = everything.network()
    machines(ec2, subnets)
    groups(ec2, subnets)
    snapshots()
    rds, neptune = of("rds"), of("neptune")
    database(rds, "kept-db")
    row("kept", "rds-instance", "kept-db")
    database(rds, "protected-db", DeletionProtection=True)
    row("protected", "rds-instance", "protected-db")
    secret = f"arn:aws:secretsmanager:{HERE}:{ACCOUNT}:secret:x"
    rds.create_db_proxy(
        DBProxyName="study-proxy", EngineFamily="MYSQL", RoleArn=ROLE, VpcSubnetIds=subnets,
        Auth=[{"AuthScheme": "SECRETS", "SecretArn": secret, "IAMAuth": "DISABLED"}],
    )
    row("chosen", "rds-proxy", "study-proxy")
    neptune.create_db_cluster(DBClusterIdentifier="study-neptune", Engine="neptune")
    row("chosen", "neptune-cluster", "study-neptune")
    neptune.create_db_instance(
        DBInstanceIdentifier="study-neptune-1", DBInstanceClass="db.r5.large", Engine="neptune",
        DBClusterIdentifier="study-neptune",
    )
    row("chosen", "neptune-instance", "study-neptune-1")
    eks = of("eks")
    eks.create_cluster(name="study-eks", roleArn=ROLE, version="1.34", resourcesVpcConfig={"subnetIds": subnets})
    eks.create_nodegroup(clusterName="study-eks", nodegroupName="workers", subnets=subnets, nodeRole=ROLE)
    eks.create_fargate_profile(
        clusterName="study-eks", fargateProfileName="pods", podExecutionRoleArn=ROLE, selectors=[{"namespace": "x"}]
    )
    row("chosen", "eks-cluster", "study-eks")
    of("directconnect").create_connection(location="EqDC2", bandwidth="1Gbps", connectionName="study-line")
    row("chosen", "direct-connect-connection", of("directconnect").describe_connections()["connections"][0]["connectionId"])
    of("resiliencehub").create_app(name="study-app")
    row("chosen", "resilience-hub-app", of("resiliencehub").list_apps()["appSummaries"][0]["appArn"])
    logs = of("logs")
    logs.create_log_group(logGroupName="/study/logs")
    logs.create_log_stream(logGroupName="/study/logs", logStreamName="s")
    logs.put_log_events(
        logGroupName="/study/logs", logStreamName="s", logEvents=[{"timestamp": int(time.time() * 1000), "message": "x" * 1000}]
    )
    row("chosen", "log-group", "/study/logs")
    of("securityhub").enable_security_hub()
    row("chosen", "security-hub", "hub/default")
    of("kinesisanalyticsv2").create_application(
        ApplicationName="study-flink", RuntimeEnvironment="FLINK-1_18", ServiceExecutionRole=ROLE
    )
    row("stopped", "managed-flink-application", "study-flink")
    for name, role in (("study-data", "chosen"), ("kept-data", "kept")):
        bucket(name)
        row(role, "s3-bucket", name)


def machines(ec2, subnets):
    """Instances, disks, addresses and gateways that stay."""
    machine, disk = instance(ec2)
    row("kept", "ec2-instance", machine)
    row("attached", "ec2-volume", disk)
    # Its address is kept, and would be released with it. (moto says of no disk that it is deleted with its instance.)
    machine, _ = instance(ec2)
    row("ends-kept", "ec2-instance", machine)
    found = ec2.describe_instances(InstanceIds=[machine])["Reservations"][0]["Instances"][0]
    row("kept", "ec2-address", found["PublicIpAddress"])
    machine, disk = instance(ec2)
    row("chosen", "ec2-instance", machine)
    row("chosen", "ec2-volume", disk)
    # Its address is not checked: moto does not say that the address's interface is that of a gateway.
    row("kept", "ec2-nat-gateway", gateway(ec2, subnets[0])[0])
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.create_tags(Resources=[address], Tags=tags(OWN))
    row("own", "ec2-address", address)


def groups(ec2, subnets):
    """Instances and snapshots that belong to something."""
    scaling = of("autoscaling")
    scaling.create_launch_configuration(LaunchConfigurationName="lc", ImageId="ami-12345678", InstanceType="t3.micro")
    scaling.create_auto_scaling_group(
        AutoScalingGroupName="study-group", LaunchConfigurationName="lc", MinSize=1, MaxSize=1, VPCZoneIdentifier=subnets[0]
    )
    worker = scaling.describe_auto_scaling_groups()["AutoScalingGroups"][0]["Instances"][0]["InstanceId"]
    row("owned", "ec2-instance", worker)
    data = {"ImageId": "ami-12345678", "InstanceType": "t3.micro"}
    template = ec2.create_launch_template(LaunchTemplateName="lt", LaunchTemplateData=data)["LaunchTemplate"]
    target = {"TotalTargetCapacity": 1, "OnDemandTargetCapacity": 1, "DefaultTargetCapacityType": "on-demand"}
    which = {"LaunchTemplateId": template["LaunchTemplateId"], "Version": "1"}
    fleet = ec2.create_fleet(
        LaunchTemplateConfigs=[{"LaunchTemplateSpecification": which}], TargetCapacitySpecification=target, Type="maintain"
    )["FleetId"]
    row("owned", "ec2-instance", ec2.describe_fleet_instances(FleetId=fleet)["ActiveInstances"][0]["InstanceId"])
    image = ec2.create_image(InstanceId=worker, Name="study-image")["ImageId"]
    disks = ec2.describe_images(ImageIds=[image])["Images"][0]["BlockDeviceMappings"]
    row("owned", "ec2-snapshot", next(it["Ebs"]["SnapshotId"] for it in disks if "Ebs" in it))


def snapshots():
    of("elasticache").create_snapshot(CacheClusterId="study-cache", SnapshotName="study-cache-backup")
    row("chosen", "elasticache-snapshot", "study-cache-backup")
    of("memorydb").create_snapshot(ClusterName="study-memory", SnapshotName="study-memory-backup")
    row("chosen", "memorydb-snapshot", "study-memory-backup")
    of("redshift").create_cluster_snapshot(ClusterIdentifier="study-warehouse", SnapshotIdentifier="study-backup")
    row("chosen", "redshift-snapshot", "study-backup")


# What only a stop ends, or AWS's own protection keeps, by default.
ROLES = {
    "api-gateway-cache": "stopped",
    "dsql-cluster": "protected",
    "emr-serverless-application": "stopped",
    "network-firewall": "protected",
}


def make(emulator):
    for kind, id in everything.made(emulator):
        row(ROLES.get(kind, "chosen"), kind, id)
    if emulator == "moto":
        for region in (HERE, THERE):
            for _, kind, id in leftovers.Place(region).make():
                row("chosen", kind, id, region)
        of_moto()
    kept_tables_and_streams()
    foreign()
    seen = look()
    missing = [it for it in ROWS if not is_there(it, seen)]
    if missing:
        sys.exit(f"made and not seen by boto3: {missing}")
    return ROWS


def is_there(made, seen):
    _, region, kind, id = made
    return any(it == id or it.endswith(f"/{id}") for it in seen[region].get(kind, []))


# What is there: the service, the call, its arguments, and a JMESPath expression for the ids.
LISTS = {
    "bedrock-provisioned-throughput": ("bedrock", "list_provisioned_model_throughputs", {}, "provisionedModelSummaries[].provisionedModelArn"),
    "classic-load-balancer": ("elb", "describe_load_balancers", {}, "LoadBalancerDescriptions[].LoadBalancerName"),
    "cloudwatch-alarm": ("cloudwatch", "describe_alarms", {}, "MetricAlarms[].AlarmName"),
    "comprehend-endpoint": ("comprehend", "list_endpoints", {}, "EndpointPropertiesList[].EndpointArn"),
    "dax-cluster": ("dax", "describe_clusters", {}, "Clusters[?Status!='deleting'].ClusterName"),
    "direct-connect-connection": ("directconnect", "describe_connections", {}, "connections[?connectionState!='deleted'].connectionId"),
    "directory": ("ds", "describe_directories", {}, "DirectoryDescriptions[].DirectoryId"),
    "dsql-cluster": ("dsql", "list_clusters", {}, "clusters[].identifier"),
    "dynamodb-backup": ("dynamodb", "list_backups", {}, "BackupSummaries[].BackupArn"),
    "dynamodb-table": ("dynamodb", "list_tables", {}, "TableNames"),
    "ec2-dedicated-host": ("ec2", "describe_hosts", {}, "Hosts[?State!='released'].HostId"),
    "ec2-instance": ("ec2", "describe_instances", {}, "Reservations[].Instances[?State.Name!='terminated'][].InstanceId"),
    "ec2-nat-gateway": ("ec2", "describe_nat_gateways", {}, "NatGateways[?State!='deleted'].NatGatewayId"),
    "ec2-snapshot": ("ec2", "describe_snapshots", {"OwnerIds": ["self"]}, "Snapshots[].SnapshotId"),
    "ec2-transit-gateway-attachment": ("ec2", "describe_transit_gateway_attachments", {}, "TransitGatewayAttachments[?State!='deleted'].TransitGatewayAttachmentId"),
    "ec2-volume": ("ec2", "describe_volumes", {}, "Volumes[].VolumeId"),
    "ec2-vpc-endpoint": ("ec2", "describe_vpc_endpoints", {}, "VpcEndpoints[?State!='deleted'].VpcEndpointId"),
    "ec2-vpn-connection": ("ec2", "describe_vpn_connections", {}, "VpnConnections[?State!='deleted'].VpnConnectionId"),
    "efs-file-system": ("efs", "describe_file_systems", {}, "FileSystems[].FileSystemId"),
    "eks-cluster": ("eks", "list_clusters", {}, "clusters"),
    "elasticache-cluster": ("elasticache", "describe_cache_clusters", {}, "CacheClusters[?CacheClusterStatus!='deleting'].CacheClusterId"),
    "elasticache-serverless-cache": ("elasticache", "describe_serverless_caches", {}, "ServerlessCaches[?Status!='deleting'].ServerlessCacheName"),
    "elasticache-snapshot": ("elasticache", "describe_snapshots", {}, "Snapshots[].SnapshotName"),
    "emr-cluster": ("emr", "list_clusters", {}, "Clusters[?Status.State!='TERMINATED'].Id"),
    "emr-serverless-application": ("emr-serverless", "list_applications", {}, "applications[?state=='STARTED'].id"),
    "fsx-backup": ("fsx", "describe_backups", {}, "Backups[].BackupId"),
    "fsx-file-system": ("fsx", "describe_file_systems", {}, "FileSystems[].FileSystemId"),
    "glacier-vault": ("glacier", "list_vaults", {}, "VaultList[].VaultName"),
    "glue-dev-endpoint": ("glue", "get_dev_endpoints", {}, "DevEndpoints[].EndpointName"),
    "glue-session": ("glue", "list_sessions", {}, "Sessions[?Status!='STOPPING'].Id"),
    "guardduty-detector": ("guardduty", "list_detectors", {}, "DetectorIds"),
    "health-check": ("route53", "list_health_checks", {}, "HealthChecks[].Id"),
    "hosted-zone": ("route53", "list_hosted_zones", {}, "HostedZones[].Id"),
    "inspector": ("inspector2", "batch_get_account_status", {}, "accounts[?resourceState.ec2.status=='ENABLED'].accountId"),
    "kinesis-stream": ("kinesis", "list_streams", {}, "StreamNames"),
    "load-balancer": ("elbv2", "describe_load_balancers", {}, "LoadBalancers[].LoadBalancerName"),
    "log-group": ("logs", "describe_log_groups", {}, "logGroups[].logGroupName"),
    "managed-flink-application": ("kinesisanalyticsv2", "list_applications", {}, "ApplicationSummaries[].ApplicationName"),
    "mediaconnect-flow": ("mediaconnect", "list_flows", {}, "Flows[].FlowArn"),
    "medialive-channel": ("medialive", "list_channels", {}, "Channels[?State!='DELETING'].Id"),
    "medialive-input": ("medialive", "list_inputs", {}, "Inputs[?State!='DELETING'].Id"),
    "memorydb-cluster": ("memorydb", "describe_clusters", {}, "Clusters[?Status!='deleting'].Name"),
    "memorydb-snapshot": ("memorydb", "describe_snapshots", {}, "Snapshots[].Name"),
    "mq-broker": ("mq", "list_brokers", {}, "BrokerSummaries[].BrokerId"),
    "mwaa-environment": ("mwaa", "list_environments", {}, "Environments"),
    "neptune-cluster": ("neptune", "describe_db_clusters", {}, "DBClusters[].DBClusterIdentifier"),
    "neptune-instance": ("neptune", "describe_db_instances", {}, "DBInstances[].DBInstanceIdentifier"),
    "network-firewall": ("network-firewall", "list_firewalls", {}, "Firewalls[].FirewallName"),
    "opensearch-domain": ("opensearch", "list_domain_names", {}, "DomainNames[].DomainName"),
    "opensearch-serverless-collection": ("opensearchserverless", "list_collections", {}, "collectionSummaries[].id"),
    "payment-cryptography-key": ("payment-cryptography", "list_keys", {}, "Keys[?KeyState!='DELETE_PENDING'].KeyArn"),
    "private-ca": ("acm-pca", "list_certificate_authorities", {}, "CertificateAuthorities[?Status!='DELETED'].Arn"),
    "rds-cluster": ("rds", "describe_db_clusters", {}, "DBClusters[].DBClusterIdentifier"),
    "rds-instance": ("rds", "describe_db_instances", {}, "DBInstances[].DBInstanceIdentifier"),
    "rds-proxy": ("rds", "describe_db_proxies", {}, "DBProxies[].DBProxyName"),
    "rds-snapshot": ("rds", "describe_db_snapshots", {"SnapshotType": "manual"}, "DBSnapshots[].DBSnapshotIdentifier"),
    "redshift-cluster": ("redshift", "describe_clusters", {}, "Clusters[].ClusterIdentifier"),
    "redshift-snapshot": ("redshift", "describe_cluster_snapshots", {}, "Snapshots[].SnapshotIdentifier"),
    "resilience-hub-app": ("resiliencehub", "list_apps", {}, "appSummaries[].appArn"),
    "route53-resolver-endpoint": ("route53resolver", "list_resolver_endpoints", {}, "ResolverEndpoints[].Id"),
    "s3-bucket": ("s3", "list_buckets", {}, "Buckets[].Name"),
    "sagemaker-endpoint": ("sagemaker", "list_endpoints", {}, "Endpoints[].EndpointName"),
    "sagemaker-notebook-instance": ("sagemaker", "list_notebook_instances", {}, "NotebookInstances[].NotebookInstanceName"),
    "secret": ("secretsmanager", "list_secrets", {}, "SecretList[?!DeletedDate].ARN"),
    "ssm-parameter": ("ssm", "describe_parameters", {}, "Parameters[].Name"),
    "timestream-influxdb-instance": ("timestream-influxdb", "list_db_instances", {}, "items[?status!='DELETING'].id"),
    "transfer-server": ("transfer", "list_servers", {}, "Servers[].ServerId"),
    "vpc-lattice-service": ("vpc-lattice", "list_services", {}, "items[].id"),
    "waf-web-acl": ("wafv2", "list_web_acls", {"Scope": "REGIONAL"}, "WebACLs[].Id"),
    "workspace": ("workspaces", "describe_workspaces", {}, "Workspaces[].WorkspaceId"),
}


def stages(region):
    """The stages whose cache is on."""
    client = of("apigateway", region)
    ids = [api["id"] for api in client.get_rest_apis()["items"]]
    found = [(id, stage) for id in ids for stage in client.get_stages(restApiId=id)["item"]]
    return [f"{id}/{stage['stageName']}" for id, stage in found if stage.get("cacheClusterEnabled")]


def addresses(region):
    """Elastic ones, and those that instances have for as long as they run."""
    client = of("ec2", region)
    running = jmespath.search("Reservations[].Instances[].PublicIpAddress", client.describe_instances())
    return [it["AllocationId"] for it in client.describe_addresses()["Addresses"]] + running


def services(region):
    client = of("ecs", region)
    found = []
    for cluster in client.list_clusters()["clusterArns"]:
        if arns := client.list_services(cluster=cluster)["serviceArns"]:
            found += client.describe_services(cluster=cluster, services=arns)["services"]
    return [it["serviceName"] for it in found if it["status"] == "ACTIVE"]


def keys(region):
    client = of("kms", region)
    found = [client.describe_key(KeyId=key["KeyId"])["KeyMetadata"] for key in client.list_keys()["Keys"]]
    return [key["KeyId"] for key in found if key["KeyState"] != "PendingDeletion"]


def series(region):
    # Without an explicit endpoint boto3 uses the one that the service returns.
    client = boto3.client("timestream-write", region_name=region, endpoint_url=everything.os.environ["AWS_ENDPOINT_URL"])
    return [table["Arn"] for table in client.list_tables()["Tables"]]


def hub(region):
    of("securityhub", region).describe_hub()
    return ["hub/default"]


FUNCTIONS = {
    "api-gateway-cache": stages,
    "ec2-address": addresses,
    "ecs-service": services,
    "kms-key": keys,
    "security-hub": hub,
    "timestream-table": series,
}


def listed(service, call, args, ids):
    return lambda region: jmespath.search(ids, getattr(of(service, region), call)(**args)) or []


# In the other regions there is nothing else.
IN_THERE = {
    "classic-load-balancer", "dynamodb-table", "ec2-address", "ec2-instance", "ec2-nat-gateway", "ec2-snapshot", "ec2-volume", "load-balancer",
    "opensearch-domain", "rds-cluster", "rds-instance", "rds-snapshot",
}
PLACES = {HERE: None, THERE: IN_THERE, HOME: GLOBAL, "us-west-2": {"dynamodb-table"}}


def look():
    """A type whose list the emulator refuses is left out."""
    calls = {kind: listed(*it) for kind, it in LISTS.items()} | FUNCTIONS
    seen = {}
    for region, kinds in PLACES.items():
        seen[region] = {}
        for kind, call in calls.items():
            if kind not in (kinds or calls.keys() - GLOBAL):
                continue
            try:
                seen[region][kind] = sorted(call(region))
            except Exception:
                continue
    return seen


if __name__ == "__main__":
    print(json.dumps(make(sys.argv[2]) if sys.argv[1] == "make" else look()))
