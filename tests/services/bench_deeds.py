"""What a facilitator sees and does on the bench of the demonstration law, said briefly."""

from collections.abc import Mapping

from flask import Flask

from app.domain.edits import DeleteClause
from app.services import bridging, consolidating
from app.services.choosing import Choice, Settled
from app.services.pages_bench import ConsolidationPage
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.deeds import NOW, bridge, clauses


def bench(
    app: Flask, *numbers: int, settled: Mapping[str, Settled] | None = None, renumber: bool = False
) -> ConsolidationPage:
    """The bench of the facilitator with amendments chosen."""
    person = user_id(app, "facilitator")
    with app.app_context():
        choice = Choice(frozenset(numbers), settled or {}, renumber)
        return consolidating.bench(db.session, slug=SLUG, choice=choice, user_id=person, language="en", now=NOW)


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


def counter_text(app: Flask) -> int:
    """A counter-text of the facilitator to A1 and A2, which civil society declines."""
    number = bridge(app)
    person = user_id(app, "civil")
    with app.app_context():
        bridging.answer_counter_text(
            db.session, slug=SLUG, number=1, counter=number, answer="declined", reason="Eighteen hours are too long.",
            user_id=person, now=NOW,
        )  # fmt: skip
    return number
