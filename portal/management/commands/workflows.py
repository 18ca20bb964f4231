from django.apps import apps
from django.core.management.base import BaseCommand
from django.utils.translation import override

from portal.workflow import Workflow

APPS = ["accounts", "organisers", "badges", "pathways", "quality_label", "reports"]
HEAD = """# What can happen

Every state in the portal and every step from one to another, drawn from the code by `manage.py workflows`; a test
keeps this page true. Who asks for a step that is not theirs gets 403, who asks for one that is not open gets 409 with
the reason.
"""


class Command(BaseCommand):
    """Print every workflow: its states as a diagram, its steps as a table."""

    help = "Prints every workflow as Markdown: the states as a diagram, the steps with who may take them and when."

    def handle(self, *args, **options):
        with override("en"):
            self.stdout.write(HEAD)
            for app in APPS:
                for model in apps.get_app_config(app).get_models():
                    if issubclass(model, Workflow):
                        self.stdout.write("\n".join(described(model)))


def described(model) -> list[str]:
    """Return a workflow in lines of Markdown."""
    names, steps = dict(model.STATES), steps_of(model)
    lines = [f"\n## {str(model._meta.verbose_name).capitalize()}\n", "```mermaid", "stateDiagram-v2"]
    lines += [f"  {state} : {name}" for state, name in names.items()]
    lines += [f"  [*] --> {model._meta.get_field('state').default}"]
    for step in steps:
        for source in step["sources"]:
            lines += [f"  {source} --> {target} : {step['name']}" for target in step["targets"] or [source]]
    lines += ["```\n", "| Step | From | To | Who | Refused with |", "|---|---|---|---|---|"]
    for step in steps:
        cells = [
            f"`{step['name']}`",
            ", ".join(str(names[source]) for source in step["sources"]),
            ", ".join(str(names[target]) for target in step["targets"]) or "as before",
            step["who"],
            " ".join(step["refusals"]),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return [*lines, ""]


def steps_of(model) -> list[dict]:
    """Return the steps of a workflow in the order in which they are written."""
    steps = {}
    for move in model._meta.get_field("state").get_all_transitions(model):
        step = steps.setdefault(
            move.name,
            {
                "name": move.name,
                "sources": [],
                "targets": targets_of(move),
                "who": who(move.permission),
                "refusals": [str(condition.reason) for condition in move.conditions],
            },
        )
        step["sources"] += [state for state, _name in model.STATES] if move.source == "*" else [move.source]
    ranks = {state: rank for rank, (state, _name) in enumerate(model.STATES)}
    for step in steps.values():
        step["sources"].sort(key=ranks.get)
    return sorted(steps.values(), key=lambda step: (ranks[step["sources"][0]], step["name"]))


def targets_of(move) -> list[str]:
    """Return where a step may lead; nowhere else where the state stays."""
    return list(getattr(move.target, "allowed_states", None) or filter(None, [move.target]))


def who(permission) -> str:
    """Say who may take a step, as its rule says."""
    return permission.__doc__.splitlines()[0] if permission.__name__ != "by_clock" else "The clock, or what follows."
