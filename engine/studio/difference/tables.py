"""What differs between two states of a decision table: rules, cells, columns, hit policy."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from engine.decisions import document
from engine.decisions.document import label_of, name_of, text_of
from engine.studio.difference.change import Change, Fact, fact, facts_changed, said
from engine.text import Text


def table_changes(before: bytes, after: bytes) -> Iterator[Change]:
    """Raises `DecisionError` where a file is no DMN."""
    old, new = document.read(before), document.read(after)
    yield from _named(_decisions(old), _decisions(new))


def _decisions(root: Element) -> dict[str, Element]:
    return {one.get("id") or name_of(one): one for tag in _TAGS for one in root.findall(tag)}


_TAGS = ("decision", "businessKnowledgeModel", "inputData", "decisionService", "itemDefinition")


def _named(old: dict[str, Element], new: dict[str, Element]) -> Iterator[Change]:
    for one in [name for name in new if name not in old]:
        yield said(_ADDED, one, name=label_of(new[one]) or Text(one, one))
    for one in [name for name in old if name not in new]:
        yield said(_REMOVED, one, name=label_of(old[one]) or Text(one, one))
    for one in [name for name in new if name in old]:
        name = label_of(new[one]) or Text(one, one)
        yield from _rules(one, name, old[one], new[one])
        yield from facts_changed(one, name, _facts(old[one]), _facts(new[one]))


def _facts(element: Element) -> dict[str, Fact]:
    """What is said of the whole element; its rules are told one by one."""
    table = element.find("decisionTable")
    found = {"name": Fact(Text("the name", "الاسم"), label_of(element))}
    if table is not None:
        found["policy"] = fact("the hit policy", "سياسة التطابق", table.get("hitPolicy") or "UNIQUE")
        for column in (*table.findall("input"), *table.findall("output")):
            what = text_of(column.find("inputExpression")) or name_of(column)
            label = Text(f"the column {column.get('label') or what}", f"العمود {column.get('label') or what}")
            found[f"column:{column.get('id')}"] = Fact(label, Text(what, what))
        return found
    texts = [text_of(one) for one in element.iter() if one.tag in ("literalExpression", "allowedValues", "typeRef")]
    return found | {"logic": fact("what it says", "مضمونه", " ".join(filter(None, texts)) or "-")}


def _rules(element: str, name: Text, old: Element, new: Element) -> Iterator[Change]:
    before, after = rows_of(old), rows_of(new)
    for number, row in enumerate(after, 1):
        if row not in before:
            yield said(_NEW_RULE, element, name=name, number=number, rule=_rule(after[row]))
    for row in [one for one in before if one not in after]:
        yield said(_NO_RULE, element, name=name, rule=_rule(before[row]))
    for number, row in enumerate(after, 1):
        if row in before and before[row] != after[row]:
            yield said(_RULE, element, name=name, number=number, new=_rule(after[row]), old=_rule(before[row]))
    common = [row for row in after if row in before]
    if common != [row for row in before if row in after]:
        yield said(_ORDER, element, name=name)


def rows_of(element: Element) -> dict[str, tuple[list[str], list[str]]]:
    """What the rules of a table ask and answer, by their ids, in order."""
    table = element.find("decisionTable")
    rules = [] if table is None else table.findall("rule")
    return {
        rule.get("id") or str(number): (
            [text_of(cell) or "-" for cell in rule.findall("inputEntry")],
            [text_of(cell) or "-" for cell in rule.findall("outputEntry")],
        )
        for number, rule in enumerate(rules, 1)
    }


def _rule(row: tuple[list[str], list[str]]) -> str:
    asked, answered = row
    return f"{' | '.join(asked)} → {' | '.join(answered)}"


_ADDED = Text("New: “{name}”.", "جديد: «{name}».")
_REMOVED = Text("“{name}” is gone.", "حُذف «{name}».")
_NEW_RULE = Text("“{name}” has a new rule {number}: {rule}.", "قاعدة جديدة {number} في «{name}»: \u2066{rule}\u2069.")
_NO_RULE = Text("“{name}” has lost a rule: {rule}.", "حُذفت قاعدة من «{name}»: \u2066{rule}\u2069.")
_RULE = Text(
    "Rule {number} of “{name}” is now {new} instead of {old}.",
    "القاعدة {number} في «{name}» الآن \u2066{new}\u2069 بدلًا من \u2066{old}\u2069.",
)
_ORDER = Text("The rules of “{name}” stand in another order.", "تغيّر ترتيب القواعد في «{name}».")
