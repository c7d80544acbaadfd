"""Ways back into an account: who makes one for whom, how often letters go out, and that no answer tells who is known."""

import statistics
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.errors import Invalid, NotAllowed, NotFound, Refusal
from app.services import attempting, letting_back, passwords, signing_in
from app.services.letting_back import MadeWayBack
from app.services.passwords import QUICK
from app.services.tokens import hash_of_code, hash_of_token
from app.store.db import db
from app.store.events import Event
from app.store.invitations import WayBack
from app.store.letters import Letter, LetterRow
from app.store.users import User, by_name
from tests.services.invited_people import LATER, NOW, PASSWORD, House, built

SECRET = "for tests only"


@pytest.fixture(scope="module")
def house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from built(empty_sqlite, tmp_path_factory.mktemp("letting_back"))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    yield from house.as_at_first()


@pytest.fixture
def people(house: House) -> dict[str, int]:
    return house.people


def made_by(app: Flask, by: int, person: int, slug: str | None = "law", *, lost: bool = False) -> MadeWayBack:
    with app.app_context():
        return letting_back.let_back(
            db.session(), slug=slug, person_id=person, lost=lost, user_id=by, secret=SECRET, now=NOW
        )


def choose(app: Flask, key: str, password: str = PASSWORD, now: datetime = NOW) -> str:
    with app.app_context():
        return letting_back.choose(
            db.session(), key=key, password=password, secret=SECRET, now=now, hashing=QUICK
        )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "person", "slug", "answer"),
    [
        ("fac", "rep", "law", None),
        ("fac", "admin", "law", NotAllowed),  # administers the installation
        ("fac", "lead", "law", NotAllowed),  # facilitates a draft that is not theirs
        ("fac", "out", "law", NotFound),  # no member
        ("fac", "fac", "law", Invalid),
        ("fac", "rep", "other", NotFound),
        ("fac", "rep", None, NotFound),
        ("rep", "fac", "law", NotAllowed),
        ("out", "rep", "law", NotFound),
        ("admin", "lead", "law", None),
        ("admin", "boss", None, None),
        ("boss", "fac", None, None),
        ("boss", "rep", "law", NotFound),  # no member of the draft: not through its pages
        ("boss", "boss", None, Invalid),
        ("lead", "out", "other", None),
    ],
)
def test_who_makes_a_way_back_for_whom(
    app: Flask, people: dict[str, int], by: str, person: str, slug: str | None, answer: type[Refusal] | None
) -> None:
    if answer is None:
        assert made_by(app, people[by], people[person], slug).name == person
        return
    with pytest.raises(answer):
        made_by(app, people[by], people[person], slug)


def test_a_new_password_ends_every_sign_in_and_every_other_way_back_and_signs_nobody_in(
    app: Flask, people: dict[str, int]
) -> None:
    asked(app, "aigul@example.org")
    made = made_by(app, people["fac"], people["rep"])
    with app.app_context():
        token = signing_in.begin(db.session(), user_id=people["rep"], method="password", device="", now=NOW)
    assert choose(app, hash_of_code(made.code.lower())) == "rep"
    with app.app_context():
        user = by_name(db.session(), "rep")
        assert user is not None
        assert passwords.matches(user.password_hash, PASSWORD, QUICK)
        assert signing_in.who(db.session(), token, NOW) is None
        rows = db.session.scalars(select(WayBack).order_by(WayBack.id)).all()
        assert [(bool(one.used_at), bool(one.revoked_at)) for one in rows] == [(False, True), (True, False)]
    for key in (hash_of_token(made.token), hash_of_code(made.code)):
        with pytest.raises(letting_back.NoSuchWayBack):
            choose(app, key)


def test_a_way_back_by_hand_lasts_three_days_and_ends_the_one_before(app: Flask, people: dict[str, int]) -> None:
    first, second = (made_by(app, people["fac"], people["rep"]) for _ in range(2))
    key = hash_of_token(second.token)
    with app.app_context():
        for way, minutes, answer in (
            (hash_of_token(first.token), 0, letting_back.NoSuchWayBack),
            (hash_of_token("forged"), 0, letting_back.NoSuchWayBack),
            (key, 3 * 24 * 60 + 10, None),
            (key, 3 * 24 * 60 + 11, letting_back.WayBackRunOut),
        ):
            now = NOW + timedelta(minutes=minutes)
            if answer is None:
                assert letting_back.look(db.session(), key=way, now=now).name == "rep"
                continue
            with pytest.raises(answer):
                letting_back.look(db.session(), key=way, now=now)


def test_a_way_back_that_is_refused_a_password_is_left(app: Flask, people: dict[str, int]) -> None:
    key = hash_of_token(made_by(app, people["fac"], people["rep"]).token)
    with pytest.raises(passwords.PasswordTooShort):
        choose(app, key, "short")
    assert choose(app, key) == "rep"


def test_wrong_passwords_are_forgotten_and_a_lost_second_factor_is_taken_away(
    app: Flask, people: dict[str, int]
) -> None:
    parts = ("sign-in as", str(people["rep"]))
    with app.app_context():
        db.session.execute(
            db.update(User).where(User.name == "rep").values(totp_secret="S" * 32, totp_confirmed_at=NOW)
        )
        db.session.commit()
        for _ in range(3):
            attempting.count(
                db.session(), key_parts=parts, secret=SECRET, most=3, within=timedelta(minutes=15), now=NOW
            )  # fmt: skip
    made_by(app, people["fac"], people["rep"])
    with app.app_context():
        attempting.count(db.session(), key_parts=parts, secret=SECRET, most=1, within=timedelta(minutes=15), now=NOW)
        user = by_name(db.session(), "rep")
        assert user is not None
        assert user.totp_secret is not None
    made_by(app, people["fac"], people["rep"], lost=True)
    with app.app_context():
        user = by_name(db.session(), "rep")
        assert user is not None
        assert user.totp_secret is None
        facts = [one.facts for one in db.session.scalars(select(Event).where(Event.kind == "way_back_made"))]
        assert facts == [{"member": people["rep"], "second_factor": lost} for lost in (False, True)]


def asked(app: Flask, address: str, now: datetime = NOW, asked_from: str = "") -> None:
    def write(made: MadeWayBack) -> Letter:
        return Letter("way_back", made.email, "A new password", made.token)

    with app.app_context():
        letting_back.ask(
            db.session(), address=address, asked_from=asked_from, write=write, secret=SECRET, now=now
        )  # fmt: skip


def letters(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(LetterRow.address).order_by(LetterRow.id)))


def test_letters_go_to_confirmed_addresses_of_open_accounts_alone_and_three_a_day(
    app: Flask, people: dict[str, int]
) -> None:
    with app.app_context():
        for name, changed in (("out", {"email": "o@example.org", "email_key": "o@example.org"}),
                              ("boss", {"closed_at": NOW})):  # fmt: skip
            db.session.execute(db.update(User).where(User.name == name).values(**changed))
        db.session.commit()
    for address in ("nobody@example.org", "o@example.org", "boss@example.org"):
        asked(app, address)
    assert letters(app) == []
    for _ in range(5):
        asked(app, " AIGUL@Example.org ")
    assert letters(app) == ["AIGUL@Example.org"] * 3
    asked(app, "aigul@example.org", LATER + timedelta(minutes=1))
    assert len(letters(app)) == 4
    with app.app_context():
        row = db.session.scalars(select(WayBack)).first()
        assert row is not None
        assert (row.made_by, row.expires_at - row.made_at) == (None, timedelta(hours=1))


def test_one_place_asks_thirty_times_an_hour_whatever_the_address(app: Flask, people: dict[str, int]) -> None:
    for number in range(30):
        asked(app, f"nobody{number}@example.org", asked_from="203.0.113.7")
    for address in ("aigul@example.org", "nobody@example.org"):
        with pytest.raises(attempting.TooManyAttempts):
            asked(app, address, asked_from="203.0.113.7")
    asked(app, "aigul@example.org", asked_from="203.0.113.8")
    assert letters(app) == ["aigul@example.org"]


@pytest.mark.parametrize(
    "typed", ["", "aigul", "a@b", "a\0@example.org", "a" * 300 + "@example.org", "a@b.c\nBcc: d@e.f"]
)
def test_what_is_no_address_is_said_in_a_sentence(app: Flask, people: dict[str, int], typed: str) -> None:
    with pytest.raises(Invalid):
        asked(app, typed)


def test_asking_takes_as_long_whether_the_address_is_known(app: Flask, people: dict[str, int]) -> None:
    """200 in turn. Where no letter is written in vain, the medians lie more than a third apart."""
    with app.app_context():
        for number in range(100):
            address = f"known{number}@example.org"
            db.session.add(
                User(name=address, full_name="K", email=address, email_key=address, email_confirmed_at=NOW, created_at=NOW)
            )  # fmt: skip
        db.session.commit()
    taken: dict[str, list[float]] = {"known": [], "nobody": []}
    for number in range(100):
        for kind in ("known", "nobody") if number % 2 else ("nobody", "known"):
            began = time.process_time()
            asked(app, f"{kind}{number}@example.org")
            taken[kind].append(time.process_time() - began)
    assert letters(app) != []
    known, nobody = (statistics.median(sorted(times)[:75]) for times in taken.values())
    assert 0.8 < known / nobody < 1.25, (known, nobody)


def test_closed_accounts_and_guests_are_let_in_by_nobody(app: Flask, people: dict[str, int]) -> None:
    key = hash_of_token(made_by(app, people["fac"], people["rep"]).token)
    with app.app_context():
        db.session.execute(db.update(User).where(User.name == "rep").values(closed_at=NOW))
        db.session.execute(db.update(User).where(User.name == "lead").values(kind="guest"))
        db.session.commit()
    with pytest.raises(letting_back.NoSuchWayBack):
        choose(app, key)
    with pytest.raises(letting_back.AccountClosed):
        made_by(app, people["fac"], people["rep"])
    with pytest.raises(letting_back.NoSuchPerson):
        made_by(app, people["admin"], people["lead"])
