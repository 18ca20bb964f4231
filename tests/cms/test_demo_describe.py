"""What `manage.py demo --describe` says where nothing was started yet."""

import subprocess
import sys

from portal.bootstrap import ROOT
from tests.portal_process import environment


def test_before_the_first_start_it_says_so_in_a_sentence(tmp_path):
    asked = [sys.executable, str(ROOT / "manage.py"), "demo", "--describe"]

    answer = subprocess.run(asked, cwd=ROOT, env=environment(tmp_path), capture_output=True, text=True)

    assert answer.returncode == 1
    assert "There is no database yet: start the portal once" in answer.stderr
    assert "Traceback" not in answer.stderr
