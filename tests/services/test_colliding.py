"""Which amendments collide: told anew where one came or went, and nowhere else."""

import pytest
from flask import Flask

from app.domain.edits import Amendment
from app.services import colliding
from app.services.colliding import Colliding, colliding_of
from app.services.kept import Kept
from app.services.proposed import proposed
from app.services.texts import IssuedText, latest
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import SLUG
from tests.services.deeds import withdraw

pytest_plugins = ["tests.demonstration"]
Group = tuple[str, ...]


def told(demonstrated: Flask) -> Colliding:
    with demonstrated.app_context():
        session = db.session()
        draft = find_draft(session, SLUG)
        text = latest(session, draft)
        assert text is not None
        return colliding_of(text, proposed(session, draft))


def test_only_the_group_that_an_amendment_left_is_merged_anew(
    demonstrated: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kept in ("_KEPT", "_MET"):  # another test may have asked the same before
        monkeypatch.setattr(colliding, kept, Kept(100))
    before = told(demonstrated)
    assert before.others[1] == (2, 3)
    assert before.others[4] == (5,)
    merged: list[Group] = []
    really = colliding._merged

    def watched(text: IssuedText, group: tuple[Amendment, ...]) -> Colliding:
        merged.append(tuple(one.key for one in group))
        return really(text, group)

    monkeypatch.setattr(colliding, "_merged", watched)
    assert told(demonstrated) is before
    assert merged == []
    withdraw(demonstrated, "civil", 1)
    after = told(demonstrated)
    assert merged == [("A2", "A3")]
    assert after.others == {**{n: found for n, found in before.others.items() if n > 3}, 2: (3,), 3: (2,)}
    assert after.contested == before.contested
