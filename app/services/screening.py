"""The big screen: what a room looks at while the facilitator works on the bench. Read-only."""

from sqlalchemy.orm import Session

from app.domain.collisions import UnusableSettlement
from app.domain.errors import NotFound
from app.domain.merge import Merged
from app.domain.permissions import Action, can
from app.services import showing
from app.services.amending import Table, table
from app.services.benching import work_of
from app.services.choosing import Choice, chosen_of, completed, merge_chosen
from app.services.collision_lines import collision_line
from app.services.merged_lines import merged_lines
from app.services.pages_bench import ScreenPage
from app.store import benches, counter_texts
from app.store.memberships import Entry


class NothingOnScreen(NotFound):
    def __init__(self) -> None:
        super().__init__("Nothing is on the big screen of this draft: the facilitator has not shared the bench.")


def screen(session: Session, *, slug: str, user_id: int | None, language: str) -> ScreenPage:
    """The first collision of the bench that is not settled, else the first clause that changes.

    Raises NoSuchDraft, RoleMayNot; NothingOnScreen where no bench is shared: a facilitator sees it all the same.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    choice = _shared(session, entry)
    institutions = showing.contributors(session, entry, language)
    draft = showing.draft_head(session, entry, institutions)
    on_table = table(session, entry, institutions, draft)
    choice, merged = _merged(on_table, choice)
    lines = {line.number: line for line in on_table.lines}
    changed = merged_lines(merged, on_table, lines)
    unsettled = [met for met in merged.collisions if met.key not in choice.settlements]
    answers = counter_texts.answers(session, entry.draft.id)
    return ScreenPage(
        draft,
        draft.latest,
        len(chosen_of(on_table, choice)),
        len(changed),
        len(merged.collisions),
        len(merged.collisions) - len(unsettled),
        collision_line(unsettled[0], choice, on_table, lines, answers) if unsettled else None,
        changed[0] if changed and not unsettled else None,
    )


def _shared(session: Session, entry: Entry) -> Choice:
    bench = benches.open_one(session, entry.draft.id)
    if bench is None or not (bench.shared or can(entry.role, Action.CONSOLIDATE)):
        raise NothingOnScreen
    return work_of(bench).choice


def _merged(on_table: Table, choice: Choice) -> tuple[Choice, Merged]:
    """What is on the bench; where a settlement on it does not fit, as if nothing were settled yet."""
    try:
        whole = completed(on_table, choice)
        return whole, merge_chosen(on_table, chosen_of(on_table, whole), whole)
    except UnusableSettlement:
        open_one = Choice(choice.amendments, {})
        return open_one, merge_chosen(on_table, chosen_of(on_table, open_one), open_one)
