"""What the pages of publications show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.services.pages import ClauseLine, DraftHead, VersionHead

VISIBILITIES = ("public", "link", "members")
"""From the widest to the narrowest: who may read a publication."""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What stands at the head of a publication in one language; all but the title may be empty."""

    language: str
    title: str
    kind: str = ""  # what it is and how far: “Draft law, second reading”
    issuer: str = ""
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody publishes: to whom, in which languages, in which formats, under which title pages (by language).

    `expected` is the number of the last publication that they saw; None where nobody looked.
    """

    visibility: str = ""
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    title_pages: Mapping[str, TitlePage] = field(default_factory=dict)
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class PublicationFile:
    language: str
    format: str
    file_name: str
    media_type: str
    byte_count: int
    sha256: str
    visibility: str  # of its publication


@dataclass(frozen=True, slots=True)
class PublicationLine:
    """A publication in a list. `newer` is the number of the one that takes its place, for this reader."""

    number: int
    version: int
    published_at: datetime
    title: str
    kind: str
    language: str  # of the title
    languages: tuple[str, ...]
    visibility: str
    former: int | None = None
    newer: int | None = None
    withdrawn_at: datetime | None = None
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True)
class AgreedBy:
    """What an institution said when it was published: on how many clauses what, by what it means (and `nothing`,
    `lapsed`: given on an earlier text)."""

    code: str
    name: str
    kind: str  # full, advisory
    said: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AgreementThen:
    """How far agreement was when it was published: clauses by state. No institutions where nobody may be named."""

    states: Mapping[str, int]
    institutions: tuple[AgreedBy, ...] = ()

    @property
    def clauses(self) -> int:
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class IssuedVersion:
    """A version in the way to the publication, and the publication that issued it, as far as the reader may see it."""

    number: int
    created_at: datetime
    sha256: str
    publication: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a fingerprint was found to be: files of this publication, and of others as (slug, number, file name)."""

    sha256: str
    here: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """A publication in one of its languages. `token`: of its address by link, for those who may hand it on, and for
    those who came by it; `manages`: may change who reads it, and withdraw it. `is_member`: may read the draft."""

    slug: str
    draft_title: str
    line: PublicationLine
    title_page: TitlePage
    title_pages: tuple[TitlePage, ...]
    source_sha256: str
    clauses: tuple[ClauseLine, ...]
    front_matter: tuple[tuple[str, str], ...]
    files: tuple[PublicationFile, ...]
    versions: tuple[IssuedVersion, ...]
    agreement: AgreementThen | None
    token: str | None = None
    by_link: bool = False
    is_member: bool = False
    manages: bool = False
    checked: Checked | None = None

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def language(self) -> str:
        return self.title_page.language

    @property
    def files_here(self) -> tuple[PublicationFile, ...]:
        """Those in the language that is read."""
        return tuple(file for file in self.files if file.language == self.language)


@dataclass(frozen=True, slots=True)
class PublicationsPage:
    """The publications of a draft that somebody may see, newest first. `to_publish`: a version that may be issued."""

    slug: str
    title: str
    language: str
    lines: tuple[PublicationLine, ...]
    is_member: bool
    to_publish: int | None = None


@dataclass(frozen=True, slots=True)
class FormatOffered:
    """`against`: the number of the publication that it compares with."""

    name: str
    against: int | None = None
    languages: tuple[str, ...] = ()  # in which it can be made


@dataclass(frozen=True, slots=True)
class PublishingPage:
    """The form to publish a version. `taken`: the languages in which it is published already, with the number."""

    draft: DraftHead
    version: VersionHead
    number: int  # that it will have
    title_pages: tuple[TitlePage, ...]
    taken: Mapping[str, int]
    formats: tuple[FormatOffered, ...]
    former: PublicationLine | None
    attribution: str
