"""Publishing: what is issued stays as it is, tells nothing of the discussion, and is found by its fingerprint."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, update

from app.domain.errors import Refusal
from app.domain.events import first_broken_link
from app.services import published_form, published_pages, publishing
from app.services.pages_publications import Choice, PublicationPage, TitlePage
from app.services.published_access import Address, NoSuchPublication
from app.store import files, publications
from app.store.db import db
from app.store.drafts import ClauseText, Draft, Publication, Version, VersionText
from app.store.events import Event
from app.store.files import FilePiece
from app.store.memberships import find_draft
from app.store.users import User
from tests.product import SLUG, Copies, chain, stored, user_id
from tests.services.deeds import NOW, issue, publish
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
ALL = ("html", "docx", "pdf", "akn")
COMPARING = ("docx-redline", "pdf-redline", "docx-comparison", "pdf-comparison", "act-en")


@pytest.fixture(scope="module")
def published(demonstration: Copies) -> Iterator[Flask]:
    """Version 1 published in every format; version 2, which adopts A1, A4, A8 and A14, too and compared with it."""
    with demonstration() as app:
        publish(app, 1, formats=ALL, issuer="Ministry of Justice", kind="Draft law")
        issue(app, "facilitator", 1, 4, 8, 14)
        publish(app, 2, formats=(*ALL, *COMPARING))
        yield app


pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")


def page(app: Flask, number: int, name: str | None = None, **more: Any) -> PublicationPage:
    person = user_id(app, name) if name else None
    with app.app_context():
        return published_pages.publication(
            db.session, at=Address(SLUG, number), user_id=person, preferred="en", **more
        )  # fmt: skip


def data(app: Flask, sha256: str) -> bytes:
    with app.app_context():
        return b"".join(files.pieces(db.session, sha256))


def refused(app: Flask, version: int, **other: Any) -> str:
    """What is said of a choice that cannot be published; nothing is stored then."""
    before, person = stored(app), user_id(app, "facilitator")
    choice = replace(Choice("public", ("en",), (), {"en": TitlePage("en", "A law")}), **other)
    with app.app_context(), pytest.raises(Refusal) as found:
        publishing.publish(
            db.session, slug=SLUG, version=version, choice=choice, user_id=person, now=NOW, zone=UTC
        )  # fmt: skip
    assert stored(app) == before
    return str(found.value)


def test_every_file_is_kept_under_its_fingerprint(published: Flask) -> None:
    shown = page(published, 2)
    assert [file.format for file in shown.files] == ["markdown", *ALL, *COMPARING]
    for file in shown.files:
        kept = data(published, file.sha256)
        assert (hashlib.sha256(kept).hexdigest(), len(kept)) == (file.sha256, file.byte_count), file.file_name
    assert [file.file_name for file in shown.files][:2] == [f"{SLUG}-2.en.md", f"{SLUG}-2.en.html"]
    assert shown.files[5].file_name == f"{SLUG}-2-against-1.en.redline.docx"
    assert shown.files[0].sha256 == shown.source_sha256


def test_the_record_holds_the_fingerprint_of_every_file(published: Flask) -> None:
    with published.app_context():
        event = db.session.scalars(
            select(Event).where(Event.kind == "version_published").order_by(Event.number)
        ).first()
        assert event is not None
        facts = event.facts
    assert facts["files"] == {file.file_name: file.sha256 for file in page(published, 1).files}
    assert (facts["publication"], facts["visibility"], facts["languages"]) == (1, "public", ["en"])
    assert first_broken_link(chain(published)) is None


def text_of(kept: bytes) -> str:
    """Of a Word document the text of all its parts."""
    if not kept.startswith(b"PK"):
        return kept.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(kept)) as container:
        return "\n".join(container.read(name).decode() for name in container.namelist())


def test_no_file_tells_what_was_said_in_the_discussion(published: Flask) -> None:
    with published.app_context():
        people = [user.full_name for user in db.session.scalars(select(User))]
    found = {
        file.file_name: text_of(data(published, file.sha256))
        for number in (1, 2) for file in page(published, number).files if file.format not in ("pdf", "pdf-redline")
    }  # fmt: skip
    assert [(name, who) for name, text in found.items() for who in people if who in text] == []
    redline = found[f"{SLUG}-2-against-1.en.redline.docx"]
    assert 'w:author="CSO' in redline
    assert "Civil Society Coalition (demo)" in redline
    reasons = found[f"{SLUG}-2-against-1.en.comparison.docx"]
    assert "immediately and in any case within twelve" in reasons


def test_a_newer_publication_takes_the_place_of_an_older_one_which_stays(published: Flask) -> None:
    assert (page(published, 1).line.newer, page(published, 2).line.newer) == (2, None)
    words = {clause.html for clause in page(published, 1).clauses}
    assert any("within twenty-four hours" in html for html in words)


def test_how_far_agreement_was_is_kept_as_it_was(published: Flask) -> None:
    then = page(published, 1).agreement
    assert then is not None
    assert then.clauses == sum(then.states.values()) == 167
    assert {one.code for one in then.institutions} == {"AKY", "MVD", "CSO", "GPO", "NPM", "UN", "OSCE"}
    assert all(sum(one.said.values()) == then.clauses for one in then.institutions)


def test_a_version_is_published_once_in_a_language(published: Flask) -> None:
    assert refused(published, 2) == "Version 2 was published already, as publication 2."


def test_what_cannot_be_published_is_refused_in_a_sentence(demonstration: Copies) -> None:
    with demonstration() as app:
        for other, sentence in (
            ({"visibility": ""}, "Choose who may read it: everybody, whoever has the link, or the members of the draft."),
            ({"visibility": "all"}, "Choose who may read it: everybody, whoever has the link, or the members of the draft."),
            ({"languages": ()}, "Choose at least one language in which it is published."),
            ({"languages": ("ky",)}, "Version 1 is not written in “ky”, only in en."),
            ({"title_pages": {}}, "Give the title under which it is published in “en”."),
            ({"title_pages": {"en": TitlePage("en", "  ")}}, "Give the title under which it is published in “en”."),
            ({"title_pages": {"en": TitlePage("en", "A law", "x" * 1001)}}, "The text is longer than 1000 characters or holds a null character."),
            ({"formats": ("comments-csv",)}, "A publication has no files of the format “comments-csv”."),
            ({"formats": ("none",)}, "A publication has no files of the format “none”."),
            ({"formats": ("pdf-redline",)}, "There is no publication in “en” before version 1 to compare it with: leave the comparisons out."),
        ):  # fmt: skip
            assert refused(app, 1, **other) == sentence
        assert refused(app, 9) == f"The draft “{SLUG}” has no version 9."


def test_what_fewer_may_read_is_compared_with_nothing_that_more_may(demonstration: Copies) -> None:
    with demonstration() as app:
        publish(app, 1, visibility="members")
        issue(app, "facilitator", 15)
        said = (
            "Publication 1 may be read by fewer people, and comparisons tell its words: open it to the same readers "
            "first, or leave the comparisons out."
        )
        assert refused(app, 2, formats=("docx-redline",)) == said
        assert refused(app, 2, expected=0).startswith("Publication 1 was issued while you filled in this form.")
        publish(app, 2, visibility="members", formats=("docx-redline",))
        person = user_id(app, "facilitator")
        with app.app_context():
            with pytest.raises(Refusal, match="Publication 1 may be read by fewer people"):
                publishing.change_readers(
                    db.session, slug=SLUG, number=2, visibility="public", user_id=person, now=NOW
                )  # fmt: skip
            for number in (1, 2):
                publishing.change_readers(
                    db.session, slug=SLUG, number=number, visibility="public", user_id=person, now=NOW
                )  # fmt: skip
        assert page(app, 2).line.visibility == "public"


def test_who_may_read_it_changes_and_nothing_else_does(demonstration: Copies) -> None:
    with demonstration() as app:
        publish(app, 1, formats=("html",), note="For the press")
        before, person = page(app, 1), user_id(app, "facilitator")
        with app.app_context():
            publishing.change_readers(db.session, slug=SLUG, number=1, visibility="link", user_id=person, now=NOW)
            with pytest.raises(NoSuchPublication):
                published_pages.publication(db.session, at=Address(SLUG, 1), user_id=None, preferred="en")
        members = page(app, 1, "facilitator")
        assert members.token is not None and len(members.token) == 32
        assert page(app, 1, "observer").token is None
        assert (members.files[0].sha256, members.title_page) == (before.files[0].sha256, before.title_page)
        with app.app_context():
            publishing.change_readers(db.session, slug=SLUG, number=1, visibility="public", user_id=person, now=NOW)
            publishing.change_readers(db.session, slug=SLUG, number=1, visibility="link", user_id=person, now=NOW)
            with pytest.raises(Refusal, match="Nothing was changed: publication 1 has these readers already"):
                publishing.change_readers(db.session, slug=SLUG, number=1, visibility="link", user_id=person, now=NOW)
        assert page(app, 1, "facilitator").token == members.token
        kinds = [event.kind for event in chain(app)]
        assert kinds[-4:] == ["version_published", "publication_opened", "publication_opened", "publication_opened"]


def test_a_withdrawn_publication_stays_and_says_why_and_its_version_may_be_published_again(
    demonstration: Copies,
) -> None:
    with demonstration() as app:
        publish(app, 1)
        person = user_id(app, "facilitator")
        with app.app_context():
            for reason, sentence in ((" ", "Say why it is withdrawn"), ("x" * 1001, "longer than 1000 characters")):
                with pytest.raises(Refusal, match=sentence):
                    publishing.withdraw(db.session, slug=SLUG, number=1, reason=reason, user_id=person, now=NOW)
            publishing.withdraw(db.session, slug=SLUG, number=1, reason="The title was wrong.", user_id=person, now=NOW)
            with pytest.raises(Refusal, match="Publication 1 is withdrawn already"):
                publishing.withdraw(db.session, slug=SLUG, number=1, reason="Again.", user_id=person, now=NOW)
        assert publish(app, 1) == 2
        assert (page(app, 1).line.withdrawn_because, page(app, 1).line.newer) == ("The title was wrong.", 2)
        assert page(app, 1).files[0].sha256 == page(app, 2).files[0].sha256
        found = page(app, 1, fingerprint=page(app, 1).files[0].sha256).checked
        assert found is not None
        assert (found.here, found.elsewhere) == ((f"{SLUG}-1.en.md",), ((SLUG, 2, f"{SLUG}-2.en.md"),))


def test_a_fingerprint_is_not_found_where_the_reader_may_not_look(demonstration: Copies) -> None:
    with demonstration() as app:
        publish(app, 1)
        issue(app, "facilitator", 15)
        publish(app, 2, visibility="members")
        secret = page(app, 2, "observer").files[0].sha256
        for name, elsewhere in ((None, ()), ("observer", ((SLUG, 2, f"{SLUG}-2.en.md"),))):
            found = page(app, 1, name, fingerprint=secret).checked
            assert found is not None
            assert (found.here, found.elsewhere) == ((), elsewhere)
        assert page(app, 1).line.newer is None


@pytest.fixture
def unattributed(demonstration: Copies) -> Iterator[Flask]:
    with demonstration() as app:
        with app.app_context():
            db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution="unattributed"))
            db.session.commit()
        yield app


def test_where_nobody_is_named_a_publication_names_nobody(unattributed: Flask) -> None:
    publish(unattributed, 1)
    issue(unattributed, "facilitator", 1, 4)
    publish(unattributed, 2, formats=("html", "docx-redline", "docx-comparison", "akn"))
    shown = page(unattributed, 2)
    assert shown.agreement is not None
    assert (shown.agreement.institutions, shown.agreement.clauses > 100) == ((), True)
    texts = [text_of(data(unattributed, file.sha256)) for file in shown.files]
    hidden = ("Civil Society Coalition (demo)", "(CSO)", 'w:author="CSO', "Interior Ministry (demo)")
    assert [name for name in hidden for text in texts if name in text] == []


def written_in(app: Flask, language: str) -> None:
    """Version 1 in one more language, as far as publishing asks: the same clauses, the title in other words."""
    with app.app_context():
        draft = find_draft(db.session, SLUG)
        version = db.session.scalars(select(Version).where(Version.draft_id == draft.id)).one()
        columns = [column.name for column in ClauseText.__table__.columns if column.name != "id"]
        rows = db.session.execute(
            select(*(getattr(ClauseText, name) for name in columns)).where(ClauseText.draft_id == draft.id)
        ).mappings()
        copies = [{**row, "language": language} for row in rows]
        title = next(row for row in copies if row["kind"] == "title")
        title["body"] = title["html"] = "Кыйноолорду иликтөө механизми жөнүндө"
        db.session.execute(insert(ClauseText), copies)
        text = "".join(
            r["lead"] + r["body"] + r["tail"] for r in sorted(copies, key=lambda row: row["position"])
        ).encode()
        db.session.add(
            VersionText(
                version_id=version.id, language=language, sha256=hashlib.sha256(text).hexdigest(), byte_count=len(text)
            )
        )
        db.session.commit()


def test_one_publication_has_several_languages_each_with_its_title_page_and_files(demonstration: Copies) -> None:
    with demonstration() as app:
        written_in(app, "ky")
        person = user_id(app, "facilitator")
        with app.app_context():
            form = published_form.publishing_page(db.session, slug=SLUG, version=1, user_id=person, language="en")
        assert [(one.language, one.title, one.kind) for one in form.title_pages] == [
            ("en", "On the Mechanism for the Effective Investigation of Torture and Ill-Treatment", "Draft law"),
            ("ky", "Кыйноолорду иликтөө механизми жөнүндө", "Мыйзам долбоору"),
        ]
        choice = replace(published_form.proposed(form), visibility="public", formats=("html",))
        with app.app_context():
            publishing.publish(
                db.session, slug=SLUG, version=1, choice=choice, user_id=person, now=NOW, zone=UTC
            )  # fmt: skip
        kyrgyz = page(app, 1, language="ky")
        assert (kyrgyz.language, kyrgyz.title_page.title) == ("ky", "Кыйноолорду иликтөө механизми жөнүндө")
        assert any("Кыйноолорду иликтөө" in clause.html for clause in kyrgyz.clauses)
        assert [file.file_name for file in kyrgyz.files_here] == [f"{SLUG}-1.ky.md", f"{SLUG}-1.ky.html"]
        assert kyrgyz.files_here[0].sha256 == kyrgyz.source_sha256
        assert "Кыйноолорду" in data(app, kyrgyz.files_here[1].sha256).decode()
        assert page(app, 1, language="fr").language == "en"
        assert refused(app, 1, languages=("ky",)) == "Version 1 was published already, as publication 1."


def test_a_page_takes_as_many_statements_whatever_there_is_of_it(published: Flask) -> None:
    with statements(published) as few:
        page(published, 1)
    with published.app_context():
        draft = find_draft(db.session, SLUG)
        version = db.session.scalars(select(Version).where(Version.draft_id == draft.id)).first()
        assert version is not None
        for number in range(3, 13):
            row = Publication(
                draft_id=draft.id, version_id=version.id, number=number, language="en", sha256="0" * 64,
                published_at=NOW + timedelta(days=number), visibility="public",
            )  # fmt: skip
            publications.add(
                db.session,
                row,
                [publications.PublicationText(language="en", title="T", kind="", issuer="", place="", note="")],
                (),
            )
        db.session.commit()
    with statements(published) as many:
        page(published, 1)
    with statements(published) as listed, published.app_context():
        found = published_pages.publications_page(db.session, slug=SLUG, user_id=None, preferred="en")
    assert len(found.lines) == 12
    assert len(few) == len(many) <= 12
    assert len(listed) <= 6
    with published.app_context():
        later = select(Publication.id).where(Publication.number > 2)
        db.session.execute(
            delete(publications.PublicationText).where(publications.PublicationText.publication_id.in_(later))
        )
        db.session.execute(delete(Publication).where(Publication.number > 2))
        db.session.commit()


def test_the_command_publishes_and_another_one_checks(demonstration: Copies, tmp_path: Any) -> None:
    with demonstration() as app:
        run = app.test_cli_runner().invoke
        made = run(
            args=[
                "drafts",
                "publish",
                SLUG,
                "--version",
                "1",
                "--visibility",
                "link",
                "--formats",
                "html",
                "--issuer",
                "Ministry",
            ]
        )
        assert made.exit_code == 0, made.output
        lines = made.output.splitlines()
        assert lines[0] == f"Publication 1 of {SLUG}: version 1, for link"
        assert lines[1].startswith("address: /p/")
        written = run(args=["drafts", "write", SLUG, "--version", "1"]).stdout_bytes
        assert lines[2] == f"{hashlib.sha256(written).hexdigest()}  {SLUG}-1.en.md"
        good, bad = tmp_path / "good.md", tmp_path / "bad.md"
        good.write_bytes(written)
        bad.write_bytes(written + b" ")
        checked = run(args=["publications", "check", str(good), str(bad)])
        assert checked.exit_code == 1
        assert checked.output.splitlines() == [
            f"{good}: publication 1 of {SLUG} ({SLUG}-1.en.md)",
            f"{bad}: NOT PUBLISHED (altered, or never published here)",
        ]
        assert run(args=["publications", "check", str(good)]).exit_code == 0
        again = run(args=["drafts", "publish", SLUG, "--version", "1", "--visibility", "public"])
        assert (again.exit_code, again.output) == (1, "Error: Version 1 was published already, as publication 1.\n")
        assert page(app, 1, "observer").title_page.issuer == "Ministry"


def test_a_file_is_kept_once_in_pieces_and_given_back_piece_by_piece(published: Flask) -> None:
    large = bytes(range(256)) * 10_000
    with published.app_context():
        kept = files.keep(db.session, (large[:7], large[7:]), "text/plain")
        again = files.keep(db.session, [large], "text/html")
        assert kept.sha256 == again.sha256 == hashlib.sha256(large).hexdigest()
        pieces = list(files.pieces(db.session, kept.sha256))
        assert ([len(piece) for piece in pieces], b"".join(pieces)) == ([1_048_576, 1_048_576, 462_848], large)
        found = files.find(db.session, kept.sha256.upper())
        assert found is not None
        assert (found.byte_count, found.media_type) == (2_560_000, "text/plain")
        empty = files.keep(db.session, (), "text/plain")
        assert list(files.pieces(db.session, empty.sha256)) == []
        assert db.session.query(FilePiece).filter_by(sha256=empty.sha256).count() == 0
        assert files.find(db.session, "0" * 64) is None
        assert list(files.pieces(db.session, "0" * 64)) == []
        db.session.rollback()
