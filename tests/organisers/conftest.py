"""Who uses the pages of organisers in the tests."""

import pytest

from tests.factories.accounts import PersonFactory


@pytest.fixture
def ona(client):
    """Sign a person in who owns nothing yet."""
    person = PersonFactory(email="ona@example.org")
    client.force_login(person)
    return person
