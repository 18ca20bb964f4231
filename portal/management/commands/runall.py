import os
import signal
import subprocess
import sys
import time

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.ui.joining import join_files

GRACE = 10
THREADS = 4  # of each web process: browsers open connections ahead, which a process that serves one at a time waits on


class Command(BaseCommand):
    """Run web server and worker in the foreground, as one group; Ctrl-C stops both."""

    help = "Runs the web server on PORT and the worker; Ctrl-C stops both."

    def handle(self, *args, **options):
        self.check(databases=["default"])
        join_files()
        web = [
            sys.executable, "-m", "gunicorn", "portal.wsgi:application",
            "--bind", f"127.0.0.1:{settings.PORT}", "--workers", str(os.cpu_count() or 1),
            "--worker-class", "gthread", "--threads", str(THREADS),
            "--max-requests", "5000", "--graceful-timeout", "5", "--log-level", "warning",
            "--worker-tmp-dir", str(settings.VAR_DIR),
        ]  # fmt: skip
        children = [self.start(web), self.start([sys.executable, str(settings.BASE_DIR / "manage.py"), "work"])]
        stop = []
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: stop.append(True))
        self.stdout.write(f"Waymark runs on {settings.BASE_URL} - Ctrl-C stops it.")
        if settings.DEMO:
            self.stdout.write(f"Outgoing mail: {settings.BASE_URL}/dev/mail - accounts: manage.py demo --describe")
        self.stdout.flush()
        while not stop and all(child.poll() is None for child in children):
            time.sleep(0.2)
        self.end(children)
        if not stop:
            raise SystemExit("A part of the portal ended by itself; the lines above say why.")

    def start(self, command):
        """Start a child in our own process group."""
        return subprocess.Popen(command, cwd=settings.BASE_DIR)  # noqa: S603

    def end(self, children):
        """Ask the children to end, and end those that do not."""
        for child in children:
            child.terminate()
        limit = time.monotonic() + GRACE
        for child in children:
            try:
                child.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
