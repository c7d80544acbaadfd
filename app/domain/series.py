"""Which clauses of a law are numbered together.

Articles run through the whole law, or through what numbers its own (an annex). Headings above them run within the unit
they stand in, or on from the unit before where the law counts them so. Items run within their parent; in an act without
articles they may run on through its chapters. Text between two items may end a series: the next begins with 1.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.addresses import owns_numbering
from app.domain.clauses import Clause, Kind
from app.domain.edits import ClauseId, Law
from app.domain.enumerators import enumerator
from app.domain.headings import is_annex, named
from app.domain.relabelling import numerals, with_number
from app.domain.tree import Tree

_ITEMS = (Kind.PARAGRAPH, Kind.POINT, Kind.SUBPOINT)
_TEXTS = (Kind.INDENT, Kind.QUOTE, Kind.TABLE, Kind.CODE)
_UNNUMBERED = (*_TEXTS, Kind.TITLE, Kind.FRONT_MATTER)
Form = tuple[str, ...]  # what clauses of one series have in common


@dataclass(slots=True)
class Series:
    """Clauses in the order of their numbers-to-be. `above` is the clause whose number stands before theirs (`2.1.`)."""

    form: Form
    parent: ClauseId | None
    above: ClauseId | None = None
    clauses: list[ClauseId] = field(default_factory=list)
    last: int = 0  # the number of the last clause so far


def series_of(law: Law) -> list[Series]:
    """All series of a law, in the order of their first clauses: an outer one before those below it."""
    tree = Tree(law)
    numbered = list(_numbered(law, tree))
    restarting = _restarting(law, numbered)
    opened: dict[tuple[Form, ClauseId | None], Series] = {}
    running: dict[Form, Series] = {}
    found: list[Series] = []
    for clause_id, form, parent in numbered:
        value = _value(law[clause_id].label)
        key = (form, parent)
        series = opened.get(key)
        if series is not None and _is_first(law[clause_id].label) and _text_between(law, tree, series, clause_id):
            series = None
        if series is None:
            before = running.get(form)
            runs_on = before is not None and form not in restarting and _may_run_on(law, form, parent)
            series = before if before is not None and runs_on and 1 < value >= before.last else None
            if series is None:
                above = parent if form[-1] == "dotted" else None
                found.append(series := Series(form, parent, above))
            opened[key] = running[form] = series
        series.clauses.append(clause_id)
        series.last = value
    return found


def _numbered(law: Law, tree: Tree) -> Iterator[tuple[ClauseId, Form, ClauseId | None]]:
    """Every clause with a label, its form, and the clause within which its series runs."""
    for clause_id, clause in law.items():
        if not clause.label or clause.kind in _UNNUMBERED:
            continue
        parent = tree.parent[clause_id]
        if clause.kind is Kind.ARTICLE:
            owner = next((above for above in reversed(tree.path(parent)) if owns_numbering(law[above])), None)
            yield clause_id, ("article",), owner
        elif clause.kind in _ITEMS:
            form = _form_of_item(clause)
            dotted = parent is not None and _is_dotted(law[parent], clause)
            yield clause_id, (*form, "dotted") if dotted else form, parent
        else:
            unit = named(clause.label)
            annex = clause.kind is Kind.PART and is_annex(clause.label)
            word = unit.word if unit else ""
            yield clause_id, ("heading", clause.kind.value, word), None if annex else parent


def _form_of_item(clause: Clause) -> Form:
    """What sets the marks of a series apart from others: the signs around the number, and digits, small or capital
    letters."""
    mark = enumerator(clause.label + " ", 0)
    style = mark.style if mark else ""
    signs = "".join(one for one in style if not one.isalnum())
    letters = [one for one in clause.label if one.isalnum()]
    script = "digits" if letters and letters[0].isdecimal() else "capitals" if letters and letters[0].isupper() else ""
    return ("item", clause.kind.value, signs, script)


def _is_dotted(above: Clause, clause: Clause) -> bool:
    """Whether `2.1.` takes its first number from the item or the chapter it stands in."""
    mark, upper = enumerator(clause.label + " ", 0), enumerator(above.label + " ", 0)
    if mark is None or len(mark.components) < 2 or above.kind is Kind.ARTICLE:
        return False
    if upper is not None and upper.style == "1.":
        return (upper.components or (upper.readings[0][1],)) == mark.components[:-1]
    return above.kind not in _ITEMS and mark.components[:-1] == (_value(above.label),)


def _restarting(law: Law, numbered: list[tuple[ClauseId, Form, ClauseId | None]]) -> set[Form]:
    """The forms whose numbers begin anew in some unit behind the first."""
    firsts: dict[Form, dict[ClauseId | None, int]] = defaultdict(dict)
    for clause_id, form, parent in numbered:
        firsts[form].setdefault(parent, _value(law[clause_id].label))
    return {form for form, values in firsts.items() if 1 in list(values.values())[1:]}


def _may_run_on(law: Law, form: Form, parent: ClauseId | None) -> bool:
    if form[0] == "heading":
        return True
    return (
        form[0] == "item"
        and form[-1] != "dotted"
        and (parent is None or law[parent].kind not in (*_ITEMS, Kind.ARTICLE))
    )


def _text_between(law: Law, tree: Tree, series: Series, other: ClauseId) -> bool:
    """Whether unnumbered text stands between the last item of a series and another item of its parent."""
    one = series.clauses[-1]
    row = tree.children[tree.parent[one]]
    if law[one].kind not in _ITEMS or tree.parent[one] != tree.parent[other]:
        return False
    between = row[row.index(one) + 1 : row.index(other)]
    return any(law[clause_id].kind in _TEXTS for clause_id in between)


def _is_first(label: str) -> bool:
    """Whether a label shows 1, a or I, and nothing behind it (`1-1.`, `1° bis`)."""
    return any(with_number(label, numeral, 1) == label for numeral in numerals(label))


def _value(label: str) -> int:
    """The number of a label; of one that may be read as a Roman number or a letter the smaller one."""
    return min((numeral.first for numeral in numerals(label)), default=0)
