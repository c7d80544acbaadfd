"""A paper that is no law (`paper.Paper`) as PDF."""

from typing import Any, assert_never

from app.exports.paper import Block, Grid, Heading, Item, Paper, Paragraph
from app.exports.pdf_page import page
from app.exports.pdf_pieces import BLANK, LONGEST, Said, emphasised
from app.exports.pdf_typst import typeset

LONGEST_WHOLE = 800
"""Characters of a table up to which it is kept on one page."""


def paper(paper: Paper) -> bytes:
    """Raises nothing: whatever people wrote is set as it is."""
    level = 0
    blocks = []
    for block in paper.blocks:
        if isinstance(block, Heading):
            if not block.text.strip(BLANK):
                continue
            level = min(max(block.level, 1), level + 1)  # no level may be left out
        blocks.append(_block(block, level))
    values = {**page(paper.language, (paper.title, ""), paper.footer), "blocks": blocks}
    return typeset("paper", values, title=paper.title, language=paper.language, at=paper.at)


def _block(block: Block, level: int) -> dict[str, Any]:
    match block:
        case Heading():
            return {"as": "heading", "level": level, "words": emphasised(block.text)}
        case Paragraph():
            return {"as": "paragraph", "words": emphasised(block.text)}
        case Item():
            label = emphasised(block.label)
            return {"as": "item", "depth": block.depth, "label": label, "words": emphasised(block.text)}
        case Grid():
            return {
                "as": "grid",
                "whole": sum(len(cell) for row in block.rows for cell in row) <= LONGEST_WHOLE,
                "widths": list(block.widths) or [1] * _columns(block),
                "header": [_cell(cell, block) for cell in block.header],
                "rows": [[_cell(cell, block) for cell in row] for row in block.rows],
            }
        case _:
            assert_never(block)


def _columns(grid: Grid) -> int:
    return max((len(row) for row in (grid.header, *grid.rows)), default=1) or 1


def _cell(text: str, grid: Grid) -> list[list[Said]]:
    """Its paragraphs, one a line."""
    longest = max(6, LONGEST * 2 // (_columns(grid) + 1))
    return [emphasised(line, longest) for line in text.splitlines()]
