"""The demonstration with what an enemy types in its law, amendments, comments, names and titles."""

from flask import Flask
from sqlalchemy import update

from app.services import importing, writing
from app.store.amendments import AmendmentRow
from app.store.comments import Comment
from app.store.db import db
from app.store.drafts import Draft
from app.store.institutions import InstitutionName
from app.store.users import User
from tests.attacks.payloads import ALL, LAW
from tests.product import SLUG, clause_ids
from tests.services.deeds import NOW


def poison(app: Flask) -> str:
    """The id of a clause whose words are the worst."""
    with app.app_context():
        text = writing.markdown(db.session, slug=SLUG, number=1).decode() + LAW
        importing.import_version(
            db.session, data=text.encode(), slug=SLUG, message=ALL, now=NOW, progress=lambda _: None
        )
        for column in (
            Draft.title,
            AmendmentRow.title,
            AmendmentRow.rationale,
            Comment.body,
            InstitutionName.name,
            User.full_name,
        ):
            db.session.execute(update(column.class_).values({column: ALL}))
        db.session.commit()
        db.engine.dispose()
    return next(one for address, one in clause_ids(app, number=2).items() if address.startswith("art_71__"))
