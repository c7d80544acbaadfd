"""What a drafter must look at in the references of a law: dangling ones, and those that a change left behind."""

from collections.abc import Iterator, Sequence

from app.domain.clauses import Clause, Problem
from app.domain.edits import Law
from app.domain.matching import match
from app.domain.references import Reason, consequential, dangling, unresolved

SENTENCES = {
    Reason.TARGET_DELETED: "“{}” names a clause that was deleted.",
    Reason.RANGE_BROKEN: "“{}” is a range whose clauses do not stand together any more.",
    Reason.TARGET_MOVED: "“{}” names a clause that has moved to where these words cannot lead.",
    Reason.NO_SURE_WORDING: "“{}” names a clause that has another number now; how to write it here is for a person.",
    Reason.WRITTEN_ANEW: "“{}” names another clause than the same words did in the version before.",
}


def dangling_references(clauses: Sequence[Clause], language: str | None = None) -> list[Problem]:
    """Citations of clauses that the law does not have."""
    return [
        Problem(
            "dangling_reference",
            clauses[reference.clause].address,
            f"“{reference.text}” names a clause that this law does not have.",
        )
        for reference in dangling(clauses, language)
    ]


def outdated_references(old: Sequence[Clause], new: Sequence[Clause], language: str | None = None) -> list[Problem]:
    """Citations that the change from one version to the next left behind, with what they should read where that is
    sure."""
    before, after = _with_shared_ids(old, new)
    return [*_to_rewrite(before, after, language), *_in_doubt(before, after, language)]


def _with_shared_ids(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Law, Law]:
    back = match(old, new).back
    before = {f"old {at}": clause for at, clause in enumerate(old)}
    after = {f"old {back[at]}" if at in back else f"new {at}": clause for at, clause in enumerate(new)}
    return before, after


def _to_rewrite(before: Law, after: Law, language: str | None) -> Iterator[Problem]:
    for edit in consequential(before, after, language):
        clause = after[edit.clause_id]
        around = slice(max(0, edit.start - 30), edit.start + len(edit.old) + 20)
        sentence = f"“{edit.old}” should read “{edit.new}” now, in “…{clause.body[around].strip()}…”."
        yield Problem("outdated_reference", clause.address, sentence)


def _in_doubt(before: Law, after: Law, language: str | None) -> Iterator[Problem]:
    for left in unresolved(before, after, language):
        yield Problem(left.reason.value, after[left.clause_id].address, SENTENCES[left.reason].format(left.text))
