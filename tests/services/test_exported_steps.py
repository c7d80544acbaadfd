"""A version told again from a record that does not tell all of it."""

from app.domain.clauses import Clause, Kind
from app.domain.edits import Amendment, ReplaceWords
from app.domain.merge import merge
from app.exports.document import Issued
from app.exports.history import Brought, Closed, Step
from app.services.exported_steps import Record, Retelling
from app.store.amendments import number_of
from app.store.histories import Making, Texts
from tests.services.deeds import NOW

LAW = {"1": Clause(Kind.PARAGRAPH, 0, "1.", "para_1", "1. ", "One day.", "\n")}
WEEK = LAW["1"]._replace(body="One week.")


def retold(
    edits: dict[str, ReplaceWords], outcome: str = "adopted", text: Clause = WEEK, **settled: list[object]
) -> list[Step]:
    """The steps of version 2 as a record tells it."""
    texts = Texts((("1", 1, 1, LAW["1"]), ("1", 2, None, text)))
    closing = {number: Closed(Issued(number, NOW, "ab" * 32), {"en": "ab" * 32}) for number in (1, 2)}
    making = Making("version_issued", None, {"settlements": settled})
    told = {number_of(key): Brought(number_of(key)) for key in edits}
    merged = {2: [(Amendment(key, (edit,)), outcome) for key, edit in edits.items()]}
    return list(Retelling(Record("en", "en", {"en": texts}, closing, {2: making}, {}, told, merged), 2))[1:]


def day_to(words: str) -> ReplaceWords:
    return ReplaceWords("1", 4, "day", words)


def test_what_cannot_be_told_again_is_one_step_that_names_the_amendments_all_the_same() -> None:
    contested = {"A1": day_to("week"), "A2": day_to("month")}  # of which no record says how it was settled
    misplaced = {"A1": ReplaceWords("1", 4, "year", "week"), "A2": day_to("week")}
    for edits in (contested, misplaced):
        (step,) = retold(edits)
        assert (step.brought, [one.number for one in step.also], step.texts) == (None, [1, 2], {"en": WEEK.source})


def test_an_amendment_of_which_a_part_was_adopted_earlier_is_not_named_where_nothing_more_was() -> None:
    (collision,) = merge(LAW, [Amendment("A1", (day_to("week"),)), Amendment("A2", (day_to("month"),))]).collisions
    (step,) = retold({"A1": day_to("week"), "A2": day_to("month")}, "adopted_in_part", **{collision.key: ["1", ""]})
    assert (step.brought, step.also, step.closes is not None) == (
        Brought(1, sentences=("In paragraph (1), for “day” substitute “week”.",)), (), True,
    )  # fmt: skip


def test_sides_that_were_chosen_together_are_each_told_as_their_own() -> None:
    edits = {
        "A1": ReplaceWords("1", 0, "One", "Two"),
        "A2": day_to("weeks"),
        "A3": ReplaceWords("1", 0, "One day", "A month"),
    }
    (collision,) = merge(LAW, [Amendment(key, (edit,)) for key, edit in edits.items()]).collisions
    text = LAW["1"]._replace(body="Two weeks.")
    steps = retold(edits, "adopted_in_part", text, **{collision.key: ["1", "", [2]]})
    assert [(step.brought.number if step.brought else None, step.texts["en"]) for step in steps] == [
        (1, "1. Two day.\n"), (2, "1. Two weeks.\n"),
    ]  # fmt: skip
