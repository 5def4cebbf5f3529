"""The templates of `deploy/` as JSON, and what cfn-lint finds in them: `{"templates": {name: …}, "findings": […]}`. Reads nothing."""

import json
from pathlib import Path

from cfnlint import decode
from cfnlint.api import lint_all

DEPLOY = Path(__file__).parents[2] / "deploy"

templates, findings = {}, []
for path in sorted(DEPLOY.glob("*.yaml")):
    templates[path.name], matches = decode.decode(str(path))
    findings += [str(it) for it in matches or []]
    # Informational rules ask for comments of a form of their own.
    findings += [f"{path.name}: {it}" for it in lint_all(path.read_text()) if not str(it).startswith("[I")]
print(json.dumps({"templates": templates, "findings": findings}, default=str))
