"""Who works in the editor in the tests."""

import pytest

from tests.factories.organisers import OrganiserFactory
from tests.factories.pathways import with_role


@pytest.fixture
def organiser(client):
    """Sign an author of a verified organiser in; returns the organiser."""
    ours = OrganiserFactory(verified=True, slug="ours")
    client.force_login(with_role(ours, "author"))
    return ours
