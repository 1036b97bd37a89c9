"""Where the last entry ends and the closing part begins."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .paragraphs import Paragraph

_CUES = re.compile(
    r"""[¿¡"'“‘*_(]*(?:
    as\ you\ can\ see | as\ you(?:['’]ve|\ have)\ seen | as\ we(?:['’]ve|\ have)\ seen | as\ shown\ above
    | (?:in|to)\ (?:conclusion|conclude|summary|summari[sz]e|closing|short) | (?:to\ sum|summing)\ (?:it\ all\ )?up
    | (?:so,?\ )?there\ you\ have\ it | (?:and\ )?(?:so,?\ )?that(?:['’]s|\ is)\ (?:it|our|my|all|a\ wrap)\b
    | (?:so,?\ )?(?:those|these)\ (?:are|were)\ (?:all\ )?
      (?:just|only|our|my|the|some|a\ few|\d{1,3}|(?:[a-z]+\ ){1,2}(?:reasons|benefits|ways|tips|ideas|suggestions))\b
    | (?:so,?\ )?what\ (?:do|would|about)\ you\b
    | overall\b | all\ in\ all | all\ things\ considered | the\ bottom\ line
    | (?:to\ wrap|wrapping)\ (?:it\ |things\ )?up
    | now\ (?:that\ )?you\ know | with\ (?:all|so\ many)\ (?:of\ )?(?:these|those|this|benefits|reasons)
    | (?:so,?\ )?(?:are\ you\ )?ready\ (?:to|for)\b | (?:so,?\ )?why\ not\ (?:book|treat|give|try|come|pop|call)
    | (?:book|reserve|schedule)\ (?:now|your|yours|a|an|today|in|online|with|one|via)\b
    | (?:please\ )?(?:contact|call|ring|e-?mail|message|visit)\ (?:us|our|the\ (?:spa|team|studio|clinic))\b
    | (?:get|keep)\ in\ touch | to\ (?:book|find\ out\ more|learn\ more|make\ an\ appointment)\b
    | (?:if\ you(?:['’]d|\ would)\ like|if\ you\ want|want|looking|interested\ in\ \w+ing|would\ you\ like)\ (?:to\ )?
      (?:book|try|experience|find\ out\ more|learn\ more|know\ more|make\ an\ appointment)\b
    | (?:still\ )?(?:not|un)\ ?sure\ (?:which|what|where|whether|if)\b | whichever\ .{1,60}\ you\ (?:choose|pick|try)
    | (?:thank\ you|thanks)\ for\ reading | (?:let|tell)\ us\ (?:know|in\ the\ comments)
    | we\ hope\ (?:that\ )?(?:this|these|you) | i\ hope\ (?:that\ )?(?:this|these|you)
    | (?:what|which)\ (?:is|are|of\ these)\ .{0,40}\b(?:favou?rite|would\ you) | have\ we\ missed
    | fazit | zusammenfassend | insgesamt | wie\ (?:sie|du)\ (?:sehen|siehst) | alles\ in\ allem | kurz\ gesagt
    | en\ conclusion | pour\ conclure | en\ résumé | en\ somme | comme\ vous\ (?:pouvez\ le\ voir|le\ voyez)
    | prêts?\ à | en\ conclusión | en\ resumen | para\ concluir | como\ (?:puede|puedes|ves|ve)\b | listos?\ para
    | em\ conclusão | concluindo | em\ resumo | como\ (?:você\ )?(?:pode\ ver|vê) | prontos?\ para
    | in\ conclusione | in\ sintesi | come\ (?:puoi|potete)\ vedere | kortom | tot\ slot | samenvattend | conclusie
    | podsumowując | jak\ widać | sammanfattningsvis | som\ du\ ser
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_HEADINGS = frozenset(
    line.strip()
    for line in """
        conclusion, conclusions, final thoughts, final words, a final word, summary, in summary, wrapping up
        wrap up, the bottom line, bottom line, closing thoughts, closing words, in closing, in conclusion
        takeaway, the takeaway, key takeaways, references, sources, further reading, next steps
        fazit, schlusswort, zusammenfassung, quellen, en conclusion, en résumé, conclusión, en resumen
        conclusão, conclusione, conclusioni, conclusie, podsumowanie, zakończenie, sammanfattning, závěr
        まとめ, заключение
    """.replace("\n", ",").split(",")
    if line.strip()
)
_LONGEST_PLAIN_HEADING = 80  # characters
_MOST_WORDS = 10
_NO_HEADING_ENDS = (".", ",", ";", ":", "!", "…", "”", '"')
_NO_HEADING_STARTS = frozenset("-*•·▪◦–—@>|")
_SENTENCE_ENDS = (".", "!", "?", "…", ":", "”", "。")


class Closing(NamedTuple):
    """Where the closing part begins among the paragraphs of the last entry; a guess wants a person's eye."""

    start: int
    is_guess: bool = False


def find_closing(bodies: Sequence[Sequence[Paragraph]]) -> Closing | None:
    """Find the closing part at the end of the last of the entries' bodies, None when nothing shows it.

    Marks of the author come first (a separator line, a heading), then words that close an article, then the shape
    of the other entries.
    """
    *earlier, last = bodies
    start = _explicit_start(earlier, last)
    if start is not None:
        return Closing(start)
    kept = 1 if any(earlier) else 0  # an entry has text of its own when the others have
    takes_headings = not any(is_plain_heading(body, place) for body in earlier for place in range(len(body)))
    for index in range(kept, len(last)):
        if _CUES.match(last[index].text):
            return Closing(index)
        if takes_headings and is_plain_heading(last, index):
            return Closing(index, is_guess=True)
    return _by_shape(earlier, last)


def is_closing_heading(paragraph: Paragraph) -> bool:
    """Say whether a paragraph is a heading such as "Conclusion"."""
    return len(paragraph.text) < 40 and paragraph.text.rstrip(" .:!").casefold() in _HEADINGS


def is_plain_heading(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Say whether a short paragraph without an end mark stands above a longer one."""
    paragraph = paragraphs[index]
    text = paragraph.text
    if paragraph.is_rule or index + 1 >= len(paragraphs) or len(text) > _LONGEST_PLAIN_HEADING:
        return False
    if paragraph.is_marked_heading:
        return True
    if text.endswith(_NO_HEADING_ENDS) or text[0] in _NO_HEADING_STARTS or text[0].islower():
        return False
    following = paragraphs[index + 1]
    if following.is_rule or not (len(following.text) > len(text) or following.text.endswith(_SENTENCE_ENDS)):
        return False
    return any(map(str.isalnum, text)) and len(text.split()) <= _MOST_WORDS


def _explicit_start(earlier: Sequence[Sequence[Paragraph]], last: Sequence[Paragraph]) -> int | None:
    rules_inside = any(paragraph.is_rule for body in earlier for paragraph in body[:-1])
    marks_inside = any(paragraph.is_marked_heading for body in earlier for paragraph in body)
    for index, paragraph in enumerate(last):
        if paragraph.is_rule and not rules_inside:
            return index
        if (paragraph.is_marked_heading and not marks_inside) or is_closing_heading(paragraph):
            return index
    return None


def _by_shape(earlier: Sequence[Sequence[Paragraph]], last: Sequence[Paragraph]) -> Closing | None:
    """Guess from entries that all have the same number of paragraphs while the last has more."""
    sizes = {sum(not paragraph.is_rule for paragraph in body) for body in earlier}
    if sizes == {0} and len(earlier) >= 2 and last:
        return Closing(0)
    size = max(sizes, default=0)
    if len(sizes) == 1 and 0 < size < len(last) and len(earlier) >= (3 if size == 1 else 2):
        return Closing(size, is_guess=True)
    return None
