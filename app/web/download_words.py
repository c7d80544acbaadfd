"""What every format is called on the page of files, what it is, and for whom; and in which order they stand."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.errors import Refusal
from app.services.pages_downloads import FormatLine
from app.web.translating import _

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("read", ("html", "pdf", "docx", "markdown")),
    ("compare", (
        "docx-redline", "pdf-redline", "docx-comparison", "pdf-comparison", "act-en", "act-ru", "act-ky",
    )),
    ("talk", (
        "pdf-brackets", "docx-disagreements", "amendments-xlsx", "amendments-csv", "comments-csv", "positions-csv",
    )),
    ("records", ("record-docx", "record-pdf", "note-docx", "note-pdf")),
    ("machines", ("akn", "akn-amendments", "json", "git")),
    ("everything", ("bundle",)),
)  # fmt: skip
"""Every format stands in one of them."""


@dataclass(frozen=True, slots=True)
class Said:
    """`what` says in a sentence what a format is, and for whom."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    name: str
    what: str
    lines: tuple[FormatLine, ...]

    @property
    def refusal(self) -> Refusal | None:
        """Why none of it can be had, where that is the same for all."""
        said = {str(line.refusal) if line.refusal else "" for line in self.lines}
        return self.lines[0].refusal if len(said) == 1 else None


def groups(lines: Iterable[FormatLine]) -> list[Group]:
    """The formats as they stand on the page; groups in which there is none are left out."""
    known = {line.name: line for line in lines}
    names = _group_names()
    found = [
        Group(key, names[key].name, names[key].what, tuple(known[name] for name in members if name in known))
        for key, members in GROUPS
    ]
    return [group for group in found if group.lines]


def _group_names() -> dict[str, Said]:
    return {
        "read": Said(_("To read"), _("The text of the version, nothing marked.")),
        "compare": Said(_("To see what changes"), _("The version marked up against another one.")),
        "talk": Said(_("What is on the table"), _("What was proposed, said and decided up to now.")),
        "records": Said(_("Records and note"), _("What goes to those who were not there.")),
        "machines": Said(_("For programs"), _("For parliaments' systems and for people who check.")),
        "everything": Said(_("Everything at once"), _("For a USB stick, or to be kept.")),
    }


def said(name: str) -> Said:
    """Raises KeyError for a format that nothing is said about."""
    return {**_texts(), **_comparisons(), **_lists(), **_others()}[name]


def _texts() -> dict[str, Said]:
    return {
        "html": Said(
            _("One page for the browser"),
            _("One file that opens anywhere without a network and prints well. For reading on the way."),
        ),
        "pdf": Said(
            _("PDF"), _("As it is printed, with bookmarks and for screen readers too. For the file and the archive.")
        ),
        "docx": Said(
            _("Word document"), _("With styles, a table of contents and the fingerprint. For work in a ministry.")
        ),
        "markdown": Said(
            _("Source text (Markdown)"),
            _("The text as it is kept, byte for byte: its checksum is the fingerprint of the version. For checking."),
        ),
    }  # fmt: skip


def _comparisons() -> dict[str, Said]:
    act = _("The instructions by which an amending act would make these changes. For whoever drafts that act.")
    return {
        "docx-redline": Said(
            _("Redline for Word"),
            _("Real tracked changes by institution, with the comments: accept or reject them in Word."),
        ),
        "pdf-redline": Said(
            _("Redline as PDF"), _("What came is underlined, what went is struck. For reading and printing.")
        ),
        "docx-comparison": Said(
            _("Comparison table for Word"),
            _("Text in force and proposed text beside each other, with the justification. For a cover letter."),
        ),
        "pdf-comparison": Said(
            _("Comparison table as PDF"), _("The same table, ready to be printed.")
        ),
        "act-en": Said(_("Amending act in English"), act),
        "act-ru": Said(_("Amending act in Russian"), act),
        "act-ky": Said(_("Amending act in Kyrgyz"), act),
    }  # fmt: skip


def _lists() -> dict[str, Said]:
    return {
        "pdf-brackets": Said(
            _("Text with brackets, as PDF"),
            _("Proposed words stand in brackets, each with who proposes them. For the table of a negotiation."),
        ),
        "docx-disagreements": Said(
            _("Table of disagreements"),
            _("Every proposal by clause with institution, reason and decision. For the government's file."),
        ),
        "amendments-csv": Said(
            _("Amendments as a table (CSV)"), _("Every amendment with its words, its reason and what became of it.")
        ),
        "amendments-xlsx": Said(
            _("Amendments, comments and positions as a workbook"), _("For Excel and LibreOffice: sort, filter, count.")
        ),
        "comments-csv": Said(
            _("Comments as a table (CSV)"), _("Every comment and reply, with the clause and the words it is about.")
        ),
        "positions-csv": Said(
            _("Positions as a table (CSV)"), _("What each institution said about which clause, and whether it counts.")
        ),
    }  # fmt: skip


def _others() -> dict[str, Said]:
    note = _("A skeleton filled with what is known, to be completed. For sending the draft on.")
    record = _("The last record that was issued on this version, in this language. For the file.")
    return {
        "record-docx": Said(_("Record for Word"), record),
        "record-pdf": Said(_("Record as PDF"), record),
        "note-docx": Said(_("Explanatory note for Word"), note),
        "note-pdf": Said(_("Explanatory note as PDF"), note),
        "akn": Said(
            _("Akoma Ntoso"), _("The text as XML of the OASIS standard. For systems of parliaments and of gazettes.")
        ),
        "akn-amendments": Said(
            _("Amendments in Akoma Ntoso"), _("The amendments as an amendment list of the same standard.")
        ),
        "json": Said(
            _("JSON"), _("Text, amendments, comments and positions with a published schema. For programmers.")
        ),
        "git": Said(
            _("Git repository"),
            _("Every version and every amendment with its institution: “git clone” takes the file as it is."),
        ),
        "bundle": Said(
            _("Everything as one ZIP file"),
            _("All formats in all languages with an index that opens offline, and the checksums. For a USB stick."),
        ),
    }  # fmt: skip


def doing(name: str) -> str:
    """What is being made for a file that consists of others."""
    try:
        return said(name).name
    except KeyError:
        return name
