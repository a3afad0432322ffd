"""Finds rules of a decision table that overlap and combinations of inputs that none covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.decisions import printing, samples
from engine.decisions.domain import Value
from engine.decisions.feel import UnaryTests
from engine.decisions.logic import ModelProblem
from engine.decisions.scope import Evaluation, Scope
from engine.decisions.tables import Input, Table
from engine.text import Text

LARGEST_RULES = 400
LARGEST_SEARCH = 20_000  # combinations looked at
LARGEST_GAPS = 3  # told for one table

# What matches nothing gives an empty list under the other policies, which is an answer.
_MUST_COVER = ("UNIQUE", "ANY", "FIRST", "PRIORITY")


@dataclass(frozen=True, slots=True)
class _Column:
    """The sample values of one column, and which of them each rule accepts (a bit for each sample)."""

    input: Input
    samples: list[Value]
    accepts: list[int]

    @property
    def all(self) -> int:
        """The bits of all samples; one bit where the column has none."""
        return (1 << max(len(self.samples), 1)) - 1


def problems(table: Table) -> list[ModelProblem]:
    """What is wrong with the table as a whole; a table whose cells depend on more than their inputs is not judged."""
    cells = [cell for rule in table.rules for cell in rule.cells]
    parsed = [cell for cell in cells if isinstance(cell, UnaryTests)]
    if len(parsed) < len(cells) or len(table.rules) > LARGEST_RULES or not all(map(samples.is_constant, parsed)):
        return []
    columns = [_column(table, place) for place in range(len(table.inputs))]
    found = [*_never_met(table), *_overlaps(table, columns)]
    if table.policy in _MUST_COVER and not any(output.default for output in table.outputs):
        found.extend(_gaps(table, columns))
    return found


def _column(table: Table, place: int) -> _Column:
    column = table.inputs[place]
    cells = [rule.cells[place] for rule in table.rules if place < len(rule.cells)]
    tests = [cell for cell in cells if isinstance(cell, UnaryTests)]
    values = samples.of_column(column.type, tests, column.domain)
    scope = Scope({}, None, Evaluation())
    accepts = []
    for cell in tests:
        bits = [cell.matches(value, scope) is True for value in values] or [True]
        accepts.append(sum(1 << place for place, held in enumerate(bits) if held))
    return _Column(column, values, accepts)


def _never_met(table: Table) -> Iterator[ModelProblem]:
    """Cells with a value that the column can never have: of another type, or not among its values."""
    scope = Scope({}, None, Evaluation())
    for number, rule in enumerate(table.rules, 1):
        for column, cell in zip(table.inputs, rule.cells, strict=False):
            for mark in samples.marks_of(cell) if isinstance(cell, UnaryTests) else ():
                domain = column.domain if isinstance(mark, str) else None
                if not samples.base_of(column.type).holds(mark) or (domain and domain.matches(mark, scope) is False):
                    about = {"number": number, "value": _value_words(mark), "label": column.label}
                    yield ModelProblem(table.element, _NEVER.format(**about), "cell", (number,))


def _overlaps(table: Table, columns: Sequence[_Column]) -> Iterator[ModelProblem]:
    if table.policy not in ("UNIQUE", "ANY"):
        return
    for second, rule in enumerate(table.rules):
        for first in range(second):
            if table.policy == "ANY" and table.rules[first].output_texts == rule.output_texts:
                continue
            common = [column.accepts[first] & column.accepts[second] for column in columns]
            if all(common):
                example = _words([(c, _lowest(bits)) for c, bits in zip(columns, common, strict=True)])
                text = _OVERLAP.format(first=first + 1, second=second + 1, example=example, policy=table.policy.title())
                yield ModelProblem(table.element, text, "overlap", (first + 1, second + 1))


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def _gaps(table: Table, columns: Sequence[_Column]) -> Iterator[ModelProblem]:
    search = _Search(columns, LARGEST_SEARCH)
    for place, gap in enumerate(search.uncovered(list(range(len(table.rules))), [])):
        if place == LARGEST_GAPS:
            return
        yield ModelProblem(table.element, _GAP.format(example=_words(gap)), "gap")


class _Search:
    """Goes through combinations of samples, column by column, as far as rules tell them apart."""

    def __init__(self, columns: Sequence[_Column], budget: int) -> None:
        self._columns = columns
        self._budget = budget

    def uncovered(self, rules: list[int], chosen: list[tuple[_Column, int]]) -> Iterator[list[tuple[_Column, int]]]:
        """The combinations that start with these choices and that no rule accepts."""
        self._budget -= 1
        if self._budget < 0:
            return
        if not rules:
            yield chosen
            return
        rest = self._columns[len(chosen) :]
        if any(all(column.accepts[rule] == column.all for column in rest) for rule in rules):
            return
        column = rest[0]
        tried: set[tuple[int, ...]] = set()
        for sample in range(max(len(column.samples), 1)):
            left = tuple(rule for rule in rules if column.accepts[rule] >> sample & 1)
            if left not in tried:  # samples that the same rules accept are told once
                tried.add(left)
                yield from self.uncovered(list(left), [*chosen, (column, sample)])


def _words(choices: Sequence[tuple[_Column, int]]) -> Text:
    """The combination in words; columns about which nothing is known are left out."""
    known = [(column, column.samples[sample]) for column, sample in choices if column.samples]
    if not known:
        return Text("any inputs", "أي مدخلات")
    parts = [(column.input.label, _value_words(value)) for column, value in known]
    return Text(
        " and ".join(f"{label.en} is {value.en}" for label, value in parts),
        " و".join(f"«{label.in_('ar')}» هو {value.ar}" for label, value in parts),
    )


def _value_words(value: Value) -> Text:
    if value == samples.OTHER_TEXT:
        return Text("any other text", "أي نص آخر")
    text = f'"{value}"' if isinstance(value, str) else printing.to_string(value)
    return Text(text, f"\u2066{text}\u2069")


_NEVER = Text(
    "rule {number} asks whether “{label}” is {value}, which it can never be; correct the cell or the column's type and "
    "values",
    "تسأل القاعدة {number} هل «{label}» هو {value}، وهذا لا يمكن أن يكون؛ صحح الخلية أو نوع العمود وقيمه",
)
_OVERLAP = Text(
    "rules {first} and {second} both match, for example where {example}; the hit policy {policy} does not allow that, "
    "so change one of them",
    "تنطبق القاعدتان {first} و{second} معا، مثلا عندما يكون {example}؛ سياسة {policy} لا تسمح بذلك، فغير إحداهما",
)
_GAP = Text(
    "no rule matches where {example}; add a rule for it or a default output",
    "لا تنطبق أي قاعدة عندما يكون {example}؛ أضف قاعدة لذلك أو مخرجا افتراضيا",
)
