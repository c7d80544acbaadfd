"""What an amending act says around its instructions, in English, Russian and Kyrgyz.

A law in force is amended by a law, short and with articles of its own: the list of changes, then the entry into force.
A draft is no law yet, so its list of changes stands alone and is called that (domain notes, section 1.4).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.instructing.english_uk import UnitedKingdom
from app.domain.instructing.russian_forms import quoted
from app.domain.instructions import Style
from app.domain.labels import SERIES

_QUOTED_IN_ENGLISH = re.compile(r"([^“\"]*—)([“\"].*)", re.DOTALL)
_QUOTED = re.compile(r"(.*?(?:содержания|редакции|толукталсын|баяндалсын):) ([«„].*)", re.DOTALL)
"""A sentence that quotes a whole unit: what is ordered, and the unit."""
LATIN = "abcdefghijklmnopqrstuvwxyz"
BLANK = "____________"
"""What is left for a pen."""


@dataclass(frozen=True, slots=True)
class Called:
    """How a document is called: `kind` is what it is, `title` its name, `law` the amended one as the opening words have
    it. In these `{title}` is the name of the amended law in quotation marks."""

    kind: str
    title: str
    law: str


@dataclass(frozen=True, slots=True)
class ActWords:
    """`article`, `item`, `letter` are numbers of the act's own units, outermost first; `series` its letters; `unit`
    reads a sentence that quotes a whole unit."""

    language: str
    style: Style
    quote: Callable[[str], str]
    listed: Called
    enacted: Called
    article: str
    item: str
    letter: str
    series: str
    unit: re.Pattern[str]
    enters: str

    def lettered(self, place: int) -> str:
        """The number of the sub-item at this place, from 0: `а)` … `я)`, `аа)`."""
        return self.letter.format(_letters(place, self.series))


def _letters(place: int, series: str) -> str:
    before = _letters(place // len(series) - 1, series) if place >= len(series) else ""
    return before + series[place % len(series)]


EN = ActWords(
    "en", Style.UK, UnitedKingdom().quote,
    listed=Called("Amendment list", "Amendments to the draft Law {title}", "The draft Law {title}"),
    enacted=Called("Law", "Amendments to the Law {title}", "The Law {title}"),
    article="Article {}.", item="({})", letter="({})", series=LATIN, unit=_QUOTED_IN_ENGLISH,
    enters=f"This Law enters into force on {BLANK}.",
)  # fmt: skip
RU = ActWords(
    "ru", Style.RU, quoted,
    listed=Called("Перечень изменений", "О внесении изменений в проект закона {title}", "проект закона {title}"),
    enacted=Called("Закон", "О внесении изменений в Закон {title}", "Закон {title}"),
    article="Статья {}.", item="{})", letter="{})", series=SERIES, unit=_QUOTED,
    enters=f"Настоящий Закон вступает в силу {BLANK}.",
)  # fmt: skip
KY = ActWords(
    "ky", Style.KY, quoted,
    listed=Called(
        "Өзгөртүүлөрдүн тизмеси", "{title} мыйзам долбооруна өзгөртүүлөрдү киргизүү жөнүндө", "{title} мыйзам долбоору"
    ),
    enacted=Called("Мыйзам", "{title} Мыйзамына өзгөртүүлөрдү киргизүү жөнүндө", "{title} Мыйзамы"),
    article="{}-берене.", item="{})", letter="{})", series=SERIES, unit=_QUOTED,
    enters=f"Ушул Мыйзам {BLANK} күчүнө кирет.",
)  # fmt: skip
