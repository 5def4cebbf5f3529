"""Creates one resource of each charged type in the named regions, or deletes everything there.

`leftovers.py make REGION…` prints the charged resources as [region, resource, id] rows; `leftovers.py delete REGION…` prints the
deleted ones.
"""

import json
import sys

import boto3

PASSWORD = "correct-horse-battery"


class Place:
    def __init__(self, region):
        self.region = region
        self.rows = []
        for name in ("ec2", "elb", "elbv2", "rds", "opensearch", "es"):
            setattr(self, name, boto3.client(name, region_name=region))

    def bills(self, resource, id):
        self.rows.append([self.region, resource, id])

    def make(self):
        network = self.network()
        self.instances(network[0])
        self.disks()
        self.addresses(network[0])
        self.balancers(network)
        self.databases()
        self.search()
        return self.rows

    def network(self):
        vpc = self.ec2.create_vpc(CidrBlock="10.1.0.0/16")["Vpc"]["VpcId"]
        gateway = self.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        self.ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
        zones = [zone["ZoneName"] for zone in self.ec2.describe_availability_zones()["AvailabilityZones"][:2]]
        subnet = lambda number, zone: self.ec2.create_subnet(
            VpcId=vpc, CidrBlock=f"10.1.{number}.0/24", AvailabilityZone=zone
        )["Subnet"]["SubnetId"]
        return [subnet(number, zone) for number, zone in enumerate(zones)]

    def instances(self, subnet):
        run = lambda: self.ec2.run_instances(
            ImageId="ami-12345678", InstanceType="t3.micro", MinCount=1, MaxCount=1, SubnetId=subnet,
            BlockDeviceMappings=[{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 8, "VolumeType": "gp3"}}],
        )["Instances"][0]["InstanceId"]
        running, stopped = run(), run()
        self.ec2.stop_instances(InstanceIds=[stopped])
        # A stopped instance is free; its disk is not.
        self.bills("ec2-instance", running)
        for instance in (running, stopped):
            filters = [{"Name": "attachment.instance-id", "Values": [instance]}]
            for volume in self.ec2.describe_volumes(Filters=filters)["Volumes"]:
                self.bills("ec2-volume", volume["VolumeId"])

    def disks(self):
        zone = self.ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
        volume = self.ec2.create_volume(AvailabilityZone=zone, Size=100, VolumeType="gp2")["VolumeId"]
        self.bills("ec2-volume", volume)
        self.bills("ec2-snapshot", self.ec2.create_snapshot(VolumeId=volume)["SnapshotId"])

    def addresses(self, subnet):
        allocate = lambda: self.ec2.allocate_address(Domain="vpc")["AllocationId"]
        idle, in_use = allocate(), allocate()
        self.bills("ec2-address", idle)
        self.bills("ec2-address", in_use)
        gateway = self.ec2.create_nat_gateway(SubnetId=subnet, AllocationId=in_use)["NatGateway"]
        self.bills("ec2-nat-gateway", gateway["NatGatewayId"])

    def balancers(self, subnets):
        for name, kind in (("web", "application"), ("tcp", "network")):
            self.elbv2.create_load_balancer(Name=name, Type=kind, Subnets=subnets)
            self.bills("load-balancer", name)
        zone = self.ec2.describe_availability_zones()["AvailabilityZones"][0]["ZoneName"]
        listener = {"Protocol": "HTTP", "LoadBalancerPort": 80, "InstancePort": 80}
        self.elb.create_load_balancer(LoadBalancerName="old", Listeners=[listener], AvailabilityZones=[zone])
        self.bills("classic-load-balancer", "old")

    def databases(self):
        for name in ("course-db", "sleeping-db"):
            self.rds.create_db_instance(
                DBInstanceIdentifier=name, DBInstanceClass="db.t3.micro", Engine="mysql", AllocatedStorage=20,
                MasterUsername="study", MasterUserPassword=PASSWORD,
            )
            self.bills("rds-instance", name)
        self.rds.create_db_snapshot(DBInstanceIdentifier="course-db", DBSnapshotIdentifier="by-hand")
        self.bills("rds-snapshot", "by-hand")
        self.rds.stop_db_instance(DBInstanceIdentifier="sleeping-db")
        self.rds.create_db_cluster(
            DBClusterIdentifier="aurora", Engine="aurora-mysql", MasterUsername="study", MasterUserPassword=PASSWORD
        )
        self.bills("rds-cluster", "aurora")
        self.rds.create_db_instance(
            DBInstanceIdentifier="aurora-1", DBInstanceClass="db.r5.large", Engine="aurora-mysql",
            DBClusterIdentifier="aurora",
        )
        self.bills("rds-instance", "aurora-1")

    def search(self):
        disk = {"EBSEnabled": True, "VolumeType": "gp2", "VolumeSize": 15}
        self.opensearch.create_domain(
            DomainName="study", EngineVersion="OpenSearch_2.11", EBSOptions=disk,
            ClusterConfig={"InstanceType": "r5.large.search", "InstanceCount": 3},
        )
        self.es.create_elasticsearch_domain(
            DomainName="legacy", ElasticsearchVersion="7.1", EBSOptions=disk,
            ElasticsearchClusterConfig={"InstanceType": "r5.large.elasticsearch", "InstanceCount": 1},
        )
        self.bills("opensearch-domain", "study")
        self.bills("opensearch-domain", "legacy")

    def delete(self):
        for domain in self.opensearch.list_domain_names()["DomainNames"]:
            self.opensearch.delete_domain(DomainName=domain["DomainName"])
        # A cluster is deleted after its members.
        for instance in self.rds.describe_db_instances()["DBInstances"]:
            name = instance["DBInstanceIdentifier"]
            self.rds.delete_db_instance(DBInstanceIdentifier=name, SkipFinalSnapshot=True)
        for cluster in self.rds.describe_db_clusters()["DBClusters"]:
            self.rds.delete_db_cluster(DBClusterIdentifier=cluster["DBClusterIdentifier"], SkipFinalSnapshot=True)
        for snapshot in self.rds.describe_db_snapshots(SnapshotType="manual")["DBSnapshots"]:
            self.rds.delete_db_snapshot(DBSnapshotIdentifier=snapshot["DBSnapshotIdentifier"])
        for balancer in self.elbv2.describe_load_balancers()["LoadBalancers"]:
            self.elbv2.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])
        for balancer in self.elb.describe_load_balancers()["LoadBalancerDescriptions"]:
            self.elb.delete_load_balancer(LoadBalancerName=balancer["LoadBalancerName"])
        for gateway in self.ec2.describe_nat_gateways()["NatGateways"]:
            self.ec2.delete_nat_gateway(NatGatewayId=gateway["NatGatewayId"])
        for reservation in self.ec2.describe_instances()["Reservations"]:
            self.ec2.terminate_instances(InstanceIds=[it["InstanceId"] for it in reservation["Instances"]])
        for address in self.ec2.describe_addresses()["Addresses"]:
            if "AssociationId" in address:
                self.ec2.disassociate_address(AssociationId=address["AssociationId"])
            self.ec2.release_address(AllocationId=address["AllocationId"])
        for volume in self.ec2.describe_volumes()["Volumes"]:
            self.ec2.delete_volume(VolumeId=volume["VolumeId"])
        for snapshot in self.ec2.describe_snapshots(OwnerIds=["self"])["Snapshots"]:
            self.ec2.delete_snapshot(SnapshotId=snapshot["SnapshotId"])
        return [self.region]


if __name__ == "__main__":
    verb, *regions = sys.argv[1:]
    print(json.dumps([row for region in regions for row in getattr(Place(region), verb)()]))
