"""Importing and writing laws: byte for byte, identity kept, wrong input refused in a sentence, nothing stored half."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.largest import LongerThanADraft
from app.services.importing import import_draft
from app.store import versions
from app.store.drafts import ClauseText, Draft, Version
from app.store.memberships import find_draft
from tests.shared import LAWS, needs_laws

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LAW = "# Law\n\n### Article 1. Aim\n\n1. One.\n\n2. Two words.\n"


def run(app: Flask, *args: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["drafts", *args])
    return result.exit_code, result.output


def write(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


def written(app: Flask, slug: str, number: int, path: Path) -> bytes:
    assert run(app, "write", slug, "--version", str(number), "--output", str(path))[0] == 0
    return path.read_bytes()


@needs_laws
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_every_version_of_a_real_law_is_given_back_byte_for_byte(
    app: Flask, session: Session, law: Path, tmp_path: Path
) -> None:
    long = law.name.startswith("fr") and "postgresql" in app.config["SQLALCHEMY_DATABASE_URI"]
    files = sorted(law.glob("v*.md"))[: 3 if long else None]
    run(app, "import", "--slug", law.name, str(files[0]))
    for file in files[1:]:
        status, output = run(app, "import", "--draft", law.name, str(file))
        assert status == 0, output
    for number, file in enumerate(files, start=1):
        assert written(app, law.name, number, tmp_path / "out.md") == file.read_bytes()
    draft = find_draft(session, law.name)
    ids = [{c.id for c in versions.clauses_of(session, draft.id, draft.language, n)} for n in (1, len(files))]
    assert len(ids[0] & ids[1]) > 0.5 * len(ids[0])
    rows = session.scalar(select(func.count()).select_from(ClauseText))
    assert rows is not None
    assert rows < sum(len(versions.clauses_of(session, draft.id, draft.language, n + 1)) for n in range(len(files)))


def test_clauses_keep_their_identity_through_an_edit_and_a_renumbering(
    app: Flask, session: Session, tmp_path: Path
) -> None:
    run(app, "import", "--slug", "law", write(tmp_path / "1.md", LAW.encode()))
    new = LAW.replace("1. One.\n\n2. Two words.", "1. New one.\n\n2. One.\n\n3. Two other words.")
    assert run(app, "import", "--draft", "law", write(tmp_path / "2.md", new.encode()))[0] == 0
    draft = find_draft(session, "law")
    before, after = (
        {c.id: c.clause.address for c in versions.clauses_of(session, draft.id, draft.language, n)} for n in (1, 2)
    )
    kept = {before[clause_id]: after[clause_id] for clause_id in before}
    assert kept["art_1__para_1"] == "art_1__para_2"
    assert kept["art_1__para_2"] == "art_1__para_3"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe not utf-8", "not UTF-8"),
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"x" * 20_000_000, "The file has 19 MB; the largest that is read is 10 MB"),
        (b"x\n" * 300_001, "The file has 300001 lines; the most that are read is 300000."),
        (b"---\nfavourite: tea\n---\n\n# Law\n", "unknown key “favourite”"),
        (b"---\ntitle: [\n---\n\n# Law\n", "front matter"),
        (b"# Law\n\nnull \0 character\n", "null character in line 3"),
    ],
    ids=["not utf-8", "empty", "blank", "20 MB", "lines", "unknown key", "broken yaml", "null"],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(
    app: Flask, session: Session, tmp_path: Path, data: bytes, sentence: str
) -> None:
    status, output = run(app, "import", "--slug", "law", write(tmp_path / "x.md", data))
    assert status == 1
    assert sentence in output
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


def test_a_file_of_more_clauses_than_a_draft_holds_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(LongerThanADraft, match="The text has 150001 clauses; the most that a draft holds is 150000"):
        import_draft(
            Session(), data=b"# x\n" * 150_001, slug="law", language="en", now=NOW, progress=lambda _: None
        )  # fmt: skip


def test_a_refused_version_leaves_the_draft_as_it_was(app: Flask, session: Session, tmp_path: Path) -> None:
    run(app, "import", "--slug", "law", write(tmp_path / "1.md", LAW.encode()))
    for data in (b"\xff", LAW.encode()):
        assert run(app, "import", "--draft", "law", write(tmp_path / "2.md", data))[0] == 1
    assert session.scalar(select(func.count()).select_from(Version)) == 1
    assert written(app, "law", 1, tmp_path / "out.md") == LAW.encode()


def test_unknown_drafts_versions_and_taken_names_are_refused(app: Flask, tmp_path: Path) -> None:
    path = write(tmp_path / "1.md", LAW.encode())
    assert run(app, "import", "--slug", "law", path)[0] == 0
    for command in (["import", "--draft", "none", path], ["write", "none"], ["write", "law", "--version", "9"],
                    ["import", "--slug", "law", path], ["import", "--slug", "No Such Name", path]):  # fmt: skip
        status, output = run(app, *command)
        assert status == 1
        assert output.startswith(("Error: ", "  reading"))
