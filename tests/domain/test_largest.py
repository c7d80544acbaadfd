"""How large the text of a draft may be."""

import pytest

from app.domain.clauses import Clause, Kind
from app.domain.largest import GrowsTooLarge, GrowsTooLong, LongerThanADraft, check_count, check_grown, check_read
from app.domain.parts import Part, edits_of

ONE = Clause(Kind.PARAGRAPH, 1, "1.", "para_1", "1. ", "x", "\n\n")
LARGE = ONE._replace(body="x" * 1024 * 1024)


def test_a_file_of_as_many_clauses_as_a_draft_holds_is_read() -> None:
    check_read([ONE] * 150_000)


def test_of_a_file_of_more_it_is_said_how_many_and_where_the_last_one_ends() -> None:
    with pytest.raises(LongerThanADraft) as refused:
        check_read([ONE] * 150_001)
    assert str(refused.value) == (
        "The text has 150001 clauses; the most that a draft holds is 150000, which end in line 299999. "
        "Divide it into several drafts."
    )


def test_a_draft_does_not_grow_beyond_what_it_holds() -> None:
    check_grown([ONE] * 150_000, [ONE])
    with pytest.raises(GrowsTooLong, match="With this the text would have 150001 clauses; the most that a draft holds"):
        check_grown([ONE] * 150_001, [ONE] * 150_000)
    with pytest.raises(GrowsTooLarge) as refused:
        check_grown([LARGE] * 10, [LARGE] * 9)
    assert str(refused.value) == "With this the text would have 10.0 MB; the largest that a draft holds is 10 MB."


def test_a_draft_that_is_larger_already_may_become_smaller() -> None:
    check_count(150_005, before=150_010)
    check_grown([LARGE] * 10, [LARGE] * 11)
    with pytest.raises(GrowsTooLong):
        check_count(150_011, before=150_010)


def test_an_amendment_inserts_no_more_clauses_than_the_draft_has_room_for() -> None:
    law = {f"c{at}": ONE._replace(depth=0) for at in range(149_990)}
    assert len(edits_of(law, [Part("c5", "insert", "1. y\n\n" * 10)])) == 1
    with pytest.raises(GrowsTooLong, match="With this the text would have 150001 clauses"):
        edits_of(law, [Part("c5", "insert", "1. y\n\n" * 11)])
