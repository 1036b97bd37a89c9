"""Numbers that begin a heading: "1.", "2)", "#3:", "Reason 4 –", "Number Five:", "6️⃣"."""

import re
from typing import NamedTuple

from wagtail_massage.benefits.title_words import NUMBER_WORDS

LONGEST_HEADING = 120  # characters; longer paragraphs are text with a number
_SENTENCE_ENDS = (".", ";", ",")
_ELLIPSES = ("...", "…")

_ORDINAL = re.compile(
    r"""
    (?:(?P<label>[^\W\d_]{1,20})\.?[ \t\xa0]+|(?P<open>\())?     # "Reason", "No."
    (?P<hash>\#|№\ ?|[Nn][º°]\ ?)?
    (?:(?P<digits>\d{1,6})(?P<keycap>\ufe0f?\u20e3)?|(?P<word>[A-Za-z]{3,9}))
    (?:
      (?P<sign>[.):：．、]{1,2}-?)(?=[\s"'“‘(¿¡*_]|[^\W\d])     # "1.", "1)", "1:", "1.)"
      | [ \t\xa0]+(?P<dash>[-–—])[ \t\xa0]+                      # "1 – "
      | (?P<tight>[–—])(?=[^\W\d])                               # "1–"
      | (?=[ \t\xa0])                                            # "#1 ", keycaps
    )
    [ \t\xa0]*
    (?=\S)
    """,
    re.VERBOSE,
)


class Ordinal(NamedTuple):
    """A paragraph's leading number. ``shape`` is equal for numbers written in the same way."""

    number: int
    shape: tuple[str, str]  # label or "#", sign
    length: int  # characters up to the title


def parse_ordinal(text: str) -> Ordinal | None:
    """Return the number that begins the text, None when it begins with none or nothing follows it."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    label, word, digits = (match["label"] or "").casefold(), match["word"], match["digits"]
    number = int(digits) if digits else NUMBER_WORDS.get((word or "").lower())
    sign = match["sign"] or match["dash"] or match["tight"] or ""
    if number is None or not _is_marked(match, label, sign):
        return None
    return Ordinal(number, ("#" if match["hash"] else label, sign[:1]), match.end())


def _is_marked(match: re.Match[str], label: str, sign: str) -> bool:
    """Tell a number that counts from one that belongs to the sentence: "5 things", "Room 7) …"."""
    if match["dash"] and not (label or match["hash"]) and match.string[match.end()].isdecimal():
        return False  # "10 - 15 minutes"
    if match["open"]:
        return sign.startswith(")") and not match["hash"]
    return bool(sign or match["keycap"] or (match["hash"] and not label))


def reads_as_sentence(title: str) -> bool:
    """Say whether the text after a number is running text rather than a heading."""
    if len(title) > LONGEST_HEADING:
        return True
    return title.endswith(_SENTENCE_ENDS) and not title.endswith(_ELLIPSES)


_COLON = re.compile(r"[:：]\s+|：")
_DASH = re.compile(r"\s+[–—-]\s+")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.!?])\s+|(?<=[。！？])")


def split_heading(text: str) -> tuple[str, str]:
    """Divide "Heading: text" into its parts; the second is empty when there is no safe place to cut.

    A colon cuts best, then a dash, then the end of the first sentence; the first two go, a full stop stays.
    """
    window = text[: LONGEST_HEADING + 10]
    sentence = _SENTENCE.search(window)
    limit = sentence.start() if sentence else len(window)
    for pattern in (_COLON, _DASH):
        cut = pattern.search(window)
        if cut and 0 < cut.start() < min(limit, LONGEST_HEADING):
            return text[: cut.start()].rstrip(), text[cut.end() :].lstrip()
    if sentence and sentence.start() <= LONGEST_HEADING:
        return text[: sentence.start()], text[sentence.end() :].lstrip()
    return text, ""
