"""An author's receipt: the code that proves a contribution was theirs, where the author is not stored.

Only its hash is stored, with the contribution. Whoever shows the code may do what the author may: reword, withdraw,
submit a draft. Nobody can find a lost one again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.services import showing
from app.services.tokens import hash_of_code
from app.store import contributions
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.memberships import Entry, show_receipts

LONGEST_CODE = 100


class NoSuchReceipt(Invalid):
    def __init__(self) -> None:
        super().__init__("This code is not the receipt of anything in this draft. Look at each letter once more.")


@dataclass(frozen=True, slots=True)
class Proved:
    """What a receipt is of: a comment with its clause or amendment, or an amendment itself."""

    comment: int | None
    clause_id: str | None
    amendment: int | None


def hash_kept(entry: Entry, code: str) -> str | None:
    """What is stored of a code with a new contribution; nothing where its author is."""
    return hash_of_code(code) if code and entry.author_id is None else None


def show(session: Session, codes: Iterable[str]) -> None:
    """Whoever asks through this session has these codes in hand."""
    show_receipts(session, {hash_of_code(code) for code in codes})


def proved(session: Session, *, slug: str, code: str, user_id: int | None) -> Proved:
    """What somebody may go on with who shows this code. Raises NoSuchDraft, NoSuchReceipt."""
    entry = showing.enter_to_read(session, slug, user_id)
    found = (
        contributions.of_receipt(session, entry.draft.id, hash_of_code(code)) if 0 < len(code) < LONGEST_CODE else None
    )
    if found is None:
        raise NoSuchReceipt
    if isinstance(found, AmendmentRow):
        return Proved(None, None, found.number)
    return Proved(found.id, found.clause_id, _number(session, found))


def is_kept(session: Session, *, slug: str, code: str, user_id: int | None) -> bool:
    """Whether something was stored with this code: then its author is not, and is to be given the code."""
    entry = showing.enter_to_read(session, slug, user_id)
    return contributions.of_receipt(session, entry.draft.id, hash_of_code(code)) is not None


def _number(session: Session, comment: Comment) -> int | None:
    row = session.get(AmendmentRow, comment.amendment_id) if comment.amendment_id else None
    return row.number if row else None
