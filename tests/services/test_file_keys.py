"""The key of a file names all that it is made of, and nothing of whoever fetches it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import update

from app.services import exporting, file_keys
from app.services.exporting import NothingBefore, NotInLanguage, Wanted
from app.store import events
from app.store.db import db
from app.store.drafts import Draft
from app.store.institutions import InstitutionName
from app.store.users import User
from tests.product import LAW, SLUG, Copies, clause_ids, signed_in
from tests.services.deeds import NOW, issue

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
Key = Callable[..., str]


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        issue(app, "facilitator", 1, 4)
        yield app


@pytest.fixture
def key(issued: Flask) -> Iterator[Key]:
    def of(name: str = "docx-redline", now: object = NOW, wanted: Wanted | None = None) -> str:
        entry = exporting.enter_as_operator(db.session, SLUG)
        exact = file_keys.exact(db.session, entry, name, wanted or Wanted(SLUG), now)  # type: ignore[arg-type]
        return file_keys.keys(db.session, entry.draft, {name: exact})[name]

    with issued.app_context():
        yield of
        db.session.rollback()


def test_what_is_meant_without_saying_so_has_the_key_of_what_is_named(key: Key) -> None:
    assert key() == key(wanted=Wanted(SLUG, 2, 1, "en"))
    assert key("docx") == key("docx", wanted=Wanted(SLUG, 2, against=1)), "what is not marked up compares nothing"


@pytest.mark.parametrize(
    "other",
    [
        Wanted(SLUG, 1, 2), Wanted(SLUG, 2, 2), Wanted(SLUG, 2, zone=ZoneInfo("Asia/Bishkek")),
        Wanted(SLUG, 2, plenary=True), Wanted(SLUG, 2, record=1),
    ],
)  # fmt: skip
def test_whatever_is_asked_for_otherwise_has_another_key(key: Key, other: Wanted) -> None:
    assert key() != key(wanted=other)


def test_every_format_has_its_own(key: Key) -> None:
    assert key("docx-redline") != key("pdf-redline")


@pytest.mark.parametrize(
    "change",
    [
        update(Draft).where(Draft.slug == SLUG).values(attribution="unattributed"),
        update(Draft).where(Draft.slug == SLUG).values(title="Another title"),
        update(InstitutionName).values(name="Another name"),
        update(User).where(User.name == "civil").values(full_name="Somebody Else"),
    ],
)
def test_what_no_event_records_is_in_it_too(key: Key, change: object) -> None:
    before = key()
    db.session.execute(change)  # type: ignore[call-overload]
    assert key() != before


def test_another_event_gives_another_key(key: Key, issued: Flask) -> None:
    before = key()
    clause = clause_ids(issued)["art_13__para_1"]
    assert signed_in(issued, "civil").post(f"{LAW}/clauses/{clause}/comments", data={"body": "So."}).status_code == 303
    db.session.rollback()
    assert key() != before


def test_only_what_judges_positions_depends_on_the_moment_and_that_for_five_minutes(key: Key) -> None:
    then = datetime(2030, 1, 1, 9, tzinfo=UTC)  # after all that was recorded
    later, much_later = then + timedelta(minutes=4), then + timedelta(minutes=5)
    assert key("docx", then) == key("docx", much_later)
    assert key("positions-csv", then) == key("positions-csv", later) != key("positions-csv", much_later)


def test_what_was_recorded_a_moment_ago_is_judged_as_recorded(issued: Flask) -> None:
    with issued.app_context():
        draft = exporting.enter_as_operator(db.session, SLUG).draft
        last = events.last_moment(db.session, draft.id)
        assert last is not None
        moments = [last + timedelta(seconds=seconds) for seconds in (0, 1, 299, 600)]
        judged = [file_keys.judged_at(db.session, draft, moment) for moment in moments]
    assert all(last <= one <= moment for one, moment in zip(judged, moments, strict=True))
    assert judged[0] == last < judged[3]


def test_what_cannot_be_had_has_no_key(key: Key) -> None:
    with pytest.raises(NothingBefore):
        key(wanted=Wanted(SLUG, 1))
    with pytest.raises(NotInLanguage):
        key(wanted=Wanted(SLUG, language="ky"))


def test_what_was_asked_for_comes_back_as_it_was_kept(issued: Flask) -> None:
    wanted = Wanted(SLUG, 2, 1, "en", marked=True, zone=ZoneInfo("Asia/Bishkek"), now=NOW, plenary=True)
    assert file_keys.from_facts(file_keys.as_facts(wanted)) == wanted
    plain = replace(wanted, now=None, zone=ZoneInfo("UTC"))
    assert file_keys.from_facts(file_keys.as_facts(plain)) == plain
