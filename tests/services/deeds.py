"""What people do with the demonstration law, said briefly, and what tests look at afterwards."""

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy import func, select

from app.domain.edits import Edit, ReplaceWords
from app.domain.errors import Refusal
from app.domain.parts import Part
from app.services import discussing, issuing, proposing, publishing, revoking, writing
from app.services.choosing import Choice, Settled
from app.services.pages_publications import Choice as ToPublish
from app.services.pages_publications import TitlePage
from app.services.proposing import Proposal
from app.store import amendments, relations, versions
from app.store.amendments import AmendmentRow, EditRow
from app.store.db import db
from app.store.memberships import enter_to_write, find_draft
from app.store.versions import StoredClause
from tests.product import SLUG, clause_ids, user_id

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SINCE = max((datetime.now(UTC) - NOW).days, 0)
"""Days since then, for what pages show, whose clock is the real one."""


def issue(
    app: Flask,
    name: str,
    *numbers: int,
    expected: int = 1,
    settled: Mapping[str, Settled] | None = None,
    renumber: bool = False,
    from_bench: bool = False,
) -> int:
    person = user_id(app, name)
    with app.app_context():
        return issuing.issue(
            db.session, slug=SLUG, choice=Choice(frozenset(numbers), settled or {}, renumber=renumber),
            expected_version=expected, message=f"by {name}", user_id=person, now=NOW, from_bench=from_bench,
        )  # fmt: skip


def publish(
    app: Flask, version: int, name: str = "facilitator", visibility: str = "public", formats: tuple[str, ...] = (),
    **more: str,
) -> int:  # fmt: skip
    """In English; `more` is written on the title page."""
    person = user_id(app, name)
    with app.app_context():
        title = TitlePage("en", **{"title": "On the Mechanism", **more})
        return publishing.publish(
            db.session, slug=SLUG, version=version, user_id=person, now=NOW, zone=UTC,
            choice=ToPublish(visibility, ("en",), formats, {"en": title}),
        )  # fmt: skip


def revoke(app: Flask, version: int, name: str = "facilitator", expected: int | None = None) -> int:
    person = user_id(app, name)
    with app.app_context():
        return revoking.revoke(
            db.session, slug=SLUG, version=version, reason="It was a mistake.", user_id=person, now=NOW,
            expected_version=version if expected is None else expected,
        )  # fmt: skip


def withdraw(app: Flask, name: str, number: int) -> None:
    person = user_id(app, name)
    with app.app_context():
        proposing.withdraw(db.session, slug=SLUG, number=number, user_id=person, now=NOW)


def propose(app: Flask, name: str, address: str, words: Callable[[str], str], base: int = 1) -> int:
    """Propose other words for a clause."""
    person, clause_id = user_id(app, name), clause_ids(app, number=base)[address]
    with app.app_context():
        text = words(bodies(base)[clause_id])
        proposal = Proposal(base, (Part(clause_id, "words", text),), "A reason.")
        return proposing.propose(db.session, slug=SLUG, proposal=proposal, user_id=person, now=NOW)


def submit(app: Flask, name: str, *edits: Edit, base: int = 1) -> int:
    """Propose any edits at once."""
    person = user_id(app, name)
    with app.app_context():
        entry = enter_to_write(db.session, SLUG, person)
        return proposing.submit(db.session, entry, edits, base, "", "A reason.", NOW)


def words(app: Flask, address: str, old: str, new: str, base: int = 1) -> ReplaceWords:
    """The edit that puts other words into a clause."""
    clause_id = clause_ids(app, number=base)[address]
    with app.app_context():
        return ReplaceWords(clause_id, bodies(base)[clause_id].index(old), old, new)


def bodies(number: int) -> dict[str, str]:
    draft = find_draft(db.session, SLUG)
    return {one.id: one.clause.body for one in versions.clauses_of(db.session, draft.id, draft.language, number)}


def clauses(app: Flask, number: int) -> list[StoredClause]:
    """Everything a version holds: ids, clauses, origins of the words, HTML."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        return versions.clauses_of(db.session, draft.id, draft.language, number)


def text(app: Flask, number: int) -> str:
    with app.app_context():
        return writing.markdown(db.session, slug=SLUG, number=number).decode()


def version_numbers(app: Flask) -> list[int]:
    with app.app_context():
        return [head.version.number for head in versions.heads(db.session, find_draft(db.session, SLUG))]


def fates(app: Flask) -> dict[int, tuple[str, int | None, int, str | None]]:
    """State, deciding version, version it stands on, and what became of it when a version was issued; by number."""
    with app.app_context():
        rows = amendments.all_of(db.session, find_draft(db.session, SLUG).id)
        return {row.number: (row.state, row.settled_version, row.base_version, row.carried) for row in rows}


def standing(app: Flask, *numbers: int) -> list[tuple[str, int | None, Sequence[Edit]]]:
    """State, since when a part of it stands, and the present edits of amendments."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        edits = amendments.edits_of(db.session, draft.id)
        rows = {row.number: row for row in amendments.all_of(db.session, draft.id)}
        return [(rows[n].state, rows[n].partly_since, edits[rows[n].id]) for n in numbers]


def edits_on(app: Flask, number: int, base: int) -> int:
    """How many edits an amendment has for a version."""
    with app.app_context():
        asked = select(func.count()).select_from(EditRow).join(AmendmentRow)
        where = (AmendmentRow.number == number, EditRow.base_version == base)
        return db.session.scalar(asked.where(*where)) or 0


def at_once(app: Flask, *deeds: Callable[[], object]) -> list[object]:
    """What deeds give when they all begin in the same moment, each in a thread and a session of its own."""
    together = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        together.wait(10)
        try:
            return deed()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [task.result(30) for task in [pool.submit(run, deed) for deed in deeds]]


def remark(app: Flask) -> None:
    """A comment on A1."""
    person = user_id(app, "civil")
    with app.app_context():
        discussing.comment_on_amendment(
            db.session(), slug=SLUG, number=1, user_id=person, kind="comment", body="A word.", quote="", reply_to=None,
            now=NOW,
        )  # fmt: skip


def connect(app: Flask, number: int, other: int, kind: str) -> None:
    """A link as the composer makes it."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        one, to = (amendments.find(db.session, draft.id, n) for n in (number, other))
        relations.link(
            db.session, draft_id=draft.id, from_id=one.id, to_id=to.id, kind=kind, user_id=one.author_id, now=NOW
        )  # fmt: skip
        db.session.commit()


def bridge(app: Flask) -> int:
    """A counter-text to A1 and A2, offered by the facilitator."""
    number = submit(app, "facilitator", words(app, "art_13__para_1", "twenty-four", "eighteen"))
    for other in (1, 2):
        connect(app, number, other, "bridges")
    return number
