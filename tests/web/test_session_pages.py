"""The big screen of a session and everybody's page: what stands on them, and that hidden means hidden."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.services import calling, closing, responding
from app.services.asking_about import Wanted
from app.services.calling import Terms
from app.services.deciding import Decided
from app.services.positioning import Stance
from app.store.db import db
from app.store.sittings import AgendaItem, SittingRow
from tests.product import LAW, SLUG, Copies, clause_ids, shown, signed_in, user_id
from tests.services.deeds import issue, propose
from tests.services.sittings import do
from tests.statements import counted, statements
from tests.web.sessions_made import at_item, opened, planned

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

PAGE, SCREEN, NOW_AT = f"{LAW}/sessions/1", f"{LAW}/sessions/1/screen", f"{LAW}/sessions/1/now"
EVERYBODY = ("facilitator", "interior", "civil", "observer")
MARK = "Not before the budget"


def call(app: Flask, item: int, *addresses: str, hidden: bool = True, version: int = 1) -> int:
    """Open a call on clauses with all below them, bound to an item of the agenda."""
    person, ids = user_id(app, "facilitator"), clause_ids(app)
    with app.app_context():
        return calling.open_call(
            db.session, slug=SLUG, wanted=Wanted(parts=tuple(ids[at] for at in addresses)), terms=Terms(hidden=hidden),
            version=version, user_id=person, now=datetime.now(UTC), zone=ZoneInfo("Asia/Bishkek"), at=(1, item),
        )  # fmt: skip


def answer(app: Flask, name: str, step: int, *, number: int = 1, reason: str = "") -> None:
    person, now = user_id(app, name), datetime.now(UTC)
    with app.app_context():
        responding.respond(
            db.session, slug=SLUG, number=number, ordinal=None, stance=Stance(step, reason, None, ""), user_id=person,
            now=now, today=now.date(),
        )  # fmt: skip


def conduct(app: Flask, deed: str, number: int = 1) -> None:
    """Reveal or close a call."""
    person, now = user_id(app, "facilitator"), datetime.now(UTC)
    with app.app_context():
        getattr(closing, deed)(db.session, slug=SLUG, number=number, user_id=person, now=now, today=now.date())


def seen(client: FlaskClient, address: str) -> str:
    """The words of a page's body, without its marks."""
    page = shown(client.get(address))
    inline = re.sub(r"</?(span|abbr|a|strong|del|ins|time)\b[^>]*>", "", page[page.index("<main") :])
    return " ".join(re.sub(r"<[^>]+>", " ", inline).split())


def test_the_screen_shows_what_the_session_says(demonstrated: Flask) -> None:
    opened(demonstrated)
    observer = signed_in(demonstrated, "observer")
    assert "First reading" in seen(observer, SCREEN)
    assert "Article 13 Registration" in seen(observer, SCREEN)
    do(demonstrated, "take_up", item=1, skipped=False)
    for what, has, has_not in (
        ("text", "The Office shall register every allegation within twenty-four hours of its receipt.", "A1"),
        ("brackets", "[the text: within twenty-four hours] [A1 CSO: immediately", "deleted:"),
        ("redline", "with what is open in brackets", "deleted:"),  # three amendments: no redline is of all of them
        ("positions", "[A1 CSO:", "no answer"),  # nobody was asked yet
        ("agenda", "▶ now", "[A1"),
        ("blank", "First reading", "Article 13"),
    ):
        do(demonstrated, "show", what=what, part=0)
        said = seen(observer, SCREEN)
        assert (has in said, has_not in said) == (True, False), what
    do(demonstrated, "pause")
    assert ("Break" in seen(observer, SCREEN), "Article 13" in seen(observer, SCREEN)) == (True, False)


def test_before_and_after_it_is_held_a_session_shows_its_agenda(demonstrated: Flask) -> None:
    planned(demonstrated)
    client = signed_in(demonstrated, "observer")
    assert "The session has not begun yet" in seen(client, PAGE)
    assert "Article 13 Registration ○ waits" in seen(client, SCREEN)
    do(demonstrated, "open_session")
    assert "No item is taken up yet" in seen(client, PAGE)
    do(demonstrated, "take_up", item=3, skipped=False)
    assert "Next steps" in seen(client, SCREEN)
    do(demonstrated, "close_session")
    assert "The session is over" in seen(client, PAGE)
    assert "Next steps ✓ done" in seen(client, SCREEN)


def test_a_redline_is_of_the_one_amendment_and_then_against_the_text_on_the_table(demonstrated: Flask) -> None:
    at_item(demonstrated, 2)
    do(demonstrated, "show", what="redline", part=0)
    client = signed_in(demonstrated, "civil")
    assert "redline" not in seen(client, SCREEN)
    number = propose(demonstrated, "civil", "art_14__para_1", lambda words: words.replace("sealed", "locked"))
    first = seen(client, SCREEN)
    assert (f"redline of amendment A{number}" in first, "inserted:" in first) == (True, True)
    issue(demonstrated, "facilitator", number)
    then = seen(client, SCREEN)
    assert ("redline against version 1" in then, "inserted:" in then) == (True, True)


def test_a_part_that_is_not_there_is_the_last_one(demonstrated: Flask) -> None:
    at_item(demonstrated)
    do(demonstrated, "show", what="text", part=7)
    page = signed_in(demonstrated, "civil").get(SCREEN).text
    assert re.search(r'class="big big-(56|48|40) is-text".*data-parts="1"', page)
    assert 'class="big-part"' not in page


def test_a_redline_of_a_deletion_strikes_all_that_goes(demonstrated: Flask) -> None:
    at_item(demonstrated, 2)
    do(demonstrated, "show", what="redline", part=0)
    client, paragraph = signed_in(demonstrated, "civil"), clause_ids(demonstrated)["art_14__para_2"]
    form = {"base_version": "1", "operation": "delete", "rationale": "So.", "do": "submit"}
    assert client.post(f"{LAW}/clauses/{paragraph}/propose", data=form).status_code == 303
    assert "2. [deleted: Communication through these channels may not be recorded" in seen(client, SCREEN)
    do(demonstrated, "show", what="brackets", part=0)
    assert "[A16 CSO: to be deleted, with everything below it]" in seen(client, SCREEN)


def test_a_long_agenda_stands_in_parts_beginning_with_the_current_item(demonstrated: Flask) -> None:
    planned(demonstrated)
    with demonstrated.app_context():
        row = db.session.scalars(select(SittingRow)).one()
        db.session.add_all(
            AgendaItem(sitting_id=row.id, number=n, place=n, reading=1, kind="matter", title=f"Matter {n}")
            for n in range(4, 13)
        )
        db.session.commit()
    do(demonstrated, "open_session")
    do(demonstrated, "take_up", item=11, skipped=False)
    client = signed_in(demonstrated, "civil")
    for part, has, has_not in ((0, "Matter 11 ▶ now", "Matter 9"), (1, "Matter 9 ○ waits", "Matter 11")):
        do(demonstrated, "show", what="agenda", part=part)
        said = seen(client, SCREEN)
        assert (has in said, has_not in said, f"{part + 1} of 2" in said) == (True, False, True), said


@pytest.fixture
def pair(demonstration: Copies) -> Iterator[tuple[Flask, Flask]]:
    """Two copies that differ in what the Interior chose in a hidden call, and why."""
    with demonstration() as here, demonstration() as there:
        for app, step, reason in ((here, 1, ""), (there, 6, MARK)):
            at_item(app, 2)
            do(app, "show", what="positions", part=0)
            call(app, 2, "art_14")
            answer(app, "interior", step, reason=reason)
        yield here, there


def bare(page: str) -> str:
    return re.sub(r'(name="csrf_token" value|datetime)="[^"]*"', "", page)


def test_a_hidden_choice_is_nowhere_on_the_two_pages_for_anybody(pair: tuple[Flask, Flask]) -> None:
    for name in EVERYBODY:
        here, there = (signed_in(app, name) for app in pair)
        for address in (PAGE, SCREEN, NOW_AT):
            for headers in ({}, {"X-Fragment": "part"}):
                pages = [bare(one.get(address, headers=headers).text) for one in (here, there)]
                assert pages[0] == pages[1], (name, address)
                assert MARK not in pages[1]
    said = seen(signed_in(pair[1], "civil"), SCREEN)
    assert ("1 of 7 have answered" in said, "MVD ✓ answered" in said, "cannot accept" in said) == (True, True, False)


def test_what_is_revealed_stands_with_a_shape_and_a_word(pair: tuple[Flask, Flask]) -> None:
    app = pair[1]
    for name in ("prosecutor", "prevention", "ombudsman", "civil"):
        answer(app, name, 1)
    conduct(app, "reveal")
    client = signed_in(app, "civil")
    page = client.get(SCREEN).text
    assert ("#s-stance-objects" in page, "cannot accept" in page, page.count("support")) == (True, True, 4)
    assert "Your institution has answered." in seen(client, PAGE)
    do(app, "show", what="text", part=0)
    page = client.get(SCREEN).text
    assert ('class="big-row"' in page, page.count("#s-stance-1")) == (True, 4)
    conduct(app, "close")
    assert "Call 1 is closed" in seen(client, SCREEN)
    do(app, "decide", item=2, decided=Decided("agreed", "With a footnote.", None))
    for address in (SCREEN, PAGE):
        assert "Agreed: nobody objected: With a footnote." in seen(client, address)


def test_everybody_answers_asks_for_the_floor_and_says_that_they_are_here(demonstrated: Flask) -> None:
    at_item(demonstrated, 2)
    call(demonstrated, 2, "art_14__para_1", hidden=False)
    civil, observer = signed_in(demonstrated, "civil"), signed_in(demonstrated, "observer")
    page = seen(civil, PAGE)
    for words in ("Article 14 Confidential channels", "State our position", "Ask for the floor", "We are here"):
        assert words in page
    done = civil.post(f"{LAW}/calls/1/answer", data={"item": "1", "step": "1", "session": "1"})
    assert (done.status_code, done.location) == (303, f"{PAGE}#call")
    for path, form in (("floor", {}), ("attend", {"here": "yes"})):
        done = civil.post(f"{PAGE}/{path}", data={"back": "page", **form})
        assert (done.status_code, done.location) == (303, PAGE)
    page = seen(civil, PAGE)
    for words in ("1 of 7 have answered", "Waive our turn", "We leave", "Answer otherwise"):
        assert words in page
    page = seen(observer, PAGE)
    for words in ("Ask for the floor", "We are here", "State our position", "Console"):
        assert words not in page
    assert "CSO" in seen(observer, SCREEN)  # speaks next


def test_time_that_is_over_is_said_in_words(demonstrated: Flask) -> None:
    opened(demonstrated)
    long_ago = (
        datetime.now(UTC) - timedelta(minutes=23, seconds=5) - datetime(2026, 11, 24, 9, tzinfo=UTC)
    ).total_seconds() / 60
    do(demonstrated, "take_up", at=long_ago, item=1, skipped=False)
    for address in (SCREEN, PAGE):
        assert "over time: 3 min" in seen(signed_in(demonstrated, "civil"), address)


def test_every_page_of_the_draft_says_that_a_session_is_held_and_asks_no_more_for_it(demonstrated: Flask) -> None:
    client = signed_in(demonstrated, "civil")
    addresses = (LAW, f"{LAW}/amendments")
    before = counted(demonstrated, client, addresses)
    planned(demonstrated)
    do(demonstrated, "open_session")
    do(demonstrated, "take_up", item=1, skipped=False)
    assert counted(demonstrated, client, addresses) == before
    assert "Session 1 is being held. Follow it" in " ".join(re.sub(r"<[^>]+>", " ", client.get(LAW).text).split())
    assert "Session 1 is at <strong" in client.get(NOW_AT).text
    do(demonstrated, "close_session")
    assert "is being held" not in client.get(LAW).text


def made_anew(app: Flask, client: FlaskClient, address: str) -> int:
    """How many statements a page takes after something happened."""
    do(app, "show", what="agenda", part=len(db.metadata.tables) + made_anew.times)  # type: ignore[attr-defined]
    made_anew.times += 1  # type: ignore[attr-defined]
    with statements(app) as made:
        assert client.get(address).status_code == 200
    return len(made)


made_anew.times = 0  # type: ignore[attr-defined]


def test_pages_take_as_many_statements_however_much_was_done(demonstrated: Flask) -> None:
    at_item(demonstrated, 2)
    call(demonstrated, 2, "art_14__para_1", hidden=False)
    answer(demonstrated, "civil", 1)
    client: Any = signed_in(demonstrated, "civil")
    client.get(PAGE)
    few = [made_anew(demonstrated, client, address) for address in (PAGE, SCREEN)]
    call(demonstrated, 2, "art_14__para_2", "art_15", hidden=False)
    for name in ("interior", "prosecutor", "ombudsman"):
        answer(demonstrated, name, 2)
        answer(demonstrated, name, 3, number=2, reason="So.")
        do(demonstrated, "ask_floor", name, code="", name="")
        do(demonstrated, "attend", name, code="", here=True)
    client.get(PAGE)
    many = [made_anew(demonstrated, client, address) for address in (PAGE, SCREEN)]
    assert many == few
    # Who asks, what they may, where the record is: all else is kept.
    assert counted(demonstrated, client, (SCREEN, NOW_AT)) == [3, 3]
