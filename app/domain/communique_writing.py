"""A communiqué: what the workshop came to in half a dozen sentences, for those who were not there."""

from collections.abc import Callable

from app.domain.record_facts import RecordFacts
from app.domain.record_words import RecordWords, day, listed


def communique(facts: RecordFacts, words: RecordWords, plain: Callable[[str], str]) -> list[str]:
    """The sentences; `plain` makes somebody's words safe to stand in Markdown."""
    said, counts = words.communique, facts.counts
    left = counts.contested + counts.other
    agreed = said.agreed(counts.agreed) + (said.provisional(counts.ad_referendum) if counts.ad_referendum else "")
    waiting = sum(one.settled is None for one in facts.matters)
    first = [_met(facts, words, plain), _took_part(facts, words, plain)]
    second = [
        said.discussed.format(version=facts.version, clauses=said.clauses(counts.total)), f"{agreed}.",
        said.left(left) if left else said.nothing_left, said.matters(waiting) if waiting else "",
    ]  # fmt: skip
    paragraphs = [" ".join(filter(None, part)) for part in (first, second, [said.thanks])]
    head = [f"# {words.titles['communique']}", "", words.on_draft.format(draft=plain(facts.draft)), ""]
    return [*head, *(line for paragraph in paragraphs for line in (paragraph, ""))][:-1]


def _met(facts: RecordFacts, words: RecordWords, plain: Callable[[str], str]) -> str:
    said = words.communique
    days = sorted({at.date() for one in facts.sessions for at in (one.opened_at, one.closed_at or one.opened_at)})
    first, last = day(words, days[0]), day(words, days[-1])
    when = said.on_day.format(day=first) if first == last else words.span.format(first=first, last=last)
    places = list(dict.fromkeys(plain(one.place) for one in facts.sessions if one.place.strip()))
    where = said.where.format(places=listed(words, places)) if places else ""
    sessions = said.sessions(len(facts.sessions))
    return said.met.format(draft=plain(facts.draft), where=where, when=when, sessions=sessions)


def _took_part(facts: RecordFacts, words: RecordWords, plain: Callable[[str], str]) -> str:
    """Institutions by name, each once; where they may not be named, how many there were at the most."""
    said = words.communique
    names = dict.fromkeys(plain(who.name) for one in facts.sessions for who in one.participants if who.name)
    if names:
        return said.took_part.format(names=listed(words, list(names)))
    counts = [sum(who.count for who in one.participants if who.seat) for one in facts.sessions]
    return said.took_part_count(max(counts)) if any(counts) else ""
