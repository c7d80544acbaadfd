"""From facts to a record in Markdown, in one language: sections numbered, sentences of a protocol, room left to write.

What people wrote stands in it as they wrote it: nothing in it is taken for Markdown.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.communique_writing import communique
from app.domain.record_english import EN
from app.domain.record_facts import (
    AmendmentTold,
    BracketTold,
    CallTold,
    DecisionTold,
    GroupTold,
    ItemTold,
    MatterTold,
    ObjectionTold,
    Participant,
    Printed,
    Provisional,
    RecordFacts,
    RecordKind,
    SessionTold,
    as_may_be_told,
)
from app.domain.record_kyrgyz import KY
from app.domain.record_russian import RU
from app.domain.record_words import RecordWords, clock, day, listed, moment

LANGUAGES: Final = {"en": EN, "ru": RU, "ky": KY}
MARKS = re.compile(r"([\\`*_\[\]<>&~^|])")
SEATS = ("full", "advisory", "facilitating", "")
Telling = Callable[[SessionTold], list[str]]


def title(facts: RecordFacts, language: str) -> str:
    """What a record is called in lists."""
    number = facts.sessions[0].number if facts.kind is RecordKind.SESSION else 0
    return LANGUAGES[language].short_titles[facts.kind].format(number=number)


def written(facts: RecordFacts, language: str) -> str:
    """The record, or the communiqué. Whom the draft's attribution does not let be named is not in it."""
    told, words = as_may_be_told(facts), LANGUAGES[language]
    lines = communique(told, words, plain) if told.kind is RecordKind.COMMUNIQUE else _Writer(told, words).lines()
    return "\n".join(lines) + "\n"


def plain(text: str) -> str:
    """Somebody's words on one line, none of them Markdown."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))


def _quoted(text: str, indent: str = "") -> list[str]:
    """Somebody's words as paragraphs of a quotation."""
    found: list[str] = []
    for paragraph in filter(None, (plain(one) for one in text.splitlines())):
        found += [f"{indent}>", f"{indent}> {paragraph}"] if found else [f"{indent}> {paragraph}"]
    return found


@dataclass(frozen=True, slots=True)
class _Writer:
    facts: RecordFacts
    words: RecordWords

    def lines(self) -> list[str]:
        told, words = self.facts, self.words
        one = told.sessions[0] if told.kind is RecordKind.SESSION else None
        head = words.titles[told.kind].format(number=one.number if one else 0, title=plain(one.title) if one else "")
        found = [f"# {head}", "", words.on_draft.format(draft=plain(told.draft)), ""]
        if one:
            found += [*(f"- {line}" for line in self._when(one)), ""]
        sections = [(heading, made) for heading, made in self._sections() if made]
        for number, (heading, made) in enumerate(sections, start=1):
            found += [f"## {number}. {heading}", "", *(made[:-1] if made[-1] == "" else made), ""]
        found += [line for who in words.signatures for line in (f"{who}: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_", "")]
        return found[:-1]

    def _sections(self) -> list[tuple[str, list[str]]]:
        """What always has its place says that there is none; the others are left out then."""
        words, told = self.words, self.facts
        none = [words.none]
        return [
            (words.participants, self._by_session(self._participants) or none),
            (words.agenda, self._by_session(self._agenda) or none),
            (words.decisions, self._by_session(self._decisions) or none),
            (words.calls, [f"- {self._call(call)}" for one in told.sessions for call in one.calls]),
            (words.agreed, self._agreed()),
            (words.brackets, [f"- {self._bracket(one)}" for one in told.brackets] or none),
            (words.objections, [line for one in told.objections for line in self._objection(one)] or none),
            (words.printed, [line for one in told.printed for line in self._printed(one)] or none),
            (words.proposed, [f"- {self._amendment(one)}" for one in told.proposed]),
            (words.groups, [line for one in told.groups for line in self._group(one)]),
            (words.matters, [f"- {self._matter(one)}" for one in told.matters] or none),
            (words.next_steps, self._next_steps()),
        ]

    def _by_session(self, tell: Telling) -> list[str]:
        """The same of every session, each below its name where there are several to be told of."""
        if self.facts.kind is RecordKind.SESSION:
            return tell(self.facts.sessions[0])
        found: list[str] = []
        for one in self.facts.sessions:
            heading = self.words.session.format(number=one.number, title=plain(one.title))
            when = ["; ".join(self._when(one)) + ".", ""] if tell == self._participants else []
            found += [*([""] if found else []), f"### {heading}", "", *when, *(tell(one) or [self.words.none])]
        return found

    def _when(self, one: SessionTold) -> list[str]:
        words = self.words
        end = words.ended.format(at=self._until(one)) if one.closed_at else words.going_on
        breaks = (f"{clock(since)}–{clock(until) if until else '…'}" for since, until in one.breaks)
        said = [
            f"{words.place}: {plain(one.place)}" if one.place else "",
            f"{words.held_on}: {day(words, one.opened_at)}; {words.begun.format(at=clock(one.opened_at))}, {end}",
            f"{words.breaks}: {', '.join(breaks)}" if one.breaks else "",
            words.text_discussed.format(version=one.version),
        ]
        return [line for line in said if line]

    def _until(self, one: SessionTold) -> str:
        """The time of the end, with its day where that is another."""
        if one.closed_at is None:
            return ""
        same = one.closed_at.date() == one.opened_at.date()
        return clock(one.closed_at) if same else moment(self.words, one.closed_at)

    def _participants(self, one: SessionTold) -> list[str]:
        found: list[str] = []
        for seat in SEATS:
            here = [who for who in one.participants if who.seat == seat]
            if here and not any(who.name or who.people for who in here):
                found.append(f"- {self.words.seat_counts[seat].format(count=sum(who.count for who in here))}")
            elif here:
                found += [f"- {self.words.seats[seat]}:", *(f"  - {self._participant(who)}" for who in here)]
        return found

    def _participant(self, who: Participant) -> str:
        words = self.words
        people = ", ".join(plain(name) for name in who.people)
        if not who.name:
            return f"{people} ({words.others})"
        arrived = f" ({words.arrived.format(at=clock(who.arrived))})" if who.arrived else ""
        return f"{plain(who.name)}{arrived}" + (f"; {words.for_institution} {people}" if people else "")

    def _agenda(self, one: SessionTold) -> list[str]:
        return [f"{n}. {self._item(item)}: {self.words.statuses[item.status]}" for n, item in enumerate(one.items, 1)]

    def _item(self, item: ItemTold) -> str:
        reading = f" ({self.words.readings[item.reading]})" if item.cited else ""
        return self._named(item) + reading

    def _named(self, item: ItemTold) -> str:
        heading = self.words.quoted.format(plain(item.heading)) if item.cited and item.heading else plain(item.heading)
        return " ".join(part for part in (item.cited, heading) if part)

    def _decisions(self, one: SessionTold) -> list[str]:
        return [f"- **{self._named(item)}**: {self._decision(item.decision)}" for item in one.items if item.decision]

    def _decision(self, made: DecisionTold) -> str:
        words = self.words
        rule = words.rules[made.rule] + (f" ({made.share})" if made.share else "")
        call = "" if made.call is None else words.in_call.format(number=made.call)
        result = f"{call} ({self._results(made.result.split())})" if made.result else call
        text = words.on_text.format(version=made.version)
        mark = ", " + words.fingerprint.format(fingerprint=f"`{made.fingerprint}`") if made.fingerprint else ""
        said = f"{words.outcomes[made.outcome]}" + (f". {plain(made.words)}" if made.words else "")
        rest = "; ".join(part for part in (words.by.format(rule=rule), result, text + mark) if part)
        return f"{said} ({rest})"

    def _results(self, results: Sequence[str]) -> str:
        return ", ".join(self.words.results.get(one, one) for one in results)

    def _call(self, call: CallTold) -> str:
        words = self.words
        about = listed(words, [plain(one) for one in call.about])
        rule = words.rules[call.rule] + (f" ({call.share})" if call.share else "")
        state = words.call_states[call.state] + (f", {self._results(call.results)}" if call.results else "")
        until = [words.until.format(at=moment(words, call.deadline))] if call.deadline and call.state == "open" else []
        return "; ".join(
            [words.call.format(number=call.number, about=about), words.by.format(rule=rule), state, *until]
        )

    def _agreed(self) -> list[str]:
        words, counts = self.words, self.facts.counts
        found = [words.agreed_count.format(count=self.facts.agreed_here), ""]
        found += [*(f"- {cited}" for cited in self.facts.agreed), ""] if self.facts.agreed else []
        found += [line for one in self.facts.provisional for line in (self._provisional(one), "")]
        whole = words.whole_text.format(
            total=counts.total, agreed=counts.agreed, ad_referendum=counts.ad_referendum, contested=counts.contested,
            other=counts.other,
        )  # fmt: skip
        return [*found, whole]

    def _provisional(self, one: Provisional) -> str:
        words = self.words
        said = [words.provisional.format(clauses=listed(words, one.cited))]
        for party, until in one.confirm:
            who = words.to_confirm.format(party=plain(party) or words.an_institution)
            said.append(who + (f", {words.until.format(at=moment(words, until))}" if until else ""))
        return "; ".join(said)

    def _bracket(self, one: BracketTold) -> str:
        words = self.words
        marks = [words.contested] * one.contested + [words.colliding] * one.colliding
        said = "; ".join(self._proposal(amendment) for amendment in one.amendments)
        return f"{one.cited}" + (f" ({', '.join(marks)})" if marks else "") + (f": {said}" if said else "")

    def _proposal(self, one: AmendmentTold) -> str:
        parties = listed(self.words, [plain(name) for name in one.parties])
        return self.words.amendment.format(number=one.number) + (f" ({parties})" if parties else "")

    def _amendment(self, one: AmendmentTold) -> str:
        title = self.words.quoted.format(plain(one.title)) if one.title else ""
        about = ", ".join(part for part in (one.cited, title) if part)
        return self._proposal(one) + (f": {about}" if about else "")

    def _objection(self, one: ObjectionTold) -> list[str]:
        words = self.words
        cited, stands = listed(words, one.cited), words.stands[one.stands]
        if not one.party:
            return [f"- {cited}: {words.objection_count.format(count=one.count)}; {stands}"]
        found = [f"- {cited}: {words.objects.format(party=plain(one.party))}; {stands}"]
        found += ["", *_quoted(one.reason, "  "), ""] if one.reason.strip() else []
        answers = [f"  {words.answered}: {plain(answer)}" for answer in one.answers]
        return found + (answers or ([f"  {words.unanswered}"] if one.stands else [])) + [""]

    def _printed(self, one: Printed) -> list[str]:
        words = self.words
        cited, kind = listed(words, one.cited), words.printed_kinds[one.kind]
        if not one.party:
            return [f"- {cited}: {kind}, {words.printed_count.format(count=one.count)}"]
        text = words.on_text.format(version=one.version)
        return [f"- {cited}: {plain(one.party)}, {kind} ({text})", "", *_quoted(one.text, "  "), ""]

    def _group(self, one: GroupTold) -> list[str]:
        words = self.words
        members = listed(words, [plain(name) for name in one.members]) or words.member_count.format(count=one.count)
        brought = listed(words, [words.amendment.format(number=number) for number in one.amendments])
        about = f"{words.group_range}: {listed(words, one.range)}; {words.group_members}: {members}"
        found = [f"- **{plain(one.name)}**. {about}"]
        if not one.reported:
            return [*found, "", f"  {words.no_report}", ""]
        found += ["", f"  {words.group_brought}: {brought}"] if brought else []
        return [*found, *(["", *_quoted(one.report, "  ")] if one.report.strip() else []), ""]

    def _matter(self, one: MatterTold) -> str:
        words = self.words
        cited = f" ({one.cited})" if one.cited else ""
        how = f": {plain(one.settled)}" if one.settled else ""
        settled = "" if one.settled is None else f"; {words.settled}{how}"
        return words.matter.format(number=one.number, words=plain(one.words)) + cited + self._care(one) + settled

    def _care(self, one: MatterTold) -> str:
        words = self.words
        owner = f"; {words.owner}: {plain(one.owner)}" if one.owner else ""
        return owner + (f"; {words.until.format(at=day(words, one.due))}" if one.due else "")

    def _next_steps(self) -> list[str]:
        steps = [*self._to_settle(), *self._to_answer(), *self._to_confirm(), self.words.to_be_written]
        return [f"- {step}" for step in steps]

    def _to_settle(self) -> list[str]:
        return [
            self.words.step_settle.format(number=one.number, words=plain(one.words)) + self._care(one)
            for one in self.facts.matters
            if one.settled is None
        ]

    def _to_answer(self) -> list[str]:
        step = self.words.step_answer
        return [step.format(number=one.number) + self._by_when(one.deadline) for one in self.facts.open_calls]

    def _to_confirm(self) -> list[str]:
        words = self.words
        return [
            words.step_confirm.format(party=plain(party) or words.an_institution, clauses=listed(words, one.cited))
            + self._by_when(until)
            for one in self.facts.provisional
            for party, until in one.confirm
        ]

    def _by_when(self, until: datetime | None) -> str:
        return f" ({self.words.until.format(at=moment(self.words, until))})" if until else ""
