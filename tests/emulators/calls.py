"""Reads commands of the AWS CLI and the requests that were made instead, by botocore's models.

Reads JSON lines from stdin: {"command": "aws …", "request": … or null}, a request as `validate.py` takes it. Prints for each {"service", "operation", "input",
"until", "sent", "tokens", "errors"}: the call of the command with its waiter, the parameters of the request without idempotency tokens, the names of the tokens that it
has, and what is wrong with the request.
"""

import json
import sys

from botocore.validate import ParamValidator

import commands
import validate


def read(line):
    given = json.loads(line)
    service, operation, input, until = commands.call(given["command"])
    found = {"service": service, "operation": operation.name, "input": input, "until": until, "sent": None, "tokens": [], "errors": []}
    if given["request"] is not None:
        reader = validate.Reader()
        sent = validate.read(given["request"], commands.model(service), operation, reader) or {}
        shape = operation.input_shape
        if shape and not reader.errors:
            report = ParamValidator().validate(sent, shape)
            reader.errors += [report.generate_report()] if report.has_errors() else []
        tokens = [name for name in sent if shape.members[name].metadata.get("idempotencyToken")]
        found |= {"sent": {name: it for name, it in sent.items() if name not in tokens}, "tokens": tokens, "errors": reader.errors}
    return found


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(read(line), default=lambda it: it.isoformat()))
