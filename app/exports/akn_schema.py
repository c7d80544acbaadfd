"""The schema of Akoma Ntoso 3.0 as OASIS issued it, and what of a document breaks it."""

from functools import cache
from pathlib import Path

from lxml import etree

_SCHEMA = Path(__file__).parent / "schemas" / "akomantoso30.xsd"


@cache
def _schema() -> etree.XMLSchema:
    """Loaded once: a third of a second."""
    return etree.XMLSchema(etree.parse(_SCHEMA, etree.XMLParser(no_network=True)))


def violations(data: bytes) -> tuple[str, ...]:
    """Each with its line; none where the document is valid."""
    document = etree.fromstring(data, etree.XMLParser(no_network=True, resolve_entities=False, huge_tree=True))
    schema = _schema()
    schema.validate(document)
    return tuple(f"line {error.line}: {error.message}" for error in schema.error_log)
