"""The metadata of Akoma Ntoso documents: what they are called, how they came about, who is spoken of in them.

Elements stand in the order the schema wants: identification, lifecycle, analysis, references, proprietary.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.clauses import Kind
from app.exports.akn_bill import Bill, Names, language_of
from app.exports.akn_ids import plain
from app.exports.akn_xml import Element, add, add_own
from app.exports.document import Document, Party
from app.exports.inline import words
from app.exports.words import words_for

MAKER, DRAFTERS = "kelishim", "drafters"
SOURCE = f"#{MAKER}"


@dataclass(frozen=True, slots=True)
class Called:
    """What a document is called as a work, an expression, a manifestation; `component` is its part of a whole."""

    work: str
    expression: str
    component: str = "main"

    def this(self, uri: str) -> str:
        return f"{uri}/!{self.component}"


def title_of(document: Document) -> str:
    """The law's own title, else the draft's."""
    found = next((line for line in document.text() if line.kind is Kind.TITLE), None)
    return words(found.new_body) if found is not None else document.title


def identification(meta: Element, bill: Bill, names: Names) -> None:
    document = bill.document
    called = Called(names.work, names.expression(document.version.number))
    made = add(meta, "identification", source=SOURCE)
    work = _core(made, "FRBRWork", called, called.work, names.date(1), DRAFTERS, title_of(document))
    add(work, "FRBRcountry", value=names.country)
    add(work, "FRBRnumber", value=names.slug)
    _expression(made, called, bill, names)
    manifestation(made, called, names.date(document.version.number))


def _expression(made: Element, called: Called, bill: Bill, names: Names) -> None:
    number = bill.document.version.number
    authentic = bill.authentic or bill.document.language
    is_authentic = authentic == bill.document.language
    expression = _core(made, "FRBRExpression", called, called.expression, names.date(number), DRAFTERS)
    add(expression, "FRBRversionNumber", value=str(number))
    add(expression, "FRBRauthoritative", value=str(is_authentic).lower())
    if number != 1 or not is_authentic:
        master = names.expression(1, authentic)
        add(expression, "FRBRmasterExpression", href=master, showAs=_version(bill.document, 1))
    add(expression, "FRBRlanguage", language=language_of(bill.document.language))
    if not is_authentic:
        origin = names.expression(number, authentic)
        add(expression, "FRBRtranslation", href=origin, fromLanguage=language_of(authentic), by=f"#{DRAFTERS}")


def _core(
    made: Element, level: str, called: Called, uri: str, date: str, author: str, title: str = "", suffix: str = ""
) -> Element:
    found = add(made, level)
    add(found, "FRBRthis", value=called.this(uri) + suffix)
    add(found, "FRBRuri", value=uri + suffix)
    if title:
        add(found, "FRBRalias", name="title", value=title)
    add(found, "FRBRdate", date=date, name={"FRBRWork": "generation", "FRBRExpression": "version"}.get(level, "markup"))
    add(found, "FRBRauthor", href=f"#{author}")
    return found


def component(made: Element, called: Called, date: str, author: str, language: str, country: str, title: str) -> None:
    """The identification of what is part of a collection."""
    work = _core(made, "FRBRWork", called, called.work, date, author, title)
    add(work, "FRBRcountry", value=country)
    expression = _core(made, "FRBRExpression", called, called.expression, date, author)
    add(expression, "FRBRlanguage", language=language_of(language))
    manifestation(made, called, date)


def manifestation(made: Element, called: Called, date: str) -> None:
    """The file is as old as what stands in it, so that it is the same whenever it is made."""
    found = _core(made, "FRBRManifestation", called, called.expression, date, MAKER, suffix=".xml")
    add(found, "FRBRformat", value="xml")


def _version(document: Document, number: int) -> str:
    return words_for(document.language).version.format(number=number)


def lifecycle(meta: Element, names: Names) -> None:
    """The versions up to this one, each an event."""
    made = add(meta, "lifecycle", source=SOURCE)
    for number, at in sorted(names.dates.items()):
        kind = "generation" if number == 1 else "amendment"
        add(made, "eventRef", eId=f"eref_{number}", source=f"#ver_{number}", date=f"{at:%Y-%m-%d}", type=kind)


def references(
    meta: Element, document: Document, names: Names, amendments: Mapping[int, int], parties: Iterable[Party]
) -> Element:
    """The versions, the amendments (by number, with the version each was made on), who made the file, whom the draft is
    from, and the institutions that are named."""
    made = add(meta, "references", source=SOURCE)
    for number in sorted(names.dates):
        kind = "original" if number == 1 else "passiveRef"
        add(made, kind, eId=f"ver_{number}", href=names.expression(number), showAs=_version(document, number))
    for number, made_on in sorted(amendments.items()):
        add(made, "passiveRef", eId=f"am_{number}", href=names.amendment(number, made_on), showAs=f"A{number}")
    organisation = "/akn/ontology/organization"
    add(made, "TLCOrganization", eId=MAKER, href=f"{organisation}/{MAKER}", showAs="Kelishim")
    drafters = words_for(document.language).drafters
    add(made, "TLCOrganization", eId=DRAFTERS, href=f"{organisation}/{names.country}.{DRAFTERS}", showAs=drafters)
    for eid, party in sorted({party_id(party): party for party in parties}.items()):
        href = f"{organisation}/{names.country}.{eid.removeprefix('org_')}"
        add(made, "TLCOrganization", eId=eid, href=href, showAs=party.name or party.code, shortForm=party.code)
    return made


def party_id(party: Party) -> str:
    return f"org_{plain(party.code.lower())}"


def proprietary(meta: Element, document: Document) -> None:
    """What the standard has no place for: the fingerprint of the Markdown, and its front matter as it stands."""
    made = add(meta, "proprietary", source=SOURCE)
    version = document.version
    add_own(made, "version", number=str(version.number), sha256=version.sha256, attribution=document.attribution)
    front = next((one for one in document.clauses.values() if one.kind is Kind.FRONT_MATTER), None)
    if front is not None:
        add_own(made, "frontMatter", front.source)
