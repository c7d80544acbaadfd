"""Storing versions: whatever changes, every version reads as it was given, and only what differs is written."""

import random
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.clauses import Clause, Kind
from app.domain.provenance import Origin, whole
from app.store import versions
from app.store.drafts import ClauseText, Draft
from app.store.versions import NewText

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def clause(name: str, words: str) -> NewText:
    return NewText(name, Clause(Kind.PARAGRAPH, 1, "", name, "", words, "\n\n"), whole(words, Origin(1)))


def some_change(order: list[NewText], gone: list[NewText], chance: random.Random, number: int) -> list[NewText]:
    """The law with a clause inserted, deleted, moved, reworded or brought back."""
    changed = list(order)
    at, to = chance.randrange(len(order)), chance.randrange(len(order))
    match chance.choice(["insert", "delete", "move", "reword", "bring back", "nothing"]):
        case "insert":
            changed.insert(at, clause(f"new-{number}-{at}", "New words."))
        case "delete" if len(changed) > 3:
            gone.append(changed.pop(at))
        case "move":
            changed.insert(to, changed.pop(at))
        case "reword":
            changed[at] = clause(changed[at].id, f"Words of version {number}.")
        case "bring back" if gone:
            changed.insert(at, gone.pop())
    return changed


def draft_of(session: Session) -> Draft:
    draft = Draft(slug="law", title="Law", language="en", attribution="named", created_at=NOW)
    session.add(draft)
    session.flush()
    return draft


def test_every_version_reads_as_it_was_given_in_its_order(session: Session) -> None:
    draft, chance = draft_of(session), random.Random(7)  # noqa: S311
    order, gone = [clause(f"c{n}", f"Words {n}.") for n in range(10)], list[NewText]()
    given = []
    for number in range(1, 41):
        for _ in range(chance.randrange(4)):
            order = some_change(order, gone, chance, number)
        standing = versions.clauses_of(session, draft.id, "en", number - 1)
        known = {one.id: one for one in standing}
        as_it_stands = [known[o.id] if o.id in known and known[o.id].clause == o.clause else o for o in order]
        versions.add_version(
            session, draft, message="", author_id=None, now=NOW, standing=standing,
            order=as_it_stands if number % 2 else order,
        )  # fmt: skip
        given.append([(one.id, one.clause.body) for one in order])
    for number, wanted in enumerate(given, start=1):
        read = versions.clauses_of(session, draft.id, "en", number)
        assert [(one.id, one.clause.body) for one in read] == wanted
        assert versions.markdown(session, draft.id, "en", number).decode() == "".join(
            f"{words}\n\n" for _, words in wanted
        )


def test_a_version_writes_only_the_clauses_that_differ(session: Session) -> None:
    draft = draft_of(session)
    order = [clause(f"c{n}", f"Words {n}.") for n in range(50)]

    def rows() -> int:
        return session.scalar(select(func.count()).select_from(ClauseText)) or 0

    written = []
    for changed in (
        order,
        [*order[:20], clause("c20", "Other words."), *order[21:]],
        [*order[:20], *order[21:]],
        [*order[:20], *order[21:40], clause("new", "New words."), *order[40:]],
        [order[1], order[0], *order[2:20], *order[21:40], clause("new", "New words."), *order[40:]],
    ):
        before = rows()
        versions.add_version(session, draft, message="", author_id=None, now=NOW, order=changed)
        written.append(rows() - before)
    assert written == [50, 1, 0, 1, 1]
