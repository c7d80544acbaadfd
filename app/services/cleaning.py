"""Text pasted from a word processor, made fit for a field of the composer: numbers, items and tables as in the law."""

from sqlalchemy.orm import Session

from app.domain.errors import Invalid
from app.domain.pasting import Cleaned, Indents, cleaned, indents_of
from app.domain.permissions import Action, RoleMayNot, can
from app.imports.word_paste import markdown
from app.services import showing, texts
from app.services.kept import Kept
from app.services.texts import IssuedText

LARGEST = 4_000_000
"""Characters of HTML: Word writes some forty for each that is read."""
_INDENTS: Kept[Indents] = Kept(texts.MOST)


class TooLargeToClean(Invalid):
    def __init__(self) -> None:
        super().__init__("What was pasted is too large to be cleaned at once: paste it in pieces.")


def clean(
    session: Session, *, slug: str, html: str, clause_id: str = "", user_id: int | None, language: str
) -> Cleaned:
    """Pasted HTML as the latest text would write it; `clause_id` is the clause next to which it is to stand.

    Raises NoSuchDraft, RoleMayNot, TooLargeToClean.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    if not (can(entry.role, Action.PROPOSE) or can(entry.role, Action.COMMENT)):
        raise RoleMayNot(entry.role, Action.PROPOSE)
    if len(html) > LARGEST:
        raise TooLargeToClean
    head = showing.draft_head(session, entry, showing.contributors(session, entry, language))
    return cleaned_for(texts.issued(session, entry.draft, head.latest), clause_id, markdown(html))


def cleaned_for(text: IssuedText, clause_id: str, typed: str) -> Cleaned:
    """Typed or pasted plain text as this text would write it beside one of its clauses."""
    beside = text.law.get(clause_id)
    if beside is not None and beside.label:
        return cleaned(typed, indents_of(text.law.values(), beside))
    return cleaned(typed, _INDENTS.get(text.key, lambda: indents_of(text.law.values())))
