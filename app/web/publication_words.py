"""What the pages of publications call things."""

from collections.abc import Iterator

from app.services.pages_publications import PublicationPage, TitlePage
from app.web import words
from app.web.download_words import said
from app.web.filters import day
from app.web.translating import N_, _, one_of


def visibility(value: str) -> str:
    return one_of(
        value,
        {
            "public": N_("everybody"),
            "link": N_("whoever has the link"),
            "members": N_("members of the draft"),
        },
    )


def visibility_help(value: str) -> str:
    return one_of(
        value,
        {
            "public": N_("Open to everybody, without signing in, and found by search engines."),
            "link": N_("Open to everybody to whom you give its address, which nobody can guess."),
            "members": N_("Open to those who may read this draft."),
        },
        "",
    )


def format_name(value: str) -> str:
    """A format as people know it."""
    try:
        return said(value).name
    except KeyError:  # of a publication from before the format was given up
        return value


def format_help(value: str) -> str:
    """What is to be known of a format before it is chosen."""
    return one_of(
        value,
        {
            "markdown": N_("The source itself, character for character. It is always there."),
            "html": N_("One file that can be read and printed without a network."),
            "docx": N_("For work in ministries."),
            "pdf": N_("For the file and the archive."),
            "akn": N_("XML for the systems of parliaments and gazettes."),
        },
        "",
    )


def published(version: int, visibility: str) -> str:
    """What is said when a version was published."""
    return {
        "public": _("Version %(number)s is published. Everybody may read it at this address.", number=version),
        "link": _("Version %(number)s is published. Whoever has the link may read it.", number=version),
        "members": _("Version %(number)s is published for the members of the draft.", number=version),
    }[visibility]


def opened(visibility: str) -> str:
    return {
        "public": _("Everybody may read it from now on."),
        "link": _("Whoever has the link may read it from now on."),
        "members": _("Only the members of the draft may read it from now on."),
    }[visibility]


def size(byte_count: int) -> str:
    """How large a file is, as people say it."""
    if byte_count < 1000:
        return _("%(count)s bytes", count=byte_count)
    kilobytes = (byte_count + 500) // 1000
    if kilobytes < 1000:
        return _("%(count)s KB", count=kilobytes)
    return _("%(count)s MB", count=f"{byte_count / 1_000_000:.1f}")


def meaning(value: str) -> str:
    """What an institution said of clauses, in one word or two."""
    more = {"lapsed": _("spoke of an earlier text"), "nothing": _("said nothing")}
    return more.get(value) or words.meaning(value)


def citation(page: PublicationPage, address: str) -> str:
    """How to cite a publication: issuer, title, what it is, number and day, address, fingerprint."""
    return "".join(_cited(page.title_page, page, address))


def _cited(title: TitlePage, page: PublicationPage, address: str) -> Iterator[str]:
    if title.issuer:
        yield f"{title.issuer}. "
    yield f"{title.title}"
    yield f". {title.kind}" if title.kind else ""
    number = _("Publication %(number)s (version %(version)s)", number=page.number, version=page.line.version)
    yield f". {number}, {day(page.line.published_at)}. {words.law_language(title.language)}. {address} "
    yield f"SHA-256 {page.source_sha256}"
