"""What Lighthouse says of four public pages of the demo, as on a phone.

python -m tests.bench_lighthouse

Prints the scores and ends with 1 when one is too low. The pages are answered as to everybody who has not signed in.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench_pages import pages_of
from tests.databases import ROOT
from tests.portal_process import running_portal

WANTED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
FOUND_BY_LINK = "badge of a learner"  # its holder decides who sees it: search engines do not
LIGHTHOUSE = ROOT / "var" / "lighthouse"


def main() -> int:
    """Print the scores of each page; return how many are too low."""
    subprocess.run([ROOT / "tests" / "lighthouse" / "install.sh", LIGHTHOUSE], check=True)
    work = Path(tempfile.mkdtemp(prefix="waymark-lighthouse-"))
    with running_portal(work) as portal:
        pages = {name: portal.base + path for name, path in pages_of(work).items() if name != "list of activities"}
        done = subprocess.run(
            ["node", LIGHTHOUSE / "measure.mjs", shutil.which("chromium"), *pages.values()],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    shutil.rmtree(work)
    found, low = json.loads(done.stdout), 0
    sys.stdout.write(f"| page | {' | '.join(WANTED)} |\n")
    for name, address in pages.items():
        scores = found[address]["scores"]
        wanted = {kind: score for kind, score in WANTED.items() if kind != "seo" or name != FOUND_BY_LINK}
        low += sum(scores[kind] < score for kind, score in wanted.items())
        sys.stdout.write(f"| {name} | {' | '.join(str(scores[kind]) for kind in WANTED)} |\n")
        sys.stdout.writelines(f"  {fault}\n" for fault in found[address]["faults"])
    return low


if __name__ == "__main__":
    sys.exit(bool(main()))
