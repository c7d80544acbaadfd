"""What a PDF says: its words without head and foot of pages, its bookmarks, what it says about itself."""

import io
import re
from collections.abc import Iterable, Iterator

from pypdf import PdfReader
from pypdf.generic import Destination


def pages(file: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(file)).pages]


def words(file: bytes, *leaving_out: str) -> str:
    """All words in order without white space; lines that begin so are those of a page's head and foot."""
    lines = (line for page in pages(file) for line in page.splitlines())
    return packed("".join(line for line in lines if not line.startswith(leaving_out)))


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)


def missing(text: str, wanted: Iterable[str]) -> list[str]:
    """Which of these do not stand in the text in this order."""
    at, lost = 0, []
    for one in map(packed, wanted):
        found = text.find(one, at)
        if found < 0:
            lost.append(one)
        else:
            at = found + len(one)
    return lost


def bookmarks(file: bytes) -> list[tuple[int, str]]:
    """Each with its level."""
    return list(_bookmarks(PdfReader(io.BytesIO(file)).outline, 1))


def _bookmarks(those: Iterable[object], level: int) -> Iterator[tuple[int, str]]:
    for one in those:
        if isinstance(one, list):
            yield from _bookmarks(one, level + 1)
        elif isinstance(one, Destination):
            yield level, str(one.title)
