"""Who may use which address, and how: every route × every role, written out."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from app.domain.permissions import ALLOWED, Action, Role, can
from app.store.db import db
from app.store.users import User
from tests.product import LAW, PUBLISH, SLUG, Copies, clause_ids, shown, signed_in, user_id

pytest_plugins = ["tests.demonstration"]

AMENDED = {"base_version": "1", "operation": "words", "text": "Other words.", "rationale": "They are clearer."}
COLUMNS = ("nobody", "outsider", "observer", "civil", "facilitator", "administrator")
"""Not signed in; facilitator of another draft; observer; representative (who proposed A1); facilitator; administrator."""
CALL = {"do": "open", "version": "1", "about": "14", "rule": "consensus", "amount": "3", "hidden": "yes"}
GROUP: dict[str, Any] = {"title": "A group", "numbers": "13", "member": ["CSO", "MVD"], "rapporteur": "CSO"}
TABLE: tuple[tuple[str, dict[str, str], str], ...] = (
    # address                                             form                           status by column
    ("GET /healthz",                                      {},                            "200 200 200 200 200 200"),
    ("GET /static/<path:filename>",                       {},                            "200 200 200 200 200 200"),
    ("GET /assets/<fingerprint>/<path:path>",             {},                            "200 200 200 200 200 200"),
    ("GET /",                                             {},                            "200 200 200 200 200 200"),
    ("GET /styleguide",                                   {},                            "200 200 200 200 200 200"),
    ("GET /styleguide/schemes.css",                       {},                            "200 200 200 200 200 200"),
    ("GET /sign-in",                                      {},                            "200 200 200 200 200 200"),
    ("POST /sign-in",                                     {"name": "civil"},             "422 422 422 422 422 422"),
    ("POST /language",                                    {"language": "en"},            "303 303 303 303 303 303"),
    ("GET /publications/<slug>/<int:number>",             {},                            "200 200 200 200 200 200"),
    ("GET /publications/<slug>",                          {},                            "200 200 200 200 200 200"),
    ("GET /publications/<slug>/<int:number>/<file_name>", {},                            "200 200 200 200 200 200"),
    ("GET /publications/<slug>/<int:number>/SHA256SUMS",  {},                            "200 200 200 200 200 200"),
    ("POST /publications/<slug>/<int:number>/check",      {"sha256": "a" * 64},          "303 303 303 303 303 303"),
    ("GET /p/<token>",                                    {},                            "404 404 404 404 404 404"),
    ("GET /p/<token>/<file_name>",                        {},                            "404 404 404 404 404 404"),
    ("GET /p/<token>/SHA256SUMS",                         {},                            "404 404 404 404 404 404"),
    ("POST /p/<token>/check",                             {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/publications",                   {},                            "303 303 303 303 303 303"),
    ("GET /drafts/<slug>",                                {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/versions/<int:number>",          {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/at/<address>",                   {},                            "404 404 303 303 303 303"),
    ("GET /drafts/<slug>/versions/<int:number>/at/<address>", {},                        "404 404 303 303 303 303"),
    ("GET /drafts/<slug>/versions/<int:number>/downloads", {},                           "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/versions/<int:number>/files/<file_format>", {},                 "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/versions/<int:number>/files/<file_format>", {},                "404 404 303 303 303 303"),
    ("GET /drafts/<slug>/jobs/<job>",                     {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/jobs/<job>/file",                {},                            "404 404 404 404 404 404"),
    ("POST /drafts/<slug>/jobs/<job>/put-away",           {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/compare",                        {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/clauses/<clause_id>",            {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/clauses/<clause_id>/comments",  {"body": " "},                 "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/clauses/<clause_id>/comments",  {"body": "A remark."},         "404 404 403 303 303 303"),
    ("GET /drafts/<slug>/discussion",                     {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/comments/<int:comment_id>/edit", {"body": "Other words."},     "404 404 403 303 403 403"),
    ("POST /drafts/<slug>/comments/<int:comment_id>/edit", {"body": " "},                "404 404 403 422 403 403"),
    ("POST /drafts/<slug>/comments/<int:comment_id>/resolve", {},                        "404 404 403 303 409 409"),
    ("POST /drafts/<slug>/comments/<int:comment_id>/reopen", {},                         "404 404 403 303 409 409"),
    ("POST /drafts/<slug>/comments/<int:comment_id>/withdraw", {},                       "404 404 403 303 403 403"),
    ("GET /drafts/<slug>/amendments",                     {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/amendments.csv",                 {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/amendments/<int:number>",        {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/amendments/<int:number>/comments", {"body": " "},              "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/amendments/<int:number>/comments", {"body": "A remark."},      "404 404 403 303 303 303"),
    ("GET /drafts/<slug>/clauses/<clause_id>/propose",    {},                            "404 404 403 200 200 200"),
    ("POST /drafts/<slug>/clauses/<clause_id>/propose",   AMENDED,                       "404 404 403 200 200 200"),
    ("POST /drafts/<slug>/clauses/<clause_id>/propose",   {"do": "submit"},              "404 404 403 409 409 409"),
    ("POST /drafts/<slug>/clauses/<clause_id>/propose",   {**AMENDED, "do": "submit"},   "404 404 403 303 303 303"),
    ("POST /drafts/<slug>/amendments/<int:number>/sponsors", {"institution": "AKY"},     "404 404 403 303 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/sponsors/take-back", {"institution": "AKY"},
                                                                                         "404 404 403 303 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/sponsors/answer", {"answer": "accepted"},
                                                                                         "404 404 403 403 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/links", {"other": "4", "kind": "depends_on"},
                                                                                         "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/amendments/<int:number>/links/<int:link_id>/remove", {},       "404 404 403 404 404 404"),
    ("POST /drafts/<slug>/amendments/<int:number>/counter-texts/<int:counter>/answer", {}, "404 404 403 404 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/amended-by/<int:other>/answer", {},    "404 404 403 404 403 403"),
    ("GET /drafts/<slug>/amendments/<int:number>/reword", {},                            "404 404 403 200 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/reword", {},                           "404 404 403 422 403 403"),
    ("GET /drafts/<slug>/amendments/<int:number>/amend",  {},                            "404 404 403 200 200 200"),
    ("POST /drafts/<slug>/amendments/<int:number>/amend", {},                            "404 404 403 422 422 422"),
    ("GET /drafts/<slug>/amendments/bridge",              {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/amendments/bridge",             {},                            "404 404 403 403 422 422"),
    ("GET /drafts/<slug>/amendments/everywhere",          {},                            "404 404 403 200 200 200"),
    ("POST /drafts/<slug>/amendments/everywhere",         {},                            "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/amendments/everywhere",         {"words": "Office"},           "404 404 403 200 200 200"),
    ("GET /drafts/<slug>/unsent",                         {},                            "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/unsent",                        {"text": "Typed."},            "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/cleaned",                       {"html": "<p>Pasted.</p>"},    "404 404 403 200 200 200"),
    ("POST /drafts/<slug>/amendments/<int:number>/withdraw", {},                         "404 404 403 303 403 403"),
    ("POST /drafts/<slug>/amendments/<int:number>/discard", {},                          "404 404 403 409 403 403"),
    ("GET /drafts/<slug>/consolidation/screen",           {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/board",                          {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/board.csv",                      {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/board/blocking",                 {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/board/progress",                 {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/live",                           {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/presence",                       {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/positions",                      {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/positions",                     {"step": "1"},                 "404 404 403 409 403 403"),
    ("POST /drafts/<slug>/positions/unchanged",           {},                            "404 404 403 409 403 403"),
    ("POST /drafts/<slug>/positions/unchanged",           {"of_all": "1"},               "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/positions/<int:position_id>/confirm", {},                      "404 404 403 409 403 403"),
    ("POST /drafts/<slug>/positions/<int:position_id>/answer", {"text": "So."},          "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/answers/<int:answer_id>/maintain", {},                         "404 404 403 404 403 403"),
    ("POST /drafts/<slug>/clauses/<clause_id>/reopen",    {"reason": "New."},            "404 404 403 409 409 409"),
    ("GET /drafts/<slug>/clauses/<clause_id>/package",    {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/clauses/<clause_id>/package",   {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/packages/<int:package_id>/dissolve", {},                       "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/clauses/<clause_id>/explanations", {},                         "404 404 403 422 403 403"),
    ("POST /drafts/<slug>/clauses/<clause_id>/explanations", {"entered_for": "MVD"},     "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/explanations/<int:explanation_id>/withdraw", {},               "404 404 403 404 404 404"),
    ("GET /drafts/<slug>/annex",                          {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/annex.csv",                      {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/annex.md",                       {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/clauses/<clause_id>/positions", {"step": "6"},                 "404 404 403 422 403 403"),
    ("POST /drafts/<slug>/clauses/<clause_id>/positions", {"step": "1"},                 "404 404 403 409 403 403"),
    ("POST /drafts/<slug>/clauses/<clause_id>/positions", {"step": "1", "entered_for": "MVD"},
                                                                                         "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/amendments/<int:number>/positions", {"step": "1"},             "404 404 403 409 403 403"),
    ("GET /drafts/<slug>/calls",                          {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/calls/open",                     {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/calls/open",                    {"do": "open"},                "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/calls/open",                    {"do": "open", "version": "1"}, "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/calls/open",                    {"do": "show", "about": "14"}, "404 404 403 403 200 200"),
    ("GET /drafts/<slug>/calls/<int:number>",             {},                            "404 404 404 404 404 404"),
    ("POST /drafts/<slug>/calls/open",                    CALL,                          "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/calls/<int:number>",             {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/calls/<int:number>/answer",     {"item": "1", "step": "6"},    "404 404 403 422 403 403"),
    ("POST /drafts/<slug>/calls/<int:number>/answer",     {"item": "9", "step": "1"},    "404 404 403 404 403 403"),
    ("POST /drafts/<slug>/calls/<int:number>/answer",     {"item": "1", "do": "take_back"}, "404 404 403 409 403 403"),
    ("POST /drafts/<slug>/calls/<int:number>/receipt",    {},                            "404 404 403 303 403 403"),
    ("POST /drafts/<slug>/calls/<int:number>/remind",     {},                            "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/calls/<int:number>/extend",     {"amount": "1", "reason": "A holiday."}, "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/calls/<int:number>/extend",     {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/calls/<int:number>/close",      {},                            "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/calls/<int:number>/reveal",     {},                            "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/calls/<int:number>/call-off",   {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/calls/<int:number>/call-off",   {"reason": "A mistake."},      "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/sessions",                       {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/sessions/new",                   {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/sessions/new",                  {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/new",                  {"title": "First reading", "about": "13; 14"},
                                                                                         "404 404 403 403 303 303"),
    ("GET /drafts/<slug>/sessions/<int:number>/agenda",   {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/sessions/<int:number>/agenda",  {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/agenda/items", {"do": "up-2"},           "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/agenda/items", {"do": "remove-9"},       "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/sessions/<int:number>/plan",    {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/call-off", {},                           "404 404 403 403 422 422"),
    ("GET /drafts/<slug>/sessions/<int:number>/attendance", {},                          "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/sessions/<int:number>/attendance", {"name": "A. B."},          "404 404 409 409 409 409"),
    ("GET /drafts/<slug>/sessions/<int:number>",          {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/sessions/<int:number>/screen",   {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/sessions/<int:number>/now",      {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/parking",                        {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/parking",                       {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/parking",                       {"text": "Who pays?", "owner": "MVD"},
                                                                                         "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/parking/<int:number>/change",   {},                            "404 404 403 403 303 409"),
    ("POST /drafts/<slug>/parking/<int:number>/settle",   {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/parking/<int:number>/settle",   {"text": "So."},               "404 404 403 403 303 409"),
    ("POST /drafts/<slug>/parking/<int:number>/reopen",   {"reason": "New."},            "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/groups",                         {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/groups/new",                     {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/groups/new",                    {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/groups/new",                    GROUP,                         "404 404 403 403 303 303"),
    ("GET /drafts/<slug>/groups/<int:number>",            {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/groups/<int:number>/report",    {},                            "404 404 403 422 422 422"),
    ("POST /drafts/<slug>/groups/<int:number>/report",    {"text": "Agreed."},           "404 404 403 303 303 303"),
    ("POST /drafts/<slug>/groups/<int:number>/agenda",    {"session": "1"},              "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/groups/<int:number>/dissolve",  {},                            "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/sessions/<int:number>/paper",    {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/sessions/<int:number>/ballots",  {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/sessions/<int:number>/ballots", {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/ballots", {"code": "S1-1-MVD 000000"},   "404 404 403 403 409 409"),
    ("GET /drafts/<slug>/sessions/<int:number>/console",  {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/sessions/<int:number>/open",    {},                            "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/take-up", {"item": "1"},                 "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/take-up", {"item": "99"},                "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/sessions/<int:number>/show",    {"what": "redline"},           "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/show",    {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/time",    {"minutes": "5"},              "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/pause",   {},                            "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/resume",  {},                            "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/decide",  {"item": "1"},                 "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/decide",  {"item": "1", "outcome": "noted"},
                                                                                         "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/park",    {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/park",    {"words": "Who pays?"},        "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/floor",   {},                            "404 404 403 303 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/floor/waive",{"turn": "1"},              "404 404 403 409 409 409"),
    ("POST /drafts/<slug>/sessions/<int:number>/floor/give",{"turn": "1"},               "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/sessions/<int:number>/floor/end",{},                           "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/sessions/<int:number>/attend",  {},                            "404 404 403 303 303 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/call",    {"item": "1", "rule": "any"},  "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/sessions/<int:number>/reveal",  {"call": "99"},                "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/sessions/<int:number>/close-call",{"call": "99"},              "404 404 403 403 404 404"),
    ("POST /drafts/<slug>/sessions/<int:number>/bridge",  {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/sessions/<int:number>/undo",    {"deed": "1"},                 "404 404 403 403 409 409"),
    ("POST /drafts/<slug>/sessions/<int:number>/close",   {},                            "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/records",                        {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/records",                       {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/records",                       {"of": "session-1", "language": "en"},
                                                                                         "404 404 403 403 303 303"),
    ("GET /drafts/<slug>/records/<int:number>",           {},                            "404 404 404 404 200 200"),
    ("GET /drafts/<slug>/records/<int:number>.md",        {},                            "404 404 404 404 200 200"),
    ("GET /drafts/<slug>/records/<int:number>.docx",      {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/records/<int:number>.pdf",       {},                            "404 404 404 404 404 404"),
    ("GET /drafts/<slug>/records/<int:number>/edit",      {},                            "404 404 404 404 200 200"),
    ("POST /drafts/<slug>/records/<int:number>/edit",     {"revision": "1"},             "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/records/<int:number>/edit",     {"text": "Words.", "revision": "1"},
                                                                                         "404 404 403 403 303 409"),
    ("POST /drafts/<slug>/records/<int:number>/issue",    {"revision": "2"},             "404 404 403 403 303 409"),
    ("GET /drafts/<slug>/records/<int:number>.docx",      {},                            "404 404 200 200 200 200"),
    ("GET /drafts/<slug>/records/<int:number>.pdf",       {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/records/<int:number>/discard",  {},                            "404 404 403 403 409 409"),
    ("GET /drafts/<slug>/consolidation",                  {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/consolidation",                 {"do": "preview"},             "404 404 403 403 200 409"),
    ("POST /drafts/<slug>/consolidation",                 {"do": "all"},                 "404 404 403 403 200 409"),
    ("POST /drafts/<slug>/consolidation",                 {"do": "issue", "expected_version": "1"},
                                                                                         "404 404 403 403 422 409"),
    ("POST /drafts/<slug>/consolidation/share",           {"shared": "yes"},             "404 404 403 403 303 409"),
    ("POST /drafts/<slug>/consolidation/hand-over",       {"to": "0"},                   "404 404 403 403 422 409"),
    ("POST /drafts/<slug>/consolidation/take-over",       {},                            "404 404 403 403 303 303"),
    ("POST /drafts/<slug>/consolidation/put-away",        {},                            "404 404 403 403 409 303"),
    ("GET /drafts/<slug>/versions/<int:number>/publish",  {},                            "404 404 403 403 200 200"),
    ("POST /drafts/<slug>/versions/<int:number>/publish", PUBLISH,                       "404 404 403 403 422 422"),
    ("POST /publications/<slug>/<int:number>/readers",    {"visibility": "public"},      "404 404 403 403 422 422"),
    ("POST /publications/<slug>/<int:number>/withdraw",   {"reason": "Wrong."},          "404 404 403 403 303 422"),
    ("GET /drafts/<slug>/versions/<int:number>/revoke",   {},                            "404 404 403 403 422 422"),
    ("POST /drafts/<slug>/versions/<int:number>/revoke",  {"reason": "Wrong."},          "404 404 403 403 422 422"),
    ("GET /search",                                       {},                            "200 200 200 200 200 200"),
    ("GET /drafts/<slug>/search",                         {},                            "404 404 200 200 200 200"),
    ("GET /news",                                         {},                            "200 200 200 200 200 200"),
    ("POST /news",                                        {"torture-investigation": "1"}, "303 303 303 303 303 303"),
    ("GET /drafts/<slug>/news",                           {},                            "404 404 200 200 200 200"),
    ("POST /drafts/<slug>/news",                          {"up_to": "1"},                "404 404 303 303 303 303"),
    ("POST /drafts/<slug>/follow",                        {},                            "404 404 303 303 303 303"),
    ("POST /drafts/<slug>/clauses/<clause_id>/follow",    {},                            "404 404 303 303 303 303"),
    ("POST /sign-out",                                    {},                            "303 303 303 303 303 303"),
)  # fmt: skip
"""Version 1 is published before, so that whoever may publish is told so. Signing out stands last."""
POLICY = {
    #                read  comment propose position call sessions consolidate import publish
    "observer":       "yes  no      no      no       no   no       no          no     no",
    "representative": "yes  yes     yes     yes      no   no       no          no     no",
    "facilitator":    "yes  yes     yes     yes      yes  yes      yes         yes    yes",
    "administrator":  "yes  yes     yes     yes      yes  yes      yes         yes    yes",
}  # fmt: skip
ACTIONS = (
    "read", "comment", "propose", "position", "call", "hold_sessions", "consolidate", "import_version", "publish",
)  # fmt: skip


@pytest.fixture(scope="module")
def published(demonstration: Copies) -> Iterator[Flask]:
    """Version 1 is published; `outsider` is a facilitator, but of another draft."""
    with demonstration() as app:
        result = app.test_cli_runner().invoke(
            args=["users", "create", "outsider", "--password", "kelishim-demo", "--draft", f"{SLUG}-ky",
                  "--role", "facilitator"]
        )  # fmt: skip
        assert result.exit_code == 0, result.output
        assert signed_in(app, "facilitator").post(f"{LAW}/versions/1/publish", data=PUBLISH).status_code == 303
        yield app


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def test_the_table_has_every_route_there_is(demonstrated: Flask) -> None:
    routes = {f"{method} {rule.rule}" for rule in demonstrated.url_map.iter_rules() for method in methods(rule)}
    assert routes == {route for route, _, _ in TABLE}


def test_every_route_answers_every_role_as_the_table_says(published: Flask) -> None:
    rules = {f"{method} {rule.rule}": rule for rule in published.url_map.iter_rules() for method in methods(rule)}
    at = {
        "slug": SLUG, "number": 1, "address": "art_1", "clause_id": clause_ids(published)["art_14__para_1"], "fingerprint": "any",
        "path": "kelishim.css", "filename": "js/main.js", "name": f"{SLUG}-1.en",
        "file_name": f"{SLUG}-1.en.md", "token": "unknown",
        "comment_id": 7, "link_id": 1, "position_id": 1, "answer_id": 1, "package_id": 1, "explanation_id": 1,
        "counter": 2, "other": 2, "file_format": "markdown", "job": "no-such-job",
    }  # fmt: skip
    people = {name: signed_in(published, name) for name in COLUMNS[1:]} | {"nobody": published.test_client()}
    wrong = []
    for route, form, statuses in TABLE:
        rule = rules[route]
        built = rule.build({name: at[name] for name in rule.arguments})
        assert built is not None
        for name, status in zip(COLUMNS, statuses.split(), strict=True):
            method = route.split(" ")[0]
            answer = people[name].open(built[1], method=method, data=form if method == "POST" else None)
            answer.close()
            if answer.status_code != int(status):
                wrong.append(f"{route} {form} for {name}: {answer.status_code} instead of {status}")
    assert wrong == []


def test_the_policy_is_this_table() -> None:
    allowed = {
        role: {action for action, may in zip(ACTIONS, answers.split(), strict=True) if may == "yes"}
        for role, answers in POLICY.items()
    }
    assert {role.value: {action.value for action in actions} for role, actions in ALLOWED.items()} == allowed
    assert tuple(action.value for action in Action) == ACTIONS


@pytest.mark.parametrize("action", list(Action))
def test_whoever_is_no_member_may_do_nothing(action: Action) -> None:
    assert not can(None, action)
    assert can(Role.ADMINISTRATOR, action)


def without_moment(page: str) -> str:
    """A page without the tokens of its forms, in which the second stands at which it was asked for."""
    return re.sub(r'(name="csrf_token" value=")[^"]+', r"\1", page)


def test_a_private_draft_and_one_that_does_not_exist_answer_alike(published: Flask) -> None:
    for client in (published.test_client(), signed_in(published, "outsider")):
        private, unknown = client.get(LAW), client.get("/drafts/no-such-draft")
        assert (private.status_code, unknown.status_code) == (404, 404)
        assert without_moment(private.text.replace(SLUG, "no-such-draft")) == without_moment(unknown.text)
        assert "On the Mechanism" not in private.text


def test_the_library_shows_somebody_only_the_drafts_they_are_in(published: Flask) -> None:
    assert f'"{LAW}"' not in published.test_client().get("/").text
    page = signed_in(published, "outsider").get("/").text
    assert f'"{LAW}-ky"' in page
    assert f'"{LAW}"' not in page
    assert f'"{LAW}"' in signed_in(published, "observer").get("/").text


def test_only_the_proposing_institution_withdraws_an_amendment(demonstrated: Flask) -> None:
    said = "Only the institution that proposed A1 may withdraw it."
    for name in ("interior", "facilitator"):
        answer = signed_in(demonstrated, name).post(f"{LAW}/amendments/1/withdraw")
        assert (answer.status_code, said in shown(answer)) == (403, True)
    assert signed_in(demonstrated, "civil").post(f"{LAW}/amendments/1/withdraw").status_code == 303


@pytest.mark.parametrize("name", ["facilitator", "administrator"])
def test_whoever_may_consolidate_and_publish_does(demonstrated: Flask, name: str) -> None:
    client = signed_in(demonstrated, name)
    issued = client.post(f"{LAW}/consolidation", data={"do": "issue", "expected_version": "1", "amendment": ["15"]})
    assert (issued.status_code, issued.location) == (303, f"{LAW}/versions/2")
    made = client.post(f"{LAW}/versions/2/publish", data=PUBLISH)
    assert (made.status_code, made.location) == (303, f"/publications/{SLUG}/1")
    assert "thirty days" in demonstrated.test_client().get(made.location).text


def test_clauses_comments_and_amendments_of_another_draft_are_not_reached_through_this_one(published: Flask) -> None:
    client = signed_in(published, "facilitator")
    foreign = clause_ids(published, f"{SLUG}-ky")["art_1"]
    assert client.get(f"{LAW}-ky/clauses/{foreign}").status_code == 200
    for path in (f"{LAW}/clauses/{foreign}", f"{LAW}/clauses/{foreign}/propose", f"{LAW}-ky/amendments/1"):
        assert client.get(path).status_code == 404, path
    for path in (f"{LAW}/clauses/{foreign}/comments", f"{LAW}-ky/amendments/1/comments"):
        assert client.post(path, data={"body": "A remark."}).status_code == 404, path


def test_signing_out_and_closing_an_account_take_everything_away(demonstrated: Flask) -> None:
    def sees(client: FlaskClient) -> int:
        return client.get(LAW).status_code

    leaving, closed = signed_in(demonstrated, "civil"), signed_in(demonstrated, "interior")
    assert (sees(leaving), sees(closed)) == (200, 200)
    leaving.post("/sign-out")
    with demonstrated.app_context():
        user = db.session.scalars(select(User).where(User.name == "interior")).one()
        user.closed_at = user.created_at
        db.session.commit()
    assert (sees(leaving), sees(closed)) == (404, 404)
    again = demonstrated.test_client().post("/sign-in", data={"name": "interior", "password": "kelishim-demo"})
    assert (again.status_code, "The name or the password is wrong." in shown(again)) == (422, True)
    assert user_id(demonstrated, "interior") > 0
