"""A Word document with tracked changes: accepting all of them gives the new text, rejecting all the old, and nothing
that somebody wrote breaks it."""

import io
from pathlib import Path

import docx as python_docx
import pytest

from app.exports import docx
from app.exports.document import Backing, Proposed, Remark
from app.services.crediting import Credits
from tests.changed_law import changed, original
from tests.exports import pandoc
from tests.exports.papers import CSO, FIRST, MVD, SECOND, paper, paragraphs
from tests.exports.word_reader import W, accepted, comments, misplaced, name_of, rejected, root
from tests.shared import SHARED, needs_laws, text_of

PAIRS = [("ua-pro-reklamu", 2, 9), ("ee-jaatmeseadus", 3, 4)]
KY = "# Мыйзам\n\n### 12-берене. Өлкө\n\n1. Ар бир «билдирүү» № 5 катталат: ң ө ү.\n\n2. Экинчи.\n"


def holds(old: str, new: str) -> bytes:
    """The redline of two texts, read both ways."""
    data = docx.redline(paper(old, new))
    assert accepted(data) == paragraphs(new)
    assert rejected(data) == paragraphs(old)
    assert misplaced(data) == []
    return data


def test_the_sample_with_a_change_of_every_kind_reads_as_both_versions() -> None:
    data = holds(original(), changed())
    tracked = {name_of(element) for element in root(data).iter() if element.get(f"{W}author")}
    assert tracked == {
        "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveToRangeStart",
    }  # fmt: skip
    assert accepted(docx.redline(paper(changed(), original()))) == paragraphs(original())


@needs_laws
@pytest.mark.parametrize(("law", "old", "new"), PAIRS)
def test_real_versions_of_real_laws_read_as_both(law: str, old: int, new: int) -> None:
    folder = SHARED / "corpora" / law
    holds(text_of(folder / f"v{old:04}.md"), text_of(folder / f"v{new:04}.md"))


@pandoc.needs_pandoc
@pytest.mark.parametrize("law", ["sample", pytest.param("ua-pro-reklamu", marks=needs_laws)])
def test_pandoc_reads_the_same_words(law: str, tmp_path: Path) -> None:
    old, new = original(), changed()
    if law != "sample":
        old, new = (text_of(SHARED / "corpora" / law / f"v000{number}.md") for number in (1, 2))
    data = docx.redline(paper(old, new))
    for changes, text in (("accept", new), ("reject", old)):
        title, *law_text = paragraphs(text)
        read = pandoc.words(data, tmp_path, changes)
        end = len(" ".join(law_text).replace("\u00a0", " ").split())
        assert read[:end] == " ".join(law_text).replace("\u00a0", " ").split(), title
        assert read[end:][:2] == ["Version", "2"], "the end of the paper follows"


LAW = (
    "# Law\n\n### Article 1. One\n\n1. First words here.\n\n2. Second words here.\n\n### Article 2. Two\n\n1. Third.\n"
)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(LAW + "\n2. A last one.\n", id="a clause comes at the end"),
        pytest.param(LAW.replace("### Article 2. Two\n\n1. Third.\n", ""), id="the last article goes"),
        pytest.param("# Another\n\nThing.\n", id="everything is another"),
        pytest.param(LAW.replace("1. First", "First"), id="a number goes and with it the kind"),
        pytest.param(LAW.replace("2. Second", "1-1. Second"), id="another number"),
        pytest.param(LAW.replace("First words", "First **words**"), id="a mark of emphasis comes"),
        pytest.param(LAW.replace("words here", "words^1^ here"), id="a raised digit comes"),
    ],
)
def test_a_change_is_accepted_and_rejected_exactly(new: str) -> None:
    holds(LAW, new)
    holds(new, LAW)


TABLE = (
    "# Law\n\n### Article 1. One\n\nFees:\n\n| What | Fee |\n|---|---:|\n| *Copy* | 5 som |\n| Seal | 7 som |\n\nEnd.\n"
)


@pytest.mark.parametrize(
    "new",
    [
        pytest.param(TABLE.replace("5 som", "6 som"), id="a word in a cell"),
        pytest.param(TABLE.replace("*Copy*", "**Copy** or scan"), id="marks in a cell"),
        pytest.param(TABLE.replace("| Seal | 7 som |\n", ""), id="a row goes"),
        pytest.param(TABLE[: TABLE.index("| What")] + "End.\n", id="the table goes"),
        pytest.param(TABLE.replace("| Seal | 7 som |\n\nEnd.\n", "| Seal | 7 som |\n"), id="nothing stands behind it"),
        pytest.param(TABLE.replace("Fees:", "The fees:"), id="it stays"),
    ],
)
def test_a_table_is_tracked_in_its_rows_and_cells(new: str) -> None:
    holds(TABLE, new)
    holds(new, TABLE)


def test_of_a_table_that_came_every_row_came() -> None:
    without = TABLE[: TABLE.index("| What")] + "End.\n"
    for data, mark in ((holds(without, TABLE), "ins"), (holds(TABLE, without), "del")):
        rows = list(root(data).iter(f"{W}tr"))
        assert len(rows) == 3
        assert all(row.find(f"{W}trPr/{W}{mark}") is not None for row in rows)


def test_a_moved_and_changed_clause_stands_at_both_places_with_its_change_in_neither_twice() -> None:
    moved = (
        "# Law\n\n### Article 1. One\n\nThe quick fox jumps over the dog by the river.\n\n"
        "### Article 2. Two\n\nOther things are said here about courts and their judges.\n\n### Article 3. Three\n\nEnd.\n"
    )
    first = moved.index("### Article 1"), moved.index("### Article 2")
    unit = moved[first[0] : first[1]].replace("quick", "slow")
    holds(moved, moved[: first[0]] + moved[first[1] :].replace("### Article 3", unit + "### Article 3"))


def test_letters_of_kyrgyz_and_its_signs_stay_as_they_are() -> None:
    data = holds(KY, KY.replace("№ 5", "№ 6"))
    assert accepted(data)[2] == "1.\tАр бир «билдирүү» № 6 катталат: ң ө ү."


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script> & ]]> <![CDATA[",
        "w" * 10_000,
        "\u202eright to left\u202c \u200f and \u2066isolates\u2069",
        "“unpaired ‘quotes\" 'and « ones",
        "=1+1 @name #set $x$ \\input{y}",
        "emoji 😀 and a letter beyond 𐌰",
    ],
)
def test_whatever_was_written_stands_there_and_nothing_else(words: str) -> None:
    old, new = f"# Law\n\n1. Before.\n\n2. {words} stays.\n", f"# Law\n\n1. Before {words} now.\n\n2. Stays.\n"
    data = holds(old, new)
    assert not [element for element in root(data).iter() if name_of(element) == "script"]


def test_a_character_that_xml_cannot_hold_is_shown_as_one_that_is_missing() -> None:
    data = docx.redline(paper("# Law\n\n1. Old\x01 words\ufffe.\n", "# Law\n\n1. New\x1b words\x0b.\n"))
    assert accepted(data) == ["Law", "1.\tNew� words�."]
    assert rejected(data) == ["Law", "1.\tOld� words�."]


def credited() -> Credits:
    backings = {1: Backing((1,), (CSO, MVD), FIRST)}
    return Credits(backings, {}, {1: FIRST, 2: SECOND}, Backing((), (), SECOND, 2))


PROPOSED = Proposed(1, "Faster", CSO, (MVD,), "", "adopted", "Traces\ndisappear.", 1, 1, 2, FIRST, ())
FASTER = LAW.replace("First words", "Quick words")


def test_a_change_is_signed_by_the_institutions_behind_it_and_dated() -> None:
    data = docx.redline(paper(LAW, FASTER, credited=credited(), brought="A1"))
    signed = {(name_of(e), e.get(f"{W}author"), e.get(f"{W}date")) for e in root(data).iter() if e.get(f"{W}author")}
    assert signed == {
        (kind, "CSO – Civil Society, MVD – Interior", "2026-11-23T09:00:00Z") for kind in ("ins", "del")
    }  # fmt: skip


def test_what_nobody_proposed_is_signed_by_the_version() -> None:
    data = docx.redline(paper(LAW, FASTER))
    assert {e.get(f"{W}author") for e in root(data).iter() if e.get(f"{W}author")} == {"Version 2"}


def test_an_amendments_reason_is_a_comment_on_its_words_and_talk_about_it_answers() -> None:
    talk = Remark(7, "question", None, 1, "", None, None, "Why?", MVD, "Bakyt", SECOND, 1)
    data = docx.redline(paper(LAW, FASTER, credited=credited(), brought="A1", amendments=(PROPOSED,), remarks=(talk,)))
    reason, question = comments(data)
    assert (reason.author, reason.initials, reason.date) == (
        "CSO – Civil Society, MVD – Interior", "CSO", "2026-11-23T09:00:00Z",
    )  # fmt: skip
    assert (reason.text, reason.anchor, reason.answers) == ("A1. Faster.\nTraces\ndisappear.", "First Quick ", "")
    assert (question.author, question.text, question.answers) == ("Bakyt (MVD)", "Why?", reason.text)


def test_comments_stand_on_their_words_with_replies_and_what_is_settled() -> None:
    document = paper(LAW, FASTER)
    clause = next(line.clause_id for line in document.lines if line.human == "Article 1(2)")
    reply = Remark(2, "comment", clause, None, "", None, None, "Yes.", None, "", None, 1)
    remarks = (
        Remark(1, "comment", clause, None, "words", 7, 12, "These?\nReally?", CSO, "", FIRST, 1, True, False, (reply,)),
        Remark(3, "comment", clause, None, "", None, None, "All of it.", MVD, "", SECOND, 2),
        Remark(4, "comment", clause, None, "gone", None, None, "Was here.", MVD, "", SECOND, 1),
        Remark(5, "comment", "unknown", None, "", None, None, "On nothing.", MVD, "", SECOND, 1),
    )
    found = {one.text: one for one in comments(docx.redline(paper(LAW, FASTER, remarks=remarks)))}
    assert found["These?\nReally?"].anchor == "words"
    assert (found["Yes."].anchor, found["Yes."].answers, found["Yes."].author) == (
        "words", "These?\nReally?", "Participant",
    )  # fmt: skip
    assert (found["These?\nReally?"].done, found["All of it."].done) == (True, False)
    assert found["All of it."].anchor == "2.Second words here."
    assert found["“gone”\nWas here."].anchor == "2.Second words here."
    assert found["On nothing."].anchor == ""
    data = docx.redline(paper(LAW, FASTER, remarks=remarks))
    assert accepted(data) == paragraphs(FASTER)
    assert misplaced(data) == []


def test_the_same_document_gives_the_same_bytes() -> None:
    one, other = (docx.redline(paper(original(), changed(), amendments=(PROPOSED,))) for _ in range(2))
    assert one == other


def test_python_docx_opens_it() -> None:
    remark = Remark(1, "comment", "old2", None, "", None, None, "Said.", CSO, "", FIRST, 1)
    opened = python_docx.Document(io.BytesIO(docx.redline(paper(LAW, FASTER, remarks=(remark,)))))
    assert opened.paragraphs[0].style.name == "Title"
    assert [(one.author, one.text) for one in opened.comments] == [("CSO – Civil Society", "Said.")]
    assert opened.core_properties.language == "en-GB"
    assert opened.core_properties.created == SECOND


def test_numbers_of_tracked_changes_and_bookmarks_occur_once() -> None:
    ids = [
        element.get(f"{W}id")
        for element in root(docx.redline(paper(original(), changed()))).iter()
        if name_of(element) in ("ins", "del", "moveFrom", "moveTo", "bookmarkStart", "pPrChange")
    ]
    assert len(ids) == len(set(ids))


@pandoc.needs_pandoc
def test_pandoc_finds_the_same_authors_of_changes_and_comments(tmp_path: Path) -> None:
    remark = Remark(1, "comment", "old3", None, "words", 6, 11, "Which?", MVD, "Bakyt", FIRST, 1)
    data = docx.redline(
        paper(LAW, FASTER, credited=credited(), brought="A1", amendments=(PROPOSED,), remarks=(remark,))
    )
    assert pandoc.authors(data, tmp_path) == [
        ("comment-start", "CSO – Civil Society, MVD – Interior", "2026-11-23T09:00:00Z"),
        ("deletion", "CSO – Civil Society, MVD – Interior", "2026-11-23T09:00:00Z"),
        ("insertion", "CSO – Civil Society, MVD – Interior", "2026-11-23T09:00:00Z"),
        ("comment-start", "Bakyt (MVD)", "2026-11-23T09:00:00Z"),
    ]
