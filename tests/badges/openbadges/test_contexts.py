import hashlib
import json

import pytest

from badges.openbadges import UnknownContext, contexts


@pytest.mark.parametrize("url", contexts.MANIFEST)
def test_every_context_is_the_pinned_one(url):
    assert contexts.definitions(url)


def test_open_badges_context_is_the_one_in_use():
    document = {"@context": contexts.definitions(contexts.OPEN_BADGES_V3)}

    assert hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest().startswith("c57abd13")


@pytest.mark.parametrize(
    "context", [None, [], {}, "https://example.org/v1", [contexts.CREDENTIALS_V2, {"name": "x:y"}]]
)
def test_unknown_or_inline_contexts_are_refused(context):
    with pytest.raises(UnknownContext):
        contexts.inlined({"@context": context})
