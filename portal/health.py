"""Is the portal alive, and is it ready to work?"""

import shutil

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse

from portal import clock
from portal.access import public

FREE_SHARE = 0.05


@public
def live(request):
    """Answer without touching anything."""
    return HttpResponse("alive\n", content_type="text/plain")


@public
def ready(request):
    """Check database, migrations and disk; 503 when one of them stands in the way."""
    disk = shutil.disk_usage(settings.VAR_DIR)
    checks = {"database": database_is_ready(), "disk": disk.free / disk.total > FREE_SHARE}
    good = all(checks.values())
    return JsonResponse({"ready": good, **checks}, status=200 if good else 503)


def database_is_ready() -> bool:
    """Say whether the database answers and knows every migration."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


@public
def security_txt(request):
    """Say how to report a weakness (RFC 9116)."""
    expires = clock.now().replace(microsecond=0, month=1, day=1).replace(year=clock.now().year + 1)
    lines = [
        f"Contact: mailto:{settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
