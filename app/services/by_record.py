"""What was read of a draft, kept by each process for as long as none of the tables it is read from is written.

`Draft.written` names for each table the last event about rows of the draft in it, and nothing is written without an
event: what was read under it holds until there is another one. Only tables of `store.digests.COVERED` count. A command
that writes rows past the record has all of it read anew (`store.digests.read_anew`).
"""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from app.services.kept import Kept
from app.store.db import is_writing
from app.store.digests import ANEW, COVERED
from app.store.drafts import Draft

Value = TypeVar("Value")
MOST = 8
"""Of how many drafts a process keeps it."""


class ByRecord(Generic[Value]):
    """One thing that is read of drafts; rows in it are to be read only, and belong to no session."""

    def __init__(self, read: Callable[[Session, int], Value], *tables: str) -> None:
        if not COVERED.keys() >= set(tables):
            raise ValueError("no event says when it was written")
        self._read, self._tables = read, tables
        self._kept: Kept[Value] = Kept(MOST)

    def key(self, session: Session, draft: Draft) -> Hashable | None:
        """Names the state of the database; None while that may still be taken back, or nothing says when it changes."""
        if draft.written is None or is_writing(session):
            return None
        last = tuple(draft.written.get(table) for table in (ANEW, *self._tables))
        return str(session.get_bind().engine.url), draft.id, draft.slug, draft.created_at, last

    def of(self, session: Session, draft: Draft) -> Value:
        """Read now, or kept. A transaction that writes reads it anew, and has the rows in its own session."""
        key = self.key(session, draft)
        return (
            self._read(session, draft.id) if key is None else self._kept.get(key, lambda: self._apart(session, draft))
        )

    def _apart(self, session: Session, draft: Draft) -> Value:
        with Session(session.connection(), join_transaction_mode="rollback_only") as own:
            return self._read(own, draft.id)
