"""A bucket for the history, as boto3 sees it.

`store.py make BUCKET REGION` creates it. `store.py read BUCKET` prints the content by key. `store.py write BUCKET KEY CONTENT` writes an
object, and `store.py delete BUCKET KEY` deletes one.
"""

import json
import sys

import boto3

s3 = boto3.client("s3")


def make(bucket, region):
    own = boto3.client("s3", region_name=region)
    own.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": region})


def read(bucket):
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    keys = [it["Key"] for page in pages for it in page.get("Contents", [])]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys}


def write(bucket, key, content):
    s3.put_object(Bucket=bucket, Key=key, Body=content.encode())


def delete(bucket, key):
    s3.delete_object(Bucket=bucket, Key=key)


print(json.dumps({"make": make, "read": read, "write": write, "delete": delete}[sys.argv[1]](*sys.argv[2:])))
