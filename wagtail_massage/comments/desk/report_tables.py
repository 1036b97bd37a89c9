"""The figures of the report in words: tables for eyes, ears and spreadsheets, and the pictures that go with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Choices
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from . import charts, figures, words
from .access import desk_url
from .charts import Axis, Box, Chart
from .figures import Fate, Frame, Outcome
from .health_words import age

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A number for people, and the same as a spreadsheet calculates with it."""

    text: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of a table. `name` is for people, and where `value` is empty for spreadsheets, too; `url` leads to what
    is counted, `bar` shows it."""

    name: str
    cells: list[Cell]
    value: str = ""
    url: str = ""
    bar: list[Box] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Table:
    """One part of the report.

    Attributes:
        slug: its name in addresses.
        told: the picture in a sentence, or why there is none.
        columns: the headings; the first is that of the rows' names.
        sheet_columns: the same for spreadsheets, where they differ.
        rows: empty where there is nothing to tell.
        chart: the picture, where it is not made of bars in the rows.
        legend: the kinds of things in the picture, with their names.
    """

    slug: str
    title: Words
    told: str
    columns: list[Words]
    rows: list[Row]
    sheet_columns: list[Words] = field(default_factory=list)
    chart: Chart | None = None
    legend: Mapping[str, Words] = field(default_factory=dict)


def outcomes(frame: Frame) -> Table:
    weeks = figures.outcomes(frame)
    together: Counter[str] = sum(weeks, Counter())
    legend = {name: label for name, label in Outcome.choices if together[name]}
    return Table(
        slug="outcomes",
        title=_("Comments per week"),
        told=_outcomes_told(together),
        columns=[_("Week of"), *Outcome.labels, _("Together")],
        rows=_by_week(frame, (_counts(week, Outcome) for week in weeks)) if together else [],
        chart=charts.columns(weeks, legend, _axis(frame)) if together else None,
        legend=legend,
    )


def _outcomes_told(together: Counter[str]) -> str:
    if not together:
        return _("Nobody has written a comment in these weeks.")
    return ngettext(
        "%(count)d comment was written; %(approved)d of them is approved by now, %(waiting)d waits.",
        "%(count)d comments were written; %(approved)d of them are approved by now, %(waiting)d wait.",
        together.total(),
    ) % {
        "count": together.total(),
        "approved": together[Outcome.APPROVED],
        "waiting": together[Outcome.WAITING],
    }


_CURVES = ("median", "ninetieth")


def waits(frame: Frame) -> Table:
    weeks = figures.waits(frame)
    decided = sum(week.decided for week in weeks)
    legend: dict[str, Words] = {"median": _("Half of them within"), "ninetieth": _("Nine of ten within")}
    rows = {name: [_seconds(getattr(week, name)) for week in weeks] for name in _CURVES}
    chart = charts.curves(rows, legend, _axis(frame), unit=_span, steps=_SPANS) if decided else None
    cells = ([_count(week.decided), _wait(week.median), _wait(week.ninetieth)] for week in weeks)
    return Table(
        slug="waits",
        title=_("Time to decision"),
        told=_waits_told(decided),
        columns=[_("Week of"), _("Decisions"), *legend.values()],
        sheet_columns=[
            _("Week of"),
            _("Decisions"),
            _("Half of them within (hours)"),
            _("Nine of ten within (hours)"),
        ],
        rows=_by_week(frame, cells) if decided else [],
        chart=chart,
        legend=legend,
    )


def _waits_told(decided: int) -> str:
    if not decided:
        return _("Nobody has decided about a waiting comment in these weeks.")
    return ngettext(
        "How long a comment waited in Pending until somebody decided; %(count)d decision, by its week.",
        "How long comments waited in Pending until somebody decided; %(count)d decisions, by their weeks.",
        decided,
    ) % {"count": decided}


def pages(frame: Frame) -> Table:
    found = figures.busiest(frame)
    most = max((row.total for row in found), default=0)
    legend = {Outcome.APPROVED: _("Approved"), Outcome.REJECTED: _("Rejected or spam"), "other": _("Other")}
    return Table(
        slug="pages",
        title=_("Pages with most comments"),
        told=_("What was written in these weeks.")
        if found
        else _("No page was commented on in these weeks."),
        columns=[_("Page"), _("Comments"), _("Approved"), _("Rejected or spam")],
        rows=[_page_row(row, most) for row in found],
        legend={name: label for name, label in legend.items() if found},
    )


def _page_row(row: figures.Busy, most: int) -> Row:
    page: Any = row.thread.page
    other = row.total - row.approved - row.refused
    parts = {Outcome.APPROVED: row.approved, Outcome.REJECTED: row.refused, "other": other}
    return Row(
        name=page.get_admin_display_title()
        if page
        else _("%(title)s (deleted)") % {"title": row.thread.page_title},
        url=f"{desk_url('lane', 'all')}?{urlencode({'page': page.pk})}" if page else "",
        cells=[_count(row.total), _count(row.approved), _count(row.refused)],
        bar=charts.bar(parts, of=most, is_rtl=get_language_bidi()),
    )


def reasons(frame: Frame) -> Table:
    found = figures.reasons(frame)
    most = max((count for _code, count in found), default=0)
    told = _("Why comments were rejected or removed, as the moderators said.")
    return Table(
        slug="reasons",
        title=_("Reasons"),
        told=told if found else _("No comment was rejected or removed by a person in these weeks."),
        columns=[_("Reason"), _("Comments")],
        rows=[
            Row(
                name=str(words.EVENT_REASONS.get(code, code)) if code else _("No reason given"),
                cells=[_count(count)],
                bar=charts.bar({Outcome.REJECTED: count}, of=most, is_rtl=get_language_bidi()),
            )
            for code, count in found
        ],
    )


def precision(frame: Frame) -> Table:
    found = figures.precision(frame)
    most = max((row.held for row in found), default=0)
    told = _(
        "What people decided about comments that a check had held. A check is right when they were not approved in the "
        "end; what nobody has decided yet does not count."
    )
    return Table(
        slug="precision",
        title=_("How often the checks were right"),
        told=told if found else _("No check has held a comment in these weeks."),
        columns=[_("Check"), _("Held"), *Fate.labels, _("Right")],
        rows=[_precision_row(row, most) for row in found],
        legend={name: label for name, label in Fate.choices if any(row.fates[name] for row in found)},
    )


def _precision_row(row: figures.Precision, most: int) -> Row:
    return Row(
        name=str(words.CHECKS.get(row.check, row.check)),
        cells=[_count(row.held), *(_count(row.fates[name]) for name in Fate.values), _share(row.right)],
        bar=charts.bar({name: row.fates[name] for name in Fate.values}, of=most, is_rtl=get_language_bidi()),
    )


TABLES: Mapping[str, Callable[[Frame], Table]] = {
    "outcomes": outcomes,
    "waits": waits,
    "pages": pages,
    "reasons": reasons,
    "precision": precision,
}
"""The parts of the report in their order, by the name that each has in addresses."""


def _axis(frame: Frame) -> Axis:
    # Translators: how a day is written below a chart, without the year; see Django's template filter "date".
    short = pgettext("day on an axis", "j M")
    names = [formats.date_format(timezone.localtime(start), short) for start in frame.starts]
    return Axis(names=names, is_rtl=get_language_bidi())


def _by_week(frame: Frame, cells: Iterable[list[Cell]]) -> list[Row]:
    """Return a row for each week, the newest first: that is what is looked for."""
    rows = [_week_row(start, row) for start, row in zip(frame.starts, cells, strict=True)]
    return rows[::-1]


def _week_row(start: datetime, cells: list[Cell]) -> Row:
    day = timezone.localtime(start)
    return Row(name=formats.date_format(day, "DATE_FORMAT"), value=f"{day:%Y-%m-%d}", cells=cells)


def _counts(week: Counter[str], kinds: type[Choices]) -> list[Cell]:
    return [*(_count(week[name]) for name in kinds.values), _count(week.total())]


def _count(number: int) -> Cell:
    return Cell(text=formats.number_format(number, force_grouping=True), value=str(number))


def _share(share: float | None) -> Cell:
    if share is None:
        return Cell(text="–", value="")
    return Cell(text=_("%(share)d %%") % {"share": round(share * 100)}, value=f"{share:.3f}")


def _wait(waited: timedelta | None) -> Cell:
    """Return a wait; spreadsheets get hours."""
    seconds = _seconds(waited)
    if seconds is None:
        return Cell(text="–", value="")
    return Cell(text=_span(seconds), value=f"{seconds / 3600:.2f}")


_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_SPANS: Sequence[float] = (
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 4, 7, 14, 28, 91, 182, 364, 728)),
)
"""What a scale of waits counts by, in seconds."""


def _seconds(waited: timedelta | None) -> float | None:
    return None if waited is None else max(0.0, waited.total_seconds())


def _span(seconds: float) -> str:
    start = datetime.min
    return age(start, start + timedelta(seconds=seconds))
