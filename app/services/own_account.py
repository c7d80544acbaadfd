"""What people see of their own account."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.store import users


@dataclass(frozen=True, slots=True)
class Account:
    """`language` is that of letters, None where it is the installation's; `email` is confirmed or empty."""

    name: str
    full_name: str
    language: str | None
    email: str
    has_password: bool


def own(session: Session, user_id: int) -> Account:
    user = users.of_id(session, user_id)
    email = user.email if user.email and user.email_confirmed_at else ""
    return Account(user.name, user.full_name, user.language, email, bool(user.password_hash))
