"""One style sheet and one script instead of the many small files they are written in: a page asks for each once."""

import gzip
import re
from pathlib import Path

from django.conf import settings

SOURCES = Path(__file__).resolve().parent.parent / "static"
JOINED = ["portal/css/portal.css", "portal/js/portal.js"]
STYLES = re.compile(r'^@import url\("([^"]+)"\) layer\((\w+)\);$', re.MULTILINE)
SCRIPTS = re.compile(r'^import "([^"]+)";$', re.MULTILINE)


def join_files() -> None:
    """Write the joined files, also compressed, to where static files are looked for first."""
    for name in JOINED:
        target = settings.JOINED_ROOT / name
        target.parent.mkdir(parents=True, exist_ok=True)
        content = joined(SOURCES / name).encode()
        for path, written in [(target, content), (Path(f"{target}.gz"), gzip.compress(content, mtime=0))]:
            half = path.with_suffix(".half")
            half.write_bytes(written)
            half.replace(path)


def joined(source: Path) -> str:
    """Return a file with what it imports in place of each import: styles in their layer, scripts in their own scope."""

    def styles(found):
        return f"@layer {found[2]} {{\n{(source.parent / found[1]).read_text(encoding='utf-8')}}}"

    def script(found):
        return f"{{\n{(source.parent / found[1]).read_text(encoding='utf-8')}}}"

    return SCRIPTS.sub(script, STYLES.sub(styles, source.read_text(encoding="utf-8")))
