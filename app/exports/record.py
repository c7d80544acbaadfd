"""A record that was issued (of a session, of the whole workshop, a communiqué) as a paper: its Markdown in blocks.

What the record says stays word for word; raw HTML in it is text, as on its page.
"""

from dataclasses import dataclass
from datetime import datetime

from app.exports import docx_paper, pdf_paper
from app.exports.paper import Block, Grid, Heading, Paper
from app.exports.record_blocks import blocks_of
from app.exports.words import day, words_for

WIDTHS = (1, 4)
SHORT = 12
"""As much of a fingerprint as a page's foot has room for."""


@dataclass(frozen=True, slots=True)
class IssuedRecord:
    """A record as it was issued: `body` is its Markdown, `sha256` that of the body; `version` is that of the draft to
    which it refers."""

    slug: str
    number: int
    kind: str
    language: str
    title: str
    body: str
    version: int
    at: datetime
    sha256: str

    @property
    def file_stem(self) -> str:
        """What its files are called, without an ending."""
        return f"{self.slug}-record-{self.number}.{self.language}"


def docx(record: IssuedRecord) -> bytes:
    return docx_paper.paper(paper(record))


def pdf(record: IssuedRecord) -> bytes:
    return pdf_paper.paper(paper(record))


def paper(record: IssuedRecord) -> Paper:
    """The record, with its number, its date and the beginning of the fingerprint of its Markdown on every page, the
    whole fingerprint at the end."""
    title, *blocks = blocks_of(record.body) or (Heading(1, record.title),)
    if not isinstance(title, Heading) or title.level > 1:
        title, blocks = Heading(1, record.title), [title, *blocks]
    words = words_for(record.language)
    number = words.record.format(number=record.number)
    date = words.of_date.format(date=day(record.at, record.language))
    end = Grid((), ((number, date), ("SHA-256", record.sha256)), WIDTHS)
    foot = f"{number} {date} · {record.sha256[:SHORT]}"
    return Paper(title.text, record.language, record.at, (*map(_below_title, blocks), end), foot)


def _below_title(block: Block) -> Block:
    """A heading counts from below the title; one as high as the title is as high as those next to it."""
    return Heading(max(block.level - 1, 1), block.text) if isinstance(block, Heading) else block
