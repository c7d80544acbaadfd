"""A refusal on the command line: its sentence on standard error, and a status that scripts can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import click
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from app.domain.errors import Refusal
from app.store.db import db


@contextmanager
def refusals_as_sentences() -> Iterator[Session]:
    """A session for one command; a refusal, or a database that is not there, becomes a sentence on standard error and
    exit status 1."""
    session = cast(Session, db.session)
    try:
        yield session
    except Refusal as refusal:
        session.rollback()
        raise click.ClickException(str(refusal)) from refusal
    except (OperationalError, ProgrammingError) as error:
        session.rollback()
        told = str(error.orig).strip().split("\n")[0]
        raise click.ClickException(
            f"The database could not be used: {told}. Is it there, and made up to date with flask db upgrade?"
        ) from error
