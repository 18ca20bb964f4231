"""The canonical form that is told from a shape is pyoxigraph's, byte for byte, whatever the documents."""

import os
import random
from collections import Counter
from dataclasses import replace

import pytest

from badges.openbadges import Forms, achievement_credential, forms
from badges.openbadges.contexts import MANIFEST, definitions
from badges.openbadges.forms import REMEMBERED, take_apart
from badges.openbadges.proofs import covered

from .awards import recipient
from .forgeries import changed, retold
from .samples import FULL, MINIMAL, SHAPES

DOCUMENTS = 10_000 if os.environ.get("FULL_SIZE") == "1" else 500
ALIKE = 10  # documents of one shape: the first two are read in full
CREDENTIALS = [achievement_credential(award) for award in SHAPES.values()]


def outcome(form, document):
    try:
        return form(document)
    except (ValueError, SyntaxError) as error:
        return type(error), str(error)


def is_refused(document):
    return not isinstance(outcome(covered, document), bytes)


def is_told(forms, document):
    """Tell whether the form of a document is known without the full algorithm."""
    shape, texts = take_apart(document)
    seen = forms._seen.get(shape)
    return bool(seen and seen.told and seen.told.form(texts))


@pytest.mark.timeout(3600)
def test_what_is_told_is_what_the_full_algorithm_says():
    chance, forms, told = random.Random(1), Forms(), Counter()

    for _ in range(DOCUMENTS // ALIKE):
        first = chance.choice(CREDENTIALS)
        for _change in range(chance.choice([0, 1, 1, 2])):
            former, first = first, changed(chance, first)
            if chance.random() < 0.9 and is_refused(first):  # most changes say what no context defines
                first = former
        for _again in range(ALIKE):
            document = retold(chance, first)
            told[is_told(forms, document)] += 1
            assert outcome(forms.covered, document) == outcome(covered, document)

    assert told[True] > DOCUMENTS / 5


def test_a_form_that_errs_is_found_out_and_not_told(monkeypatch):
    digest = forms._first_degree
    monkeypatch.setattr(forms, "_first_degree", lambda view: digest(view)[::-1])
    memory, documents = Forms(), [achievement_credential(replace(FULL, recipient=recipient(n))) for n in range(10)]

    assert [memory.covered(document) for document in documents] == [covered(document) for document in documents]


def test_a_shape_is_told_from_the_third_document_on():
    forms = Forms()
    document = achievement_credential(FULL)
    seen = []
    for _ in range(3):
        seen.append(is_told(forms, document))
        forms.covered(document)

    assert seen == [False, False, True]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"type": ["Profile"]}, {"type": "['Profile']"}),
        ({"credits": 0.0}, {"credits": -0.0}),
        ({"credits": 1}, {"credits": True}),
        ({"credits": 1}, {"credits": 1.0}),
        ({"credits": 1}, {"credits": 2}),
        ({"name": "1"}, {"name": 1}),
        ({"name": None}, {"name": "None"}),
        ({"name": ["a"]}, {"name": "a"}),
        ({"name": {"@value": "a", "@language": "en"}}, {"name": {"@value": "a", "@language": "lt"}}),
        ({"proofPurpose": "assertionMethod"}, {"proofPurpose": "authentication"}),
        ({"a": {"b": "x"}, "c": "y"}, {"a": {"b": "x", "c": "y"}}),
        ({"a": "x", "b": "y"}, {"b": "x", "a": "y"}),
    ],
)
def test_what_reads_differently_has_another_shape(one, other):
    assert take_apart(one)[0] != take_apart(other)[0]


def test_it_remembers_no_more_shapes_than_it_should_and_none_that_is_huge():
    forms = Forms()
    document = achievement_credential(MINIMAL)
    subject = document["credentialSubject"]
    for number in range(REMEMBERED + 5):
        forms.covered({**document, "credentialSubject": {**subject, "creditsEarned": number}})
    assert len(forms._seen) == REMEMBERED
    huge = {**document, "evidence": [{"type": ["Evidence"], "id": f"urn:x:{n}"} for n in range(3000)]}
    forms.covered(huge)

    assert len(forms._seen) == REMEMBERED
    assert take_apart(huge)[0] not in forms._seen


def test_no_context_knows_a_whole_address_by_another_meaning():
    schemes = ("http", "https", "urn", "did")
    for url in MANIFEST:
        assert not [term for term in definitions(url) if term.partition(":")[0] in schemes]
