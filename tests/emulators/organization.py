"""Makes an organisation of 21 accounts with roles and volumes: `organization.py moto|ministack ROLE`; with `look` after it, prints
the volumes of each account.

Prints what is in it: the accounts, which of them have no role, a role that trusts somebody else, a role without rights, and the volume
of every third account.
"""

import json
import sys

import boto3

MANAGEMENT = "123456789012"
KIND, ROLE, *LOOK = sys.argv[1:]
# The role that may set up safeguards.
SETUP = "guardrail-setup"
# Places in the list of accounts.
WITHOUT_ROLE, DISTRUSTFUL, POWERLESS = (3, 4), (5,), (7,)


def client(service, account):
    """moto gives a session of the account; in ministack its number is the key of its root."""
    if KIND == "ministack" or account == MANAGEMENT:
        return boto3.client(service, aws_access_key_id=account, aws_secret_access_key="secret")
    arn = f"arn:aws:iam::{account}:role/{ROLE}"
    session = boto3.client("sts").assume_role(RoleArn=arn, RoleSessionName="make")["Credentials"]
    return boto3.client(
        service,
        aws_access_key_id=session["AccessKeyId"],
        aws_secret_access_key=session["SecretAccessKey"],
        aws_session_token=session["SessionToken"],
    )


def trust(principal):
    allowed = {"Effect": "Allow", "Principal": {"AWS": principal}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [allowed]})


def make_role(account, place):
    iam = client("iam", account)
    other = f"arn:aws:iam::{MANAGEMENT}:role/somebody-else"
    principal = other if place in DISTRUSTFUL else f"arn:aws:iam::{MANAGEMENT}:root"
    iam.create_role(RoleName=ROLE, AssumeRolePolicyDocument=trust(principal))
    rights = ["*"] if ROLE == SETUP else ["ec2:*", "iam:*", "s3:*"]
    actions = ["s3:ListAllMyBuckets"] if place in POWERLESS else rights
    policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
    iam.put_role_policy(RoleName=ROLE, PolicyName="read", PolicyDocument=json.dumps(policy))


organizations = boto3.client("organizations")
if LOOK:
    pages = organizations.get_paginator("list_accounts").paginate()
    accounts = [it["Id"] for page in pages for it in page["Accounts"]]
    volumes = {it: [that["VolumeId"] for that in client("ec2", it).describe_volumes()["Volumes"]] for it in accounts}
    print(json.dumps({account: ids for account, ids in volumes.items() if ids}))
    sys.exit()
if KIND == "moto":
    organizations.create_organization(FeatureSet="ALL")
known = [it["Id"] for it in organizations.list_accounts()["Accounts"]]
for index in range(len(known), 21):
    organizations.create_account(Email=f"student{index}@example.com", AccountName=f"Student {index:02}")
accounts = []
for page in organizations.get_paginator("list_accounts").paginate():
    accounts += [it["Id"] for it in page["Accounts"]]
accounts = [MANAGEMENT] + sorted(it for it in accounts if it != MANAGEMENT)
volumes = {}
for place, account in enumerate(accounts):
    if KIND == "ministack" and account != MANAGEMENT and place not in WITHOUT_ROLE:
        make_role(account, place)
    if place % 3 == 1:
        made = client("ec2", account).create_volume(AvailabilityZone="us-east-1a", Size=10 + place, VolumeType="gp3")
        volumes[account] = made["VolumeId"]
chosen = {
    "without_role": [accounts[it] for it in WITHOUT_ROLE],
    "distrustful": [accounts[it] for it in DISTRUSTFUL],
    "powerless": [accounts[it] for it in POWERLESS],
}
print(json.dumps({"accounts": accounts, "volumes": volumes} | chosen))
