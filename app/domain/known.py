"""Comparing two versions of one law whose clauses are known by their ids: nothing is searched and nothing guessed."""

from app.domain.compare import Comparison, told
from app.domain.edits import Law
from app.domain.links import Links
from app.domain.splits import known_splits_and_joins


def compare_known(old: Law, new: Law) -> Comparison:
    """What `compare` says when each clause is the clause of the same id.

    That a clause was split into several or joined out of several is not stored; it is told from its words, as
    `compare` tells it, but only between clauses whose identity leaves it open.
    """
    links = Links(tuple(old.values()), tuple(new.values()))
    places = {clause_id: at for at, clause_id in enumerate(old)}
    for at, clause_id in enumerate(new):
        if clause_id in places:
            links.connect(places[clause_id], at)
    known_splits_and_joins(links)
    return told(links)
