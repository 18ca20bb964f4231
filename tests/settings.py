"""Settings of the suite: the product's own, with a fast hasher, mail in memory and files of its own."""

import os
import tempfile

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="waymark-tests-"))
os.environ.setdefault("SECRET_KEY", "a secret that is only ever used by the tests of this project")
os.environ.setdefault("KEY_ENCRYPTION_KEY", "another secret that only the tests of this project use, never a portal")

from portal.settings import *  # noqa: F403

TESTING = True
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
