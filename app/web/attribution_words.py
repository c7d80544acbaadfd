"""The modes of attribution in words, for those who choose one and for those who write."""

from app.domain.attribution import Mode
from app.web.translating import N_, _, one_of

ATTRIBUTIONS = tuple(mode.value for mode in Mode)


def attribution(value: str) -> str:
    return one_of(
        value,
        {
            "named": N_("named"),
            "institution_only": N_("institution only"),
            "unattributed": N_("unattributed"),
        },
    )


def attribution_meaning(value: str) -> str:
    """What a mode means for whoever writes."""
    return {
        "named": _("Everybody who may read the draft sees who wrote, for which institution, and when."),
        "institution_only": _(
            "Everybody sees the institution and never the person. The person is stored, so that they can reword what "
            "they wrote: who has the database in hand can find them."
        ),
        "unattributed": _(
            "Neither person nor institution is told, nor stored: who has the database in hand cannot find them either. "
            "Of the time only the day is kept."
        ),
    }.get(value, value)
