"""The amendments to a version as an Akoma Ntoso 3.0 `amendmentList`, with whom they came from and what became of them.

Each `component` of the list holds its `amendment` whole. (A list could also refer to amendments by `documentRef`, and
they stand elsewhere; then the file says nothing without others, which nobody who gets it has.) What is spoken of in
several of them stands in the references of the list; identifiers begin with that of the component, so that none stands
twice in the file. Akoma Ntoso's life cycle knows generation, amendment and repeal alone: what became of an amendment
stands in its `workflow`, and in words in its heading.
"""

from app.exports import akn_meta
from app.exports.akn_amendment import Listing, add_amendment
from app.exports.akn_bill import Bill, names_of
from app.exports.akn_meta import Called
from app.exports.akn_plan import plan
from app.exports.akn_xml import Element, add, root, say, written
from app.exports.words import words_for


def amendment_list(value: Bill) -> bytes:
    document, names = value.document, names_of(value)
    authors = sorted({one.author for one in document.amendments if one.author})
    people = {name: f"person_{at}" for at, name in enumerate(authors, 1)}
    eids = plan(document.alone().lines, document.clauses, value.firsts).eids
    words = words_for(document.language)
    listing = Listing(document, names, words, value.authentic or value.document.language, eids, people)
    whole = root()
    made = add(whole, "amendmentList", name="amendmentList", contains="singleVersion")
    _metadata(add(made, "meta"), value, listing)
    _preface(add(made, "preface"), listing)
    body = add(made, "collectionBody")
    for one in document.amendments:
        add_amendment(add(body, "component", eId=f"cmp_{one.number}"), listing, one)
    if not document.amendments:
        nothing = add(add(body, "component", eId="cmp_1"), "interstitial", eId="cmp_1__interstitial")
        add(nothing, "p", words.no_amendments)
    return written(whole)


def _metadata(meta: Element, value: Bill, listing: Listing) -> None:
    document, names = value.document, listing.names
    work = f"/akn/{names.country}/amendmentList/{names.date(1)}/{names.slug}"
    expression = names.expression(document.version.number).replace(names.work, work)
    made = add(meta, "identification", source=akn_meta.SOURCE)
    called = Called(work, expression)
    title = _title(listing)
    day = names.date(document.version.number)
    akn_meta.component(made, called, day, akn_meta.DRAFTERS, value.document.language, names.country, title)
    akn_meta.lifecycle(meta, names)
    found = akn_meta.references(meta, document, names, {one.number: one.made_on for one in document.amendments},
                                [party for one in document.amendments for party in one.parties])  # fmt: skip
    for name, eid in listing.people.items():
        href = f"/akn/ontology/person/{names.country}.{names.slug}.{eid}"
        add(found, "TLCPerson", eId=eid, href=href, showAs=name)
    for state in dict.fromkeys(("submitted", *(one.state for one in document.amendments))):
        href, shown = f"/akn/ontology/concept/kelishim.{state}", listing.words.decisions.get(state, state)
        add(found, "TLCConcept", eId=f"state_{state}", href=href, showAs=shown)
    akn_meta.proprietary(meta, document)


def _title(listing: Listing) -> str:
    title = akn_meta.title_of(listing.document)
    return listing.words.amendments.format(title=title, number=listing.document.version.number)


def _preface(preface: Element, listing: Listing) -> None:
    words = add(add(preface, "longTitle", eId="preface__longTitle"), "p")
    add(words, "docTitle", _title(listing))
    law = listing.names.expression(listing.document.version.number)
    said = add(preface, "p")
    add(said, "affectedDocument", akn_meta.title_of(listing.document), href=law)
    say(said, f" · {listing.words.version.format(number=listing.document.version.number)}")
