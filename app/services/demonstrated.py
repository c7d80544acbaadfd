"""Whether somebody could sign in here with the password that the demonstration prints for everybody."""

from sqlalchemy.orm import Session

from app.services import passwords
from app.services.demonstrating import PASSWORD, log_ins
from app.store import users


def open_to_everybody(session: Session) -> tuple[str, ...]:
    """Sign-in names of the demonstration whose accounts are open and have its password still. Each hash is checked
    once: the demonstration gives all of them the same."""
    kept: dict[str, list[str]] = {}
    for log_in in log_ins():
        found = users.by_name(session, log_in.name)
        if found is not None and found.closed_at is None:
            kept.setdefault(found.password_hash or "", []).append(log_in.name)
    return tuple(
        name for password_hash, names in kept.items() if passwords.matches(password_hash, PASSWORD) for name in names
    )
