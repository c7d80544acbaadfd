"""Letters to readers who contributed: to confirm that an address is theirs, and what became of what they said.

The letter to an address that nobody has confirmed repeats nothing that was typed, so that nobody can send words of
their own to others by it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from app.services.consult_standing import title_in, title_pages
from app.store import letters
from app.store.consultations import Contribution
from app.store.drafts import Draft
from app.store.letters import Letter
from app.store.publications import Publication

LONGEST_EXCERPT = 300


class Compose(Protocol):
    """Writes a letter of a kind in a language, with these facts."""

    def __call__(self, kind: str, *, language: str, address: str, **facts: object) -> Letter: ...


@dataclass(frozen=True, slots=True)
class Post:
    """How letters are written, and the whole addresses that stand in them: of the page that confirms, by its token, and
    of a consultation, by draft, number and the token of the publication's own link."""

    compose: Compose
    confirm_at: Callable[[str], str]
    read_at: Callable[[str, int, str | None], str]


def ask_to_confirm(
    session: Session, post: Post, draft: Draft, publication: Publication, row: Contribution, token: str, now: datetime
) -> None:
    """Send the link to the address of a contribution."""
    title = title_in(title_pages(session, publication), row.language, draft)[0]
    facts = {"title": title, "link": post.confirm_at(token)}
    letters.put(session, post.compose("consultation_confirm", language=row.language, address=row.email, **facts), now)


def tell(
    session: Session, post: Post, draft: Draft, publication: Publication, kind: str, rows: Sequence[Contribution],
    now: datetime, **facts: object,
) -> None:  # fmt: skip
    """Write to those who left an address what became of their contributions, one letter to each, and forget the
    addresses."""
    readers: dict[tuple[str, str], list[Contribution]] = {}
    for row in rows:
        if row.email:
            readers.setdefault((row.email, row.language), []).append(row)
    titles = title_pages(session, publication) if readers else {}
    token = publication.token if publication.visibility == "link" else None
    for (address, language), theirs in readers.items():
        said = {
            "title": title_in(titles, language, draft)[0],
            "contributions": [(row.number, excerpt(row.body)) for row in theirs],
            "link": post.read_at(draft.slug, publication.number, token),
        }
        letters.put(session, post.compose(kind, language=language, address=address, **said, **facts), now)
    for row in rows:
        row.email = ""


def excerpt(body: str) -> str:
    """The beginning of a contribution, in one line."""
    words = " ".join(body[: 4 * LONGEST_EXCERPT].split())
    if len(words) <= LONGEST_EXCERPT:
        return words
    return f"{words[:LONGEST_EXCERPT].rpartition(' ')[0] or words[:LONGEST_EXCERPT]} …"
