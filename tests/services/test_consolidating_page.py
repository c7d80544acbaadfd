"""What the bench shows: clauses as what became of them, collisions side by side, consequences before issuing."""

from flask import Flask

from app.domain.edits import InsertClauses, MoveClause, Relabel
from app.services import sponsoring
from app.services.choosing import Settled
from app.services.pages_bench import ConsolidationPage
from app.store.db import db
from tests.product import SLUG, clause_ids, user_id
from tests.services.bench_deeds import bench, counter_text, deletion
from tests.services.deeds import NOW, bodies, clauses, connect, fates, issue, submit, words
from tests.services.stances import on_amendment
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]


def merged(page: ConsolidationPage) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(line.kind, line.human, line.amendments) for line in page.merged]


def test_every_changed_clause_is_shown_as_what_became_of_it(demonstrated: Flask) -> None:
    ids = clause_ids(demonstrated)
    lead = next(one.clause.lead for one in clauses(demonstrated, 1) if one.id == ids["art_20"])
    source = "**Article 5a.** Oversight\n\n1. The Ombudsman may visit at any time.\n\n"
    submit(demonstrated, "interior", InsertClauses(ids["art_5"], source, "after"))
    submit(demonstrated, "civil", deletion(demonstrated, "art_6__para_3"))
    submit(demonstrated, "interior", MoveClause(ids["art_10"], ids["art_8"], "after"))
    submit(demonstrated, "civil", Relabel(ids["art_20"], lead, lead.replace("20", "20-1")))
    page = bench(demonstrated, 15, 16, 17, 18, 19)
    assert merged(page) == [
        ("inserted", "Article 5a", (16,)),
        ("inserted", "Article 5a(1)", (16,)),
        ("deleted", "Article 6(3)", (17,)),
        ("moved", "Article 10", (18,)),
        ("edited", "Article 18(2)", (15,)),
        ("renumbered", "Article 20-1", (19,)),
    ]
    new, below, _, moved, _, renumbered = page.merged
    assert (new.behind, below.behind, new.linked) == ("Article 5", "", False)
    assert (moved.behind, moved.was_behind) == ("Article 8", "Article 9")
    assert (renumbered.old_label, renumbered.label) == ("Article 20.", "Article 20-1.")
    assert [line.code for line in page.foreseen.in_text.numbering] == [  # type: ignore[union-attr]
        "numbering_gap", "numbering_backwards", "numbering_gap",
    ]  # fmt: skip


def test_what_nothing_stands_against_is_chosen_from_first(demonstrated: Flask) -> None:
    """A9 and A10 collide with nothing; that they conflict in substance, somebody said. A15 is objected to."""
    connect(demonstrated, 9, 10, "conflicts_with")
    assert [line.amendment.number for line in bench(demonstrated).bench if not line.contested] == [7, 8, 13, 14, 15]
    on_amendment(demonstrated, "interior", 15, 6)
    lines = bench(demonstrated).bench
    assert [line.amendment.number for line in lines if not line.contested] == [7, 8, 13, 14]
    assert [line.contested for line in lines] == sorted(line.contested for line in lines)
    assert [line.amendment.objected for line in lines if line.amendment.number == 15] == [True]


def test_words_name_the_institutions_that_propose_them_together(demonstrated: Flask) -> None:
    civil, ombudsman = user_id(demonstrated, "civil"), user_id(demonstrated, "ombudsman")
    with demonstrated.app_context():
        sponsoring.invite(db.session, slug=SLUG, number=1, institution="AKY", user_id=civil, now=NOW)
        sponsoring.answer(
            db.session, slug=SLUG, number=1, answer="accepted", reason="", user_id=ombudsman, now=NOW
        )  # fmt: skip
    (line,) = bench(demonstrated, 1).merged
    assert {tuple(mark.code for mark in span.institutions) for span in line.spans if span.amendments} == {
        ("CSO", "AKY")
    }
    (collision,) = bench(demonstrated, 1, 2).collisions
    assert [[mark.code for mark in side.institutions] for side in collision.sides] == [["CSO", "AKY"], ["MVD"]]


def test_a_counter_text_that_was_not_chosen_is_offered_with_the_answers_to_it(demonstrated: Flask) -> None:
    assert counter_text(demonstrated) == 16
    (collision,) = bench(demonstrated, 1, 2).collisions
    offered = collision.sides[-1]
    assert (offered.amendments, offered.counter_text, offered.offered) == ((16,), True, True)
    assert [(one.other.number, one.answer, one.reason) for one in offered.answers] == [
        (1, "declined", "Eighteen hours are too long."), (2, None, ""),
    ]  # fmt: skip


def test_to_settle_by_a_counter_text_chooses_it_and_it_stands(demonstrated: Flask) -> None:
    counter_text(demonstrated)
    (before,) = bench(demonstrated, 1, 2).collisions
    by_it = {before.key: Settled("16")}
    page = bench(demonstrated, 1, 2, settled=by_it)
    (after,) = page.collisions
    assert {line.amendment.number for line in page.bench if line.chosen} == {1, 2, 16}
    assert (after.settled, page.unsettled, page.replaced) == ("16", 0, (before.key,))
    assert issue(demonstrated, "facilitator", 1, 2, settled=by_it) == 2
    assert {number: fates(demonstrated)[number][0] for number in (1, 2, 16)} == {
        1: "not_adopted", 2: "not_adopted", 16: "adopted",
    }  # fmt: skip
    with demonstrated.app_context():
        assert "within eighteen hours" in bodies(2)[clause_ids(demonstrated, number=2)["art_13__para_1"]]


def test_sides_that_change_other_words_stand_together(demonstrated: Flask) -> None:
    submit(demonstrated, "civil", words(demonstrated, "art_13__para_1", "register every", "record each"))
    submit(demonstrated, "interior", words(demonstrated, "art_13__para_1", "twenty-four", "thirty-six"))
    bridge = "every allegation within twenty-four"
    submit(demonstrated, "ombudsman", words(demonstrated, "art_13__para_1", bridge, "every report within six"))
    (collision,) = bench(demonstrated, 16, 17, 18).collisions
    assert (collision.combines, len(collision.sides)) == (True, 3)
    page = bench(demonstrated, 16, 17, 18, settled={collision.key: Settled("16", also=(17,))})
    assert {line.amendment.number: line.fate for line in page.bench if line.chosen} == {
        16: "adopted", 17: "adopted", 18: "not_adopted",
    }  # fmt: skip


def test_a_clause_that_one_deletes_and_another_changes_is_a_collision_with_both_sides(demonstrated: Flask) -> None:
    submit(demonstrated, "interior", deletion(demonstrated, "art_18__para_2"))
    (collision,) = bench(demonstrated, 15, 16).collisions
    assert (collision.reason, collision.human, collision.takes_own_words) == ("deletion", "Article 18(2)", False)
    assert {side.amendments: bool(side.text) for side in collision.sides} == {(15,): True, (16,): False}
    page = bench(demonstrated, 15, 16, settled={collision.key: Settled("bracket")})
    assert [(kept.human, kept.amendments) for kept in page.foreseen.brackets] == [("Article 18(2)", (15, 16))]
    assert (page.unsettled, page.merged) == (0, ())


def test_references_to_what_goes_are_listed_before_issuing(demonstrated: Flask) -> None:
    submit(demonstrated, "interior", deletion(demonstrated, "art_33"))
    found = bench(demonstrated, 16).foreseen.in_text
    assert found is not None
    told = [(line.human, line.words, line.led_to, line.linked) for line in found.dangling]
    assert ("Article 6(1)(4)", "Article 33", "Article 33", True) in told


def test_numbers_that_would_change_are_listed_old_and_new(demonstrated: Flask) -> None:
    submit(demonstrated, "interior", deletion(demonstrated, "art_6__para_2"))
    kept, run_on = (bench(demonstrated, 16, renumber=wish).foreseen.in_text for wish in (False, True))
    assert kept is not None and run_on is not None
    assert [(line.human, line.code) for line in kept.numbering] == [("Article 6(3)", "numbering_gap")]
    assert [(line.old, line.new) for line in run_on.labels] == [("3.", "2.")]
    assert run_on.numbering == ()


def test_what_is_linked_by_people_and_what_becomes_of_the_others_is_told(demonstrated: Flask) -> None:
    connect(demonstrated, 15, 7, "depends_on")
    connect(demonstrated, 15, 14, "conflicts_with")
    page = bench(demonstrated, 1, 14, 15)
    assert [(bond.number, bond.kind, bond.other) for bond in page.foreseen.bonds] == [
        (14, "conflicts_with", 15), (15, "depends_on", 7),
    ]  # fmt: skip
    assert dict(page.foreseen.carried) == {
        "needs_author": (2, 3), "unchanged": (4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
    }  # fmt: skip
    assert page.needs_author == (2, 3)


def test_the_bench_asks_the_database_the_same_number_of_questions_however_many_amendments(demonstrated: Flask) -> None:
    bench(demonstrated, 1)
    with statements(demonstrated) as few:
        bench(demonstrated, 1)
    counter_text(demonstrated)
    for _ in range(5):
        submit(demonstrated, "interior", words(demonstrated, "art_18__para_2", "six months", "a year"))
    bench(demonstrated, *range(1, 22))
    with statements(demonstrated) as many:
        bench(demonstrated, *range(1, 22))
    assert len(few) == len(many)
