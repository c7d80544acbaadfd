"""PDF by typst: a template of the folder `typst` and what it is to set, which goes in as data and never as source.

Tagged, PDF/UA-1 and PDF/A-2a together. Only typst's own faces are used and the only date is the one given, so the same
values give the same bytes on every machine.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from app.exports.words import language_tag

MEDIA_TYPE = "application/pdf"
TEMPLATES = Path(__file__).parent / "typst"
STANDARDS: Final = ("ua-1", "a-2a")
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]")
"""Characters that mean nothing on paper: those of control, of private use, and no characters at all."""
_FAMILIAR = re.compile("[\n\u0020-\u007e\u00a0-\u024f\u0370-\u03ff\u0400-\u052f\u2010-\u203a№«»]+")
_TAG = re.compile(r"([a-z]{2,3})(?:-([A-Z]{2}))?(?:-|$)")
_ALIKE = re.compile(r"\r\n?|[\u0085\u2028\u2029]")


def typeset(template: str, values: Mapping[str, Any], *, title: str, language: str, at: datetime) -> bytes:
    """The PDF that a template makes of the values (whatever JSON can hold)."""
    found = _TAG.match(language_tag(language))
    tag = (found[1], found[2]) if found else ("und", None)
    told = {**values, "title": title.strip() or "—", "language": tag[0], "region": tag[1]}
    said = json.dumps(_printable(told), ensure_ascii=False)
    try:
        return _compiled(template, said, at)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    return _compiled(template, _spelled(said), at)


def _printable(value: Any) -> Any:
    """The same with line ends of one kind and without characters that mean nothing on paper; a mark of byte order is no
    character of the text, and PDF/A allows none."""
    if isinstance(value, str):
        return _FORBIDDEN.sub("\ufffd", _ALIKE.sub("\n", value.replace("\ufeff", "")))
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value


def _compiled(template: str, said: str, at: datetime) -> bytes:
    made: bytes = typst.compile(
        TEMPLATES / f"{template}.typ", root=TEMPLATES, format="pdf", sys_inputs={"paper": said},
        ignore_system_fonts=True, pdf_standards=[*STANDARDS], timestamp=int(at.timestamp()),
    )  # fmt: skip
    return made


def _spelled(said: str) -> str:
    """The same with the code in the place of each character that no face has: a reader sees that and what is missing,
    where an empty box would tell nothing (and no standard allows one)."""
    strange = {char for char in _FAMILIAR.sub("", said) if not _has_shape(char)}
    return said.translate({ord(char): f"[U+{ord(char):04X}]" for char in strange})


@cache
def _has_shape(char: str) -> bool:
    try:
        _compiled("letter", json.dumps({"letter": char}), datetime.fromtimestamp(0))
    except typst.TypstError:
        return False
    return True
