"""Letters with news: when they come, what they say, what they keep to themselves, how they end."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text, update

from app.letters import digests
from app.letters.composing import language_of_letters
from app.services import notifying, sending
from app.store import notices
from app.store.db import begin_writing, db
from app.store.drafts import Draft
from app.store.events import Event
from app.store.letters import LetterRow
from app.store.notices import NoticeWish
from app.store.users import User
from tests.live.listening import free_port
from tests.mail import Box, mail_server
from tests.product import LAW, SLUG, clause_ids, shown, signed_in, user_id
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
on_one = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
ZONE = ZoneInfo("Asia/Bishkek")
AT = "art_30__para_1"


def confirm(app: Flask, *names: str, language: str | None = "en") -> None:
    with app.app_context():
        for name in names:
            address = f"{name}@example.kg"
            values = {"email": address, "email_key": address, "email_confirmed_at": datetime.now(UTC)}
            db.session.execute(update(User).where(User.name == name).values(language=language, **values))
        db.session.commit()


def wish(app: Flask, frequency: str, *names: str) -> None:
    """They have seen all there is, and want letters from now on."""
    confirm(app, *names)
    for name in names:
        with app.app_context():
            at, id = datetime.now(UTC), user_id(app, name)
            notifying.choose(db.session(), user_id=id, frequency=frequency, now=at, zone=ZONE)


def tell(app: Flask, at: datetime) -> list[LetterRow]:
    """What is put into the outbox at a moment."""
    with app.app_context():
        session, before = db.session(), set(db.session.scalars(select(LetterRow.id)))
        while notifying.notify_next(
            session, digests.write, secret="s", language_of=language_of_letters, zone=ZONE, now=at
        ):
            pass
        rows = list(session.scalars(select(LetterRow).order_by(LetterRow.address)))
        session.expunge_all()
        return [row for row in rows if row.id not in before]


def soon() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=5, seconds=1)


def morning(days: int = 1) -> datetime:
    day = datetime.now(ZONE).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 8, 0, tzinfo=ZONE)


def comment(client: FlaskClient, at: str, body: str, **more: str) -> None:
    assert client.post(f"{LAW}/clauses/{at}/comments", data={"body": body, **more}).status_code == 303


def attribute(app: Flask, mode: str) -> None:
    """Before anybody wrote anything: what the demonstration wrote is of another day."""
    with app.app_context():
        db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
        db.session.execute(update(Event).values(happened_at=datetime.now(UTC) - timedelta(days=3)))
        db.session.commit()


def test_who_wants_it_at_once_is_told_within_minutes_and_once(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)[AT]
    interior, civil = signed_in(demonstrated, "interior"), signed_in(demonstrated, "civil")
    confirm(demonstrated, "interior")
    assert "interior@example.kg" not in shown(interior.get("/account/notices"))  # there is no mail server
    assert interior.post("/account/notices", data={"frequency": "instant"}).location == "/account/notices"
    assert tell(demonstrated, soon()) == []
    for number in range(3):
        comment(civil, at, f"What does @interior say, {number}?")
    assert tell(demonstrated, datetime.now(UTC)) == []
    (letter,) = tell(demonstrated, soon())
    assert (letter.kind, letter.address, letter.subject) == (
        "digest",
        "interior@example.kg",
        "3 things are new for you",
    )
    assert letter.text.count("Cholpon, for civil society (demo) named you in a comment on Article 30(1)") == 3
    assert "What does @interior say, 2?" in letter.text
    assert f"http://localhost{LAW}/news" not in letter.text  # outside a request only what is configured is known
    assert f"{LAW}/news" in letter.text
    assert tell(demonstrated, soon() + timedelta(minutes=10)) == []
    comment(interior, at, "We say nothing.")
    comment(civil, at, "And now, @interior?")
    assert interior.post(f"{LAW}/news", data={}).status_code == 303
    comment(civil, at, "And tomorrow, @interior?")
    (letter,) = tell(demonstrated, soon() + timedelta(minutes=10))
    assert letter.subject == "1 thing is new for you"
    assert "And tomorrow" in letter.text


def test_the_daily_letter_comes_at_eight_and_never_means_never(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)[AT]
    wish(demonstrated, "daily", "interior", "prosecutor")
    wish(demonstrated, "never", "ombudsman")
    comment(signed_in(demonstrated, "civil"), at, "@interior @prosecutor @ombudsman: whose budget?")
    assert (
        tell(demonstrated, morning() - timedelta(seconds=1) - timedelta(days=1 * (datetime.now(ZONE).hour < 8))) == []
    )
    assert [one.address for one in tell(demonstrated, morning())] == ["interior@example.kg", "prosecutor@example.kg"]
    assert tell(demonstrated, morning(2)) == []


@on_one
def test_letters_go_to_confirmed_addresses_of_open_accounts_alone(demonstrated: Flask) -> None:
    demonstrated.config["MAIL"] = sending.MailServer(host="mail.example", sender="a@b.kg")
    interior = signed_in(demonstrated, "interior")
    assert "confirmed e-mail address only" in shown(interior.get("/account/notices"))
    refused = interior.post("/account/notices", data={"frequency": "daily"})
    assert (refused.status_code, "Letters go to a confirmed" in shown(refused)) == (422, True)
    confirm(demonstrated, "interior")
    for wrong in ("", "hourly", "x" * 300, "a\0b"):
        refused = interior.post("/account/notices", data={"frequency": wrong})
        assert refused.status_code == 422, wrong
        assert "is no answer to how often letters are to come" in shown(refused)
    assert interior.post("/account/notices", data={"frequency": "daily"}).status_code == 303
    assert 'value="daily" checked' in interior.get("/account/notices").text
    comment(signed_in(demonstrated, "civil"), clause_ids(demonstrated)[AT], "@interior?")
    for closed in ({"email_confirmed_at": None}, {"closed_at": datetime.now(UTC)}, {"kind": "guest"}):
        with demonstrated.app_context():
            db.session.execute(update(User).where(User.name == "interior").values(**closed))
            db.session.commit()
        assert tell(demonstrated, morning()) == []
        with demonstrated.app_context():
            again = {"email_confirmed_at": datetime.now(UTC), "closed_at": None, "kind": "person"}
            db.session.execute(update(User).where(User.name == "interior").values(**again))
            db.session.commit()
    with demonstrated.app_context():
        db.session.execute(
            text("DELETE FROM memberships WHERE user_id = :id"), {"id": user_id(demonstrated, "interior")}
        )
        db.session.commit()
    assert tell(demonstrated, morning()) == []
    assert demonstrated.test_client().get("/account/notices").status_code == 404


def said_by(letter: str, addresses: list[str]) -> str:
    """Its words, without the addresses, which one form shows and the other hides behind words."""
    for one in addresses:
        letter = letter.replace(one, "")
    return re.sub(r"\s|–", "", letter)


@on_one
@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [("en", "1 thing is new for you", "named you in a comment on"), ("ru", None, "Article 30(1)"), ("ky", None, "Article 30(1)")],
)  # fmt: skip
def test_text_and_html_say_the_same_in_three_languages(
    demonstrated: Flask, language: str, subject: str | None, said: str
) -> None:
    wish(demonstrated, "instant", "interior")
    confirm(demonstrated, "interior", language=language)
    comment(signed_in(demonstrated, "civil"), clause_ids(demonstrated)[AT], "Is it <b>so</b> & why, @interior?")
    (letter,) = tell(demonstrated, soon())
    assert subject in (None, letter.subject)
    assert said in letter.text
    assert "Is it <b>so</b> & why, @interior?" in letter.text
    assert "Is it &lt;b&gt;so&lt;/b&gt; &amp; why, @interior?" in letter.html
    assert f'<html lang="{language}">' in letter.html
    addresses = [word for word in letter.text.split() if word.startswith("/")]
    assert said_by(unescape(re.sub(r"<[^>]*>", "", letter.html.partition("<body>")[2])), addresses) == said_by(
        letter.subject + letter.text, addresses
    )
    assert all(f'href="{one}"' in letter.html for one in addresses)


@on_one
def test_a_letter_tells_thirty_things_and_counts_the_rest_at_a_constant_cost(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)[AT]
    civil = signed_in(demonstrated, "civil")
    made = []
    for count in (2, 33):
        wish(demonstrated, "never", "interior")
        wish(demonstrated, "instant", "interior")
        for number in range(count):
            comment(civil, at, f"Number {number}, @interior")
        with statements(demonstrated) as counted:
            (letter,) = tell(demonstrated, soon())
        made.append(len(counted))
        assert letter.text.count("Number ") == min(count, 30)
        assert ("And 3 more\n" in letter.text) == (count == 33)
    assert letter.subject == "33 things are new for you"
    assert made[0] == made[1] <= 32, made


@pytest.mark.parametrize("mode", ["institution_only", "unattributed"])
def test_what_the_mode_forbids_stands_in_no_letter_and_no_page(demonstrated: Flask, mode: str) -> None:
    """In *unattributed* the author is told of it as everybody else, the next morning, by the same words."""
    at = clause_ids(demonstrated)[AT]
    wish(demonstrated, "never", "civil")
    everybody = ("civil", "interior", "osce")
    for name in everybody:
        assert signed_in(demonstrated, name).post(f"{LAW}/follow").status_code == 303
    attribute(demonstrated, mode)
    wish(demonstrated, "instant", *everybody)
    civil = signed_in(demonstrated, "civil")
    comment(civil, at, "Ask @prosecutor and @MVD about cell 14.")
    form = {"do": "submit", "base_version": "1", "operation": "delete", "rationale": "Not needed.", "name": "Cell 14"}
    assert civil.post(f"{LAW}/clauses/{at}/propose", data=form).status_code == 303
    at_once = tell(demonstrated, soon())
    if mode == "unattributed":
        assert at_once == []
        assert tell(demonstrated, morning() - timedelta(seconds=1)) == []
        letters = tell(demonstrated, morning() + timedelta(minutes=5))
        assert [one.address.partition("@")[0] for one in letters] == list(everybody)
        bodies = [
            one.text.partition("/notices/stop/")[0].replace("named your institution in a comment", "commented")
            for one in letters
        ]
        assert bodies[0] == bodies[1]
        assert "Somebody" in bodies[0]
    else:
        letters = at_once
        assert [one.address.partition("@")[0] for one in letters] == ["interior", "osce"]
    assert letters
    osce = signed_in(demonstrated, "osce")
    for said in (*(one.text + one.html + one.subject for one in letters), lines_of(osce)):
        assert "Cholpon" not in said
        assert "@prosecutor" not in said
        if mode == "unattributed":
            assert not re.search(r"civil society|\d\d:\d\d", re.sub(r"(?s)<style>.*?</style>", "", said)), said
    if mode == "unattributed":
        assert "cell 14" not in "".join(one.text + one.html for one in letters).lower()
    else:
        assert "about cell 14" in letters[0].text


def lines_of(client: FlaskClient) -> str:
    page = shown(client.get(f"{LAW}/news"))
    found = re.findall(r'<li class="news-line".*?</li>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]*>", " ", " ".join(found))


@on_one
def test_what_follows_an_unattributed_contribution_waits_with_it(demonstrated: Flask) -> None:
    """Everything is told once and in its order; on the next day at eight, not a moment before."""
    attribute(demonstrated, "unattributed")
    at = clause_ids(demonstrated)[AT]
    signed_in(demonstrated, "osce").post(f"{LAW}/follow")
    wish(demonstrated, "instant", "osce")
    facilitator = signed_in(demonstrated, "facilitator")
    comment(signed_in(demonstrated, "civil"), at, "One.")
    reopened = {"do": "open", "question": "Agreed?"}
    assert facilitator.post(f"{LAW}/calls", data=reopened).status_code in (303, 404, 405, 422)
    assert tell(demonstrated, soon()) == []
    (letter,) = tell(demonstrated, morning() + timedelta(minutes=5))
    assert letter.text.count("Article 30(1)") == 1
    assert tell(demonstrated, morning() + timedelta(minutes=15)) == []


@on_one
def test_the_address_in_a_letter_ends_letters_without_signing_in(demonstrated: Flask) -> None:
    demonstrated.config["PUBLIC_ADDRESS"] = "https://kelishim.example"
    demonstrated.config["WTF_CSRF_ENABLED"] = True
    at = clause_ids(demonstrated)[AT]
    wish(demonstrated, "instant", "interior", "prosecutor")
    demonstrated.config["WTF_CSRF_ENABLED"] = False
    civil = signed_in(demonstrated, "civil")
    comment(civil, at, "@interior @prosecutor, one?")
    first = tell(demonstrated, soon())[0]
    assert first.unsubscribe in first.text
    comment(civil, at, "@interior @prosecutor, two?")
    second = tell(demonstrated, soon() + timedelta(minutes=10))[0]
    assert first.unsubscribe == second.unsubscribe
    demonstrated.config["WTF_CSRF_ENABLED"] = True
    stranger = demonstrated.test_client()
    path = first.unsubscribe.removeprefix("https://kelishim.example")
    assert re.fullmatch(r"/notices/stop/[0-9a-f]{64}", path)
    page = stranger.get(path)
    assert (page.status_code, "Get no more letters with news?" in shown(page)) == (200, True)
    assert "interior" not in page.text
    with demonstrated.app_context():
        assert frequencies() == {"interior": "instant", "prosecutor": "instant"}
    for _ in range(2):
        ended = demonstrated.test_client().post(path, data={"List-Unsubscribe": "One-Click"})
        assert (ended.status_code, "No more letters come" in shown(ended)) == (200, True)
    with demonstrated.app_context():
        assert frequencies() == {"interior": "never", "prosecutor": "instant"}
    for forged in ("x", "0" * 64, "%00", "й"):
        for answer in (stranger.get(f"/notices/stop/{forged}"), stranger.post(f"/notices/stop/{forged}")):
            assert answer.status_code == 404, forged
    demonstrated.config["WTF_CSRF_ENABLED"] = False
    comment(civil, at, "@interior @prosecutor, three?")
    assert [one.address for one in tell(demonstrated, soon() + timedelta(minutes=20))] == ["prosecutor@example.kg"]


def frequencies() -> dict[str, str]:
    rows = db.session.execute(select(User.name, NoticeWish.frequency).join(NoticeWish, NoticeWish.user_id == User.id))
    return {row[0]: row[1] for row in rows}


@on_one
def test_of_two_processes_one_writes_the_letter(demonstrated: Flask) -> None:
    wish(demonstrated, "daily", "interior")
    with demonstrated.app_context():
        session = db.session()
        due = notices.next_due(session, morning())
        assert due is not None
        begin_writing(session)
        assert [notices.claim(session, due, morning(2), "h") for _ in range(2)] == [True, False]
        session.rollback()


@on_one
def test_an_administrator_sees_counts_and_no_letter(demonstrated: Flask) -> None:
    wish(demonstrated, "instant", "interior")
    comment(signed_in(demonstrated, "civil"), clause_ids(demonstrated)[AT], "@interior, one?")
    tell(demonstrated, soon())
    observer = signed_in(demonstrated, "observer")
    for client in (observer, signed_in(demonstrated, "administrator"), demonstrated.test_client()):
        assert client.get("/administration/letters").status_code == 404
        assert client.post("/administration/letters").status_code == 404
    with demonstrated.app_context():
        db.session.execute(update(User).where(User.name == "observer").values(is_administrator=True))
        db.session.execute(update(LetterRow).values(problem="The mail server refuses the address (451).", tries=1))
        db.session.commit()
    page = shown(observer.get("/administration/letters"))
    assert "No mail server is configured" in page
    assert "The mail server refuses the address (451)." in page
    assert "interior@" not in page
    assert observer.post("/administration/letters").location == "/administration/letters"
    box, port = Box(), free_port()
    with mail_server(box, port) as server, demonstrated.app_context():
        assert sending.send_all(db.session(), server, "s", lambda: datetime.now(UTC) + timedelta(minutes=6)) == 1
    assert box.letters[0]["Subject"] == "1 thing is new for you"
    assert "<dt>Sent</dt><dd>1</dd>" in observer.get("/administration/letters").text
