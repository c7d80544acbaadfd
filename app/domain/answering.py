"""What answers an objection: a reply, or a change of the text. Nobody is outvoted who was not answered."""

import re
from dataclasses import dataclass

from app.domain.lifecycle import State

BROUGHT = (State.ADOPTED, State.ADOPTED_IN_PART)
_AMENDMENT = re.compile(r"[aA\u0430\u0410]\s*(\d{1,9})")  # Latin or Cyrillic
_VERSION = re.compile(r"(?:v|в|version|версия)\s*\.?\s*(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedChange:
    """A change of the text, by the number of the amendment or of the version that brings it."""

    amendment: int | None = None
    version: int | None = None


def named_change(typed: str) -> NamedChange | None:
    """What somebody names: `A12`, `v3`, `version 3`; None where it is neither."""
    if found := _AMENDMENT.fullmatch(typed.strip()):
        return NamedChange(amendment=int(found[1]))
    if found := _VERSION.fullmatch(typed.strip()):
        return NamedChange(version=int(found[1]))
    return None


def is_answer(amendment: str | None) -> bool:
    """Whether an objection has its answer: a reply and a change that stands in a version are one at once, an amendment
    (its state; None: no amendment is named) once it is in the text. A promise to change it is none."""
    return amendment is None or State(amendment) in BROUGHT
