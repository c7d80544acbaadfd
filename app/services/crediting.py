"""Who is behind a change: of words that came their origins say it, of what went or was moved the edits of the
amendments that versions in between took up."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.domain.provenance import Origin
from app.exports.document import NOBODY, Backing
from app.services.pages import AmendmentLine, ChangeLine
from app.store.amendments import number_of

Asked = tuple[int, ChangeLine]
"""The number of an amendment, and what it asked of one clause."""


@dataclass(frozen=True, slots=True)
class Credits:
    """`backings` by number of amendment; `taken_up` what those asked, by clause, that were adopted between the two
    versions; `dates` of all versions; `otherwise` stands behind what nobody proposed: the version itself."""

    backings: Mapping[int, Backing] = field(default_factory=dict)
    taken_up: Mapping[str, Sequence[Asked]] = field(default_factory=dict)
    dates: Mapping[int, datetime] = field(default_factory=dict)
    otherwise: Backing = NOBODY

    def of_words(self, origin: Origin) -> Backing:
        """Behind words that came."""
        found = [self.backings[n] for n in map(number_of, origin.amendments) if n in self.backings]
        if found:
            return joined(found, self._itself(origin.version))
        return self._itself(origin.version)

    def of_removal(self, clause_id: str, text: str) -> Backing:
        """Behind words that went: who asked for just these to go, else for a change of the clause."""
        asked = [one for one in self.taken_up.get(clause_id, ()) if one[1].kind in ("replace_words", "restate")]
        exact = [number for number, change in asked if _takes(change, text)]
        return self._behind(exact or [number for number, _ in asked])

    def of_deed(self, clause_ids: Iterable[str], kind: str) -> Backing:
        """Behind a deletion, move or other number of a clause; `clause_ids`: the clause, then those it stands in."""
        for clause_id in clause_ids:
            asked = [number for number, change in self.taken_up.get(clause_id, ()) if change.kind == kind]
            if asked:
                return self._behind(asked)
        return self.otherwise

    def _behind(self, numbers: Collection[int]) -> Backing:
        found = [self.backings[number] for number in sorted(set(numbers))]
        return joined(found, self.otherwise) if found else self.otherwise

    def _itself(self, version: int) -> Backing:
        """A version behind words that nobody proposed."""
        return Backing((), (), self.dates.get(version, self.otherwise.at), version or self.otherwise.version)


def _takes(change: ChangeLine, text: str) -> bool:
    gone = text.strip()
    return any(span.op == "-" and (gone in span.text or span.text.strip() in gone) for span in change.spans)


def taken_up(lines: Iterable[AmendmentLine], since: int, until: int) -> dict[str, list[Asked]]:
    """What the amendments asked that versions after `since` up to `until` adopted, by clause."""
    found: dict[str, list[Asked]] = {}
    for line in lines:
        settled = line.settled_version if line.settled_version is not None else line.partly_since
        if settled is None or not since < settled <= until or line.state == "not_adopted":
            continue
        for change in line.changes:
            if change.clause_id is not None:
                found.setdefault(change.clause_id, []).append((line.number, change))
    return found


def joined(found: Sequence[Backing], itself: Backing) -> Backing:
    """Several that stand behind one change, each institution once. The date is the last one's, and where the time of a
    contribution is not told that of the version which made the change."""
    numbers = tuple(sorted({number for one in found for number in one.amendments}))
    parties = tuple(dict.fromkeys(party for one in found for party in one.parties))
    at = max((one.at for one in found if one.at), default=itself.at)
    return Backing(numbers, parties, at, itself.version)
