"""What a facilitator sees and does on the bench of the demonstration law, said briefly."""

from collections.abc import Mapping

from flask import Flask

from app.domain.edits import DeleteClause
from app.services import bridging, consolidating
from app.services.choosing import Choice, Settled
from app.services.pages_bench import ConsolidationPage
from app.store import amendments, relations
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import SLUG, user_id
from tests.services.deeds import NOW, clauses, submit, words


def bench(
    app: Flask, *numbers: int, settled: Mapping[str, Settled] | None = None, renumber: bool = False
) -> ConsolidationPage:
    """The bench of the facilitator with amendments chosen."""
    person = user_id(app, "facilitator")
    with app.app_context():
        choice = Choice(frozenset(numbers), settled or {}, renumber)
        return consolidating.bench(db.session, slug=SLUG, choice=choice, user_id=person, language="en")


def deletion(app: Flask, address: str) -> DeleteClause:
    """The edit that takes a clause out with all below it."""
    stored = clauses(app, 1)
    at = next(at for at, one in enumerate(stored) if one.clause.address == address)
    below = [stored[at].clause.source]
    for one in stored[at + 1 :]:
        if one.clause.depth <= stored[at].clause.depth:
            break
        below.append(one.clause.source)
    return DeleteClause(stored[at].id, "".join(below))


def connect(app: Flask, number: int, other: int, kind: str) -> None:
    """A link between two amendments."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        one, to = (amendments.find(db.session, draft.id, n) for n in (number, other))
        relations.link(
            db.session, draft_id=draft.id, from_id=one.id, to_id=to.id, kind=kind, user_id=one.author_id, now=NOW
        )  # fmt: skip
        db.session.commit()


def counter_text(app: Flask) -> int:
    """A counter-text of the facilitator to A1 and A2, which civil society declines."""
    number = submit(app, "facilitator", words(app, "art_13__para_1", "twenty-four", "eighteen"))
    for other in (1, 2):
        connect(app, number, other, "bridges")
    person = user_id(app, "civil")
    with app.app_context():
        bridging.answer_counter_text(
            db.session, slug=SLUG, number=1, counter=number, answer="declined", reason="Eighteen hours are too long.",
            user_id=person, now=NOW,
        )  # fmt: skip
    return number
