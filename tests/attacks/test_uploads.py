"""Files that are sent: bombs, references to other files and hosts, what only looks like text. Each is answered by a
sentence, in little memory, and nothing is stored or fetched."""

import io
import socket
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.sending import KIND, multipart
from tests.product import LAW, PUBLISH, SLUG, Copies, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

PEOPLE, DRAFTS, CHECK = f"{LAW}/members/invitations/list", "/administration/drafts", f"/publications/{SLUG}/1/check"
MEGABYTES = 1 << 20
MOST_MEMORY = 48 * MEGABYTES
"""What may be allocated for the largest upload (16 MB), as bytes and as text, whatever is in it."""


@pytest.fixture(scope="module")
def office(demonstration: Copies) -> Iterator[tuple[Flask, FlaskClient]]:
    """Version 1 is published. Nothing may be stored here."""
    with demonstration() as app:
        facilitator = signed_in(app, "facilitator")
        assert facilitator.post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        yield app, facilitator


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in files.items():
            container.writestr(name, data)
    return out.getvalue()


def many_entries() -> bytes:
    """A ZIP whose directory names 100,000 files."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 33, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    directory = entry * 100_000
    return directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(directory), 0, 0)


def lying(data: bytes) -> bytes:
    """A ZIP that says of its first file that it has four gigabytes, and that it is encrypted."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 8] + struct.pack("<H", 1) + data[at + 10 : at + 20] + b"\xff\xff\xff\xfe" * 2 + data[at + 28 :]


LAUGHS = b"<!DOCTYPE l [<!ENTITY a0 'ha'>" + b"".join(
    b"<!ENTITY a%d '%s'>" % (at, b"&a%d;" % (at - 1) * 10) for at in range(1, 12)
) + b"]><w:document xmlns:w='x'>&a11;</w:document>"  # fmt: skip
OUTSIDE = (
    b"<!DOCTYPE x SYSTEM 'http://127.0.0.1:{port}/a.dtd' [<!ENTITY % p SYSTEM 'http://127.0.0.1:{port}/p'>%p;"
    b"<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x xmlns:xi='http://www.w3.org/2001/XInclude'>&e;"
    b"<xi:include href='file:///etc/passwd' parse='text'/></x>"
)
RELATIONS = (
    b"<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='1' "
    b"Type='http://x/attachedTemplate' Target='http://127.0.0.1:{port}/x.dotm' TargetMode='External'/></Relationships>"
)


def files(port: int) -> dict[str, bytes]:
    bomb = zipped({"word/document.xml": b"\0" * (64 * MEGABYTES)})
    outside, relations = (one.replace(b"{port}", str(port).encode()) for one in (OUTSIDE, RELATIONS))
    return {
        "bomb.docx": bomb,
        "nested.zip": zipped({"inner.zip": zipped({"inner.zip": bomb})}),
        "entries.xlsx": many_entries(),
        "lying.docx": lying(zipped({"word/document.xml": b"<w/>"})),
        "laughs.docx": zipped({"word/document.xml": LAUGHS, "[Content_Types].xml": LAUGHS}),
        "outside.docx": zipped({"word/document.xml": outside, "word/_rels/settings.xml.rels": relations}),
        "outside.xlsx": zipped({"xl/workbook.xml": outside, "xl/externalLinks/externalLink1.xml": outside}),
    }


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Where nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        yield server


NO_COLUMN, NO_TEXT = "The first line names the columns: one of them is “name”", "The file is not UTF-8: byte"


def send(client: FlaskClient, path: str, data: bytes, name: str, **fields: str) -> Any:
    parts = [("file", name, data), *((field, None, value.encode()) for field, value in fields.items())]
    return client.post(path, data=multipart(parts), content_type=KIND)


def measured(deed: Callable[[], Any]) -> tuple[Any, int]:
    """What came of it, and how many bytes were allocated at most."""
    tracemalloc.start()
    try:
        return deed(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_packed_files_and_what_is_in_them_are_never_opened(
    office: tuple[Flask, FlaskClient], listening: socket.socket
) -> None:
    """No upload is unpacked or read as XML: lists of people are text with separators, laws are Markdown."""
    app, client = office
    before = stored(app)
    for name, data in files(listening.getsockname()[1]).items():
        for path, sentences in ((PEOPLE, (NO_COLUMN, "A list has at most")), (DRAFTS, (NO_TEXT, "null character"))):
            answer, peak = measured(lambda path=path, data=data, name=name: send(client, path, data, name, address="x"))
            assert answer.status_code == 422, (name, path)
            assert any(sentence in shown(answer) for sentence in sentences), (name, path)
            assert peak < MOST_MEMORY, (name, peak)
        assert send(client, CHECK, data, name).status_code == 303
    with pytest.raises(BlockingIOError):
        listening.accept()
    assert stored(app) == before


XML = {
    "laughs.csv": LAUGHS, "outside.csv": OUTSIDE, "laughs.md": LAUGHS, "outside.md": OUTSIDE,
    "flat.xml": b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>" + LAUGHS,
}  # fmt: skip


def test_xml_that_is_sent_as_text_stays_text(office: tuple[Flask, FlaskClient]) -> None:
    app, client = office
    before = stored(app)
    for name, data in XML.items():
        answer = send(client, PEOPLE, data, name)
        assert (answer.status_code, NO_COLUMN in shown(answer)) == (422, True), name
        assert "root:" not in answer.text
    assert stored(app) == before


ALIASES = "title: &a0 [ha, ha]\n" + "".join(
    f"note: &a{at} [{', '.join([f'*a{at - 1}'] * 10)}]\n" for at in range(1, 12)
)  # fmt: skip
HEADS = {
    "aliases": ALIASES,
    "itself": "title: &a\n  b: *a\n",
    "merged": "title: &a {x: 1}\nnote:\n" + "  <<: *a\n" * 1000,
    "object": "title: !!python/object/apply:os.system ['touch /tmp/kelishim-attacked']\n",
    "module": "title: !!python/name:os.system\n",
    "deep": "title: " + "[" * 9_000 + "\n",
    "deep flow": "title: " + "{a: " * 4_000 + "\n",
    "deep block": "".join(f"{' ' * at}a:\n" for at in range(150)),
    "key": f"{'k' * 1_000_000}: 1\n",
    "huge": f"title: {'t' * 1_000_000}\n",
    "number": f"title: {'9' * 10_000}\n",
    "sexagesimal": f"title: {':'.join(['59'] * 5000)}\n",
    "binary": "title: !!binary zzz\n",
    "day": "title: 2026-99-99\n",
    "bad character": "title: \x07\n",
    "no key": "? [a]\n: b\n",
}  # fmt: skip
"""What the block at the head of a law may hold to do harm when it is read."""


@pytest.mark.parametrize("name", HEADS)
def test_a_head_that_means_harm_is_answered_by_a_sentence(office: tuple[Flask, FlaskClient], name: str) -> None:
    """Never an error of ours, and never in more memory than a page takes."""
    app, client = office
    before = stored(app)
    law = f"---\n{HEADS[name]}---\n\n# A law\n\n### Article 1. Words\n".encode()
    answer, peak = measured(lambda: send(client, DRAFTS, law, "law.md", address="new-draft", language="en"))
    assert "The front matter of the file cannot be used" in shown(answer)
    assert (answer.status_code, stored(app) == before) == (422, True)
    assert peak < MOST_MEMORY, peak


@pytest.mark.parametrize("name", [
    "../../../etc/passwd", "..\\..\\x.md", "/etc/passwd", "x\0.md", "C:\\x.md", "x\r\nSet-Cookie: a=b.md", "con.md",
    "<script>alert(1)</script>.md", "%2e%2e%2f.md", "\u202edm.exe", "a" * 5000 + ".md", ".", "..", " ",
])  # fmt: skip
def test_the_name_of_a_file_that_is_sent_names_nothing(office: tuple[Flask, FlaskClient], name: str) -> None:
    app, client = office
    before = stored(app)
    for path, data, status in ((PEOPLE, b"name\nA. B.\n", 200), (DRAFTS, b"\xff", 422), (CHECK, b"x", 303)):
        answer = send(client, path, data, name, address="new-draft")
        assert answer.status_code == status or ("\n" in name and answer.status_code == 422), path
        assert "<script>alert" not in answer.text
        assert "Set-Cookie" not in {key for key, value in answer.headers if "a=b" in value}
    assert stored(app) == before


def test_the_largest_list_of_people_is_read_in_little_memory(office: tuple[Flask, FlaskClient]) -> None:
    """Thirty thousand lines, as many columns, one cell of half a megabyte, an open quotation mark."""
    _, client = office
    for data in (
        b"name\n" + b"a\n" * 30_000,
        b"name" + b"," * 30_000 + b"\n" + b"," * 30_000,
        b'name\n"' + b"x" * (MEGABYTES // 2),
        b"name\n" + b"x" * (MEGABYTES // 2),
        b"name\n" * 10_000,
        b"\xff\xfe" + b"n\0a\0m\0e\0\n\0" + b"\xd8\xd8" * 200_000,
    ):
        answer, peak = measured(lambda data=data: send(client, PEOPLE, data, "people.csv"))
        assert answer.status_code == 422, shown(answer)[-500:]
        assert peak < 4 * MOST_MEMORY, peak
