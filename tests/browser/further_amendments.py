"""Thirty-eight amendments to the sample law beside its own fifteen, as eight institutions might bring them to a workshop.

Some say the same, some want the same words otherwise; most touch nobody else's.
"""

from flask import Flask

from app.domain.parts import Part
from app.services import proposing
from app.services.proposing import Proposal
from app.store.db import db
from tests.product import SLUG, clause_ids, user_id
from tests.services.deeds import NOW, bodies

WORDS = (
    ("un", "art_1__para_2", "thoroughly and impartially", "effectively, thoroughly and impartially"),
    ("osce", "art_1__para_3", "owns, manages or guards", "owns, manages, finances or guards"),
    ("civil", "art_2__point_4", "in any form and from any source", "in any form, language and from any source"),
    ("prevention", "art_2__point_6", "may not leave", "is not free to leave"),
    ("un", "art_3__para_1__point_2", "promptness", "immediacy"),
    ("un", "art_3__para_3", "a state of emergency", "a state of emergency or of war"),
    ("prosecutor", "art_4__para_1", "special rules set out in", "rules of"),
    ("prosecutor", "art_5__para_3", "register of cases", "electronic register of cases"),
    ("osce", "art_6__para_1__point_6", "on its work", "on its work twice a year"),
    ("civil", "art_6__para_3", "may not take part in", "shall withdraw from"),
    ("ombudsman", "art_7__para_3", "not less than ten years", "not less than seven years"),
    ("interior", "art_8__para_1", "three years", "five years"),
    ("osce", "art_8__para_4", "of gender balance", "of gender balance, of disability"),
    ("un", "art_9__para_1", "Interference", "Direct or indirect interference"),
    ("prevention", "art_9__para_4", "deprived of remuneration", "deprived of remuneration or housing"),
    ("prosecutor", "art_10__para_2", "twenty-four hours", "two working days"),
    ("ombudsman", "art_10__para_2", "twenty-four hours", "two working days"),
    ("civil", "art_11__para_2", "including anonymously", "anonymously or not"),
    ("interior", "art_12__para_1", "not later than twenty-four hours", "not later than two days"),
    ("prevention", "art_14__para_2", "recorded, censored", "recorded, monitored, censored"),
    ("osce", "art_15__para_1__point_2", "in the media", "in the media and on social networks"),
    ("prosecutor", "art_16__para_2", "within twelve hours", "within one working day"),
    ("ombudsman", "art_20__para_1__point_2", "in private", "in private and in a language of that person's choice"),
    ("un", "art_24__para_1__point_3", "at least once a month", "at least once every two weeks"),
    ("osce", "art_24__para_1__point_3", "at least once a month", "at least once every two weeks"),
    ("interior", "art_26__para_1", "forty-eight hours", "seventy-two hours"),
    ("ombudsman", "art_30__para_2", "within ten days", "within five days"),
    ("osce", "art_31__para_1", "nine members", "eleven members"),
    ("prosecutor", "art_31__para_1", "nine members", "seven members"),
    ("civil", "art_34__para_1", "1 March", "1 February"),
    ("prosecutor", "art_34__para_1", "1 March", "1 April"),
    ("interior", "art_38__para_1", "thirty days", "three months"),
    ("civil", "art_38__para_1", "thirty days", "ten days"),
)
"""Who wants which words of which clause otherwise: A16 to A48."""

DEEDS = (
    ("un", "art_25__para_2", "insert", "3. The victim may choose the lawyer from the list of the Bar."),
    ("ombudsman", "art_14", "heading", "Confidential and safe channels"),
    ("prosecutor", "art_5__para_4", "delete", ""),
    ("prevention", "art_5__para_4", "restate", "The Office shall not be merged with any other body."),
    ("civil", "art_31__para_3", "delete", ""),
)
"""What else is to be done with clauses: A49 to A53."""


def further_parts(app: Flask) -> list[tuple[str, Part]]:
    ids = clause_ids(app)
    with app.app_context():
        texts = bodies(1)
    for _who, address, old, _new in WORDS:
        assert old in texts[ids[address]], address
    worded = [(who, Part(ids[at], "words", texts[ids[at]].replace(old, new))) for who, at, old, new in WORDS]
    return worded + [(who, Part(ids[at], operation, text)) for who, at, operation, text in DEEDS]


def propose_further(app: Flask) -> None:
    """Submit them, each in the name of its institution."""
    people = {who: user_id(app, who) for who, *_ in WORDS + DEEDS}
    for who, part in further_parts(app):
        with app.app_context():
            proposal = Proposal(1, (part,), f"Asked for by the people of {who}.")
            proposing.propose(db.session, slug=SLUG, proposal=proposal, user_id=people[who], now=NOW)
