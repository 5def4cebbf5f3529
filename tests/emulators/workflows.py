"""Reads GitHub workflows as YAML: a JSON list of texts in, a JSON list of what they say out."""

import json
import sys

import yaml


class Once(yaml.SafeLoader):
    """A key that is there twice is a mistake; YAML's own reader takes the second."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {str(key) for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


def plain(value):
    """The key `on` is a truth value in YAML 1.1."""
    if isinstance(value, dict):
        return {"on" if key is True else str(key): plain(below) for key, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    return value


json.dump([plain(yaml.load(text, Once)) for text in json.load(sys.stdin)], sys.stdout)
