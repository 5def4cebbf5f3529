"""Runs commands as the AWS CLI does, in one process: starting the AWS CLI for each takes a second.

Reads a JSON list of lists of commands from standard input, and runs each list up to its first failure. Prints the failures as [command, message].
"""

import contextlib
import io
import json
import os
import shlex
import sys

from awscli.clidriver import create_clidriver

driver = create_clidriver()


def run(command):
    """What the AWS CLI says if it fails."""
    said = io.StringIO()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(said):
        code = driver.main(shlex.split(command)[1:] + ["--endpoint-url", os.environ["AWS_ENDPOINT_URL"]])
    return None if code == 0 else said.getvalue().strip() or f"exit code {code}"


failed = []
for commands in json.load(sys.stdin):
    for command in commands:
        if (message := run(command)) is not None:
            failed.append([command, message])
            break
print(json.dumps(failed))
