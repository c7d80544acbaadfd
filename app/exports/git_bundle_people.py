"""How institutions are named as authors in a repository. No address of a person leaves the house; those of institutions
end in `.invalid`, which no mail ever reaches (RFC 2606)."""

import re

from app.exports.document import Party
from app.exports.git_bundle_words import words_for
from app.exports.words import words_for as captions_for

DOMAIN = "institutions.invalid"
ISSUER, SOMEBODY = "secretariat", "participant"
MARKS = str.maketrans({"<": "‹", ">": "›"})
"""What ends a name in Git."""
CRUD = " .,:;\"'\\"
"""What Git takes off the ends of a name."""


def signature(party: Party | None, language: str, *, issuing: bool) -> bytes:
    """Name and address of an institution; where none is known or may be named, of somebody who took part, or of those
    who issued a version."""
    somebody = captions_for(language).participant
    if party is not None:
        name = on_one_line(str(party)).translate(MARKS).strip(CRUD)
        return f"{name or somebody} <{address(party)}>".encode()
    return (
        f"{words_for(language).secretariat} <{ISSUER}@{DOMAIN}>".encode()
        if issuing
        else f"{somebody} <{SOMEBODY}@{DOMAIN}>".encode()
    )


def address(party: Party) -> str:
    """`mvd@institutions.invalid`."""
    return f"{re.sub(r'[^a-z0-9-]', '', party.code.lower()) or 'institution'}@{DOMAIN}"


def on_one_line(text: str) -> str:
    """A text without line ends and control characters."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text).split())
