"""What happened to a draft, as its page of activity shows it: an event a line, newest first."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from app.services.pages import DraftHead, InstitutionMark
from app.services.pages_news import NewsLine


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show, as it was typed; empty is all. `before` and `after` are numbers of events: where a page begins."""

    group: str = ""
    institution: str = ""
    clause: str = ""
    amendment: str = ""
    since: str = ""
    until: str = ""
    before: int = 0
    after: int = 0

    @property
    def typed(self) -> dict[str, str]:
        """The filters that narrow, as they stand in an address."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, str) and value}


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """One event. `news` is what its sentence is made of; `is_news`: it has one among the news. `hash` is empty where it
    could tell whom the attribution hides. `member` and `body` are whom it is about, where they may be named."""

    number: int
    kind: str
    group: str
    news: NewsLine
    is_news: bool
    hash: str
    member: str = ""
    body: InstitutionMark | None = None
    record: int = 0
    is_gone: bool = False  # the amendment that it is about was given up

    @property
    def at(self) -> datetime:
        return self.news.at


@dataclass(frozen=True, slots=True)
class ActivityDay:
    day: date
    lines: tuple[ActivityLine, ...]


@dataclass(frozen=True, slots=True)
class ChainLine:
    """One event with what the record holds of it, as far as the attribution lets it be told."""

    line: ActivityLine
    user_id: int | None
    institution_id: int | None
    facts: dict[str, object]
    previous_hash: str


@dataclass(frozen=True, slots=True)
class Of:
    """The draft, as the sentences of the news ask for it."""

    slug: str
    language: str


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """`found` are all events asked for, `total` all that the reader may see. `unread` names the filters that could not
    be read; then nothing is shown."""

    draft: DraftHead
    asked: Asked
    unread: tuple[str, ...]
    institutions: tuple[InstitutionMark, ...]  # to choose from
    days: tuple[ActivityDay, ...]
    found: int
    newer: int  # from which number newer ones begin; 0: there are none
    older: int
    first_day: date | None
    last_number: int
    last_hash: str
    may_export_chain: bool

    @property
    def of(self) -> Of:
        return Of(self.draft.slug, self.draft.language)
