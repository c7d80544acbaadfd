"""Labels: the number behind what is written, the order of numbers, the label that comes next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.headings import named
from app.domain.labels import canonical, next_label, order_of, reach


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("Статья 12¹.", "12-1"), ("12-1-берене", "12-1"), ("§ 26^12^.", "26-12"), ("§ 26<sup>12</sup>", "26-12"),
        ("Article 12A", "12a"), ("Стаття 5А.", "5a"), ("Section 12ZA", "12za"), ("Art. 12-bis", "12-bis"), ("Art. 12bis", "12-bis"),
        ("Article 12 quater A", "12-quater-a"), ("§§ 12 bis 14", "12"), ("Статьи 5–7.", "5"), ("Статья 5–7.", "5-7"),
        ("Article L. 121-3", "l-121-3"), ("Article L121-3", "l-121-3"), ("Article R*. 12", "r-12"), ("Приложение N 5", "5"),
        ("Article premier", "1"), ("Article 1er", "1"), ("Livre Ier", "I"), ("Titre Ier bis", "I-bis"), ("Розділ ІІ", "II"),
        ("ЧАСТЬ ПЕРВАЯ", "1"), ("БИРИНЧИ БӨЛҮМ", "1"), ("Erster Abschnitt", "1"), ("ČÁST DRUHÁ", "2"), ("Part C", "c"), ("Anlage", ""),
        ("а)", "a"), ("б)", "b"), ("в)", "c"), ("к)", "j"), ("a)", "a"), ("(iv)", "iv"), ("viii)", "viii"), ("(1a)", "1a"),
        ("1\\)", "1"), ("1°", "1"), ("–", ""), ("", ""), ("٣.", "3"),
    ],
)  # fmt: skip
def test_canonical_numbers(label: str, number: str) -> None:
    assert canonical(label) == number


def test_numbers_sort_as_in_a_law() -> None:
    ordered = [
        "5",
        "5-1",
        "5-2",
        "6",
        "12",
        "12za",
        "12a",
        "12b",
        "12-bis",
        "12-ter",
        "12-quinquies",
        "12-sexies",
        "13",
    ]
    assert sorted(sorted(ordered), key=order_of) == ordered
    assert sorted(["V", "I", "IX", "IV", "II"], key=order_of) == ["I", "II", "IV", "V", "IX"]


@pytest.mark.parametrize(
    ("label", "following"),
    [
        ("4.", "5."),
        ("2)", "3)"),
        ("а)", "б)"),
        ("е)", "ж)"),
        ("Статья 9.", "Статья 10."),
        ("я)", ""),
        ("–", ""),
        ("9" * 5000, "1" + "0" * 5000),
    ],
)
def test_the_next_label_is_written_the_same_way(label: str, following: str) -> None:
    assert next_label(label) == following


@pytest.mark.parametrize(
    ("label", "numbers"),
    [("§§ 12 bis 14", (12, 14)), ("§ 1 bis § 5", (1, 5)), ("Articles 5 – 7", (5, 7)), ("Статьи 5–7.", (5, 7)), ("2)–4)", (2, 4)),
     ("Статья 5-1.", (5, 5)), ("§§ 12, 13 und 14", (12, 14)), ("(a)", None), ("Čl. IV", None)],
)  # fmt: skip
def test_a_label_reaches_from_its_first_to_its_last_number(label: str, numbers: tuple[int, int] | None) -> None:
    assert reach(label) == numbers


@given(st.one_of(st.text(), st.text(alphabet="0123456789٣³Ⅳ-.^IVXабв)(§ ", max_size=40), st.just("7" * 5000)))
def test_no_label_is_too_strange(label: str) -> None:
    number = canonical(label)
    assert number.isascii()
    assert not any(character.isspace() for character in number)
    assert isinstance(next_label(label), str)
    assert order_of(number) == order_of(number)
    reach(label)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("(XXXX) § 305", "§ 305"), ("§§ 12 bis 14 (weggefallen)", "§§ 12 bis 14"), ("**Статья 5.** Цель", "Статья 5."), ("Art. 12-bis", "Art. 12-bis"),
        ("Статья 12-1 Без точки", "Статья 12-1"), ("SECTION 1.—Title", "SECTION 1."), ("Article 5(1)", "Article 5"), ("1 kap. Inledning", "1 kap."),
        ("Příloha č. 1", "Příloha č. 1"), ("Приложение № 1", "Приложение № 1"), ("PART I— TAX", "PART I"), ("5 §", "5 §"),
    ],
)  # fmt: skip
def test_headings_name_units(heading: str, label: str) -> None:
    found = named(heading)
    assert found is not None
    assert heading[found.start : found.end] == label


@pytest.mark.parametrize(
    "heading", ["Part of the text", "Title deed", "Закон о статье 5", "2014 amendments", "5-берененин текст", ""]
)
def test_other_headings_name_none(heading: str) -> None:
    assert named(heading) is None
