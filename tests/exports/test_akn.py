"""A version as an Akoma Ntoso bill: valid, every word in order, permanent ids, what did not fit told."""

from dataclasses import replace

import pytest

from app.exports import akn
from app.exports.akn_bill import Bill
from app.exports.akn_ids import First, Taken, first_addresses, identifier
from app.exports.akn_report import Reason
from app.exports.akn_schema import violations
from app.exports.document import Backing, Document, Proposed
from app.services.crediting import Credits
from tests.exports.akn_reader import AKN, by_id, name, root, words
from tests.exports.papers import CSO, FIRST, MVD, SECOND, paper, paragraphs
from tests.sample import DRAFTS
from tests.shared import SHARED, needs_laws, text_of

LAW = """# On Things

We *agree*:

## Chapter 1. First

### Article 1. One

Opening:

1) point;

   a) sub **point**;

2) other

shall go on.

### Article 12^1^. Two

1. As article 1 says.

Second alinea.

2. Last.
"""
ODD = """# T

### Article 1. X

| a | b |
|---|---|
| 1 | **2** |

```
code  here
```

> Article 5.
> Quoted.

### Article 1. Again

# Annex 1

### Article 1. Own
"""


def bill(text: str, language: str = "en", old: str | None = None) -> Bill:
    return Bill(paper(old or text, text, language=language), language, {1: FIRST, 2: SECOND})


def expected(text: str) -> list[str]:
    return " ".join(paragraphs(text)).split()


def test_each_kind_of_clause_is_its_element_with_the_identifier_of_the_naming_convention() -> None:
    data = akn.bill(bill(LAW))
    assert violations(data) == ()
    found = {eid: name(one) for eid, one in by_id(data).items() if one.get("GUID")}
    assert found == {
        "preface__longTitle": "longTitle",
        "preamble__p_1": "p",
        "chp_1": "chapter",
        "art_1": "article",
        "art_1__intro__p_1": "p",
        "art_1__point_1": "point",
        "art_1__point_1__point_a": "point",
        "art_1__point_2": "point",
        "art_1__wrapup__p_1": "p",
        "art_12-1": "article",
        "art_12-1__para_1": "paragraph",
        "art_12-1__para_1__al_1": "alinea",
        "art_12-1__para_2": "paragraph",
    }


def test_the_permanent_id_is_the_guid() -> None:
    value = bill(LAW)
    marked = {one.get("GUID") for one in root(akn.bill(value)).iter() if one.get("GUID")}
    assert marked == {line.clause_id for line in value.document.lines}


def test_emphasis_raised_digits_and_references_are_marked() -> None:
    found = by_id(akn.bill(bill(LAW)))
    assert [one.text for one in found["preamble__p_1"].iter(f"{AKN}i")] == ["agree"]
    assert [one.text for one in found["art_1__point_1__point_a"].iter(f"{AKN}b")] == ["point"]
    assert [one.text for one in found["art_12-1"].iter(f"{AKN}sup")] == ["1"]
    links = [(one.get("href"), one.text) for one in found["art_12-1"].iter(f"{AKN}ref")]
    assert links == [("#art_1", "article 1")]


@pytest.mark.parametrize(("language", "code"), [("en", "eng"), ("ru", "rus"), ("ky", "kir")])
def test_the_sample_fits_in_every_language(language: str, code: str) -> None:
    text = (DRAFTS / f"torture-investigation.{language}.md").read_bytes().decode()
    value = bill(text, language)
    data = akn.bill(value)
    assert violations(data) == ()
    assert words(data) == expected(text)
    assert not akn.report(value)
    assert root(data).find(f".//{AKN}FRBRlanguage").get("language") == code
    assert data == akn.bill(value)


@needs_laws
@pytest.mark.parametrize(("law", "language"), [
    ("ua-pro-reklamu/v0001.md", "uk"), ("ua-pro-reklamu/v0018.md", "uk"), ("ee-jaatmeseadus/v0001.md", "et"),
])  # fmt: skip
def test_real_laws_are_valid_and_keep_every_word(law: str, language: str) -> None:
    text = text_of(SHARED / "corpora" / law)
    data = akn.bill(bill(text, language))
    assert violations(data) == ()
    assert words(data) == expected(text)


def test_what_does_not_fit_is_set_in_generic_elements_and_reported() -> None:
    value = bill(ODD)
    data = akn.bill(value)
    assert violations(data) == ()
    assert words(data) == expected(ODD)
    assert [(one.address, one.set_as, one.reason) for one in akn.report(value).differences] == [
        ("art_1__table_1", "hcontainer “table”", Reason.TABLE),
        ("art_1__code_1", "hcontainer “code”", Reason.CODE),
        ("art_1__quote_1", "hcontainer “quote”", Reason.QUOTE),
        ("art_1.2", "article art_1-dup2", Reason.TWICE),
        ("annex_1", "hcontainer “annex”", Reason.ANNEX),
    ]
    assert list(akn.notes(value))[:2] == [
        "1 of the law's clauses set otherwise: a table has no place of its own among the units of a law.",
        "  art_1__table_1 (Article 1 ¶1): table, set as hcontainer “table”",
    ]


@pytest.mark.parametrize("text", [
    "",
    "Only words.",
    "1. A number.\n\n2. Another.\n",
    "# A\n\n# B\n\ntext\n",
    "# T\n\n## Chapter 1. A\n\nBetween.\n\n### Article 1. B\n\n> q\n\n## Chapter 2. C\n",
    "# T\n\n| a |\n|---|\n| b |\n\n### Article 1. X\n\n1. one\n\n   1) two\n\n      and then\n",
    "---\ntitle: <b>\n---\n# T ]]> & <script>\n\n### Article 1. *x\n\n1. a\u0000b\ufffe \ud800 **bold *both***.\n",
    "# T\n\n### Article 1. X\n\n1. " + "w" * 10_000 + " [“ ‘ «\n",
])  # fmt: skip
def test_any_text_is_valid_and_keeps_every_word(text: str) -> None:
    value = bill(text)
    data = akn.bill(value)
    assert violations(data) == ()
    assert words(data) == [one for one in _held(" ".join(paragraphs(text))).split() if one]


def _held(text: str) -> str:
    return "".join("\ufffd" if char in "\u0000\ufffe" or "\ud800" <= char <= "\udfff" else char for char in text)


def test_characters_that_xml_cannot_hold_are_reported() -> None:
    value = bill("# T\n\n### Article 1. X\n\n1. a\u0001b\n")
    assert [one.reason for one in akn.report(value).differences] == [Reason.CHARACTERS]


def changed() -> Document:
    new = (
        LAW.replace("Second alinea.\n\n", "").replace("As article 1 says.", "As article 1 now says.") + "\n3. Added.\n"
    )
    reason = Proposed(3, "", CSO, (MVD,), "", "adopted", "Why.", 1, 1, 2, FIRST, ())
    credited = Credits({3: Backing((3,), (CSO, MVD), FIRST)}, {}, {2: SECOND}, Backing((), (), SECOND, 2))
    return paper(LAW, new, amendments=(reason,), credited=credited, brought="A3")


def test_what_changed_is_told_as_modifications_with_the_amendments_behind_it() -> None:
    data = akn.bill(Bill(changed(), "en", {1: FIRST, 2: SECOND}))
    assert violations(data) == ()
    before = "/akn/kg/bill/2026-11-23/law/eng@1/!main~art_12-1__para_"
    told = [(one.get("type"), *(part.get("href") for part in one)) for one in root(data).iter(f"{AKN}textualMod")]
    assert told == [
        ("substitution", "#am_3", "#art_12-1__para_1", f"{before}1", "#art_12-1__para_1"),
        ("repeal", "#ver_2", f"{before}1__al_1", f"{before}1__al_1"),
        ("insertion", "#am_3", "#art_12-1__para_3", "#art_12-1__para_3"),
    ]
    assert [one.get("shortForm") for one in root(data).iter(f"{AKN}TLCOrganization")] == [None, None, "CSO", "MVD"]
    assert [(one.get("date"), one.get("type")) for one in root(data).iter(f"{AKN}eventRef")] == [
        ("2026-11-23", "generation"), ("2026-11-24", "amendment"),
    ]  # fmt: skip


def test_where_a_clause_stood_first_is_its_work_identifier() -> None:
    value = bill("# T\n\n### Article 1. New\n\n### Article 2. Old\n\n1. x\n")
    ids = [line.clause_id for line in value.document.lines]
    stood = (First(1, "title"), First(2, "art_1"), First(1, "art_1"), First(1, "art_1__para_1"))
    firsts = dict(zip(ids, stood, strict=True))
    data = akn.bill(replace(value, firsts=firsts))
    assert violations(data) == ()
    assert {eid: one.get("wId") for eid, one in by_id(data).items() if one.get("GUID")} == {
        "preface__longTitle": None, "art_1": "art_1-v2", "art_2": "art_1", "art_2__para_1": "art_1__para_1",
    }  # fmt: skip


def test_identifiers_follow_from_addresses() -> None:
    assert identifier("part_I__sec_I-bis__chp_VII") == "part_I__title_I-bis__chp_VII"
    assert identifier("art_13__para_1__point_2__subpoint_a") == "art_13__para_1__point_2__point_a"
    assert identifier("preamble__al_2") == "al_2"
    assert identifier("preamble__al_2", "preamble") == "preamble__p_2"
    assert identifier("art_1.2__al_3", "intro") == "art_1-dup2__intro__p_3"
    taken = Taken()
    assert [taken.once("a") for _ in range(3)] == ["a", "a-dup2", "a-dup3"]
    assert first_addresses({"x": First(2, "art_1"), "y": First(1, "art_1")}) == {"y": "art_1", "x": "art_1-v2"}


def test_a_translation_names_the_authentic_text() -> None:
    value = replace(bill("# Т\n", "ru"), authentic="ky")
    data = akn.bill(value)
    assert violations(data) == ()
    expression = root(data).find(f".//{AKN}FRBRExpression")
    assert expression.find(f"{AKN}FRBRauthoritative").get("value") == "false"
    assert expression.find(f"{AKN}FRBRtranslation").get("href") == "/akn/kg/bill/2026-11-23/law/kir@2"
