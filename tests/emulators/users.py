"""Creates users, each with its own policy: `users.py ACTIONS USERS`, two lists: of actions, and of {"number",
"without"}, the account and the actions that its user may not use.

Prints the keys, in their order: [[access key, secret], …].
"""

import json
import sys

import boto3


def user(name, number, actions):
    iam = boto3.client("iam", aws_access_key_id=number, aws_secret_access_key="secret")
    iam.create_user(UserName=name)
    statement = {"Effect": "Allow", "Action": actions, "Resource": "*"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    iam.put_user_policy(UserName=name, PolicyName="guardrail", PolicyDocument=policy)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


actions, users = map(json.loads, sys.argv[1:])
print(json.dumps(
    [
        user(f"person-{nth}", it["number"], [each for each in actions if each not in it["without"]])
        for nth, it in enumerate(users)
    ]
))
