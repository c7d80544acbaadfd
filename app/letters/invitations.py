"""The letters that tell somebody of an invitation, and of a way back into their account."""

from app.letters.composing import compose
from app.letters.links import link
from app.services.inviting import Made
from app.services.letting_back import MadeWayBack
from app.store.letters import Letter


def invitation(made: Made) -> Letter:
    return compose(
        "invitation", language=made.language, address=made.email, full_name=made.full_name, role=made.role,
        institution=made.institution, title=made.draft_title, link=link("joining.read", token=made.token),
        page=link("joining.code"), code=made.code, until=made.expires_at,
    )  # fmt: skip


def way_back(made: MadeWayBack, language: str) -> Letter:
    """In the person's language; `language` where they chose none."""
    return compose(
        "way_back", language=made.language or language, address=made.email, name=made.name,
        link=link("ways_back.read", token=made.token),
    )  # fmt: skip
