"""Administering an installation: institutions, people, drafts, settings; to everybody else there is no such page."""

import io
from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.domain.events import first_broken_link
from app.store import institutions
from app.store.db import db
from app.store.memberships import find_draft
from app.web.installation import NAME
from tests.product import LAW, SLUG, Copies, chain, shown, signed_in, stored, user_id
from tests.statements import counted

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)

HERE = "/administration"
LAST = "Nobody else administers this installation: make somebody else its administrator first."
PAGES = (HERE, f"{HERE}/people", f"{HERE}/institutions", f"{HERE}/drafts", f"{HERE}/settings")


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=list(args))
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def installed(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration; `observer` administers the installation too."""
    with demonstration() as app:
        assert run(app, "users", "administrator", "observer")[0] == 0
        yield app
        app.extensions.pop(NAME, None)


@pytest.fixture(scope="module")
def client(installed: Flask) -> FlaskClient:
    return signed_in(installed, "observer")


def refused(answer: TestResponse, status: int, sentence: str) -> None:
    assert (answer.status_code, sentence in shown(answer)) == (status, True), shown(answer)[-3000:]


def test_to_everybody_else_there_is_no_such_page(installed: Flask, client: FlaskClient) -> None:
    for address in (*PAGES, f"{HERE}/people/1", f"{HERE}/institutions/MVD"):
        assert client.get(address).status_code == 200, address
        for other in (installed.test_client(), signed_in(installed, "administrator")):
            assert other.get(address).status_code == 404, address
    assert "no draft’s content" in shown(client.get(HERE))
    for address in (*PAGES[1:], f"{HERE}/people/1", f"{HERE}/institutions/MVD", f"{HERE}/drafts/{SLUG}/join"):
        assert signed_in(installed, "administrator").post(address, data={"do": "close"}).status_code == 404, address


def test_an_institution_is_added_named_in_three_languages_and_succeeded(installed: Flask, client: FlaskClient) -> None:
    names = {"name-en": "Chamber", "name-ru": "Палата", "name-ky": "Палата өкүлү"}
    assert client.post(f"{HERE}/institutions", data={"code": "CHA", "kind": "state", **names}).status_code == 303
    page = shown(client.get(f"{HERE}/institutions/CHA"))
    assert ("Палата өкүлү" in page, "No seat in any draft yet." in page) == (True, True)
    renamed = {**names, "name-en": "Chamber of Law", "name-ru": ""}
    assert client.post(f"{HERE}/institutions/CHA", data={"kind": "independent", **renamed}).status_code == 303
    with installed.app_context():
        found = institutions.find(db.session, "CHA")
        assert found is not None
        assert institutions.names(db.session)[found.id] == {"en": "Chamber of Law", "ky": "Палата өкүлү"}
    period = {"do": "period", "since": "2020-01-01", "until": "2099-12-31", "successor": "MVD"}
    assert client.post(f"{HERE}/institutions/CHA", data=period).status_code == 303
    assert "then MVD" in shown(client.get(f"{HERE}/institutions"))
    assert run(installed, "institutions", "names", "CHA", "--name", "en=Chamber") == (0, "“CHA” is called Chamber.\n")
    assert run(installed, "institutions", "period", "CHA")[0] == 0
    assert "then MVD" not in shown(client.get(f"{HERE}/institutions"))


@pytest.mark.parametrize(
    ("address", "typed", "sentence"),
    [
        ("institutions", {"code": "MVD", "name-en": "Twice"}, "There is an institution “MVD” already."),
        ("institutions", {"code": "A B", "name-en": "Twice"}, "The code of an institution has 1 to 20 letters"),
        ("institutions", {"code": "A\0B", "name-en": "Twice"}, "The code of an institution has 1 to 20 letters"),
        ("institutions", {"code": "NEW"}, "An institution needs a name in one language at least."),
        ("institutions", {"code": "NEW", "name-en": "x" * 300}, "The text is longer than 200 characters"),
        ("institutions", {"code": "NEW", "name-en": "a\0b"}, "holds a null character"),
        ("institutions", {"code": "NEW", "name-en": "N", "kind": "k" * 300}, "The text is longer than 40 characters"),
        ("institutions/MVD", {"name-en": " "}, "The text is longer than 40 characters"),
        ("institutions/MVD", {"kind": "state"}, "An institution needs a name in one language at least."),
        ("institutions/MVD", {"do": "period", "since": "2026-02-02", "until": "2026-02-01"}, "lies before the first."),
        ("institutions/MVD", {"do": "period", "until": "2026-02-30"}, "“2026-02-30” is no day"),
        ("institutions/MVD", {"do": "period", "successor": "CSO"}, "A successor takes over the day after the last one"),
        ("institutions/MVD", {"do": "period", "until": "2026-02-01", "successor": "XYZ"}, "no institution “XYZ”."),
        (
            "institutions/MVD",
            {"do": "period", "until": "2026-02-01", "successor": "MVD"},
            "cannot take over from “MVD”",
        ),
        ("people", {"name": "civil", "full_name": "Somebody"}, "There is an account “civil” already."),
        ("people", {"name": "a b", "full_name": "Somebody"}, "A sign-in name has 1 to 80 characters and no spaces."),
        ("people", {"name": "x" * 300, "full_name": "Somebody"}, "A sign-in name has 1 to 80 characters"),
        ("people", {"name": "a\0b", "full_name": "Somebody"}, "A sign-in name has 1 to 80 characters"),
        ("people", {"name": "somebody", "full_name": " "}, "Write the person's name"),
        ("people", {"name": "somebody", "full_name": "x" * 300}, "The text is longer than 200 characters"),
        ("people/1", {"do": "take_administrator"}, ""),
        ("drafts", {"address": "new", "text": " "}, "Choose a Markdown file, or paste the text of the law."),
        ("drafts", {"address": "New Law", "text": "# A"}, "is no usable name for a draft"),
        ("drafts", {"address": SLUG, "text": "# A"}, f"There is a draft at the address “{SLUG}” already"),
        ("drafts", {"address": "new", "text": "# A", "language": "kyrgyz"}, "is no language code"),
        ("drafts", {"address": "new", "text": "# A\0"}, "has a null character in line 1"),
        (
            "drafts",
            {"address": "longlaw", "text": "x\n" * 300_001},
            "The file has 300001 lines; the most that are read is",
        ),
        ("settings", {"name": " "}, "The installation needs a name"),
        ("settings", {"name": "x" * 300}, "The text is longer than 40 characters"),
        ("settings", {"name": "N", "language": "fr"}, "Choose one of the languages of the interface."),
        ("settings", {"name": "N", "invitation_days": "0"}, "An invitation works for 1 to 90 days."),
        ("settings", {"name": "N", "invitation_days": "many"}, "An invitation works for 1 to 90 days."),
    ],
)
def test_what_cannot_be_is_a_sentence_and_nothing_is_stored(
    installed: Flask, client: FlaskClient, address: str, typed: dict[str, str], sentence: str
) -> None:
    before = stored(installed)
    answer = client.post(f"{HERE}/{address}", data=typed)
    if sentence:
        refused(answer, 422, sentence)
        for value in (one for one in typed.values() if one.isalpha() and len(one) > 5):
            assert value in shown(answer), "what was typed stays"
    after = stored(installed)
    assert {name for name in before if before[name] != after[name]} <= {"sign_ins"}


def test_a_successor_of_successors_never_leads_back(demonstrated: Flask) -> None:
    assert run(demonstrated, "institutions", "abolish", "NPM", "--last-day", "2026-01-01", "--successor", "AKY")[0] == 0
    assert run(demonstrated, "institutions", "abolish", "AKY", "--last-day", "2026-02-01", "--successor", "CSO")[0] == 0
    for code, heir in (("CSO", "NPM"), ("CSO", "AKY"), ("CSO", "CSO")):
        status, said = run(demonstrated, "institutions", "period", code, "--until", "2026-03-01", "--successor", heir)
        assert (status, f"“{heir}” cannot take over from “{code}”" in said) == (1, True)


def test_people_are_found_made_closed_and_made_administrators(demonstrated: Flask) -> None:
    assert run(demonstrated, "users", "administrator", "observer")[0] == 0
    assert run(demonstrated, "users", "administrator", "facilitator", "--no-longer")[0] == 0
    client, civil = signed_in(demonstrated, "observer"), signed_in(demonstrated, "civil")
    number, own = user_id(demonstrated, "civil"), user_id(demonstrated, "observer")
    assert ("Cholpon" in shown(client.get(f"{HERE}/people?q=CHOLP+civil"))) is True
    assert "Nobody has such a name." in shown(client.get(f"{HERE}/people?q=100%25"))
    made = client.post(f"{HERE}/people", data={"name": "meerim", "full_name": "Мээрим"})
    assert made.status_code == 303
    assert "Мээрим" in shown(client.get(made.location))
    assert client.post(f"{HERE}/people/{number}", data={"do": "close"}).status_code == 303
    assert civil.get(LAW).status_code == 404
    assert client.post(f"{HERE}/people/{number}", data={"do": "make_administrator"}).status_code == 404
    assert client.post(f"{HERE}/people/{number}", data={"do": "reopen"}).status_code == 303
    for do in ("take_administrator", "close"):
        refused(client.post(f"{HERE}/people/{own}", data={"do": do}), 409, LAST)
    assert run(demonstrated, "users", "administrator", "observer", "--no-longer") == (1, f"Error: {LAST}\n")
    assert client.post(f"{HERE}/people/{number}", data={"do": "make_administrator"}).status_code == 303
    assert client.post(f"{HERE}/people/{own}", data={"do": "take_administrator"}).location == "/"
    assert client.get(HERE).status_code == 404
    lines = run(demonstrated, "users", "list", "civil")[1].splitlines()
    assert lines == ["civil\tCholpon, for civil society (demo)\tadministrator"]
    assert client.post(f"{HERE}/people/99999", data={"do": "close"}).status_code == 404


def test_a_draft_is_made_of_a_file_and_another_joined_without_being_read_before(demonstrated: Flask) -> None:
    assert run(demonstrated, "users", "create", "keeper", "--password", "issyk-kul 2026")[0] == 0
    assert run(demonstrated, "users", "administrator", "keeper")[0] == 0
    client = demonstrated.test_client()
    client.post("/sign-in", data={"name": "keeper", "password": "issyk-kul 2026"})
    page = shown(client.get(f"{HERE}/drafts"))
    assert (LAW in page, "On the Mechanism" in page, client.get(LAW).status_code) == (False, True, 404) or (
        f'href="{LAW}"' not in page
    )
    file = (io.BytesIO(b"# A law on wells\n\nArticle 1. Subject\n\n1. Wells are kept.\n"), "wells.md")
    made = client.post(f"{HERE}/drafts", data={"address": "wells", "language": "en", "file": file})
    assert (made.status_code, made.location) == (303, "/drafts/wells")
    assert "Wells are kept." in shown(client.get("/drafts/wells"))
    assert [(one.kind, one.facts.get("role")) for one in chain(demonstrated, "wells")] == [
        ("member_added", "administrator"), ("version_imported", None),
    ]  # fmt: skip
    pasted = client.post(
        f"{HERE}/drafts", data={"address": "springs", "language": "en", "text": "# Springs\r\n\r\nText."}
    )
    assert pasted.status_code == 303
    assert client.post(f"{HERE}/drafts/{SLUG}/join").status_code == 303
    assert client.get(LAW).status_code == 200
    event = chain(demonstrated)[-1]
    assert (event.kind, event.user_id, event.facts["member"]) == (
        "member_added", user_id(demonstrated, "keeper"), user_id(demonstrated, "keeper"),
    )  # fmt: skip
    assert client.post(f"{HERE}/drafts/{SLUG}/join").status_code == 409
    assert client.post(f"{HERE}/drafts/none/join").status_code == 404


def test_what_the_installation_is_called_stands_on_every_page(installed: Flask, client: FlaskClient) -> None:
    typed = {"name": "Макулдук", "contact": "Questions: room 12.", "language": "ky", "invitation_days": "21"}
    assert client.post(f"{HERE}/settings", data=typed).status_code == 303
    page = shown(installed.test_client().get("/"))
    assert ("Макулдук</a>" in page, "Questions: room 12." in page) == (True, True)
    assert '<html lang="ky">' in page
    assert '<html lang="ru">' in shown(installed.test_client().get("/", headers={"Accept-Language": "ru"}))
    assert client.post(f"{HERE}/settings", data={"name": "Kelishim", "invitation_days": "30"}).status_code == 303


def test_the_settings_of_a_draft_are_stored_by_whoever_manages_it(demonstrated: Flask) -> None:
    client, page = signed_in(demonstrated, "facilitator"), f"{LAW}/settings"
    for name in ("civil", "observer"):
        assert signed_in(demonstrated, name).get(page).status_code == 403
        assert signed_in(demonstrated, name).post(page, data={"title": "Mine"}).status_code == 403
    assert client.post(page, data={"title": "  On   torture "}).status_code == 303
    assert "On torture" in shown(client.get(LAW))
    scale = {"part": "scale", "step": ["Yes", "", "No"], "meaning": ["in_favour", "asks", "objects"]}
    assert client.post(page, data=scale).status_code == 303
    assert client.post(page, data={"part": "days", "days": "2026-12-31\n2027-01-01, 2027-01-07"}).status_code == 303
    for typed, sentence in (
        ({"title": " "}, "A draft needs a title"),
        ({"title": "x" * 600}, "The text is longer than 500 characters"),
        ({"title": "a\0b"}, "holds a null character"),
        ({"part": "scale", "step": ["Yes"], "meaning": ["in_favour"]}, "A scale has two to 9 steps; this one has 1."),
        ({"part": "scale", "step": ["Y\0s", "No"], "meaning": ["in_favour", "objects"]}, "holds a null character"),
        (
            {"part": "scale", "step": ["x" * 300, "No"], "meaning": ["in_favour", "objects"]},
            "longer than 60 characters",
        ),
        ({"part": "days", "days": "soon"}, "“soon” is no day: write it like 2026-12-31."),
    ):
        refused(client.post(page, data=typed), 422, sentence)
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        assert draft.days_off == ["2026-12-31", "2027-01-01", "2027-01-07"]
        assert draft.scale == [["Yes", "in_favour"], ["No", "objects"]]
    assert [one.kind for one in chain(demonstrated)[-3:]] == ["title_set", "scale_set", "days_off_set"]
    assert first_broken_link(chain(demonstrated)) is None


def test_the_second_period_of_a_seat_does_not_replace_the_first(demonstrated: Flask) -> None:
    client, seats = signed_in(demonstrated, "facilitator"), f"{LAW}/settings/seats"
    with demonstrated.app_context():
        draft_id, found = find_draft(db.session, SLUG).id, institutions.find(db.session, "UN")
        assert found is not None
        [first] = institutions.seat_rows(db.session, draft_id, found.id)
        number, body = first.id, found.id
    first_period = {"kind": "advisory", "since": "2026-01-01", "until": "2026-06-30"}
    again = {"institution": "UN", "kind": "full", "since": "2026-09-01"}
    refused(client.post(seats, data=again), 422, "“UN” has a seat in this time already")
    assert client.post(f"{seats}/{number}", data=first_period).status_code == 303
    assert client.post(seats, data=again).status_code == 303
    for typed, status, sentence in (
        ({**again, "since": "2026-06-30"}, 422, "“UN” has a seat in this time already"),
        ({**again, "since": "2027-01-02", "until": "2027-01-01"}, 422, "The last day lies before the first."),
        ({**again, "institution": "XYZ"}, 422, "There is no institution “XYZ”."),
        ({**again, "kind": "royal"}, 422, "A seat is full, advisory or facilitating: choose one of the three."),
        ({**again, "since": "tomorrow"}, 422, "“tomorrow” is no day"),
    ):
        refused(client.post(seats, data=typed), status, sentence)
    with demonstrated.app_context():
        assert [(row.kind, row.held_from, row.held_until) for row in institutions.seat_rows(db.session, draft_id, body)] == [
            ("advisory", date(2026, 1, 1), date(2026, 6, 30)), ("full", date(2026, 9, 1), None),
        ]  # fmt: skip
    for since, until in (("2026-07-15", "2026-07-20"), ("2026-07-18", "2026-07-25")):
        options = ("--kind", "advisory", "--from", since, "--until", until)
        assert run(demonstrated, "institutions", "seat", SLUG, "UN", *options)[0] == 0
    with demonstrated.app_context():
        rows = institutions.seat_rows(db.session, draft_id, body)
        assert [row.held_from for row in rows] == [date(2026, 1, 1), date(2026, 9, 1), date(2026, 7, 18)]
        third = rows[2].id
    assert client.post(f"{seats}/{third}", data={"do": "take"}).status_code == 303
    assert client.post(f"{seats}/{third}", data={"do": "take"}).status_code == 404
    assert chain(demonstrated)[-1].kind == "seat_taken"


def test_statements_do_not_grow_with_members_people_and_institutions(demonstrated: Flask) -> None:
    assert run(demonstrated, "users", "administrator", "facilitator")[0] == 0
    client = signed_in(demonstrated, "facilitator")
    addresses = (f"{LAW}/members", f"{LAW}/members/guests", f"{LAW}/settings", f"{LAW}/delegation", *PAGES)
    addresses = tuple(one for one in addresses if not one.endswith("delegation"))
    before = counted(demonstrated, client, addresses)
    with demonstrated.app_context():
        from app.services import guesting
        from app.store.users import Membership, User

        now = find_draft(db.session, SLUG).created_at
        draft_id, bodies = find_draft(db.session, SLUG).id, [one.id for one in institutions.every(db.session)]
        for number in range(20):
            user = User(name=f"p{number}", full_name=f"Person {number}", created_at=now)
            db.session.add(user)
            db.session.flush()
            db.session.add(
                Membership(
                    draft_id=draft_id, user_id=user.id, role="representative", institution_id=bodies[number % 5],
                    part="member", created_at=now,
                )
            )  # fmt: skip
            institutions.add(db.session, code=f"I{number}", kind="state", names={"en": f"Body {number}"})
            institutions.give_seat(db.session, draft_id, f"I{number}", "full")
        db.session.commit()
        assert guesting.USUAL_DAYS == 14
    for label in ("One", "Two", "Three"):
        assert client.post(f"{LAW}/members/guests", data={"label": label, "rights": "read"}).status_code == 200
    assert counted(demonstrated, client, addresses) == before
    assert max(before) <= 12, before
