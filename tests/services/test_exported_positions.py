"""Positions and agreement as they leave the house: where each stands, what is hidden, who may be named; statements."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update

from app.exports.document import Document, Stated
from app.exports.formats import FORMATS, Takes, written
from app.services import delivering, exported_positions, exporting
from app.services.exporting import Wanted
from app.store.db import begin_writing, db
from app.store.drafts import Draft
from app.store.positions import Position
from tests.product import SLUG, Copies, user_id
from tests.services.calls import FULL, answer, ask, conduct
from tests.services.deeds import NOW, issue
from tests.services.stances import PARA, on_amendment, state, take_back
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
Export = Callable[..., Document]
SEALED = "Nobody may read this before the reveal."
EARLIER, WITHIN = "art_18__para_2", "art_13"


@pytest.fixture(scope="module")
def spoken(demonstration: Copies) -> Iterator[Flask]:
    """Many spoke on version 1; version 2 took up A1 (Article 13(1)) and A15 (Article 18(2)); then a hidden call."""
    with demonstration() as app:
        for name in FULL:
            state(app, name)
        state(app, "interior", step=3, reason="Only if @CSO agrees.", confirm_days=5)
        state(app, "civil", clause=EARLIER, step=6, reason="Never.")
        state(app, "civil", clause=WITHIN, about="below", step=1)
        state(app, "un", clause="", about="version", step=2)
        state(app, "ombudsman", clause="art_1", step=4)
        take_back(app, "ombudsman", clause="art_1")
        issue(app, "facilitator", 1, 15)
        on_amendment(app, "interior", 2, 6)
        ask(app, "11(1)", hidden=True)
        answer(app, "prosecutor", step=6, reason=SEALED)
        yield app


@pytest.fixture
def export(spoken: Flask) -> Iterator[Export]:
    def exported(version: int | None = None, now: datetime = NOW, person: str = "observer") -> Document:
        entry = exporting.enter(db.session, SLUG, user_id(spoken, person))
        return exported_positions.with_positions(db.session, Wanted(SLUG, version, now=now), entry)

    with spoken.app_context():
        yield exported
        db.session.rollback()


def attribute(mode: str) -> None:
    db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))


def of(document: Document, code: str, about: str = "clause") -> list[Stated]:
    return [one for one in document.positions if one.party and one.party.code == code and one.about == about]


def standings(document: Document) -> list[tuple[str, str, int | None, str]]:
    return [
        (
            one.party.code if one.party else "",
            one.human or one.about,
            one.step.number if one.step else None,
            one.standing,
        )
        for one in document.positions
    ]


def test_every_position_is_told_with_where_it_stands_on_the_text(export: Export) -> None:
    assert standings(export()) == [
        ("UN", "version", 2, "in_part"),
        ("AKY", "Article 1", 4, "replaced"),
        ("AKY", "Article 1", None, "taken_back"),
        ("CSO", "Article 13", 1, "in_part"),
        ("MVD", "Article 14(1)", 1, "replaced"),
        ("GPO", "Article 14(1)", 1, "counts"),
        ("NPM", "Article 14(1)", 1, "counts"),
        ("AKY", "Article 14(1)", 1, "counts"),
        ("CSO", "Article 14(1)", 1, "counts"),
        ("MVD", "Article 14(1)", 3, "counts"),
        ("CSO", "Article 18(2)", 6, "text"),
        ("MVD", "amendment", 6, "counts"),
    ]


def test_what_was_not_confirmed_in_time_does_not_count(export: Export) -> None:
    provisional = of(export(), "MVD")[-1]
    assert (provisional.confirm_until, provisional.standing) == (NOW + timedelta(days=5), "counts")
    assert of(export(now=NOW + timedelta(days=5)), "MVD")[-1].standing == "unconfirmed"


def test_agreement_is_told_of_clauses_and_amendments(export: Export) -> None:
    found = {one.address or f"A{one.amendment}": one for one in export().reached}
    assert (found[PARA].state, found[PARA].counts) == ("ad_referendum", ((1, 4), (3, 1)))
    assert (found["A2"].state, found["A2"].counts) == ("contested", ((6, 1),))
    assert found[EARLIER].counts == ()


def test_of_an_earlier_version_only_what_was_said_by_then_is_told(export: Export) -> None:
    first = export(1)
    assert {one.version for one in first.positions} == {1}
    assert [one.standing for one in of(first, "CSO") if one.address == EARLIER] == ["counts"]
    assert {one.address: one.state for one in first.reached}[EARLIER] == "contested"


def test_where_people_are_named_it_says_who_gave_it_and_how(export: Export) -> None:
    one = of(export(), "CSO")[0]
    assert (one.author, one.seat, one.version, one.entered_for, one.at) == (
        "Cholpon, for civil society (demo)", "full", 1, False, NOW,
    )  # fmt: skip
    assert of(export(), "UN", "version")[0].seat == "advisory"


def test_what_is_hidden_leaves_in_no_format_and_moves_nothing(export: Export, spoken: Flask) -> None:
    for person in ("prosecutor", "facilitator", "observer"):
        document = export(person=person)
        assert not [one for one in document.positions if one.reason == SEALED or one.address == "art_11__para_1"]
        assert {one.address: one.counts for one in document.reached}.get("art_11__para_1", ()) == ()
        for name, form in FORMATS.items():
            if form.takes is Takes.LISTED and name != "amendments-xlsx":
                assert SEALED.encode() not in b"".join(written(document, name))


def test_what_was_revealed_is_told_with_its_call(demonstration: Copies) -> None:
    with demonstration() as app:
        ask(app, "11(1)", hidden=True)
        for name in FULL:
            answer(app, name, step=6, reason=SEALED)

        def told() -> list[Stated]:
            with app.app_context():
                entry = exporting.enter_as_operator(db.session, SLUG)
                wanted = Wanted(SLUG, now=NOW + timedelta(days=1))
                return list(exported_positions.with_positions(db.session, wanted, entry).positions)

        assert told() == []
        conduct(app, "reveal", days=1)
        assert {(one.call, one.reason, one.human) for one in told()} == {(1, SEALED, "Article 11(1)")}
        assert len(told()) == len(FULL)


def test_institution_only_names_no_person(export: Export) -> None:
    attribute("institution_only")
    document = export()
    assert {one.author for one in document.positions} == {""}
    assert {one.party.code for one in document.positions if one.party} == {"UN", "AKY", "CSO", "MVD", "GPO", "NPM"}


def test_unattributed_no_position_leaves_but_how_many_took_each_step(export: Export) -> None:
    named = export().reached
    attribute("unattributed")
    document = export()
    assert document.positions == ()
    assert document.reached == named
    told = b"".join(b"".join(written(document, name)) for name in ("positions-csv", "json")).decode()
    assert "Never." not in told
    assert "Ministry of Internal Affairs" not in told
    assert f"{NOW:%H:%M}" not in told.replace(f"{document.version.at:%H:%M}", "")


def test_delivered_in_every_list_format_the_same_bytes_twice(export: Export, spoken: Flask) -> None:
    entry = exporting.enter_as_operator(db.session, SLUG)
    for name in ("amendments-csv", "amendments-xlsx", "comments-csv", "positions-csv", "json"):
        files = [delivering.deliver(db.session, name, Wanted(SLUG, now=NOW), entry) for _ in range(2)]
        first, second = (b"".join(file.pieces) for file in files)
        assert first == second
        assert len(first) > 500
        assert files[0].file_name.startswith(f"{SLUG}-2.en")


def test_statements_do_not_grow_with_what_was_said(export: Export, spoken: Flask) -> None:
    begin_writing(db.session())  # what is never stored is read anew each time
    export()
    with statements(spoken) as before:
        export()
    session = db.session
    one = session.scalars(select(Position).where(Position.about == "clause")).first()
    assert one is not None
    for _ in range(30):
        session.add(
            Position(
                draft_id=one.draft_id, about="clause", clause_id=one.clause_id, language="en", version=1, step=1,
                text_sha256=one.text_sha256, institution_id=one.institution_id, reason="More.", created_at=NOW,
            )
        )  # fmt: skip
    session.flush()
    with statements(spoken) as after:
        document = export()
    assert Counter(one.reason for one in document.positions)["More."] == 30
    assert len(after) == len(before) <= 45


def test_the_command_writes_the_law_with_what_was_said(spoken: Flask) -> None:
    args = ["drafts", "export", SLUG, "--format", "json", "--version", "1"]
    result = spoken.test_cli_runner().invoke(args=args)
    assert result.exit_code == 0, result.output
    written_out = json.loads(result.stdout_bytes)
    assert (written_out["version"]["number"], written_out["base"], len(written_out["positions"])) == (1, None, 11)
