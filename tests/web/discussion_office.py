"""The demonstration as those meet it who discuss a clause: everybody's browser, and what they do in it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from app.services.importing import import_version
from app.store import versions
from app.store.comments import Comment
from app.store.db import db
from app.store.memberships import find_draft
from tests.product import LAW, SLUG, clause_ids, shown, signed_in

PLACE = "art_17__para_2"  # "The investigation shall be completed within two months."


class Office:
    """The demonstration, its clauses by address, and everybody's browser."""

    def __init__(self, app: Flask) -> None:
        self.app, self.ids = app, clause_ids(app)
        self.people: dict[str, FlaskClient] = {}

    def __getattr__(self, name: str) -> FlaskClient:
        if name not in self.people:
            self.people[name] = signed_in(self.app, name)
        return self.people[name]

    def at(self, address: str = PLACE) -> str:
        return f"{LAW}/clauses/{self.ids[address]}"

    def say(self, name: str, body: str, address: str = PLACE, **more: str | int) -> int:
        """Comment on a clause; the comment's id."""
        answer = getattr(self, name).post(f"{self.at(address)}/comments", data={"body": body, **more})
        assert answer.status_code == 303, shown(answer)
        return int(answer.location.rpartition("-")[2])

    def page(self, name: str, path: str) -> str:
        answer = getattr(self, name).get(path)
        assert answer.status_code == 200
        return shown(answer)

    def post(self, name: str, comment: int, deed: str, **form: str) -> tuple[int, str]:
        answer = getattr(self, name).post(f"{LAW}/comments/{comment}/{deed}", data=form)
        return answer.status_code, shown(answer)

    def issue(self, change: Callable[[str], str]) -> None:
        """The next version, with the text changed like this."""
        with self.app.app_context():
            draft = find_draft(db.session, SLUG)
            newest = versions.latest_number(db.session, draft.id)
            text = versions.markdown(db.session, draft.id, draft.language, newest).decode()
            changed = change(text)
            assert changed != text
            import_version(
                db.session, data=changed.encode(), slug=SLUG, message="", now=datetime.now(UTC), progress=lambda _: None
            )

    def row(self, comment: int) -> Comment:
        with self.app.app_context():
            return db.session.get_one(Comment, comment)


def comment_of(page: str, number: int) -> str:
    """A comment on a page with all that stands below it, up to the next one."""
    return page.split(f'id="comment-{number}"', 1)[1].split('id="comment-', 1)[0]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that were sent to the database."""
    sent: list[str] = []

    def note(_c: object, _u: object, statement: str, *_more: object) -> None:
        sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield sent
    event.remove(Engine, "before_cursor_execute", note)


def threads(page: str) -> list[str]:
    """Where the listed threads stand."""
    return [
        re.sub(r"<[^>]*>", "", found) for found in re.findall(r'<h2 class="thread-place">(.*?)</h2>', page, re.DOTALL)
    ]
