"""Writes down what stands under portal/static/vendor: name, version, and the SHA-256 of each file."""

import json
import sys
from hashlib import sha256
from pathlib import Path


def main(lock: Path, target: Path) -> None:
    packages = json.loads(lock.read_text())["packages"]
    record = {
        folder.name: {
            "version": packages[f"node_modules/{folder.name}"]["version"],
            "licence": packages[f"node_modules/{folder.name}"]["license"],
            "files": {
                str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
                for path in sorted(folder.rglob("*"))
                if path.is_file()
            },
        }
        for folder in sorted(target.iterdir())
        if folder.is_dir()
    }
    (target / "VENDORED.json").write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
