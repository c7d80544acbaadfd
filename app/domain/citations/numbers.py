"""Another number in the place of one: written as the place writes it, or not at all."""

import re

from app.domain.citations.groups import plain
from app.domain.citations.words import PARAGRAPH, Grammar, Named, Unit, to_roman

_IN_LABEL = re.compile(r"\d[\w.^⁰¹²³⁴-⁹‑–-]*")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ECHO = re.compile(r"\b(?:в|во|с|со|о|об|у|в|з|із|зі)\s+$", re.IGNORECASE)


def written(number: Named, value: str, label: str, unit: Unit, grammar: Grammar, before: str) -> str | None:
    """The canonical number `value` in the writing of the place where `number` stands; `label` is how the clause itself
    is labelled and `before` the text before the place. None where the place's writing has no sure form for it."""
    if number.form == "ordinal":
        return _ordinal(number, value, unit, grammar, before)
    if number.form == "roman":
        return to_roman(int(value)) if value.isdigit() and 0 < int(value) < 400 else None
    if number.form == "letter":
        letter = re.search(r"[^\W\d_]{1,5}", label)
        return letter[0] if letter and not value[:1].isdigit() else None
    return _arabic(number.text, value, label)


def _ordinal(number: Named, value: str, unit: Unit, grammar: Grammar, before: str) -> str | None:
    """The ordinal word of the same grammatical form; none where forms are alike, or a preposition would change
    (Russian *в первой*, but *во второй*)."""
    gender = "f" if unit is PARAGRAPH else "m"
    rows = [row.split() for row in grammar.ordinals]
    rows = [row[1:] for row in rows if row[0] in (gender, "-") and plain(number.text) in row[1:]]
    words = {row[int(value) - 1] for row in rows if value.isdigit() and 0 < int(value) <= len(row)} - {"-"}
    if len(words) != 1 or (_ECHO.search(before) and "2" in (number.value, value)):
        return None
    word = words.pop()
    return word.capitalize() if number.text[:1].isupper() else word


def _arabic(text: str, value: str, label: str) -> str | None:
    if value.isdigit() and not (value == "1" and "1er" in label):
        return value
    found = _IN_LABEL.search(label)
    if found is None:
        return None
    prefix = re.match(r"[A-Z]\*?\.?\s?(?=\d)", text)
    parts = value.split("-")
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        if "^" in text:
            return f"{parts[0]}^{parts[1]}^"
        if re.search(r"[⁰¹²³⁴-⁹]$", text):
            return parts[0] + parts[1].translate(_SUPERSCRIPTS)
        if re.search(r"\d[.-]\d", text):
            return (text[re.search(r"[.-]", text).start()]).join(parts)  # type: ignore[union-attr]
    return (prefix[0] if prefix else "") + found[0].rstrip(".-–‑")
