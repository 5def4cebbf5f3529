"""Generates `src/aws/endpoints.txt` from botocore's copy of AWS's public endpoint data.

Reads endpoint prefixes from stdin and prints the lines of the table as JSON. One line for each endpoint prefix: its regions, `*` for all of them, `* - a b` for all except these.
"""

import json
import sys

from botocore.loaders import Loader

# Missing in the data, or only as a pattern: the regions are those that AWS documents.
DOCUMENTED = {"qbusiness": "ap-southeast-2 eu-west-1 us-east-1 us-west-2"}


def main(prefixes):
    partition = next(it for it in Loader().load_data("endpoints")["partitions"] if it["partition"] == "aws")
    everywhere = sorted(partition["regions"])
    lines = [["*", "=", *everywhere]]
    for prefix in sorted(set(prefixes)):
        if prefix in DOCUMENTED:
            lines.append([prefix, "=", DOCUMENTED[prefix]])
            continue
        endpoints = partition["services"].get(prefix, {}).get("endpoints", {})
        here = [region for region in everywhere if region in endpoints]
        without = [region for region in everywhere if region not in endpoints]
        if here:
            lines.append([prefix, "=", *(here if len(without) > len(here) else ["*", *(["-", *without] if without else [])])])
    print(json.dumps([" ".join(line) for line in lines]))


main(sys.stdin.read().split())
