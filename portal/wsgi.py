"""The entry point for WSGI servers."""

import gc
import os
import sys

from django.core.checks import Tags, run_checks
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

if faults := run_checks(tags=[Tags.database], databases=["default"]):
    sys.exit("\n".join(str(fault) for fault in faults))

# What is loaded by now stays for good: the search for garbage need not walk it again and again.
gc.collect()
gc.freeze()
