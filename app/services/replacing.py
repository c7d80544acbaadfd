"""Words replaced everywhere in a law: every place looked at, then one amendment with an edit for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.edits import ChangesNothing, Law, ReplaceWords, check
from app.domain.errors import Invalid, Unstorable
from app.domain.everywhere import Place, PlaceGone, everywhere, near_forms, places, written
from app.domain.permissions import Action, check_can
from app.services import keeping_unsent, proposing, showing
from app.services.amending import table
from app.services.contesting import contesting
from app.services.pages import ClauseLine
from app.services.pages_replacing import EverywherePage, PlaceGroup, PlaceLine
from app.services.proposing import LONGEST_RATIONALE, NoReason, TextMovedOn
from app.services.texts import IssuedText
from app.store import versions
from app.store.memberships import enter_to_write

UNSENT = "amendments/everywhere"
"""Where unsent text of this form is kept."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """What somebody typed. Left out are places (clause and start) and whole groups (the id of their clause)."""

    words: str
    new: str
    match_case: bool = True
    left_out: frozenset[tuple[str, int]] = frozenset()
    groups_left_out: frozenset[str] = frozenset()


NOTHING = Replacement("", "")


def show(
    session: Session, *, slug: str, replacement: Replacement = NOTHING, asked: bool = False, user_id: int | None,
    language: str,
) -> EverywherePage:  # fmt: skip
    """Every place of the words, other forms that stay, and who else contests these words. Without words only the form,
    unless it was sent (`asked`).

    Raises NoSuchDraft, RoleMayNot and what `places` raises.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    institutions = showing.contributors(session, entry, language)
    head = showing.draft_head(session, entry, institutions)
    if not replacement.words and not asked:
        return EverywherePage(head, head.latest)
    on_table = table(session, entry, institutions, head)
    text = on_table.issued
    found = places(text.law, replacement.words, match_case=replacement.match_case)
    heads = _group_heads(text.lines)
    try:
        contested_by = contesting(on_table, _edits(text.law, heads, replacement, found))
    except ChangesNothing:  # not yet: the new words are not typed, or everything is left out
        contested_by = ()
    near = near_forms(text.law, replacement.words, match_case=replacement.match_case)
    return EverywherePage(head, head.latest, _groups(text, heads, found, replacement), near, contested_by)


def replace_everywhere(
    session: Session, *, slug: str, replacement: Replacement, base_version: int, title: str, rationale: str,
    user_id: int | None, now: datetime, receipt: str = "",
) -> int:  # fmt: skip
    """Submit one amendment that replaces the words in every place but those left out; its number.

    Raises NoSuchDraft, RoleMayNot, TextMovedOn, NoReason, Invalid, Unstorable, PlaceGone, UnusableEdit and what
    `everywhere` raises.
    """
    entry = enter_to_write(session, slug, user_id)
    check_can(entry.role, Action.PROPOSE)
    latest = versions.latest_number(session, entry.draft.id)
    if base_version != latest:
        raise TextMovedOn(base_version, latest)
    _check_texts(title, rationale)
    stored = versions.clauses_of(session, entry.draft.id, entry.draft.language, latest)
    law = {one.id: one.clause for one in stored}
    found = places(law, replacement.words, match_case=replacement.match_case)
    heads = _group_heads(showing.clause_lines(stored))
    _check_all_there(heads, found, replacement)
    edits = _edits(law, heads, replacement, found)
    check(law, edits)
    keeping_unsent.forget(session, entry, UNSENT)
    return proposing.submit(session, entry, edits, base_version, title, rationale, now, receipt)


def _check_all_there(heads: Mapping[str, ClauseLine], found: Sequence[Place], replacement: Replacement) -> None:
    groups = {heads[place.clause_id].id for place in found}
    places_found = {(place.clause_id, place.start) for place in found}
    if not (replacement.groups_left_out <= groups and replacement.left_out <= places_found):
        raise PlaceGone


def _check_texts(title: str, rationale: str) -> None:
    if not rationale.strip():
        raise NoReason
    if "\0" in rationale + title:
        raise Unstorable(LONGEST_RATIONALE)
    if len(rationale) > LONGEST_RATIONALE or len(title) > 200:
        raise Invalid(f"The reason may have {LONGEST_RATIONALE} characters, the short name 200.")


def _group_heads(lines: Sequence[ClauseLine]) -> Mapping[str, ClauseLine]:
    """The line under which the places of a clause are listed: its article; outside articles, the heading above it."""
    heads: dict[str, ClauseLine] = {}
    head: ClauseLine | None = None
    for line in lines:
        inside = head is not None and head.kind == "article" and line.depth > head.depth
        if head is None or (line.level and not inside) or (head.kind == "article" and not inside):
            head = line
        heads[line.id] = head
    return heads


def _edits(
    law: Law, heads: Mapping[str, ClauseLine], replacement: Replacement, found: Sequence[Place]
) -> tuple[ReplaceWords, ...]:
    """The edits in all places but those that stay as they are. Raises ChangesNothing."""
    left_out = {
        (place.clause_id, place.start)
        for place in found
        if (place.clause_id, place.start) in replacement.left_out
        or heads[place.clause_id].id in replacement.groups_left_out
    }
    return everywhere(law, replacement.words, replacement.new, match_case=replacement.match_case, leave_out=left_out)


def _groups(
    text: IssuedText, heads: Mapping[str, ClauseLine], found: Sequence[Place], replacement: Replacement
) -> tuple[PlaceGroup, ...]:
    gathered: dict[str, list[PlaceLine]] = {}
    for place in found:
        line = PlaceLine(
            place.clause_id, place.start, text.human(place.clause_id), place.before, place.words,
            written(place.words, replacement.new, match_case=replacement.match_case), place.after,
            (place.clause_id, place.start) in replacement.left_out,
        )  # fmt: skip
        gathered.setdefault(heads[place.clause_id].id, []).append(line)
    return tuple(
        _group(text.lines[text.places[head]], tuple(lines), head in replacement.groups_left_out)
        for head, lines in gathered.items()
    )


def _group(head: ClauseLine, lines: tuple[PlaceLine, ...], left_out: bool) -> PlaceGroup:
    title = head.body if head.level and head.label else ""
    return PlaceGroup(head.id, head.human, title, lines, left_out)
