"""The annex as Markdown: a heading for each clause, then who says what, and their words as a quotation."""

from collections.abc import Iterable, Sequence

Said = tuple[str, str]
"""Who says it, and their words."""
SPECIAL = "\\`*_[]<>#"


def write(title: str, about: str, groups: Iterable[tuple[str, Sequence[Said]]]) -> bytes:
    """The file, in UTF-8."""
    parts = [f"# {_plain(title)}", _plain(about)]
    for clause, lines in groups:
        parts.append(f"## {_plain(clause)}")
        for who, words in lines:
            parts.append(f"**{_plain(who)}**")
            parts.append(_quoted(words))
    return ("\n\n".join(parts) + "\n").encode("utf-8", "replace")


def _quoted(words: str) -> str:
    return "\n".join(f"> {_plain(line)}".rstrip() for line in words.splitlines())


def _plain(words: str) -> str:
    """Words that no reader of Markdown takes for anything else."""
    return "".join(f"\\{one}" if one in SPECIAL else one for one in words)
