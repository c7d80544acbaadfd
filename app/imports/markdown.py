"""A file's bytes as the text of a law."""

from app.domain.errors import Invalid

LARGEST_BYTES = 10 * 1024 * 1024
"""The largest law that is read: eight times the French Code civil."""


class NotALaw(Invalid):
    """A file that cannot be used, and why."""


def read_text(data: bytes) -> str:
    """The text, line ends as they are. Raises NotALaw for what is too large, not UTF-8, empty, or no text."""
    if len(data) > LARGEST_BYTES:
        size = f"{len(data) / 1024 / 1024:.0f} MB"
        raise NotALaw(f"The file has {size}; the largest that is read is {LARGEST_BYTES // 1024 // 1024} MB.")
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
