"""Inviting and accepting in the browser, ways back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.services import inviting
from app.services.inviting import Inviter
from app.store.db import db
from app.store.invitations import Invitation, WayBack
from app.store.letters import LetterRow
from app.store.sign_ins import SignIn
from app.store.users import by_name
from config import MailServer
from tests.product import shown, signed_in
from tests.services import invited_people
from tests.services.invited_people import PASSWORD, House, built
from tests.statements import counted

NOW = datetime.now(UTC)
"""Pages go by the real clock, and so do the invitations that they are about."""
invited = partial(invited_people.invited, now=NOW)

CASES = Path(__file__).parents[1] / "cases/invitations"
HERE = "/drafts/law/members/invitations"
ONE = {"name": "Айгүл Токтосунова", "role": "representative", "institution": "CSO", "part": "member", "language": "ky",
       "days": "14"}  # fmt: skip
CODE = re.compile(r"slip-code\">([0-9A-Z-]{14})<")
LINK = re.compile(r"value=\"http://localhost(/\S+?)\"")


@pytest.fixture(scope="module")
def house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from built(empty_sqlite, tmp_path_factory.mktemp("invitations"))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    settings = dict(house.app.config)
    yield from house.as_at_first()
    house.app.config.update(settings)


@pytest.fixture
def people(house: House) -> dict[str, int]:
    return house.people


@pytest.fixture
def facilitator(app: Flask) -> FlaskClient:
    return signed_in(app, "fac")


def rows(app: Flask) -> list[Invitation]:
    with app.app_context():
        return list(db.session.scalars(select(Invitation).order_by(Invitation.id)))


def test_link_and_code_are_shown_once_on_a_slip_and_never_in_an_address(app: Flask, facilitator: FlaskClient) -> None:
    made = facilitator.post(HERE, data=ONE)
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    assert "<svg" in made.text
    assert "style=" not in made.text
    assert "Айгүл Токтосунова" in made.text
    page = shown(facilitator.get(HERE))
    assert "waiting, good until" in page
    assert CODE.search(made.text)[1] not in page  # type: ignore[index]
    assert LINK.search(made.text)[1] not in page  # type: ignore[index]


def test_what_was_typed_stays_in_a_form_that_is_refused(app: Flask, facilitator: FlaskClient) -> None:
    refused = facilitator.post(HERE, data={**ONE, "name": "N" * 300, "email": "x@", "days": "91", "institution": "MVD"})
    assert refused.status_code == 422
    page = shown(refused)
    for words in ("A name has at most 200 characters; this one has 300.", 'value="' + "N" * 300, 'value="x@"',
                  'value="91"', '<option value="MVD" selected>', '<option value="ky" lang="ky" selected>'):  # fmt: skip
        assert words in page
    assert rows(app) == []


@pytest.mark.parametrize("file", ["commas", "utf-16", "windows-1251", "faults"])
def test_a_file_is_previewed_and_its_text_stays_in_the_form(app: Flask, facilitator: FlaskClient, file: str) -> None:
    data = {"file": (BytesIO((CASES / f"{file}.csv").read_bytes()), "list.csv"), "language": "en", "days": "14"}
    page = facilitator.post(f"{HERE}/list", data=data, content_type="multipart/form-data")
    assert page.status_code == 200
    assert "Nobody is invited by this yet." in page.text
    assert rows(app) == []
    text = (
        shown(page).partition('placeholder="name;email;institution;role;part;language">')[2].partition("</textarea>")[0]
    )
    again = facilitator.post(
        f"{HERE}/list", data={"text": text, "language": "en", "days": "14", "do": "invite", "which": "good"}
    )
    assert again.status_code == 200
    assert (
        len(CODE.findall(again.text))
        == len(rows(app))
        == {"commas": 2, "utf-16": 1, "windows-1251": 2, "faults": 3}[file]
    )


def test_all_or_nothing_is_what_is_taken_unless_the_good_lines_are_asked_for(
    app: Flask, facilitator: FlaskClient
) -> None:
    text = (CASES / "faults.csv").read_text()
    refused = facilitator.post(f"{HERE}/list", data={"text": text, "language": "en", "days": "14", "do": "invite"})
    assert refused.status_code == 422
    assert "Nobody was invited: 9 line(s) cannot be used." in refused.text
    assert "<strong>Line 9</strong>" in refused.text
    assert rows(app) == []


def test_new_codes_for_the_chosen_ones_end_the_former(
    app: Flask, people: dict[str, int], facilitator: FlaskClient
) -> None:
    made = invited(app, people["fac"])
    again = facilitator.post(f"{HERE}/slips", data={"invitation": [made.id], "days": "3"})
    code = CODE.search(again.text)
    assert code is not None
    reader = app.test_client()
    assert [reader.post("/join", data={"code": one}).status_code for one in (made.code, code[1])] == [422, 200]
    assert facilitator.post(f"{HERE}/slips", data={"days": "3"}).status_code == 422
    assert facilitator.post(f"{HERE}/slips", data={"invitation": ["99"], "days": "3"}).status_code == 404
    assert facilitator.post(f"{HERE}/{made.id}/revoke").status_code == 303
    assert facilitator.post(f"{HERE}/{made.id}/revoke").status_code == 409
    assert reader.post("/join", data={"code": code[1]}).status_code == 422


def test_opening_a_link_changes_nothing_and_joining_signs_in_and_leads_to_the_draft(
    app: Flask, people: dict[str, int]
) -> None:
    made = invited(app, people["fac"], name="Өмүрбек Жаңылов", institution="CSO")
    reader = app.test_client()
    for _ in range(5):
        page = reader.get(f"/join/{made.token}")
        assert page.status_code == 200
        assert reader.head(f"/join/{made.token}").status_code == 200
    for words in (
        'value="omurbek.zhangylov"',
        'autocomplete="new-password"',
        "The law",
        "Civil society",
        "representative",
    ):
        assert words in page.text
    assert page.headers["Cache-Control"] == "no-store"
    joined = reader.post(
        f"/join/{made.token}", data={"do": "join", "name": "omurbek", "password": PASSWORD, "language": "ky"}
    )
    assert (joined.status_code, joined.location) == (303, "/drafts/law")
    with app.app_context():
        user = by_name(db.session(), "omurbek")
        assert user is not None
        assert user.language == "ky"
        assert [(one.user_id, one.method) for one in db.session.scalars(select(SignIn))] == [(user.id, "invitation")]
    assert reader.get(f"/join/{made.token}").status_code == 404


def test_a_taken_name_says_so_and_what_was_typed_stays_but_the_password(app: Flask, people: dict[str, int]) -> None:
    made = invited(app, people["fac"])
    refused = app.test_client().post(
        "/join", data={"code": made.code.lower(), "do": "join", "name": "rep", "password": PASSWORD, "language": "ru"}
    )
    assert refused.status_code == 422
    assert 'value="rep"' in refused.text
    assert f'name="code" value="{made.code.lower()}"' in refused.text
    assert PASSWORD not in refused.text


def test_somebody_signed_in_takes_the_role_or_is_somebody_else(app: Flask, people: dict[str, int]) -> None:
    made, other = invited(app, people["fac"]), invited(app, people["fac"], name="Other Person")
    outsider = signed_in(app, "out")
    page = shown(outsider.get(f"/join/{made.token}"))
    assert "Take this role to my account" in page
    assert "I am somebody else" in page
    taken = outsider.post(f"/join/{made.token}", data={"do": "take"})
    assert (taken.status_code, taken.location) == (303, "/drafts/law")
    assert "are a member of this draft already" in shown(outsider.get(f"/join/{other.token}"))
    assert outsider.post(f"/join/{other.token}", data={"do": "take"}).status_code == 409
    assert app.test_client().post(f"/join/{other.token}", data={"do": "take"}).status_code == 404


def test_unknown_forged_used_and_revoked_ones_are_answered_with_the_same_page(
    app: Flask, people: dict[str, int]
) -> None:
    used, revoked, over = (invited(app, people["fac"], name=name) for name in ("Used", "Revoked", "Over"))
    with app.app_context():
        inviting.revoke(db.session(), slug="law", invitation_id=revoked.id, by=Inviter(people["fac"]), now=NOW)
        db.session.execute(
            db.update(Invitation).where(Invitation.id == used.id).values(used_at=NOW, used_by=people["out"])
        )
        db.session.execute(
            db.update(Invitation).where(Invitation.id == over.id).values(expires_at=NOW - timedelta(days=99))
        )
        db.session.commit()
    reader = app.test_client()
    asked = [reader.get(f"/join/{token}") for token in (used.token, revoked.token, "x" * 43, "never-there", over.token)]
    assert {one.status_code for one in asked} == {404}
    pages = [re.sub(r"/join/[\w-]+|%2Fjoin%2F[\w-]+|value=\"[^\"]+\"", "", one.text) for one in asked]
    assert len(set(pages[:4])) == 1
    assert "has run out" in pages[4]
    typed = [
        reader.post("/join", data={"code": code}) for code in (used.code, revoked.code, "7KQ2-M4XD-09RT", "\0", "")
    ]
    assert {one.status_code for one in typed} == {422}


def test_thirty_codes_from_one_place_are_enough(app: Flask, people: dict[str, int]) -> None:
    made, place = invited(app, people["fac"]), {"REMOTE_ADDR": "203.0.113.9"}
    reader = app.test_client()
    for _ in range(10):  # right ones do not count
        assert reader.post("/join", data={"code": made.code}, environ_base=place).status_code == 200
    answers = [
        reader.post(address, data={"code": "AAAA"}, environ_base=place).status_code
        for address in (("/join", "/sign-in/new-password") * 15)
    ]
    assert set(answers) == {422}
    last = reader.post("/join", data={"code": made.code}, environ_base=place)
    assert last.status_code == 429
    assert int(last.headers["Retry-After"]) > 0
    assert (
        reader.post("/join", data={"code": made.code}, environ_base={"REMOTE_ADDR": "203.0.113.10"}).status_code == 200
    )


def with_mail(app: Flask) -> None:
    app.config.update(
        MAIL=MailServer(host="mail.invalid", sender="k@example.org"), PUBLIC_ADDRESS="https://law.example"
    )


def test_letters_go_out_where_mail_is_sent_in_the_language_of_whom_they_are_for(
    app: Flask, facilitator: FlaskClient
) -> None:
    with_mail(app)
    sent = facilitator.post(HERE, data={**ONE, "email": "a@example.org"})
    assert "1 letter is on its way." in sent.text
    facilitator.post(HERE, data={**ONE, "name": "B", "email": "b@example.org", "letter": "no"})
    with app.app_context():
        letter = db.session.scalars(select(LetterRow)).one()
        assert (letter.kind, letter.address) == ("invitation", "a@example.org")
        assert "https://law.example/join/" in letter.text
        assert CODE.search(sent.text)[1] in letter.text  # type: ignore[index]
        assert "өкүл" in letter.text


def test_asking_for_a_new_password_answers_alike_and_the_letter_holds_the_link(app: Flask) -> None:
    with_mail(app)
    reader = app.test_client()
    answers = []
    for address in ("aigul@example.org", "nobody@example.org"):
        asked = reader.post("/sign-in/forgotten", data={"email": address})
        answers.append((asked.status_code, asked.location, reader.get(asked.location).text))
    assert answers[0] == answers[1]
    assert reader.post("/sign-in/forgotten", data={"email": "aigul@"}).status_code == 422
    with app.app_context():
        text = db.session.scalars(select(LetterRow.text)).one()
    token = re.search(r"https://law.example/sign-in/new-password/(\S+)", text)
    assert token is not None
    page = f"/sign-in/new-password/{token[1]}"
    assert reader.get(page).status_code == 200
    assert reader.post(page, data={"do": "choose", "password": "short"}).status_code == 422
    chosen = reader.post(page, data={"do": "choose", "password": PASSWORD})
    assert (chosen.status_code, chosen.location) == (303, "/sign-in")
    assert reader.get(page).status_code == 404
    assert reader.post("/sign-in", data={"name": "rep", "password": PASSWORD}).status_code == 303


def test_a_facilitator_hands_over_a_code_with_which_a_locked_out_member_chooses_a_password(
    app: Flask, people: dict[str, int], facilitator: FlaskClient
) -> None:
    reader = app.test_client()
    for _ in range(11):
        reader.post("/sign-in", data={"name": "rep", "password": "wrong"})
    assert reader.post("/sign-in", data={"name": "rep", "password": "kelishim-demo"}).status_code == 422
    page = f"/drafts/law/members/{people['rep']}/way-back"
    assert facilitator.get(page).status_code == 200
    made = facilitator.post(page)
    assert made.headers["Cache-Control"] == "no-store"
    code = CODE.search(made.text)
    assert code is not None
    typed = {"code": code[1].replace("-", " ").lower()}
    assert 'value="rep"' in reader.post("/sign-in/new-password", data=typed).text
    assert reader.post("/sign-in/new-password", data={**typed, "do": "choose", "password": PASSWORD}).status_code == 303
    assert reader.post("/sign-in", data={"name": "rep", "password": PASSWORD}).status_code == 303
    with app.app_context():
        assert db.session.scalars(select(WayBack)).one().made_by == people["fac"]


def test_who_may_not_be_let_in_again_is_said_before_anything_is_asked(
    app: Flask, people: dict[str, int], facilitator: FlaskClient
) -> None:
    for name, status in (("lead", 403), ("admin", 403), ("fac", 422)):
        page = f"/drafts/law/members/{people[name]}/way-back"
        assert "<form method" not in facilitator.get(page).text.partition("<main")[2], name
        assert facilitator.post(page).status_code == status, name
    assert facilitator.get(f"/administration/people/{people['rep']}/way-back").status_code == 404
    assert signed_in(app, "boss").post(f"/administration/people/{people['lead']}/way-back").status_code == 200


def test_an_administrator_of_the_installation_who_is_no_member_invites_and_sees_the_title_alone(app: Flask) -> None:
    boss = signed_in(app, "boss")
    page = boss.get(HERE)
    assert page.status_code == 200
    assert "The law" in page.text
    assert "/drafts/law/amendments" not in page.text
    assert boss.post(HERE, data=ONE).status_code == 200
    assert boss.get(f"{HERE}/list").status_code == 200
    assert boss.get("/drafts/law").status_code == 404


def test_the_list_takes_as_many_statements_however_long_it_is(
    app: Flask, people: dict[str, int], facilitator: FlaskClient
) -> None:
    invited(app, people["fac"])
    before = counted(app, facilitator, [HERE])
    for number in range(5):
        invited(app, people["fac"], name=f"Person {number}", institution="CSO")
    assert counted(app, facilitator, [HERE]) == before


def test_the_command_line_invites_lists_renews_revokes_and_lets_in(app: Flask) -> None:
    def run(*args: str, fails: bool = False) -> str:
        result = app.test_cli_runner().invoke(args=list(args))
        assert (result.exit_code != 0) is fails, result.output
        return result.output

    made = run("invitations", "create", "law", "Anna Kim", "--institution", "CSO", "--language", "ru")
    assert re.fullmatch(r"1\tAnna Kim\t[0-9A-Z-]{14}\t\S*/join/[\w-]{43}\n", made)
    assert "invited already" in run("invitations", "create", "law", "Anna Kim", "--institution", "CSO", fails=True)
    assert re.match(r"1\twaiting\t\d{4}-\d\d-\d\d\trepresentative\tCSO\tAnna Kim\n", run("invitations", "list", "law"))
    assert run("invitations", "renew", "law", "1").startswith("1\tAnna Kim\t")
    assert run("invitations", "revoke", "law", "1") == "The invitation of Anna Kim is taken back.\n"
    assert "taken back already" in run("invitations", "revoke", "law", "1", fails=True)
    refused = run("invitations", "import", "law", str(CASES / "faults.csv"), fails=True)
    assert "line 9: “king” is no role" in refused
    dry = run("invitations", "import", "law", str(CASES / "faults.csv"), "--dry-run")
    assert dry.splitlines()[-1] == "3 can be invited, 9 cannot."
    assert len(run("invitations", "import", "law", str(CASES / "commas.csv")).splitlines()) == 2
    assert run("users", "let-in", "rep").startswith("Aigul Representative\t")
    assert "no such person" in run("users", "let-in", "nobody", fails=True)
