"""What a facilitator does on the console with the means of the whole product: a call about the item of the agenda, and
a counter-text to the amendments that are open about it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.parts import Part
from app.services import calling, proposing, showing
from app.services.asking_about import Wanted
from app.services.calling import Terms
from app.services.positioning import latest_text
from app.services.proposing import Proposal
from app.services.sittings import NoSuchItem, held
from app.services.texts import IssuedText
from app.store import amendments
from app.store.sittings import AgendaItem


def open_call_on_item(
    session: Session, *, slug: str, number: int, item: int, about: int | None, terms: Terms, version: int,
    user_id: int | None, now: datetime, zone: ZoneInfo,
) -> int:  # fmt: skip
    """Open a call on an item of the agenda, a clause with everything below it, or with `about` on that amendment; the
    number of the call.

    Raises NoSuchSession, NoSuchItem and what `calling.open_call` raises.
    """
    entry = showing.enter_to_read(session, slug, user_id)
    agenda = held(session, entry, number).agenda
    if item not in agenda:
        raise NoSuchItem
    wanted = Wanted(amendments=(about,)) if about is not None else _wanted(session, agenda[item])
    return calling.open_call(
        session, slug=slug, wanted=wanted, terms=terms, version=version, user_id=user_id, now=now, zone=zone,
        at=(number, item),
    )  # fmt: skip


def _wanted(session: Session, item: AgendaItem) -> Wanted:
    """What a call about an item asks about: of a matter in words nothing."""
    if item.amendment_id is not None:
        return Wanted(amendments=(amendments.number_by_id(session, item.amendment_id),))
    return Wanted(parts=(item.clause_id,) if item.clause_id else ())


def write_bridge(
    session: Session, *, slug: str, bridges: Sequence[int], proposal: Proposal, user_id: int | None, now: datetime
) -> int:
    """Offer a counter-text to amendments; the clauses whose words were left as they stand are no part of it. Its
    number.

    Raises NoSuchDraft and what `proposing.offer` raises.
    """
    text = latest_text(session, showing.enter_to_read(session, slug, user_id))
    begun = tuple(part for part in proposal.parts if not _untouched(text, part))
    return proposing.offer(
        session, slug=slug, bridges=bridges, proposal=replace(proposal, parts=begun or proposal.parts),
        user_id=user_id, now=now,
    )  # fmt: skip


def _untouched(text: IssuedText, part: Part) -> bool:
    clause = text.law.get(part.clause_id)
    return clause is not None and _plain(part.text) == _plain(clause.body)


def _plain(words: str) -> str:
    return words.replace("\r\n", "\n").strip()
