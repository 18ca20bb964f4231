"""What tests of the portal's own parts share."""

import pytest

from tests.portal.web import small_internet


@pytest.fixture
def web(tmp_path):
    """A small internet on loopback."""
    with small_internet(tmp_path) as web:
        yield web
