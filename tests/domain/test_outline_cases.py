"""Outlines of laws of many conventions, written as cases a lawyer can read and add to (tests/cases/outline/*.md)."""

import re
from pathlib import Path

import pytest

from app.domain.clauses import write
from app.domain.reading import parse

CASES = Path(__file__).parents[1] / "cases" / "outline"
CASE = re.compile(
    r"^## (?P<title>[^\n]+)\n\n~~~~\n(?P<text>.*?)~~~~\n\n~~~~\n(?P<expected>.*?)~~~~$", re.MULTILINE | re.DOTALL
)


def cases() -> list[tuple[str, str, str]]:
    return [
        (f"{path.stem}: {case['title']}", case["text"], case["expected"])
        for path in sorted(CASES.glob("*.md"))
        for case in CASE.finditer(path.read_text(encoding="utf-8"))
    ]


def outline(text: str) -> list[str]:
    found = parse(text)
    lines = [f"{clause.address} {clause.kind} {clause.label}".rstrip() for clause in found.clauses]
    return lines + [f"problem: {problem.code} {problem.address}" for problem in found.problems]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in cases()], ids=[case[0] for case in cases()])
def test_outline(text: str, expected: str) -> None:
    assert outline(text) == [re.sub(r"\s+", " ", line.strip(), count=2) for line in expected.splitlines()]
    assert write(parse(text).clauses) == text


def test_every_case_is_well_formed() -> None:
    headings = sum(
        len(re.findall("^## ", path.read_text(encoding="utf-8"), re.MULTILINE)) for path in CASES.glob("*.md")
    )
    inside = sum(len(re.findall("^## ", text, re.MULTILINE)) for _, text, _ in cases())
    assert len(cases()) >= 60
    assert headings - inside == len(cases())
