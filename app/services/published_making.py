"""Making ready what is to be published: what was chosen is checked, and the files are made. This takes time, so nothing
is locked meanwhile, and nothing is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

from app.domain.errors import Invalid, Outdated, Unstorable
from app.services import published_agreement, published_files, published_formats
from app.services.exporting import NotInLanguage
from app.services.pages_publications import VISIBILITIES, Choice, TitlePage
from app.services.published_files import MadeFile
from app.services.published_formats import former_of
from app.store import publications, versions
from app.store.memberships import Entry

LONGEST = 1000
"""Characters of what stands on a title page, and of a reason."""


class PublishedAlready(Invalid):
    def __init__(self, version: int, number: int) -> None:
        super().__init__(f"Version {version} was published already, as publication {number}.")


class NobodyChosen(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose who may read it: everybody, whoever has the link, or the members of the draft.")


class NoLanguageChosen(Invalid):
    def __init__(self) -> None:
        super().__init__("Choose at least one language in which it is published.")


class NoTitle(Invalid):
    def __init__(self, language: str) -> None:
        super().__init__(f"Give the title under which it is published in “{language}”.")
        self.language = language


class PublishedMeanwhile(Outdated):
    def __init__(self, number: int) -> None:
        super().__init__(
            f"Publication {number} was issued while you filled in this form. Nothing of yours was stored: look at it, "
            "then publish again if it is still needed."
        )


@dataclass(frozen=True, slots=True)
class Ready:
    """What is ready to be stored. `last`: the number of the last publication while it was made."""

    choice: Choice
    files: tuple[MadeFile, ...]
    former: int | None
    last: int
    agreement: dict[str, Any] | None


def make_ready(session: Session, entry: Entry, version: int, choice: Choice, now: datetime, zone: tzinfo) -> Ready:
    """Everything that takes time, before anybody is kept waiting.

    Raises NoSuchVersion, PublishedAlready, PublishedMeanwhile, NobodyChosen, NoLanguageChosen, NotInLanguage, NoTitle,
    Unstorable, NotOffered, NothingToCompare, FormerIsHidden.
    """
    found = versions.find(session, entry.draft, version)
    last = publications.latest_number(session, entry.draft.id)
    check_free(session, found.id, version, choice.languages)
    if choice.expected is not None and choice.expected != last:
        raise PublishedMeanwhile(last)
    former = former_of(session, entry.draft.id, version)
    choice = _checked(session, found.id, version, choice)
    formats = published_formats.chosen(choice, version, former)
    compares = any(name in published_formats.COMPARING for names in formats.values() for name in names)
    made = published_files.make(session, entry, version, formats, choice.title_pages, former, zone)
    agreement = published_agreement.agreement_of(session, entry, version, choice.languages, now)
    return Ready(choice, made, former.number if former and compares else None, last, agreement)


def check_free(session: Session, version_id: int, version: int, languages: Iterable[str]) -> None:
    taken = publications.standing_of_version(session, version_id)
    for language in languages:
        if language in taken:
            raise PublishedAlready(version, taken[language])


def _checked(session: Session, version_id: int, version: int, choice: Choice) -> Choice:
    """The choice with its title pages as they are stored."""
    if choice.visibility not in VISIBILITIES:
        raise NobodyChosen
    if not choice.languages:
        raise NoLanguageChosen
    written = publications.sources_of(session, version_id)
    for language in choice.languages:
        if language not in written:
            raise NotInLanguage(version, language, tuple(sorted(written)))
    pages = {language: _stripped(choice.title_pages.get(language), language) for language in choice.languages}
    return replace(choice, languages=tuple(dict.fromkeys(choice.languages)), title_pages=pages)


def _stripped(page: TitlePage | None, language: str) -> TitlePage:
    if page is None or not page.title.strip():
        raise NoTitle(language)
    typed = {field.name: getattr(page, field.name) for field in fields(page) if field.name != "language"}
    check_storable(typed.values())
    return TitlePage(language, **{name: " ".join(text.split()) for name, text in typed.items()})


def check_storable(texts: Iterable[str]) -> None:
    if any(len(text) > LONGEST or "\0" in text for text in texts):
        raise Unstorable(LONGEST)
