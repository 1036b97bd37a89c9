"""The words that tell a promised count in a title from any other number.

All words are in casefolded form. The lists are vocabulary, not rules; the rules are in ``title_count``.
"""


def _words(text: str) -> list[str]:
    return text.split()


_SMALL = _words("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen
""")
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")

WORDS_BY_NUMBER: dict[int, str] = {
    **dict(enumerate(_SMALL, 1)),
    **{ten * 10: word for ten, word in enumerate(_TENS, 2)},
    **{
        ten * 10 + unit: f"{word}-{_SMALL[unit - 1]}"
        for ten, word in enumerate(_TENS, 2)
        for unit in range(1, 10)
    },
}
"""1 to 99 in English words."""

NUMBER_WORDS: dict[str, int] = {word: number for number, word in WORDS_BY_NUMBER.items() if "-" not in word}
"""The single words among them: one to twenty and the tens."""

ENGLISH_NOUNS = frozenset(
    _words("""
        reason benefit way tip sign fact myth step thing idea cause rule mistake habit secret question
        trick perk advantage lesson truth type kind method hack factor symptom example point use effect
        misconception exercise technique recipe answer suggestion excuse warning principle
    """)
)
"""Nouns of list articles in the singular; each makes its plural with -s."""

FOREIGN_NOUN_STEMS = tuple(
    _words("""
        razón razon razõe motivo benefici benefíci consejo maneras formas ventaja vantage cosas coisas
        señales sinais mitos pasos passos errores erros trucos truques dicas hábitos ideas ideias raison
        bienfait bénéfice avantage astuce conseils façon manières choses signes mythes étapes idées
        erreurs gründe vorteil tipps schritte dinge wege möglichkeit anzeichen mythen fehler fakten
        ideen methoden übungen regeln wirkungen motivi ragioni consigli modi cose segni vantaggi errori
        passi idee trucchi miti redenen voordelen manieren dingen stappen tekenen feiten mythes sposob
        sposoby powod korzyści porad wskazów rzeczy kroków błędów mitów czynnik zalet oznak důvod tipů
        způsob výhod skäl fördelar sätt saker grunde fordele måder grunner fordeler måter причин способ
        совет преимуществ вещей фактов шагов мифов
    """)
)
"""Beginnings of plural nouns of list articles in other languages."""

COUNTER_SUFFIXES = tuple(_words("つ 選 個 か条 ヶ条 カ条 の 大 选 个 種類 种 條 条 가지"))
"""Counter words that directly follow the digits in Japanese, Chinese and Korean."""

LABELS_BEFORE = frozenset(
    _words("""
        level no nr number part chapter phase stage room suite page volume vol grade age aged over under
        nearly almost about reason benefit tip step sign myth fact day week month year season episode
        unit studio type than around up plus
    """)
)
"""Words after which a number is a label or a rough figure."""

UNITS = frozenset(
    _words("""
        m min mins hr hrs h day days night nights week weeks month months year years yr yrs yo star
        stars starred course courses hand hands handed percent per pound pounds euro euros dollar
        dollars quid p mile miles km kg g ml l oz lb lbs cm mm degree degrees carat karat ct am pm a x
        person persons people guest guests seasons th st nd rd off hundred thousand million stunde
        stunden tage tag jahre sterne heure heures jours ans étoiles hora horas días dias años anos
        estrellas ore giorni anni stelle godzin godziny dni lat gwiazdek uur dagen jaar sterren
    """)
)
"""Words after which a number measures or prices something."""

UNIT_STEMS = ("minut", "hour", "second", "sekund")

GAP_STOPPERS = frozenset(
    _words("""
        of in on for to the a an with from by at as our your my their his her its is are was were or per
        if when that who which will can than then into over under und oder de du des le la les el los
        del y e et
    """)
)
"""Words that cannot stand between a count and its noun."""

OFFER_WORDS = frozenset(_words("price off free offer offers save discount deal deals £ $ € %"))
