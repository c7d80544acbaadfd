"""People and institutions named in a text with `@`. What names nobody stays text."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

NAME = re.compile(r"(?<![\w@/.])@(\w+(?:[.-]\w+)*)")
Somebody = TypeVar("Somebody")


class Part(NamedTuple):
    """A run of text; `name` is the known name it says, or empty."""

    text: str
    name: str


def parts(text: str, known: Iterable[str]) -> tuple[Part, ...]:
    """The text in runs; joined, they are the text. `@name` is read as written first, else without regard to case."""
    exact = dict.fromkeys(known)
    folded: dict[str, str] = {}
    for name in exact:
        folded.setdefault(name.casefold(), name)
    found: list[Part] = []
    at = 0
    for match in NAME.finditer(text):
        name = match[1] if match[1] in exact else folded.get(match[1].casefold(), "")
        if name:
            found += [Part(text[at : match.start()], ""), Part(match[0], name)]
            at = match.end()
    found.append(Part(text[at:], ""))
    return tuple(part for part in found if part.text)


def mentioned(text: str, known: Mapping[str, Somebody]) -> tuple[Somebody, ...]:
    """Whom a text names, each once, in the order of the text."""
    return tuple(dict.fromkeys(known[part.name] for part in parts(text, known) if part.name))
