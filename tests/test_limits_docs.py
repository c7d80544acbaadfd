"""docs/limits.md says what is so: every constant it names is there, and has the figure it gives."""

import importlib
import re

import pytest

from config import ROOT

ROW = re.compile(r"`(?P<path>app/[a-z_/]+\.py)` (?P<names>`[A-Z_]+`(?: `[A-Z_]+`)*) \|$")
LINES = [line for line in (ROOT / "docs/limits.md").read_text(encoding="utf-8").splitlines() if ROW.search(line)]


def test_there_is_a_row_for_each_kind_of_limit() -> None:
    assert len(LINES) == 60


@pytest.mark.parametrize("line", LINES, ids=[line.split("|")[1].strip() for line in LINES])
def test_a_limit_is_what_the_program_keeps_to(line: str) -> None:
    found = ROW.search(line)
    assert found is not None
    module = importlib.import_module(found["path"].removesuffix(".py").replace("/", "."))
    for name in re.findall(r"[A-Z_]+", found["names"]):
        value = getattr(module, name)
        if isinstance(value, int):
            assert {f"{value:,}", f"{value / 1024:g}", f"{value / 1024**2:g} MB"} & set(said(line)), name


def said(line: str) -> list[str]:
    """The figures in the second column of a row."""
    return re.findall(r"[\d,]*\d(?: MB)?", line.split("|")[2]) + re.findall(r"[\d,]*\d", line.split("|")[2])
