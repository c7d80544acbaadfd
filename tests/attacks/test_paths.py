"""Names and addresses that lead out of where files are: `..`, absolute paths, links, and what is read as one of them."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.attacks.lived_in import NOWHERE, live_in, methods
from tests.product import SLUG, Copies, shown, signed_in, stored

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")

SECRET = "The words of a file that is nobody's business."
OUT = (
    "../../config.py", "..%2f..%2fconfig.py", "%2e%2e/%2e%2e/config.py", "%252e%252e%252fconfig.py", "..\\..\\config.py",
    "..%5c..%5cconfig.py", "/etc/passwd", "%2fetc%2fpasswd", "//etc/passwd", "....//....//config.py", "..;/config.py", ".%00./config.py",
    "config.py%00.css", "%c0%ae%c0%ae/config.py", "%ff", "C:%5cwindows%5cwin.ini", "file:///etc/passwd", "~/.ssh/id_rsa", ".", "..", "%20",
    "a" * 5000, "con", "nul", "%0d%0aSet-Cookie:a=b", "../../../../../../proc/self/environ", "_user_id", "%E2%80%AE", "css/../../../config.py",
)  # fmt: skip


FILES = {"path", "filename", "file_name", "file_format", "job", "fingerprint"}
"""Arguments that name what is sent as a file."""


@pytest.fixture(scope="module")
def lived(demonstration: Copies) -> Iterator[tuple[Flask, dict[str, object], FlaskClient]]:
    with demonstration() as app:
        at = live_in(app) | NOWHERE
        yield app, at, signed_in(app, "facilitator")


def test_no_address_leads_to_a_file_of_the_machine(lived: tuple[Flask, dict[str, object], FlaskClient]) -> None:
    """Each argument of every address that is words, once for each way out."""
    app, at, client = lived
    words = {
        "slug",
        "clause_id",
        "address",
        "path",
        "filename",
        "file_name",
        "file_format",
        "job",
        "token",
        "code",
        "fingerprint",
    }
    told, tried = [], 0
    for rule in app.url_map.iter_rules():
        for name in (rule.arguments & words) - ({"slug"} if len(rule.arguments) > 1 else set()):
            for out in OUT if name in FILES else OUT[:5]:
                path = rule.rule
                for one in rule.arguments:
                    path = path.replace(f"<int:{one}>", str(at.get(one, 1))).replace(f"<path:{one}>", f"<{one}>")
                    path = path.replace(f"<{one}>", out if one == name else str(at.get(one, "x")))
                if "GET" not in methods(rule) or rule.endpoint == "live.of_draft":
                    continue
                answer = client.get(path)
                tried += 1
                if answer.status_code not in (200, 303, 308, 404, 405, 422) or leaks(answer.get_data()):
                    told.append(f"{path[:120]}: {answer.status_code}")
                answer.close()
    assert not told, "\n".join(told)
    assert tried > 300


def leaks(data: bytes) -> bool:
    return any(one in data for one in (b"root:x:", b"class Config", b"PATH=/", b"[fonts]"))


@pytest.mark.parametrize("address", [
    "../x", "..", "/etc/x", "a/b", "a\\b", "a\0b", "A", "a--b", "-a", "a-", "a" * 81, "a.b", "%2e%2e", "ａ", "а", "a\n", "", " ", "a%00",
])  # fmt: skip
def test_no_draft_is_made_at_an_address_that_is_a_path(
    lived: tuple[Flask, dict[str, object], FlaskClient], address: str
) -> None:
    app, _, client = lived
    before = stored(app)
    answer = client.post("/administration/drafts", data={"address": address, "text": "# A law\n", "language": "en"})
    if answer.status_code == 303:  # without the white space around it, or made of nothing that was typed
        assert (address.strip(), answer.location) == ("a", "/drafts/a")
        return
    assert (answer.status_code, stored(app) == before) == (422, True)
    assert "This was not done." in shown(answer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret.md").write_text(SECRET)
    (tmp_path / "inside").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", ["..md", ".md", "...md", "a b.md", "%2e%2e%2f.md", "х.md", "--slug.md", "A_B.MD"])
def test_an_imported_file_is_called_by_small_letters_of_its_name(
    lived: tuple[Flask, dict[str, object], FlaskClient], folder: Path, name: str
) -> None:
    app, _, _ = lived
    (folder / name).write_text(f"# Law {name}\n\n1. Words.\n")
    made = app.test_cli_runner().invoke(args=["drafts", "import", str(folder / name), "--language", "en"])
    slug = made.output.split(" version ")[0].splitlines()[-1] if made.exit_code == 0 else "draft"
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()


def test_what_is_written_goes_where_it_was_said_and_nowhere_else(
    lived: tuple[Flask, dict[str, object], FlaskClient], folder: Path
) -> None:
    """A folder, a folder that is not there, a name that is too long: refused in a sentence, and nothing is left half."""
    app, _, _ = lived
    run = app.test_cli_runner()
    for deed in (["drafts", "write", SLUG], ["drafts", "export", SLUG, "--format", "markdown"]):
        for output in (
            str(folder / "inside"),
            str(folder / "no" / "x.md"),
            str(folder / ("a" * 300)),
        ):
            made = run.invoke(args=[*deed, "--output", output])
            assert made.exit_code != 0, (deed, output)
            assert "Traceback" not in made.output
            assert made.exception is None or isinstance(made.exception, SystemExit), (deed, output, made.exception)
        assert sorted(one.name for one in folder.rglob("*")) == ["inside", "secret.md"]
    assert (folder / "secret.md").read_text() == SECRET


@pytest.mark.parametrize("slug", ["../secret", "/etc/passwd", "..", "a\0b", "secret.md", "~", ""])
def test_a_name_of_a_draft_names_no_file(
    lived: tuple[Flask, dict[str, object], FlaskClient], folder: Path, slug: str
) -> None:
    app, _, _ = lived
    target = folder / "out.md"
    for deed in (["drafts", "write", slug], ["drafts", "export", slug, "--format", "markdown"]):
        made = app.test_cli_runner().invoke(args=[*deed, "--output", str(target)])
        assert (made.exit_code != 0, target.exists()) == (True, False)
        assert isinstance(made.exception, SystemExit), made.exception
        assert SECRET not in made.output


def test_a_folder_of_drafts_gives_nothing_that_it_links_to(
    lived: tuple[Flask, dict[str, object], FlaskClient], folder: Path
) -> None:
    """What is imported is the one file that the operator names; the pages read no folder at all."""
    _, _, client = lived
    (folder / "inside" / "law.md").symlink_to(folder / "secret.md")
    for path in ("drafts", "static", "assets/any"):
        answer = client.get(f"/{path}/{quote(str(folder / 'inside' / 'law.md').strip('/'))}")
        assert (answer.status_code, SECRET in answer.text) == (404, False)
