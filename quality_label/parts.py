"""Parts of a framework's document, taken out and put back: a gate, the words of an area, a criterion, the scale."""

from copy import deepcopy

from quality_label.criteria import HIGHEST, TEXTS, Framework

ONES = ["title", "scale", "thresholds"]
SUFFIXES = [*TEXTS, *(f"anchors.{level}" for level in range(HIGHEST + 1))]


def part_of(document: dict, name: str) -> tuple[str, dict]:
    """Return the kind of a part and what it says; raises KeyError where there is none of that name."""
    if name in ONES:
        return name, {name: document[name]}
    for kind, part, _siblings in _coded(document):
        if part["code"] == name:
            return kind, part
    raise KeyError(name)


def with_part(document: dict, name: str, facts: dict) -> dict:
    """Return the document with a part that says something else; its translations follow it to another code."""
    document = deepcopy(document)
    if name in ONES:
        return document | facts
    part_of(document, name)[1].update(facts)
    moved = {f"{name}.{suffix}": f"{facts.get('code', name)}.{suffix}" for suffix in SUFFIXES}
    texts = {
        language: {moved.get(place, place): words for place, words in places.items()}
        for language, places in document.get("texts", {}).items()
    }
    return document | {"texts": texts}


def with_criterion(document: dict, area: str, facts: dict) -> dict:
    """Return the document with one more criterion at the end of an area."""
    document = deepcopy(document)
    part_of(document, area)[1]["criteria"].append(facts)
    return document


def without_criterion(document: dict, name: str) -> dict:
    """Return the document without a criterion."""
    document = deepcopy(document)
    for kind, part, siblings in list(_coded(document)):
        if (kind, part["code"]) == ("criterion", name):
            siblings.remove(part)
    return document


def places_of(framework: Framework, name: str) -> list[str]:
    """Return the places of the words of a part, in the order of the document; none where it has no words."""
    if name in ONES:
        return [place for place in framework.words if place.split(".")[0] == name]
    codes = [name]
    if name in framework.criteria:
        codes += [indicator.code for indicator in framework.criteria[name].indicators]
    wanted = {f"{code}.{suffix}" for code in codes for suffix in SUFFIXES}
    return [place for place in framework.words if place in wanted]


def names_of(framework: Framework) -> list[str]:
    """Return the names of all parts, in the order in which people read them."""
    names = ["title", *(gate.code for gate in framework.gates), "scale"]
    for area in framework.areas:
        names += [area.code, *(criterion.code for criterion in area.criteria)]
    return [*names, "thresholds"]


def _coded(document):
    """Yield each part that has a code, with its kind and the list that it stands in."""
    for gate in document["gates"]:
        yield "gate", gate, document["gates"]
    for area in document["areas"]:
        yield "area", area, document["areas"]
        for criterion in area["criteria"]:
            yield "criterion", criterion, area["criteria"]
