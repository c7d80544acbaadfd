"""The bench has one owner; whoever else works is told; what stood on it is kept, whatever happens meanwhile."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import benching
from app.services.benching import NoSuchFacilitator, SavedMeanwhile
from app.services.choosing import Choice, Settled
from app.services.holding import NoBench, WorkedOnByAnother
from app.services.issuing import NoLongerOnTable
from app.services.pages_held import FallenLine, Held, Work
from app.store.db import db
from tests.product import SLUG, added, chain, stored, user_id
from tests.services.deeds import NOW, at_once, fates, issue, version_numbers, withdraw

pytest_plugins = ["tests.demonstration"]

EIGHTEEN = Settled("own", "within eighteen hours")


def worked(*numbers: int, own: dict[str, str] | None = None, settled: dict[str, Settled] | None = None) -> Work:
    own, settled = own or {}, settled or {}
    return Work(Choice(frozenset(numbers), settled), "A message", own, frozenset({*own, *settled}), 1)


def save(app: Flask, name: str, work: Work, revision: int | None = None) -> Work:
    person = user_id(app, name)
    with app.app_context():
        return benching.save(db.session, slug=SLUG, work=work, revision=revision, user_id=person, now=NOW)


def held(app: Flask, name: str) -> Held:
    person = user_id(app, name)
    with app.app_context():
        return benching.held(db.session, slug=SLUG, user_id=person)


def doing(app: Flask, name: str, deed: Callable[..., object], **given: object) -> object:
    person = user_id(app, name)
    with app.app_context():
        return deed(db.session, slug=SLUG, user_id=person, now=NOW, **given)


def kinds(app: Flask) -> list[str]:
    return [event.kind for event in chain(app) if event.kind.startswith("bench")]


def test_the_first_work_opens_the_bench_and_the_next_is_saved_without_an_event(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    assert held(demonstrated, "facilitator").revision == 0
    assert stored(demonstrated) == before
    save(demonstrated, "facilitator", worked(1, 2))
    save(demonstrated, "facilitator", worked(1, 2, 7, settled={"k": EIGHTEEN}))
    assert added(before, stored(demonstrated)) == {"benches": 1, "events": 1}
    found = held(demonstrated, "facilitator")
    assert (found.mine, found.work.choice) == (True, Choice(frozenset({1, 2, 7}), {"k": EIGHTEEN}))
    assert (found.work.message, found.work.own) == ("A message", {"k": "within eighteen hours"})
    assert kinds(demonstrated) == ["bench_opened"]


def test_somebody_else_is_told_whose_the_bench_is_and_stores_nothing(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1))
    before = stored(demonstrated)
    with pytest.raises(WorkedOnByAnother, match="works on the bench since 2026-11-24 09:00 UTC"):
        save(demonstrated, "administrator", worked(2))
    for deed, given in ((benching.put_away, {}), (benching.hand_over, {"to": 1}), (benching.share, {"shared": True})):
        with pytest.raises(WorkedOnByAnother):
            doing(demonstrated, "administrator", deed, **given)
    assert stored(demonstrated) == before


def test_an_older_page_overwrites_nothing(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1))
    seen = held(demonstrated, "facilitator").revision
    save(demonstrated, "facilitator", worked(1, 2), seen)
    with pytest.raises(SavedMeanwhile, match="older than the bench"):
        save(demonstrated, "facilitator", worked(3), seen)
    with pytest.raises(SavedMeanwhile):
        save(demonstrated, "facilitator", worked(3), 0)
    assert held(demonstrated, "facilitator").work.choice.amendments == {1, 2}


def test_a_page_of_a_bench_that_was_put_away_is_not_taken_for_one_of_the_next(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1))
    old = held(demonstrated, "facilitator").revision
    doing(demonstrated, "facilitator", benching.put_away)
    save(demonstrated, "facilitator", worked(2))
    assert held(demonstrated, "facilitator").revision > old


def test_own_words_and_settlements_of_collisions_that_a_page_does_not_show_stay(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1, 2, settled={"k": EIGHTEEN, "other": Settled("2")}))
    kept = save(demonstrated, "facilitator", worked(1))
    assert kept.own == {"k": "within eighteen hours"}
    assert kept.choice.settlements == {"k": EIGHTEEN}
    gone = Work(Choice(frozenset({1}), {}), seen=frozenset({"k"}))
    assert save(demonstrated, "facilitator", gone).own == {}


def test_the_bench_is_handed_over_and_taken_over_with_everything_on_it(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1, 2, settled={"k": EIGHTEEN}))
    administrator, facilitator = (user_id(demonstrated, name) for name in ("administrator", "facilitator"))
    for to in (None, 0, facilitator, user_id(demonstrated, "civil")):
        with pytest.raises(NoSuchFacilitator):
            doing(demonstrated, "facilitator", benching.hand_over, to=to)
    doing(demonstrated, "facilitator", benching.hand_over, to=administrator)
    assert held(demonstrated, "administrator").mine
    with pytest.raises(WorkedOnByAnother):
        save(demonstrated, "facilitator", worked(3))
    doing(demonstrated, "facilitator", benching.take_over, work=None)
    found = held(demonstrated, "facilitator")
    assert (found.mine, sorted(found.work.choice.amendments)) == (True, [1, 2])
    assert [(event.facts["handed_from"], event.facts["handed_to"]) for event in chain(demonstrated)[-2:]] == [
        (facilitator, administrator), (administrator, facilitator),
    ]  # fmt: skip
    assert kinds(demonstrated) == ["bench_opened", "bench_handed_over", "bench_handed_over"]


def test_whoever_takes_over_with_their_own_choice_puts_nothing_out_of_the_record(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1, 2, settled={"k": EIGHTEEN}))
    doing(demonstrated, "administrator", benching.take_over, work=worked(15))
    assert held(demonstrated, "administrator").work.choice.amendments == {15}
    aside = chain(demonstrated)[-1].facts["put_aside"]
    assert (aside["chosen"], aside["settlements"]["k"]["own_words"]) == ([1, 2], "within eighteen hours")
    assert first_broken_link(chain(demonstrated)) is None


def test_what_stood_on_a_bench_that_was_taken_over_or_put_away_meanwhile_is_not_issued(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(13, 15))
    doing(demonstrated, "administrator", benching.take_over, work=None)
    before = stored(demonstrated)
    with pytest.raises(WorkedOnByAnother, match="works on the bench since 2026-11-24 09:00 UTC"):
        issue(demonstrated, "facilitator", 13, 15, from_bench=True)
    assert stored(demonstrated) == before
    doing(demonstrated, "administrator", benching.put_away)
    with pytest.raises(NoBench):
        issue(demonstrated, "facilitator", 13, 15, from_bench=True)
    assert version_numbers(demonstrated) == [1]
    save(demonstrated, "facilitator", worked(13, 15))
    assert issue(demonstrated, "facilitator", 13, 15, from_bench=True) == 2
    assert not held(demonstrated, "facilitator").stands


def test_taking_over_while_the_owner_issues_ends_in_one_order_or_the_other(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(13, 15))
    results = at_once(
        demonstrated, lambda: issue(demonstrated, "facilitator", 13, 15, from_bench=True),
        lambda: doing(demonstrated, "administrator", benching.take_over, work=None),
    )  # fmt: skip
    told = [type(result) for result in results if isinstance(result, Refusal)]
    assert (told, version_numbers(demonstrated)) in (([NoBench], [2, 1]), ([WorkedOnByAnother], [1]))
    assert held(demonstrated, "administrator").mine == (told == [WorkedOnByAnother])


def test_what_is_put_away_stays_in_the_record_and_the_bench_is_free(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1))
    doing(demonstrated, "facilitator", benching.put_away)
    event = chain(demonstrated)[-1]
    assert (event.kind, event.facts["chosen"]) == ("bench_closed", [1])
    with pytest.raises(NoBench):
        doing(demonstrated, "facilitator", benching.put_away)
    save(demonstrated, "administrator", worked(2))
    assert held(demonstrated, "administrator").mine


def test_of_two_who_open_the_bench_in_the_same_moment_one_is_told(demonstrated: Flask) -> None:
    results = at_once(
        demonstrated, lambda: save(demonstrated, "facilitator", worked(1)),
        lambda: save(demonstrated, "administrator", worked(2)),
    )  # fmt: skip
    refused = [type(result) for result in results if isinstance(result, Refusal)]
    assert refused == [WorkedOnByAnother]
    assert kinds(demonstrated) == ["bench_opened"]


def test_of_two_who_take_the_bench_over_in_the_same_moment_one_has_it(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(1))
    at_once(
        demonstrated, lambda: doing(demonstrated, "administrator", benching.take_over, work=None),
        lambda: doing(demonstrated, "administrator", benching.take_over, work=None),
        lambda: doing(demonstrated, "facilitator", benching.take_over, work=None),
    )  # fmt: skip
    owners = [held(demonstrated, name).mine for name in ("facilitator", "administrator")]
    assert sorted(owners) == [False, True]
    assert first_broken_link(chain(demonstrated)) is None


def test_withdrawing_while_the_facilitator_issues_ends_in_a_sentence_and_loses_nothing(demonstrated: Flask) -> None:
    save(demonstrated, "facilitator", worked(13, 15))
    results = at_once(
        demonstrated, lambda: issue(demonstrated, "facilitator", 13, 15),
        lambda: withdraw(demonstrated, "civil", 13),
    )  # fmt: skip
    state = fates(demonstrated)[13][0]
    if results[0] == 2:
        assert (state, isinstance(results[1], Refusal), version_numbers(demonstrated)) == ("adopted", True, [2, 1])
        assert not held(demonstrated, "facilitator").stands
        return
    assert (type(results[0]), state, version_numbers(demonstrated)) == (NoLongerOnTable, "withdrawn", [1])
    assert held(demonstrated, "facilitator").work.choice.amendments == {13, 15}


def test_what_fell_away_is_named_with_what_became_of_it(demonstrated: Flask) -> None:
    withdraw(demonstrated, "civil", 13)
    issue(demonstrated, "administrator", 1, 15)
    person = user_id(demonstrated, "facilitator")
    with demonstrated.app_context():
        found = benching.fallen(db.session, slug=SLUG, numbers={1, 2, 13, 99}, user_id=person)
    assert found == (
        FallenLine(1, "adopted", 2, None),
        FallenLine(2, "submitted", None, "needs_author"),
        FallenLine(13, "withdrawn", None, None),
    )
