"""Who may do what: one table, role × action. `check_can` raises, `can` answers; both read the same truth."""

from enum import StrEnum

from app.domain.errors import NotAllowed


class Role(StrEnum):
    """A person's part in one draft, weakest first."""

    OBSERVER = "observer"
    COMMENTER = "commenter"
    REPRESENTATIVE = "representative"
    FACILITATOR = "facilitator"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    READ = "read"
    COMMENT = "comment"
    PROPOSE = "propose"
    POSITION = "position"
    CALL = "call"
    HOLD_SESSIONS = "hold_sessions"
    CONSOLIDATE = "consolidate"
    IMPORT_VERSION = "import_version"
    PUBLISH = "publish"
    MANAGE_MEMBERS = "manage_members"


ALLOWED: dict[Role, frozenset[Action]] = {
    Role.OBSERVER: frozenset({Action.READ}),
    Role.COMMENTER: frozenset({Action.READ, Action.COMMENT}),
    Role.REPRESENTATIVE: frozenset({Action.READ, Action.COMMENT, Action.PROPOSE, Action.POSITION}),
    Role.FACILITATOR: frozenset(Action),
    Role.ADMINISTRATOR: frozenset(Action),
}
"""The whole policy. A proposer may always withdraw their own institution's amendment (see `discussing`)."""


class RoleMayNot(NotAllowed):
    """A member of the draft whose role does not include the action."""

    def __init__(self, role: Role, action: Action) -> None:
        super().__init__(f"As {role.value} of this draft you may not {action.value.replace('_', ' ')}.")
        self.role, self.action = role, action


def can(role: Role | None, action: Action) -> bool:
    """Whether somebody with this role in the draft (None: no member) may do it."""
    return role is not None and action in ALLOWED[role]


def check_can(role: Role, action: Action) -> None:
    """Raises RoleMayNot."""
    if not can(role, action):
        raise RoleMayNot(role, action)
