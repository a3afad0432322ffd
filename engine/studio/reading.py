"""Reads a condition back as a sentence in both languages, its answers called by their questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from engine.decisions import feel, syntax
from engine.decisions.errors import DecisionError
from engine.decisions.printing import to_string
from engine.studio.variables import Variable
from engine.text import Text


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence; `is_readable` is False where the text is no FEEL, and the sentence says what was expected."""

    text: Text
    is_readable: bool = True


_LONGEST = 2_000
"""Letters; the longest condition of the mechanism has fewer than 200."""


class _NoWords(Exception):
    """A part of the formula that has no plain words."""


def read_back(expression: str, variables: Iterable[Variable]) -> Reading:
    """The condition in words; never raises. Formulas that no plain sentence can hold are said to be such."""
    if len(expression) > _LONGEST:
        return Reading(_FORMULA)
    try:
        node = feel.parse(expression).node
    except DecisionError as error:
        return Reading(_UNREADABLE.format(reason=error.reason), is_readable=False)
    try:
        return Reading(_TAKEN.format(what=_Sentences({one.path: one for one in variables}).of(node)))
    except _NoWords:
        return Reading(_FORMULA)


class _Sentences:
    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self.variables = variables

    def of(self, node: syntax.Node) -> Text:
        """What must be so, as a clause."""
        if isinstance(node, syntax.Conjunction):
            return _AND.format(left=self._grouped(node.left), right=self._grouped(node.right))
        if isinstance(node, syntax.Disjunction):
            return _OR.format(left=self.of(node.left), right=self.of(node.right))
        if isinstance(node, syntax.Comparison):
            return self._compared(node)
        if isinstance(node, syntax.Between):
            return _BETWEEN.format(
                what=self._asked(node.value), low=self._value(node.low, ""), high=self._value(node.high, "")
            )
        if isinstance(node, syntax.In):
            return self._one_of(node)
        if isinstance(node, syntax.Call):
            return self._called(node)
        if isinstance(node, syntax.Literal) and isinstance(node.value, bool):
            return _ALWAYS if node.value else _NEVER
        return _IS.format(what=self._asked(node), value=_YES)

    def _grouped(self, node: syntax.Node) -> Text:
        """A choice inside an `and` stands in brackets, so that it is read as it is evaluated."""
        said = self.of(node)
        return Text(f"({said.en})", f"({said.ar})") if isinstance(node, syntax.Disjunction) else said

    def _compared(self, node: syntax.Comparison) -> Text:
        left, right, operator = node.left, node.right, node.operator
        if not _is_path(left) and not _is_count(left):
            left, right, operator = right, left, _TURNED.get(operator, operator)
        if isinstance(right, syntax.Literal) and right.value is None and operator in ("=", "!="):
            return (_EMPTY if operator == "=" else _GIVEN).format(what=self._asked(left))
        path = _path(left)
        return _COMPARED[operator].format(what=self._asked(left), value=self._value(right, path))

    def _one_of(self, node: syntax.In) -> Text:
        path = _path(node.value)
        tests = [
            part for test in node.tests for part in (test.items if isinstance(test, syntax.ListLiteral) else (test,))
        ]
        values = [self._value(test, path) for test in tests]
        joined = Text(" or ".join(one.en for one in values), " أو ".join(one.in_("ar") for one in values))
        return _IS.format(what=self._asked(node.value), value=joined)

    def _called(self, node: syntax.Call) -> Text:
        name = node.callee.name if isinstance(node.callee, syntax.Name) else ""
        if name == "not" and len(node.arguments) == 1:
            return _NOT.format(what=self.of(node.arguments[0]))
        if name == "list contains" and len(node.arguments) == 2:
            asked, value = node.arguments
            return _AMONG.format(what=self._asked(asked), value=self._value(value, _path(asked)))
        raise _NoWords

    def _asked(self, node: syntax.Node) -> Text:
        """What is asked, by its question; a number of items by the list."""
        if _is_count(node) and isinstance(node, syntax.Call):
            return _COUNT.format(what=self._asked(node.arguments[0]))
        if not _is_path(node):
            raise _NoWords
        known = self.variables.get(_path(node))
        words = known.words if known else Text(_path(node), f"\u2066{_path(node)}\u2069")
        return Text(f"“{words.en}”", f"«{words.in_('ar')}»")

    def _value(self, node: syntax.Node, path: str) -> Text:
        if _is_path(node):
            return self._asked(node)
        if isinstance(node, syntax.Call) and isinstance(node.callee, syntax.Name) and node.callee.name == "date":
            return self._value(node.arguments[0], path)
        if not isinstance(node, syntax.Literal):
            raise _NoWords
        value = node.value
        if isinstance(value, bool):
            return _YES if value else _NO
        if isinstance(value, str):
            return self._option(value, path)
        if isinstance(value, Decimal | date):
            return Text(to_string(value), f"\u2066{to_string(value)}\u2069")
        raise _NoWords

    def _option(self, value: str, path: str) -> Text:
        known = self.variables.get(path)
        words = dict(known.options).get(value, Text(value, value)) if known else Text(value, value)
        return Text(f"“{words.en}”", f"«{words.in_('ar')}»")


def _is_path(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Name) or (isinstance(node, syntax.Path) and _is_path(node.base))


def _is_count(node: syntax.Node) -> bool:
    return isinstance(node, syntax.Call) and isinstance(node.callee, syntax.Name) and node.callee.name == "count"


def _path(node: syntax.Node) -> str:
    if isinstance(node, syntax.Path):
        return f"{_path(node.base)}.{node.name}"
    return node.name if isinstance(node, syntax.Name) else ""


_TAKEN = Text("Taken when {what}.", "يُسلك حين {what}.")
_FORMULA = Text(
    "Taken when the formula above gives true; it is too rich for a plain sentence.",
    "يُسلك حين تعطي العبارة أعلاه true، وهي أغنى من أن تُقال في جملة بسيطة.",
)
_UNREADABLE = Text("This cannot be read yet: {reason}.", "لا يمكن قراءة هذا بعد: {reason}.")
_AND = Text("{left} and {right}", "{left} و{right}")
_OR = Text("{left} or {right}", "{left} أو {right}")
_NOT = Text("it is not so that {what}", "ليس صحيحًا أن {what}")
_ALWAYS, _NEVER = Text("anything is answered: always", "أيًا كانت الأجوبة: دائمًا"), Text("never", "لا يحدث أبدًا")
_YES, _NO = Text("yes", "نعم"), Text("no", "لا")
_IS = Text("{what} is {value}", "{what} هو {value}")
_EMPTY = Text("{what} has no answer", "{what} بلا جواب")
_GIVEN = Text("{what} has an answer", "{what} له جواب")
_AMONG = Text("{what} has {value} among it", "من بين {what}: {value}")
_BETWEEN = Text("{what} is between {low} and {high}", "{what} بين {low} و{high}")
_COUNT = Text("the number of {what}", "عدد {what}")
_COMPARED = {
    "=": _IS,
    "!=": Text("{what} is not {value}", "{what} ليس {value}"),
    "<": Text("{what} is less than {value}", "{what} أقل من {value}"),
    "<=": Text("{what} is at most {value}", "{what} لا يزيد على {value}"),
    ">": Text("{what} is more than {value}", "{what} أكثر من {value}"),
    ">=": Text("{what} is at least {value}", "{what} لا يقل عن {value}"),
}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
