"""What merging looks up in a whole law, kept beside the text: a version never changes."""

from app.domain.indexed import Index, indexed
from app.services import texts
from app.services.kept import Kept
from app.services.texts import IssuedText

_KEPT: Kept[Index] = Kept(texts.MOST)


def index_of(text: IssuedText) -> Index:
    """The index of a version's text."""
    return _KEPT.get(text.key, lambda: indexed(text.law))
