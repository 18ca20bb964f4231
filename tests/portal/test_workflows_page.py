"""The page about the workflows says what the code says."""

from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command


def test_the_page_about_the_workflows_is_drawn_from_the_code():
    printed = StringIO()
    call_command("workflows", stdout=printed)

    page = (Path(settings.BASE_DIR) / "docs" / "workflows.md").read_text()
    assert page == printed.getvalue(), "write it anew: DEMO=1 manage.py workflows > docs/workflows.md"
