"""How many rows a second are read and cleaned, and in how much memory: python -m tests.badges.sheets.bench."""

import os
import resource
import sys
import time
from datetime import date

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
django.setup()

from badges.sheets.cleaning import clean_row  # noqa: E402
from badges.sheets.columns import guess_columns  # noqa: E402
from badges.sheets.likeness import looks_alike  # noqa: E402
from badges.sheets.reading import read_table  # noqa: E402
from badges.sheets.template import header_of  # noqa: E402
from tests.badges.sheets.files import xlsx  # noqa: E402

NARROW = ["E-mail", "First name", "Last name"]


def workbook(header, rows):
    """Return a list of people who share a few schools, each with facts of their own."""
    return xlsx(
        header,
        *(
            [f"person{n}@school{n % 40}.example.org", "Žydrūnė", f"Kęstutaitė {n}", "Lithuanian", "2030-03-31"][
                : len(header)
            ]
            + [f"Led walk {n}.", f"https://example.org/{n}", "2026-03-31"][: max(0, len(header) - 5)]
            for n in range(rows)
        ),
    )


def main() -> None:
    """Print one line a list."""
    for header, rows in ((NARROW, 20_000), (header_of("described", "en"), 20_000), (NARROW, 100_000)):
        content = workbook(header, rows)
        started = time.perf_counter()
        table = read_table(content)
        read = time.perf_counter()
        columns = guess_columns(table.header, table.rows)
        cleaned = [
            clean_row(
                {field: cells[index] for field, index in columns.items()},
                languages=["en", "lt"],
                today=date(2026, 11, 22),
            )
            for _number, cells in table.rows
        ]
        done = time.perf_counter()
        looks_alike([row.email for row in cleaned])
        alike = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        sys.stdout.write(
            f"| {rows:,} × {len(header)} "
            f"| read {rows / (read - started):,.0f}/s | cleaned {rows / (done - read):,.0f}/s "
            f"| both {rows / (done - started):,.0f}/s | likeness {alike - done:.2f} s | child at most {peak} MB |\n"
        )


if __name__ == "__main__":
    main()
