"""Akoma Ntoso as elements: the namespace, characters that XML can hold, words with their looks, and the file.

lxml writes the markup, so nothing that somebody typed can become any. Bytes follow from the elements alone.
"""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from app.exports.docx_xml import clean
from app.exports.inline import PLAIN, Look

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:kelishim:akn"
"""What Akoma Ntoso has no element for stands in `meta/proprietary` in this namespace."""
MEDIA_TYPE = "application/akn+xml"
"""As registered for Akoma Ntoso by OASIS (Akoma Ntoso Part 2, appendix)."""
Element = Any
"""lxml's element; the library has no types."""
_LINES = re.compile(r"\r\n|\r|\n")
_WORDS = frozenset(f"{{{AKN}}}{name}" for name in ("p", "num", "heading"))
_LOOKS = (("bold", "b", ""), ("italic", "i", ""), ("struck", "span", "struck"), ("raised", "sup", ""))


def root() -> Element:
    return etree.Element(f"{{{AKN}}}akomaNtoso", nsmap={None: AKN})


def add(above: Element, name: str, said: str = "", /, **attributes: str) -> Element:
    """A new last element below another, with these words; attributes that are empty are left out."""
    given = {key.rstrip("_"): clean(value) for key, value in attributes.items() if value}
    made = etree.SubElement(above, f"{{{AKN}}}{name}", given)
    say(made, said)
    return made


def add_own(above: Element, name: str, said: str = "", /, **attributes: str) -> Element:
    """The same in the project's own namespace."""
    given = {key: clean(value) for key, value in attributes.items()}
    made = etree.SubElement(above, f"{{{OWN}}}{name}", given, nsmap={"kelishim": OWN})
    say(made, said)
    return made


def say(above: Element, said: str) -> None:
    """Put words behind what an element already holds."""
    if not said:
        return
    words = clean(_LINES.sub("\n", said))
    last = above[-1] if len(above) else None
    if last is None:
        above.text = (above.text or "") + words
    else:
        last.tail = (last.tail or "") + words


def say_looking(above: Element, said: str, look: Look = PLAIN) -> None:
    """The same with marks of emphasis."""
    here = above
    for name, element, kind in _LOOKS:
        if getattr(look, name):
            here = add(here, element, class_=kind)
    say(here, said)


def say_lines(above: Element, lines: Iterable[str]) -> None:
    """Words whose line ends are their form."""
    for at, line in enumerate(lines):
        if at:
            add(above, "br")
        say(above, line)


def spoiled(text: str) -> bool:
    """Whether it has characters that XML cannot hold."""
    return clean(text) != text


def written(document: Element) -> bytes:
    """The file, every element on a line of its own except in what is words."""
    _set_out(document)
    made: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8")
    return made + b"\n"


def _set_out(element: Element) -> None:
    if not len(element) or element.tag in _WORDS:
        return
    element.text = "\n"
    for one in element:
        _set_out(one)
        one.tail = "\n"
