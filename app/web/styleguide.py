"""The style guide: tokens and components with made-up data, in the light and in the dark scheme.

For those who build the product: it is there in debug mode, in tests, and with KELISHIM_STYLEGUIDE=yes.
"""

import re
from datetime import UTC, datetime

from flask import Blueprint, Response, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from app.domain.diff import Span
from app.services.pages import AmendmentLine, ChangeLine, ClauseLine, InstitutionMark
from app.services.pages import TracedSpan as Traced
from app.services.pages_reading import BracketShown, By, NoteShown, OriginRun, OriginShown, SideShown
from app.web.assets import STATIC

pages = Blueprint("styleguide", __name__)
AT = datetime(2026, 9, 12, 10, 30, tzinfo=UTC)
CSO, MVD = InstitutionMark("CSO", "Civil society (made up)"), InstitutionMark("MVD", "Interior Ministry (made up)")
MARKS = (
    CSO,
    MVD,
    InstitutionMark("OMB", "Ombudsman"),
    InstitutionMark("GPO", "Prosecutor"),
    InstitutionMark("UN", "UN"),
)
CLEAN = ClauseLine(
    "a", "paragraph", 2, 0, 0, "1.", "art_13__para_1", "Article 13(1)", "The Office shall register every allegation.",
    "The Office shall register every allegation.", comments=2, amendments=3, contested=True,
)  # fmt: skip
HEADING = ClauseLine("h", "article", 1, 3, 0, "Article 13.", "art_13", "Article 13", "Registration", "Registration")
SPANS = (Span("=", "within "), Span("-", "24"), Span("+", "12"), Span("=", " hours"))
CHANGE = ChangeLine("replace_words", None, "Article 13(1)", "1.", SPANS, "within 24 hours", "within 12 hours")
AMENDMENT = AmendmentLine(
    1, "submitted", None, CSO, "Cholpon", "Faster", "Memory fades.", 1, 1, None, AT, (CHANGE,), (2,), 1
)
BY = (By(1, CSO, "Faster"),)
BRACKET = BracketShown("", "24 hours", (SideShown("12 hours", BY), SideShown("", (By(2, MVD, ""),))), " ")
NOTES = tuple(
    NoteShown(kind, text, "Article 14", BY)
    for kind, text in (("insert", "5. New words."), ("delete", ""), ("move", ""), ("arrive", ""), ("relabel", "13-1."))
)
ORIGIN = OriginShown(2, BY, False)
ORIGINS = (ORIGIN, OriginShown(3, (*BY, By(2, MVD, "")), True), OriginShown(2, (), False))
TRACED = (Traced("=", "within ", (), ()), Traced("-", "24 ", (), ()), Traced("+", "12 ", (1,), (CSO,)))


@pages.before_request
def only_for_builders() -> None:
    if not (current_app.debug or current_app.config["STYLEGUIDE"]):
        abort(404)


@pages.get("/styleguide")
def show() -> ResponseReturnValue:
    return render_template("styleguide.html", made_up=_made_up(), tokens=tokens(), schemes=("light", "dark"))


@pages.get("/styleguide/schemes.css")
def schemes() -> ResponseReturnValue:
    """Both schemes as classes, whatever the browser prefers; made from the tokens themselves."""
    light, dark = _schemes()
    both = f".scheme-light {{ color-scheme: light; {light} }}\n.scheme-dark {{ color-scheme: dark; {dark} }}\n"
    swatches = "".join(f".swatch{token} {{ --shown: var({token}) }}\n" for token in tokens())
    own = (STATIC / "css/styleguide.css").read_text(encoding="utf-8")
    return Response(own + both + swatches, mimetype="text/css")


def tokens() -> tuple[str, ...]:
    """The names of the colours."""
    return tuple(dict.fromkeys(re.findall(r"(--[\w-]+): #", _schemes()[0])))


def _schemes() -> tuple[str, str]:
    sheet = (STATIC / "css/tokens.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)[:2]
    return light.replace("color-scheme: light dark;", ""), dark


def _made_up() -> dict[str, object]:
    return {
        "line": CLEAN, "heading": HEADING, "marks": MARKS, "spans": SPANS, "amendment": AMENDMENT, "bracket": BRACKET,
        "notes": NOTES, "origins": ORIGINS, "run": OriginRun("12 hours ", ORIGIN), "traced": TRACED,
        "at": AT,
        "pairs": (("note", "A note at the head of the file."), ("language", "en")),
    }  # fmt: skip
