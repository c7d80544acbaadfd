"""The parking lot: an owner and a day for what is put aside, how it was settled, and what of it is overdue."""

from datetime import date

import pytest
from flask import Flask

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services.deciding import Parking
from tests.product import added, chain, stored
from tests.services.sittings import do, plan
from tests.services.workshop_deeds import TODAY, lot, park, to_matter

pytest_plugins = ["tests.demonstration"]


def test_a_matter_is_parked_given_away_settled_and_reopened(demonstrated: Flask) -> None:
    before = stored(demonstrated)
    assert park(demonstrated, "Who pays for the boxes?", due=date(2026, 12, 1), clause="14(1)") == 1
    assert added(before, stored(demonstrated)) == {"parked_matters": 1, "events": 1}
    (one,) = lot(demonstrated).open
    assert (one.matter.words, one.matter.human, one.matter.session) == (
        "Who pays for the boxes?",
        "Article 14(1)",
        None,
    )
    to_matter(demonstrated, "change", owner="", owner_words="the secretariat", due=date(2026, 12, 9))
    (one,) = lot(demonstrated).open
    assert (one.matter.owner, one.matter.owner_words, one.matter.due) == (None, "the secretariat", date(2026, 12, 9))
    to_matter(demonstrated, "settle", words=" The state budget. ", today=TODAY)
    page = lot(demonstrated, "observer")
    assert (page.open, page.settled[0].matter.settled_words) == ((), "The state budget.")
    to_matter(demonstrated, "reopen", reason="The budget has no line for it.")
    (one,) = lot(demonstrated).open
    assert (one.matter.settled_at, one.matter.settled_words) == (None, "")
    told = [(one.kind, one.facts.get("matter")) for one in chain(demonstrated)[-4:]]
    assert told == [("matter_parked", 1), ("matter_changed", 1), ("matter_settled", 1), ("matter_reopened", 1)]
    assert chain(demonstrated)[-2].facts["words"] == "The state budget."
    assert first_broken_link(chain(demonstrated)) is None


def test_overdue_matters_stand_first_with_by_how_many_days(demonstrated: Flask) -> None:
    for words, due in (
        ("Later", date(2026, 12, 30)),
        ("Some day", None),
        ("First", date(2026, 11, 20)),
        ("Now", TODAY),
    ):
        park(demonstrated, words, due=due)
    page = lot(demonstrated)
    assert [(one.matter.words, one.overdue) for one in page.open] == [
        ("First", 4), ("Now", 0), ("Later", 0), ("Some day", 0),
    ]  # fmt: skip
    assert (page.overdue, lot(demonstrated, days=1).overdue) == (1, 2)


def test_what_was_parked_in_a_session_says_in_which_and_is_gone_when_that_is_undone(demonstrated: Flask) -> None:
    plan(demonstrated)
    do(demonstrated, "open_session")
    do(demonstrated, "take_up", at=1, item=2, skipped=False)
    do(demonstrated, "park", at=2, parking=Parking("Boxes", "MVD"))
    (one,) = lot(demonstrated).open
    assert (one.matter.session, one.matter.human) == (1, "Article 14")
    do(demonstrated, "undo", at=2.5, deed=chain(demonstrated)[-1].number)
    assert lot(demonstrated).open == ()
    with pytest.raises(Refusal, match="There is no matter 1"):
        to_matter(demonstrated, "settle", words="Done.", today=TODAY)


def test_its_owner_settles_a_matter_and_others_do_not(demonstrated: Flask) -> None:
    park(demonstrated, owner="MVD")
    assert [lot(demonstrated, name).open[0].may_settle for name in ("interior", "civil", "observer")] == [
        True,
        False,
        False,
    ]
    for name in ("civil", "observer"):
        with pytest.raises(Refusal, match="A matter is settled by a facilitator"):
            to_matter(demonstrated, "settle", name, words="Done.", today=TODAY)
    to_matter(demonstrated, "settle", "interior", words="Done.", today=TODAY)
    assert lot(demonstrated).open == ()


@pytest.mark.parametrize(
    ("deed", "facts", "said"),
    [
        ("settle", {"words": " ", "today": TODAY}, "Say in a few words how the matter was settled."),
        ("settle", {"words": "So", "today": TODAY, "number": 2}, "Matter 2 is settled already."),
        ("settle", {"words": "So", "today": TODAY, "number": 9}, "There is no matter 9"),
        ("change", {"owner": "MVD", "owner_words": "", "due": None}, "Nothing was changed: matter 1"),
        ("change", {"owner": "XXX", "owner_words": "", "due": None}, "Choose an institution at the table"),
        ("change", {"owner": "", "owner_words": "", "due": None, "number": 2}, "Matter 2 is settled already."),
        ("reopen", {"reason": "Why not"}, "Matter 1 is open already."),
        ("reopen", {"reason": " ", "number": 2}, "Say why, in a word"),
    ],
)
@pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True)
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    demonstrated: Flask, deed: str, facts: dict[str, object], said: str
) -> None:
    park(demonstrated)
    park(demonstrated, "Another")
    to_matter(demonstrated, "settle", number=2, words="Done.", today=TODAY)
    before = stored(demonstrated)
    with pytest.raises(Refusal) as refused:
        to_matter(demonstrated, deed, **facts)
    assert str(refused.value).startswith(said)
    assert stored(demonstrated) == before
