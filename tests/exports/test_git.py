"""A history as a Git bundle: what `git clone` finds in it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from dulwich.objects import ObjectID
from dulwich.pack import apply_delta
from hypothesis import given
from hypothesis import strategies as st

from app.exports.document import Issued, Party
from app.exports.formats import FORMATS, written
from app.exports.git_bundle_deltas import Deltas
from app.exports.history import Brought, Closed, History, Publication, Step
from tests.exports.papers import CSO, MVD
from tests.exports.repositories import Repository, cloned, git, needs_git

BISHKEK = timezone(timedelta(hours=6))
MONDAY, TUESDAY = datetime(2026, 11, 23, 9, tzinfo=BISHKEK), datetime(2026, 11, 24, 9, tzinfo=BISHKEK)
ONE, TWO, THREE = "# Law\n\n1. One day.\n", "# Law\n\n1. Two days.\n", "# Law\n\n1. Two days.\n\n2. New.\n"
FAC = Party("FAC", "Facilitators")
A4 = Brought(
    4, "Two days", "One is too short.", MVD, (CSO,), "", ("In paragraph 1, for “One day” substitute “Two days”.",)
)


def closed(number: int, at: datetime = TUESDAY, *publications: Publication) -> Closed:
    return Closed(Issued(number, at, "ab" * 32, f"Message {number}"), {"en": "ab" * 32}, publications)


FIRST = Step(1, MONDAY, None, {"en": ONE}, how="imported", message="Imported", closes=closed(1, MONDAY))
SECOND = Step(2, TUESDAY, FAC, {"en": TWO}, A4)
LAST = Step(2, TUESDAY, FAC, {"en": THREE}, closes=closed(2, TUESDAY, Publication(1, TUESDAY + timedelta(hours=3))))


def bundle(*steps: Step, language: str = "en") -> bytes:
    history = History("law", "Law", language, Issued(2, TUESDAY, "ab" * 32), steps)
    return b"".join(written(history, "git"))


def test_every_step_is_a_commit_with_the_text_after_it() -> None:
    found = Repository(bundle(FIRST, SECOND, LAST))
    assert [found.files(commit.id) for commit in found.commits()] == [
        {"law.en.md": ONE}, {"law.en.md": TWO}, {"law.en.md": THREE},
    ]  # fmt: skip
    assert found.references["HEAD"] == found.references["refs/heads/main"]
    assert set(found.references) == {
        "HEAD", "refs/heads/main", "refs/tags/v1", "refs/tags/v2", "refs/tags/publication-1",
    }  # fmt: skip


def test_an_amendment_is_its_institutions_and_committed_by_who_issued_it() -> None:
    _, commit, last = Repository(bundle(FIRST, SECOND, LAST)).commits()
    assert commit.author == b"MVD \xe2\x80\x93 Interior <mvd@institutions.invalid>"
    assert commit.committer == last.author == b"FAC \xe2\x80\x93 Facilitators <fac@institutions.invalid>"
    assert (commit.author_time, commit.author_timezone) == (TUESDAY.timestamp(), 6 * 3600)
    assert commit.message.decode() == (
        "Amendment A4: Two days\n\nIn paragraph 1, for “One day” substitute “Two days”.\n\nOne is too short.\n\n"
        "Amendment: A4\nInstitution: MVD\nCo-authored-by: CSO – Civil Society <cso@institutions.invalid>\nVersion: 2\n"
    )


def test_a_version_says_what_it_completes() -> None:
    step = replace(LAST, also=(A4,), settles=(2, 3), message="Compromise")
    *_, commit = Repository(bundle(FIRST, step)).commits()
    assert commit.message.decode() == (
        "Version 2 as issued\n\nCompromise\n\nSettles: A2\nSettles: A3\nAmendment: A4\n"
        "Co-authored-by: MVD – Interior <mvd@institutions.invalid>\n"
        "Co-authored-by: CSO – Civil Society <cso@institutions.invalid>\nVersion: 2\n"
    )


def test_where_nobody_may_be_named_there_is_a_participant_and_a_secretariat() -> None:
    nobody = replace(SECOND, by=None, brought=replace(A4, party=None, sponsors=()))
    first, commit = Repository(bundle(FIRST, nobody)).commits()
    assert commit.author == b"Participant <participant@institutions.invalid>"
    assert commit.committer == first.author == b"Secretariat <secretariat@institutions.invalid>"
    assert b"Institution" not in commit.message


def test_words_follow_the_language_of_the_history() -> None:
    for language, subject in (("ru", "Поправка A4: Two days"), ("ky", "A4-түзөтүү: Two days"), ("et", "Amendment A4")):
        _, commit = Repository(bundle(FIRST, SECOND, language=language)).commits()
        assert commit.message.decode().startswith(subject)


def test_a_version_and_a_publication_are_tags_with_their_own_dates() -> None:
    found = Repository(bundle(FIRST, SECOND, LAST))
    version, publication = found.tag("v2"), found.tag("publication-1")
    assert version.object[1] == publication.object[1] == found.references["HEAD"]
    assert version.message.decode() == (f"Version 2: Law\n\nMessage 2\n\nSHA-256 (law.en.md) = {'ab' * 32}\n")
    assert publication.message == b"Publication 1: version 2\n"
    assert (publication.tag_time, publication.tag_timezone) == (int(TUESDAY.timestamp()) + 3 * 3600, 6 * 3600)


def test_a_language_comes_and_goes_with_the_versions_that_are_written_in_it() -> None:
    both, one = replace(SECOND, texts={"en": TWO, "ky": "# Мыйзам\n"}), replace(LAST, texts={"ky": None})
    found = Repository(bundle(FIRST, both, one))
    assert [sorted(found.files(commit.id)) for commit in found.commits()] == [
        ["law.en.md"], ["law.en.md", "law.ky.md"], ["law.en.md"],
    ]  # fmt: skip


def test_a_text_that_comes_back_is_stored_once() -> None:
    back = replace(LAST, texts={"en": ONE}, how="revoked", revokes=2)
    found = Repository(bundle(FIRST, SECOND, back))
    assert len({commit.tree for commit in found.commits()}) == 2
    assert [found.files(commit.id)["law.en.md"] for commit in found.commits()] == [ONE, TWO, ONE]


def test_the_same_history_gives_the_same_bytes() -> None:
    assert bundle(FIRST, SECOND, LAST) == bundle(FIRST, SECOND, LAST)


LINES = st.lists(st.sampled_from(["", "a", "b", "c", "long " * 60, "длинно " * 12_000]), max_size=30).map("\n".join)


@given(st.lists(LINES, min_size=1, max_size=9))
def test_a_delta_gives_the_text_back(texts: list[str]) -> None:
    deltas, known = Deltas(), dict[ObjectID, bytes]()
    for number, text in enumerate(texts):
        id, content = ObjectID(b"%040d" % number), text.encode()
        base, delta = deltas.add(id, content)
        assert content == (content if base is None else b"".join(apply_delta(known[base], list(delta))))
        known[id] = content


def test_hundreds_of_texts_need_nine_others_at_the_most_and_little_room() -> None:
    deltas, depth, size = Deltas(), dict[ObjectID, int](), 0
    lines = [f"{number}. Paragraph.\n" for number in range(500)]
    for number in range(500):
        lines[number] = f"{number}. Amended.\n"
        id = ObjectID(b"%040d" % number)
        base, delta = deltas.add(id, "".join(lines).encode())
        depth[id] = depth[base] + 1 if base is not None else 0
        size += sum(map(len, delta))
    assert max(depth.values()) <= 9
    assert size < 50 * sum(map(len, lines))


WORST = "#$@<script>]]>=+-\0\x1b\r\n\nAmendment: A9\n---\ndiff --git a/x b/x\n<x@y.invalid>\u2028“" + "w" * 10_000


def worst() -> Iterable[Step]:
    nasty = Party("<\n>", WORST)
    brought = Brought(4, WORST, WORST, nasty, (nasty, Party("", "")), WORST, (WORST, "One\nTwo"))
    yield replace(FIRST, texts={"en": WORST}, message=WORST, by=Party("Ы", " .,<>"))
    yield replace(SECOND, by=nasty, brought=brought, texts={"en": WORST + "more"}, also=(brought,), closes=closed(2))


@needs_git
def test_no_words_break_a_commit_or_are_taken_for_what_programs_read(tmp_path: Path) -> None:
    clone = cloned(bundle(*worst()), tmp_path)
    assert (clone / "law.en.md").read_bytes() == (WORST + "more").encode()
    lines = git(clone, "log", "-1", "--format=%(trailers:key=Amendment,valueonly)").split()
    assert lines == ["A4", "A4"]
    name, address = git(clone, "log", "-1", "--format=%an%n%ae").splitlines()
    assert name.startswith("‹ › – #$@‹script›]]›=+-  Amendment: A9 --- diff".replace("  ", " "))
    assert address == "institution@institutions.invalid"


@needs_git
def test_git_clones_it_and_shows_each_change_alone(tmp_path: Path) -> None:
    clone = cloned(bundle(FIRST, SECOND, LAST), tmp_path)
    assert (clone / "law.en.md").read_bytes() == THREE.encode()
    assert git(clone, "log", "--format=%s", "--reverse").splitlines() == [
        "Version 1", "Amendment A4: Two days", "Version 2 as issued",
    ]  # fmt: skip
    shown = git(clone, "show", "--format=", "-U0", "HEAD~1").splitlines()[4:]
    assert shown == ["@@ -3 +3 @@", "-1. One day.", "+1. Two days."]
    assert git(clone, "tag", "--list").split() == ["publication-1", "v1", "v2"]


def test_the_format_is_known() -> None:
    assert FORMATS["git"].extension == "bundle"
    early = replace(FIRST, at=datetime(1960, 1, 1, tzinfo=UTC))  # Git has no time before 1970
    assert [commit.author_time for commit in Repository(bundle(early)).commits()] == [0]
