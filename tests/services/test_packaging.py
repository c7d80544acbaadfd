"""Nothing is agreed until everything is agreed: clauses linked by a facilitator, shown on each, dissolved."""

import pytest
from flask import Flask

from app.domain.edits import DeleteClause
from app.domain.errors import Refusal
from tests.product import chain, clause_ids
from tests.services.closing_deeds import dissolve, everybody, link
from tests.services.deeds import clauses, issue, submit
from tests.services.stances import PARA, page_of

pytest_plugins = ["tests.demonstration"]

OTHER = "art_12__para_1"


def test_linked_clauses_are_agreed_together_and_show_each_other(demonstrated: Flask) -> None:
    everybody(demonstrated)
    made = link(demonstrated, PARA, OTHER)
    assert page_of(demonstrated, "civil", PARA).state == "ad_referendum", "the other one is simply open"
    for address in (PARA, OTHER):
        (package,) = page_of(demonstrated, "civil", address).closing.packages
        assert [(one.human, one.state) for one in package.clauses] == [
            ("Article 12(1)", "open"), ("Article 14(1)", "ad_referendum"),
        ]  # fmt: skip
        assert (package.reason, package.holds) == ("One bargain.", True)
    everybody(demonstrated, OTHER)
    assert {page_of(demonstrated, "civil", address).state for address in (PARA, OTHER)} == {"agreed"}
    last = next(event for event in chain(demonstrated) if event.kind == "clauses_linked")
    assert (last.facts["package"], len(last.facts["clauses"]), len(last.facts["told"])) == (made, 2, 7)


def test_a_heading_stands_for_all_below_it(demonstrated: Flask) -> None:
    everybody(demonstrated)
    link(demonstrated, PARA, "art_12")
    everybody(demonstrated, "art_12")
    assert page_of(demonstrated, "civil", PARA).state == "ad_referendum"
    assert len(page_of(demonstrated, "civil", OTHER).closing.packages) == 1
    everybody(demonstrated, "art_12", about="below")
    assert page_of(demonstrated, "civil", PARA).state == "agreed"


def test_a_deleted_clause_holds_nothing_up(demonstrated: Flask) -> None:
    everybody(demonstrated)
    link(demonstrated, PARA, OTHER)
    gone = clause_ids(demonstrated)[OTHER]
    source = next(one.clause.source for one in clauses(demonstrated, 1) if one.id == gone)
    issue(demonstrated, "facilitator", submit(demonstrated, "civil", DeleteClause(gone, source)))
    page = page_of(demonstrated, "civil", PARA)
    assert page.state == "agreed"
    assert [one.human for one in page.closing.packages[0].clauses] == ["Article 14(1)", ""]
    assert len(page_of(demonstrated, "civil", gone).closing.packages) == 1


def test_a_link_is_dissolved_with_a_reason(demonstrated: Flask) -> None:
    everybody(demonstrated)
    made = link(demonstrated, PARA, numbers="12(1); art. 13")
    for asked, sentence in (
        ({"reason": " "}, "Say why, in a word: the others will read it."),
        ({"name": "civil"}, "Only a facilitator links clauses that are agreed together, or dissolves such a link."),
    ):
        with pytest.raises(Refusal, match=sentence):
            dissolve(demonstrated, made, **asked)
    dissolve(demonstrated, made)
    page = page_of(demonstrated, "civil", PARA)
    assert (page.state, page.closing.packages) == ("agreed", ())
    last = chain(demonstrated)[-1]
    assert (last.kind, last.facts["reason"], len(last.facts["clauses"])) == ("package_dissolved", "Settled apart.", 3)
    for package_id in (made, made + 7, 2**40):
        with pytest.raises(Refusal, match="These clauses are not linked, or are so no longer"):
            dissolve(demonstrated, package_id)


IMPOSSIBLE = (
    ((), {}, "Choose at least one other clause that this one is to be agreed with."),
    ((PARA,), {}, "Choose at least one other clause that this one is to be agreed with."),
    (("no-such",), {}, "This clause does not exist in the draft."),
    ((), {"numbers": "999"}, "“999” names no clause of this text: type its number, for instance 13(2)."),
    ((OTHER,), {"reason": ""}, "Say why, in a word: the others will read it."),
    ((OTHER,), {"name": "interior"}, "Only a facilitator links clauses that are agreed together, or dissolves such a link."),
)  # fmt: skip


def test_what_cannot_be_linked_is_refused(demonstrated: Flask) -> None:
    said = []
    for others, asked, _ in IMPOSSIBLE:
        with pytest.raises(Refusal) as refused:
            link(demonstrated, PARA, *others, **asked)
        said.append(str(refused.value))
    assert said == [sentence for _, _, sentence in IMPOSSIBLE]
    link(demonstrated, PARA, OTHER)
    with pytest.raises(Refusal, match="Just these clauses are linked already"):
        link(demonstrated, OTHER, PARA)
