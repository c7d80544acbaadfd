"""Sentences of change as pages show them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """Changes as an amending act would make them, in `language`: as `sentences`, and as the `entries` of an amendment
    list, several changes of one article as one. `left_out`: there are too many to write unasked."""

    language: str = "en"
    sentences: tuple[str, ...] = ()
    opening: str = ""
    entries: tuple[str, ...] = ()
    left_out: bool = False


NOTHING_SAID = Said()
