"""The demonstration and the command line for people: once only, complete, and nothing made by halves."""

import re

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.domain.events import first_broken_link
from app.services import overview
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.db import db
from tests.product import LAW, SLUG, added, chain, shown, signed_in, stored, user_id
from tests.services.deeds import NOW

pytest_plugins = ["tests.demonstration"]

LOG_INS = """\
Demonstration log-ins, all with the password kelishim-demo
  ombudsman      representative  Aigul, for the Ombudsman (demo)
  interior       representative  Bakyt, for the Interior Ministry (demo)
  civil          representative  Cholpon, for civil society (demo)
  prosecutor     representative  Daniyar, for the Prosecutor's Office (demo)
  prevention     representative  Elmira, for the Preventive Mechanism (demo)
  un             representative  Farida, UN adviser (demo)
  osce           representative  Gulnara, OSCE adviser (demo)
  facilitator    facilitator     Jyldyz, facilitator (demo)
  administrator  administrator   Kanat, administrator (demo)
  observer       observer        Lira, observer (demo)
"""
GOOD = "a long password"
COLLISIONS = {(1, 2), (1, 3), (2, 3), (4, 5), (5, 6), (11, 12)}


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.exit_code, result.output


def create(app: Flask, name: str, *options: str, password: str = GOOD) -> tuple[int, str]:
    return run(app, "users", "create", name, "--password", password, *options)


def test_loading_it_again_changes_nothing_and_prints_the_ten_log_ins(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    assert run(demonstrated, "demo") == (0, LOG_INS)
    assert stored(demonstrated) == before


def test_it_has_three_laws_fifteen_amendments_and_twenty_comments(demonstrated: Flask) -> None:
    rows = {name: count for name, (count, _) in stored(demonstrated).items()}
    assert (rows["drafts"], rows["versions"], rows["amendments"], rows["comments"]) == (3, 3, 15, 20)
    assert (rows["users"], rows["institutions"], rows["publications"]) == (10, 8, 0)
    with demonstrated.app_context():
        numbers = list(db.session.scalars(select(AmendmentRow.number).order_by(AmendmentRow.number)))
        states = set(db.session.scalars(select(AmendmentRow.state)))
        replies = db.session.scalar(select(func.count()).where(Comment.reply_to.is_not(None)))
    assert (numbers, states, replies) == (list(range(1, 16)), {"submitted"}, 4)
    events = [event.kind for event in chain(demonstrated)]
    assert (events.count("amendment_submitted"), events.count("comment_made")) == (15, 20)
    assert first_broken_link(chain(demonstrated)) is None


@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_with_agreement_the_board_and_the_calls_have_life_once(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    assert run(demonstrated, "demo", "--agreement") == (0, LOG_INS)
    rows = added(before, stored(demonstrated))
    assert (rows["positions"], rows["calls"], rows["call_items"]) == (19 + 2 * 3, 1, 3)
    assert (rows["sittings"], rows["agenda_items"]) == (1, 5)
    once = stored(demonstrated)
    assert run(demonstrated, "demo", "--agreement") == (0, LOG_INS)
    assert stored(demonstrated) == once
    client = signed_in(demonstrated, "interior")
    assert "4 of 174 clauses agreed" in shown(client.get(f"{LAW}/board"))
    page = shown(client.get(f"{LAW}/positions"))
    assert ("1 call waits for your institution" in page, "Nothing waits" in page) == (True, False)
    assert first_broken_link(chain(demonstrated)) is None


def test_of_every_role_somebody_printed_can_sign_in(demonstrated: Flask) -> None:
    names = {role: name for name, role in re.findall(r"^  (\w+) +(\w+)", LOG_INS, re.MULTILINE)}
    assert sorted(names) == ["administrator", "facilitator", "observer", "representative"]
    for role, name in names.items():
        page = signed_in(demonstrated, name).get("/").text
        assert f'href="{LAW}"' in page
        assert page.count(f"you are here as {role}") == 3


def test_exactly_these_amendments_collide(demonstrated: Flask) -> None:
    person = user_id(demonstrated, "observer")
    with demonstrated.app_context():
        page = overview.list_amendments(db.session, slug=SLUG, user_id=person, language="en", now=NOW)
        found = {tuple(sorted((line.number, other))) for line in page.open for other in line.collides_with}
    assert found == COLLISIONS
    assert len(page.open) == 15


def test_the_page_of_amendments_shows_which_collide(demonstrated: Flask) -> None:
    page = shown(signed_in(demonstrated, "observer").get(f"{LAW}/amendments"))
    said = set()
    for article in re.findall(r'<article class="amendment.*?</article>', page, re.DOTALL):
        number = re.search(r'id="A(\d+)"', article)
        assert number is not None
        others = re.findall(r">A(\d+)</a>", article.partition("Collides with")[2])
        said |= {tuple(sorted((int(number.group(1)), int(other)))) for other in others}
        assert ("is-colliding" in article) is bool(others)
    assert said == COLLISIONS


def test_drafts_are_listed_with_their_latest_version_and_language(demonstrated: Flask) -> None:
    assert run(demonstrated, "drafts", "list") == (
        0,
        "torture-investigation\tversion 1\ten\tOn the Mechanism for the Effective Investigation of Torture and "
        "Ill-Treatment\n"
        "torture-investigation-ky\tversion 1\tky\tКыйноолорду жана катаал мамилени натыйжалуу иликтөөнүн механизми "
        "жөнүндө\n"
        "torture-investigation-ru\tversion 1\tru\tО механизме эффективного расследования пыток и жестокого обращения\n",
    )


def test_an_account_that_was_made_can_sign_in_and_has_its_role(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    options = ("--full-name", "Meerim, for civil society", "--draft", SLUG, "--role", "representative", "--institution")
    assert create(demonstrated, "meerim", *options, "CSO") == (0, "Account “meerim” made.\n")
    assert create(demonstrated, "guest") == (0, "Account “guest” made.\n")
    assert added(before, stored(demonstrated)) == {
        "users": 2, "memberships": 1, "events": 2,  # she is the head of her delegation now, who was is not
    }  # fmt: skip
    client = demonstrated.test_client()
    for name, status in (("meerim", 200), ("guest", 404)):
        form = {"name": name, "password": "a long password"}
        assert client.post("/sign-in", data=form).status_code == 303
        assert client.get(LAW).status_code == status
        client.post("/sign-out")
    client.post("/sign-in", data={"name": "meerim", "password": "a long password"})
    page = shown(client.get(LAW))
    assert "Meerim, for civil society" in page
    assert "In this draft: representative, Civil Society Coalition (demo)" in page


@pytest.mark.parametrize(
    ("name", "password", "options", "sentence"),
    [
        ("civil", "a long password", (), "There is an account “civil” already."),
        ("meerim", "short", (), "A password needs at least 10 characters."),
        (" ", "a long password", (), "A sign-in name has between 1 and 80 characters."),
        ("x" * 81, "a long password", (), "A sign-in name has between 1 and 80 characters."),
        ("meerim", "a long password", ("--draft", "none"), "There is no draft “none” that you may see."),
        ("meerim", "a long password", ("--draft", SLUG, "--institution", "XYZ"), "There is no institution “XYZ”."),
        ("meerim", "a long password", ("--draft", SLUG, "--role", "representative"),
         "A representative speaks for an institution: name it."),
    ],
    ids=["taken", "short password", "no name", "long name", "unknown draft", "unknown institution", "for nobody"],
)  # fmt: skip
def test_an_account_that_cannot_be_made_is_refused_and_nothing_is_left_of_it(
    demonstrated: Flask, name: str, password: str, options: tuple[str, ...], sentence: str
) -> None:
    before = stored(demonstrated)
    assert create(demonstrated, name, *options, password=password) == (1, f"Error: {sentence}\n")
    assert stored(demonstrated) == before


def test_an_unknown_role_is_refused_before_anything_is_done(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    status, output = create(demonstrated, "meerim", "--draft", SLUG, "--role", "king")
    assert (status, "'king' is not one of" in output) == (2, True)
    assert stored(demonstrated) == before
