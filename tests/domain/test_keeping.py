"""What is left of an amendment whose words are kept in brackets: a table of collisions and how each was settled."""

from app.domain.clauses import Clause, Kind
from app.domain.edits import (
    Amendment,
    DeleteClause,
    Edit,
    InsertClauses,
    MoveClause,
    Relabel,
    ReplaceWords,
    RestateClause,
)
from app.domain.keeping import Rest, rest_of
from app.domain.merge import Settlement, merge

LAW = {
    "a": Clause(Kind.PARAGRAPH, 1, "1.", "para_1", "1. ", "The Office shall register it within one day.", "\n\n"),
    "b": Clause(Kind.PARAGRAPH, 1, "2.", "para_2", "2. ", "The box is sealed.", "\n\n"),
    "c": Clause(Kind.PARAGRAPH, 1, "3.", "para_3", "3. ", "The register is public.", "\n"),
}
BRACKET = Settlement(bracket=True)


def words(clause_id: str, old: str, new: str) -> ReplaceWords:
    return ReplaceWords(clause_id, LAW[clause_id].body.index(old), old, new)


DAY, WEEK = words("a", "one day", "two days"), words("a", "one day", "a week")
OPEN_BOX, NO_BOX = words("b", "sealed", "locked"), words("b", "sealed", "open")
PUBLIC = words("c", "public", "secret")
GONE = DeleteClause("b", LAW["b"].source)


def rest(mine: tuple[Edit, ...], theirs: tuple[Edit, ...], *settlements: Settlement) -> Rest:
    """What is left of A1 after its collisions with A2, in the order of the text, were settled so."""
    amendments = [Amendment("A1", mine), Amendment("A2", theirs)]
    met = merge(LAW, amendments).collisions
    settled = dict(zip((one.key for one in met), settlements, strict=True))
    return rest_of(LAW, amendments[0], merge(LAW, amendments, settled).collisions, settled)


def test_an_amendment_that_is_contested_whole_is_left_whole() -> None:
    assert rest((DAY,), (WEEK,), BRACKET) == Rest((DAY,), partly=False, gave_up=False)


def test_what_nobody_contests_stands_and_is_not_left() -> None:
    assert rest((DAY, PUBLIC), (WEEK,), BRACKET) == Rest((DAY,), partly=True, gave_up=False)


def test_what_was_decided_against_is_given_up() -> None:
    given_up = Rest((DAY,), partly=False, gave_up=True)
    for settlement in (Settlement(), Settlement(amendment="A2"), Settlement(words="guarded")):
        assert rest((DAY, OPEN_BOX), (WEEK, NO_BOX), BRACKET, settlement) == given_up


def test_what_was_decided_for_it_stands() -> None:
    stands = Rest((DAY,), partly=True, gave_up=False)
    for settlement in (Settlement(amendment="A1"), Settlement(words="locked")):
        assert rest((DAY, OPEN_BOX), (WEEK, NO_BOX), BRACKET, settlement) == stands


def test_a_restated_clause_is_contested_as_a_whole() -> None:
    restated = RestateClause("b", LAW["b"].body, "A box is there.")
    assert rest((OPEN_BOX, PUBLIC), (restated,), BRACKET) == Rest((OPEN_BOX,), partly=True, gave_up=False)
    assert rest((restated, PUBLIC), (OPEN_BOX,), BRACKET) == Rest((restated,), partly=True, gave_up=False)


def test_a_deletion_and_what_comes_in_its_place_are_left_together() -> None:
    instead = InsertClauses("b", "2. There is no box.\n\n")
    assert rest((GONE, instead, DAY), (OPEN_BOX,), BRACKET) == Rest((GONE, instead), partly=True, gave_up=False)
    assert rest((OPEN_BOX, DAY), (GONE,), BRACKET) == Rest((OPEN_BOX,), partly=True, gave_up=False)


def test_numbers_places_and_new_clauses_are_left_where_they_are_contested() -> None:
    number, other_number = Relabel("c", "3. ", "4. "), Relabel("c", "3. ", "5. ")
    assert rest((number, DAY), (other_number,), BRACKET) == Rest((number,), partly=True, gave_up=False)
    move, other_move = MoveClause("c", None), MoveClause("c", "a")
    assert rest((move, DAY), (other_move,), BRACKET) == Rest((move,), partly=True, gave_up=False)
    new, other_new = InsertClauses("a", "One sentence.\n\n"), InsertClauses("a", "Another one.\n\n")
    assert rest((new, DAY), (other_new,), BRACKET) == Rest((new,), partly=True, gave_up=False)
    assert rest((new, DAY), (other_new, WEEK), Settlement(amendment="A2"), BRACKET).gave_up
