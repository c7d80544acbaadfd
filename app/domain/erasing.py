"""Legal erasure: a tombstone stands where somebody's words or name stood, and the record holds over it.

Source of the duty: a person's right to erasure (for instance Article 17 of Regulation (EU) 2016/679; the Kyrgyz law on
personal information of 2008 has it too). Its reason is part of the record, so it must name nobody.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from app.domain.errors import Invalid

LONGEST_REASON = 300
TOMBSTONES = {
    "en": "[Erased on {day} for legal reasons.]",
    "ru": "[Удалено {day} по требованию закона.]",
    "ky": "[{day} мыйзамдын талабы боюнча өчүрүлдү.]",
}
NOBODY = "—"
"""In place of a name."""


class NoReasonToErase(Invalid):
    def __init__(self) -> None:
        super().__init__(
            f"Say why it is erased, in at most {LONGEST_REASON} characters and without naming anybody: it stays in the"
            " record."
        )


class RecordDoesNotHold(Invalid):
    def __init__(self) -> None:
        super().__init__("The record of this draft does not hold: find out why before anything is erased from it.")


def reason_of(typed: str) -> str:
    """A reason that can stand in the record. Raises NoReasonToErase."""
    reason = " ".join(typed.split())
    if not reason or len(reason) > LONGEST_REASON or "\0" in reason:
        raise NoReasonToErase
    return reason


def tombstone(language: str, day: date) -> str:
    """What stands in place of a text from then on, in the language of the draft."""
    return TOMBSTONES.get(language, TOMBSTONES["en"]).format(day=day.isoformat())


def emptied(facts: Mapping[str, Any], names: Collection[str], instead: str) -> dict[str, Any]:
    """The facts of an event with the words under these names replaced, however deep they stand."""
    return {name: _emptied(name, value, names, instead) for name, value in facts.items()}


def _emptied(name: str, value: Any, names: Collection[str], instead: str) -> Any:
    if isinstance(value, Mapping):
        return emptied(value, names, instead)
    if isinstance(value, list):
        return [_emptied(name, one, names, instead) for one in value]
    return instead if isinstance(value, str) and value and name in names else value
