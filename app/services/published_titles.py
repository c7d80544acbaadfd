"""What the title pages of a new publication say before anybody has written them."""

from sqlalchemy.orm import Session

from app.services.pages_publications import TitlePage
from app.store import publications
from app.store.drafts import Version
from app.store.memberships import Entry

KINDS = {"en": "Draft law", "ru": "Проект закона", "ky": "Мыйзам долбоору"}
"""What is published, in the language of the text; others get English."""


def title_pages(session: Session, entry: Entry, version: Version) -> tuple[TitlePage, ...]:
    """One for every language the version is written in, the draft's own first: the title of the law, and what the last
    publication said of the rest."""
    draft = entry.draft
    titles = publications.titles_in(session, draft.id, version.number)
    written = sorted(publications.sources_of(session, version.id), key=lambda one: (one != draft.language, one))
    before = {text.language: text for text in publications.last_texts(session, draft.id)}
    pages = []
    for language in written:
        own = draft.title if language == draft.language else ""
        title = " ".join((titles.get(language) or own or draft.title).split())
        kind = KINDS.get(language, KINDS["en"])
        last = before.get(language)
        pages.append(
            TitlePage(language, title, last.kind or kind, last.issuer, last.place)
            if last else TitlePage(language, title, kind)
        )  # fmt: skip
    return tuple(pages)
