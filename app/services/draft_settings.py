"""What is set for a draft, as the page for whoever manages it shows it."""

from datetime import date

from sqlalchemy.orm import Session

from app.domain.permissions import Action, check_can
from app.services import showing
from app.services.agreeing import scale_for
from app.services.pages_administration import DraftSettingsPage, HeldSeat
from app.store import institutions, positions


def settings_page(
    session: Session, *, slug: str, user_id: int | None, language: str, today: date
) -> DraftSettingsPage:  # fmt: skip
    """Raises NoSuchDraft, RoleMayNot."""
    entry = showing.enter_to_read(session, slug, user_id)
    check_can(entry.role, Action.MANAGE_MEMBERS)
    marks = showing.contributors(session, entry, language)
    head, draft = showing.draft_head(session, entry, marks), entry.draft
    seats = tuple(
        HeldSeat(row.id, marks.seats[row.institution_id], row.kind, row.held_from, row.held_until)
        for row in institutions.seat_rows(session, draft.id)
    )
    there = (id for id, body in institutions.bodies(session).items() if body.until is None or today <= body.until)
    return DraftSettingsPage(
        head, scale_for(draft), draft.scale is not None, bool(positions.of_draft(session, draft.id)),
        tuple(draft.days_off or ()), seats, tuple(sorted((marks.seats[id] for id in there), key=lambda one: one.code)),
    )  # fmt: skip
