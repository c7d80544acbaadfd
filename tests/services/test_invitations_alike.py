"""Nobody learns from how long an answer takes whether an invitation was ever made."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.services import invited, inviting
from app.services.inviting import Inviter
from app.services.passwords import QUICK
from app.services.tokens import hash_of_token, new_token
from app.store.db import db
from tests.services.invited_people import LATER, NOW, PASSWORD, House, built
from tests.services.invited_people import invited as make

TIMES = 200


@pytest.fixture(scope="module")
def house(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    yield from built(empty_sqlite, tmp_path_factory.mktemp("alike"))


@pytest.fixture
def app(house: House) -> Iterator[Flask]:
    yield from house.as_at_first()


def test_unknown_used_and_revoked_invitations_take_as_long(app: Flask, house: House) -> None:
    """200 of each in turn. Asking for the draft as well, for one kind alone, would cost half as much again."""
    facilitator = house.people["fac"]
    used, revoked = (make(app, facilitator, name=name) for name in ("Used", "Revoked"))
    with app.app_context():
        session: Session = db.session()
        invited.join_anew(
            session, key=hash_of_token(used.token), name="used", password=PASSWORD, language="en", now=LATER, hashing=QUICK
        )  # fmt: skip
        inviting.revoke(session, slug="law", invitation_id=revoked.id, by=Inviter(facilitator), now=NOW)
        tokens = {"unknown": new_token(), "used": used.token, "revoked": revoked.token}
        taken: dict[str, list[float]] = {kind: [] for kind in tokens}
        for _ in range(TIMES):
            for kind, token in tokens.items():
                began = time.process_time()
                with pytest.raises(invited.NoSuchInvitation):
                    invited.look(session, key=hash_of_token(token), user_id=None, language="en", now=NOW)
                session.rollback()
                taken[kind].append(time.process_time() - began)
    medians = {kind: statistics.median(times) for kind, times in taken.items()}
    assert max(medians.values()) < 1.3 * min(medians.values()), medians
