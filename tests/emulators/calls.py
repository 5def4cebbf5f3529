"""Reads commands of the AWS CLI by the AWS CLI itself, and the requests that were made instead by botocore's models.

Reads JSON lines from stdin: {"command": "aws …", "request": … or null}, a request as `validate.py` takes it. Prints for each {"service", "operation", "input",
"until", "sent", "tokens", "errors"}: what the AWS CLI calls, without the idempotency tokens that it fills in, and its waiter; the parameters of the request without
tokens, the names of the tokens that it has, and what is wrong with the request.
"""

import contextlib
import io
import json
import os
import shlex
import sys

os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}

from awscli.clidriver import create_clidriver  # noqa: E402
from botocore import xform_name  # noqa: E402
from botocore.utils import parse_timestamp  # noqa: E402
from botocore.validate import ParamValidator  # noqa: E402

import validate  # noqa: E402


class Called(BaseException):
    """The call that the AWS CLI was about to make."""

    def __init__(self, operation, input):
        self.operation, self.input = operation, input


class AwsCli:
    def __init__(self):
        self.driver = create_clidriver()
        self.driver.session.register("before-parameter-build", self.stop)

    @staticmethod
    def stop(params, model, **_):
        raise Called(model, dict(params))

    def call(self, command):
        said = io.StringIO()
        try:
            with contextlib.redirect_stderr(said), contextlib.redirect_stdout(said):
                self.driver.main(shlex.split(command)[1:])
        except Called as called:
            return called.operation, called.input
        raise ValueError(f"{command}: {said.getvalue()}")

    def waiter(self, command):
        """The name of the waiter in AWS's models."""
        _, service, wait, name, *_ = shlex.split(command)
        if wait != "wait":
            return None
        names = self.driver.session.get_waiter_model(service).waiter_names
        return next(it for it in names if xform_name(it, "-") == name)


def without_tokens(operation, params):
    """The parameters, times in one form, and the names of the tokens among them."""
    members = operation.input_shape.members if operation.input_shape else {}
    params = {name: parse_timestamp(it).isoformat().replace("+00:00", "Z") if members[name].type_name == "timestamp" else it for name, it in params.items()}
    tokens = [name for name in params if members[name].metadata.get("idempotencyToken")]
    return {name: it for name, it in params.items() if name not in tokens}, tokens


def read(cli, line):
    given = json.loads(line)
    operation, params = cli.call(given["command"])
    input, _ = without_tokens(operation, params)
    service = operation.service_model.service_name
    found = {"service": service, "operation": operation.name, "input": input, "until": cli.waiter(given["command"]), "sent": None, "tokens": [], "errors": []}
    if given["request"] is not None:
        reader = validate.Reader()
        # The AWS CLI's own copy of the model has no bucket in the path.
        operation.http["requestUri"] = operation.http["requestUri"] or "/{Bucket}"
        sent = validate.read(given["request"], operation.service_model, operation, reader) or {}
        if operation.input_shape and not reader.errors:
            report = ParamValidator().validate(sent, operation.input_shape)
            reader.errors += [report.generate_report()] if report.has_errors() else []
        sent, tokens = without_tokens(operation, sent)
        found |= {"sent": sent, "tokens": tokens, "errors": reader.errors}
    return found


if __name__ == "__main__":
    aws = AwsCli()
    for line in sys.stdin:
        print(json.dumps(read(aws, line), default=lambda it: it.isoformat()))
