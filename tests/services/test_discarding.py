"""A draft that is discarded: nobody is shown it any more, nothing of it is destroyed, the record holds no words of it."""

import pytest
from flask import Flask

from app.domain.events import first_broken_link
from app.domain.parts import Part
from app.services import discarding, keeping_unsent
from app.services.owning import NotOnTheTable, NotTheProposer
from app.services.proposing import Proposal, propose
from app.store.amendments import NoSuchAmendment
from app.store.db import db
from tests.product import LAW, SLUG, added, chain, clause_ids, signed_in, stored, user_id
from tests.services.deeds import NOW, edits_on, fates, issue, submit, words

pytest_plugins = ["tests.demonstration"]


def drafted(app: Flask, name: str = "civil") -> int:
    person, clause_id = user_id(app, name), clause_ids(app)["art_13__para_1"]
    with app.app_context():
        part = Part(clause_id, "words", "A chinchilla registers every allegation.")
        proposal = Proposal(1, (part,), "Chinchillas are quick.", "Chinchilla")
        return propose(db.session, slug=SLUG, proposal=proposal, user_id=person, now=NOW, draft=True)


def discard(app: Flask, name: str, number: int) -> None:
    person = user_id(app, name)
    with app.app_context():
        place = f"amendments/{number}/reword"
        discarding.discard(db.session, slug=SLUG, number=number, unsent_at=place, user_id=person, now=NOW)


def test_a_discarded_draft_is_shown_to_nobody_and_stays_in_the_database(demonstrated: Flask) -> None:
    number, person = drafted(demonstrated), user_id(demonstrated, "civil")
    with demonstrated.app_context():
        place = f"amendments/{number}/reword"
        keeping_unsent.keep(db.session, slug=SLUG, place=place, fields={"text": ["x"]}, user_id=person, now=NOW)
    before = stored(demonstrated)
    discard(demonstrated, "civil", number)
    assert added(before, stored(demonstrated)) == {"events": 1, "unsent_texts": -1}
    assert (fates(demonstrated)[number][0], edits_on(demonstrated, number, 1) > 0) == ("withdrawn", True)
    event = chain(demonstrated)[-1]
    assert (event.kind, event.facts) == ("amendment_discarded", {"amendment": number})
    assert first_broken_link(chain(demonstrated)) is None
    for name in ("civil", "interior", "facilitator"):
        client = signed_in(demonstrated, name)
        for path in (f"amendments/{number}", f"amendments/{number}/reword"):
            assert client.get(f"{LAW}/{path}").status_code == 404
        for path in ("amendments", "amendments?state=withdrawn", "search?q=quick", "news"):
            assert "hinchilla" not in client.get(f"{LAW}/{path}").text, (name, path)
        for deed in ("withdraw", "discard", "comments"):
            answer = client.post(f"{LAW}/amendments/{number}/{deed}", data={"body": "A remark."})
            assert answer.status_code == 404, (name, deed)
    assert drafted(demonstrated) == number + 1


def test_only_its_own_institution_discards_a_draft_and_nothing_that_is_on_the_table(demonstrated: Flask) -> None:
    number = drafted(demonstrated)
    before = stored(demonstrated)
    for name in ("interior", "facilitator"):
        with pytest.raises(NoSuchAmendment):
            discard(demonstrated, name, number)
    with pytest.raises(NotTheProposer):
        discard(demonstrated, "interior", 1)
    with pytest.raises(NotOnTheTable, match=r"Amendment A1 is submitted, so this can no longer be done\."):
        discard(demonstrated, "civil", 1)
    assert stored(demonstrated) == before
    other = submit(demonstrated, "civil", words(demonstrated, "art_14__para_1", "sealed", "locked"))
    issue(demonstrated, "facilitator", other)
    discard(demonstrated, "civil", number)
    with pytest.raises(NoSuchAmendment):
        discard(demonstrated, "civil", number)
