"""The shipped state machine on moto's interpreter, with failures: reads `{"program": …, "settings": …}`, prints what each run returned.

moto keeps the organisation, the bucket and the executions. Its calls of Lambda come to `Functions`, which runs the program under a runtime API
as Lambda does, and throttles, crashes or ends late where the test wants it.
"""

import http.server
import io
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
from pathlib import Path

for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ[name] = "123456789012"
with socket.socket() as free:
    free.bind(("127.0.0.1", 0))
    PORT = free.getsockname()[1]
# The state machine reads the bucket on this port.
os.environ.update(MOTO_PORT=str(PORT), AWS_DEFAULT_REGION="us-east-1", MOTO_EC2_LOAD_DEFAULT_AMIS="false", SF_EXECUTION_HISTORY_TYPE="SUCCESS")

import boto3
from botocore.exceptions import ClientError
from cfnlint import decode
from moto.core.config import default_user_config
from moto.server import ThreadedMotoServer
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.asl.utils import boto_client

GIVEN = json.load(sys.stdin)
DEPLOY = Path(__file__).parents[2] / "deploy"
BUCKET, TOPIC = "reports", "arn:aws:sns:us-east-1:123456789012:guardrail-schedule"
plain = boto_client.boto_client_for
server = ThreadedMotoServer(ip_address="127.0.0.1", port=PORT, verbose=False)
server.start()
URL = f"http://127.0.0.1:{PORT}"


def client(service):
    return boto3.client(service, endpoint_url=URL)


class Functions:
    """Lambda: one process for each invocation."""

    faults, calls, lock = {}, [], threading.Lock()

    def invoke(self, **given):
        payload = given.get("Payload") or b"{}"
        event = json.loads(payload if isinstance(payload, (str, bytes)) else payload.read())
        with self.lock:
            self.calls.append((event["step"], event.get("account")))
            waiting = self.faults.get(event["step"], {}).get(event.get("account"), [])
            fault = waiting.pop(0) if waiting else None
        if fault == "throttle":
            raise ClientError({"Error": {"Code": "TooManyRequestsException", "Message": "Rate Exceeded."}, "ResponseMetadata": {"HTTPStatusCode": 429, "RequestId": "1"}}, "Invoke")
        if fault == "late":
            return failed("Sandbox.Timedout", "RequestId: 1 Error: Task timed out after 900.00 seconds")
        if fault == "crash":
            return failed("Runtime.ExitError", "RequestId: 1 Error: Runtime exited with error: exit status 7")
        if fault == "astray":
            # The map cannot read its accounts.
            listed = json.loads(run(event)["Payload"].read()) | {"accounts": "runs/nowhere.json"}
            return {"StatusCode": 200, "Payload": io.BytesIO(json.dumps(listed).encode())}
        return run(event)


def failed(kind, message):
    body = json.dumps({"errorType": kind, "errorMessage": message}).encode()
    return {"StatusCode": 200, "FunctionError": "Unhandled", "Payload": io.BytesIO(body)}


def run(event):
    """One event for a new process, which then waits for the next one and is ended."""
    answer = {}

    class Api(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            if answer.get("given"):
                done.wait(30)
                return
            answer["given"] = True
            self.send_response(200)
            self.send_header("Lambda-Runtime-Aws-Request-Id", "1")
            self.send_header("Lambda-Runtime-Deadline-Ms", str(int((time.time() + 900) * 1000)))
            body = json.dumps(event).encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            answer["body"] = self.rfile.read(int(self.headers["Content-Length"]))
            answer["error"] = self.path.endswith("/error")
            self.send_response(202)
            self.send_header("Content-Length", "0")
            self.end_headers()
            done.set()

    class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
        daemon_threads = True

    done = threading.Event()
    api = Server(("127.0.0.1", 0), Api)
    threading.Thread(target=api.serve_forever, daemon=True).start()
    env = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}", "AWS_ENDPOINT_URL": URL, "AWS_REGION": "us-east-1", "HOME": os.environ["HOME"],
        "AWS_ACCESS_KEY_ID": "123456789012", "AWS_SECRET_ACCESS_KEY": "x", "AWS_MAX_ATTEMPTS": "1",
        "GUARDRAIL_BUCKET": BUCKET, "GUARDRAIL_SETTINGS": "settings/test.json", "GUARDRAIL_TOPIC": TOPIC,
    }
    process = subprocess.Popen([GIVEN["program"]], env=env, stderr=subprocess.PIPE)
    if not done.wait(60):
        answer = {"body": b'{"errorType":"Test","errorMessage":"no answer"}', "error": True}
    process.kill()
    process.wait()
    api.shutdown()
    api.server_close()
    return {"StatusCode": 200, "Payload": io.BytesIO(answer["body"])} | ({"FunctionError": "Unhandled"} if answer["error"] else {})


functions = Functions()
lambda_eval_utils.boto_client_for = boto_client.boto_client_for = (
    lambda region, service, state_credentials=None: functions if service == "lambda" else plain(region, service, state_credentials)
)
default_user_config["stepfunctions"]["execute_state_machine"] = True


def definition():
    template, _ = decode.decode(str(DEPLOY / "schedule.yaml"))
    text = json.dumps(template["Resources"]["Machine"]["Properties"]["Definition"])
    for name, value in {"Bucket": BUCKET, "Run": "arn:aws:lambda:us-east-1:123456789012:function:guardrail-run", "Sweep": "arn:aws:lambda:us-east-1:123456789012:function:guardrail-sweep"}.items():
        text = text.replace("${" + name + "}", value)
    # moto's grammar takes only a decimal; and a test waits a second where a night may wait a minute.
    text = text.replace('"ToleratedFailurePercentage": 100', '"ToleratedFailurePercentage": 100.0')
    text = text.replace('"IntervalSeconds": 2', '"IntervalSeconds": 1').replace('"IntervalSeconds": 5', '"IntervalSeconds": 1')
    return text.replace('"MaxDelaySeconds": 60', '"MaxDelaySeconds": 1')


def execute(machine, name, faults):
    functions.faults, functions.calls = faults, []
    states = client("stepfunctions")
    arn = states.start_execution(stateMachineArn=machine, name=name, input="{}")["executionArn"]
    for _ in range(1200):
        execution = states.describe_execution(executionArn=arn)
        if execution["status"] != "RUNNING":
            break
        time.sleep(0.05)
    output = json.loads(execution.get("output") or "{}")
    result = {key: execution.get(key) for key in ("status", "error", "cause")} | {"sum": output.get("sum")}
    if output.get("sum"):
        key = f"runs/{output['sum']['run']}/organization.json"
        result["report"] = json.loads(client("s3").get_object(Bucket=BUCKET, Key=key)["Body"].read())
    return result | {"calls": sorted(functions.calls, key=str)}


organizations = client("organizations")
organizations.create_organization(FeatureSet="ALL")
for index in range(7):
    organizations.create_account(Email=f"student{index}@example.com", AccountName=f"Student {index}")
accounts = sorted(it["Id"] for it in organizations.list_accounts()["Accounts"])
for account in accounts:
    session = client("sts").assume_role(RoleArn=f"arn:aws:iam::{account}:role/guardrail-sweep", RoleSessionName="make")["Credentials"]
    keys = dict(zip(("aws_access_key_id", "aws_secret_access_key", "aws_session_token"), (session["AccessKeyId"], session["SecretAccessKey"], session["SessionToken"])))
    boto3.client("ec2", endpoint_url=URL, **keys).create_volume(AvailabilityZone="us-east-1a", Size=10, VolumeType="gp3")
s3 = client("s3")
s3.create_bucket(Bucket=BUCKET)
s3.put_object(Bucket=BUCKET, Key="settings/test.json", Body=json.dumps(GIVEN["settings"]))
client("sns").create_topic(Name="guardrail-schedule")
machine = client("stepfunctions").create_state_machine(name="guardrail-schedule", definition=definition(), roleArn="arn:aws:iam::123456789012:role/guardrail-machine")["stateMachineArn"]
throttled, crashed, late, lost = accounts[:4]
bad = {
    "sweep": {throttled: ["throttle"] * 3, crashed: ["crash"], late: ["late"], lost: ["crash"]},
    "failed": {lost: ["crash"] * 6},
    "merge": {None: ["throttle"]},
    "bills": {None: ["throttle", "crash"]},
}
result = {"throttled": throttled, "crashed": crashed, "late": late, "lost": lost}
result["bad"] = execute(machine, "bad-night", bad)
result["astray"] = execute(machine, "astray", {"list": {None: ["astray"]}})
result["dead"] = execute(machine, "dead", {"list": {None: ["crash"]}})
print(json.dumps(result, default=str))
server.stop()
