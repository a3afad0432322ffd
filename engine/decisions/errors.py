"""What the decision engine refuses: the expression, the place in it, and why in both languages."""

from __future__ import annotations

from engine.errors import Refusal
from engine.text import Text


class DecisionError(Refusal):
    """What the DMN standard calls an error, as opposed to a null result.

    `expression` is the FEEL text (or the name of the table or element), `position` the character where it went wrong.
    """

    sentence = Text("The decision cannot be made: {reason}", "لا يمكن اتخاذ القرار: {reason}")

    def __init__(self, expression: str, position: int, reason: Text) -> None:
        super().__init__(reason=reason)
        self.expression = expression
        self.position = position
        self.reason = reason
