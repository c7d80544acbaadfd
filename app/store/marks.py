"""What institutions are called, for showing them beside words, comments and amendments."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.store.institutions import Institution, InstitutionName


def marks(session: Session, language: str) -> dict[int, tuple[str, str]]:
    """Code and name of every institution by id, the name in this language, else in English, else the code."""
    found: dict[int, tuple[str, str]] = {}
    rows = session.execute(
        select(Institution.id, Institution.code, InstitutionName.language, InstitutionName.name).outerjoin(
            InstitutionName, InstitutionName.institution_id == Institution.id
        )
    )
    for institution_id, code, named_in, name in rows:
        if institution_id not in found or named_in == language:
            found[institution_id] = (code, name or code)
        elif named_in == "en" and found[institution_id][1] == code:
            found[institution_id] = (code, name)
    return found
