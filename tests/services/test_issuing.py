"""Issuing with brackets kept: what was decided stands or fell, what is contested stays on the table, word for word."""

import pytest
from flask import Flask

from app.domain.edits import DeleteClause, InsertClauses
from app.domain.largest import GrowsTooLarge
from app.domain.provenance import Origin
from app.services.choosing import Settled
from app.store import fates as stored_fates
from app.store.benches import Bench
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import SLUG, chain, clause_ids, collision_keys, signed_in, user_id
from tests.services.deeds import (
    NOW,
    bodies,
    clauses,
    edits_on,
    fates,
    issue,
    revoke,
    standing,
    submit,
    text,
    version_numbers,
    withdraw,
    words,
)

pytest_plugins = ["tests.demonstration"]

BRACKET, BASE = Settled("bracket"), Settled("base")


def keys(app: Flask, *numbers: int) -> list[str]:
    return collision_keys(signed_in(app, "facilitator"), *numbers)


def with_words(app: Flask, address: str, old: str, new: str) -> str:
    """Version 1 with other words in one clause."""
    with app.app_context():
        body = bodies(1)[clause_ids(app)[address]]
    return text(app, 1).replace(body, body.replace(old, new))


def test_words_kept_in_brackets_stay_on_the_table_and_the_text_keeps_the_base(demonstrated: Flask) -> None:
    (key,) = keys(demonstrated, 1, 2, 15)
    assert issue(demonstrated, "facilitator", 1, 2, 15, settled={key: BRACKET}) == 2
    assert text(demonstrated, 2) == with_words(demonstrated, "art_18__para_2", "six months", "thirty days")
    taken_up = ("taken_up", None, 2, "unchanged")
    assert {n: fates(demonstrated)[n] for n in (1, 2, 3, 15)} == {
        1: taken_up, 2: taken_up, 3: ("submitted", None, 2, "unchanged"), 15: ("adopted", 2, 1, None),
    }  # fmt: skip
    assert standing(demonstrated, 1) == [
        ("taken_up", None, (words(demonstrated, "art_13__para_1", "within twenty-four hours",
                                  "immediately and in any case within twelve hours", base=2),)),
    ]  # fmt: skip
    event = chain(demonstrated)[-1]
    clause_id = clause_ids(demonstrated)["art_13__para_1"]
    assert event.facts["fates"] == {"A1": "bracketed", "A2": "bracketed", "A15": "adopted"}
    assert event.facts["carried"]["A1"] == "unchanged"
    bracket = {
        "clause": clause_id, "reason": "words", "base": "within twenty-four hours",
        "sides": [
            {"text": "immediately and in any case within twelve hours", "amendments": [1]},
            {"text": "within forty-eight hours", "amendments": [2]},
        ],
    }  # fmt: skip
    assert event.facts["brackets"] == [bracket]
    with demonstrated.app_context():
        draft_id = find_draft(db.session, SLUG).id
        kept = stored_fates.kept_in(db.session, draft_id, 2)
        assert [(row.ordinal, row.clause_id, row.reason, row.base, row.sides) for row in kept] == [
            (0, clause_id, "words", "within twenty-four hours", bracket["sides"])
        ]


def test_a_bracket_is_settled_in_a_later_version(demonstrated: Flask) -> None:
    (key,) = keys(demonstrated, 1, 2)
    issue(demonstrated, "facilitator", 1, 2, settled={key: BRACKET})
    (again,) = keys(demonstrated, 1, 2)
    assert issue(demonstrated, "facilitator", 1, 2, expected=2, settled={again: Settled("2")}) == 3
    assert [state for state, _, _ in standing(demonstrated, 1, 2)] == ["not_adopted", "adopted"]
    assert "within forty-eight hours" in text(demonstrated, 3)


def several(app: Flask) -> int:
    """A16: one amendment, of whose changes one meets A1 and A2, one meets A15, and one meets nobody."""
    return submit(
        app,
        "prosecutor",
        words(app, "art_13__para_1", "within twenty-four hours", "within three days"),
        words(app, "art_18__para_2", "six months", "one year"),
        words(app, "art_14__para_1", "sealed", "locked"),
    )


def settle_by_clause(app: Flask, numbers: tuple[int, ...], choices: dict[str, Settled]) -> dict[str, Settled]:
    """Collisions in the order of the text: Article 13 comes before Article 18."""
    return dict(zip(keys(app, *numbers), choices.values(), strict=True))


def test_what_stands_or_fell_of_a_bracketed_amendment_is_not_carried_on(demonstrated: Flask) -> None:
    assert several(demonstrated) == 16
    choices = {"art_13": BRACKET, "art_18": Settled("15")}
    settled = settle_by_clause(demonstrated, (1, 15, 16), choices)
    assert issue(demonstrated, "facilitator", 1, 15, 16, settled=settled) == 2
    contested = words(demonstrated, "art_13__para_1", "within twenty-four hours", "within three days", base=2)
    assert standing(demonstrated, 16) == [("taken_up", 2, (contested,))]
    assert "locked" in text(demonstrated, 2)
    assert edits_on(demonstrated, 16, 1) == 3


def test_a_bracketed_amendment_of_which_a_part_stands_is_adopted_in_part_whatever_becomes_of_the_rest(
    demonstrated: Flask,
) -> None:
    number = submit(
        demonstrated, "prosecutor",
        words(demonstrated, "art_13__para_1", "within twenty-four hours", "within three days"),
        words(demonstrated, "art_14__para_1", "sealed", "locked"),
    )  # fmt: skip
    (key,) = keys(demonstrated, 1, number)
    issue(demonstrated, "facilitator", 1, number, settled={key: BRACKET})
    assert [since for _, since, _ in standing(demonstrated, 1, number)] == [None, 2]
    (again,) = keys(demonstrated, 1, number)
    issue(demonstrated, "facilitator", 1, number, expected=2, settled={again: Settled("1")})
    assert [state for state, _, _ in standing(demonstrated, 1, number)] == ["adopted", "adopted_in_part"]
    assert chain(demonstrated)[-1].facts["fates"] == {"A1": "adopted", f"A{number}": "adopted_in_part"}


def test_a_bracketed_amendment_whose_rest_is_adopted_is_adopted_only_if_nothing_was_lost(demonstrated: Flask) -> None:
    several(demonstrated)
    settled = settle_by_clause(demonstrated, (1, 15, 16), {"art_13": BRACKET, "art_18": BASE})
    issue(demonstrated, "facilitator", 1, 15, 16, settled=settled)
    whole = submit(
        demonstrated, "interior", words(demonstrated, "art_18__para_2", "six months", "two years", base=2),
        words(demonstrated, "art_13__para_1", "within twenty-four hours", "within a week", base=2), base=2,
    )  # fmt: skip
    settled = dict.fromkeys(keys(demonstrated, 1, 16, whole), BRACKET)
    issue(demonstrated, "facilitator", 1, 16, whole, expected=2, settled=settled)
    (key,) = keys(demonstrated, 16, whole)
    issue(demonstrated, "facilitator", 16, whole, expected=3, settled={key: Settled("16")})
    assert [state for state, _, _ in standing(demonstrated, 16, whole)] == ["adopted_in_part", "adopted_in_part"]
    withdraw(demonstrated, "civil", 1)


def test_an_amendment_that_was_only_kept_and_then_adopted_whole_is_adopted(demonstrated: Flask) -> None:
    (key,) = keys(demonstrated, 1, 2)
    for version in (1, 2):
        issue(demonstrated, "facilitator", 1, 2, expected=version, settled={key: BRACKET})
        (key,) = keys(demonstrated, 1, 2)
    issue(demonstrated, "facilitator", 1, expected=3)
    assert fates(demonstrated)[1][:2] == ("adopted", 4)
    with demonstrated.app_context():
        draft_id = find_draft(db.session, SLUG).id
        rows = {v: stored_fates.of_version(db.session, draft_id, v) for v in (2, 3, 4)}
        first = [(r[0].outcome, r[0].state_before, r[0].carried_before, r[0].base_before) for r in rows.values()]
    assert first == [
        ("bracketed", "submitted", None, 1), ("bracketed", "taken_up", "unchanged", 2),
        ("adopted", "taken_up", "unchanged", 3),
    ]  # fmt: skip


def test_new_clauses_that_collide_can_be_kept_in_brackets(demonstrated: Flask) -> None:
    after = clause_ids(demonstrated)["art_14__para_1"]
    one = submit(demonstrated, "civil", InsertClauses(after, "One sentence.\n\n"))
    other = submit(demonstrated, "interior", InsertClauses(after, "Another sentence.\n\n"),
                   words(demonstrated, "art_18__para_2", "six months", "one year"))  # fmt: skip
    (key,) = keys(demonstrated, one, other)
    issue(demonstrated, "facilitator", one, other, settled={key: BRACKET})
    assert text(demonstrated, 2) == with_words(demonstrated, "art_18__para_2", "six months", "one year")
    assert standing(demonstrated, one, other) == [
        ("taken_up", None, (InsertClauses(after, "One sentence.\n\n"),)),
        ("taken_up", 2, (InsertClauses(after, "Another sentence.\n\n"),)),
    ]
    (again,) = keys(demonstrated, one, other)
    issue(demonstrated, "facilitator", one, other, expected=2, settled={again: Settled(str(other))})
    assert [state for state, _, _ in standing(demonstrated, one, other)] == ["not_adopted", "adopted"]
    assert text(demonstrated, 3).count("Another sentence.") == 1


def test_the_bench_of_whoever_issues_becomes_the_version_and_no_other(demonstrated: Flask) -> None:
    owner = user_id(demonstrated, "facilitator")
    with demonstrated.app_context():
        draft_id = find_draft(db.session, SLUG).id
        for name, base in (("administrator", 1), ("facilitator", 2)):
            bench = Bench(
                draft_id=draft_id, owner_id=owner, base_version=base, chosen=[], settlements={}, opened_at=NOW,
                saved_at=NOW,
            )  # fmt: skip
            db.session.add(bench)
            db.session.commit()
            number = issue(demonstrated, name, 15 if base == 1 else 13, expected=base)
            db.session.expire_all()
            became = (bench.closed_at, bench.issued_version)
            assert became == ((NOW, number) if name == "facilitator" else (None, None))
            bench.closed_at = NOW
            db.session.commit()


def test_numbers_run_on_where_that_is_chosen_and_references_follow_by_nobodys_hand(demonstrated: Flask) -> None:
    ids = clause_ids(demonstrated)
    stood = next(one for one in clauses(demonstrated, 1) if one.id == ids["art_13__para_2"])
    number = submit(demonstrated, "interior", DeleteClause(stood.id, stood.clause.source))
    assert issue(demonstrated, "facilitator", number, 14, renumber=True) == 2
    after = {one.id: one for one in clauses(demonstrated, 2)}
    third, fourth = after[ids["art_13__para_3"]], after[ids["art_13__para_4"]]
    assert (third.clause.label, third.clause.address) == ("2.", "art_13__para_2")
    assert (fourth.clause.label, fourth.clause.address) == ("3.", "art_13__para_3")
    arrived = next(one for one in after.values() if one.clause.address == "art_13__para_4")
    assert (arrived.clause.label, arrived.origins) == ("4.", ((len(arrived.clause.body), Origin(2, ("A14",))),))
    assert chain(demonstrated)[-1].facts["renumbered"][:2] == [
        {"clause_id": third.id, "old": "3.", "new": "2."}, {"clause_id": fourth.id, "old": "4.", "new": "3."},
    ]  # fmt: skip


def test_open_amendments_are_carried_onto_the_renumbered_text(demonstrated: Flask) -> None:
    ids = clause_ids(demonstrated)
    article = [one for one in clauses(demonstrated, 1) if one.clause.address.split("__")[0] == "art_4"]
    gone = submit(demonstrated, "interior", DeleteClause(article[0].id, "".join(one.clause.source for one in article)))
    references = {one.id: one.clause.body for one in clauses(demonstrated, 1)}
    issue(demonstrated, "facilitator", gone, renumber=True)
    after = {one.id: one for one in clauses(demonstrated, 2)}
    assert after[ids["art_18__para_2"]].clause.address == "art_17__para_2"
    assert {fates(demonstrated)[n][2:] for n in range(1, 16)} == {(2, "unchanged")}
    rewritten = {id: one for id, one in after.items() if one.clause.body != references[id]}
    assert rewritten
    for one in rewritten.values():
        assert {origin for _, origin in one.origins} == {Origin(1), Origin(2)}
    assert revoke(demonstrated, 2) == 3
    assert clauses(demonstrated, 3) == clauses(demonstrated, 1)


def test_a_deletion_is_carried_onto_the_text_whose_numbers_ran_on(demonstrated: Flask) -> None:
    ids = clause_ids(demonstrated)
    gone, wanted = (
        submit(demonstrated, "interior", DeleteClause(ids[address], "".join(one.clause.source for one in article)))
        for address in ("art_4", "art_18")
        if (article := [one for one in clauses(demonstrated, 1) if one.clause.address.split("__")[0] == address])
    )
    issue(demonstrated, "facilitator", gone, renumber=True)
    assert fates(demonstrated)[wanted][2:] == (2, "shifted")
    ((_, _, (edit,)),) = standing(demonstrated, wanted)
    assert isinstance(edit, DeleteClause)
    assert edit.old.startswith("### Article 17. ")
    issue(demonstrated, "facilitator", wanted, expected=2)
    assert ids["art_18"] not in {one.id for one in clauses(demonstrated, 3)}


def test_a_clause_that_is_brought_again_after_it_was_taken_out_is_another_clause(demonstrated: Flask) -> None:
    after = clause_ids(demonstrated)["art_14__para_1"]
    number = submit(demonstrated, "civil", InsertClauses(after, "One sentence.\n\n"))
    base = {one.id for one in clauses(demonstrated, 1)}
    brought = []
    for version in (2, 4, 6):
        assert issue(demonstrated, "facilitator", number, 14, expected=version - 1) == version
        texts = {one.id: one.clause for one in clauses(demonstrated, version)}
        assert {clause.body for id, clause in texts.items() if id not in base} >= {"One sentence."}
        brought += [id for id in texts if id not in base]
        assert revoke(demonstrated, version) == version + 1
    assert len(set(brought)) == len(brought) == 6


def test_a_version_larger_than_a_draft_holds_is_not_issued_and_the_amendment_stays(demonstrated: Flask) -> None:
    after = clause_ids(demonstrated)["art_13__para_1"]
    new = tuple(InsertClauses(after, f"{letter * 1_100_000}\n\n") for letter in "abcdefghij")
    number = submit(demonstrated, "civil", *new)
    with pytest.raises(
        GrowsTooLarge, match=r"the text would have 10\.\d MB; the largest that a draft holds is 10 MB\."
    ):
        issue(demonstrated, "facilitator", number)
    assert fates(demonstrated)[number] == ("submitted", None, 1, None)
    assert version_numbers(demonstrated) == [1]
