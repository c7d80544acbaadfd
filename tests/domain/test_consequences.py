"""What issuing would bring: citations that lead nowhere now, numbers that jump."""

from app.domain.clauses import Clause
from app.domain.consequences import Consequences, Dangling, consequences
from app.domain.edits import Amendment, DeleteClause, Edit, InsertClauses, Relabel, ReplaceWords
from app.domain.merge import merge
from app.domain.reading import parse

TEXT = """### Article 1. Fees

1. The fee is ten.

2. No fee is due.

3. Article 9 is not there.

### Article 2. Boats

1. See Article 1(2) and Article 3.

### Article 3. Harbours

1. A harbour.

### Article 5. Appeals

1. An appeal.
"""


def law() -> dict[str, Clause]:
    return {clause.address: clause for clause in parse(TEXT).clauses}


def after(*edits: Edit) -> Consequences:
    merged = merge(law(), [Amendment("A1", edits)])
    return consequences(law(), merged.amended, merged.removed)


def deletion(address: str) -> DeleteClause:
    return DeleteClause(
        address, "".join(c.source for a, c in law().items() if a == address or a.startswith(address + "__"))
    )


def test_what_was_so_before_is_no_consequence() -> None:
    assert consequences(law(), law()) == Consequences((), ())
    assert after(ReplaceWords("art_1__para_1", 11, "ten", "nine")) == Consequences((), ())


def test_a_deletion_leaves_citations_and_a_gap_behind() -> None:
    found = after(deletion("art_3"))
    assert found.dangling == (Dangling("art_2__para_1", 21, "Article 3", "art_3"),)
    assert [(one.clause_id, one.problem.sentence) for one in found.numbering] == []
    found = after(deletion("art_1__para_2"))
    assert found.dangling == (Dangling("art_2__para_1", 4, "Article 1(2)", "art_1__para_2"),)
    assert [(one.clause_id, one.problem.code) for one in found.numbering] == [("art_1__para_3", "numbering_gap")]


def test_a_citation_dangles_also_where_another_clause_took_the_number() -> None:
    found = after(deletion("art_3"), InsertClauses("art_3", "### Article 3. Other\n\n1. Text.\n\n"))
    assert found.dangling == (Dangling("art_2__para_1", 21, "Article 3", "art_3"),)


def test_new_words_that_cite_what_is_not_there_are_told() -> None:
    found = after(ReplaceWords("art_3__para_1", 9, ".", " under Article 77."))
    assert found.dangling == (Dangling("art_3__para_1", 16, "Article 77", None),)


def test_a_number_that_stands_twice_or_falls_is_told() -> None:
    found = after(Relabel("art_3", "### Article 3. ", "### Article 2. "))
    assert [(one.clause_id, one.problem.code) for one in found.numbering] == [("art_3", "duplicate_number")]
    assert [one.words for one in found.dangling] == ["Article 3"]
    found = after(Relabel("art_3", "### Article 3. ", "### Article 7. "))
    assert [(one.clause_id, one.problem.code) for one in found.numbering] == [
        ("art_3", "numbering_gap"),
        ("art_5", "numbering_backwards"),
    ]
