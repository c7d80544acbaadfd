"""The history of a draft as a repository: every version to the byte, every change by whoever brought it."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from dulwich.objects import Commit, ObjectID, Tree
from flask import Flask
from sqlalchemy import select, update

from app.domain.edits import InsertClauses
from app.domain.provenance import Origin
from app.services import exporting, importing
from app.services.choosing import Settled
from app.services.delivering import deliver
from app.services.exporting import NotInLanguage, Wanted
from app.store import amendments
from app.store.amendments import AmendmentRow
from app.store.db import db
from app.store.digests import read_anew
from app.store.drafts import Draft, Publication, Version
from app.store.events import Event
from app.store.memberships import find_draft
from app.store.users import User
from app.store.versions import NoSuchVersion, StoredClause
from tests.exports.repositories import Repository, cloned, git, needs_git
from tests.product import SLUG, Copies, clause_ids, collision_keys, signed_in
from tests.services.deeds import NOW, clauses, issue, propose, revoke, submit, text
from tests.shared import SHARED, needs_laws
from tests.statements import statements

pytest_plugins = ["tests.demonstration"]
pytestmark = pytest.mark.parametrize("demonstration", ["sqlite"], indirect=True, scope="session")
FILE = f"{SLUG}.en.md"
OWN_WORDS = "The Office decides in each case."


@pytest.fixture(scope="module")
def issued(demonstration: Copies) -> Iterator[Flask]:
    """The demonstration with five versions. 2: collisions settled by a side (A1), by own words (A4, A5), and kept in
    brackets (A11, A12); A15 and A16 are the same. 3: A9, A10 and a new article (A17), numbers run on. 4 takes 3 back.
    5 is a file that was brought in. Version 2 is published."""
    with demonstration() as app:
        assert propose(app, "civil", "art_18__para_2", lambda body: body.replace("six months", "thirty days")) == 16
        side, bracket, own = collision_keys(signed_in(app, "facilitator"), 1, 2, 4, 5, 11, 12)
        settled = {side: Settled("1"), bracket: Settled("bracket"), own: Settled("own", OWN_WORDS)}
        issue(app, "facilitator", 1, 2, 4, 5, 7, 8, 11, 12, 14, 15, 16, settled=settled)
        after = clause_ids(app, number=2)["art_2"]
        assert submit(app, "ombudsman", InsertClauses(after, "### Article 2-1. New\n\nIt is new.\n\n"), base=2) == 17
        issue(app, "facilitator", 9, 10, 17, expected=2, renumber=True)
        revoke(app, 3)
        data = text(app, 4).replace("six months", "nine months").encode()
        with app.app_context():
            importing.import_version(db.session, data=data, slug=SLUG, message="", now=NOW, progress=lambda _: None)
            _publish(2)
        yield app


def _publish(number: int) -> None:
    draft = find_draft(db.session, SLUG)
    asked = select(Version).where(Version.draft_id == draft.id, Version.number == number)
    version = db.session.scalars(asked).one()
    db.session.add(
        Publication(
            draft_id=draft.id, version_id=version.id, number=1, language="en", sha256="ab" * 32, published_at=NOW
        )
    )
    db.session.commit()


def exported(slug: str = SLUG, version: int | None = None, language: str | None = None) -> bytes:
    entry = exporting.enter_as_operator(db.session, slug)
    return b"".join(deliver(db.session, "git", Wanted(slug, version, language=language), entry).pieces)


@pytest.fixture
def repository(issued: Flask) -> Iterator[Repository]:
    with issued.app_context():
        yield Repository(exported())


def subject(commit: Commit) -> str:
    return commit.message.decode().partition("\n")[0]


def told(repository: Repository, number: int) -> dict[str, str]:
    """The commits of a version: amendment (or subject) and author's address."""
    found = {}
    for commit in repository.commits():
        if f"\nVersion: {number}\n" in commit.message.decode():
            name = re.search(r"^Amendment A\d+", subject(commit))
            found[name[0] if name else subject(commit)] = commit.author.decode().rpartition(" ")[2]
    return found


def message(repository: Repository, start: str) -> str:
    return next(text for one in repository.commits() if (text := one.message.decode()).startswith(start))


def test_the_file_after_each_version_is_its_markdown(repository: Repository, issued: Flask) -> None:
    for number in range(1, 6):
        assert repository.files(repository.tag(f"v{number}").object[1]) == {FILE: text(issued, number)}
    assert repository.tag("publication-1").object == repository.tag("v2").object
    assert repository.references["HEAD"] == repository.tag("v5").object[1]


def test_each_amendment_is_a_commit_by_its_institution(repository: Repository) -> None:
    assert told(repository, 1) == {"Version 1": "<secretariat@institutions.invalid>"}
    assert told(repository, 2) == {
        "Amendment A1": "<cso@institutions.invalid>",
        "Amendment A7": "<aky@institutions.invalid>",
        "Amendment A8": "<gpo@institutions.invalid>",
        "Amendment A14": "<aky@institutions.invalid>",
        "Amendment A15": "<mvd@institutions.invalid>",
        "Version 2 as issued": "<fac@institutions.invalid>",
    }
    assert told(repository, 3) == {
        "Amendment A9": "<gpo@institutions.invalid>",
        "Amendment A10": "<npm@institutions.invalid>",
        "Amendment A17": "<aky@institutions.invalid>",
        "Version 3 as issued": "<fac@institutions.invalid>",
    }
    assert told(repository, 4) == {"Version 4: version 3 is taken back": "<fac@institutions.invalid>"}
    assert told(repository, 5) == {"Version 5": "<secretariat@institutions.invalid>"}


def test_a_commit_says_what_changed_and_why(repository: Repository) -> None:
    said = message(repository, "Amendment A1:")
    assert (
        "\n\nIn Article 13(1), for “within twenty-four” substitute “immediately and in any case within twelve”." in said
    )
    assert "\n\nTraces disappear" in said
    assert said.endswith(
        "\n\nAmendment: A1\nInstitution: CSO\nProposed-by: Cholpon, for civil society (demo)\nVersion: 2\n"
    )


def test_who_says_the_same_words_is_named_beside(repository: Repository) -> None:
    said = message(repository, "Amendment A15")
    assert "Amendment: A15\nInstitution: MVD\nAmendment: A16\nInstitution: CSO\n" in said
    assert "Co-authored-by: CSO – Civil Society Coalition (demo) <cso@institutions.invalid>\n" in said


def test_own_words_are_those_of_who_issued_the_version(repository: Repository) -> None:
    assert "\nSettles: A4\nSettles: A5\nVersion: 2\n" in message(repository, "Version 2 as issued")
    *_, before, last = [one for one in repository.commits() if "\nVersion: 2\n" in one.message.decode()]
    assert OWN_WORDS not in repository.files(before.id)[FILE]
    assert OWN_WORDS in repository.files(last.id)[FILE]


def blamed(clone: Path, number: int, repository: Repository) -> list[tuple[str, str]]:
    """Every line of a version with the message of the commit that git finds for it."""
    found = git(clone, "blame", "--line-porcelain", f"v{number}", FILE)
    lines = re.findall(r"^([0-9a-f]{40}) [^\t]*?\n\t(.*)$", found, re.MULTILINE)
    commits = {one.id: one.message.decode() for one in repository.commits()}
    return [(line, commits[ObjectID(commit.encode())]) for commit, line in lines]


def renumbered() -> set[str]:
    """The clauses of version 3 whose line has a number that is nobody's amendment."""
    asked = select(Event.facts).where(Event.kind == "version_issued").order_by(Event.number.desc()).limit(1)
    return {one["clause_id"] for one in db.session.scalars(asked).one()["renumbered"]}


def since(source: str, clause_id: str, number: int, laws: dict[int, dict[str, StoredClause]]) -> int:
    """The version from which on a clause reads as it does."""
    while number > 1 and (one := laws[number - 1].get(clause_id)) and one.clause.source == source:
        number -= 1
    return number


@needs_git
def test_blame_agrees_with_where_each_word_comes_from(issued: Flask, tmp_path: Path) -> None:
    """A line is that of the version since which it reads so, and of an amendment that brought words of it; where its
    number ran on too, of the version itself."""
    with issued.app_context():
        data, by_number = exported(), renumbered()
    clone, repository = cloned(data, tmp_path), Repository(data)
    laws = {number: {one.id: one for one in clauses(issued, number)} for number in range(1, 6)}
    agreed = set[str]()
    for number in range(2, 6):
        lines = iter(blamed(clone, number, repository))
        for one in laws[number].values():
            first = since(one.clause.source, one.id, number, laws)
            brought = {origin for _, origin in one.origins if origin.version == first > 1}
            for line, said in islice(lines, one.clause.source.count("\n")):
                assert not line or f"\nVersion: {first}\n" in said, line
                if line and brought and not (first == 3 and one.id in by_number):
                    (origin,) = (origin for origin in brought if is_named(origin, said))
                    agreed |= set(origin.amendments)
        assert not list(lines)
    assert agreed == {
        "A1",
        "A4",
        "A5",
        "A8",
        "A10",
        "A14",
        "A15",
        "A16",
        "A17",
    }  # A7 and A9 changed the same lines before


def is_named(origin: Origin, said: str) -> bool:
    if origin.settled:
        return all(f"\nSettles: {key}\n" in said for key in origin.amendments)
    return set(re.findall(r"^Amendment: (A\d+)$", said, re.MULTILINE)) == set(origin.amendments)


def test_the_same_record_gives_the_same_bytes_from_the_command_too(issued: Flask, tmp_path: Path) -> None:
    run = issued.test_cli_runner().invoke
    for name in ("one", "other"):
        result = run(args=["drafts", "export", SLUG, "--format", "git", "--output", str(tmp_path / name)])
        assert result.exit_code == 0, result.output
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_an_earlier_version_has_the_history_up_to_it(issued: Flask) -> None:
    with issued.app_context():
        entry = exporting.enter_as_operator(db.session, SLUG)
        file = deliver(db.session, "git", Wanted(SLUG, 2), entry)
        found = Repository(b"".join(file.pieces))
    assert file.file_name == f"{SLUG}-2.en.bundle"
    assert found.references["HEAD"] == found.tag("v2").object[1]
    assert sorted(found.references) == [
        "HEAD",
        "refs/heads/main",
        *(f"refs/tags/{n}" for n in ("publication-1", "v1", "v2")),
    ]


def test_what_is_asked_for_must_be_there(issued: Flask) -> None:
    with issued.app_context():
        with pytest.raises(NoSuchVersion):
            exported(version=9)
        with pytest.raises(NotInLanguage, match=r"Version 5 is not written in “ky”, only in en\."):
            exported(language="ky")


def test_statements_do_not_grow_with_versions_and_amendments(issued: Flask) -> None:
    with issued.app_context():
        exported()
        with statements(issued) as first:
            exported(version=1)
        with statements(issued) as all_of_it:
            exported()
    assert len(first) == len(all_of_it) <= 16


def raw(repository: Repository) -> str:
    """Everything that is said in it; of trees nothing but names of files."""
    found = (repository.objects[id] for id in repository.objects)
    return "\n".join(one.as_raw_string().decode() for one in found if not isinstance(one, Tree))


def attributed(mode: str) -> Repository:
    db.session.execute(update(Draft).where(Draft.slug == SLUG).values(attribution=mode))
    db.session.execute(update(AmendmentRow).values(rationale=AmendmentRow.rationale + " As @civil and @MVD said."))
    read_anew(db.session)
    found = Repository(exported())
    db.session.rollback()
    return found


def people() -> list[str]:
    return [name for user in db.session.scalars(select(User)) for name in (user.full_name, f"@{user.name}")]


def test_institution_only_names_no_person(issued: Flask) -> None:
    with issued.app_context():
        found = raw(attributed("institution_only"))
        assert not [name for name in people() if name in found]
    assert "author CSO – Civil Society Coalition (demo) <cso@institutions.invalid>" in found


def test_unattributed_names_nobody_and_no_time_but_those_of_versions(issued: Flask) -> None:
    with issued.app_context():
        repository = attributed("unattributed")
        found, hidden = raw(repository), people()
        rows = amendments.all_of(db.session, find_draft(db.session, SLUG).id)
        times = {int(row.created_at.timestamp()) for row in rows}
        versions = {int(at.timestamp()) for at in db.session.scalars(select(Version.created_at))}
    hidden += ["Coalition", "Ministry (demo)", "Prosecutor's Office (demo)", "(demo)", "Institution:", "Co-authored"]
    hidden += [f"{code.lower()}@" for code in ("CSO", "MVD", "GPO", "AKY", "NPM", "FAC")]
    hidden += [f"> {time} " for time in times - versions]
    assert not [one for one in hidden if one in found]
    assert {commit.author for commit in repository.commits()} == {
        b"Participant <participant@institutions.invalid>", b"Secretariat <secretariat@institutions.invalid>",
    }  # fmt: skip
    assert {commit.author_time for commit in repository.commits()} <= versions
    assert "Amendment: A1\nVersion: 2" in found


@needs_laws
def test_versions_that_were_brought_in_are_commits_of_their_own(issued: Flask) -> None:
    files = [SHARED / "corpora/ua-pro-reklamu" / f"v000{number}.md" for number in (1, 2, 3)]
    with issued.app_context():
        first, *others = [file.read_bytes() for file in files]
        say = lambda _: None  # noqa: E731
        importing.import_draft(db.session, data=first, slug="ad", language="uk", now=NOW, progress=say)
        for number, data in enumerate(others, 2):
            importing.import_version(
                db.session, data=data, slug="ad", message=f"Edition {number}", now=NOW, progress=say
            )
        found = Repository(exported("ad"))
    assert [found.files(commit.id)["ad.uk.md"].encode() for commit in found.commits()] == [first, *others]
    assert [subject(commit) for commit in found.commits()] == ["Version 1", "Version 2", "Version 3"]
