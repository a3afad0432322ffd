"""Runs whatever a release of the mechanism says; knows no country and no HTTP. `web` imports what is in `__all__`.

Names are found when they are first asked for, so that a part (`engine.decisions`) can be used without the rest.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.access import Actor as Actor
    from engine.access import Membership as Membership
    from engine.access import NotAllowed as NotAllowed
    from engine.access import NotFound as NotFound
    from engine.application import Ihala as Ihala
    from engine.application import NotMigrated as NotMigrated
    from engine.application import open_ihala as open_ihala
    from engine.decisions import DecisionError as DecisionError
    from engine.decisions import decide as decide
    from engine.decisions.feel import feel as feel
    from engine.errors import CannotRun as CannotRun
    from engine.errors import Problem as Problem
    from engine.errors import Refusal as Refusal
    from engine.settings import Settings as Settings
    from engine.text import Text as Text

_HOME = {
    "engine.access": ("Actor", "Membership", "NotAllowed", "NotFound"),
    "engine.application": ("Ihala", "NotMigrated", "open_ihala"),
    "engine.decisions": ("DecisionError", "decide"),
    "engine.decisions.feel": ("feel",),
    "engine.errors": ("CannotRun", "Problem", "Refusal"),
    "engine.settings": ("Settings",),
    "engine.text": ("Text",),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'engine' has no attribute '{name}'")
    return getattr(import_module(_MODULE_OF[name]), name)
