"""Benchmarks of pages: rates of real servers as ratios to a bare Wagtail and a bare Django in the same run.

python -m tests.bench_pages

Each server is a gunicorn of one process under the same settings. Rates are for a second of the server's own processor
time, the best of some rounds taken in turn, so that other work on the machine counts less.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.databases import ROOT, TEST_PORT, template
from tests.portal_process import environment, manage, wait_until_ready

SECONDS, ROUNDS, AT_ONCE = 2, 5, 4
TICKS = os.sysconf("SC_CLK_TCK")
BARE_SETTINGS = """
from .{base} import *
DEBUG, SECRET_KEY, ALLOWED_HOSTS = False, "of-a-benchmark", ["*"]
"""
CONSTANT = """
from django.http import HttpResponse
from django.urls import path
CONTENT = open({content!r}, "rb").read()
urlpatterns = [path("", lambda request: HttpResponse(CONTENT))]
"""
UNTOUCHED, CONSTANT_VIEW = "home page of `wagtail start`", "constant view of `django-admin startproject`"
CROWD = 10_000
OWN_HOST = ("Host", f"localhost:{TEST_PORT}")
NOT_KEPT = ("-C", "somebody=here")  # a cookie that the store of pages does not know


class Server:
    """One gunicorn of one process; says what an answer costs it."""

    def __init__(self, port: int, process):
        self.base, self.process = f"http://127.0.0.1:{port}", process

    def seconds(self) -> float:
        """Return the processor time that the server's processes took until now."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_seconds_of(pid) for pid in children)

    def rate(self, path: str, *options: str) -> float:
        """Return how often a page is answered in a second of the server's processor time."""
        before = self.seconds()
        done = subprocess.run(
            ["ab", "-q", "-k", "-t", str(SECONDS), "-n", "1000000", "-c", str(AT_ONCE), *options, self.base + path],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        facts = dict(line.split(":", 1) for line in done.stdout.splitlines() if ":" in line)
        if "Non-2xx responses" in facts:
            raise RuntimeError(f"{path} was not answered:\n{done.stdout}")
        return int(facts["Complete requests"]) / (self.seconds() - before)


def _seconds_of(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def serving(application: str, folder: Path, port: int, env: dict):
    """Serve a WSGI application; yields the server."""
    log = folder / f"{port}.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "1",
                "--worker-class", "gthread", "--threads", "4", "--log-level", "warning",
            ],
            cwd=folder, env=env, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log, "/")
        yield Server(port, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def bare_project(folder: Path, made_by: list[str], name: str) -> dict:
    """Make a project as its framework's own command makes it; return the environment that serves it in production."""
    command, *words = made_by
    subprocess.run(
        [Path(sys.executable).parent / command, *words, name, "."], cwd=folder, check=True, capture_output=True
    )
    package = folder / name
    settings = package / "settings" if (package / "settings").is_dir() else package
    base = "base" if settings.name == "settings" else "settings"
    (settings / "measured.py").write_text(BARE_SETTINGS.format(base=base))
    dotted = f"{name}.settings.measured" if settings.name == "settings" else f"{name}.measured"
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": dotted}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=folder, env=env, check=True)
    return env


def pages_of(var: Path) -> dict[str, str]:
    """Return the pages that are measured, by what they are."""
    demo = json.loads(manage(var, "demo", "--describe"))
    first = {kind: addresses[0].removeprefix(demo["base_url"]) for kind, addresses in demo["examples"].items()}
    return {
        "home page": "/en/",
        "list of playlists": "/en/playlists/",
        "list of activities": "/en/activities/",
        "playlist": first["playlist"],
        "badge of a learner": first["assertion"],
    }


def main() -> None:
    """Print one line a page: its rate as a ratio to bare Wagtail, kept to a constant view, in a crowd to a small demo.

    Takes some minutes: the crowd is made first.
    """
    work = Path(tempfile.mkdtemp(prefix="waymark-bench-"))
    with ExitStack() as running:
        running.callback(shutil.rmtree, work)
        for name in ("wagtail", "django"):
            (work / name).mkdir()
        for name in ("portal", "crowd"):
            shutil.copytree(template("demo"), work / name)
        manage(work / "crowd", "demo", "--size", str(CROWD))
        portal, crowd = (
            running.enter_context(
                serving(
                    "portal.wsgi:application", work / name, port, environment(work / name) | {"PYTHONPATH": str(ROOT)}
                )
            )
            for name, port in (("portal", TEST_PORT), ("crowd", TEST_PORT + 3))
        )
        pages = pages_of(work / "portal")

        env = bare_project(work / "wagtail", ["wagtail", "start"], "bare")
        wagtail = running.enter_context(serving("bare.wsgi:application", work / "wagtail", TEST_PORT + 1, env))
        constant = work / "constant.html"
        page = urllib.request.Request(portal.base + pages["playlist"], headers=dict([OWN_HOST]))  # noqa: S310 loopback
        with urllib.request.urlopen(page) as answer:  # noqa: S310 loopback
            constant.write_bytes(answer.read())
        env = bare_project(work / "django", ["django-admin", "startproject"], "constant")
        (work / "django" / "constant" / "urls.py").write_text(CONSTANT.format(content=str(constant)))
        django = running.enter_context(serving("constant.wsgi:application", work / "django", TEST_PORT + 2, env))

        measured = {UNTOUCHED: (wagtail, "/"), CONSTANT_VIEW: (django, "/")}
        peers = {UNTOUCHED: UNTOUCHED, CONSTANT_VIEW: CONSTANT_VIEW}
        for name, path in pages.items():
            own = (portal, path, "-H", ": ".join(OWN_HOST))
            measured |= {name: (*own, *NOT_KEPT), f"{name}, kept": own}
            measured[f"{name} among {CROWD:,} activities"] = (crowd, *own[1:], *NOT_KEPT)
            peers |= {name: UNTOUCHED, f"{name}, kept": CONSTANT_VIEW, f"{name} among {CROWD:,} activities": name}
        best = dict.fromkeys(measured, 0.0)
        for _round in range(ROUNDS):
            for name, (server, *how) in measured.items():
                best[name] = max(best[name], server.rate(*how))
    for name, per_second in best.items():
        ratio = per_second / best[peers[name]]
        sys.stdout.write(f"| {name} | {per_second:,.0f}/s | {ratio:.2f} × {peers[name]} |\n")


if __name__ == "__main__":
    main()
