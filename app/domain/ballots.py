"""What is printed on a ballot of paper so that it is entered in the right place, and on the right words.

`S2-13-MVD 4F7A21`: session 2, item 13 of its agenda, institution MVD; `C4-1-MVD 4F7A21`: call 4, the first thing that
it asks about. The last six characters begin the fingerprint of the words that were printed: of others they are others.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Invalid

CHECK_LENGTH = 6
READ = re.compile(r"([SC])\s?(\d{1,9})\s?-\s?(\d{1,9})\s?-\s?(\S{1,20}?)(?:[\s/]+([0-9A-F]{6}))?")
ALIKE = str.maketrans("АВСЕЅ", "ABCES")
"""Cyrillic letters that look like those of a code: whoever types it may have the other keyboard."""
DASHES = str.maketrans("–—‑−", "----")


class About(StrEnum):
    ITEM = "S"
    CALL = "C"


@dataclass(frozen=True, slots=True)
class Code:
    """`number` of the session or call, `ordinal` of the item or of what the call asks; `check` may not have been
    typed."""

    about: About
    number: int
    ordinal: int
    institution: str
    check: str = ""

    @property
    def place(self) -> str:
        """The code without its institution."""
        return f"{self.about}{self.number}-{self.ordinal}"

    def __str__(self) -> str:
        return f"{self.place}-{self.institution}"


class UnreadableCode(Invalid):
    def __init__(self, typed: str) -> None:
        super().__init__(f"“{typed}” is no code of a ballot: it is printed at its top, for instance S2-13-MVD 4F7A21.")
        self.typed = typed


def check_of(fingerprint: str) -> str:
    """What a ballot shows of the fingerprint of its words."""
    return fingerprint[:CHECK_LENGTH].upper()


def read_code(typed: str) -> Code:
    """A code as it is typed: small letters, other dashes and spaces do no harm. Raises UnreadableCode."""
    plain = typed.strip().upper().translate(DASHES)
    found = READ.fullmatch(plain[:1].translate(ALIKE) + _with_latin_check(plain[1:]))
    if found is None:
        raise UnreadableCode(typed.strip())
    return Code(About(found[1]), int(found[2]), int(found[3]), found[4], found[5] or "")


def read_check(typed: str) -> str:
    """The end of a code, typed by itself."""
    return "".join(typed.upper().split()).translate(ALIKE)


def _with_latin_check(plain: str) -> str:
    code, space, check = plain.rpartition(" ")
    return f"{code}{space}{check.translate(ALIKE)}" if space else plain
