"""Changes as an amending act would make them, in the language of the law. Never the reason for a page to fail."""

import logging
from collections.abc import Callable, Sequence

from app.domain.clauses import Clause
from app.domain.compare import ChangeKind, Comparison
from app.domain.edits import Amendment, Law
from app.domain.errors import Refusal
from app.domain.instructions import Instruction, Style, grouped, instructions, opening
from app.domain.known import compare_known
from app.domain.merge import merge
from app.services.pages_saying import Said

MOST_UNASKED = 400
"""Above so many changed clauses sentences are only written when they are asked for."""
LONGEST_UNASKED = 5_000
"""Clauses of the longest law of which every page of an amendment has its sentences unasked."""
LONGEST_WHILE_TYPING = 2_000
"""Clauses of the longest law whose sentences are written while somebody types."""
STYLES = {"en": Style.UK, "ru": Style.RU, "ky": Style.KY}
LANGUAGES = {Style.UK: "en", Style.EU: "en", Style.RU: "ru", Style.KY: "ky"}
Say = Callable[[Sequence[Clause], Sequence[Clause], Comparison, Style], tuple[Instruction, ...]]


def style_for(law: str, interface: str) -> Style:
    """How a law in this language is amended; for other languages, how the reader's language says it."""
    return STYLES.get(law) or STYLES.get(interface, Style.UK)


def sentences(
    old: Law, new: Law, comparison: Comparison, style: Style, say: Say = instructions
) -> tuple[Instruction, ...]:
    """What `say` makes of a comparison, nothing where it cannot."""
    try:
        return say(tuple(old.values()), tuple(new.values()), comparison, style)
    except Exception:  # whatever the texts are: the page shows the change itself all the same
        logging.getLogger(__name__).warning("no sentences of change could be made", exc_info=True)
        return ()


def is_much(comparison: Comparison) -> bool:
    """Whether so much changed that sentences are written only when asked for."""
    return sum(change.kind is not ChangeKind.KEPT for change in comparison.changes) > MOST_UNASKED


def said(made: Sequence[Instruction], title: str, style: Style, left_out: bool = False) -> Said:
    """The sentences as the list of an amending act."""
    sentences_made = tuple(one.sentence for one in made)
    return Said(LANGUAGES[style], sentences_made, opening(title, style) if made else "", grouped(made), left_out)


def said_of_amendment(law: Law, amendment: Amendment, title: str, style: Style, say: Say = instructions) -> Said:
    """What an amendment alone would do to the law it starts from; nothing where it does not fit that law."""
    try:
        amended = merge(law, [amendment]).amended
    except Refusal:
        return Said(LANGUAGES[style])
    return said(sentences(law, amended, compare_known(law, amended), style, say), title, style)
