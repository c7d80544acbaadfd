"""Consolidating: the issued text is the merged text, every word named; of two at once only one; nothing half stored."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.domain.edits import Amendment
from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.domain.merge import Settlement, merge
from app.domain.parts import Part
from app.domain.provenance import Origin
from app.services import discussing, proposing
from app.services.choosing import Settled
from app.services.issuing import IssuedMeanwhile, NoLongerOnTable
from app.services.proposing import Proposal
from app.store import amendments, versions
from app.store.amendments import AmendmentRow, EditRow, key_of
from app.store.db import db
from app.store.events import Event
from app.store.memberships import find_draft
from tests.product import (
    LAW,
    SLUG,
    added,
    chain,
    clause_ids,
    collision_keys,
    shown,
    signed_in,
    stored,
    user_id,
)
from tests.services.deeds import NOW, at_once, bodies, fates, issue, propose, publish, text, version_numbers, withdraw

pytest_plugins = ["tests.demonstration"]


def test_the_issued_text_is_the_chosen_words_put_into_the_text_before_and_nothing_else(demonstrated: Flask) -> None:
    before = text(demonstrated, 1)
    assert issue(demonstrated, "facilitator", 1, 6, 15) == 2
    after = text(demonstrated, 2)
    ids = clause_ids(demonstrated)
    with demonstrated.app_context():
        one, two = bodies(1), bodies(2)
    changes = {
        "art_13__para_1": ("within twenty-four hours", "immediately and in any case within twelve hours"),
        "art_21__para_1": ("within twenty-four hours of receipt", "immediately upon receipt"),
        "art_18__para_2": ("six months", "thirty days"),
    }
    expected = {ids[address]: one[ids[address]].replace(old, new) for address, (old, new) in changes.items()}
    assert {clause_id: body for clause_id, body in two.items() if one[clause_id] != body} == expected
    for clause_id, body in expected.items():
        assert before.count(one[clause_id]) == 1
        before = before.replace(one[clause_id], body)
    assert after == before


def test_the_issued_text_is_what_the_domain_merges(demonstrated: Flask) -> None:
    key, other = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2, 4, 5)
    chosen = (1, 2, 4, 5, 7, 8, 14)
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        law = {one.id: one.clause for one in versions.clauses_of(db.session, draft.id, draft.language, 1)}
        edits = amendments.edits_of(db.session, draft.id)
        rows = [row for row in amendments.all_of(db.session, draft.id) if row.number in chosen]
        proposed = [Amendment(key_of(row.number), edits[row.id]) for row in rows]
    merged = merge(law, proposed, {key: Settlement(amendment="A2"), other: Settlement(words="own words")})
    issue(demonstrated, "facilitator", *chosen, settled={key: Settled("2"), other: Settled("own", "own words")})
    assert text(demonstrated, 2) == merged.text
    assert merged.text.count("own words") == 1
    assert "within forty-eight hours" in merged.text


def test_every_new_word_names_its_amendment_and_version(demonstrated: Flask) -> None:
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    issue(demonstrated, "facilitator", 1, 2, 15, settled={key: Settled("own", "within eighteen hours")})
    propose(demonstrated, "interior", "art_18__para_2", lambda body: body.replace("thirty", "forty"), base=2)
    issue(demonstrated, "facilitator", 16, expected=2)
    with demonstrated.app_context():
        draft = find_draft(db.session, SLUG)
        found = versions.clauses_of(db.session, draft.id, draft.language, 3)
        by_address = {one.clause.address: one for one in found}
        new: dict[str, list[tuple[str, Origin]]] = {}
        for address in ("art_18__para_2", "art_13__para_1"):
            one, at = by_address[address], 0
            for length, origin in one.origins:
                new.setdefault(address, []).append((one.clause.body[at : at + length].strip(), origin))
                at += length
            assert at == len(one.clause.body)
    named = {address: [run for run in runs if run[1] != Origin(1)] for address, runs in new.items()}
    assert named == {
        "art_18__para_2": [("forty", Origin(3, ("A16",))), ("days", Origin(2, ("A15",)))],
        "art_13__para_1": [("eighteen", Origin(2, ("A1", "A2"), settled=True))],
    }


def test_what_became_of_every_amendment_is_stored(demonstrated: Flask) -> None:
    (key,) = collision_keys(signed_in(demonstrated, "facilitator"), 1, 2)
    withdraw(demonstrated, "civil", 13)
    same = propose(demonstrated, "civil", "art_18__para_2", lambda body: body.replace("six months", "thirty days"))
    assert same == 16
    with demonstrated.app_context():
        start = db.session.scalar(select(EditRow.start).join(AmendmentRow).where(AmendmentRow.number == 8))
    assert issue(demonstrated, "facilitator", 1, 2, 7, 14, 15, settled={key: Settled("1")}) == 2
    unchanged = ("submitted", None, 2, "unchanged")
    assert fates(demonstrated) == {
        1: ("adopted", 2, 1, None),
        2: ("not_adopted", 2, 1, None),
        3: ("submitted", None, 1, "needs_author"),
        4: unchanged,
        5: unchanged,
        6: unchanged,
        7: ("adopted", 2, 1, None),
        8: ("submitted", None, 2, "shifted"),
        9: unchanged,
        10: unchanged,
        11: unchanged,
        12: unchanged,
        13: ("withdrawn", None, 1, None),
        14: ("adopted", 2, 1, None),
        15: ("adopted", 2, 1, None),
        16: ("submitted", None, 1, "incorporated"),
    }
    with demonstrated.app_context():
        starts = select(EditRow.base_version, EditRow.start).join(AmendmentRow).where(AmendmentRow.number == 8)
        carried = {row.base_version: row.start for row in db.session.execute(starts)}
        clause = clause_ids(demonstrated, number=2)["art_7__para_1"]
        place = bodies(2)[clause].index("for a single term of five years")
    assert carried[1] == start
    assert carried[2] is not None and carried[2] != start
    assert place <= carried[2] < place + len("for a single term of five years")
    event = chain(demonstrated)[-1]
    assert (event.kind, event.facts["version"], event.facts["message"]) == ("version_issued", 2, "by facilitator")
    assert event.facts["fates"] == {
        "A1": "adopted", "A2": "not_adopted", "A7": "adopted", "A14": "adopted", "A15": "adopted",
    }  # fmt: skip
    assert (
        event.facts["carried"] | {"A3": "needs_author", "A8": "shifted", "A16": "incorporated"}
        == event.facts["carried"]
    )
    assert event.facts["settlements"] == {key: ["1", "", []]}


def test_decided_and_withdrawn_amendments_stay_in_the_record(demonstrated: Flask) -> None:
    withdraw(demonstrated, "civil", 13)
    issue(demonstrated, "facilitator", 15)
    client = signed_in(demonstrated, "observer")
    page = client.get(f"{LAW}/amendments").text
    on_table, closed = page.split('id="closed-head"')
    assert [number for number in range(1, 16) if f'id="A{number}"' in closed] == [13, 15]
    assert [number for number in range(1, 16) if f'id="A{number}"' in on_table] == [*range(1, 13), 14]
    withdrawn, adopted = (shown(client.get(f"{LAW}/amendments/{number}")) for number in (13, 15))
    assert "two representatives elected by an open meeting" in withdrawn
    assert '<span class="amendment-state fate-withdrawn">withdrawn</span>' in withdrawn
    assert '<span class="amendment-state fate-adopted">adopted, version 2</span>' in adopted


def test_an_amendment_withdrawn_between_bench_and_issue_is_not_issued(demonstrated: Flask) -> None:
    assert collision_keys(signed_in(demonstrated, "facilitator"), 13, 15) == []
    withdraw(demonstrated, "civil", 13)
    before = stored(demonstrated)
    with pytest.raises(NoLongerOnTable, match="A13 can no longer be chosen"):
        issue(demonstrated, "facilitator", 13, 15)
    assert stored(demonstrated) == before
    assert issue(demonstrated, "facilitator", 15) == 2
    assert "one representative" in text(demonstrated, 2)


def test_an_issue_stores_one_version_and_one_event(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    issue(demonstrated, "facilitator", 15)
    carried = 14
    assert added(before, stored(demonstrated)) == {
        "versions": 1, "version_texts": 1, "clause_texts": 1, "edits": carried, "events": 1,
        "fates": 1 + carried,
    }  # fmt: skip


FORM = {
    "do": "issue", "expected_version": "1", "amendment": ["1", "2", "7"], "message": "What the second room agreed",
}  # fmt: skip


def test_the_second_of_two_facilitators_is_told_and_keeps_everything_typed(demonstrated: Flask) -> None:
    first, second = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "administrator")
    (key,) = collision_keys(second, 1, 2, 7)
    form = FORM | {f"settle-{key}": "own", f"own-{key}": "within eighteen hours, agreed in the room"}
    theirs = {"do": "issue", "expected_version": "1", "amendment": ["15"], "message": "The first"}
    assert first.post(f"{LAW}/consolidation", data=theirs).status_code == 303
    issued = text(demonstrated, 2)
    answer = second.post(f"{LAW}/consolidation", data=form)
    page = shown(answer)
    assert answer.status_code == 409
    assert (
        "Version 2 was issued while you worked on version 1. Nothing of yours was stored over it; your choices are "
        "kept below: look at the new text and issue again."
    ) in page
    assert 'name="message" maxlength="500" value="What the second room agreed"' in page
    assert [n for n in range(1, 16) if f'name="amendment" value="{n}" checked' in page] == [1, 2, 7]
    assert f'id="settle-{key}-own" name="settle-{key}" value="own" checked' in page
    assert "\nwithin eighteen hours, agreed in the room</textarea>" in page
    assert 'name="expected_version" value="2"' in page
    assert (version_numbers(demonstrated), text(demonstrated, 2)) == ([2, 1], issued)
    again = second.post(f"{LAW}/consolidation", data=form | {"expected_version": "2"})
    assert (again.status_code, again.location) == (303, f"{LAW}/versions/3")
    assert "within eighteen hours, agreed in the room" in text(demonstrated, 3)
    assert "thirty days" in text(demonstrated, 3)


def test_while_one_has_the_bench_the_other_issues_nothing_and_gets_everything_back(demonstrated: Flask) -> None:
    first, second = signed_in(demonstrated, "facilitator"), signed_in(demonstrated, "administrator")
    (key,) = collision_keys(second, 1, 2, 7)
    assert first.post(f"{LAW}/consolidation", data={"do": "preview", "amendment": "15"}).status_code == 200
    before = stored(demonstrated)
    form = FORM | {f"settle-{key}": "own", f"own-{key}": "within eighteen hours, agreed in the room"}
    answer = second.post(f"{LAW}/consolidation", data=form)
    page = shown(answer)
    assert (answer.status_code, stored(demonstrated) == before) == (409, True)
    assert "works on the bench since" in page
    assert 'name="message" maxlength="500" value="What the second room agreed"' in page
    assert [n for n in range(1, 16) if f'name="amendment" value="{n}" checked' in page] == [1, 2, 7]
    assert f'id="settle-{key}-own" name="settle-{key}" value="own" checked' in page
    assert "\nwithin eighteen hours, agreed in the room</textarea>" in page


def test_own_words_for_a_collision_that_is_gone_are_not_lost(demonstrated: Flask) -> None:
    second = signed_in(demonstrated, "administrator")
    (key,) = collision_keys(second, 1, 2)
    issue(demonstrated, "facilitator", 1)
    form = FORM | {f"settle-{key}": "own", f"own-{key}": "within eighteen hours, agreed in the room"}
    answer = second.post(f"{LAW}/consolidation", data=form)
    assert answer.status_code == 409
    assert 'value="What the second room agreed"' in shown(answer)
    later = second.post(f"{LAW}/consolidation", data={"do": "preview", "expected_version": "2"})
    for page in (shown(answer), shown(later), shown(second.get(f"{LAW}/consolidation"))):
        kept = page.split("Own words that no collision asks for any more:")[1].split("<section")[0]
        assert "within eighteen hours, agreed in the room</textarea>" in kept


def test_of_two_who_issue_in_the_same_moment_only_one_does(demonstrated: Flask) -> None:
    rounds = [((15,), (13,)), ((10,), (8,)), ((1, 4), (11, 6))]
    for latest, (mine, theirs) in enumerate(rounds, start=1):
        results = at_once(
            demonstrated,
            lambda chosen=mine, expected=latest: issue(demonstrated, "facilitator", *chosen, expected=expected),
            lambda chosen=theirs, expected=latest: issue(demonstrated, "administrator", *chosen, expected=expected),
        )
        issued = [result for result in results if not isinstance(result, Refusal)]
        refused = [result for result in results if isinstance(result, Refusal)]
        assert issued == [latest + 1]
        assert [type(refusal) for refusal in refused] == [IssuedMeanwhile]
        won, lost = (mine, theirs) if results[0] == latest + 1 else (theirs, mine)
        now = fates(demonstrated)
        assert {now[number][:2] for number in won} == {("adopted", latest + 1)}
        assert {now[number][0] for number in lost} == {"submitted"}
    assert version_numbers(demonstrated) == [4, 3, 2, 1]
    kinds = [event.kind for event in chain(demonstrated)]
    assert kinds.count("version_issued") == 3
    assert first_broken_link(chain(demonstrated)) is None


def test_people_who_do_things_in_the_same_moment_queue(demonstrated: Flask) -> None:
    ids = clause_ids(demonstrated)
    people = {name: user_id(demonstrated, name) for name in ("civil", "interior", "observer", "facilitator")}

    def comment(name: str) -> int:
        with demonstrated.app_context():
            return discussing.comment_on_clause(
                db.session, slug=SLUG, clause_id=ids["art_1"], user_id=people[name], kind="comment", body="A remark.",
                quote="", reply_to=None, now=NOW,
            )  # fmt: skip

    def other_words(name: str) -> int:
        with demonstrated.app_context():
            proposal = Proposal(1, (Part(ids["art_14__para_1"], "words", f"Words of {name}."),), "A reason.")
            return proposing.propose(db.session, slug=SLUG, proposal=proposal, user_id=people[name], now=NOW)

    before = stored(demonstrated)
    results = at_once(
        demonstrated, lambda: comment("civil"), lambda: comment("interior"),
        lambda: publish(demonstrated, 1), lambda: publish(demonstrated, 1),
        lambda: other_words("civil"), lambda: other_words("interior"),
    )  # fmt: skip
    published = sorted(str(result) for result in results[2:4])
    assert published == ["1", "Version 1 was published already, as publication 1."]
    assert sorted(results[4:]) == [16, 17]  # type: ignore[type-var]
    stored_rows = added(before, stored(demonstrated))
    assert {name: stored_rows[name] for name in ("comments", "publications", "amendments", "events")} == {
        "comments": 2, "publications": 1, "amendments": 2, "events": 5,
    }  # fmt: skip
    assert first_broken_link(chain(demonstrated)) is None


def test_the_chain_shows_a_record_that_was_altered(demonstrated: Flask) -> None:
    issue(demonstrated, "facilitator", 15)
    events = chain(demonstrated)
    assert first_broken_link(events) is None
    assert events[-1].kind == "version_issued"
    with demonstrated.app_context():
        event = db.session.scalars(select(Event).where(Event.kind == "amendment_submitted").order_by(Event.id)).first()
        assert event is not None and event.facts["amendment"] == 1
        event.facts = event.facts | {"rationale": "Another reason."}
        db.session.commit()
    broken = first_broken_link(chain(demonstrated))
    assert broken is not None
    assert (broken.kind, broken.facts["amendment"]) == ("amendment_submitted", 1)
