"""Legal erasure: the words and the names are gone from every table, and the record holds over the gap."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.domain.erasing import NoReasonToErase, RecordDoesNotHold, emptied, reason_of
from app.domain.permissions import RoleMayNot
from app.services import erasing, erasing_people, verifying
from app.store import events, people
from app.store.comments import Comment
from app.store.db import Base, db
from app.store.events import Event
from app.store.memberships import find_draft
from app.store.users import User
from tests.product import LAW, SLUG, clause_ids, shown, signed_in, user_id

pytest_plugins = ["tests.demonstration"]
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
WORDS, FORMER = "Aigul Witness told us on Monday.", "Aigul Witness, born 1990, told us."


def everywhere(words: str) -> list[str]:
    """The columns of all tables in which these words stand."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if words in str(value)]
    return sorted(set(found))


@pytest.fixture
def said(demonstrated: Flask) -> Iterator[tuple[Flask, int]]:
    """A comment of a representative that names somebody, edited once."""
    place = f"{LAW}/clauses/{clause_ids(demonstrated)['art_13__para_1']}/comments"
    client = signed_in(demonstrated, "civil")
    assert client.post(place, data={"kind": "comment", "body": FORMER, "version": "1"}).status_code == 303
    with demonstrated.app_context():
        made = db.session.scalars(select(Comment.id).where(Comment.body == FORMER)).one()
    edited = client.post(f"{LAW}/comments/{made}/edit", data={"kind": "comment", "body": WORDS})
    assert edited.status_code == 303, shown(edited)
    yield demonstrated, made


def erase(app: Flask, comment: int, name: str = "facilitator", reason: str = "Decision 7 of the data agency") -> None:
    person = user_id(app, name)
    with app.app_context():
        erasing.erase_comment(db.session, slug=SLUG, comment_id=comment, reason=reason, user_id=person, now=NOW)


def test_an_erased_comment_is_in_no_table_and_the_record_holds(said: tuple[Flask, int]) -> None:
    app, comment = said
    with app.app_context():
        assert everywhere("Aigul Witness") == ["comment_wordings.body", "comments.body", "events.facts"]
        hashes = [event.hash for event in events.chain(db.session, find_draft(db.session, SLUG))]
    erase(app, comment)
    with app.app_context():
        assert everywhere("Aigul Witness") == []
        chain = events.chain(db.session, find_draft(db.session, SLUG))
        assert [event.hash for event in chain[:-1]] == hashes
        assert (chain[-1].kind, chain[-1].facts["comment"]) == ("personal_data_erased", comment)
        assert verifying.verify(db.session, slug=SLUG).sentences == ()
        assert [event.salt for event in chain if any(key == f"comments:{comment}" for key in event.digests)][:-1] == [
            "",
            "",
        ]
    page = shown(signed_in(app, "observer").get(f"{LAW}/clauses/{clause_ids(app)['art_13__para_1']}"))
    assert "[Erased on 2026-11-29 for legal reasons.]" in page


def test_what_was_erased_is_erased_again_and_the_record_holds(said: tuple[Flask, int]) -> None:
    app, comment = said
    erase(app, comment)
    erase(app, comment)
    with app.app_context():
        assert verifying.verify(db.session, slug=SLUG).sentences == ()


def test_what_stands_in_its_place_cannot_be_altered_unseen(said: tuple[Flask, int]) -> None:
    app, comment = said
    erase(app, comment)
    with app.app_context():
        number = next(
            event.number
            for event in events.chain(db.session, find_draft(db.session, SLUG))
            if event.kind == "comment_made" and event.facts["comment"] == comment
        )
        row = db.session.scalars(select(Event).where(Event.number == number, Event.draft_id == 1)).one()
        other = {**row.facts, "body": "Something nobody said."}
        db.session.execute(update(Event).where(Event.id == row.id).values(facts=other))
        db.session.flush()
        found = verifying.verify(db.session, slug=SLUG)
        assert found.sentences[0].startswith(f"The chain breaks at event {number} (comment_made")
        db.session.rollback()
        db.session.execute(update(Comment).where(Comment.id == comment).values(body="Something nobody said."))
        assert verifying.verify(db.session, slug=SLUG).sentences[0].startswith(f"Comment {comment} was altered after")


def test_a_rationale_is_erased_and_the_words_of_the_amendment_stay(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        had = events.chain(db.session, find_draft(db.session, SLUG))
        rationale = next(one.facts["rationale"] for one in had if one.facts.get("amendment") == 3)
        person = user_id(demonstrated, "facilitator")
        erasing.erase_rationale(db.session, slug=SLUG, number=3, reason="Decision 8", user_id=person, now=NOW)
        assert rationale and everywhere(rationale) == []
        assert verifying.verify(db.session, slug=SLUG).holds
    assert "[Erased on" in shown(signed_in(demonstrated, "observer").get(f"{LAW}/amendments/3"))


def test_an_erasure_makes_nothing_good_that_was_altered(said: tuple[Flask, int]) -> None:
    app, comment = said
    with app.app_context():
        db.session.execute(update(Comment).where(Comment.id != comment).values(body="Another."))
        db.session.commit()
    with pytest.raises(RecordDoesNotHold):
        erase(app, comment)


def test_who_may_erase_and_what_must_be_said(said: tuple[Flask, int]) -> None:
    app, comment = said
    for name in ("civil", "observer"):
        with pytest.raises(RoleMayNot):
            erase(app, comment, name)
    for reason in ("", "  ", "x" * 301, "a\0b"):
        with pytest.raises(NoReasonToErase):
            erase(app, comment, reason=reason)
    client = signed_in(app, "facilitator")
    answer = client.post(f"{LAW}/comments/{comment}/erase", data={"reason": " "})
    assert (answer.status_code, "Say why it is erased" in shown(answer)) == (422, True)
    assert WORDS in shown(client.get(f"{LAW}/comments/{comment}/erase"))


def test_a_person_is_erased_and_what_their_institution_said_stays(demonstrated: Flask) -> None:
    app = demonstrated
    with app.app_context():
        user = db.session.scalars(select(User).where(User.name == "civil")).one()
        person, full_name, comments = user.id, user.full_name, len(db.session.scalars(select(Comment.id)).all())
        signed_in(app, "civil")
        assert everywhere(full_name) == ["users.full_name"]
        by = user_id(app, "facilitator")
        erasing_people.erase(db.session, person_id=person, typed="civil", user_id=by, now=NOW)
        assert everywhere(full_name) == []
        assert everywhere_of(person) == KEPT_OF_A_PERSON
        gone = people.find(db.session, person)
        assert gone is not None
        assert (gone.name, gone.full_name, gone.password_hash, gone.email) == (f"erased-{person}", "—", "", None)
        assert len(db.session.scalars(select(Comment.id)).all()) == comments
        for slug in verifying.slugs(db.session):
            assert verifying.verify(db.session, slug=slug).holds


KEPT_OF_A_PERSON = {"amendments.author_id", "comments.author_id", "events.user_id"}


def everywhere_of(person: int) -> set[str]:
    """The columns that still point to an account."""
    found = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.target_fullname == "users.id" for key in column.foreign_keys):
                asked = select(column).where(column == person).limit(1)
                found |= {f"{table.name}.{column.name}"} if db.session.scalar(asked) else set()
    return found


@pytest.mark.parametrize(
    ("person", "typed", "said"),
    [
        ("civil", "", "Write the sign-in name of the person"),
        ("civil", "observer", "Write the sign-in name of the person"),
        ("facilitator", "facilitator", "Another administrator must erase your data."),
    ],
)
def test_nobody_is_erased_by_mistake(demonstrated: Flask, person: str, typed: str, said: str) -> None:
    client = signed_in(demonstrated, "facilitator")
    where = f"/administration/people/{user_id(demonstrated, person)}"
    answer = client.post(where, data={"do": "erase", "name": typed})
    assert (answer.status_code, said in shown(answer)) == (422, True)


def test_an_administrator_erases_a_person_on_their_page(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "facilitator")
    where = f"/administration/people/{user_id(demonstrated, 'observer')}"
    assert "Erase their personal data" in shown(client.get(where))
    assert client.post(where, data={"do": "erase", "name": "observer"}).status_code == 303
    assert "erased-" in shown(client.get(where))


def test_words_are_replaced_under_their_names_alone() -> None:
    facts: dict[str, Any] = {"body": "x", "former": {"body": "y", "kind": "comment"}, "mentions": ["x"], "comment": 1}
    assert emptied(facts, ("body",), "-") == {
        "body": "-", "former": {"body": "-", "kind": "comment"}, "mentions": ["x"], "comment": 1,
    }  # fmt: skip
    assert reason_of("  Decision\n 7 ") == "Decision 7"
