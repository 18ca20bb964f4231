"""Tables that leave the portal, as CSV or XLSX."""

import tempfile
from collections.abc import Iterable

from django.http import FileResponse, StreamingHttpResponse

from badges.sheets.reports import report_csv, report_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_answer(header: list[str], rows: Iterable[list[str]], *, kind: str, name: str):
    """Return a table as a download; no cell of it can be a formula, and memory does not grow with its rows."""
    if kind == "csv":
        answer = StreamingHttpResponse(report_csv(header, rows), content_type="text/csv; charset=utf-8")
    else:
        file = tempfile.TemporaryFile()  # noqa: SIM115 closed with the answer
        report_xlsx(header, rows, file)
        file.seek(0)
        answer = FileResponse(file, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
