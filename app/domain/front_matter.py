"""The YAML block at the head of a law's file. Reading the text never needs it; importing checks it."""

from collections.abc import Mapping
from typing import Any

import yaml

from app.domain.errors import Invalid

KNOWN = (
    "title", "short_title", "document_type", "language", "translation_of", "translation_scope", "parallel_versions",
    "jurisdiction", "numbering_profile", "status", "version", "note", "needs_native_review",
)  # fmt: skip


class BadFrontMatter(Invalid):
    """The block at the head cannot be used; `line` counts from 1 in the file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"The front matter of the file cannot be used: {reason} (line {line}).")
        self.line = line


def read_front_matter(source: str) -> Mapping[str, Any]:
    """The values of a front matter clause's source; an empty mapping for an empty block. Raises BadFrontMatter."""
    lines = source.removeprefix("\ufeff").splitlines()
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), len(lines))
    try:
        values = yaml.safe_load("\n".join(lines[1:end]))
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise BadFrontMatter(line, error.problem or "it is not YAML") from error
    except yaml.YAMLError as error:
        raise BadFrontMatter(1, "it is not YAML") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise BadFrontMatter(2, "expected lines of the form “key: value”")
    for key in values:
        if key not in KNOWN:
            line = next((at for at, text in enumerate(lines, start=1) if text.startswith(f"{key}:")), 2)
            raise BadFrontMatter(line, f"unknown key “{key}”; known are {', '.join(KNOWN)}")
    return values
