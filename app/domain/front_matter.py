"""The YAML block at the head of a law's file. Reading the text never needs it; importing checks it.

It is bounded before its values are made: YAML can say in a kilobyte what takes gigabytes (aliases) or a stack that no
program has (nesting).
"""

from collections.abc import Mapping
from typing import Any

import yaml
from yaml.composer import ComposerError

from app.domain.errors import Invalid

KNOWN = (
    "title", "short_title", "document_type", "language", "translation_of", "translation_scope", "parallel_versions",
    "jurisdiction", "numbering_profile", "status", "version", "note", "needs_native_review",
)  # fmt: skip
LONGEST, DEEPEST = 20_000, 8
"""Characters of the block; how many lists and tables may stand in each other."""
UNREADABLE = (ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RecursionError)
"""What PyYAML lets through for a day that no calendar has, a number of 5,000 digits, or a thousand brackets."""


class BadFrontMatter(Invalid):
    """The block at the head cannot be used; `line` counts from 1 in the file."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"The front matter of the file cannot be used: {reason} (line {line}).")
        self.line = line


class _WithoutAliases(yaml.SafeLoader):
    """Reads plain values. Of aliases of aliases ten lines make a thousand million values, and no law needs one; nor
    lists in lists in lists, which take a stack that no program has."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            at = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise ComposerError(None, None, "it has an alias (*) in it", at)
        self.depth += 1
        if self.depth > DEEPEST:
            at = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise ComposerError(None, None, f"more than {DEEPEST} lists stand in each other", at)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_front_matter(source: str) -> Mapping[str, Any]:
    """The values of a front matter clause's source; an empty mapping for an empty block. Raises BadFrontMatter."""
    lines = source.removeprefix("\ufeff").splitlines()
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == "---"), len(lines))
    head = "\n".join(lines[1:end])
    if len(head) > LONGEST:
        raise BadFrontMatter(2, f"it is longer than {LONGEST} characters")
    try:
        values = yaml.load(head, _WithoutAliases)  # noqa: S506 - it is a safe loader
        repr(values)  # fails for a number of more digits than can be written
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + 2
        raise BadFrontMatter(line, error.problem or "it is not YAML") from error
    except yaml.YAMLError as error:
        raise BadFrontMatter(1, "it is not YAML") from error
    except UNREADABLE as error:
        raise BadFrontMatter(1, "it holds a value that cannot be read") from error
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise BadFrontMatter(2, "expected lines of the form “key: value”")
    for key in values:
        if key not in KNOWN:
            line = next((at for at, text in enumerate(lines, start=1) if text.startswith(f"{key}:")), 2)
            raise BadFrontMatter(line, f"unknown key “{key}”; known are {', '.join(KNOWN)}")
    return values
