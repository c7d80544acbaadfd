"""A version as an Akoma Ntoso 3.0 `bill`, valid against the schema of OASIS, in one language.

The text stands in it as it reads now; what changed since the version before is told by the metadata. Where the law's
structure does not fit, `report` says which clauses are set otherwise, and how.
"""

from collections.abc import Iterator

from app.exports import akn_meta
from app.exports.akn_bill import Bill, names_of
from app.exports.akn_body import add_law
from app.exports.akn_changes import analysis, behind, modifications
from app.exports.akn_plan import Plan, plan
from app.exports.akn_report import Report
from app.exports.akn_words import citing
from app.exports.akn_xml import add, root, written


def bill(value: Bill) -> bytes:
    document, names, planned = value.document, names_of(value), _planned(value)
    whole = root()
    version = "originalVersion" if document.version.number == 1 else "singleVersion"
    made = add(whole, "bill", name="bill", contains=version)
    meta = add(made, "meta")
    akn_meta.identification(meta, value, names)
    akn_meta.lifecycle(meta, names)
    found = tuple(modifications(document, planned.eids))
    analysis(meta, found, names, document.version.number, document.base.number if document.base else 0)
    made_on = {one.number: one.made_on for one in document.amendments}
    backings = tuple(behind(document))
    amendments = {number: made_on.get(number, 1) for one in backings for number in one.amendments}
    akn_meta.references(meta, document, names, amendments, [party for one in backings for party in one.parties])
    akn_meta.proprietary(meta, document)
    add_law(made, planned, citing(document.clauses, document.language, planned.eids))
    return written(whole)


def report(value: Bill) -> Report:
    """Where the structure of a law does not fit Akoma Ntoso."""
    return Report(_planned(value).differences)


def notes(value: Bill) -> Iterator[str]:
    """The same in sentences."""
    yield from report(value).sentences()


def _planned(value: Bill) -> Plan:
    return plan(value.document.alone().lines, value.document.clauses, value.firsts)
