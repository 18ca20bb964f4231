"""Work in a process of its own ends when it takes too much."""

import pytest

from portal.files import confined
from portal.files.confined import SLOW, run_confined

PROGRAMS = {
    "greedy": "x = [b'x' * 2_000_000 for _ in range(1000)]",
    "endless": "while True: pass",
    "asleep": "import time; time.sleep(60)",
    "writer": "import pathlib; pathlib.Path('written').write_text('more than nothing')",
}


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder with small programs beside the portal's own modules."""
    for name, text in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(text)
    (tmp_path / "portal").symlink_to(confined.ROOT / "portal")
    monkeypatch.setattr(confined, "ROOT", tmp_path)
    return tmp_path


def test_module_reads_the_content_and_its_output_comes_back(programs):
    (programs / "louder.py").write_text(
        "import sys; sys.stdout.write(sys.argv[1] + sys.stdin.read().upper()); sys.exit(3)"
    )

    assert run_confined("louder", "so: ", content=b"quiet", seconds=2) == (3, b"so: QUIET")


def test_memory_is_limited(programs):
    assert run_confined("greedy", content=b"", seconds=2).code == 1


@pytest.mark.parametrize("name", ["endless", "asleep"])
def test_time_is_limited(programs, name):
    assert run_confined(name, content=b"", seconds=1).code == SLOW


def test_no_file_can_be_written(programs):
    assert run_confined("writer", content=b"", seconds=2).code == 1
    assert (programs / "written").read_bytes() == b""
