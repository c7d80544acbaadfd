"""The JSON of a version: valid against its published schema, whole, in a fixed order, whatever was typed."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from app.domain.provenance import Origin
from app.exports import draft_json
from app.exports.document import Document
from tests.exports.papers import paper
from tests.exports.said import LAW, amendment, listed, remark, stated

SCHEMA = json.loads((Path(draft_json.__file__).parent / "schemas/draft.schema.json").read_text())
VALID = jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker())


def read(document: Document) -> dict[str, Any]:
    """What is written, once it is known to fit the schema."""
    found: dict[str, Any] = json.loads(b"".join(draft_json.write(document)))
    VALID.validate(found)
    return found


def test_the_schema_is_one_and_the_documents_name_it() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert read(listed())["$schema"] == SCHEMA["$id"] == "urn:kelishim:draft:1"


def test_the_clauses_joined_are_the_source() -> None:
    text = f"---\nlanguage: en\n---\n\n{LAW}\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    found = read(listed(text=text))
    assert "".join(one["lead"] + one["text"] + one["tail"] for one in found["clauses"]) == text
    assert [one["kind"] for one in found["clauses"]][:3] == ["front_matter", "title", "article"]
    assert found["clauses"][3] == {
        "id": "old3", "kind": "paragraph", "label": "1.", "address": "art_1__para_1", "human": "Article 1(1)",
        "depth": 2, "lead": "1. ", "text": "A person is held for twelve hours.", "tail": "\n\n", "origins": [],
    }  # fmt: skip


def test_keys_stand_in_the_order_of_the_schema() -> None:
    document = listed(amendment(), remarks=(remark("One"),), positions=(stated(),))
    found = read(document)
    assert list(found) == SCHEMA["required"]
    for section, name in (
        ("clauses", "clause"), ("amendments", "amendment"), ("comments", "comment"), ("positions", "position"),
        ("agreement", "agreement"),
    ):  # fmt: skip
        assert list(found[section][0]) == SCHEMA["$defs"][name]["required"]


def test_words_are_traced_to_version_and_amendment() -> None:
    document = replace(listed(), origins={"old2": ((11, Origin(1)), (23, Origin(2, ("A10", "A9"))))})
    assert read(document)["clauses"][2]["origins"] == [
        {"length": 11, "version": 1, "amendments": []}, {"length": 23, "version": 2, "amendments": [9, 10]},
    ]  # fmt: skip


def test_what_was_proposed_and_said_is_told_whole() -> None:
    thread = remark("Why?", 4, replies=(remark("It was so.", 5),))
    found = read(listed(amendment(), remarks=(thread,), positions=(stated(),)))
    (proposed,), (said,), (position,) = found["amendments"], found["comments"], found["positions"]
    assert proposed["edits"][0]["spans"] == [
        {"op": "=", "text": "held for "}, {"op": "-", "text": "twelve "}, {"op": "+", "text": "ten "},
        {"op": "=", "text": "hours"},
    ]  # fmt: skip
    assert (proposed["institution"], proposed["person"], proposed["at"]) == (
        {"code": "CSO", "name": "Civil Society"}, "Aida", "2026-11-25T08:30:00+00:00",
    )  # fmt: skip
    assert (said["start"], said["end"], [one["body"] for one in said["replies"]]) == (21, 27, ["It was so."])
    assert (position["step"], position["name"], position["standing"], position["answers"][0]["amendment"]) == (
        6, "cannot_accept", "counts", 4,
    )  # fmt: skip
    assert found["agreement"][0]["counts"] == [{"step": 1, "seats": 2}, {"step": 6, "seats": 1}]


def test_against_another_version_it_tells_what_changed() -> None:
    document = paper(
        LAW, LAW.replace("twelve", "ten").replace("2. Records are kept.\n", "2. Everything is recorded.\n")
    )
    found = read(document)
    assert (found["version"]["number"], found["base"]["number"]) == (2, 1)
    changes = {one["human"]: one for one in found["changes"]}
    assert [(span["op"], span["text"]) for span in changes["Article 1(1)"]["spans"] if span["op"] != "="] == [
        ("-", "twelve "), ("+", "ten "),
    ]  # fmt: skip
    assert read(document.alone())["changes"] == []


def test_unattributed_it_has_places_for_names_and_nobody_in_them() -> None:
    found = read(listed(amendment(party=None, author=""), attribution="unattributed"))
    assert (found["amendments"][0]["institution"], found["amendments"][0]["sponsors"]) == (None, [])
    assert found["positions"] == []


@pytest.mark.parametrize(
    "typed", ["</script>", 'un"paired', "back\\slash", "nul\0bell\a", "half \ud800", "\u2028", "w" * 10_000, "ө № «»"]
)
def test_whatever_was_typed_comes_back(typed: str) -> None:
    found = read(
        listed(amendment(reason=typed), remarks=(remark(typed),), positions=(stated(reason=typed),), title=typed)
    )
    told = (found["draft"]["title"], found["amendments"][0]["rationale"], found["comments"][0]["body"])
    assert {*told, found["positions"][0]["reason"]} == {typed}


def test_each_thing_has_a_line_and_large_files_come_in_pieces() -> None:
    document = listed(*(amendment(number, reason="r" * 1000) for number in range(1, 201)))
    pieces = list(draft_json.write(document))
    assert 4 <= len(pieces) <= 12
    assert b"".join(pieces).count(b'\n{"number":') == 200
    assert pieces == list(draft_json.write(document))
