"""A code counts once, also where two who have it type it at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

from flask import Flask

from app.domain.errors import Refusal
from app.services import app_codes, recovery_codes
from app.store.db import db
from tests.factors import person, with_app_codes

AT_ONCE = 4


def test_of_several_who_type_the_same_code_at_once_one_is_let_in(app: Flask) -> None:
    user_id, now = person(app, "anna"), datetime.now(UTC)
    code = with_app_codes(app, "anna").at(now)
    with app.app_context():
        on_paper = recovery_codes.make(db.session, user_id=user_id)[0]
    starting = Barrier(AT_ONCE)

    def is_let_in(module: object, typed: str) -> bool:
        check = recovery_codes.use if module is recovery_codes else app_codes.check
        with app.app_context():
            starting.wait()
            try:
                check(db.session, user_id=user_id, code=typed, secret="for tests", now=now)
            except Refusal:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as people:
        for module, typed in ((app_codes, code), (recovery_codes, on_paper)):
            came = [one.result() for one in [people.submit(is_let_in, module, typed) for _ in range(AT_ONCE)]]
            assert sorted(came) == [False, False, False, True]
