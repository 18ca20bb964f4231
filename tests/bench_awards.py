"""How fast a badge is awarded to a list: uploaded as XLSX, read and checked, then signed by one worker and by two.

python -m tests.bench_awards [rows]     on SQLite; under tools/with-services on PostgreSQL
"""

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter

from tests import databases
from tests.portal_process import ROOT, TEST_PORT

ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
var = Path(tempfile.mkdtemp(prefix="waymark-bench-")) / "var"
shutil.copytree(databases.template("migrated"), var)
os.environ |= {"VAR_DIR": str(var), "DEMO": "1", "PORT": str(TEST_PORT), "DJANGO_SETTINGS_MODULE": "portal.settings"}
if "DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = databases.server_copy("waymark_bench")

from tests.faults import crowd  # noqa: E402 sets Django up in this environment

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402 isort: skip
from django.conf import settings  # noqa: E402 isort: skip
from django.db import connection  # noqa: E402 isort: skip
from django.test import Client  # noqa: E402 isort: skip

from badges.actions.lists import award_list, begin_list  # noqa: E402 isort: skip
from badges.actions.reading import read_list  # noqa: E402 isort: skip
from badges.models import Assertion, AwardBatch, AwardRow, BadgeClass  # noqa: E402 isort: skip
from portal.accounts.models import Person  # noqa: E402 isort: skip
from portal.files.gate import Admitted  # noqa: E402 isort: skip

TICKS = os.sysconf("SC_CLK_TCK")


def workbook(rows: int, mark: str) -> bytes:
    """Return a workbook with so many people."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["E-mail", "First name", "Last name"])
        for n in range(1, rows + 1):
            sheet.write_row(n, 0, [f"{mark}{n}@example.org", "Ugnė", f"Žydrūnaitė {n}"])
    return file.getvalue()


class Worker:
    """A worker process, and what it used."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT)

    def seconds(self) -> float:
        """Return the processor time used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self) -> float:
        """Return the most memory held so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(30)


def awarded(badge, owner, mark, workers):
    """Award to a list with so many workers; return rates, memory and the median time of workspace pages."""
    content = workbook(ROWS, mark)
    batch = begin_list(badge, Admitted("list.xlsx", content, ""), by=owner, language="en")
    started = time.perf_counter()
    read_list(batch)
    reading = ROWS / (time.perf_counter() - started)
    batch = award_list(AwardBatch.objects.get(pk=batch.pk), by=owner)
    client = Client()
    client.force_login(owner)
    pages = [batch.get_absolute_url(), badge.workspace_url, f"/workspace/{badge.organiser.slug}/issued/"]
    team = [Worker() for _number in range(workers)]
    while not batch.rows.exclude(state="due").exists():
        time.sleep(0.05)
    begun, used, before = time.perf_counter(), [worker.seconds() for worker in team], left(batch)
    times = []
    while left(batch):
        for page in pages:
            asked = time.perf_counter()
            assert client.get(page).status_code == 200
            times.append(time.perf_counter() - asked)
        time.sleep(0.2)
    took = time.perf_counter() - begun
    processor = sum(worker.seconds() for worker in team) - sum(used)
    memory = max(worker.megabytes() for worker in team)
    for worker in team:
        worker.stop()
    return reading, before / took, before / processor, memory, statistics.median(times) * 1000


def left(batch) -> int:
    return AwardRow.objects.filter(batch=batch, state="due").count()


def main() -> None:
    """Print a line for one worker and for two."""
    settings.ALLOWED_HOSTS.append("testserver")
    crowd.build(0)
    owner, badge = Person.objects.get(email="owner@example.org"), BadgeClass.objects.first()
    key = Ed25519PrivateKey.generate()
    started = time.process_time()
    for _time in range(20_000):
        key.sign(b"x" * 2000)
    raw = 20_000 / (time.process_time() - started)
    for workers in (1, 2):
        reading, wall, core, memory, page = awarded(badge, owner, f"w{workers}n", workers)
        sys.stdout.write(
            f"| XLSX of {ROWS:,}, {connection.vendor}, {workers} worker(s) | read, checked, stored {reading:,.0f}/s | "
            f"awarded {wall:,.0f}/s, {core:,.0f} per core-second = {core / raw:.3f} × raw Ed25519 | "
            f"{memory:.0f} MB | workspace page {page:.0f} ms |\n"
        )
    assert Assertion.objects.count() == 2 * ROWS
    shutil.rmtree(var.parent)


if __name__ == "__main__":
    main()
