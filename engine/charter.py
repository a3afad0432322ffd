"""What `mechanism.toml` says of roles and routing: who holds a role, who stands in, who may start what, who sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from engine.text import Text

Sight = Literal["case", "own", "counts"]
"""How much of a case a role in its team may see: the whole page, only its own part, or nothing but figures."""


@dataclass(frozen=True, slots=True)
class Role:
    """A role of the mechanism. `held_by`: kinds of organisation, the first asked first.

    `told_outside_team`: a notice of a case may go to the nearest organisation that holds the role though it does not
    serve the case (whoever watches over clocks, or is on duty).
    """

    id: str
    title: Text
    held_by: tuple[str, ...] = ()
    sees: Sight = "own"
    told_outside_team: bool = False


@dataclass(frozen=True, slots=True)
class Charter:
    """Roles, routing and purposes of one release."""

    roles: Mapping[str, Role] = field(default_factory=dict)
    fallback_role: str = "case_coordinator"
    starts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    purposes: Mapping[str, Text] = field(default_factory=dict)

    def role(self, role_id: str) -> Role:
        """The role; one the file does not name is called by its id and sees only its own."""
        return self.roles.get(role_id) or Role(role_id, Text(role_id.replace("_", " "), role_id.replace("_", " ")))

    def purpose(self, purpose_id: str) -> Text:
        return self.purposes.get(purpose_id) or Text(purpose_id.replace("_", " "), purpose_id.replace("_", " "))

    def sight(self, role_id: str) -> Sight:
        """The role that stands in for all others is answerable for the whole case."""
        return "case" if role_id == self.fallback_role else self.role(role_id).sees

    def answerable(self) -> list[str]:
        """The roles that are answerable for the whole case."""
        return [role for role in {**self.roles, self.fallback_role: None} if self.sight(role) == "case"]

    def may_be_told(self, role_id: str) -> bool:
        """Whether a notice of a case may reach the role where nobody of it is in the team."""
        return role_id == self.fallback_role or self.role(role_id).told_outside_team

    def may_start(self, process_id: str, role_id: str) -> bool:
        return role_id in self.starts.get(process_id, ())


def read_charter(settings: Mapping[str, Any]) -> Charter:
    """The charter in `mechanism.toml` as it stands; what the file leaves out has its default."""
    routing = settings.get("routing", {})
    return Charter(
        roles={name: _role(name, of) for name, of in settings.get("roles", {}).items()},
        fallback_role=str(routing.get("fallback_role", Charter().fallback_role)),
        starts={process: tuple(roles) for process, roles in routing.get("starts", {}).items()},
        purposes={name: _text(of) for name, of in settings.get("purposes", {}).items()},
    )


def _role(name: str, of: Mapping[str, Any]) -> Role:
    return Role(
        name, _text(of), tuple(of.get("held_by", ())), of.get("sees", "own"), of.get("told_outside_team") is True
    )


def _text(of: Mapping[str, Any]) -> Text:
    return Text(str(of.get("en", "")), str(of.get("ar", "")))
