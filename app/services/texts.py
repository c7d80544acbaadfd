"""Texts of versions as pages need them. A version never changes, so what follows from it alone is kept for a while."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.services import showing
from app.services.kept import Kept
from app.services.pages import ClauseLine, VersionHead
from app.store import versions
from app.store.drafts import Draft
from app.store.versions import Fingerprint, StoredClause

MOST = 4
"""How many texts a process keeps: a large code of law takes about 15 MB."""


@dataclass(frozen=True, slots=True)
class IssuedText:
    """A version's text. `lines` leave the front matter out and have no counts yet; `places` say where in `lines` a
    clause stands; `key` names the text for those who keep what they make of it."""

    key: Hashable
    number: int  # of the version
    stored: tuple[StoredClause, ...]
    law: Mapping[str, Clause]
    lines: tuple[ClauseLine, ...]
    places: Mapping[str, int]

    def human(self, clause_id: str) -> str:
        """How a clause is cited; empty for one that is not in this version."""
        at = self.places.get(clause_id)
        return "" if at is None else self.lines[at].human


_KEPT: Kept[IssuedText] = Kept(MOST)


def issued(session: Session, draft: Draft, version: VersionHead | Fingerprint) -> IssuedText:
    """The text of a version in the draft's language."""
    database = str(session.get_bind().engine.url)
    key = (database, draft.id, draft.slug, draft.language, version.number, version.sha256, version.created_at)
    return _KEPT.get(key, lambda: _made(key, session, draft, version))


def latest(session: Session, draft: Draft) -> IssuedText | None:
    """The text of the newest version in the draft's language, in one statement while it is kept; None before there is
    any."""
    version = versions.latest_print(session, draft)
    return None if version is None else issued(session, draft, version)


def _made(key: Hashable, session: Session, draft: Draft, version: VersionHead | Fingerprint) -> IssuedText:
    stored = tuple(versions.clauses_of(session, draft.id, draft.language, version.number))
    lines = showing.clause_lines(stored)
    law = {one.id: one.clause for one in stored}
    return IssuedText(key, version.number, stored, law, lines, {line.id: at for at, line in enumerate(lines)})


def below(text: IssuedText, clause_id: str) -> tuple[int, int]:
    """Where in the lines a clause and everything below it begins and ends."""
    start = text.places[clause_id]
    depth = text.lines[start].depth
    end = next((at for at in range(start + 1, len(text.lines)) if text.lines[at].depth <= depth), len(text.lines))
    return start, end


def at_address(text: IssuedText, address: str) -> str | None:
    """The id of the clause at an address of this version."""
    return next((one.id for one in text.stored if one.clause.address == address), None)
