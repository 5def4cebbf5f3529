"""Validates commands of the AWS CLI by AWS's published service models.

Reads one command per line, each of one step, and prints their errors as JSON: a service, an operation or an option that does
not exist, a required option that is missing, a value that no model allows.
"""

import json
import shlex
import sys

from botocore import xform_name
from botocore.session import Session

SESSION = Session()
MODELS = {}

# Commands that the CLI renames (awscli/customizations).
SERVICES = {"configservice": "config", "s3api": "s3"}
# Commands without a model.
OWN = {
    ("s3", "ls"): {"--recursive", "--summarize", "--human-readable"},
    ("s3", "rb"): {"--force"},
    ("s3", "rm"): {"--recursive"},
    ("emr", "terminate-clusters"): {"--cluster-ids"},
    ("emr", "modify-cluster-attributes"): {"--cluster-id", "--no-termination-protected"},
}
GLOBAL = {"--region", "--output", "--query"}


def model(service):
    if service not in MODELS:
        MODELS[service] = SESSION.get_service_model(SERVICES.get(service, service))
    return MODELS[service]


def operation(service, name):
    for operation in model(service).operation_names:
        if xform_name(operation, "-") == name:
            return model(service).operation_model(operation)
    return None


def wait(service, name):
    waiters = SESSION.get_waiter_model(SERVICES.get(service, service))
    for waiter in waiters.waiter_names:
        if xform_name(waiter, "-") == name:
            return model(service).operation_model(waiters.get_waiter(waiter).operation)
    return None


def options(words):
    """Each option with its values."""
    given = {}
    for word in words:
        if word.startswith("--"):
            option, equals, value = word.partition("=")
            given[option] = [value] if equals else []
        elif not given:
            raise ValueError(f"{word} is no option")
        else:
            given[list(given)[-1]].append(word)
    return given


def members(operation):
    shape = operation.input_shape
    return {xform_name(name, "-"): (name, shape.members[name]) for name in (shape.members if shape else {})}


def wrong(line):
    words = shlex.split(line)
    program, service, name, *rest = words
    if program != "aws":
        return f"{program} is not the AWS CLI"
    if (service, name) in OWN:
        strange = [word for word in rest if word.startswith("--") and word not in OWN[service, name] | GLOBAL]
        return f"{strange}" if strange else None
    if service not in SESSION.get_available_services() and service not in SERVICES:
        return f"no service {service}"
    if name == "wait":
        name, *rest = rest
        known = wait(service, name)
    else:
        known = operation(service, name)
    if known is None:
        return f"{service} has no {name}"
    by_name = members(known)
    given = options(rest)
    seen = set()
    for option, values in given.items():
        if option in GLOBAL:
            continue
        bare = option.removeprefix("--")
        negated = bare.startswith("no-") and bare not in by_name
        found = by_name.get(bare.removeprefix("no-") if negated else bare)
        if found is None:
            return f"{service} {name} has no option {option}"
        member, shape = found
        seen.add(member)
        if shape.type_name == "boolean":
            if values:
                return f"{option} takes no value"
        elif negated or not values:
            return f"{option} takes a value"
        elif len(values) > 1 and shape.type_name not in ("list", "structure", "map"):
            return f"{option} takes one value: {values}"
        elif shape.type_name == "string" and getattr(shape, "enum", None) and values[0] not in shape.enum:
            return f"{option} is none of {shape.enum}: {values[0]}"
        elif shape.type_name in ("integer", "long") and not values[0].isdigit():
            return f"{option} takes a number: {values[0]}"
    required = set(known.input_shape.required_members if known.input_shape else [])
    # Options that the CLI fills in.
    required -= {member for member, shape in by_name.values() if shape.metadata.get("idempotencyToken")}
    missing = sorted(required - seen)
    return f"{service} {name} lacks {missing}" if missing else None


def verdict(line):
    try:
        return wrong(line)
    except ValueError as error:
        return str(error)


def main():
    lines = [line.strip() for line in sys.stdin if line.strip()]
    bad = [[line, why] for line in lines if (why := verdict(line))]
    print(json.dumps({"checked": len(lines), "wrong": bad}))


if __name__ == "__main__":
    main()
