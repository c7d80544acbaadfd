"""Answers put together of parts that were compressed before."""

import gzip
import zlib

import pytest
from flask import Flask

from app.web.packing import answer, part

PARTS = [part(f"<p>Words of part {number}, ünd sø ön.</p>\n".encode() * number) for number in (0, 1, 40, 3000)]
WHOLE = b"<html>" + b"".join(one.plain for one in PARTS) + b"</html>"


def made(accepted: str) -> tuple[bytes, str | None]:
    with Flask("any").test_request_context(headers={"Accept-Encoding": accepted}):
        response = answer(b"<html>", PARTS, b"</html>")
        return response.get_data(), response.headers.get("Content-Encoding")


def test_parts_compressed_by_themselves_are_one_answer() -> None:
    packed, encoding = made("gzip, deflate, br")
    assert encoding == "gzip"
    assert gzip.decompress(packed) == WHOLE
    assert len(packed) < len(WHOLE) / 20


def test_the_checksum_is_of_all_parts() -> None:
    packed, _ = made("gzip")
    assert packed[-8:] == zlib.crc32(WHOLE).to_bytes(4, "little") + len(WHOLE).to_bytes(4, "little")


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0", "br"])
def test_whoever_cannot_read_it_compressed_has_it_plain(accepted: str) -> None:
    assert made(accepted) == (WHOLE, None)


def test_a_part_needs_nothing_before_it() -> None:
    assert zlib.decompressobj(-zlib.MAX_WBITS).decompress(PARTS[2].packed) == PARTS[2].plain
