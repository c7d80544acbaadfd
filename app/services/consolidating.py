"""The consolidation bench: what chosen amendments make of the latest version, where they collide, what it brings."""

from sqlalchemy.orm import Session

from app.domain.merge import Merged
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.amending import table
from app.services.choosing import NOTHING_CHOSEN, Choice, chosen_of, completed, merge_chosen
from app.services.collision_lines import collision_line
from app.services.foreseeing import foresee
from app.services.merged_lines import merged_lines
from app.services.pages_bench import BenchLine, ConsolidationPage
from app.store import counter_texts
from app.store.amendments import key_of


def bench(
    session: Session, *, slug: str, choice: Choice | None, user_id: int | None, language: str, foreseen: bool = False
) -> ConsolidationPage:
    """What the chosen amendments make of the latest version: a fixed number of statements however many there are.

    `foreseen`: also look through the references and numbers of a large law, which takes seconds.
    Raises NoSuchDraft, RoleMayNot, UnusableSettlement.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    institutions = showing.institution_marks(session, language)
    draft = showing.draft_head(session, entry, institutions)
    on_table = table(session, entry, institutions, draft)
    answers = counter_texts.answers(session, entry.draft.id)
    given = choice or NOTHING_CHOSEN
    choice = completed(on_table, given)
    merged = merge_chosen(on_table, chosen_of(on_table, choice), choice)
    lines = {line.number: line for line in on_table.lines}
    collisions = tuple(collision_line(met, choice, on_table, lines, answers) for met in merged.collisions)
    return ConsolidationPage(
        draft,
        draft.latest,
        tuple(
            BenchLine(line, line.number in choice.amendments, _fate_of(merged, line.number))
            for line in on_table.lines
            if line.number in on_table.mergeable
        ),
        merged_lines(merged, on_table, lines),
        collisions,
        sum(not collision.settled for collision in collisions),
        foresee(on_table, merged, choice, lines, draft.language, asked=foreseen),
        choice.renumber,
        tuple(sorted(set(given.settlements) - set(choice.settlements))),
    )


def _fate_of(merged: Merged, number: int) -> str:
    fate = merged.fates.get(key_of(number))
    return fate.value if fate else ""
