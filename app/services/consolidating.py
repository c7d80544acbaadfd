"""The consolidation bench: what chosen amendments make of the latest version, where they collide, what it brings."""

from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.merge import Merged
from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.amending import Table, table
from app.services.choosing import NOTHING_CHOSEN, Choice, chosen_of, completed, merge_chosen
from app.services.collision_lines import collision_line
from app.services.foreseeing import foresee
from app.services.gathering import is_contested
from app.services.merged_lines import merged_lines
from app.services.objecting import with_objections
from app.services.pages_bench import BenchLine, ConsolidationPage
from app.store import counter_texts
from app.store.amendments import key_of


def bench(
    session: Session, *, slug: str, choice: Choice | None, user_id: int | None, language: str, now: datetime,
    foreseen: bool = False,
) -> ConsolidationPage:  # fmt: skip
    """What the chosen amendments make of the latest version: a fixed number of statements however many there are.

    `now` is the time at the place of the group; `foreseen`: also look through the references and numbers of a large
    law, which takes seconds. Raises NoSuchDraft, RoleMayNot, UnusableSettlement.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.CONSOLIDATE)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    on_table = with_objections(session, entry.draft, table(session, entry, institutions, draft), now)
    answers = counter_texts.answers(session, entry.draft.id)
    given = choice or NOTHING_CHOSEN
    choice = completed(on_table, given)
    merged = merge_chosen(on_table, chosen_of(on_table, choice), choice)
    lines = {line.number: line for line in on_table.lines}
    collisions = tuple(collision_line(met, choice, on_table, lines, answers) for met in merged.collisions)
    return ConsolidationPage(
        draft,
        draft.latest,
        _to_choose_from(on_table, merged, choice),
        merged_lines(merged, on_table, lines),
        collisions,
        sum(not collision.settled for collision in collisions),
        foresee(on_table, merged, choice, lines, draft.language, asked=foreseen),
        choice.renumber,
        tuple(sorted(set(given.settlements) - set(choice.settlements))),
    )


def _to_choose_from(on_table: Table, merged: Merged, choice: Choice) -> tuple[BenchLine, ...]:
    """First what nothing stands against, then what is contested; both in the order of the text."""
    open_ones = [line for line in on_table.lines if line.number in on_table.mergeable]
    numbers = {line.number for line in open_ones}
    found = [
        BenchLine(line, line.number in choice.amendments, _fate_of(merged, line.number), is_contested(line, numbers))
        for line in open_ones
    ]
    return tuple(sorted(found, key=lambda line: line.contested))


def _fate_of(merged: Merged, number: int) -> str:
    fate = merged.fates.get(key_of(number))
    return fate.value if fate else ""
