"""The sample law as a drafter might leave it after a long evening: one change of every kind a comparison knows."""

from tests.sample import DRAFTS

DAY = "### Article 4. Relationship with other laws"
SPLIT = "Special Office for the Investigation of Torture (hereinafter – the Office), and the rights of"


def original() -> str:
    return (DRAFTS / "torture-investigation.en.md").read_bytes().decode()


def changed() -> str:
    """Article 1(1) edited, (2) split, so that (3) is renumbered; point 8 of Article 2 deleted, a point inserted in
    Article 3(1); Article 4 moved behind Article 5; the first words edited in another place far below."""
    text = original()
    text = _once(
        text, "the rights of persons who report torture or ill-treatment.", "the rights of persons who report torture."
    )
    text = _once(
        text,
        "thoroughly and impartially by persons who",
        "thoroughly and impartially.\n\n3. Every such allegation is investigated by persons who",
    )
    text = _once(text, "3. This Law applies to acts", "4. This Law applies to acts")
    start = text.index("8) National Preventive")
    text = text[:start] + text[text.index("### Article 3.") :]
    text = _once(
        text,
        "   6) non-discrimination.",
        "   6) non-discrimination;\n\n   7) respect for the presumption of innocence.",
    )
    start, end = text.index(DAY), text.index("## Chapter 2.")
    moved = text[start:end]
    text = text[:start] + text[end:]
    return text.replace("### Article 6.", moved + "### Article 6.", 1)


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)
