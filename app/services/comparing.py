"""Comparing two versions of a draft, in either direction."""

from collections import Counter

from sqlalchemy.orm import Session

from app.domain.clauses import Kind
from app.domain.compare import ChangeKind, Comparison
from app.domain.edits import Law
from app.domain.known import compare_known
from app.services import showing
from app.services.compared_lines import Compared
from app.services.pages import DraftHead, VersionHead
from app.services.pages_comparing import ComparePage
from app.services.saying import is_much, said, sentences, style_for
from app.services.tracing import traced_lines
from app.store import versions
from app.store.sides import Sides, sides


def compare(
    session: Session, *, slug: str, old: int | None, new: int | None, everything: bool = False, kind: str = "",
    all_sentences: bool = False, user_id: int | None, language: str,
) -> ComparePage:  # fmt: skip
    """How version `new` (None: the latest) differs from version `old` (None: the one before the latest).

    `kind` shows the changes of one kind only; `everything` shows what stayed, too; `all_sentences` also writes the
    sentences of change where they are many. Raises NoSuchDraft, NoSuchVersion.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    before, after = _chosen(draft, old, new)
    texts = Sides({}, {}, {})
    if before.number != after.number:
        html = everything and not kind
        texts = sides(session, entry.draft.id, draft.language, before.number, after.number, html=html)
    comparison = compare_known(texts.old, texts.new)
    style = style_for(draft.language, language)
    left_out = is_much(comparison) and not all_sentences
    made = () if left_out else sentences(texts.old, texts.new, comparison, style)
    lines = Compared(texts, comparison, made).lines(everything=everything, kind=kind)
    return ComparePage(
        draft,
        before,
        after,
        kind,
        traced_lines(session, entry.draft.id, lines, texts.origins, institutions),
        Counter(change.kind.value for change in comparison.changes if change.kind is not ChangeKind.KEPT),
        _kept(texts.new, comparison),
        (_count(texts.old), _count(texts.new)),
        said(made, draft.title, style, left_out),
    )


def _chosen(draft: DraftHead, old: int | None, new: int | None) -> tuple[VersionHead, VersionHead]:
    heads = {head.number: head for head in draft.versions}
    latest = draft.latest.number
    numbers = max(latest - 1, 1) if old is None else old, latest if new is None else new
    for number in numbers:
        if number not in heads:
            raise versions.NoSuchVersion(draft.slug, number)
    return heads[numbers[0]], heads[numbers[1]]


def _count(law: Law) -> int:
    """The clauses of a text; the block at the head of the file is none."""
    return sum(clause.kind is not Kind.FRONT_MATTER for clause in law.values())


def _kept(new: Law, comparison: Comparison) -> int:
    """How many clauses stayed as they were."""
    kept = {change.new for change in comparison.changes if change.kind is ChangeKind.KEPT}
    return sum(at in kept and clause.kind is not Kind.FRONT_MATTER for at, clause in enumerate(new.values()))
