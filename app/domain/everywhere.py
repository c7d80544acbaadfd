"""Words replaced everywhere in a law, each place listed and each an edit of its own that can be left out.

Whole words only, in any script, and exactly these words: forms are never guessed (a Russian word declines, a Kyrgyz one
takes endings). `near_forms` lists what begins alike, so that an author sees what stays.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from app.domain.clauses import Kind
from app.domain.diff import MARKS, WORDS
from app.domain.edits import ChangesNothing, ClauseId, Law, ReplaceWords
from app.domain.errors import Invalid, Outdated, Unstorable

MOST_PLACES = 10_000
LONGEST_WORDS = 1_000
MOST_FORMS = 50
_AROUND = 40  # characters shown before and behind a place
_ENDINGS = "аеёиоуыэюяйьіїєөүaeiouy"  # letters with which the dictionary form of a word often ends
_SOFTENED = {"к": "[кг]", "п": "[пб]"}  # башкармалык – башкармалыгы, мектеп – мектеби
_LONGEST_ENDING = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where the words stand: `body[start:start + len(words)] == words`, with a little of what is around them."""

    clause_id: ClauseId
    start: int
    words: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NearForm:
    """Another form of the words, and how often it stands in the law."""

    words: str
    count: int


class NoWordsToReplace(Invalid):
    def __init__(self) -> None:
        super().__init__("Say which words are to be replaced.")


class NowhereFound(Invalid):
    def __init__(self, words: str) -> None:
        super().__init__(f"The words “{words}” stand nowhere in this text.")
        self.words = words


class TooManyPlaces(Invalid):
    def __init__(self, words: str) -> None:
        super().__init__(f"The words “{words}” stand in more than {MOST_PLACES} places: choose longer ones.")
        self.words = words


class PlaceGone(Outdated):
    def __init__(self) -> None:
        super().__init__("A place that is to be left out does not have these words any more: look at the list again.")


def places(law: Law, words: str, *, match_case: bool = True) -> tuple[Place, ...]:
    """Every place where the words stand as whole words, in reading order; of a clause its words, not its number.

    Any white space stands for any other. Tables, quotations and headings are read too, the YAML head is not.
    Raises NoWordsToReplace, NowhereFound, TooManyPlaces, Unstorable.
    """
    wanted = _pattern(words, match_case)
    found: list[Place] = []
    for clause_id, start, end in _found(law, wanted):
        if len(found) == MOST_PLACES:
            raise TooManyPlaces(words)
        body = law[clause_id].body
        before, after = _shown_before(body, start), _shown_after(body, end)
        found.append(Place(clause_id, start, body[start:end], before, after))
    if not found:
        raise NowhereFound(words)
    return tuple(found)


def everywhere(
    law: Law, words: str, new: str, *, match_case: bool = True, leave_out: Collection[tuple[ClauseId, int]] = ()
) -> tuple[ReplaceWords, ...]:
    """The edits that put `new` in every place but those left out (by clause and start). Without `match_case` new words
    begin with a capital where the old ones did, and stand in capitals where these did. Empty new words take the words
    out, and the white space that would be left twice.

    Raises what `places` raises, PlaceGone, and ChangesNothing where nothing would be replaced.
    """
    _check_length(new)
    found = places(law, words, match_case=match_case)
    if not set(leave_out) <= {(place.clause_id, place.start) for place in found}:
        raise PlaceGone
    edits: list[ReplaceWords] = []
    for place in found:
        if (place.clause_id, place.start) in leave_out:
            continue
        put = written(place.words, new, match_case=match_case)
        if put != place.words:
            last = edits[-1] if edits and edits[-1].clause_id == place.clause_id else None
            edits.append(_edit(law[place.clause_id].body, place, put, last.start + len(last.old) if last else 0))
    if not edits:
        raise ChangesNothing
    return tuple(edits)


def written(standing: str, new: str, *, match_case: bool = True) -> str:
    """The new words as they are put in the place of those that stand there."""
    wanted = re.sub(r"(?<!\s)\s*[\r\n]\s*", " ", new.strip())
    return wanted if match_case else _in_the_case_of(standing, wanted)


def near_forms(law: Law, words: str, *, match_case: bool = True) -> tuple[NearForm, ...]:
    """Other forms that begin like the words (of several words each), most frequent first: what a replacement leaves.

    Raises NoWordsToReplace, Unstorable.
    """
    exact, near = _pattern(words, match_case), _near_pattern(words)
    forms: Counter[str] = Counter()
    for clause_id, start, end in _found(law, near):
        form = law[clause_id].body[start:end]
        if exact.fullmatch(form) is None:
            forms[" ".join(form.split())] += 1
    ordered = sorted(forms.items(), key=lambda form: (-form[1], form[0]))
    return tuple(NearForm(form, count) for form, count in ordered[:MOST_FORMS])


def _found(law: Law, wanted: re.Pattern[str]) -> Iterator[tuple[ClauseId, int, int]]:
    for clause_id, clause in law.items():
        if clause.kind is not Kind.FRONT_MATTER and wanted.search(clause.body):
            for start, end in _in_body(clause.body, wanted):
                yield clause_id, start, end


def _in_body(body: str, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the pattern stands between words: never from or to the inside of one (`fee` in `fee-based`)."""
    words = [word.span() for word in WORDS.finditer(body)]
    at = 0
    while match := wanted.search(body, at):
        start, end = match.span()
        if _cuts(words, start) or _cuts(words, end):
            at = start + 1
        else:
            yield start, end
            at = end


def _cuts(words: list[tuple[int, int]], position: int) -> bool:
    at = bisect_left(words, (position, 0)) - 1
    return at >= 0 and words[at][0] < position < words[at][1]


def _pattern(words: str, match_case: bool) -> re.Pattern[str]:
    """The words, however composed their letters are, with any white space between them."""
    pieces = _pieces(words)
    spelt = {r"\s+".join(re.escape(unicodedata.normalize(form, one)) for one in pieces) for form in ("NFC", "NFD")}
    return _bounded("|".join(sorted({*spelt, r"\s+".join(map(re.escape, pieces))})), 0 if match_case else re.IGNORECASE)


def _near_pattern(words: str) -> re.Pattern[str]:
    return _bounded(r"\s+".join(_stem(one) for one in _pieces(words)), re.IGNORECASE)


def _stem(word: str) -> str:
    """The beginning that forms of a word share, and any ending: `управление` → `управлен…`."""
    if not word[-1:].isalpha():
        return re.escape(word)
    kept = word
    for _ in range(2 if len(word) >= 8 else 1):
        if len(kept) > 3 and kept[-1].lower() in _ENDINGS:
            kept = kept[:-1]
    last = _SOFTENED.get(kept[-1].lower()) if len(kept) > 3 else None
    stem = re.escape(kept[:-1]) + last if last else re.escape(kept)
    return rf"{stem}[^\W\d_]{{0,{_LONGEST_ENDING}}}"


def _bounded(pattern: str, flags: int) -> re.Pattern[str]:
    inside = rf"[\w{MARKS}]"
    return re.compile(rf"(?:(?<!{inside})|(?!{inside}))(?:{pattern})(?:(?!{inside})|(?<!{inside}))", flags)


def _pieces(words: str) -> list[str]:
    _check_length(words)
    pieces = words.split()
    if not pieces:
        raise NoWordsToReplace
    return pieces


def _check_length(words: str) -> None:
    if len(words) > LONGEST_WORDS or "\0" in words:
        raise Unstorable(LONGEST_WORDS)


def _in_the_case_of(standing: str, new: str) -> str:
    letters = [letter for letter in standing if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return new.upper()
    if letters and letters[0].isupper():
        return new[:1].upper() + new[1:]
    return new[:1].lower() + new[1:] if letters and not new[1:2].isupper() else new


def _edit(body: str, place: Place, new: str, free: int) -> ReplaceWords:
    """One place as an edit; `free` is where the edit before it ends."""
    start, end = place.start, place.start + len(place.words)
    if not new:
        rest = body[end:]
        space = len(rest) - len(rest.lstrip())
        if (space and body[start - 1 : start].isspace()) or (space and start == 0):
            end += space
        elif not rest or not (rest[0].isalnum() or rest[0] in '(«“"'):
            start = max(free, len(body[:start].rstrip()))
    return ReplaceWords(place.clause_id, start, body[start:end], new)


def _shown_before(body: str, start: int) -> str:
    text = body[max(0, start - _AROUND) : start]
    return text if start <= _AROUND else text[text.find(" ") + 1 :]


def _shown_after(body: str, end: int) -> str:
    text = body[end : end + _AROUND]
    return text if len(body) <= end + _AROUND else text[: max(text.rfind(" "), 0) or len(text)]
