"""The lines of the overview of amendments. Most are the same from page to page: they are kept, by all they say."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from app.services.kept import Kept
from app.services.pages_overview import OverviewLine, OverviewPage
from app.web.context import language
from app.web.pieces import pieces_of

MOST = 2_000
"""How many are kept by a process: 3 kB each."""
Key = tuple[str, str, str, bool, OverviewLine]
_KEPT: Kept[str] = Kept(MOST)


def rows_of(page: OverviewPage) -> Mapping[int, Markup]:
    """The lines of what stands on a page as HTML, by the number of the amendment."""
    draft = page.draft
    lines = [line for part in page.parts for one in part.chapters for group in one.groups for line in group.lines]
    same = (draft.slug, draft.language, language(), page.asked.printed)
    keys: list[Key] = [(*same, line) for line in lines]
    made = _KEPT.together(keys, lambda left: _made(page, [line for *_, line in left]))
    return {line.amendment.number: Markup(row) for line, row in zip(lines, made, strict=True)}  # noqa: S704


def _made(page: OverviewPage, lines: Sequence[OverviewLine]) -> Sequence[str]:
    unfolded = page.asked.printed
    return pieces_of("amendments/_rows.html", lines=lines, draft=page.draft, language=language(), unfolded=unfolded)
