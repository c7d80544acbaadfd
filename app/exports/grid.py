"""A table of Markdown as rows of cells (GitHub Flavored Markdown 4.10), each cell as its source has it."""

import re

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
_PARTING = re.compile(r"(?<!\\)\|")
Rows = tuple[tuple[str, ...], ...]


def rows_of(body: str) -> Rows:
    """The rows of a table, its head first; none where the text has no head with a rule below it."""
    lines = [line for line in body.splitlines() if line.strip()]
    if len(lines) < 2 or not _RULE.fullmatch(lines[1]):
        return ()
    return tuple(_cells(line) for line in (lines[0], *lines[2:]))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return tuple(cell.strip().replace("\\|", "|") for cell in _PARTING.split(inner))
