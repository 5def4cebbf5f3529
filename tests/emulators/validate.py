"""Validates recorded requests by AWS's own service models.

Reads JSON lines from stdin (of, service, action, wire, method, path, headers, body_hex) and prints
{"checked": how many, "invalid": [{"request": "ec2-instance ec2:DescribeInstances", "errors": [...]}]}; "of" is the owner of the request. Every parameter is parsed by the
model of its operation: an unknown name, a wrong type, a value outside of an enumeration and a missing required member are
errors.
"""

import base64
import binascii
import io
import json
import re
import sys
import xml.etree.ElementTree as xml
from urllib.parse import parse_qsl, unquote, urlsplit

import botocore.session
import cbor2
from botocore.validate import ParamValidator
from dateutil.parser import isoparse

# The models whose name differs from the signing name.
MODELS = {
    "access-analyzer": "accessanalyzer",
    "airflow": "mwaa",
    "aoss": "opensearchserverless",
    "aps": "amp",
    "chime": "chime-sdk-voice",
    "cassandra": "keyspaces",
    "cloudhsm": "cloudhsmv2",
    "elasticfilesystem": "efs",
    "elasticmapreduce": "emr",
    "es": "opensearch",
    "kinesisanalytics": "kinesisanalyticsv2",
    "monitoring": "cloudwatch",
    "notifications-contacts": "notificationscontacts",
    "s3express": "s3",
    "ses": "sesv2",
    "sms-voice": "pinpoint-sms-voice-v2",
    "timestream": "timestream-write",
}
# S3 has an operation of the same name, about a bucket.
ACCOUNT_BLOCK = "GetAccountPublicAccessBlock"
INTEGERS = {"integer": 32, "long": 64}
SESSION = botocore.session.get_session()


class Reader:
    """Parses a request into boto3's parameters, and collects what the model does not know."""

    def __init__(self):
        self.errors = []

    def wrong(self, where, what):
        self.errors.append(f"{where}: {what}")

    # A query string: flat names such as Filter.1.Value.2.

    def query(self, shape, where, flat, ec2):
        if shape.type_name == "structure":
            found = {}
            for name, member in shape.members.items():
                path = ".".join(filter(None, [where, self.query_name(name, member, ec2)]))
                if any(key == path or key.startswith(path + ".") for key in flat):
                    found[name] = self.query(member, path, flat, ec2)
            return found
        if shape.type_name == "list":
            flattened = ec2 or shape.serialization.get("flattened")
            base = where if flattened else f"{where}.{shape.member.serialization.get('name', 'member')}"
            if not flattened and flat.get(where) == "":
                flat.pop(where)
                return []
            return [self.query(shape.member, f"{base}.{n}", flat, ec2) for n in self.numbers(base, flat)]
        if shape.type_name == "map":
            base = where if shape.serialization.get("flattened") else f"{where}.entry"
            key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
            pairs = [f"{base}.{n}" for n in self.numbers(base, flat)]
            return {self.query(shape.key, f"{it}.{key}", flat, ec2): self.query(shape.value, f"{it}.{value}", flat, ec2) for it in pairs}
        if where not in flat:
            return self.wrong(where, "has no value")
        return self.text(shape, where, flat.pop(where))

    def query_name(self, name, member, ec2):
        told = member.serialization
        if ec2:
            plain = told.get("name", name)
            return told.get("queryName", plain[0].upper() + plain[1:])
        if member.type_name == "list" and told.get("flattened"):
            return member.member.serialization.get("name", told.get("name", name))
        return told.get("name", name)

    def numbers(self, base, flat):
        found = {int(m[1]) for key in flat if (m := re.match(re.escape(base) + r"\.(\d+)(\.|$)", key))}
        if sorted(found) != list(range(1, len(found) + 1)):
            self.wrong(base, f"is numbered {sorted(found)}")
        return sorted(found)

    # JSON and CBOR: values in their own types.

    def value(self, shape, where, value, wire):
        kind = shape.type_name
        if kind == "structure":
            if not isinstance(value, dict):
                return self.wrong(where, f"is not a structure: {value!r}")
            names = {self.json_name(name, it, wire): (name, it) for name, it in shape.members.items() if "location" not in it.serialization}
            for unknown in value.keys() - names.keys():
                self.wrong(f"{where}.{unknown}", "is not a member of the model")
            known = {key: names[key] for key in value if key in names and value[key] is not None}
            return {name: self.value(it, f"{where}.{key}", value[key], wire) for key, (name, it) in known.items()}
        if kind == "list" and isinstance(value, list):
            return [self.value(shape.member, f"{where}[{n}]", it, wire) for n, it in enumerate(value)]
        if kind == "map" and isinstance(value, dict):
            return {key: self.value(shape.value, f"{where}.{key}", it, wire) for key, it in value.items()}
        if kind == "timestamp":
            ok = hasattr(value, "isoformat") if wire == "cbor" else isinstance(value, (int, float))
            return value if ok else self.wrong(where, f"is not a time: {value!r}")
        if kind == "blob":
            return value if isinstance(value, bytes) else self.blob(where, value)
        return self.enumerated(shape, where, value)

    def json_name(self, name, member, wire):
        return name if wire == "cbor" else member.serialization.get("name", name)

    def blob(self, where, text):
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError, TypeError):
            return self.wrong(where, "is not base64")

    # XML bodies.

    def element(self, shape, where, node):
        kind = shape.type_name
        if kind == "structure":
            found, names = {}, {self.xml_name(name, it): (name, it) for name, it in shape.members.items() if "location" not in it.serialization}
            for child in node:
                tag = child.tag.split("}")[-1]
                if tag not in names:
                    self.wrong(f"{where}.{tag}", "is not a member of the model")
                    continue
                name, member = names[tag]
                if member.type_name == "list" and member.serialization.get("flattened"):
                    found.setdefault(name, []).append(self.element(member.member, f"{where}.{tag}", child))
                else:
                    found[name] = self.element(member, f"{where}.{tag}", child)
            return found
        if kind == "list":
            expected = shape.member.serialization.get("name", "member")
            for child in node:
                if child.tag.split("}")[-1] != expected:
                    self.wrong(f"{where}.{child.tag}", f"should be {expected}")
            return [self.element(shape.member, f"{where}.{expected}", child) for child in node]
        return self.text(shape, where, node.text or "")

    def xml_name(self, name, member):
        if member.type_name == "list" and member.serialization.get("flattened"):
            return member.member.serialization.get("name", member.serialization.get("name", name))
        return member.serialization.get("name", name)

    # One value.

    def text(self, shape, where, text):
        kind = shape.type_name
        try:
            if kind in INTEGERS:
                value = int(text)
                if not -(2 ** (INTEGERS[kind] - 1)) <= value < 2 ** (INTEGERS[kind] - 1):
                    self.wrong(where, f"is out of range: {text}")
                return value
            if kind in ("float", "double"):
                return float(text)
            if kind == "timestamp":
                return isoparse(text)
            if kind == "boolean":
                return {"true": True, "false": False}[text]
        except (ValueError, KeyError):
            return self.wrong(where, f"is not a valid {kind}: {text!r}")
        if kind == "blob":
            return self.blob(where, text)
        if kind in ("structure", "list", "map"):
            return self.wrong(where, f"is a plain value, not a {kind}")
        return self.enumerated(shape, where, text)

    def enumerated(self, shape, where, value):
        if shape.type_name == "string" and shape.enum and value not in shape.enum:
            self.wrong(where, f"is {value!r}, not one of {shape.enum}")
        return value


def read(request, model, operation, reader):
    shape, body = operation.input_shape, bytes.fromhex(request["body_hex"])
    protocol = model.metadata["protocol"]
    match request["wire"]:
        case "query":
            pairs = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True)
            flat = dict(pairs)
            if len(flat) != len(pairs):
                reader.wrong("body", "names something twice")
            flat.pop("Action")
            if flat.pop("Version", None) != model.api_version:
                reader.wrong("Version", f"is not {model.api_version}")
            found = reader.query(shape, "", flat, protocol == "ec2") if shape else {}
            for name in flat:
                reader.wrong(name, "is not a parameter of the model")
            return found
        case "json":
            # Some models have a Java package before the name, which the Rust SDK leaves out, and botocore does not.
            prefix = model.metadata["targetPrefix"]
            if request["headers"]["x-amz-target"] not in (f"{prefix}.{operation.name}", f"{prefix.split('.')[-1]}.{operation.name}"):
                reader.wrong("x-amz-target", request["headers"]["x-amz-target"])
            return reader.value(shape, "", json.loads(body or b"{}"), "json") if shape else {}
        case "cbor":
            return reader.value(shape, "", cbor2.loads(body) if body else {}, "cbor") if shape else {}
        case _:
            return rest(request, operation, body, reader)


def rest(request, operation, body, reader):
    """Path, query, headers and body of a REST request. The path names the resource; S3's bucket comes first in it."""
    shape, url = operation.input_shape, urlsplit(request["path"])
    if request["method"] != operation.http["method"]:
        reader.wrong("method", f"is {request['method']}, not {operation.http['method']}")
    template = urlsplit(operation.http["requestUri"])
    group = lambda name: name.replace("-", "_")
    one, rest_of_path = lambda it: f"(?P<{group(it[1])}>[^/]+)", lambda it: f"(?P<{group(it[1])}>.+)"
    pattern = re.sub(r"\{([\w-]+)\}", one, re.sub(r"\{([\w-]+)\+\}", rest_of_path, template.path))
    path = re.fullmatch(pattern.rstrip("/") + "/?", url.path)
    if not path:
        reader.wrong("path", f"{url.path} is not {template.path}")
        return {}
    query = dict(parse_qsl(url.query, keep_blank_values=True))
    for name, value in parse_qsl(template.query, keep_blank_values=True):
        if query.pop(name, None) != value:
            reader.wrong("query", f"lacks {name}")
    # The SDK names the operation in the query; S3 ignores it.
    query.pop("x-id", None)
    found, headers = {}, request["headers"]
    for name, member in shape.members.items() if shape else []:
        key = member.serialization.get("name", name)
        match member.serialization.get("location"):
            case "uri" if group(key) in path.groupdict():
                found[name] = reader.text(member, key, unquote(path[group(key)]))
            case "querystring" if key in query and member.type_name == "list":
                found[name] = [reader.text(member.member, key, query.pop(key))]
            case "querystring" if key in query:
                found[name] = reader.text(member, key, query.pop(key))
            case "header" if key.lower() in headers:
                found[name] = reader.text(member, key, headers[key.lower()])
    for name in query:
        reader.wrong(f"?{name}", "is not a parameter of the model")
    if shape and body:
        found.update(rest_body(request["wire"], shape, body, reader))
    return found


def rest_body(wire, shape, body, reader):
    payload = shape.serialization.get("payload")
    target = shape.members[payload] if payload else shape
    if target.type_name in ("blob", "string"):
        return {payload: body.decode()}
    if wire == "rest-json":
        found = reader.value(target, "", json.loads(body), "json")
    else:
        found = reader.element(target, payload or "", xml.parse(io.BytesIO(body)).getroot())
    return {payload: found} if payload else found or {}


def model_of(request):
    name = MODELS.get(request["service"], request["service"])
    if name == "elasticloadbalancing":
        name = "elb" if b"Version=2012-06-01" in bytes.fromhex(request["body_hex"]) else "elbv2"
    if name == "opensearch" and "/2015-01-01/" in request["path"]:
        name = "es"
    if name == "bedrock" and request["path"].startswith("/knowledgebases"):
        name = "bedrock-agent"
    if name == "sesv2" and request["wire"] == "json":
        name = "mailmanager"
    if request["action"] == ACCOUNT_BLOCK:
        name = "s3control"
    return SESSION.get_service_model(name)


def errors_of(request):
    reader = Reader()
    try:
        model = model_of(request)
        operation = model.operation_model("GetPublicAccessBlock" if request["action"] == ACCOUNT_BLOCK else request["action"])
        found = read(request, model, operation, reader)
        if operation.input_shape and not reader.errors:
            report = ParamValidator().validate(found, operation.input_shape)
            reader.errors += [report.generate_report()] if report.has_errors() else []
    except Exception as error:
        reader.wrong(type(error).__name__, str(error))
    return reader.errors


def main():
    requests = [json.loads(line) for line in sys.stdin if line.strip()]
    results = [(f"{it['of']} {it['service']}:{it['action']}".strip(), errors_of(it)) for it in requests]
    invalid = [{"request": name, "errors": errors} for name, errors in results if errors]
    print(json.dumps({"checked": len(requests), "invalid": invalid}))


if __name__ == "__main__":
    main()
