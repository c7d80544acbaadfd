"""A text in Markdown as the blocks of a paper, by what markdown-it-py says, which also renders its page.

Nothing that is said is left out, raw HTML is text, and of a link the address stands behind its words.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from markdown_it.tree import SyntaxTreeNode

from app.domain.render import markdown
from app.exports.paper import Block, Grid, Heading, Item, Paragraph

_MARKDOWN = markdown()
_SPECIAL = re.compile(r"([\\`*_~^\[\]<>&!|])")
_EMPHASIS = {"em": "*", "strong": "**", "s": "~~"}
BULLET = "–"
RULE = "* * *"
OUTSIDE = -1
"""The depth of what stands in no list and no quotation."""


def blocks_of(source: str) -> tuple[Block, ...]:
    """A heading has the level of its mark."""
    return tuple(_all(SyntaxTreeNode(_MARKDOWN.parse(source)).children, OUTSIDE))


def _all(nodes: Iterable[SyntaxTreeNode], depth: int) -> Iterator[Block]:
    return chain.from_iterable(_blocks(node, depth) for node in nodes)


def _blocks(node: SyntaxTreeNode, depth: int) -> Iterator[Block]:
    match node.type:
        case "heading":
            words = _source(node)
            yield Heading(int(node.tag[1:]), words) if depth == OUTSIDE else _placed(_marked(words, "**"), depth)
        case "bullet_list":
            for item in node.children:
                yield from _item(item, BULLET, depth + 1)
        case "ordered_list":
            for number, item in enumerate(node.children, int(node.attrs.get("start", 1))):
                yield from _item(item, f"{number}{node.markup}", depth + 1)
        case "blockquote":
            yield from _all(node.children, depth + 1)
        case "table":
            yield _table(node)
        case "fence" | "code_block":
            yield _placed(escaped(node.content.rstrip("\n")), depth)
        case "hr":
            yield _placed(escaped(RULE), depth)
        case _:
            yield _placed(_source(node), depth)


def _placed(words: str, depth: int) -> Block:
    return Paragraph(words) if depth == OUTSIDE else Item("", words, depth)


def _item(node: SyntaxTreeNode, label: str, depth: int) -> Iterator[Block]:
    """The label stands before the first paragraph; what follows stands below that."""
    first, *rest = node.children or (None,)
    if first is not None and first.type == "paragraph":
        yield Item(label, _source(first), depth)
    else:
        yield Item(label, "", depth)
        rest = [first, *rest] if first is not None else []
    yield from _all(rest, depth)


def _table(node: SyntaxTreeNode) -> Grid:
    head, *rows = (
        tuple(_source(cell) for cell in row.children) for row in node.walk() if row.type == "tr"
    )  # fmt: skip
    return Grid(head, tuple(rows))


def _source(node: SyntaxTreeNode) -> str:
    """The words below a node, with the marks of emphasis and no other ones."""
    match node.type:
        case "em" | "strong" | "s":
            return _marked(_inner(node), _EMPHASIS[node.type])
        case "softbreak":
            return " "
        case "hardbreak":
            return "\n"
        case "link":
            words, address = _inner(node), escaped(str(node.attrs.get("href", "")))
            return words if words == address else f"{words} ({address})"
        case _:
            return _inner(node) if node.children else escaped(node.content)


def _inner(node: SyntaxTreeNode) -> str:
    return "".join(_source(child) for child in node.children)


def _marked(words: str, mark: str) -> str:
    """Emphasis ends with a line."""
    return "\n".join(f"{mark}{line}{mark}" if line else "" for line in words.split("\n"))


def escaped(words: str) -> str:
    """Words that are no marks."""
    return _SPECIAL.sub(r"\\\1", words)
