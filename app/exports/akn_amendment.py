"""One amendment of a list: what it is called, its heading, its changes as modifications, its reasons.

A change shows the text and the proposal as quotations, in which the words that differ are marked (`del`, `ins`). The
day of a contribution is told where it is known; where it may not be told, that of the version takes its place.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.diff import Op, Span
from app.exports import akn_meta
from app.exports.akn_bill import Names, language_of
from app.exports.akn_meta import DRAFTERS, SOURCE, Called, party_id
from app.exports.akn_xml import Element, add, say, say_looking
from app.exports.document import Document, Proposed, ProposedChange
from app.exports.inline import shown
from app.exports.words import Words

TYPES = {"insert": "insertion", "delete": "repeal", "move": "renumbering", "relabel": "renumbering"}
"""What Akoma Ntoso calls a kind of change; the others are substitutions. It knows no move."""
MARKS = {"+": "ins", "-": "del"}
QUOTES = {"en": ("“", "”")}
ANGULAR = ("«", "»")
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Listing:
    """What the amendments of a list are written with. `eids` are those of the version's clauses, by clause id; `people`
    the identifiers of those who may be named, by name; `authentic` the language in which amendments are proposed."""

    document: Document
    names: Names
    words: Words
    authentic: str
    eids: Mapping[str, str]
    people: Mapping[str, str]

    def place(self, change: ProposedChange) -> str:
        """Where a change leads: the clause as it stands in the version, else all of the law."""
        number = self.document.version.number
        eid = self.eids.get(change.clause_id or "")
        return self.names.unit(number, eid) if eid else f"{self.names.expression(number)}/!main"


def add_amendment(component: Element, listing: Listing, one: Proposed) -> None:
    made = add(component, "amendment", name="amendment", contains="originalVersion")
    prefix = f"cmp_{one.number}"
    _metadata(add(made, "meta"), listing, one, prefix)
    body = add(made, "amendmentBody", eId=f"{prefix}__body")
    _heading(add(body, "amendmentHeading"), listing, one)
    content = add(body, "amendmentContent")
    for at, change in enumerate(one.changes, 1):
        _change(content, listing, change, f"{prefix}__mod_{at}")
    if one.rationale.strip():
        _justification(add(body, "amendmentJustification"), one.rationale)


def _metadata(meta: Element, listing: Listing, one: Proposed, prefix: str) -> None:
    work = listing.names.amendment(one.number, one.made_on)
    called = Called(work, f"{work}/{language_of(listing.authentic)}@")
    identification = add(meta, "identification", source=SOURCE)
    day = listing.names.date(one.made_on)
    country = listing.names.country
    akn_meta.component(identification, called, day, _author(one), listing.authentic, country, f"A{one.number}")
    workflow = add(meta, "workflow", source=SOURCE)
    submitted = f"{one.at:%Y-%m-%d}" if one.at else day
    add(workflow, "step", date=submitted, by=f"#{_author(one)}", outcome="#state_submitted")
    if one.settled_version is not None:
        settled = listing.names.date(one.settled_version)
        add(workflow, "step", date=settled, by=f"#{DRAFTERS}", outcome=f"#state_{one.state}")
    if one.changes:
        active = add(add(meta, "analysis", source=SOURCE), "activeModifications")
        for at, change in enumerate(one.changes, 1):
            _modification(active, listing, change, f"{prefix}__mod_{at}", f"{prefix}__amod_{at}")


def _author(one: Proposed) -> str:
    return party_id(one.party) if one.party else DRAFTERS


def _modification(active: Element, listing: Listing, change: ProposedChange, mod: str, eid: str) -> None:
    made = add(active, "textualMod", eId=eid, type=TYPES.get(change.kind, "substitution"))
    place = {"pos": "after" if change.clause_id else "start"} if change.kind == "insert" else {}
    add(made, "source", href=f"#{mod}")
    add(made, "destination", href=listing.place(change), **place)
    if change.before:
        add(made, "old", href=f"#{_quotation(change, mod, '-')}")
    if change.after and change.kind != "move":
        add(made, "new", href=f"#{_quotation(change, mod, '+')}")


def _heading(heading: Element, listing: Listing, one: Proposed) -> None:
    words = add(heading, "p")
    add(words, "docNumber", f"A{one.number}")
    for party in one.parties:
        say(words, " · ")
        add(words, "docProponent", str(party), refersTo=f"#{party_id(party)}")
    if one.author:
        say(words, " · ")
        add(words, "docIntroducer", one.author, refersTo=f"#{listing.people[one.author]}")
    say(words, " · ")
    state = listing.words.decisions.get(one.state, one.state)
    add(words, "docStatus", state, refersTo=f"#state_{one.state}")
    if one.title:
        _said(add(heading, "p"), one.title)


def _change(content: Element, listing: Listing, change: ProposedChange, eid: str) -> None:
    """The unit, the text and the proposal. What comes anew says behind which unit, what goes or moves says that."""
    paragraph, words = add(content, "p"), listing.words
    text, proposal = words.disagreement_heads[2:4]
    if change.human:
        link = add(paragraph, "ref", href=listing.place(change), eId=f"{eid}__ref_1")
        say(link, words.after.format(unit=change.human) if change.kind == "insert" else change.human)
        say(paragraph, ". ")
    modification = add(paragraph, "mod", eId=eid)
    if change.kind != "insert":
        say(modification, f"{text}: ")
        _quoted(modification, listing, change, eid, "-")
        say(modification, " ")
    say(modification, f"{proposal}: ")
    if change.kind == "delete":
        say(modification, words.taken_out)
    elif change.kind == "move":
        say(modification, words.moved_to)
    else:
        _quoted(modification, listing, change, eid, "+")


def _quotation(change: ProposedChange, mod: str, op: Op) -> str:
    """Words of a clause are quoted as text, whole clauses as a structure."""
    name = "qstr" if change.kind in ("insert", "delete") else "qtext"
    return f"{mod}__{name}_{1 if op == '-' or change.kind == 'insert' else 2}"


def _quoted(modification: Element, listing: Listing, change: ProposedChange, eid: str, op: Op) -> None:
    opening, closing = QUOTES.get(listing.authentic, ANGULAR)
    quotation = {"eId": _quotation(change, eid, op), "startQuote": opening, "endQuote": closing}
    if change.kind in ("insert", "delete"):
        structure = add(modification, "quotedStructure", **quotation)
        for paragraph in _paragraphs(change.after if op == "+" else change.before):
            _said(add(structure, "p"), paragraph)
    else:
        _marked(add(modification, "quotedText", **quotation), change.spans, op)


def _marked(quotation: Element, spans: Iterable[Span], op: Op) -> None:
    for span in spans:
        if span.op in ("=", op):
            mark = MARKS.get(span.op)
            _said(add(quotation, mark) if mark else quotation, span.text)


def _paragraphs(text: str) -> list[str]:
    return [one for one in _PARAGRAPHS.split(text) if one.strip()] or [text]


def _said(above: Element, text: str) -> None:
    for part, look in shown(text):
        say_looking(above, part, look)


def _justification(above: Element, rationale: str) -> None:
    for paragraph in _paragraphs(rationale):
        _said(add(above, "p"), paragraph)
