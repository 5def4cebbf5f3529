"""The nightly run on ministack, from the templates of `deploy/`: `schedule.py deploy PROGRAM SETTINGS` | `run STARTS` | `look`.

`deploy` makes an organisation of 21 accounts (see `organization.py`), the member role in each by its template, and the schedule, which fires
at once. `run` waits for that execution, then starts two more of one run. `look` prints the objects of all runs and the mails.
"""

import datetime
import gzip
import io
import json
import runpy
import sys
import time
import zipfile
from pathlib import Path

import boto3

MANAGEMENT = "123456789012"
DEPLOY = Path(__file__).parents[2] / "deploy"
# The emulator compares aws:PrincipalArn with the session's ARN, where AWS compares the role's; and the CLI of the test is the account's root.
ARN_EQUALS = '''              ArnEquals:
                aws:PrincipalArn: !Sub "arn:${AWS::Partition}:iam::${Central}:role/guardrail-sweeper"
'''
ARN_LIKE = '''              ArnLike:
                aws:PrincipalArn:
                  - !Sub "arn:${AWS::Partition}:sts::${Central}:assumed-role/guardrail-sweeper/*"
                  - !Sub "arn:${AWS::Partition}:iam::${Central}:root"
'''


def client(service, account=MANAGEMENT, region=None):
    return boto3.client(service, region_name=region, aws_access_key_id=account, aws_secret_access_key="secret")


def stack(name, body, parameters, account=MANAGEMENT):
    cloudformation = client("cloudformation", account)
    given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
    cloudformation.create_stack(StackName=name, TemplateBody=body, Parameters=given, Capabilities=["CAPABILITY_NAMED_IAM"])
    for _ in range(600):
        made = cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        if not made["StackStatus"].endswith("IN_PROGRESS"):
            break
        time.sleep(0.05)
    if made["StackStatus"] != "CREATE_COMPLETE":
        events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
        raise SystemExit(f"{name}: {[it.get('ResourceStatusReason') for it in events if 'FAILED' in it['ResourceStatus']]}")
    return {it["OutputKey"]: it["OutputValue"] for it in made.get("Outputs", [])}


def template(name):
    return (DEPLOY / name).read_text()


def member(account, place, made, organization):
    body = template("member.yaml")
    assert ARN_EQUALS in body
    body = body.replace(ARN_EQUALS, ARN_LIKE)
    if account in made["powerless"]:
        body = body.replace("        - !Ref Sweep1\n        - !Ref Sweep2\n", "        - arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess\n")
    central = "999999999999" if account in made["distrustful"] else MANAGEMENT
    stack("guardrail-member", body, {"Central": central, "OrganizationId": organization}, account)


def alarms(account, count, region=None):
    cloudwatch = client("cloudwatch", account, region)
    for number in range(count):
        cloudwatch.put_metric_alarm(
            AlarmName=f"cpu {number}", Namespace="AWS/EC2", MetricName="CPUUtilization", Statistic="Average", Period=300, EvaluationPeriods=1,
            Threshold=1, ComparisonOperator="GreaterThanThreshold",
        )


def table(account, units):
    client("dynamodb", account).create_table(
        TableName="marks", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        ProvisionedThroughput={"ReadCapacityUnits": units, "WriteCapacityUnits": units},
    )


def plant(accounts):
    """Things of many types. What is free for the organisation once is used by several accounts, and used up in the middle of one."""
    first, second, third, fourth = accounts[1], accounts[2], accounts[6], accounts[8]
    alarms(first, 6)
    alarms(second, 6, "eu-west-1")
    alarms(third, 3)
    table(first, 20)
    table(fourth, 20)
    ec2 = client("ec2", second)
    subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address)
    client("ec2", third, "eu-west-1").allocate_address(Domain="vpc")
    client("rds", third).create_db_instance(
        DBInstanceIdentifier="exercises", DBInstanceClass="db.t3.micro", Engine="postgres", AllocatedStorage=20, MasterUsername="admin",
        MasterUserPassword="correct-horse",
    )
    client("secretsmanager", fourth).create_secret(Name="token", SecretString="x")
    client("kms", fourth).create_key()
    client("elbv2", fourth).create_load_balancer(
        Name="exercises", Type="application", Subnets=[client("ec2", fourth).describe_subnets()["Subnets"][0]["SubnetId"]]
    )
    now = datetime.datetime.now(datetime.timezone.utc)
    for hours in (30, 24, 12, 2):
        figures = [(200, {}), (50, {"LinkedAccount": first}), (20, {"LinkedAccount": first, "ServiceName": "AmazonCloudWatch"}), (40, {"LinkedAccount": third})]
        data = [
            {
                "MetricName": "EstimatedCharges", "Timestamp": now - datetime.timedelta(hours=hours), "Value": value - hours / 10,
                "Dimensions": [{"Name": "Currency", "Value": "USD"}] + [{"Name": name, "Value": value} for name, value in of.items()],
            }
            for value, of in figures
        ]
        client("cloudwatch").put_metric_data(Namespace="AWS/Billing", MetricData=data)


def deploy(program, settings):
    out, sys.stdout = sys.stdout, io.StringIO()
    sys.argv = ["organization.py", "ministack", "unused"]
    runpy.run_path(str(Path(__file__).with_name("organization.py")))
    made, sys.stdout = json.loads(sys.stdout.getvalue()), out
    organization = client("organizations").describe_organization()["Organization"]["Id"]
    for place, account in enumerate(made["accounts"]):
        if account not in made["without_role"]:
            member(account, place, made, organization)
    plant(made["accounts"])
    bucket = stack("guardrail-reports", template("reports.yaml"), {})["Bucket"]
    s3 = client("s3")
    # It refuses plain HTTP, and the emulator speaks nothing else.
    s3.delete_bucket_policy(Bucket=bucket)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        archive.writestr(entry, f"#!/bin/sh\nexport AWS_ENDPOINT_URL={boto3.client('s3').meta.endpoint_url}\nexec {program}\n")
    s3.put_object(Bucket=bucket, Key="program/test.zip", Body=packed.getvalue())
    s3.put_object(Bucket=bucket, Key="settings/test.json", Body=settings)
    soon = datetime.datetime.now(datetime.timezone.utc).strftime("at(%Y-%m-%dT%H:%M:%S)")
    given = {
        "Bucket": bucket, "Program": "program/test.zip", "Settings": "settings/test.json", "Architecture": "x86_64",
        "Role": "guardrail-sweep", "Schedule": soon, "Email1": "morning@example.com",
    }
    made |= stack("guardrail-schedule", template("schedule.yaml"), given)
    return made | {"bucket": bucket}


def ended(sfn, arn):
    for _ in range(1200):
        execution = sfn.describe_execution(executionArn=arn)
        if execution["status"] != "RUNNING":
            break
        time.sleep(0.05)
    result = json.loads(execution.get("output") or "{}")
    return {key: execution.get(key) for key in ("name", "status", "error", "cause")} | {"sum": result.get("sum")}


def executions(sfn, machine):
    return sfn.list_executions(stateMachineArn=machine)["executions"]


def run(machine, starts):
    sfn = client("stepfunctions")
    for _ in range(600):
        if executions(sfn, machine):
            break
        time.sleep(0.05)
    fired = [ended(sfn, it["executionArn"]) for it in executions(sfn, machine)]
    given = json.dumps({"scheduled": "2026-11-30T03:00:00Z"})
    begun = [sfn.start_execution(stateMachineArn=machine, input=given)["executionArn"] for _ in range(int(starts))]
    return {"fired": fired, "twice": [ended(sfn, arn) for arn in begun]}


def look(bucket):
    s3 = client("s3")
    objects = {}
    for it in s3.list_objects_v2(Bucket=bucket, Prefix="runs/").get("Contents", []):
        body = s3.get_object(Bucket=bucket, Key=it["Key"])["Body"].read()
        if it["Key"].endswith(".gz"):
            body = gzip.decompress(body)
        objects[it["Key"]] = json.loads(body) if ".json" in it["Key"] else body.decode()
    return objects


def remove(bucket, key):
    client("s3").delete_object(Bucket=bucket, Key=key)
    return key


print(json.dumps({"deploy": deploy, "run": run, "look": look, "remove": remove}[sys.argv[1]](*sys.argv[2:])))
