"""The demonstration: invented institutions, people, amendments and comments on the sample law. Idempotent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.clauses import Clause
from app.domain.edits import Edit, InsertClauses, ReplaceWords, RestateClause, check
from app.domain.permissions import Role
from app.services import convening, responding
from app.services.asking_about import Wanted
from app.services.calling import Period, Terms, open_call
from app.services.choosing_items import Choice
from app.services.passwords import HASHER
from app.services.positioning import Stance, Subject, latest_text, state_position, words_of
from app.services.proposing import submit
from app.store import calls, comments, events, institutions, positions, sittings, versions
from app.store.comments import Comment
from app.store.db import begin_writing
from app.store.memberships import Entry, add_member, enter_to_write, find_draft
from app.store.users import User, by_name

PASSWORD = "kelishim-demo"  # noqa: S105  (printed for everybody to see; for the demonstration only)
SEATS = {"full": "full", "advisory": "advisory", "facilitator": "facilitating"}
PEOPLE = {
    "aky": ("ombudsman", "Aigul, for the Ombudsman (demo)", Role.REPRESENTATIVE),
    "mvd": ("interior", "Bakyt, for the Interior Ministry (demo)", Role.REPRESENTATIVE),
    "cso": ("civil", "Cholpon, for civil society (demo)", Role.REPRESENTATIVE),
    "gpo": ("prosecutor", "Daniyar, for the Prosecutor's Office (demo)", Role.REPRESENTATIVE),
    "npm": ("prevention", "Elmira, for the Preventive Mechanism (demo)", Role.REPRESENTATIVE),
    "un": ("un", "Farida, UN adviser (demo)", Role.REPRESENTATIVE),
    "osce": ("osce", "Gulnara, OSCE adviser (demo)", Role.REPRESENTATIVE),
    "fac": ("facilitator", "Jyldyz, facilitator (demo)", Role.FACILITATOR),
}
ADMINISTRATOR = ("administrator", "Kanat, administrator (demo)")
OBSERVER = ("observer", "Lira, observer (demo)")


@dataclass(frozen=True, slots=True)
class LogIn:
    name: str
    full_name: str
    role: str


def log_ins() -> tuple[LogIn, ...]:
    """Whom to sign in as; all have the demonstration password."""
    people = [LogIn(name, full_name, role.value) for name, full_name, role in PEOPLE.values()]
    return (*people, LogIn(*ADMINISTRATOR, "administrator"), LogIn(*OBSERVER, "observer"))


def set_up_people(session: Session, *, activity: Mapping[str, Any], slugs: Sequence[str], now: datetime) -> None:
    """Make the institutions, their seats, the people and their roles, where they are not there yet."""
    begin_writing(session)
    for entry in activity["institutions"]:
        institutions.add(session, code=entry["id"].upper(), kind=entry["kind"], names={"en": entry["name"]})
    new = [log_in for log_in in log_ins() if by_name(session, log_in.name) is None]
    password_hash = HASHER.hash(PASSWORD) if new else ""  # one for all of them, since everybody knows the password
    session.add_all(
        User(
            name=one.name, full_name=one.full_name, password_hash=password_hash, created_at=now,
            is_administrator=one.name == PEOPLE["fac"][0],
        )
        for one in new
    )  # fmt: skip
    session.flush()
    codes = {person[0]: code.upper() for code, person in PEOPLE.items()}
    for slug in slugs:
        draft = find_draft(session, slug)
        for entry in activity["institutions"]:
            institutions.give_seat(session, draft.id, entry["id"].upper(), SEATS[entry["seat"]])
        for log_in in log_ins():
            code = codes.get(log_in.name)
            add_member(session, draft, name=log_in.name, role=Role(log_in.role), institution_code=code, now=now)
    session.commit()


def set_up_discussion(session: Session, *, activity: Mapping[str, Any], slug: str, now: datetime) -> None:
    """Submit the fifteen amendments and twenty comments to version 1, each in the name of its institution."""
    ids: dict[str, int] = {}
    for entry in activity["amendments"]:
        _amend(session, slug, entry, now)
    for entry in activity["comments"]:
        ids[entry["id"]] = _comment(session, slug, entry, ids, now)


def set_up_agreement(
    session: Session, *, activity: Mapping[str, Any], slug: str, now: datetime, zone: ZoneInfo
) -> None:
    """State positions on articles of version 1 and open a call that two have answered; nothing where somebody spoke or
    was asked already, or the text is another one meanwhile."""
    draft = find_draft(session, slug)
    spoken = positions.of_draft(session, draft.id) or calls.of_draft(session, draft.id)
    if spoken or versions.latest_number(session, draft.id) != 1:
        return
    for entry in activity["positions"]:
        _state(session, slug, entry, now)
    call = activity["call"]
    terms = Terms(question=call["question"], period=Period(call["days"]), confirm_days=call["confirm_days"])
    person = by_name(session, PEOPLE["fac"][0])
    number = open_call(
        session, slug=slug, wanted=Wanted(typed=call["about"]), terms=terms, version=1,
        user_id=person.id if person else None, now=now, zone=zone,
    )  # fmt: skip
    for entry in call["answers"]:
        person = by_name(session, PEOPLE[entry["institution"]][0])
        responding.respond(
            session, slug=slug, number=number, ordinal=None, stance=Stance(entry["step"]),
            user_id=person.id if person else None, now=now, today=now.astimezone(zone).date(),
        )  # fmt: skip


def set_up_session(session: Session, *, activity: Mapping[str, Any], slug: str, now: datetime, zone: ZoneInfo) -> None:
    """Plan a session with an agenda; nothing where one was planned already, or the text is another one meanwhile."""
    draft = find_draft(session, slug)
    if sittings.of_draft(session, draft.id) or versions.latest_number(session, draft.id) != 1:
        return
    planned, person = activity["session"], by_name(session, PEOPLE["fac"][0])
    facilitator = person.id if person else None
    day = now.astimezone(zone).date() + timedelta(days=planned["days"])
    when = datetime.combine(day, time.fromisoformat(planned["at"]), zone)
    number = convening.plan_session(
        session, slug=slug, plan=convening.Plan(planned["title"], planned["place"], when),
        choice=Choice(planned["about"], reading=2, minutes=planned["minutes"]), user_id=facilitator, now=now,
    )  # fmt: skip
    opening = Choice(matter=planned["opening"], reading=2, minutes=10, behind=0)
    convening.add_items(session, slug=slug, number=number, choice=opening, user_id=facilitator, now=now)


def _state(session: Session, slug: str, entry: Mapping[str, Any], now: datetime) -> None:
    member = _as(session, slug, entry["institution"])
    clause_id, _ = _places(session, member)[entry["about"]]
    words = words_of(latest_text(session, member), Subject("below", clause_id, ""))
    stance = Stance(entry["step"], entry.get("reason", ""), entry.get("confirm_days"))
    session.rollback()
    state_position(
        session, slug=slug, subject=Subject("below", clause_id, words), stance=stance, user_id=member.user_id, now=now,
        today=now.date(),
    )  # fmt: skip


def _as(session: Session, slug: str, institution: str) -> Entry:
    user = by_name(session, PEOPLE[institution][0])
    return enter_to_write(session, slug, user.id if user else None)


def _places(session: Session, entry: Entry) -> dict[str, tuple[str, Clause]]:
    stored = versions.clauses_of(session, entry.draft.id, entry.draft.language, 1)
    return {one.clause.address: (one.id, one.clause) for one in stored}


def _amend(session: Session, slug: str, entry: Mapping[str, str], now: datetime) -> None:
    member = _as(session, slug, entry["institution"])
    places = _places(session, member)
    edits = (_edit(entry, places),)
    check(dict(places.values()), edits)
    submit(session, member, edits, 1, entry.get("title", ""), entry["rationale"], now)


def _edit(entry: Mapping[str, str], places: Mapping[str, tuple[str, Clause]]) -> Edit:
    if entry["op"] == "insert_unit":
        number = entry["clause"].rpartition("_")[2]
        return InsertClauses(places[entry["after"]][0], f"{number}. {entry['new'].strip()}\n\n")
    clause_id, clause = places[entry["clause"]]
    if entry["op"] == "replace_unit":
        return RestateClause(clause_id, clause.body, entry["new"].strip())
    if entry["op"] == "append":
        return ReplaceWords(clause_id, len(clause.body) - 1, "", entry["new"])
    return ReplaceWords(clause_id, clause.body.index(entry["old"]), entry["old"], entry.get("new", ""))


def _comment(session: Session, slug: str, entry: Mapping[str, Any], ids: Mapping[str, int], now: datetime) -> int:
    member = _as(session, slug, entry["institution"])
    clause_id, clause = _places(session, member)[entry["clause"]]
    comment = Comment(
        draft_id=member.draft.id, clause_id=clause_id, reply_to=ids.get(entry.get("reply_to", "")), version=1,
        language=member.draft.language, kind=entry["kind"], quote=entry["anchor"],
        quote_start=clause.body.index(entry["anchor"]), body=entry["text"], institution_id=member.author_institution_id,
        author_id=member.author_id, created_at=member.told_at(now),
    )  # fmt: skip
    comments.add(session, comment)
    events.record(
        session, member.draft, "comment_made", now=now, user_id=member.user_id, institution_id=member.institution_id,
        comment=comment.id, clause=clause_id, comment_kind=comment.kind, body=comment.body, quote=comment.quote,
        reply_to=comment.reply_to,
    )  # fmt: skip
    made = comment.id
    session.commit()
    return made
