"""Proposing: several clauses at once, drafts, co-sponsors, rewording, counter-texts, other words for an amendment."""

from collections.abc import Sequence

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.edits import InsertClauses, MoveClause, Relabel, ReplaceWords, UnusableEdit
from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.domain.parts import Part, UnusablePart
from app.services import composing, proposing, revising
from app.services.composing import Aim, NamesNoClause
from app.services.issuing import NoLongerOnTable
from app.services.owning import NotOnTheTable, NotTheProposer
from app.services.pages_composing import ComposerPage, Preview
from app.services.proposing import NoReason, Proposal, TextMovedOn
from app.services.revising import ReadsAsBefore, WordsMovedOn
from app.services.sponsoring import NotSeated
from app.store import amendments, relations
from app.store.db import db
from app.store.events import Event
from app.store.memberships import find_draft
from tests.product import SLUG, chain, clause_ids, stored, user_id
from tests.services.deeds import NOW, at_once, issue, propose, standing, submit, withdraw, words
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def offered(
    parts: Sequence[Part], base: int = 1, reason: str = "A reason.", sponsors: tuple[str, ...] = ()
) -> Proposal:
    return Proposal(base, tuple(parts), reason, "", sponsors)


def put(app: Flask, name: str, *parts: Part, draft: bool = False, **more: object) -> int:
    person = user_id(app, name)
    with app.app_context():
        return proposing.propose(
            db.session,
            slug=SLUG,
            proposal=offered(parts, **more),
            user_id=person,
            now=NOW,
            draft=draft,  # type: ignore[arg-type]
        )


def reword(
    app: Flask, name: str, number: int, *parts: Part, revision: int = 1, draft: bool = False, **more: object
) -> None:
    person = user_id(app, name)
    with app.app_context():
        revising.reword(
            db.session, slug=SLUG, number=number, revision=revision, proposal=offered(parts, **more),  # type: ignore[arg-type]
            user_id=person, now=NOW, draft=draft,
        )  # fmt: skip


def last_events(app: Flask, count: int) -> list[tuple[str, dict[str, object]]]:
    with app.app_context():
        found = db.session.scalars(select(Event).order_by(Event.id.desc()).limit(count))
        return [(event.kind, event.facts) for event in found][::-1]


def in_13(app: Flask, words: str) -> Part:
    """Other words for Article 13(1), whole."""
    return Part(clause_ids(app)["art_13__para_1"], "words", words)


def test_several_clauses_are_one_amendment_with_the_edits_of_all_its_parts(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    number = put(
        demonstrated, "civil",
        Part(at["art_14__para_1"], "words", "Only these words."),
        Part(at["art_13__para_3"], "move", target="13(4)"),
        Part(at["art_13__para_4"], "number", "7"),
        Part(at["art_13__para_4"], "insert", "8. Something new."),
    )  # fmt: skip
    ((state, _, edits),) = standing(demonstrated, number)
    assert state == "submitted"
    kinds = [type(edit) for edit in edits if not isinstance(edit, ReplaceWords)]
    assert kinds == [MoveClause, Relabel, InsertClauses]
    assert MoveClause(at["art_13__para_3"], at["art_13__para_4"]) in edits
    ((kind, facts),) = last_events(demonstrated, 1)
    assert (kind, facts["amendment"]) == ("amendment_submitted", number)
    assert len(facts["edits"]) == len(edits)  # type: ignore[arg-type]


def test_what_is_wrong_with_one_of_several_parts_is_said_of_it_and_nothing_is_stored(demonstrated: Flask) -> None:
    at, before = clause_ids(demonstrated), stored(demonstrated)
    good = Part(at["art_14__para_1"], "words", "Only these words.")
    for bad, said in (
        (Part(at["art_14__para_2"], "words", "One.\n\nTwo."), "Part 2 (2.): The words of one clause cannot hold"),
        (Part(at["art_14__para_2"], "move", target="99(9)"), "Part 2 (2.): “99(9)” names no clause of this text"),
        (Part(at["art_14__para_2"], "move"), "Part 2 (2.): Say where the clause is to stand."),
        (Part(at["art_14__para_2"], "heading", "A title"), "Part 2 (2.): Only a heading can be renamed."),
        (Part("nowhere", "words", "Words."), "Part 2 (?): This clause does not exist in the draft."),
        (Part(at["art_14__para_1"], "delete"), "Part 2 (1.): It contradicts part 1"),
    ):
        with pytest.raises(UnusablePart, match=r"^Part 2") as refusal:
            put(demonstrated, "civil", good, bad)
        assert str(refusal.value).startswith(said)
    with pytest.raises(NamesNoClause):
        put(demonstrated, "civil", Part(at["art_14__para_2"], "move", target="99(9)"))
    assert stored(demonstrated) == before


def test_institutions_chosen_while_composing_are_invited_in_the_same_transaction(demonstrated: Flask) -> None:
    part, before = in_13(demonstrated, "Other words."), stored(demonstrated)
    with pytest.raises(NotSeated):
        put(demonstrated, "civil", part, sponsors=("AKY", "NOBODY"))
    with pytest.raises(NotSeated):
        put(demonstrated, "civil", part, sponsors=("CSO",))
    assert stored(demonstrated) == before
    number = put(demonstrated, "civil", part, sponsors=("AKY", "MVD"))
    told = [(kind, facts["amendment"], facts.get("sponsor")) for kind, facts in last_events(demonstrated, 3)]
    assert told == [
        ("amendment_submitted", number, None), ("sponsor_invited", number, "AKY"), ("sponsor_invited", number, "MVD"),
    ]  # fmt: skip


def test_a_draft_tells_nobody_more_than_its_number_until_it_is_submitted(demonstrated: Flask) -> None:
    part = in_13(demonstrated, "Other words.")
    number = put(demonstrated, "civil", part, draft=True, reason="", sponsors=("AKY",))
    assert last_events(demonstrated, 1) == [("amendment_drafted", {"amendment": number})]
    for name in ("interior", "facilitator"):
        with pytest.raises(amendments.NoSuchAmendment):
            reword(demonstrated, name, number, part)
        with pytest.raises(amendments.NoSuchAmendment):
            withdraw(demonstrated, name, number)
    with pytest.raises(NoReason):
        reword(demonstrated, "civil", number, part, reason="")
    reword(
        demonstrated, "civil", number, in_13(demonstrated, "Still others."), draft=True, reason="", sponsors=("MVD",)
    )
    assert last_events(demonstrated, 1) == [("amendment_drafted", {"amendment": number})]
    reword(demonstrated, "civil", number, part, revision=2, sponsors=("MVD",))
    (submitted, invited) = last_events(demonstrated, 2)
    assert (submitted[0], submitted[1]["rationale"]) == ("amendment_submitted", "A reason.")
    assert (invited[0], invited[1]["sponsor"]) == ("sponsor_invited", "MVD")
    assert [state for state, _, _ in standing(demonstrated, number)] == ["submitted"]


def test_rewording_keeps_the_former_words_in_the_record_and_asks_the_sponsors_again(demonstrated: Flask) -> None:
    number = put(demonstrated, "civil", in_13(demonstrated, "Other words."), sponsors=("AKY",))
    with demonstrated.app_context():
        row = amendments.find(db.session, find_draft(db.session, SLUG).id, number)
        (asked,) = relations.relations(db.session, row.draft_id).sponsors[row.id]
        asked.answer = "accepted"
        db.session.commit()
    ((_, _, former),) = standing(demonstrated, number)
    reword(demonstrated, "civil", number, in_13(demonstrated, "Better words."))
    ((kind, facts),) = last_events(demonstrated, 1)
    assert kind == "amendment_reworded"
    assert (facts["amendment"], facts["revision"], facts["asked_again"]) == (number, 2, ["AKY"])
    assert facts["former"] == [amendments.facts_of(edit) for edit in former]
    ((_, _, now),) = standing(demonstrated, number)
    assert facts["edits"] == [amendments.facts_of(edit) for edit in now]
    with pytest.raises(ReadsAsBefore):
        reword(demonstrated, "civil", number, in_13(demonstrated, "Better words."), revision=2)


REWORDING = {
    "observer": Refusal, "civil": None, "interior": NotTheProposer, "facilitator": NotTheProposer,
    "administrator": NotTheProposer,
}  # fmt: skip


@pytest.mark.parametrize("name", REWORDING)
def test_only_the_proposing_institution_rewords(demonstrated: Flask, name: str) -> None:
    part, wanted = in_13(demonstrated, "Better words."), REWORDING[name]
    if wanted is None:
        reword(demonstrated, name, 1, part)
        return
    with pytest.raises(wanted):
        reword(demonstrated, name, 1, part)


def test_what_was_withdrawn_or_decided_or_written_on_an_older_text_is_not_reworded(demonstrated: Flask) -> None:
    part = in_13(demonstrated, "Better words.")
    withdraw(demonstrated, "civil", 1)
    with pytest.raises(NotOnTheTable):
        reword(demonstrated, "civil", 1, part)
    number = propose(demonstrated, "civil", "art_14__para_1", lambda body: body + " More.")
    issue(demonstrated, "facilitator", 15)
    with pytest.raises(TextMovedOn):
        reword(demonstrated, "civil", number, part)


def test_of_two_who_reword_the_same_amendment_at_once_the_second_is_told(demonstrated: Flask) -> None:
    one, other = in_13(demonstrated, "One wording."), in_13(demonstrated, "Another wording.")
    results = at_once(
        demonstrated, lambda: reword(demonstrated, "civil", 1, one), lambda: reword(demonstrated, "civil", 1, other)
    )
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "WordsMovedOn"]
    assert isinstance(next(result for result in results if result), WordsMovedOn)
    assert [kind for kind, _ in last_events(demonstrated, 2)].count("amendment_reworded") == 1


def test_rewording_while_the_facilitator_issues_ends_in_one_order_or_the_other(demonstrated: Flask) -> None:
    part = in_13(demonstrated, "Better words.")
    reworded, issued = at_once(
        demonstrated, lambda: reword(demonstrated, "civil", 1, part), lambda: issue(demonstrated, "facilitator", 1)
    )
    ((state, _, _),) = standing(demonstrated, 1)
    assert state == "adopted"
    assert issued == 2 or isinstance(issued, NoLongerOnTable)
    assert reworded is None or isinstance(reworded, NotOnTheTable | TextMovedOn)
    assert first_broken_link(chain(demonstrated)) is None


def links_of(app: Flask, number: int) -> list[tuple[str, int]]:
    with app.app_context():
        draft_id = find_draft(db.session, SLUG).id
        rows = {row.id: row for row in amendments.all_of(db.session, draft_id)}
        own = next(row for row in rows.values() if row.number == number)
        found = relations.relations(db.session, draft_id).links_from.get(own.id, ())
        return [(link.kind, rows[link.to_id].number) for link in found]


def test_a_counter_text_is_offered_to_the_proposers_by_who_consolidates(demonstrated: Flask) -> None:
    proposal, before = offered([in_13(demonstrated, "A bridge.")]), stored(demonstrated)
    people = {name: user_id(demonstrated, name) for name in ("civil", "facilitator")}

    def offer(name: str, *bridges: int) -> int:
        with demonstrated.app_context():
            return proposing.offer(
                db.session, slug=SLUG, bridges=bridges, proposal=proposal, user_id=people[name], now=NOW
            )

    for name, bridges in (("civil", (1, 2)), ("facilitator", ()), ("facilitator", (1, 99))):
        with pytest.raises(Refusal):
            offer(name, *bridges)
    assert stored(demonstrated) == before
    number = offer("facilitator", 1, 2)
    assert links_of(demonstrated, number) == [("bridges", 1), ("bridges", 2)]
    assert last_events(demonstrated, 1) == [("counter_text_offered", {"amendment": number, "to": [1, 2]})]
    with demonstrated.app_context():
        assert amendments.find(db.session, find_draft(db.session, SLUG).id, number).kind == "counter_text"


def test_other_words_for_an_amendment_are_linked_to_it_when_they_are_submitted(demonstrated: Flask) -> None:
    person = user_id(demonstrated, "prosecutor")
    proposal = offered([in_13(demonstrated, "Other words than A1.")])
    with demonstrated.app_context():
        number = proposing.propose(db.session, slug=SLUG, proposal=proposal, user_id=person, now=NOW, amends=1)
    assert links_of(demonstrated, number) == [("amends", 1)]
    ((kind, facts),) = last_events(demonstrated, 1)
    assert (kind, facts["amends"]) == ("amendment_submitted", 1)


def begun(app: Flask, name: str, aim: Aim) -> ComposerPage:
    person = user_id(app, name)
    with app.app_context():
        return composing.compose(db.session, slug=SLUG, aim=aim, parts=(), user_id=person, language="en", now=NOW)


def test_rewording_begins_with_the_parts_that_say_its_edits(demonstrated: Flask) -> None:
    at = clause_ids(demonstrated)
    parts = (
        Part(at["art_14__para_1"], "words", "Only these words."),
        Part(at["art_13__para_3"], "move", target="Article 13(4)"),
        Part(at["art_13__para_4"], "number", "7."),
        Part(at["art_13__para_4"], "insert", "8. Something new."),
        Part(at["art_15"], "heading", "Another heading"),
    )
    number = put(demonstrated, "civil", *parts)
    assert begun(demonstrated, "civil", Aim(reword=number)).start == parts
    assert begun(demonstrated, "interior", Aim(amends=number)).start == parts


def test_one_that_needs_its_author_begins_with_the_text_as_it_stands_and_its_words_beside(demonstrated: Flask) -> None:
    mine = submit(demonstrated, "civil", words(demonstrated, "art_14__para_1", "shall", "must"))
    other = propose(demonstrated, "facilitator", "art_14__para_1", lambda _: "Nothing is left of the former words.")
    issue(demonstrated, "facilitator", other)
    page = begun(demonstrated, "civil", Aim(reword=mine))
    (part,), (line,) = page.start, page.parts
    assert part.text == "Nothing is left of the former words."
    (side,) = line.sides
    assert [span.text for span in side.changes[0].spans if span.op == "+"] == ["must"]
    at = clause_ids(demonstrated, number=2)["art_14__para_1"]
    reword(demonstrated, "civil", mine, Part(at, "words", "Something is left."), base=2)
    assert begun(demonstrated, "civil", Aim(reword=mine)).about[0].carried is None


def test_a_counter_text_begins_with_the_clauses_of_all_amendments_and_their_words_beside(demonstrated: Flask) -> None:
    page = begun(demonstrated, "facilitator", Aim(bridges=(1, 2)))
    (line,) = page.parts
    assert [side.amendment.number for side in line.sides] == [1, 2]
    with pytest.raises(Refusal):
        begun(demonstrated, "civil", Aim(bridges=(1, 2)))


def test_a_preview_says_what_is_inserted_and_who_contests_and_asks_the_same_however_many_there_are(
    demonstrated: Flask,
) -> None:
    at, person = clause_ids(demonstrated), user_id(demonstrated, "ombudsman")
    parts = (
        Part(at["art_13__para_1"], "words", "Other words."),
        Part(at["art_13__para_4"], "insert", "9. New.\n\n1) one;"),
    )

    def look() -> Preview:
        with demonstrated.app_context():
            return composing.preview(db.session, slug=SLUG, parts=parts, user_id=person, language="en")

    found = look()
    assert {line.number for line in found.contested_by} >= {1, 2}
    assert [(one.kind, one.label) for one in found.inserted[0].clauses] == [("paragraph", "9."), ("point", "1)")]
    with statements(demonstrated) as few:
        look()
    for _ in range(3):
        put(demonstrated, "civil", Part(at["art_14__para_1"], "words", "Only these words."))
    look()  # which finds the amendments changed
    with statements(demonstrated) as many:
        look()
    assert len(many) == len(few)


def test_parts_nobody_touched_yet_say_nothing_in_a_preview_but_are_refused_when_submitted(demonstrated: Flask) -> None:
    at, person = clause_ids(demonstrated), user_id(demonstrated, "civil")
    (untouched,) = begun(demonstrated, "facilitator", Aim(bridges=(4,))).start
    parts = (Part(at["art_13__para_1"], "words", "Other words."), untouched)
    with demonstrated.app_context():
        found = composing.preview(db.session, slug=SLUG, parts=parts, user_id=person, language="en")
    assert [change.clause_id for change in found.changes] == [at["art_13__para_1"]]
    with pytest.raises(UnusablePart, match="This amendment changes nothing"):
        put(demonstrated, "civil", *parts)


def test_an_edit_that_does_not_fit_is_never_stored(demonstrated: Flask) -> None:
    with pytest.raises((UnusableEdit, Refusal)):
        put(demonstrated, "civil", in_13(demonstrated, ""))
