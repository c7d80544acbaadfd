"""Where the words that somebody spoke about stand today.

Words are followed through the known differences of the versions in between, step by step, and never found again by
likeness: they stand where the differences say, as they were, or they are detached.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.diff import cuts_a_word
from app.domain.rebase import carry_quote

Text = tuple[int, str | None]
"""A version and the clause's words from it on; None where the clause is not in the text."""

MARKUP = r"[*_~^`\\]*"


@dataclass(frozen=True, slots=True)
class InPlace:
    """The same words, at `start` of the present text."""

    start: int


@dataclass(frozen=True, slots=True)
class Detached:
    """The words are not there any more since `version`: they were changed, or their clause was `deleted`."""

    version: int
    deleted: bool


def place(quote: str, start: int, texts: Sequence[Text]) -> InPlace | Detached:
    """Where words that stood at `start` of the first text stand in the last. An empty quote is about the whole clause.

    `texts` are the clause's texts from the version it was spoken about on, oldest first, at least that one.
    """
    gone = _gone_since(texts)
    if gone is not None:
        return Detached(gone, deleted=True)
    if not quote:
        return InPlace(0)
    standing = [(version, body) for version, body in texts if body is not None]
    first, body = standing[0]
    if body[start : start + len(quote)] != quote:
        return Detached(first, deleted=False)
    at = start
    for (_, before), (version, after) in pairwise(standing):
        found = carry_quote(quote, at, before, after)
        if found is None:
            return Detached(version, deleted=False)
        at = found
    return InPlace(at)


def _gone_since(texts: Sequence[Text]) -> int | None:
    """The version from which on the clause is missing until the end."""
    since: int | None = None
    for version, body in texts:
        since = None if body is not None else version if since is None else since
    return since


def occurrences(quote: str, body: str) -> tuple[tuple[int, int], ...]:
    """Where words stand in a body, as (start, end), in order: as whole words, or else inside words.

    Words chosen on a page come without marks of emphasis and with other spaces between them; both are allowed for.
    """
    words = quote.split()
    if not words or len(quote) > 2 * len(body) + 100:
        return ()
    between = rf"{MARKUP}\s+{MARKUP}"
    found = [match.span() for match in re.finditer(between.join(map(re.escape, words)), body)]
    whole = [span for span in found if not any(cuts_a_word(body, edge) for edge in span)]
    return tuple(whole or found)


def phrases(body: str, most: int = 40) -> tuple[str, ...]:
    """The clause in short runs of words between its punctuation marks, to be chosen from by keyboard."""
    found = (part.strip(' \n\t*_~`“”«»"') for part in re.split(r"(?<=\w)[.,;:()–—](?:\s|$)|\n", body))
    return tuple(dict.fromkeys(part for part in found if part))[:most]
