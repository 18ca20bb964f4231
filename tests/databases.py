"""Migrated template databases: built once for a set of migrations, copied for each run."""

import fcntl
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from portal.bootstrap import DEMO, ROOT, SCHEMA, fingerprint

TEMPLATES = ROOT / "var" / "templates"
TEST_PORT = int(os.environ.get("TEST_PORT", "8731"))
_copies = itertools.count(1)
FINGERPRINTS = {"migrated": fingerprint(SCHEMA), "demo": f"{fingerprint(DEMO)}-{TEST_PORT}"}


def template(kind: str) -> Path:
    """Return a prepared installation folder: `migrated` is empty but for the page tree, `demo` has the network."""
    folder = TEMPLATES / f"{kind}-{FINGERPRINTS[kind]}"
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            building = folder.with_suffix(".building")
            shutil.rmtree(building, ignore_errors=True)
            if kind == "demo":
                shutil.copytree(template("migrated"), building)
            environment = {**os.environ, "VAR_DIR": str(building), "DEMO": "1", "PORT": str(TEST_PORT)}
            for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "KEY_ENCRYPTION_KEY", "BASE_URL", "EMAIL_URL"):
                environment.pop(name, None)
            environment["DJANGO_SETTINGS_MODULE"] = "portal.settings"
            words = ["prepare"] if kind == "demo" else ["prepare", "--bare"]
            subprocess.run([sys.executable, str(ROOT / "manage.py"), *words], env=environment, cwd=ROOT, check=True)
            for old in TEMPLATES.glob(f"{kind}-*"):
                if old != building:
                    shutil.rmtree(old)
            building.rename(folder)
    return folder


def use_fresh_copy() -> None:
    """Point this process at a fresh copy of the migrated template, under a name that was not used before.

    A thread of an earlier test may still hold the old copy; nothing it does there reaches the new one.
    """
    number = next(_copies)
    connection.close()
    if connection.vendor == "sqlite":
        target = settings.VAR_DIR / f"test-{number}.sqlite3"
        shutil.copy(template("migrated") / "waymark.sqlite3", target)
        connection.settings_dict["NAME"] = str(target)
        for old in settings.VAR_DIR.glob(f"test-{number - 2}.sqlite3*"):
            old.unlink()
    else:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        target = f"waymark_test_{worker}_{number % 3}"
        os.environ["DATABASE_URL"] = server_copy(target)
        connection.settings_dict["NAME"] = target


def server_copy(target: str, *, survives_crash: bool = False) -> str:
    """Make a fresh copy of the migrated PostgreSQL template, building that when it is missing; returns its address.

    A copied sequence writes its next 32 numbers to no log; without a checkpoint they are drawn again after a crash.
    """
    source = f"waymark_template_{FINGERPRINTS['migrated']}"
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (
        (TEMPLATES / "server.lock").open("w") as lock,
        psycopg.connect(database_url("postgres"), autocommit=True) as server,
    ):
        fcntl.flock(lock, fcntl.LOCK_EX)  # a template that is being built or copied cannot be copied by another process
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [source]).fetchone():
            build_on_server(server, source)
        server.execute(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        if survives_crash:
            server.execute("CHECKPOINT")
    return database_url(target)


def build_on_server(server, source: str) -> None:
    """Migrate a database under another name first, so that a half-built one is never taken for the template."""
    building = f"{source}_building"
    server.execute(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
    server.execute(f'CREATE DATABASE "{building}"')
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(building),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEMO": "1",
    }
    subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "prepare", "--bare"], env=environment, cwd=ROOT, check=True
    )
    server.execute(f'ALTER DATABASE "{building}" RENAME TO "{source}"')


def database_url(name: str) -> str:
    """Return the address of another database on the same server."""
    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + f"/{name}"
