"""What may be in the files of a publication, and what they may be compared with."""

from dataclasses import replace

import pytest

from app.exports.document import Remark
from app.services.published_files import for_outside
from app.services.published_formats import Former, is_narrower, offered
from app.store.drafts import Publication
from app.store.publications import Line
from tests.exports.papers import paper


def test_what_was_said_is_left_out_of_whatever_a_format_takes() -> None:
    document = paper("1. A clause.\n", "1. A clause.\n")
    remark = Remark(1, "comment", None, None, "", None, None, "Said inside.", None, "", None, 1)
    stripped = for_outside(replace(document, remarks=(remark,)), "As published")
    assert (stripped.title, stripped.remarks, stripped.amendments) == ("As published", (), ())
    with pytest.raises(TypeError):
        for_outside(object(), "As published")


def test_an_amending_act_is_offered_in_its_own_language_and_comparisons_where_there_is_something_before() -> None:
    row = Publication(number=3, visibility="public")
    former = Former(Line(row, 4), frozenset({"en", "ru"}))
    found = {one.name: (one.against, one.languages) for one in offered(("en", "ky", "ru"), former)}
    assert found["docx"] == (None, ("en", "ky", "ru"))
    assert found["docx-redline"] == (3, ("en", "ru"))
    assert (found["act-ru"], "act-ky" in found) == ((3, ("ru",)), False)
    assert {one.against for one in offered(("en",), None)} == {None}


@pytest.mark.parametrize(
    ("one", "other", "narrower"),
    [
        ("public", "public", False), ("public", "link", False), ("public", "members", False),
        ("link", "public", True), ("link", "link", False), ("link", "members", False),
        ("members", "public", True), ("members", "link", True), ("members", "members", False),
    ],
)  # fmt: skip
def test_what_has_fewer_readers_than_what(one: str, other: str, narrower: bool) -> None:
    assert is_narrower(one, other) is narrower
