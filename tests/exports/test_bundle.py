"""A bundle: everything in it is led to from its index, opens offline, and can be checked by any computer."""

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from base64 import b64encode
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest

from app.exports.bundle import Bundle, LeftOut, Part
from app.exports.bundle_formats import ENGLISH, KYRGYZ, RUSSIAN
from app.exports.bundle_words import bundle_words
from app.exports.bundle_zip import write
from app.exports.document import Issued
from app.exports.formats import FORMATS, written
from tests.exports.papers import paper

LAW = "# Law\n\nArticle 1. Words\n\n1. The Office shall act.\n"
TITLE = 'On <script>alert(1)</script> & "Torture" {sums} №7'
FIRST_VERSION = LeftOut("docx-redline", "ky", "NothingBefore", "Version 1 is the first one.")


def bundle(language: str = "ky", title: str = TITLE, left_out: tuple[LeftOut, ...] = (FIRST_VERSION,)) -> Bundle:
    document = paper(LAW, LAW.replace("act", "act at once"), language=language, title=title).alone()
    parts = [
        Part(name, one, f"{one}/law-2.{one}.{FORMATS[name].extension}", b"".join(written(document, name)))
        for one in dict.fromkeys((language, "en"))
        for name in ("docx", "html", "markdown")
    ]
    issued = Issued(2, datetime(2026, 11, 24, 9, tzinfo=UTC), "ab" * 32)
    return Bundle("law", title, language, issued, (language, "en"), tuple(parts), left_out)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        assert container.testzip() is None
        return {name: container.read(name) for name in container.namelist()}


def test_it_holds_every_file_with_index_checksums_and_instructions() -> None:
    assert list(unpacked(write(bundle()))) == [
        "index.html", "README.txt", "en/law-2.en.docx", "en/law-2.en.html", "en/law-2.en.md", "ky/law-2.ky.docx",
        "ky/law-2.ky.html", "ky/law-2.ky.md", "SHA256SUMS",
    ]  # fmt: skip


def test_the_same_files_give_the_same_bytes() -> None:
    assert write(bundle()) == write(bundle())


def test_the_checksums_are_those_of_the_files() -> None:
    files = unpacked(write(bundle()))
    sums = dict(line.split("  ")[::-1] for line in files.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="there is no sha256sum here")
def test_the_usual_command_accepts_the_checksums(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(write(bundle()))) as container:
        container.extractall(tmp_path)
    check = ("sha256sum", "-c", "--strict", "SHA256SUMS")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "en/law-2.en.md").write_text("Altered.")
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_index_leads_to_every_file_and_nowhere_else() -> None:
    files = unpacked(write(bundle()))
    page = files["index.html"].decode()
    links = {unquote(unescape(link)) for link in re.findall(r'(?:href|src)="([^"]*)"', page)}
    assert links == set(files) - {"index.html"}
    assert not re.search("https?:", page)
    assert "<script" not in page
    assert "url(" not in page
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashed = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hashed}'; base-uri 'none'; form-action 'none'" in page


def test_the_index_is_in_the_language_of_the_text_and_says_what_is_left_out_and_why() -> None:
    page = unescape(unpacked(write(bundle()))["index.html"].decode())
    assert '<html lang="ky">' in page
    assert "Word документи" in page
    assert "<h2>Англис тилинде</h2>" in page
    assert "Word'догу оңдоолор (ky): бул биринчи версия, аны эч нерсе менен салыштырууга болбойт" in page


def test_a_refusal_that_has_no_words_of_its_own_is_told_in_its_sentence() -> None:
    odd = LeftOut("akn", "ky", "DoesNotFit", "The text <b> does not fit.")
    page = unpacked(write(bundle(left_out=(odd,))))["index.html"].decode()
    assert "Akoma Ntoso (ky): The text &lt;b&gt; does not fit." in page


def test_the_instructions_are_in_three_languages() -> None:
    text = unpacked(write(bundle()))["README.txt"].decode()
    assert text.count("sha256sum -c SHA256SUMS") == 3
    assert all(word in text for word in ("ENGLISH", "РУССКИЙ", "КЫРГЫЗЧА", "№7", "{sums}"))


@pytest.mark.parametrize("known", [ENGLISH, RUSSIAN, KYRGYZ])
def test_every_format_has_its_words_in_every_language(known: dict[str, object]) -> None:
    assert set(known) >= set(FORMATS) - {"bundle"}


def test_a_language_that_the_index_does_not_speak_gets_english() -> None:
    page = unpacked(write(bundle(language="fr")))["index.html"].decode()
    assert '<html lang="fr">' in page
    assert bundle_words("fr").about in page
