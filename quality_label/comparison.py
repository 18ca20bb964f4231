"""What changed between two versions of the framework, place by place."""

from dataclasses import dataclass

from quality_label.criteria import Framework


@dataclass(frozen=True)
class Change:
    """A place in the framework with what it said and says; None where there is nothing."""

    place: str
    before: str | None
    after: str | None


def changes_between(old: Framework, new: Framework) -> list[Change]:
    """Return every place that differs, in the order of the new version, with what is gone at its end."""
    before, after = _said(old), _said(new)
    places = [*after, *(place for place in before if place not in after)]
    return [
        Change(place, before.get(place), after.get(place)) for place in places if before.get(place) != after.get(place)
    ]


def _said(framework: Framework) -> dict[str, str]:
    """Return everything that a framework says by place: words, numbers, and what is so."""
    said = {"title": framework.title, "language": framework.language}
    for gate in framework.gates:
        said |= {f"{gate.code}.fact": gate.fact or "", f"{gate.code}.may_be_explained": _yes(gate.may_be_explained)}
    for area in framework.areas:
        said[f"{area.code}.criteria"] = ", ".join(criterion.code for criterion in area.criteria)
    for code, criterion in framework.criteria.items():
        said |= {
            f"{code}.weight": str(criterion.weight),
            f"{code}.mandatory": _yes(criterion.mandatory),
            f"{code}.may_not_apply": _yes(criterion.may_not_apply),
            f"{code}.facts": ", ".join(criterion.facts),
            f"{code}.indicators": ", ".join(indicator.code for indicator in criterion.indicators),
        }
    for outcome, threshold in framework.thresholds:
        if threshold:
            said |= {f"thresholds.{outcome}.{name}": str(value) for name, value in threshold}
    said |= framework.words
    for language, texts in framework.texts.items():
        said |= {f"{language}.{place}": words for place, words in texts.items()}
    return said


def _yes(flag) -> str:
    return "yes" if flag else "no"
