"""Events as lines of news: what a page, a letter or a feed says of each, by draft and day, newest first.

The attribution of each draft is honoured here, once for all three: see `services.marks`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import groupby

from sqlalchemy.orm import Session

from app.domain.attribution import CONTRIBUTIONS, DECLARED
from app.services.marks import Marks
from app.services.outlining import outlines
from app.services.pages import InstitutionMark
from app.services.pages_news import Became, Cited, NewsDay, NewsLine, NewsOfDraft
from app.store import concerning, follows, news
from app.store.amendments import key_of, number_of
from app.store.memberships import Entry
from app.store.news import Happened, MadeAmendment, SaidComment
from app.store.search import Standing

MOST_CLAUSES = 6
LONGEST_WORDS = 200


def read(
    session: Session, entered: Sequence[Entry], shown: Sequence[Happened], user_id: int,
    seats: Mapping[int, InstitutionMark], zone: tzinfo,
) -> tuple[NewsOfDraft, ...]:  # fmt: skip
    """The events by draft, the draft with the newest first; every kind of fact is read in one statement."""
    drafts = {one.draft.id: one.draft for one in entered}
    facts = _facts(session, shown, user_id, {id: Marks(seats, draft.attribution) for id, draft in drafts.items()})
    last = news.last_numbers(session, {one.draft_id for one in shown})
    by_draft: dict[int, list[NewsLine]] = {}
    for one in shown:
        by_draft.setdefault(one.draft_id, []).append(_line(told(one, facts.marks[one.draft_id]), facts))
    return tuple(
        NewsOfDraft(drafts[id].slug, drafts[id].title, drafts[id].language, last[id], _days(lines, zone))
        for id, lines in by_draft.items()
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the events of a page speak of. `marks`: of each draft, the institutions as its attribution lets them be
    told."""

    marks: Mapping[int, Marks]
    comments: Mapping[int, SaidComment]
    amendments: Mapping[tuple[int, int], MadeAmendment]
    ours: frozenset[tuple[int, int]]
    cited: Mapping[int, Mapping[str, str]]  # by draft and clause
    changed: Mapping[tuple[int, int], Sequence[str]]  # by draft and version: the followed clauses that changed


def _days(lines: Sequence[NewsLine], zone: tzinfo) -> tuple[NewsDay, ...]:
    by_day = groupby(lines, key=lambda line: line.at.astimezone(zone).date())
    return tuple(NewsDay(day, tuple(those)) for day, those in by_day)


def _facts(session: Session, shown: Sequence[Happened], user_id: int, marks: Mapping[int, Marks]) -> _Facts:
    drafts = {one.draft_id for one in shown}
    comments = news.comments(session, {one.facts["comment"] for one in shown if "comment" in one.facts}, user_id)
    keys = {(one.draft_id, one.facts["amendment"]) for one in shown if one.facts.get("amendment")}
    amendments = news.amendments(session, keys)
    versions = {(one.draft_id, one.facts["version"]) for one in shown if one.kind in concerning.OF_NEW_VERSIONS}
    known = outlines(session, drafts)
    cited = {draft_id: outline.cited for draft_id, outline in known.items()}
    followed = follows.followed(session, user_id, drafts)
    below = {draft_id: _with_below(known[draft_id].rows, followed.get(draft_id, set())) for draft_id, _ in versions}
    changed = {
        (draft_id, number): [clause_id for clause_id in ids if clause_id in below.get(draft_id, ())]
        for (draft_id, number), ids in news.reworded(session, versions).items()
    }
    ours = frozenset(news.ours(session, user_id, drafts))
    return _Facts(marks, comments, amendments, ours, cited, changed)


def _with_below(rows: Sequence[Standing], followed: set[str | None]) -> set[str]:
    """The clauses followed, with all below them; also those that left the text."""
    found = {clause_id for clause_id in followed if clause_id is not None}
    depth: int | None = 0 if None in followed else None  # of the followed clause that the next ones stand below
    for row in rows:
        clause = row.clause
        if None in followed or (depth is not None and clause.depth > depth):
            found.add(row.clause_id)
        else:
            depth = clause.depth if row.clause_id in followed else None
    return found


def told(one: Happened, marks: Marks) -> Happened:
    """An event without the name and the moment that may not be told."""
    is_unsigned = not one.is_stored and (one.institution_id is None or one.kind in DECLARED)
    has_moment = not (is_unsigned and one.kind in CONTRIBUTIONS | DECLARED)
    return replace(one, user=marks.person(one.user), happened_at=marks.when(one.happened_at, told=has_moment))


def _line(one: Happened, facts: _Facts) -> NewsLine:
    marks = facts.marks[one.draft_id]
    mark = marks.get(one.institution_id or 0)
    if one.kind in concerning.OF_COMMENTS:
        return _of_comment(one, facts, facts.comments[one.facts["comment"]])
    if one.kind in concerning.OF_POSITIONS:
        return _of_position(one, facts)
    if one.kind in (*concerning.OF_CALLS, concerning.REMINDED):
        return _of_call(one, facts)
    if one.kind in (*concerning.OF_SESSIONS, *concerning.OF_MEMBERS):
        return _of_session(one, facts) if one.kind in concerning.OF_SESSIONS else _of_member(one, facts)
    if one.kind in concerning.OF_AMENDMENTS:
        return _of_amendment(one, facts)
    version = one.facts["version"]
    clauses, more = _cited(one.draft_id, facts.changed.get((one.draft_id, version), ()) if version > 1 else (), facts)
    return NewsLine(
        one.kind.removeprefix("version_"), one.number, one.happened_at, one.user, mark, False, clauses, more,
        version=version, words=marks.words(one.facts.get("message", "")), publication=one.facts.get("publication", 0),
        became=_became(one, facts), revokes=one.facts.get("revokes", 0),
    )  # fmt: skip


def _of_amendment(one: Happened, facts: _Facts) -> NewsLine:
    """Something done to an amendment: by its proposer, by those who were asked, by who linked it."""
    said, number, marks = one.facts, int(one.facts["amendment"]), facts.marks[one.draft_id]
    made = facts.amendments[one.draft_id, number]
    clauses, more = _cited(one.draft_id, made.clause_ids, facts)
    others = (said.get(name) for name in ("offered_to", "other", "accepted", "declined"))
    return NewsLine(
        "linked" if one.kind == "amendments_linked" else one.kind.removeprefix("amendment_"), one.number,
        one.happened_at, one.user, marks.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, marks.words(made.title),
        words=_short(marks.words(said.get("reason") or "")),
        other=next((other for other in others if isinstance(other, int)), 0),
        sponsor="" if marks.hides else said.get("sponsor", ""),
        link=said.get("link_kind", ""),
    )  # fmt: skip


def _of_position(one: Happened, facts: _Facts) -> NewsLine:
    """What an institution said on a clause, a part, a version, an amendment, of a hidden call that it spoke; or what
    was done to close a clause, or to take it up again."""
    said, number, marks = one.facts, one.facts.get("amendment") or 0, facts.marks[one.draft_id]
    ids = said.get("clauses") or ((said["clause"],) if said.get("clause") else ())
    clauses, more = _cited(one.draft_id, ids, facts)
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, marks.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, version=said.get("version", 0),
        words=_short(marks.words(said.get("reason") or "")), stance=said.get("stance") or "",
        change=said.get("change") or "", objector=marks.get(said.get("objector") or 0),
        attached=said.get("attached") or "",
    )  # fmt: skip


def _of_call(one: Happened, facts: _Facts) -> NewsLine:
    """What was done with a call for positions."""
    said, marks = one.facts, facts.marks[one.draft_id]
    clauses, more = _cited(one.draft_id, said.get("clauses") or (), facts)
    until = said.get("deadline")
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, marks.get(one.institution_id or 0), False,
        clauses, more, words=_short(marks.words(said.get("question") or said.get("reason") or "")), call=said["call"],
        until=datetime.fromisoformat(until) if until else None,
    )  # fmt: skip


def _of_session(one: Happened, facts: _Facts) -> NewsLine:
    """That a session is planned, moved, called off or begins."""
    said, marks = one.facts, facts.marks[one.draft_id]
    at = said.get("planned_for")
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, marks.get(one.institution_id or 0), False,
        title=marks.words(said.get("title", "")), words=_short(marks.words(said.get("reason") or "")),
        session=said["session"], until=datetime.fromisoformat(at) if at else None,
    )  # fmt: skip


def _of_member(one: Happened, facts: _Facts) -> NewsLine:
    """What became of oneself in a draft."""
    return NewsLine(
        one.kind, one.number, one.happened_at, one.user, facts.marks[one.draft_id].seats.get(one.institution_id or 0),
        False, role=one.facts.get("role", ""), part=one.facts.get("part", ""),
    )  # fmt: skip


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rpartition(' ')[0]} …"


def _of_comment(one: Happened, facts: _Facts, said: SaidComment) -> NewsLine:
    """The most personal of the reasons why a comment concerns somebody."""
    kinds = {"thread_resolved": "resolved", "thread_reopened": "reopened"}
    named = "named" if said.names_me else "named_us" if said.names_us else ""
    answers_me = said.answers_me and one.kind != concerning.EDITED
    kind = kinds.get(one.kind) or ("replied" if answers_me else named or "commented")
    number, marks = said.amendment or 0, facts.marks[one.draft_id]
    clauses, more = _cited(one.draft_id, (said.clause_id,) if said.clause_id else (), facts)
    return NewsLine(
        kind, one.number, one.happened_at, one.user, marks.get(one.institution_id or 0),
        (one.draft_id, number) in facts.ours, clauses, more, number, comment=one.facts["comment"],
        words=_short(marks.words(said.body)),
    )  # fmt: skip


def _cited(draft_id: int, clause_ids: Sequence[str], facts: _Facts) -> tuple[tuple[Cited, ...], int]:
    """The first clauses to name, and how many more there are."""
    some = clause_ids[:MOST_CLAUSES]
    cited = facts.cited.get(draft_id, {})
    return tuple(Cited(id, cited.get(id, "")) for id in some), len(clause_ids) - len(some)


def _became(one: Happened, facts: _Facts) -> tuple[Became, ...]:
    """What a version made of the amendments of one's own institution: decided, or carried."""
    carried, fates = one.facts.get("carried", {}), one.facts.get("fates", {})
    own = sorted(number for number in map(number_of, {**carried, **fates}) if (one.draft_id, number) in facts.ours)
    return tuple(
        Became(number, fates.get(key_of(number)) or carried[key_of(number)], key_of(number) not in fates)
        for number in own
    )
