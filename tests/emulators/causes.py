"""`causes.py make`: buckets that are public by ACL, by policy, by a blocked policy, and private. `causes.py block`: blocks public access for the account."""

import json
import os
import sys

import boto3

ACCOUNT = "123456789012"
WHOLE = {"BlockPublicAcls": True, "IgnorePublicAcls": True, "BlockPublicPolicy": True, "RestrictPublicBuckets": True}


def policy(s3, name):
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{name}/*"}
    s3.put_bucket_policy(Bucket=name, Policy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}))


def make():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="by-acl", ACL="public-read")
    s3.create_bucket(Bucket="private")
    for name in ("by-policy", "blocked"):
        s3.create_bucket(Bucket=name)
        policy(s3, name)
    s3.put_public_access_block(Bucket="blocked", PublicAccessBlockConfiguration=WHOLE)


def block():
    # The host of S3 Control begins with the account's number, which no local name can.
    control = boto3.client("s3control", endpoint_url=os.environ["AWS_ENDPOINT_URL"].replace("127.0.0.1", "localhost"))
    control.meta.events.register("before-sign.s3-control", host)
    control.put_public_access_block(AccountId=ACCOUNT, PublicAccessBlockConfiguration=WHOLE)


def host(request, **_):
    request.url = request.url.replace(f"{ACCOUNT}.localhost", "127.0.0.1")


{"make": make, "block": block}[sys.argv[1]]()
print(json.dumps(None))
