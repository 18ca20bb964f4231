"""From the bytes of an upload or a paste to rows, or to a sentence that says what is wrong and what to do."""

import json
from dataclasses import dataclass, field

from badges.sheets.limits import MEMORY, SECONDS, UPLOAD
from badges.sheets.sentences import note, refusal
from portal.files.confined import SLOW, run_confined
from portal.files.gate import clean_name


@dataclass(frozen=True, slots=True)
class Table:
    """A list as it was read: rows carry the number they have in the spreadsheet and are as wide as the header.

    What is worth knowing is kept as code and facts, so that each reader reads it in a language of their own.
    """

    header: list[str]
    rows: list[tuple[int, list[str]]]
    remarks: list[tuple[str, dict]] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """The remarks in words."""
        return [note(code, facts) for code, facts in self.remarks]


class Refused(ValueError):
    """The file cannot be used; `code` names the rule, `sentence` says it and the cure."""

    def __init__(self, code: str, sentence: str):
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def read_table(content: bytes, filename: str = "") -> Table:
    """Read XLSX, CSV, text or a pasted list; raises Refused. The kind is told by the content, never by the name."""
    if len(content) > UPLOAD:
        raise _refused("size", {"limit": UPLOAD // 1024 // 1024}, filename)
    if not content.strip():
        raise _refused("empty", {}, filename)
    outcome = run_confined("badges.sheets.reader", content=content, seconds=SECONDS, memory=MEMORY)
    if outcome.code:
        raise _refused("slow" if outcome.code == SLOW else "heavy" if outcome.code < 0 else "broken", {}, filename)
    answer = json.loads(outcome.output)
    if "refused" in answer:
        raise _refused(*answer["refused"], filename)
    return Table(
        answer["header"],
        [(number, cells) for number, cells in answer["rows"]],
        answer["notes"],
    )


def _refused(code, facts, filename):
    return Refused(code, refusal(code, facts, clean_name(filename) if filename else ""))
