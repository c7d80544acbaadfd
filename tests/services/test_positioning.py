"""Stating positions: who may, on which text exactly, for how long they count, what the record keeps."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.domain.edits import Relabel
from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import confirming, positioning, revoking, sealing, showing_positions
from app.services.positioning import Stance, Subject
from app.services.reading_amendments import read_amendment
from app.store.calls import Call
from app.store.db import db
from app.store.digests import read_anew
from app.store.institutions import Institution, Seat
from app.store.memberships import find_draft
from app.store.positions import Position
from app.store.users import Membership
from tests.product import SLUG, chain, clause_ids, user_id
from tests.services.deeds import NOW, clauses, issue, submit, words
from tests.services.stances import PARA, call_about, on, state, take_back, words_of

pytest_plugins = ["tests.demonstration"]

REASON = "What would you need? This position needs its reason."
HEAD = "Only the head of a delegation, or whoever they authorise, states its position. You may comment."
NO_SEAT = "Your institution has no seat at the table of this draft, so it has no position in it."
CHANGED = "The text was changed while you read it. Look at it as it stands now, then state your position again."
NOTHING = "There is no position of your institution to confirm here."


def rows(app: Flask) -> list[tuple[str, int | None, str, bool]]:
    with app.app_context():
        asked = select(Position, Institution.code).join(Institution, Institution.id == Position.institution_id)
        found = db.session.execute(asked.order_by(Position.id)).all()
        return [(code, row.step, row.reason, row.entered_for) for row, code in found]


def refusal(app: Flask, name: str, **asked: object) -> str:
    with pytest.raises(Refusal) as refused:
        state(app, name, **asked)  # type: ignore[arg-type]
    return str(refused.value)


def test_a_position_is_stored_with_its_words_and_its_event(demonstrated: Flask) -> None:
    made = state(demonstrated, "interior", step=6, reason=" Money. ")
    assert rows(demonstrated) == [("MVD", 6, "Money.", False)]
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["position"], last.facts["stance"]) == ("position_stated", made, "cannot_accept")
    assert last.facts["words"] == words_of(demonstrated, PARA)
    assert first_broken_link(chain(demonstrated)) is None


MAY = (
    # role        part in the delegation   seat of the institution   what is said; empty: it may
    ("representative", "head",          "full",           ""),
    ("representative", "authorised",        "full",           ""),
    ("representative", "member",        "full",           HEAD),
    ("representative", "head",          "advisory",           ""),
    ("representative", "authorised",        "advisory",           ""),
    ("representative", "member",        "advisory",           HEAD),
    ("representative", "head",          "facilitating",       NO_SEAT),
    ("representative", "head",          "none",           NO_SEAT),
    ("representative", "member",        "none",           NO_SEAT),
    ("observer",       "head",          "full",           "As observer of this draft you may not position."),
    ("observer",       "head",          "advisory",           "As observer of this draft you may not position."),
    ("facilitator",    "head",          "full",           ""),
    ("facilitator",    "head",          "facilitating",       NO_SEAT),
    ("facilitator",    "member",        "full",           HEAD),
    ("administrator",  "head",          "full",           ""),
    ("administrator",  "head",          "none",           NO_SEAT),
)  # fmt: skip


def test_who_may_state_a_position(demonstrated: Flask) -> None:
    wrong = []
    for role, part, seat, outcome in MAY:
        give(demonstrated, role, part, seat)
        try:
            state(demonstrated, "interior")
            said = ""
        except Refusal as refused:
            said = str(refused)
        if said != outcome:
            wrong.append((role, part, seat, said))
    assert wrong == []
    assert len(rows(demonstrated)) == sum(outcome == "" for *_, outcome in MAY)


def give(app: Flask, role: str, part: str, seat: str) -> None:
    """Give the Interior Ministry's person another role and part, and the ministry another seat."""
    person = user_id(app, "interior")
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        member = (Membership.user_id == person, Membership.draft_id == draft.id)
        db.session.execute(update(Membership).where(*member).values(role=role, part=part))
        mvd = db.session.scalars(select(Institution.id).where(Institution.code == "MVD")).one()
        db.session.execute(delete(Seat).where(Seat.institution_id == mvd, Seat.draft_id == draft.id))
        if seat != "none":
            db.session.add(Seat(draft_id=draft.id, institution_id=mvd, kind=seat))
        db.session.commit()


def test_a_facilitator_enters_one_for_an_institution_and_it_is_recorded_as_such(demonstrated: Flask) -> None:
    state(demonstrated, "facilitator", entered_for="GPO", step=2)
    assert rows(demonstrated) == [("GPO", 2, "", True)]
    assert (chain(demonstrated)[-1].facts["entered_for"], chain(demonstrated)[-1].user_id) == (
        True, user_id(demonstrated, "facilitator"),
    )  # fmt: skip
    assert on(demonstrated, "observer", PARA)["GPO"].position.entered_for is True  # type: ignore[union-attr]
    assert refusal(demonstrated, "interior", entered_for="GPO") == HEAD
    assert refusal(demonstrated, "facilitator", entered_for="XX") == (
        "No institution “XX” sits at the table of this draft."
    )  # fmt: skip
    assert refusal(demonstrated, "facilitator", entered_for="FAC").startswith("No institution “FAC”")
    take_back(demonstrated, "facilitator", entered_for="GPO")
    assert rows(demonstrated)[-1] == ("GPO", None, "", True)


IMPOSSIBLE: tuple[tuple[dict[str, object], str], ...] = (
    ({"step": 3}, REASON),
    ({"step": 5, "reason": " \n"}, REASON),
    ({"step": 6}, REASON),
    ({"step": 0}, "The scale has steps 1 to 6; there is no step 0."),
    ({"step": 7}, "The scale has steps 1 to 6; there is no step 7."),
    ({"confirm_days": 0}, "A position given ad referendum is confirmed in 1 to 180 days."),
    ({"confirm_days": 181}, "A position given ad referendum is confirmed in 1 to 180 days."),
    ({"reason": "a\0b"}, "The text is longer than 20000 characters or holds a null character."),
    ({"reason": "a" * 20_001}, "The text is longer than 20000 characters or holds a null character."),
    ({"seen": "0" * 64}, CHANGED),
    ({"clause": "no-such"}, "What this position is about is not in the latest version of the draft."),
    ({"about": "nonsense"}, "What this position is about is not in the latest version of the draft."),
)


def test_what_cannot_be_a_position_is_refused(demonstrated: Flask) -> None:
    assert [refusal(demonstrated, "interior", **asked) for asked, _ in IMPOSSIBLE] == [said for _, said in IMPOSSIBLE]
    assert rows(demonstrated) == []


def test_words_changed_meanwhile_are_noticed(demonstrated: Flask) -> None:
    seen = words_of(demonstrated, "art_18__para_2")
    issue(demonstrated, "facilitator", 15)
    assert refusal(demonstrated, "interior", clause="art_18__para_2", seen=seen) == CHANGED


def test_somebody_of_another_draft_finds_nothing(demonstrated: Flask) -> None:
    person = user_id(demonstrated, "interior")
    foreign = clause_ids(demonstrated, f"{SLUG}-ky")["art_1"]
    with demonstrated.app_context(), pytest.raises(Refusal) as refused:
        positioning.state_position(
            db.session, slug=SLUG, subject=Subject("clause", foreign, ""), stance=Stance(1), user_id=person, now=NOW,
            today=NOW.date(),
        )  # fmt: skip
    assert str(refused.value) == "What this position is about is not in the latest version of the draft."
    with demonstrated.app_context():
        db.session.execute(delete(Membership).where(Membership.user_id == person))
        db.session.commit()
    assert refusal(demonstrated, "interior") == f"There is no draft “{SLUG}” that you may see."


def test_changing_the_clause_lapses_it_and_renumbering_does_not(demonstrated: Flask) -> None:
    for address in ("art_18__para_2", "art_18__para_1"):
        state(demonstrated, "interior", clause=address, step=1)
    issue(demonstrated, "facilitator", 15)
    assert on(demonstrated, "interior", "art_18__para_2")["MVD"].position.lapsed == "text"  # type: ignore[union-attr]
    assert on(demonstrated, "interior", "art_18__para_1")["MVD"].position.lapsed == ""  # type: ignore[union-attr]
    ids = clause_ids(demonstrated, number=2)
    number = submit(demonstrated, "interior", relabelled(demonstrated, ids["art_18__para_1"]), base=2)
    issue(demonstrated, "facilitator", number, expected=2)
    assert "art_18__para_1_1" in clause_ids(demonstrated, number=3) or "art_18__para_1-1" in clause_ids(
        demonstrated, number=3
    )
    assert on(demonstrated, "interior", ids["art_18__para_1"])["MVD"].position.lapsed == ""  # type: ignore[union-attr]


def relabelled(app: Flask, clause_id: str) -> Relabel:
    lead = next(one.clause.lead for one in clauses(app, 2) if one.id == clause_id)
    return Relabel(clause_id, lead, lead.replace("1.", "1-1.", 1))


def test_going_back_to_the_text_makes_a_position_count_again(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_18__para_2", step=1)
    issue(demonstrated, "facilitator", 15)
    person = user_id(demonstrated, "facilitator")
    with demonstrated.app_context():
        revoking.revoke(
            db.session, slug=SLUG, version=2, reason="Wrong.", user_id=person, now=NOW, expected_version=2
        )  # fmt: skip
    assert on(demonstrated, "interior", "art_18__para_2")["MVD"].position.lapsed == ""  # type: ignore[union-attr]


def test_one_on_a_part_or_a_version_speaks_for_all_that_stands_there_until_each_changes(demonstrated: Flask) -> None:
    state(demonstrated, "interior", clause="art_18", about="below", step=1)
    state(demonstrated, "prosecutor", about="version", step=2)
    assert on(demonstrated, "interior", "art_18__para_2")["MVD"].position.about == "below"  # type: ignore[union-attr]
    assert on(demonstrated, "interior", PARA)["MVD"].position is None
    assert on(demonstrated, "interior", PARA)["GPO"].position.about == "version"  # type: ignore[union-attr]
    issue(demonstrated, "facilitator", 15)
    changed, stayed = "art_18__para_2", "art_18__para_1"
    assert [on(demonstrated, "civil", changed)[code].position.lapsed for code in ("MVD", "GPO")] == ["text", "text"]  # type: ignore[union-attr]
    assert [on(demonstrated, "civil", stayed)[code].position.lapsed for code in ("MVD", "GPO")] == ["", ""]  # type: ignore[union-attr]
    state(demonstrated, "interior", clause=changed, step=4)
    assert on(demonstrated, "civil", changed)["MVD"].position.step.name == "abstain"  # type: ignore[union-attr]
    assert on(demonstrated, "civil", stayed)["MVD"].position.step.name == "support"  # type: ignore[union-attr]


def test_the_last_one_counts_and_the_former_stay_in_the_record(demonstrated: Flask) -> None:
    state(demonstrated, "interior", step=6, reason="Money.")
    state(demonstrated, "interior", step=2)
    line = on(demonstrated, "civil", PARA)["MVD"]
    assert line.position is not None
    assert (line.position.step.name, [one.reason for one in line.history]) == ("can_live_with", ["Money."])  # type: ignore[union-attr]
    take_back(demonstrated, "interior")
    line = on(demonstrated, "civil", PARA)["MVD"]
    assert (line.position, len(line.history)) == (None, 3)
    assert chain(demonstrated)[-1].kind == "position_taken_back"


def test_nothing_is_taken_back_where_nothing_was_said(demonstrated: Flask) -> None:
    state(demonstrated, "prosecutor")
    with pytest.raises(Refusal, match="There is no position of your institution to take back here"):
        take_back(demonstrated, "interior")


def confirm(app: Flask, name: str, position_id: int, days: int = 0) -> None:
    person, now = user_id(app, name), NOW + timedelta(days=days)
    with app.app_context():
        confirming.confirm(
            db.session, slug=SLUG, position_id=position_id, user_id=person, now=now, today=now.date()
        )  # fmt: skip


def test_one_given_ad_referendum_is_confirmed_in_time_or_lapses(demonstrated: Flask) -> None:
    made = state(demonstrated, "interior", confirm_days=10)
    line = on(demonstrated, "civil", PARA)["MVD"].position
    assert line is not None and line.is_provisional
    for who, when in (("prosecutor", 0), ("interior", 10)):
        with pytest.raises(Refusal, match=NOTHING):
            confirm(demonstrated, who, made, when)
    assert on(demonstrated, "civil", PARA, days=10)["MVD"].position.lapsed == "unconfirmed"  # type: ignore[union-attr]
    confirm(demonstrated, "interior", made, 9)
    assert on(demonstrated, "civil", PARA, days=10)["MVD"].position.lapsed == ""  # type: ignore[union-attr]
    assert chain(demonstrated)[-1].kind == "position_confirmed"
    for position_id in (made, made + 1, 2**40):
        with pytest.raises(Refusal, match=NOTHING):
            confirm(demonstrated, "interior", position_id, 9)


def repeat(app: Flask, name: str) -> int:
    person = user_id(app, name)
    with app.app_context():
        return confirming.repeat_unchanged(db.session, slug=SLUG, user_id=person, now=NOW, today=NOW.date())


def set_otherwise(app: Flask) -> None:
    """A version that changes the setting of one paragraph, and the words of another."""
    edit = words(app, PARA, " ", "\u00a0")
    issue(app, "facilitator", 15, submit(app, "civil", edit))


def test_all_positions_whose_text_changed_in_its_setting_only_are_repeated_in_one_go(demonstrated: Flask) -> None:
    for address, step, reason in ((PARA, 3, "With a note."), ("art_18__para_2", 1, ""), ("art_1", 1, "")):
        state(demonstrated, "interior", clause=address, step=step, reason=reason)
    state(demonstrated, "prosecutor", about="version")
    set_otherwise(demonstrated)
    assert on(demonstrated, "interior", PARA)["MVD"].position.lapsed == "setting"  # type: ignore[union-attr]
    page = own(demonstrated, "interior")
    assert [line.human for line in page.in_setting] == ["Article 14(1)"]
    assert [line.human for line in page.lapsed] == ["Article 14(1)", "Article 18(2)"]
    assert repeat(demonstrated, "interior") == 1
    assert repeat(demonstrated, "prosecutor") == 1
    line = on(demonstrated, "interior", PARA)
    assert [(line[code].position.lapsed, line[code].position.reason) for code in ("MVD", "GPO")] == [  # type: ignore[union-attr]
        ("", "With a note."), ("", ""),
    ]  # fmt: skip
    assert on(demonstrated, "interior", "art_18__para_2")["MVD"].position.lapsed == "text"  # type: ignore[union-attr]
    assert [event.kind for event in chain(demonstrated)[-2:]] == ["position_confirmed", "position_confirmed"]
    for name in ("interior", "civil"):
        with pytest.raises(Refusal, match=NOTHING):
            repeat(demonstrated, name)


def own(app: Flask, name: str) -> showing_positions.OwnPositions:
    person = user_id(app, name)
    with app.app_context():
        return showing_positions.own(db.session, slug=SLUG, user_id=person, language="en", now=NOW)


def test_an_institution_that_is_merged_into_another_is_spoken_for_by_it(demonstrated: Flask) -> None:
    state(demonstrated, "prevention", step=2)
    with demonstrated.app_context():
        by_code = {one.code: one for one in db.session.scalars(select(Institution))}
        by_code["NPM"].exists_until, by_code["NPM"].successor_id = date(2026, 11, 23), by_code["AKY"].id
        db.session.commit()
    lines = on(demonstrated, "civil", PARA)
    assert "NPM" not in lines
    assert (lines["AKY"].position.step.name, lines["AKY"].inherited.code) == ("can_live_with", "NPM")  # type: ignore[union-attr]
    state(demonstrated, "prevention", step=1)  # its people speak for the successor from the day after
    line = on(demonstrated, "civil", PARA)["AKY"]
    assert (line.position.step.name, line.inherited, len(line.history)) == ("support", None, 1)  # type: ignore[union-attr]


def test_a_position_on_an_amendment_lapses_when_it_is_reworded_and_ends_with_it(demonstrated: Flask) -> None:
    with demonstrated.app_context():
        seen = showing_positions_of(demonstrated, "interior", 1)
    state(demonstrated, "interior", clause="1", about="amendment", seen=seen.words, step=6, reason="No.")
    page = showing_positions_of(demonstrated, "civil", 1)
    assert [(line.institution.code, line.position.reason) for line in page.seats if line.position] == [("MVD", "No.")]
    assert chain(demonstrated)[-1].facts["amendment"] == 1
    issue(demonstrated, "facilitator", 1)
    assert refusal(demonstrated, "interior", clause="1", about="amendment", seen=seen.words) == (
        "Amendment A1 is adopted, so this can no longer be done."
    )  # fmt: skip
    assert refusal(demonstrated, "interior", clause="99", about="amendment") == (
        "There is no amendment A99 in this draft."
    )  # fmt: skip


def showing_positions_of(app: Flask, name: str, number: int) -> showing_positions.PositionsShown:
    person = user_id(app, name)
    with app.app_context():
        page = read_amendment(db.session, slug=SLUG, number=number, user_id=person, language="en", now=NOW)
        assert page.positions is not None
        return page.positions


def test_what_is_said_in_a_hidden_call_is_its_givers_alone_until_it_is_revealed(demonstrated: Flask) -> None:
    call_about(demonstrated, PARA, hidden=True)
    state(demonstrated, "interior", step=6, reason="A secret reason.")
    assert on(demonstrated, "interior", PARA)["MVD"].position.hidden is True  # type: ignore[union-attr]
    for name in ("civil", "facilitator", "administrator", "observer"):
        line = on(demonstrated, name, PARA)["MVD"]
        assert (line.position, line.history) == (None, ())
    facts = chain(demonstrated)[-1].facts
    assert "A secret reason." not in str(facts)
    assert not {"step", "reason", "stance", "confirm_until"} & facts.keys()
    take_back(demonstrated, "interior")
    assert {event.kind for event in chain(demonstrated)[-2:]} == {"position_stated"}
    assert own(demonstrated, "civil").lapsed == ()
    state(demonstrated, "interior", step=2)
    with demonstrated.app_context():
        db.session.execute(update(Call).values(revealed_at=NOW))
        read_anew(db.session)
        db.session.commit()
    assert on(demonstrated, "civil", PARA)["MVD"].position.step.name == "can_live_with"  # type: ignore[union-attr]
    with demonstrated.app_context():
        row = db.session.scalars(select(Position).order_by(Position.id.desc())).first()
        assert row is not None
        assert chain(demonstrated)[-1].facts["commitment"] == sealing.commitment(row)
