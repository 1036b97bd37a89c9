"""Dates in the heads of comments, as WordPress and its themes print them in English, and ISO 8601."""

import re
from datetime import datetime
from typing import NamedTuple

_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), 1)}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\ +)?"

DATE_PATTERN = rf"""
    {_WEEKDAY}
    (?:{_DAY}\ +(?:of\ +)?{_MONTH},?\ +\d{{4}} | {_MONTH}\ +{_DAY},?\ +\d{{4}} | \d{{4}}-\d{{2}}-\d{{2}}
      | \d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}}))
"""
"""Verbose, case-insensitive pattern of a day."""

TIME_PATTERN = r"""
    (?:,?\ *(?:\ at\ |\ @\ |@|\ [-–—|]\ |T|\ )\ *\d{1,2}[:.]\d{2}(?::\d{2})?(?:\ ?(?:[ap]m\b|[ap]\.m\.))?)
"""
"""Verbose, case-insensitive pattern of a time after the day."""

_PARTS = re.compile(
    rf"""{_WEEKDAY}
    (?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?\ +(?:of\ +)?(?P<month1>{_MONTH}),?\ +(?P<year1>\d{{4}})
      | (?P<month2>{_MONTH})\ +(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\ +(?P<year2>\d{{4}})
      | (?P<year3>\d{{4}})-(?P<month3>\d{{2}})-(?P<day3>\d{{2}}))
    (?:\D{{0,8}}?(?P<hour>\d{{1,2}})[:.](?P<minute>\d{{2}})(?::\d{{2}})?\ ?(?P<half>[ap])?.{{0,3}})?""",
    re.VERBOSE | re.IGNORECASE,
)
_AMBIGUOUS = re.compile(r"\D*\d{1,2}[/.]\d{1,2}[/.]")


class CommentDate(NamedTuple):
    """A date as ISO 8601 ("2023-08-16T12:18" or "2023-08-16"), None when it cannot be told; and why not."""

    iso: str | None
    problem: str | None = None  # code of a warning


def parse_comment_date(text: str) -> CommentDate:
    """Read a date in one of the patterns above. "04/05/2023" is not guessed at."""
    if _AMBIGUOUS.match(text):
        return CommentDate(None, "comment_date_ambiguous")
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        return CommentDate(None, "comment_date_unreadable")
    try:
        return CommentDate(_iso(match))
    except ValueError:
        return CommentDate(None, "comment_date_unreadable")


def _iso(match: re.Match[str]) -> str:
    year = int(match["year1"] or match["year2"] or match["year3"])
    month_name = (match["month1"] or match["month2"] or "")[:3].lower()
    month = _MONTHS[month_name] if month_name else int(match["month3"])
    day = int(match["day1"] or match["day2"] or match["day3"])
    if match["hour"] is None:
        return datetime(year, month, day).date().isoformat()
    hour = int(match["hour"])
    half = (match["half"] or "").lower()
    if half and hour > 12:
        half = ""  # "14:30 pm" says the same twice
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(year, month, day, hour, int(match["minute"])).isoformat(timespec="minutes")
