"""Forms with files as bytes: the test client lays long ones into files of its own, which it does not close."""

from collections.abc import Iterable

KIND = "multipart/form-data; boundary=zqx-boundary"
Part = tuple[str, str | None, bytes]
"""Name of the field, name of the file where it is one, what is in it."""


def multipart(parts: Iterable[Part]) -> bytes:
    """The body of such a form (RFC 7578)."""
    return b"".join(map(_part, parts)) + b"--zqx-boundary--\r\n"


def _part(part: Part) -> bytes:
    name, file_name, data = part
    said = f'Content-Disposition: form-data; name="{name}"' + ("" if file_name is None else f'; filename="{file_name}"')
    return b"--zqx-boundary\r\n" + said.encode() + b"\r\n\r\n" + data + b"\r\n"
