"""What was published before files were kept gets its title page and its file from the version it issued."""

import hashlib

from flask_migrate import downgrade, upgrade

from app.services import published_pages
from app.services.published_access import Address
from app.store.db import db
from config import ROOT
from tests.product import SLUG, Copies
from tests.services.deeds import publish

pytest_plugins = ["tests.demonstration"]
MIGRATIONS = str(ROOT / "migrations")


def test_a_publication_from_before_keeps_its_address_its_text_and_its_file(demonstration: Copies) -> None:
    with demonstration() as app:
        publish(app, 1, formats=("html",))
        with app.app_context():
            db.session.remove()
            downgrade(directory=MIGRATIONS, revision="2026_11_28_6_add_sessions")
            upgrade(directory=MIGRATIONS)
            page = published_pages.publication(db.session, at=Address(SLUG, 1), user_id=None, preferred="en")
            assert page.title_page.title == page.draft_title
            assert (page.line.visibility, page.agreement) == ("public", None)
            assert [(file.file_name, file.media_type) for file in page.files] == [
                (f"{SLUG}-1.en.md", "text/markdown; charset=utf-8")
            ]
            kept = b"".join(published_pages.pieces(db.session, page.files[0]))
            assert hashlib.sha256(kept).hexdigest() == page.files[0].sha256 == page.source_sha256
