"""Makes random answers that are valid by AWS's service models, and reads them as botocore does.

Reads JSON lines from stdin, {"operation": "kendra:ListIndices", "seed": 1, "size": "plausible"} (or "extreme"; the service
has botocore's name), and prints for each {"operation", "seed", "status", "headers", "body_hex", "value"}. The
bytes are written by moto's serializers, and by cbor2 for services with CBOR only, which moto lacks; "value" is botocore's
parse of these bytes. A line without a seed gets {"operation", "protocol", "supported"}: whether moto writes that protocol.
The same line gives the same bytes in every run.
"""

import copy
import json
import random
import re
import string
import struct
import sys
from datetime import datetime, timedelta, timezone

import botocore.loaders
import botocore.model
import botocore.parsers
import cbor2
import moto.core.model
from moto.core.serialize import SERIALIZERS, get_serializer_class

# The order in which the program chooses a protocol.
PREFERENCE = ["json", "rest-json", "query", "ec2", "rest-xml", "smithy-rpc-v2-cbor"]
DEPTH = 6
# The maximum of values in an answer: nested lists would fill megabytes.
VALUES = 3000
LIMITS = {"integer": 2**31, "long": 2**63}
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
UNLISTED = "SOMETHING_NEW"
PIECES = ["<", "&", ">", '"', "'", "\\", "/", "\n", "\t", "é", "日本", "🦀", "]]>", "&amp;", "%20", "\u2028", "$"]
# XML cannot contain them, or parses them as a line feed.
JSON_PIECES = [*PIECES, "\r", "\x01", "\x1b", "\x7f"]
TOKEN = re.compile(r"(next|continuation)?_?(page)?_?(token|marker)$", re.IGNORECASE)
SCALARS = {"string", "integer", "long", "float", "double", "boolean", "timestamp", "blob"}


class Service:
    """A service's model, with the protocol of its answers."""

    loader = botocore.loaders.Loader()

    def __init__(self, name):
        description = copy.deepcopy(self.loader.load_service_model(name, "service-2"))
        metadata = description["metadata"]
        spoken = metadata.get("protocols") or [metadata["protocol"]]
        self.protocol = metadata["protocol"] = next(it for it in PREFERENCE if it in spoken)
        if "json" in self.protocol:
            plain_members(description["shapes"])
        self.name = name
        self.theirs = botocore.model.ServiceModel(description, name)
        self.motos = moto.core.model.ServiceModel(description, name)
        try:
            self.pages = self.loader.load_service_model(name, "paginators-1")["pagination"]
        except botocore.exceptions.UnknownServiceError:
            self.pages = {}
        self.parser = botocore.parsers.create_parser(self.protocol)

    def answer(self, operation, seed, size):
        ours = self.theirs.operation_model(operation)
        maker = Maker(f"{self.name}:{operation}:{seed}:{size}", size, self.protocol, *self.ends(operation))
        made = maker.top(ours.output_shape) if ours.output_shape else {}
        if self.protocol == "smithy-rpc-v2-cbor":
            headers = {"Content-Type": "application/cbor", "smithy-protocol": "rpc-v2-cbor"}
            answer = {"status_code": 200, "headers": headers, "body": cbor2.dumps(made, datetime_as_timestamp=True)}
        else:
            serializer = get_serializer_class(self.name, self.protocol)
            answer = serializer(self.motos.operation_model(operation)).serialize(made)
        body = answer["body"]
        answer["body"] = body.encode() if isinstance(body, str) else body
        answer["headers"] = {name: str(value) for name, value in answer["headers"].items()}
        lower = {name.lower(): value for name, value in answer["headers"].items()}
        value = self.parser.parse({**answer, "headers": lower}, ours.output_shape) if ours.output_shape else {}
        value.pop("ResponseMetadata", None)
        return answer, plain(value)

    def ends(self, operation):
        """The paths of page tokens, and of members that say whether there is a next page."""
        page = self.pages.get(operation, {})
        tokens = page.get("output_token", [])
        tokens = [tokens] if isinstance(tokens, str) else tokens
        names = {part.strip() for token in tokens for part in token.split("||")}
        return names, {page["more_results"]} if "more_results" in page else set()


def plain_members(shapes):
    """Removes the names of list and map members, which JSON does not have and moto would write."""
    for shape in shapes.values():
        for part in ("member", "key", "value"):
            if isinstance(shape.get(part), dict):
                shape[part].pop("locationName", None)


class Maker:
    """One random value of a shape."""

    def __init__(self, seed, size, protocol, tokens, more):
        self.chance = random.Random(seed)
        self.extreme = size == "extreme"
        self.protocol = protocol
        self.pieces = PIECES if "xml" in protocol or protocol in ("query", "ec2") else JSON_PIECES
        self.tokens, self.more = tokens, more
        self.left = VALUES

    def top(self, shape):
        return self.structure(shape, 0, "", shape.serialization.get("payload"))

    def value(self, shape, depth, path):
        self.left -= 1
        if shape.type_name in ("structure", "list", "map"):
            if getattr(shape, "is_document_type", False):
                return {"text": self.text(0, 12), "numbers": [self.chance.randint(0, 9)], "deep": {"yes": True}}
            return getattr(self, shape.type_name)(shape, depth + 1, path)
        return getattr(self, shape.type_name)(shape)

    def structure(self, shape, depth, path, payload=None):
        if getattr(shape, "is_tagged_union", False):
            return self.union(shape, depth, path)
        made = {}
        for name, member in shape.members.items():
            here = f"{path}.{name}" if path else name
            if here in self.tokens or (depth == 0 and member.type_name == "string" and TOKEN.fullmatch(name)):
                continue
            if here in self.more:
                made[name] = False
                continue
            needed = name in shape.required_members or name == payload
            # Every member draws, so that one member's presence does not shift the others.
            nested = member.type_name not in SCALARS
            wanted = self.chance.random() < (0.95 if nested and depth == 0 else 0.8)
            if not needed and (not wanted or (nested and self.full(depth))):
                continue
            if getattr(member, "is_eventstream", False) or member.serialization.get("eventstream"):
                continue
            in_header = member.serialization.get("location") in ("header", "headers")
            made[name] = self.header(member) if in_header else self.value(member, depth, here)
        return made

    def union(self, shape, depth, path):
        """A union: exactly one member is present."""
        names = sorted(shape.members, key=lambda name: shape.members[name].type_name not in SCALARS)
        name = names[0] if self.full(depth) else self.chance.choice(names)
        return {name: self.value(shape.members[name], depth, f"{path}.{name}")}

    def full(self, depth):
        return depth >= DEPTH or self.left <= 0

    def many(self, shape, depth):
        least = min(int(shape.metadata.get("min", 0)), 3)
        most = max(min(int(shape.metadata.get("max", 3)), 3), least)
        # The main list of an answer is rarely empty.
        some = max(least, min(1, most)) if depth == 1 and self.chance.random() < 0.9 else least
        return least if self.full(depth) else self.chance.randint(some, most)

    def list(self, shape, depth, path):
        return [self.value(shape.member, depth, path) for _ in range(self.many(shape, depth))]

    def map(self, shape, depth, path):
        keys = dict.fromkeys(self.string(shape.key) for _ in range(self.many(shape, depth)))
        return {key or "key": self.value(shape.value, depth, path) for key in keys}

    def string(self, shape):
        if shape.enum:
            return self.chance.choice(shape.enum) if self.chance.random() < 0.92 else UNLISTED
        if shape.metadata.get("timestampFormat"):
            return self.timestamp(shape).isoformat()
        least = int(shape.metadata.get("min", 0))
        return self.text(least, max(least, min(int(shape.metadata.get("max", 24)), 24)))

    character = string

    def text(self, least, most):
        """ASCII and some special characters, with a letter or digit at both ends, where XML parsers treat spaces differently."""
        length, made = self.chance.randint(least, most), ""
        while len(made) < length:
            odd = 0 < len(made) < length - 4 and self.chance.random() < 0.12
            made += self.chance.choice(self.pieces) if odd else self.chance.choice(string.ascii_letters + string.digits + ".-_")
            if 0 < len(made) < length - 4 and self.chance.random() < 0.06:
                made += " "
        return made

    def header(self, shape):
        """Text that is valid in a header."""
        word = lambda: "".join(self.chance.choices(string.ascii_letters + string.digits, k=8))
        match shape.type_name:
            case "string" if not shape.enum:
                return word()
            case "list":
                return [word() for _ in range(self.chance.randint(1, 3))]
            case "map":
                return {word(): word() for _ in range(self.chance.randint(0, 3))}
            case "timestamp":
                return self.timestamp(shape).replace(microsecond=0)
            case _:
                return self.value(shape, DEPTH, "")

    def integer(self, shape):
        limit = LIMITS[shape.type_name]
        low = max(int(shape.metadata.get("min", -limit)), -limit)
        high = min(int(shape.metadata.get("max", limit - 1)), limit - 1)
        if not self.extreme:
            low = max(low, min(0, high))
            high = max(min(high, 100_000), low)
            return self.chance.randint(low, high)
        edges = [it for it in (low, high, -1, 0, 1, high // 2) if low <= it <= high]
        return self.chance.choice([*edges, self.chance.randint(low, high)])

    long = integer

    def double(self, shape):
        if not self.extreme:
            return self.chance.randint(0, 400_000) / 4
        # Has the same digits as a 32-bit and as a 64-bit float.
        single = struct.unpack("f", struct.pack("f", self.chance.uniform(-3e38, 3e38)))[0]
        return self.chance.choice([single, -0.25, 0.0, 2.0**-20, 2.0**100] + ([1.5e300, -1.5e-300] if shape.type_name == "double" else []))

    float = double

    def boolean(self, _shape):
        return self.chance.random() < 0.5

    def blob(self, _shape):
        return bytes(self.chance.randrange(256) for _ in range(self.chance.randint(0, 12)))

    def timestamp(self, _shape):
        years = (-70, 7900) if self.extreme and self.chance.random() < 0.3 else (45, 60)
        seconds = self.chance.randint(*(year * 31_556_952 for year in years))
        thousandths = self.chance.choice([0, 0, self.chance.randint(1, 999)])
        return EPOCH + timedelta(seconds=seconds, milliseconds=thousandths)


GONE = object()


def plain(value):
    """The value as JSON: times in RFC 3339, without bytes and streams."""
    match value:
        case dict():
            pairs = ((key, plain(it)) for key, it in value.items())
            return {key: it for key, it in pairs if it is not GONE}
        case list():
            return [it for it in map(plain, value) if it is not GONE]
        case datetime():
            return rfc3339(value)
        case None | bool() | int() | float() | str():
            return value
        case _:
            return GONE


def rfc3339(time):
    thousandths = (time.astimezone(timezone.utc) - EPOCH) / timedelta(milliseconds=1)
    time = EPOCH + timedelta(milliseconds=round(thousandths))
    fraction = f".{time.microsecond // 1000:03}" if time.microsecond else ""
    return f"{time.year:04}-{time:%m-%dT%H:%M:%S}{fraction}Z"


def answered(services, wanted):
    name, operation = wanted["operation"].split(":")
    if name not in services:
        services[name] = Service(name)
    service = services[name]
    if "seed" not in wanted:
        supported = service.protocol in SERIALIZERS
        return {"operation": wanted["operation"], "protocol": service.protocol, "supported": supported}
    answer, value = service.answer(operation, wanted["seed"], wanted.get("size", "plausible"))
    return {
        "operation": wanted["operation"],
        "seed": wanted["seed"],
        "status": answer["status_code"],
        "headers": answer["headers"],
        "body_hex": answer["body"].hex(),
        "value": value,
    }


def main():
    services = {}
    for line in filter(str.strip, sys.stdin):
        print(json.dumps(answered(services, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
