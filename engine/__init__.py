"""Runs whatever a release of the mechanism says; knows no country and no HTTP. `web` imports what is in `__all__`.

Commands and queries are functions of its modules: `engine.tasks.complete_task(ihala, actor, ...)`. Names are found when
they are first asked for, so that a part (`engine.decisions`) can be used without the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.access import Actor as Actor
    from engine.access import Membership as Membership
    from engine.access import NotAllowed as NotAllowed
    from engine.access import NotFound as NotFound
    from engine.accounts import ResetRefused as ResetRefused
    from engine.accounts import SecondAdministratorNeeded as SecondAdministratorNeeded
    from engine.accounts import SignInRefused as SignInRefused
    from engine.accounts import TooManyAttempts as TooManyAttempts
    from engine.application import Ihala as Ihala
    from engine.application import NotMigrated as NotMigrated
    from engine.application import open_ihala as open_ihala
    from engine.completing import AssignedToAnother as AssignedToAnother
    from engine.completing import SecondPersonNeeded as SecondPersonNeeded
    from engine.completing import StaleItem as StaleItem
    from engine.correcting import ReasonNeeded as ReasonNeeded
    from engine.decisions import DecisionError as DecisionError
    from engine.decisions import decide as decide
    from engine.decisions.feel import feel as feel
    from engine.errors import CannotRun as CannotRun
    from engine.errors import Problem as Problem
    from engine.errors import Refusal as Refusal
    from engine.execution import check as check
    from engine.passwords import PasswordTooWeak as PasswordTooWeak
    from engine.rehearsal import Rehearsal as Rehearsal
    from engine.rehearsal import World as World
    from engine.rehearsal import rehearse as rehearse
    from engine.releases import NoRelease as NoRelease
    from engine.settings import Settings as Settings
    from engine.steps import CaseIsOver as CaseIsOver
    from engine.steps import StaleStep as StaleStep
    from engine.steps import StepUndone as StepUndone
    from engine.teams import NobodyThere as NobodyThere
    from engine.text import Text as Text
    from engine.vault import NoKey as NoKey
    from engine.views import CaseView as CaseView
    from engine.views import Completed as Completed
    from engine.views import Counts as Counts
    from engine.views import DiagramView as DiagramView
    from engine.views import Filters as Filters
    from engine.views import InboxView as InboxView
    from engine.views import ItemRow as ItemRow
    from engine.views import Page as Page
    from engine.views import Priority as Priority
    from engine.views import TaskView as TaskView

_HOME = {
    "engine.access": (
        "Actor",
        "Membership",
        "NotAllowed",
        "NotFound",
    ),
    "engine.accounts": (
        "ResetRefused",
        "SecondAdministratorNeeded",
        "SignInRefused",
        "TooManyAttempts",
    ),
    "engine.application": (
        "Ihala",
        "NotMigrated",
        "open_ihala",
    ),
    "engine.completing": (
        "AssignedToAnother",
        "SecondPersonNeeded",
        "StaleItem",
    ),
    "engine.decisions": (
        "DecisionError",
        "decide",
    ),
    "engine.decisions.feel": ("feel",),
    "engine.errors": (
        "CannotRun",
        "Problem",
        "Refusal",
    ),
    "engine.execution": ("check",),
    "engine.passwords": ("PasswordTooWeak",),
    "engine.rehearsal": (
        "Rehearsal",
        "World",
        "rehearse",
    ),
    "engine.settings": ("Settings",),
    "engine.steps": (
        "CaseIsOver",
        "StaleStep",
        "StepUndone",
    ),
    "engine.vault": ("NoKey",),
    "engine.correcting": ("ReasonNeeded",),
    "engine.teams": ("NobodyThere",),
    "engine.releases": ("NoRelease",),
    "engine.text": ("Text",),
    "engine.views": (
        "CaseView",
        "Completed",
        "Counts",
        "DiagramView",
        "Filters",
        "InboxView",
        "ItemRow",
        "Page",
        "Priority",
        "TaskView",
    ),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'engine' has no attribute '{name}'")
    return getattr(import_module(_MODULE_OF[name]), name)
