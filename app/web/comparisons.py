"""Two versions of a draft side by side. Everything chosen stands in the address, so that it can be sent to somebody."""

from dataclasses import dataclass, replace

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.services import comparing
from app.web import words
from app.web.context import database, viewer

pages = Blueprint("comparisons", __name__)
VIEWS = ("inline", "side")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody wants to see. None: the version that is meant without saying so."""

    old: int | None
    new: int | None
    view: str = "inline"
    everything: bool = False
    kind: str = ""
    sentences: bool = False

    def address(self, slug: str, **changes: object) -> str:
        """Where to see it with something chosen otherwise; what is meant without saying so is left out."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        return url_for(
            "comparisons.compare", slug=slug, old=other.old, new=other.new,
            view=other.view if other.view != VIEWS[0] else None, everything=int(other.everything) or None,
            kind=other.kind or None, sentences=int(other.sentences) or None,
        )  # fmt: skip


@pages.get("/drafts/<slug>/compare")
def compare(slug: str) -> ResponseReturnValue:
    chosen = _chosen()
    page = comparing.compare(
        database(), slug=slug, old=chosen.old, new=chosen.new, everything=chosen.everything, kind=chosen.kind,
        all_sentences=chosen.sentences, **viewer(),
    )  # fmt: skip
    chosen = replace(chosen, old=page.old.number, new=page.new.number)
    kinds = {kind: words.change(kind) for kind in page.counts}
    return render_template("comparisons/compare.html", page=page, draft=page.draft, chosen=chosen, change_words=kinds)


def _chosen() -> Chosen:
    asked = request.args
    view = asked.get("view", "")
    return Chosen(
        asked.get("old", type=int), asked.get("new", type=int), view if view in VIEWS else VIEWS[0],
        asked.get("everything") == "1", asked.get("kind", ""), asked.get("sentences") == "1",
    )  # fmt: skip
