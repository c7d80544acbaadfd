"""A sign-in is found by its token until it ends; counts of tries end by themselves."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.services import attempting, signing_in
from app.services.attempting import AT_ONCE, TooManyAttempts
from app.services.signing_in import NoSuchSignIn
from app.store.attempts import Attempt
from app.store.sign_ins import SignIn
from app.store.users import User
from tests.statements import statements

BISHKEK = ZoneInfo("Asia/Bishkek")
NOW = datetime(2026, 11, 29, 1, 17, tzinfo=BISHKEK)  # still the 28th in UTC
MINUTES = timedelta(minutes=15)


@pytest.fixture
def person(session: Session) -> int:
    user = User(name="somebody", full_name="Somebody", created_at=NOW)
    session.add(user)
    session.commit()
    return user.id


def begun(session: Session, person: int, now: datetime = NOW, ends_at: datetime | None = None) -> str:
    return signing_in.begin(session, user_id=person, method="password", device="Firefox", now=now, ends_at=ends_at)


def test_a_sign_in_is_found_in_one_statement_and_written_once_a_day(app: Flask, session: Session, person: int) -> None:
    token = begun(session, person)
    with statements(app) as made:
        found = signing_in.who(session, token, NOW)
        assert found is not None
        signing_in.see(session, found[0], NOW + timedelta(hours=22))
    assert len(made) == 1
    assert found[1].full_name == "Somebody"
    assert (found[0].made_on, found[0].seen_on) == (date(2026, 11, 29), date(2026, 11, 29))
    tomorrow = NOW + timedelta(hours=23)
    for count in (1, 0):
        found = signing_in.who(session, token, tomorrow)
        assert found is not None
        with statements(app) as made:
            signing_in.see(session, found[0], tomorrow)
        assert len(made) == count
    assert session.scalars(select(SignIn.seen_on)).all() == [date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("later", "seen", "is_open"),
    [
        (timedelta(days=14), False, True),
        (timedelta(days=15), False, False),
        (timedelta(days=30), True, True),
        (timedelta(days=31), True, False),
    ],
)
def test_a_sign_in_ends_after_thirty_days_or_fourteen_without_anybody(
    session: Session, person: int, later: timedelta, seen: bool, is_open: bool
) -> None:
    token = begun(session, person)
    if seen:
        session.execute(update(SignIn).values(seen_on=(NOW + later).date()))
        session.commit()
    assert (signing_in.who(session, token, NOW + later) is not None) is is_open
    assert bool(signing_in.listed(session, person, NOW + later)) is is_open


def test_no_moment_of_a_sign_in_is_stored(session: Session, person: int) -> None:
    begun(session, person)
    begun(session, person, NOW + timedelta(hours=3))
    signing_in.end_others(session, user_id=person, but=1, now=NOW + timedelta(hours=9))
    rows = session.scalars(select(SignIn).order_by(SignIn.id)).all()
    assert {row.ends_at for row in rows} == {datetime(2026, 12, 30, tzinfo=BISHKEK)}
    assert [row.ended_at for row in rows] == [None, datetime(2026, 11, 29, tzinfo=BISHKEK)]


def test_a_guests_sign_in_ends_when_it_is_told_to(session: Session, person: int) -> None:
    token = begun(session, person, ends_at=NOW + timedelta(days=2))
    assert signing_in.who(session, token, NOW + timedelta(days=2, minutes=-1)) is not None
    assert signing_in.who(session, token, NOW + timedelta(days=2)) is None


def test_forged_and_strange_tokens_and_those_of_closed_accounts_are_nobodys(session: Session, person: int) -> None:
    token = begun(session, person)
    for wrong in ("", "x", token[:-1], token + "x", token.upper(), "\0", "\ud800", "ё", str(person), "x" * 100_000):
        assert signing_in.who(session, wrong, NOW) is None
    session.execute(update(User).values(closed_at=NOW.astimezone(UTC)))
    session.commit()
    assert signing_in.who(session, token, NOW) is None


def test_one_ends_ones_own_sign_ins_alone(session: Session, person: int) -> None:
    other = User(name="other", full_name="Other", created_at=NOW)
    session.add(other)
    session.commit()
    other_id = other.id
    mine, theirs = [begun(session, person) for _ in range(3)], begun(session, other_id)
    ids = [one.id for one in signing_in.listed(session, person, NOW)]
    with pytest.raises(NoSuchSignIn):
        signing_in.end(session, user_id=other_id, sign_in_id=ids[0], now=NOW)
    signing_in.end(session, user_id=person, sign_in_id=ids[0], now=NOW)
    with pytest.raises(NoSuchSignIn):
        signing_in.end(session, user_id=person, sign_in_id=ids[0], now=NOW)
    assert signing_in.end_others(session, user_id=person, but=ids[1], now=NOW) == 1
    assert [one.id for one in signing_in.listed(session, person, NOW)] == [ids[1]]
    assert [signing_in.who(session, token, NOW) is not None for token in (*mine, theirs)] == [False, True, False, True]
    assert signing_in.end_all(session, person, now=NOW) == 1


def tried(session: Session, who: str, now: datetime, most: int = 3) -> int:
    """0 where it was counted, or the seconds one is to wait."""
    try:
        attempting.count(session, key_parts=("test", who), secret="s", most=most, within=MINUTES, now=now)
    except TooManyAttempts as refusal:
        assert "minute" in str(refusal)
        return refusal.seconds
    return 0


def test_too_many_tries_are_refused_until_the_time_is_over(session: Session) -> None:
    minute = timedelta(minutes=1)
    assert [tried(session, "a", NOW + at * minute) for at in range(5)] == [0, 0, 0, 12 * 60, 11 * 60]
    assert tried(session, "b", NOW + 4 * minute) == 0  # another's count
    assert [tried(session, "a", NOW + at * minute) for at in (14, 15, 16)] == [60, 0, 0]
    attempting.clear(session, key_parts=("test", "a"), secret="s")
    session.commit()
    assert [tried(session, "a", NOW + 17 * minute) for _ in range(4)] == [0, 0, 0, 15 * 60]


def test_a_try_that_succeeded_is_taken_back(session: Session) -> None:
    for _ in range(20):
        assert tried(session, "a", NOW) == 0
        attempting.take_back(session, key_parts=("test", "a"), secret="s")
        session.commit()
    assert session.scalars(select(Attempt.key)).all() == [], "nothing says when it was"
    for _ in range(2):
        tried(session, "a", NOW)
    attempting.take_back(session, key_parts=("test", "a"), secret="s")
    session.commit()
    assert session.scalars(select(Attempt.count)).all() == [1]


def test_old_counts_are_forgotten_a_few_with_each_new_one_and_all_within_the_hour(session: Session) -> None:
    day = timedelta(days=1)
    session.add_all(Attempt(key=f"{number:064}", since=NOW, count=1) for number in range(AT_ONCE + 20))
    session.commit()
    tried(session, "a", NOW + day)
    assert len(session.scalars(select(Attempt.key)).all()) == AT_ONCE + 21, "a day is not over at its end"
    tried(session, "a", NOW + 1.5 * day)
    assert len(session.scalars(select(Attempt.key)).all()) == 21
    attempting.forget(session, now=NOW + 1.5 * day)
    assert session.scalars(select(Attempt.count)).all() == [1]


def test_counts_tell_no_name_and_are_forgotten(session: Session) -> None:
    tried(session, "a name", NOW)
    tried(session, "another", NOW + timedelta(days=3))
    [key] = session.scalars(select(Attempt.key))
    assert (len(key), "name" in key) == (64, False)
