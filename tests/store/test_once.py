"""What is made once is one, though many ask first at the same time."""

import time
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from app.store.once import once
from app.store.succession import _heirs, _pairs


def test_many_who_ask_first_at_once_are_given_the_same() -> None:
    def made() -> object:
        time.sleep(0.02)
        return object()

    kept = once(made)
    with ThreadPoolExecutor(8) as threads:
        assert len({id(one.result()) for one in [threads.submit(kept) for _ in range(8)]}) == 1


def test_a_statement_with_both_parts_about_successors_can_be_written_out() -> None:
    statement = select(_pairs().c.body).join(_heirs(), _heirs().c.body == _pairs().c.body)
    for dialect in (sqlite.dialect(), postgresql.dialect()):
        assert str(statement.compile(dialect=dialect)).count("heirs(body, speaker, step) AS") == 1
