"""A checkpoint: what the record of a draft was up to an event, on paper or in a letter, to be checked against later.

The hash of an event covers every event before it. Whoever holds a checkpoint can tell that nothing of what was recorded
up to it was altered, even by whoever administers the database.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.errors import Invalid


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The event `number` of a draft had this hash; `texts` are the versions until then with their fingerprints."""

    draft: str
    number: int
    hash: str
    texts: tuple[tuple[int, str], ...] = ()


class NoCheckpoint(Invalid):
    def __init__(self) -> None:
        super().__init__(
            "This is no checkpoint: expected the number of an event and its hash of 64 characters, as they are printed."
        )


class OfAnotherDraft(Invalid):
    def __init__(self, slug: str) -> None:
        super().__init__(f"This checkpoint is of another draft: {slug}.")
        self.slug = slug


HASH = re.compile(r"[0-9a-f]{64}")
SPACED = re.compile(r"[0-9a-fA-F]{8}(?:\s+[0-9a-fA-F]{8}){7}")
NUMBER = re.compile(r"(?<![0-9a-fA-F])\d{1,9}(?![0-9a-fA-F])")
LONGEST, LARGEST_NUMBER = 200_000, 2**31 - 1


def in_eights(sha256: str) -> str:
    """A hash in groups of eight, as people read it aloud and compare it on paper."""
    return " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8))


def written(checkpoint: Checkpoint, now: datetime) -> str:
    """The checkpoint as a text that can be printed, sent, and read again by `read`."""
    lines = [
        "Checkpoint of the record of a draft law",
        f"draft: {checkpoint.draft}",
        f"event: {checkpoint.number}",
        f"hash: {in_eights(checkpoint.hash)}",
        *(f"version {number}: {in_eights(sha256)}" for number, sha256 in checkpoint.texts),
        f"made: {now.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
    ]
    return "\n".join(lines) + "\n"


def read(typed: str) -> tuple[str | None, int, str]:
    """The draft, the number and the hash that a checkpoint names: as `written`, or a number and a hash alone.

    Raises NoCheckpoint.
    """
    if len(typed) > LONGEST:
        raise NoCheckpoint
    plain = SPACED.sub(lambda found: "".join(found.group().split()), typed.replace("\0", ""))
    draft = re.search(r"^\s*draft:\s*(\S+)", plain, re.MULTILINE)
    event = re.search(r"^\s*event:\s*(\d{1,9})\b", plain, re.MULTILINE)
    hashes = HASH.findall(plain.lower())
    number = event.group(1) if event else _alone(plain)
    if not hashes or number is None:
        raise NoCheckpoint
    if int(number) > LARGEST_NUMBER:
        raise NoCheckpoint
    return (draft.group(1) if draft else None), int(number), hashes[0]


def _alone(plain: str) -> str | None:
    numbers = NUMBER.findall(HASH.sub(" ", plain.lower()))
    return numbers[0] if len(numbers) == 1 else None
