"""The frameworks that come with the portal."""

import json
from pathlib import Path

from quality_label.criteria import Framework


def framework_text(name: str) -> str:
    """Return a framework that comes with the portal as JSON, by the name of its file."""
    return (Path(__file__).parent / f"{name}.json").read_text()


def framework_file(name: str) -> Framework:
    """Return a framework that comes with the portal, by the name of its file."""
    return Framework.model_validate(json.loads(framework_text(name)))
