"""Prints the actions of AWS's managed policy `ReadOnlyAccess`, of which moto has a copy."""

import json

from moto.iam.aws_managed_policies import aws_managed_policies_data

statements = json.loads(aws_managed_policies_data)["ReadOnlyAccess"]["Document"]["Statement"]
actions = []
for statement in statements:
    named = statement["Action"]
    actions += named if isinstance(named, list) else [named]
print(json.dumps({"actions": actions}))
