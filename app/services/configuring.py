"""What an installation is called, whom to ask, in which language it speaks to strangers, how long invitations work."""

from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Unstorable
from app.domain.invitations import LONGEST_DAYS, USUAL_DAYS
from app.services.administering import check_administrator
from app.store import settings
from app.store.db import begin_writing

LONGEST_NAME, LONGEST_CONTACT = 40, 300


class NoInstallationName(Invalid):
    def __init__(self) -> None:
        super().__init__("The installation needs a name: it stands at the head of every page.")


class UnknownLanguage(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose one of the languages of the interface.")


class UnusableInvitationDays(Invalid):
    def __init__(self) -> None:
        super().__init__(f"An invitation works for 1 to {LONGEST_DAYS} days.")


@dataclass(frozen=True, slots=True)
class Installation:
    """`language`: empty where nothing was chosen."""

    name: str = "Kelishim"
    contact: str = ""
    language: str = ""
    invitation_days: int = USUAL_DAYS


def installation(session: Session) -> Installation:
    """The settings, in one statement."""
    known = {field.name for field in fields(Installation)}
    found = {name: value for name, value in settings.every(session).items() if name in known}
    return Installation(**found)


def configure(session: Session, *, wanted: Installation, languages: tuple[str, ...], user_id: int | None) -> None:
    """Set what an administrator of the installation may set.

    Raises NoSuchPage, NoInstallationName, Unstorable, UnknownLanguage, UnusableInvitationDays.
    """
    check_administrator(session, user_id)
    values: dict[str, Any] = asdict(wanted)
    values["name"] = _usable(wanted.name, LONGEST_NAME)
    values["contact"] = _usable(wanted.contact, LONGEST_CONTACT)
    if not values["name"]:
        raise NoInstallationName
    if wanted.language and wanted.language not in languages:
        raise UnknownLanguage
    if not 1 <= wanted.invitation_days <= LONGEST_DAYS:
        raise UnusableInvitationDays
    begin_writing(session)
    settings.put(session, values)
    session.commit()


def _usable(typed: str, longest: int) -> str:
    said = " ".join(typed.split())
    if len(said) > longest or "\0" in said:
        raise Unstorable(longest)
    return said
