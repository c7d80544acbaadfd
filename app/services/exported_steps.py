"""A draft's record told again: the amendments of each version are merged into the one before, as they were then.

Where that alone does not give a version's text (numbers that ran on, own words of whoever issued it, a text brought
in), the version itself is one more step. So the text after a version's last step is its Markdown, whatever the record
holds.
"""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.edits import Amendment, Edit
from app.domain.errors import Refusal
from app.domain.fates import Fate
from app.domain.indexed import indexed
from app.domain.merge import Merged, merge
from app.domain.stepwise import Settlements, Stepwise, standing
from app.exports.document import Party
from app.exports.history import Brought, Closed, Step
from app.services.choosing import NOTHING_CHOSEN, OWN, Settled, settlements_of
from app.services.exported_sentences import sentences_of
from app.services.saying import style_for
from app.store.amendments import number_of
from app.store.histories import Making, Texts

STANDS = {Fate.ADOPTED.value, Fate.ADOPTED_IN_PART.value}
MADE = {"version_imported": "imported", "version_issued": "issued", "version_revoked": "revoked"}
UNKNOWN = Making("version_imported", None, {})


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of all versions, by number; `told` are all amendments by number, `merged` those of each version
    with what became of them, `parties` the institutions that may be named, by id."""

    source_language: str
    language: str
    texts: Mapping[str, Texts]
    closing: Mapping[int, Closed]
    makings: Mapping[int, Making]
    parties: Mapping[int, Party | None]
    told: Mapping[int, Brought]
    merged: Mapping[int, Sequence[tuple[Amendment, str]]]


class Retelling:
    """The steps of a record up to a version, made anew whenever somebody goes through them."""

    def __init__(self, record: Record, until: int) -> None:
        self.record, self.until = record, until

    def __iter__(self) -> Iterator[Step]:
        for number in range(1, self.until + 1):
            yield from _Version(self.record, number).steps()


class _Version:
    """One version as it is told."""

    def __init__(self, record: Record, number: int) -> None:
        self.record, self.number = record, number
        self.closed = record.closing[number]
        self.making = record.makings.get(number, UNKNOWN)
        self.by = record.parties.get(self.making.institution_id or 0)
        self.settled = {key: Settled.of_facts(*one) for key, one in self.making.facts.get("settlements", {}).items()}
        self.settlements = settlements_of(replace(NOTHING_CHOSEN, settlements=self.settled))

    def steps(self) -> Iterator[Step]:
        """Its amendments one after the other, then the version itself, where it says more than they."""
        stands: dict[str, str | None] = {**self._texts(self.number - 1)}
        chosen = [amendment for amendment, _ in self.record.merged.get(self.number, ())]
        merge_told = _told_again(self.record, self.number, chosen, self.settlements)
        told = set[int]()
        last: Step | None = None
        for step in self._amended(merge_told, stands.get(self.record.source_language)):
            if last is not None:
                yield last
            last, stands = step, {**stands, **step.texts}
            told |= {one.number for one in (step.brought, *step.also) if one is not None}
        left = self._left(merge_told, told)
        wanted = self._texts(self.number)
        rest: dict[str, str | None] = {one: text for one, text in wanted.items() if stands.get(one) != text}
        rest |= dict.fromkeys(stands.keys() - wanted.keys())
        if last is not None and not rest and not left:
            yield replace(last, closes=self.closed)
            return
        if last is not None:
            yield last
        yield self._itself(rest, left, merge_told)

    def _texts(self, number: int) -> dict[str, str]:
        """The Markdown of a version, by language."""
        if number not in self.record.closing:
            return {}
        return {one: self.record.texts[one].source(number) for one in self.record.closing[number].fingerprints}

    def _amended(self, told: "_ToldAgain | None", before: str | None) -> Iterator[Step]:
        """A step for each amendment that changes something when it joins those before it."""
        if told is None:
            return
        style = style_for(self.record.source_language, self.record.language)
        shared = told.shared()
        for amendment in told.standing:
            told.stepwise.join(amendment)
            text = told.stepwise.text
            if text == before:
                continue
            before = text
            also = tuple(self.record.told[number_of(key)] for key in shared.get(amendment.key, ()))
            sentences = sentences_of(amendment, told.merged.index, style)
            brought = replace(self.record.told[number_of(amendment.key)], sentences=sentences)
            yield Step(self.number, self.closed.issued.at, self.by, {self.record.source_language: text}, brought, also)

    def _left(self, told: "_ToldAgain | None", named: Collection[int]) -> tuple[Brought, ...]:
        """The amendments of which something stands and that no step told. (Of one that was adopted in part, the part
        may stand since an earlier version: the merge knows.)"""
        found = []
        for amendment, outcome in self.record.merged.get(self.number, ()):
            fate = told.merged.fates[amendment.key] if told is not None else None
            stands = outcome == Fate.ADOPTED or (outcome if fate is None else fate.value) in STANDS
            if stands and number_of(amendment.key) not in named:
                found.append(self.record.told[number_of(amendment.key)])
        return tuple(found)

    def _itself(self, texts: Mapping[str, str | None], left: tuple[Brought, ...], told: "_ToldAgain | None") -> Step:
        own = [met for met in told.merged.collisions if self._in_own_words(met.key)] if told is not None else []
        settles = sorted({number_of(key) for met in own for side in met.sides for key in side.amendments})
        return Step(
            self.number, self.closed.issued.at, self.by, texts, None, left, MADE[self.making.kind],
            self.making.facts.get("revokes"), tuple(settles), self.closed.issued.message, self.closed,
        )  # fmt: skip

    def _in_own_words(self, key: str) -> bool:
        return key in self.settled and self.settled[key].choice == OWN


@dataclass(frozen=True, slots=True)
class _ToldAgain:
    """The merge that made a version, and the edits that stand in it."""

    merged: Merged
    standing: tuple[Amendment, ...]
    stepwise: Stepwise

    def shared(self) -> dict[str, tuple[str, ...]]:
        """By amendment, the later ones that say the same words as it."""
        found: dict[str, set[str]] = {}
        first: dict[Edit, str] = {}
        for amendment in self.standing:
            for edit in amendment.edits:
                found.setdefault(first.setdefault(edit, amendment.key), set()).add(amendment.key)
        for clause in self.merged.touched.values():
            for _, origin in clause.origins if len(clause.amendments) > 1 else ():
                if origin.version == 0 and not origin.settled and len(origin.amendments) > 1:
                    found.setdefault(min(origin.amendments, key=number_of), set()).update(origin.amendments)
        return {key: tuple(sorted(others - {key}, key=number_of)) for key, others in found.items()}


def _told_again(
    record: Record, number: int, chosen: Sequence[Amendment], settlements: Settlements
) -> _ToldAgain | None:
    """The merge as it was; None where there was none, or the record does not tell it so that it could be done again."""
    if not chosen:
        return None
    law = record.texts[record.source_language].law(number - 1)
    try:
        merged = merge(law, chosen, settlements, index=indexed(law))
    except Refusal:
        logging.getLogger(__name__).warning("version %s could not be merged again", number, exc_info=True)
        return None
    stands = standing(merged, chosen, settlements)
    return _ToldAgain(merged, stands, Stepwise(law, merged.index, settlements))
