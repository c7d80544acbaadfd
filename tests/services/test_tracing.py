"""New words of a comparison are traced to who brought them."""

from flask import Flask

from app.domain.diff import Span
from app.domain.provenance import Origin
from app.services.comparing import compare
from app.services.pages import InstitutionMark, TracedSpan
from app.services.pages_reading import By
from app.services.tracing import traced
from app.store.db import db
from tests.product import SLUG, user_id
from tests.services.deeds import issue, submit, words

pytest_plugins = ["tests.demonstration"]


def test_a_new_stretch_is_cut_where_its_words_come_from_different_people() -> None:
    mvd, gpo = InstitutionMark("MVD", "Interior"), InstitutionMark("GPO", "Prosecutor")
    spans = [Span("=", "within "), Span("-", "24"), Span("+", "12 or 48"), Span("=", " hours")]
    origins = ((7, Origin(1)), (2, Origin(2, ("A1",))), (6, Origin(2, ("A2", "A3"))), (6, Origin(1)))
    by = {1: By(1, mvd, ""), 2: By(2, gpo, "", (mvd,)), 3: By(3, None, "")}
    assert traced(spans, origins, by) == (
        TracedSpan("=", "within ", (), ()),
        TracedSpan("-", "24", (), ()),
        TracedSpan("+", "12", (1,), (mvd,)),
        TracedSpan("+", " or 48", (2, 3), (gpo, mvd)),
        TracedSpan("=", " hours", (), ()),
    )


def test_words_without_known_origin_are_shown_untraced() -> None:
    assert traced([Span("+", "new")], (), {}) == (TracedSpan("+", "new", (), ()),)


def test_a_comparison_says_who_brought_each_new_word(demonstrated: Flask) -> None:
    number = submit(demonstrated, "interior", words(demonstrated, "art_17__para_2", "two months", "three months"))
    issue(demonstrated, "facilitator", number)
    with demonstrated.app_context():
        page = compare(db.session, slug=SLUG, old=1, new=2, user_id=user_id(demonstrated, "observer"), language="en")
    new = [span for line in page.lines for span in line.spans if span.op == "+"]
    assert [(span.text.strip(), span.amendments, [mark.code for mark in span.institutions]) for span in new] == [
        ("three", (number,), ["MVD"])
    ]
