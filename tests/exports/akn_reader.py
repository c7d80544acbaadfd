"""Akoma Ntoso files as tests look at them."""

from lxml import etree

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
_PARTS = frozenset(f"{AKN}{name}" for name in ("p", "num", "heading", "br"))


def root(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True))


def words(data: bytes) -> list[str]:
    """The words of the law in the order of the file, without what the metadata says."""
    found: list[str] = []
    for part in root(data)[0]:
        if part.tag != f"{AKN}meta":
            _read(part, found)
    return "".join(found).split()


def _read(element: etree._Element, found: list[str]) -> None:
    gap = " " if element.tag in _PARTS else ""
    found += [gap, element.text or ""]
    for one in element:
        _read(one, found)
        found.append(one.tail or "")
    found.append(gap)


def by_id(data: bytes) -> dict[str, etree._Element]:
    return {one.get("eId"): one for one in root(data).iter() if one.get("eId")}


def name(element: etree._Element) -> str:
    return str(element.tag).removeprefix(AKN)
