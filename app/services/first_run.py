"""The first administrator of an installation, made by whoever can read its console or its folder; then never again."""

import hmac
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, NotFound
from app.services import accounts, attempting
from app.services.invited import usable_name
from app.services.passwords import Hashing
from app.services.tokens import hash_of_code, new_code
from app.store import first_run
from app.store.db import begin_writing

CODE_FILE = "first_run_code"
MOST, WITHIN = 20, timedelta(minutes=15)


class FirstRunOver(NotFound):
    def __init__(self) -> None:
        super().__init__("There is no page at this address.")


class WrongFirstCode(Invalid):
    def __init__(self) -> None:
        super().__init__("This is not the code that the server printed when it was started.")


class NoFullName(Invalid):
    def __init__(self) -> None:
        super().__init__("Write your name, as it is to stand beside what you do.")


def is_open(session: Session) -> bool:
    """Whether nobody has an account yet."""
    return not first_run.is_over(session)


def code(folder: Path) -> str:
    """The code of this installation, made when it is first asked for; only the owner of the folder reads it."""
    path = folder / CODE_FILE
    if not path.exists():
        partial = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(f"{new_code()}\n")
        try:
            os.link(partial, path)  # fails, and changes nothing, when another process was first
        except FileExistsError:
            pass
        finally:
            partial.unlink()
    return path.read_text().strip()


def make_administrator(
    session: Session, *, folder: Path, typed: str, name: str, full_name: str, password: str, language: str,
    secret: str, now: datetime, hashing: Hashing,
) -> int:  # fmt: skip
    """The first account, which administers the installation; its id.

    Raises FirstRunOver, WrongFirstCode, TooManyAttempts, Invalid and what passwords.check_usable raises.
    """
    if not is_open(session):
        raise FirstRunOver
    attempting.count(session, key_parts=("first run",), secret=secret, most=MOST, within=WITHIN, now=now)
    if not hmac.compare_digest(hash_of_code(typed), hash_of_code(code(folder))):
        raise WrongFirstCode
    if not full_name.strip():
        raise NoFullName
    user = accounts.user_to_make(
        session, name=usable_name(name), full_name=" ".join(full_name.split()), password=password, now=now,
        hashing=hashing,
    )  # fmt: skip
    begin_writing(session)
    if first_run.is_over(session) or not first_run.take(session, now):
        raise FirstRunOver
    user.is_administrator, user.language = True, language
    session.add(user)
    session.flush()
    user_id = user.id
    session.commit()
    (folder / CODE_FILE).unlink(missing_ok=True)
    return user_id
