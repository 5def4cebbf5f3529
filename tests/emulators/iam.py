"""The IAM objects of the budget action, as boto3 sees them, and changes that a person may make. Prints JSON."""

import json
import sys

import boto3

ROLE = "guardrail-budget-action"
POLICY = "arn:aws:iam::123456789012:policy/guardrail/guardrail-deny-costly-starts"
OPEN = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}],
}

iam = boto3.client("iam")


def tags(thing):
    return {tag["Key"]: tag["Value"] for tag in thing.get("Tags", [])}


def look():
    roles, policies = {}, {}
    for role in iam.list_roles()["Roles"]:
        name = role["RoleName"]
        role = iam.get_role(RoleName=name)["Role"]
        inline = {
            policy: iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]
        }
        roles[role["Path"] + name] = {"trusts": role["AssumeRolePolicyDocument"], "inline": inline, "tags": tags(role)}
    for policy in iam.list_policies(Scope="Local")["Policies"]:
        policy = iam.get_policy(PolicyArn=policy["Arn"])["Policy"]
        version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
        versions = len(iam.list_policy_versions(PolicyArn=policy["Arn"])["Versions"])
        document = version["PolicyVersion"]["Document"]
        policies[policy["Arn"]] = {"document": document, "versions": versions, "tags": tags(policy)}
    return {"roles": roles, "policies": policies}


def version():
    iam.create_policy_version(PolicyArn=POLICY, PolicyDocument=json.dumps(OPEN), SetAsDefault=True)


VERBS = {
    "look": look,
    "version": version,
    "trust": lambda: iam.update_assume_role_policy(RoleName=ROLE, PolicyDocument=json.dumps(TRUST)),
    "widen": lambda: iam.put_role_policy(RoleName=ROLE, PolicyName=ROLE, PolicyDocument=json.dumps(OPEN)),
    "narrow": lambda: iam.delete_role_policy(RoleName=ROLE, PolicyName=ROLE),
    "untag-role": lambda: iam.untag_role(RoleName=ROLE, TagKeys=["managed-by"]),
    "untag-policy": lambda: iam.untag_policy(PolicyArn=POLICY, TagKeys=["managed-by"]),
    "delete-role": lambda: (
        iam.delete_role_policy(RoleName=ROLE, PolicyName=ROLE),
        iam.delete_role(RoleName=ROLE),
    ),
    "hold": lambda: (
        iam.create_user(UserName="hana"),
        iam.attach_user_policy(UserName="hana", PolicyArn=POLICY),
    ),
    "add": lambda: iam.put_role_policy(RoleName=ROLE, PolicyName="mine", PolicyDocument=json.dumps(OPEN)),
}

print(json.dumps(VERBS[sys.argv[1]](), default=str))
