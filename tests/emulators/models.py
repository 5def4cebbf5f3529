"""Generates `src/aws/api/models.json` from botocore's service models: only the operations and members that guardrail uses. And
`src/aws/remedy/commands.json`: the calls that the printed commands of the AWS CLI make.

Reads JSON from stdin: `{"source": "…/src", "asks": [{"operation": "kendra:ListIndices", "at": "Items", "reading": …}], "commands": ["ec2-volume delete: aws …"]}`,
a reading as `src/aws/api/reading.rs` writes it, a command as it is printed, with its type and its use. Prints `{"models": "…", "commands": "…", "wrong": ["…"]}`: "wrong" lists each
member, type and value that the model lacks.
"""

import json
import re
import shlex
import sys
from pathlib import Path

import botocore.session
from botocore import xform_name
from botocore.loaders import Loader, UnknownServiceError

LOADER = Loader()
SESSION = botocore.session.get_session()
LEAVES = {
    "string": {"string"}, "boolean": {"boolean"}, "timestamp": {"timestamp"},
    "number": {"integer", "long", "float", "double"},
}
# Token members of paged operations without a paginator in botocore.
TOKENS = ["nextToken", "NextToken", "Marker", "marker", "pageToken", "NextMarker", "nextPageToken", "NextPageToken", "nextMarker", "position"]
# Corrections of the models, where AWS behaves differently.
SIZE = {}
# Any account: the hosts of some services begin with its number.
ACCOUNT = "123456789012"
# Page tokens of several members, for operations without a paginator in botocore.
PAGES = {
    "route53:ListTrafficPolicyInstances": {
        "from": ["HostedZoneIdMarker", "TrafficPolicyInstanceNameMarker", "TrafficPolicyInstanceTypeMarker"],
        "to": ["HostedZoneIdMarker", "TrafficPolicyInstanceNameMarker", "TrafficPolicyInstanceTypeMarker"],
        "more": "IsTruncated",
    },
}


class Service:
    def __init__(self, name):
        self.name = name
        self.model = LOADER.load_service_model(name, "service-2")
        try:
            self.paginators = LOADER.load_service_model(name, "paginators-1")["pagination"]
        except UnknownServiceError:
            self.paginators = {}
        except Exception:
            self.paginators = {}
        self.operations = {}
        self.kept = {}

    def shape(self, name):
        return self.model["shapes"][name]

    def members(self, shape):
        return self.kept.setdefault(shape, {})

    # The members that are read of an answer.

    def read(self, shape, reading, where, wrong):
        kind = self.shape(shape)["type"]
        if isinstance(reading, str):
            if reading == "nothing" or kind in LEAVES[reading]:
                return
            wrong.append(f"{where} is a {kind} and is read as a {reading}")
            return
        (what, inner), = reading.items()
        if what == "values":
            values = self.shape(shape).get("enum")
            if kind != "string" or values is None:
                wrong.append(f"{where} is no enumeration")
            else:
                wrong.extend(f"{where} is never {value}: {values}" for value in inner if value not in values)
        elif what == "list":
            if kind != "list":
                wrong.append(f"{where} is a {kind} and is read as a list")
            else:
                self.read(self.shape(shape)["member"]["shape"], inner, f"{where}[]", wrong)
        elif what == "map":
            if kind != "map":
                wrong.append(f"{where} is a {kind} and is read as a map")
            else:
                self.read(self.shape(shape)["value"]["shape"], inner, f"{where}{{}}", wrong)
        elif kind != "structure":
            wrong.append(f"{where} is a {kind} and is read as a structure")
        else:
            for member, of in inner:
                known = self.shape(shape)["members"].get(member)
                if known is None:
                    wrong.append(f"{where} has no {member}: {', '.join(self.shape(shape)['members'])}")
                    continue
                self.read(known["shape"], of, f"{where}.{member}", wrong)
                self.keep(shape, member)

    def at(self, shape, path, reading, where, wrong):
        """The reading of the value at a path, or of each item of a list."""
        if not path:
            if self.shape(shape)["type"] == "list":
                reading = {"list": reading}
            self.read(shape, reading, where, wrong)
            return
        first, _, rest = path.partition(".")
        known = self.shape(shape).get("members", {}).get(first)
        if known is None:
            wrong.append(f"{where} has no {first}: {', '.join(self.shape(shape).get('members', {}))}")
            return
        self.keep(shape, first)
        self.at(known["shape"], rest, reading, f"{where}.{first}", wrong)

    def path(self, shape, path, where, wrong):
        """Adds a page token or a state: a leaf somewhere in the answer."""
        if self.shape(shape)["type"] == "list":
            return self.path(self.shape(shape)["member"]["shape"], path, where, wrong)
        first, _, rest = path.replace("[]", "").partition(".")
        known = self.shape(shape).get("members", {}).get(first)
        if known is None:
            wrong.append(f"{where} has no {first}")
            return
        self.keep(shape, first)
        if rest:
            self.path(known["shape"], rest, f"{where}.{first}", wrong)

    def keep(self, shape, member):
        members = self.members(shape)
        if member not in members:
            members[member] = None
            members[member] = self.member(self.shape(shape)["members"][member], payload=self.shape(shape).get("payload") == member, called=member)

    def whole(self, shape):
        """Adds a whole input structure, because the content of filters is data."""
        kind = self.shape(shape)
        if kind["type"] == "structure":
            for member in kind["members"]:
                if member not in self.members(shape):
                    self.keep(shape, member)
                    self.whole(kind["members"][member]["shape"])
        elif kind["type"] == "list":
            self.whole(kind["member"]["shape"])
        elif kind["type"] == "map":
            self.whole(kind["value"]["shape"])

    def member(self, reference, payload=False, called=None):
        shape = self.shape(reference["shape"])
        row = {}
        if shape["type"] == "structure":
            row["structure"] = reference["shape"]
            self.members(reference["shape"])
        elif shape["type"] == "list":
            row["list"] = self.member(shape["member"])
        elif shape["type"] == "map":
            row["map"] = self.member(shape["value"])
        else:
            row["is"] = shape["type"]
        name = reference.get("locationName")
        if name and name != called:
            row["name"] = name
        if reference.get("location"):
            row["in"] = reference["location"]
        time = reference.get("timestampFormat") or shape.get("timestampFormat")
        if time:
            row["time"] = time
        if reference.get("flattened") or shape.get("flattened"):
            row["flat"] = True
        if reference.get("xmlAttribute"):
            row["attribute"] = True
        if payload:
            row["payload"] = True
        return row["is"] if list(row) == ["is"] else row

    # The request.

    def operation(self, name, asked, wrong):
        model = self.model["operations"].get(name)
        if model is None:
            wrong.append(f"{self.name} has no operation {name}")
            return None
        if name in self.operations:
            return model
        empty = f"{name}Nothing"
        row = {"http": [model["http"]["method"], model["http"]["requestUri"]]}
        prefix = model.get("endpoint", {}).get("hostPrefix")
        if prefix:
            row["host_prefix"] = prefix
        row["input"] = model.get("input", {}).get("shape", empty)
        row["output"] = model.get("output", {}).get("shape", empty)
        for shape in (row["input"], row["output"]):
            self.members(shape)
        inputs = self.shape(row["input"])["members"] if "input" in model else {}
        # The SDK's protocols name a part of the path by its member, the model by the member's wire name.
        for member, it in inputs.items():
            if it.get("location") == "uri":
                row["http"][1] = re.sub(rf"{{{re.escape(it['locationName'])}(\+?)}}", rf"{{{member}\1}}", row["http"][1])
        for member in asked:
            if member in inputs:
                self.keep(row["input"], member)
                self.whole(inputs[member]["shape"])
        pages = self.pages(name, inputs, row, wrong)
        if pages:
            row["pages"] = pages
        self.operations[name] = row
        return model

    def pages(self, name, inputs, row, wrong):
        outputs = self.shape(row["output"])["members"] if row["output"] in self.model["shapes"] else {}
        paginator = self.paginators.get(name)
        one = lambda it: it if isinstance(it, list) else [it]
        if f"{self.name}:{name}" in PAGES:
            pages, size = dict(PAGES[f"{self.name}:{name}"]), None
        elif paginator:
            pages = {"from": one(paginator["input_token"]), "to": [self.simple(it, wrong, name) for it in one(paginator["output_token"])]}
            if paginator.get("more_results"):
                pages["more"] = paginator["more_results"]
            size = paginator.get("limit_key")
        else:
            token = next((it for it in TOKENS if it in inputs), None)
            after = next((it for it in ("next" + token[0].upper() + token[1:] if token else "", token, "NextMarker", "nextPageToken") if it in outputs), None)
            if token is None or after is None:
                return None
            pages = {"from": [token], "to": [after]}
            size = next((it for it in ("MaxResults", "maxResults", "Limit", "limit", "MaxItems", "MaxRecords", "PageSize") if it in inputs), None)
        for member in pages["from"]:
            self.keep(row["input"], member)
        for path in pages["to"] + ([pages["more"]] if "more" in pages else []):
            self.path(row["output"], path, f"{self.name}:{name}", wrong)
        most = SIZE.get(f"{self.name}:{name}")
        if size and size in inputs:
            shape = self.shape(inputs[size]["shape"])
            most = most or shape.get("max")
            if most and shape["type"] in ("integer", "long") and most < 1_000_000:
                self.keep(row["input"], size)
                pages["size"] = [size, most]
        return pages

    @staticmethod
    def simple(path, wrong, name):
        """The first of `A || B[-1].C`: AWS returns it if there is a next page."""
        return path.partition(" || ")[0].strip()

    def hosts(self):
        """The hosts of a service, by botocore's own rules."""
        client = SESSION.create_client(self.name, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")
        resolver = client._ruleset_resolver
        hosts, signed = {}, set()
        for region in regions():
            given = {"Region": region, "UseFIPS": False, "UseDualStack": False, "AccountId": ACCOUNT} | self.context()
            known = {name: value for name, value in given.items() if name in resolver._param_definitions}
            endpoint = resolver._provider.resolve_endpoint(**known)
            # The account's number is in the prefix of the operation.
            hosts[region] = endpoint.url.removeprefix("https://").removeprefix(f"{ACCOUNT}.")
            schemes = endpoint.properties.get("authSchemes", [])
            signed.update(scheme["signingRegion"] for scheme in schemes if scheme.get("signingRegion"))
        return hosts, signed

    def context(self):
        """The further inputs of the endpoint rules, which must be the same for all operations of a service."""
        given = {}
        for operation in self.operations:
            for name, it in self.model["operations"][operation].get("staticContextParams", {}).items():
                if given.setdefault(name, it["value"]) != it["value"]:
                    raise ValueError(f"{self.name}: {name} differs from operation to operation")
        return given

    def row(self):
        metadata = self.model["metadata"]
        hosts, signed = self.hosts()
        patterns = {}
        pattern = lambda region: hosts[region].replace(region, "{region}")
        for region in hosts:
            patterns.setdefault(pattern(region), []).append(region)
        common = max(patterns, key=lambda it: len(patterns[it]))
        row = {
            "wire": wire(metadata), "version": metadata["apiVersion"], "id": metadata["serviceId"],
            "signing": metadata.get("signingName") or metadata["endpointPrefix"], "endpoint": metadata["endpointPrefix"], "host": common,
        }
        if metadata.get("targetPrefix"):
            row["target"] = metadata["targetPrefix"]
        others = {region: host for region, host in sorted(hosts.items()) if pattern(region) != common}
        if others:
            row["hosts"] = others
        if len(signed) == 1 and "{region}" not in common:
            row["signing_region"] = signed.pop()
        return row


def regions():
    partition = next(it for it in LOADER.load_data("endpoints")["partitions"] if it["partition"] == "aws")
    return sorted(partition["regions"])


def wire(metadata):
    spoken = metadata.get("protocols") or [metadata["protocol"]]
    for known in ("json", "rest-json", "query", "rest-xml"):
        if known in spoken:
            return f"json-{metadata['jsonVersion']}" if known == "json" else known
    raise ValueError(f"{metadata['serviceId']} speaks {spoken}")


def members_asked(source):
    """The request members that each file names, by the operations that it names."""
    asked = {}
    for path in Path(source).rglob("*.rs"):
        text = path.read_text()
        names = set(re.findall(r'\.with\(\s*"(\w+)"', text))
        for operation in re.findall(r'Operation::new\(\s*"([a-z0-9-]+:\w+)"', text):
            asked.setdefault(operation, set()).update(names)
    return asked


def main():
    given = json.load(sys.stdin)
    asked = members_asked(given["source"])
    services, wrong = {}, []
    calls = Calls(given["commands"], wrong)
    for operation, members in calls.members.items():
        asked.setdefault(operation, set()).update(members)
    for ask in given["asks"] + calls.asks():
        service, _, name = ask["operation"].partition(":")
        try:
            of = services.get(service) or services.setdefault(service, Service(service))
        except UnknownServiceError:
            wrong.append(f"{ask['operation']}: botocore has no service {service}")
            continue
        model = of.operation(name, sorted(asked.get(ask["operation"], ())), wrong)
        if model is None:
            continue
        for path in ask.get("states", []):
            of.path(model["output"]["shape"], path, ask["operation"], wrong)
        if "output" in model and "at" in ask:
            of.at(model["output"]["shape"], ask["at"], ask["reading"], ask["operation"], wrong)
    print(json.dumps({"models": written(services), "commands": calls.written(), "wrong": sorted(set(wrong))}))


# Services whose name in the AWS CLI is not that of their model (awscli/customizations).
CLI_NAMES = {"configservice": "config", "s3api": "s3"}
# Commands of the AWS CLI's own, and the calls that they make (awscli/customizations/emr).
CLI_OWN = {
    "emr terminate-clusters": ("emr:TerminateJobFlows", {"cluster-ids": ["JobFlowIds", ["string"]]}),
    "emr modify-cluster-attributes": (
        "emr:SetTerminationProtection",
        {"cluster-id": ["JobFlowIds", ["string"]], "termination-protected": ["TerminationProtected", "boolean"]},
    ),
}
# Lists of structures with one member of which the AWS CLI takes the bare values (awscli/argprocess.py).
CLI_BARE = {"workspaces terminate-workspaces": ["terminate-workspace-requests"]}
# Services of the SDK's typed crates, which need no row in models.json.
TYPED = {"ec2", "s3"}


class Calls:
    """The call of each command, by AWS's naming rules: `delete-volume --volume-id` is `DeleteVolume` with `VolumeId`."""

    def __init__(self, commands, wrong):
        self.commands, self.tokens, self.waiters, self.members, self.refusals, self.types, self.wrong = {}, {}, {}, {}, {}, {}, wrong
        for line in commands:
            head, _, command = line.partition(": ")
            resource, use = head.split()
            words = shlex.split(command)[1:]
            operations = self.of_bucket(words) or [self.add(words)]
            known = self.types.setdefault(resource, {}).setdefault("stop" if use == "stop" else "delete", set())
            known.update(operation for operation in operations if operation)

    @staticmethod
    def of_bucket(words):
        """Buckets have commands of the AWS CLI's own, and directory buckets permissions of their own."""
        match words:
            case ["s3", "rb", *_]:
                return ["s3:Empty", "s3:DeleteBucket"]
            case ["s3", "rm", *_]:
                return ["s3express:CreateSession"]
        return None

    def add(self, words):
        """Adds the call of a command, and returns its operation."""
        waits = words[1] == "wait"
        key, rest = " ".join(words[: 3 if waits else 2]), words[3 if waits else 2 :]
        service = CLI_NAMES.get(words[0], words[0])
        row = self.commands.setdefault(key, {})
        given = {word.partition("=")[0].removeprefix("--") for word in rest if word.startswith("--")} - {"region"}
        if key in CLI_OWN:
            operation, options = CLI_OWN[key]
        else:
            name = self.waiter(service, words[2], row) if waits else self.named(service, words[1])
            if name is None:
                self.wrong.append(f"the AWS CLI has no {key}")
                return None
            operation, options = f"{service}:{name}", self.options(service, name)
        row["operation"] = operation
        for option in sorted(given):
            bare = option if option in options else option.removeprefix("no-")
            if bare not in options:
                self.wrong.append(f"{key} has no --{option}")
                continue
            member, kind = options[bare]
            if bare in CLI_BARE.get(key, []):
                kind = [{f"={only}": inner for only, inner in kind[0].items()}]
            row.setdefault("options", {})[bare] = [member, kind]
            self.members.setdefault(operation, set()).add(options[bare][0])
        service, _, name = operation.partition(":")
        input = SESSION.get_service_model(service).operation_model(name).input_shape
        answer = SESSION.get_service_model(service).operation_model(name).output_shape
        refused = [member for member, shape in (answer.members if answer else {}).items() if shape.type_name == "list" and re.search("(?i)fail|unsuccessful|error", member)]
        if refused:
            (self.refusals[operation],) = refused
            # EC2's crate is typed, and its answers are read there.
            row.setdefault("states", []).extend(f"{refused[0]}[].{member}" for member in answer.members[refused[0]].member.members if re.search("(?i)error(code|message)", member))
        tokens = [member for member, shape in input.members.items() if shape.metadata.get("idempotencyToken")] if input else []
        if tokens:
            self.tokens[operation] = tokens
            self.members.setdefault(operation, set()).update(tokens)
        # Only directory buckets are deleted by this command, and they have permissions of their own.
        return "s3express:DeleteBucket" if operation == "s3:DeleteBucket" else operation

    @staticmethod
    def named(service, command):
        names = SESSION.get_service_model(service).operation_names
        return next((name for name in names if xform_name(name, "-") == command), None)

    def waiter(self, service, command, row):
        model = SESSION.get_waiter_model(service)
        name = next((name for name in model.waiter_names if xform_name(name, "-") == command), None)
        if name is None:
            return None
        waiter = model.get_waiter(name)
        row["until"] = name
        accepts = [
            {"state": it.state, "matcher": it.matcher, "expected": it.expected} | ({"argument": it.argument} if it.argument else {})
            for it in waiter.acceptors
        ]
        self.waiters[f"{service}:{name}"] = {"delay": waiter.delay, "attempts": waiter.max_attempts, "accepts": accepts}
        row["states"] = sorted({it["argument"] for it in accepts if "argument" in it})
        return waiter.operation

    def options(self, service, name):
        shape = SESSION.get_service_model(service).operation_model(name).input_shape
        members = shape.members if shape else {}
        return {xform_name(member, "-"): [member, self.kind(inner, ())] for member, inner in members.items()}

    def kind(self, shape, within):
        """A type as JSON: a name, `[item]`, `{"member": type}` or `{"*": value}`."""
        if shape.name in within:
            return "string"
        within += (shape.name,)
        if shape.type_name == "structure":
            return {member: self.kind(inner, within) for member, inner in shape.members.items()}
        if shape.type_name == "list":
            return [self.kind(shape.member, within)]
        if shape.type_name == "map":
            return {"*": self.kind(shape.value, within)}
        return {"boolean": "boolean", "integer": "integer", "long": "integer", "float": "number", "double": "number"}.get(shape.type_name, "string")

    def asks(self):
        """The operations that models.json needs for them."""
        rows = [row for row in self.commands.values() if "operation" in row and row["operation"].partition(":")[0] not in TYPED]
        return [{"operation": row["operation"], "states": row.get("states", [])} for row in rows]

    def written(self):
        compact = lambda it: json.dumps(it, separators=(",", ":"), ensure_ascii=False)
        lines = lambda rows: ",\n".join(f"  {compact(key)}:{compact(row)}" for key, row in sorted(rows.items()))
        rows = {key: {name: it for name, it in row.items() if name != "states"} for key, row in self.commands.items()}
        types = {key: {use: sorted(it) for use, it in sorted(row.items())} for key, row in self.types.items()}
        parts = [("types", types), ("commands", rows), ("tokens", self.tokens), ("refusals", self.refusals), ("waiters", self.waiters)]
        return "{\n" + ",\n".join(f'"{name}":{{\n{lines(part)}\n}}' for name, part in parts) + "\n}\n"


def written(services):
    """A line for each service, operation and shape."""
    compact = lambda it: json.dumps(it, separators=(",", ":"), ensure_ascii=False)
    blocks = []
    for name in sorted(services):
        service = services[name]
        lines = ",\n".join(f"  {compact(key)}:{compact(value)}" for key, value in sorted(service.row().items()))
        operations = ",\n".join(f"    {compact(key)}:{compact(value)}" for key, value in sorted(service.operations.items()))
        order = lambda shape: {m: service.kept[shape][m] for m in service.model["shapes"].get(shape, {"members": {}})["members"] if m in service.kept[shape]}
        shapes = ",\n".join(f"    {compact(key)}:{compact(order(key))}" for key in sorted(service.kept))
        blocks.append(f'{compact(name)}:{{\n{lines},\n  "operations":{{\n{operations}\n  }},\n  "shapes":{{\n{shapes}\n  }}\n}}')
    return "{\n" + ",\n".join(blocks) + "\n}\n"


main()
