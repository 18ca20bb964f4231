"""Settings of the suite: the product's own, with a fast hasher, mail in memory and files of its own."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("SECRET_KEY", "a secret that is only ever used by the tests of this project")
os.environ.setdefault("KEY_ENCRYPTION_KEY", "another secret that only the tests of this project use, never a portal")
if "TEST_VAR_DIR" not in os.environ:
    os.environ["TEST_VAR_DIR"] = tempfile.mkdtemp(prefix="waymark-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_VAR_DIR"], ignore_errors=True)
# Playwright keeps an event loop in the process that drives the browser; tests after it are as synchronous as ever.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
# Each process of a parallel run has a folder, and so a database, of its own.
os.environ["VAR_DIR"] = str(Path(os.environ["TEST_VAR_DIR"]) / os.environ.get("PYTEST_XDIST_WORKER", "main"))

from portal.settings import *  # noqa: F403

TESTING = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # tests of kept pages have one of their own
}
# Each test client would read the folders of static files anew; like this one is looked up when it is asked for.
WHITENOISE_AUTOREFRESH = True
# What Wagtail's editor would note of each page for its own search is left undone; tests that look there are `indexed`.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
