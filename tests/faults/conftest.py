import os
import shutil

import pytest

from tests import databases
from tests.portal_process import TEST_PORT


@pytest.fixture
def installation(tmp_path):
    """The environment of an installation of its own, on the engine of this run."""
    known = {**os.environ, "VAR_DIR": str(tmp_path / "var"), "DEMO": "1", "PORT": str(TEST_PORT)}
    known["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    for name in ("SECRET_KEY", "KEY_ENCRYPTION_KEY", "BASE_URL"):
        known.pop(name, None)
    if "DATABASE_URL" in known:
        known["DATABASE_URL"] = databases.server_copy(f"waymark_faults_{os.getpid()}", survives_crash=True)
        known["REDIS_URL"] = known["REDIS_URL"].rpartition("/")[0] + "/1"  # other tests ring for workers in the first
    else:
        shutil.copytree(databases.template("migrated"), tmp_path / "var")
    return known
