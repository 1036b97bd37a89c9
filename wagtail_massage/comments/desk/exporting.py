"""What a lane's filters find as a spreadsheet: CSV or XLSX, in the user's scope, in the lane's order.

There is no e-mail address, network or key in it. Spreadsheet programs run a cell that begins like a formula, so such a
text gets an apostrophe in front (`guard`); in XLSX every cell is typed as text besides. Rows are read and written a few
hundred at a time, so memory does not grow with their number.
"""

from __future__ import annotations

import csv
import io
import re
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from ..models import CommentReport, CommentVerdict, ModerationEvent, VisitorComment
from ..states import ReportReason
from . import words
from .access import DeskMixin, desk_url
from .listing import open_lane

_CHUNK = 500  # comments that are in memory at a time

COLUMNS = (
    gettext_lazy("Page"),
    gettext_lazy("Name"),
    gettext_lazy("Status"),
    gettext_lazy("Written"),
    gettext_lazy("Comment"),
    gettext_lazy("Reasons"),
    gettext_lazy("Address on the desk"),
)

_TRIGGERS = frozenset("=+-@\N{MINUS SIGN}|%")
_BREAKS = frozenset("\t\r\n\0")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CELL_MAX = 32_767  # characters, by Excel's limits
_APOSTROPHE = "'"


def guard(text: str) -> str:
    """Return `text` as a cell that no spreadsheet program takes for a formula.

    Taking the first character off every cell that begins with an apostrophe and would need one gives the text back.
    """
    return _APOSTROPHE + text if is_active(text.lstrip(_APOSTROPHE)) else text


def unguard(cell: str) -> str:
    """Return the text that `guard` made the cell of."""
    is_guarded = cell.startswith(_APOSTROPHE) and is_active(cell.lstrip(_APOSTROPHE))
    return cell[1:] if is_guarded else cell


def is_active(text: str) -> bool:
    """Tell whether a program might run `text`: it begins with a sign of a formula, be it full-width or small, or
    behind blanks and characters that nobody sees; or with a break, which some programs drop."""
    if text[:1] in _BREAKS:
        return True
    for character in text:
        if character.isspace() or unicodedata.category(character) in {"Cf", "Cc"}:
            continue
        return not _TRIGGERS.isdisjoint(unicodedata.normalize("NFKC", character))
    return False


class SpreadsheetView(DeskMixin, View):
    """The comments of a lane with the filters of the address, as a file."""

    http_method_names = ["get", "head", "options"]
    format = "csv"

    def get(self, request: HttpRequest, lane: str) -> HttpResponseBase:
        comments = open_lane(request, lane).get_moderated()
        name = f"comments-{lane}-{timezone.localdate():%Y-%m-%d}.{self.format}"
        rows = rows_of(comments, request.build_absolute_uri)
        return xlsx_response(rows, name) if self.format == "xlsx" else csv_response(rows, name)


def rows_of(comments: QuerySet[VisitorComment], absolute: Any) -> Iterator[list[list[str]]]:
    """Return the rows of `comments` in chunks, the headings first. One query for all numbers, four for each chunk."""
    pattern = absolute(desk_url("inspect", 0))
    pks = comments.select_related(None).prefetch_related(None).values_list("pk", flat=True)
    # What streams runs after the view, when the admin's language and time zone are no longer in force.
    return _chunks(list(pks), pattern, translation.get_language(), timezone.get_current_timezone())


def _chunks(pks: list[int], pattern: str, language: str, zone: Any) -> Iterator[list[list[str]]]:
    with translation.override(language):
        headings = [str(heading) for heading in COLUMNS]
    yield [headings]
    for start in range(0, len(pks), _CHUNK):
        with translation.override(language), timezone.override(zone):
            rows = _rows(pks[start : start + _CHUNK], pattern)
        yield rows


def _rows(pks: list[int], pattern: str) -> list[list[str]]:
    """Return the rows of some comments; four queries. What belongs to a comment is not prefetched: that makes circles
    of objects, which stay in memory long after the chunk is sent."""
    comments = VisitorComment.objects.select_related("page", "thread").in_bulk(pks)
    verdicts = _by_comment(CommentVerdict.objects.filter(comment__in=pks))
    reports = _by_comment(CommentReport.objects.filter(comment__in=pks, handled_at=None))
    events = _by_comment(ModerationEvent.objects.filter(comment__in=pks).exclude(reason=""))
    rows = []
    for comment in (comments[pk] for pk in pks if pk in comments):
        pk = comment.pk
        rows.append(_row(comment, _reasons(verdicts[pk], reports[pk], events[pk]), pattern))
    return rows


def _by_comment(found: QuerySet[Any]) -> dict[int, list[Any]]:
    grouped = defaultdict(list)
    for row in found.order_by("pk"):
        grouped[row.comment_id].append(row)
    return grouped


def _row(comment: VisitorComment, reasons: list[str], pattern: str) -> list[str]:
    values = [
        comment.page.title if comment.page else comment.thread.page_title,
        comment.author_name,
        comment.get_status_display(),
        timezone.localtime(comment.created_at).strftime("%Y-%m-%d %H:%M"),
        comment.body,
        "; ".join(reasons),
        f"/{comment.pk}/".join(pattern.rsplit("/0/", 1)),
    ]
    return [guard(value) for value in values]


def _reasons(
    verdicts: list[CommentVerdict], reports: list[CommentReport], events: list[ModerationEvent]
) -> list[str]:
    """Return what checks, visitors and moderators objected to, each once."""
    said: list[Any] = [
        words.reason_of(row) for row in words.latest(verdicts) if row.outcome > CommentVerdict.Outcome.PASS
    ]
    said += [ReportReason(report.reason).label for report in reports]
    said += [words.EVENT_REASONS.get(event.reason, "") for event in events]
    return list(dict.fromkeys(str(reason) for reason in said if reason))


def csv_response(chunks: Iterator[list[list[str]]], name: str) -> StreamingHttpResponse:
    """Return a CSV file that is made while it is sent: UTF-8 with the mark that Excel looks for, all cells quoted."""
    response = StreamingHttpResponse(_csv(chunks), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


def _csv(chunks: Iterator[list[list[str]]]) -> Iterator[bytes]:
    yield "\ufeff".encode()
    for rows in chunks:
        text = io.StringIO(newline="")
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows(rows)
        yield text.getvalue().encode("utf-8", "replace")


def xlsx_response(chunks: Iterator[list[list[str]]], name: str) -> FileResponse:
    """Return a workbook with one sheet, made on disk before it is sent."""
    from openpyxl import Workbook

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(_("Comments"))
    for rows in chunks:
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    workbook.save(file)
    file.seek(0)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _private(FileResponse(file, as_attachment=True, filename=name, content_type=kind))


def _cell(sheet: Any, value: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, _NOT_IN_XML.sub("\ufffd", value)[:_CELL_MAX])
    cell.data_type = "s"  # whatever it was taken for: a formula, an error such as "#REF!"
    return cell


def _private(response: Any) -> Any:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
