"""Published versions, open to everybody."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from app.services import publishing
from app.web.context import database

pages = Blueprint("publications", __name__)


@pages.get("/publications/<slug>/<int:number>")
def read(slug: str, number: int) -> ResponseReturnValue:
    page = publishing.publication(database(), slug=slug, number=number)
    return render_template("publications/read.html", page=page)


@pages.get("/publications/<slug>/<int:number>/<name>.md")
def download(slug: str, number: int, name: str) -> ResponseReturnValue:
    data, file_name = publishing.markdown(database(), slug=slug, number=number)
    if file_name != f"{name}.md":
        raise publishing.NoSuchPublication
    response = Response(data, mimetype="text/markdown")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
