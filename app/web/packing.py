"""Compression for slow lines: a law is six times smaller on a hotel's line.

Parts of a page that stay the same are compressed once and kept (gzip is RFC 1952; what is in it, blocks that need
nothing before them among it, RFC 1951). Cookies are SameSite, so no other site can make a browser fetch a page with its
secrets and a guess in it.
"""

import gzip
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flask import Response, request

PACKED = ("text/", "application/javascript", "image/svg")
WORTH_PACKING = 1024  # bytes
HEAD = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
"""No name, no time, no system."""
END = b"\x03\x00"
"""A last block with nothing in it."""


class Part(NamedTuple):
    """Bytes of an answer, and the same as blocks of deflate."""

    plain: bytes
    packed: bytes


def part(plain: bytes, level: int = 6) -> Part:
    """Compressed by itself, to stand behind and before others."""
    packer = zlib.compressobj(level, wbits=-zlib.MAX_WBITS)
    return Part(plain, packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH))


def answer(before: bytes, parts: Sequence[Part], behind: bytes) -> Response:
    """A page of parts that are kept, between what is made for this request."""
    if not _is_wanted():
        return Response(b"".join((before, *(one.plain for one in parts), behind)), mimetype="text/html")
    response = Response(_joined([part(before, level=4), *parts, part(behind, level=4)]), mimetype="text/html")
    response.headers["Content-Encoding"] = "gzip"
    return response


def pack(response: Response) -> Response:
    """What Flask asks after each request."""
    response.vary.add("Accept-Encoding")
    if response.direct_passthrough or "Content-Encoding" in response.headers:
        return response  # a file goes out as it is kept
    if response.is_streamed and response.mimetype == "text/html" and _is_wanted():
        response.response = _as_sent(response.response)  # type: ignore[arg-type]
        response.headers["Content-Encoding"] = "gzip"
    if not (response.mimetype or "").startswith(PACKED) or response.is_streamed:
        return response
    data = response.get_data()
    if len(data) >= WORTH_PACKING and _is_wanted():
        response.set_data(gzip.compress(data, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response


def _is_wanted() -> bool:
    return request.accept_encodings.quality("gzip") > 0


def _joined(parts: Sequence[Part]) -> bytes:
    checksum = length = 0
    for plain, _ in parts:
        checksum, length = zlib.crc32(plain, checksum), length + len(plain)
    return b"".join((HEAD, *(one.packed for one in parts), END, struct.pack("<LL", checksum, length % 2**32)))


def _as_sent(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A page that is sent while it is packed. Its head goes out at once; of the rest speed counts as much as size."""
    packer = zlib.compressobj(level=4, wbits=zlib.MAX_WBITS | 16)
    for number, piece in enumerate(pieces):
        for start in range(0, len(piece), 1 << 16):
            yield packer.compress(piece[start : start + (1 << 16)])
        if number == 0:
            yield packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
