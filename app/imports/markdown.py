"""A file's bytes as the text of a law."""

from app.domain.errors import Invalid
from app.domain.largest import LARGEST_BYTES, MEGABYTE, MOST_LINES


class NotALaw(Invalid):
    """A file that cannot be used, and why."""


def read_text(data: bytes) -> str:
    """The text, line ends as they are. Raises NotALaw for what is too large or has too many lines, is not
    UTF-8, empty, or no text."""
    if len(data) > LARGEST_BYTES:
        size = f"{len(data) / MEGABYTE:.0f} MB"
        raise NotALaw(f"The file has {size}; the largest that is read is {LARGEST_BYTES // MEGABYTE} MB.")
    lines = max(data.count(b"\n"), data.count(b"\r"))
    if lines > MOST_LINES:
        raise NotALaw(
            f"The file has {lines} lines; the most that are read is {MOST_LINES}. Divide it into several drafts."
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise NotALaw(f"The file is not UTF-8: byte {error.start + 1}, in line {line}. Save it as UTF-8.") from error
    if not text.removeprefix("\ufeff").strip():
        raise NotALaw("The file is empty: there is no text in it.")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise NotALaw(f"The file has a null character in line {line}; it does not seem to be a text.")
    return text
