"""The columns of an award log of another platform: which badge, to whom, on which day, taken back or not."""

from collections.abc import Sequence

from badges.sheets.columns import fold, meaning

WORDS = {
    "badge": {"badge", "badge name", "badge class", "name of the badge", "badge title", "achievement", "insignia"},
    "recipient": {"recipient", "recipient identifier", "recipient email", "recipient identity"},
    "issued_on": {
        *("issued on", "issued", "issue date", "issued at", "date issued", "issuedon", "issued date"),
        *("awarded on", "awarded", "award date", "date awarded", "date"),
    },
    "revoked": {"revoked", "is revoked", "taken back"},
}
NEEDED = ["badge", "recipient", "issued_on"]
YES = {"yes", "y", "true", "1", "x", "revoked"}


def log_columns(header: Sequence[str]) -> dict[str, int]:
    """Return field → index of the column; what is not there is missing. The first column of a name counts."""
    columns: dict[str, int] = {}
    for index, word in enumerate(header):
        for field, words in WORDS.items():
            if fold(word) in words:
                columns.setdefault(field, index)
    for field, known in {"recipient": "email", "issued_on": "activity_on"}.items():
        found = (index for index, word in enumerate(header) if meaning(word) == known)
        if field not in columns and (index := next(found, None)) is not None:
            columns[field] = index
    return columns


def log_rows(columns: dict[str, int], rows: Sequence[tuple[int, Sequence[str]]]):
    """Yield number, badge, recipient, day and whether it was taken back, as they are written."""
    for number, cells in rows:
        said = {field: cells[index].strip() for field, index in columns.items()}
        yield number, said["badge"], said["recipient"], said["issued_on"], fold(said.get("revoked", "")) in YES
