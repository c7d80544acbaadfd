"""What commits and tags say: a subject, the sentences of change, the reasons, and lines that programs read (see
git-interpret-trailers(1)). These are always the last paragraph, so that nobody's words are taken for one of them."""

import re
from collections.abc import Iterable, Iterator

from app.exports.document import Party
from app.exports.git_bundle_people import on_one_line, signature
from app.exports.git_bundle_words import words_for
from app.exports.history import Brought, Closed, History, Step

LONGEST_SUBJECT = 100
MOST_SENTENCES = 2_000
"""Characters of sentences of change; what is longer is seen in the commit itself."""
NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CUT = re.compile(r"^(?=-{3}|diff |Index: )", re.MULTILINE)
"""What programs take for the end of a message, or the beginning of a change."""


def commit_message(step: Step, language: str) -> bytes:
    """What a step is, why, and whose."""
    if step.brought is None:
        subject = words_for(language).subjects[step.how].format(number=step.version, revokes=step.revokes)
        return _message([subject, _text(step.message)], _version_trailers(step, language))
    return _message(_paragraphs(step.brought, language), _trailers(step, step.brought, language))


def version_message(closed: Closed, history: History) -> bytes:
    """The tag of a version: what was said when it was issued, and the fingerprints of its files."""
    subject = words_for(history.language).subjects["imported"].format(number=closed.issued.number)
    files = [f"SHA-256 ({history.slug}.{one}.md) = {sha256}" for one, sha256 in sorted(closed.fingerprints.items())]
    return _message([f"{subject}: {on_one_line(history.title)}", _text(closed.issued.message)], files)


def publication_message(number: int, closed: Closed, language: str) -> bytes:
    subject = words_for(language).publication.format(number=number, version=closed.issued.number)
    return _message([subject], [])


def _paragraphs(brought: Brought, language: str) -> Iterator[str]:
    """Number and title, or the first sentence where it has none; the title once more where it is cut; all sentences;
    the reasons."""
    amendment = words_for(language).amendment.format(number=brought.number)
    title = on_one_line(brought.title)
    subject = ": ".join(filter(None, (amendment, title or on_one_line("".join(brought.sentences[:1])))))
    yield subject if len(subject) <= LONGEST_SUBJECT else f"{subject[: LONGEST_SUBJECT - 1]}…"
    yield title if len(subject) > LONGEST_SUBJECT else ""
    sentences = "\n".join(_text(sentence) for sentence in brought.sentences)
    yield sentences if len(sentences) <= MOST_SENTENCES else ""
    yield _text(brought.rationale)


def _trailers(step: Step, brought: Brought, language: str) -> Iterator[str]:
    for one in (brought, *step.also):
        yield f"Amendment: A{one.number}"
        if one.party is not None:
            yield f"Institution: {on_one_line(one.party.code)}"
    authors = [one.author for one in (brought, *step.also) if one.author]
    yield from (f"Proposed-by: {on_one_line(author)}" for author in authors)
    parties = [*brought.sponsors, *(party for one in step.also for party in one.parties)]
    yield from _co_authors((party for party in parties if party != brought.party), language)
    yield f"Version: {step.version}"


def _version_trailers(step: Step, language: str) -> Iterator[str]:
    yield from (f"Settles: A{number}" for number in step.settles)
    yield from (f"Amendment: A{one.number}" for one in step.also)
    yield from _co_authors((party for one in step.also for party in one.parties), language)
    yield f"Version: {step.version}"


def _co_authors(parties: Iterable[Party], language: str) -> Iterator[str]:
    for party in dict.fromkeys(parties):
        yield f"Co-authored-by: {signature(party, language, issuing=False).decode()}"


def _message(paragraphs: Iterable[str], last: Iterable[str]) -> bytes:
    told = [paragraph for paragraph in (*paragraphs, "\n".join(last)) if paragraph]
    return ("\n\n".join(told) + "\n").encode()


def _text(words: str) -> str:
    """What somebody wrote, as lines that mean nothing to programs."""
    lines = (line.rstrip() for line in NO_TEXT.sub(" ", words.replace("\r\n", "\n")).splitlines())
    return CUT.sub(" ", "\n".join(lines).strip("\n"))
