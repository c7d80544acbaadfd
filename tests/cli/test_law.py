"""`flask law`: laws as plain files, with JSON that keeps its form and a status that scripts can read."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from app.factory import create_app
from config import ROOT, Config
from tests.shared import LAWS, needs_laws, text_of

LAW = """# Law

### Article 1. Registration

1. The Office shall register every allegation within 24 hours, as Article 2 says.

2. Refusal is not permitted.

### Article 2. Fee

1. No fee shall be charged.
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """No database is asked for anything here."""
    folder = tmp_path_factory.mktemp("law")
    return create_app(Config(database_url="sqlite://", secret_key="for tests only", instance_path=folder, testing=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def run(app: Flask, *args: str | Path) -> Result:
    return FlaskCliRunner(app).invoke(args=["law", *map(str, args)])


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def answer(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_an_outline_gives_every_clause_its_place_in_the_file_in_bytes(app: Flask) -> None:
    path = ROOT / "drafts/torture-investigation.ky.md"
    data = path.read_bytes()
    found = answer(run(app, "outline", path, "--json"))
    clauses = found["clauses"]
    assert found["schema"] == "kelishim.law.outline/1"
    assert b"".join(data[c["start"] : c["end"]] for c in clauses) == data
    assert all(list(c) == ["address", "label", "kind", "depth", "start", "end"] for c in clauses)
    assert {"address": "art_2", "label": "2-берене.", "kind": "article"}.items() <= next(
        c for c in clauses if c["address"] == "art_2"
    ).items()


def test_an_outline_names_problems(app: Flask, folder: Path) -> None:
    path = write(folder, "law.md", LAW.replace("2. Refusal", "1. Refusal"))
    found = answer(run(app, "outline", path, "--json"))
    assert [(p["code"], p["address"]) for p in found["problems"]] == [("duplicate_number", "art_1__para_1.2")]
    assert "art_1__para_1.2" in run(app, "outline", path).stderr


def test_a_difference_names_each_change_with_its_words(app: Flask, folder: Path) -> None:
    old = write(folder, "old.md", LAW)
    new = write(folder, "new.md", LAW.replace("24", "48").replace("2. Refusal is not permitted.\n\n", ""))
    found = answer(run(app, "diff", old, new, "--json"))
    assert [(c["kind"], c["old"], c["new"]) for c in found["changes"]] == [
        ("edited", "art_1__para_1", "art_1__para_1"),
        ("deleted", "art_1__para_2", None),
    ]
    assert found["changes"][0]["spans"] == [
        ["=", "The Office shall register every allegation within "],
        ["-", "24 "],
        ["+", "48 "],
        ["=", "hours, as Article 2 says."],
    ]
    assert found["changes"][1]["spans"] == [["-", "Refusal is not permitted."]]
    assert (found["summary"]["edited"], found["summary"]["deleted"], found["summary"]["kept"]) == (1, 1, 4)
    everything = answer(run(app, "diff", old, new, "--json", "--all"))["changes"]
    assert sum(c["kind"] == "kept" for c in everything) == 4
    for side, sign in (("old", "-"), ("new", "+")):
        bodies = ["".join(t for op, t in c["spans"] if op in ("=", sign)) for c in everything if c[side]]
        text = {"old": LAW, "new": new.read_text()}[side]
        assert all(body in text for body in bodies)
    assert "[-24 -]{+48 +}" in run(app, "diff", old, new).stdout


def test_variants_merge_in_any_order_and_their_fates_are_told(app: Flask, folder: Path) -> None:
    base = write(folder, "base.md", LAW)
    one, other = write(folder, "a.md", LAW.replace("24", "48")), write(folder, "b.md", LAW.replace("every", "each"))
    expected = LAW.replace("24", "48").replace("every", "each")
    for order in ((one, other), (other, one)):
        result = run(app, "merge", base, *order, "--json")
        found = answer(result)
        assert result.exit_code == 0
        assert found["text"] == expected
        assert found["collisions"] == []
        assert {f["variant"]: f["fate"] for f in found["fates"]} == {str(one): "adopted", str(other): "adopted"}
    assert run(app, "merge", base, one, other).stdout == expected


def test_a_collision_is_named_with_every_side_and_ends_with_status_one(app: Flask, folder: Path) -> None:
    base = write(folder, "base.md", LAW)
    one, other = write(folder, "a.md", LAW.replace("24", "48")), write(folder, "b.md", LAW.replace("24", "12"))
    result = run(app, "merge", base, one, other, base, "--json")
    assert result.exit_code == 1
    found = answer(result)
    assert found["text"] == LAW
    assert found["collisions"] == [
        {
            "address": "art_1__para_1",
            "base": "24",
            "sides": [{"variant": str(one), "text": "48"}, {"variant": str(other), "text": "12"}],
            "reason": "words",
        }
    ]
    assert [f["fate"] for f in found["fates"]] == ["unsettled", "unsettled", "unchanged"]
    assert run(app, "merge", base, one, other).exit_code == 1


def test_a_merge_is_written_to_a_file_byte_for_byte(app: Flask, folder: Path) -> None:
    base = write(folder, "base.md", LAW.replace("\n", "\r\n"))
    one = write(folder, "a.md", LAW.replace("\n", "\r\n").replace("24", "48"))
    run(app, "merge", base, one, "--output", folder / "out.md")
    assert (folder / "out.md").read_bytes() == one.read_bytes()


def test_check_finds_what_a_drafter_must_look_at_and_ends_with_status_one(app: Flask, folder: Path) -> None:
    bad = write(folder, "bad.md", LAW.replace("as Article 2 says", "as Article 9 says"))
    result = run(app, "check", bad, "--json")
    assert result.exit_code == 1
    assert [(p["code"], p["address"]) for p in answer(result)["problems"]] == [("dangling_reference", "art_1__para_1")]
    good = run(app, "check", write(folder, "good.md", LAW))
    assert (good.exit_code, good.stdout) == (0, "")


def test_check_against_the_version_before_finds_references_that_a_renumbering_left(app: Flask, folder: Path) -> None:
    old = write(folder, "old.md", LAW)
    new = write(folder, "new.md", LAW.replace("### Article 2. Fee", "### Article 3. Fee"))
    result = run(app, "check", new, "--against", old, "--json")
    assert result.exit_code == 1
    problems = {p["code"]: p for p in answer(result)["problems"]}
    assert problems["outdated_reference"]["address"] == "art_1__para_1"
    assert "“2” should read “3” now" in problems["outdated_reference"]["sentence"]
    repealed = write(folder, "repealed.md", LAW[: LAW.index("### Article 2")])
    codes = [p["code"] for p in answer(run(app, "check", repealed, "--against", old, "--json"))["problems"]]
    assert codes == ["dangling_reference", "target_deleted"]


@pytest.mark.parametrize(
    ("style", "sentence"),
    [
        ("en-uk", "In Article 1(1), for “24” substitute “48”."),
        ("en-eu", "In Article 1(1), the figure ‘24’ is replaced by the figure ‘48’."),
        ("ru", "В части 1 статьи 1 цифры «24» заменить цифрами «48»."),
        ("ky", "1-берененин 1-бөлүгүндө «24» деген сандар «48» деген сандар менен алмаштырылсын."),
    ],
)
def test_a_change_is_said_in_the_words_of_an_amending_act(app: Flask, folder: Path, style: str, sentence: str) -> None:
    old, new = write(folder, "old.md", LAW), write(folder, "new.md", LAW.replace("24", "48"))
    found = answer(run(app, "instructions", old, new, "--style", style, "--json"))
    assert [(i["operation"], i["old"], i["sentence"]) for i in found["instructions"]] == [
        ("replace_words", "art_1__para_1", sentence)
    ]
    assert run(app, "instructions", old, new, "--style", style).stdout.strip()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b"\xff\xfe", "not UTF-8"), (b"", "empty"), (b"a\0b", "null character"), (b"x" * 11_000_000, "largest")],
    ids=["not utf-8", "empty", "null", "too large"],
)
def test_unusable_input_ends_with_status_two_and_a_sentence(
    app: Flask, folder: Path, data: bytes, sentence: str
) -> None:
    bad, good = write(folder, "bad.md", data), write(folder, "good.md", LAW)
    for command in (["outline", bad], ["check", bad], ["diff", good, bad], ["merge", good, bad], ["merge", bad, good]):
        result = run(app, *command)
        assert result.exit_code == 2
        assert sentence in result.stderr
        assert result.stdout == ""
    assert run(app, "outline", folder / "none.md").exit_code == 2


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_a_real_law_merges_with_its_next_version_to_it(app: Flask, law: Path, folder: Path) -> None:
    old, new = sorted(law.glob("v*.md"))[-2:]
    found = answer(run(app, "merge", old, new, "--json"))
    assert found["text"] == text_of(new)
    assert found["fates"] == [{"variant": str(new), "fate": "adopted"}]
