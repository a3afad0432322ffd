"""Small DMN models for the tests."""

from __future__ import annotations

from xml.sax.saxutils import escape

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(content: str, namespace: str = "urn:test", dmn: str = NAMESPACE) -> bytes:
    """A model with this content."""
    return (
        f'<definitions xmlns="{dmn}" xmlns:ihala="urn:ihala:bpmn" id="m" name="Test" ihala:nameAr="اختبار" '
        f'namespace="{namespace}">{content}</definitions>'
    ).encode()


def text(feel: str, type_ref: str = "") -> str:
    """A literal expression."""
    kind = f' typeRef="{type_ref}"' if type_ref else ""
    return f"<literalExpression{kind}><text>{escape(feel)}</text></literalExpression>"


def decision(name: str, logic: str, requires: str = "", type_ref: str = "Any") -> str:
    """A decision; `requires` lists ids as `input:x decision:y knowledge:z`."""
    parts = []
    for kind, _, href in (item.partition(":") for item in requires.split()):
        tag = "knowledgeRequirement" if kind == "knowledge" else "informationRequirement"
        parts.append(f'<{tag}><required{kind.title()} href="#{href}"/></{tag}>')
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<decision id="{name}" name="{name}">{variable}{"".join(parts)}{logic}</decision>'


def data(name: str, type_ref: str = "Any") -> str:
    """Input data."""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def knowledge(name: str, parameters: str, body: str) -> str:
    """A knowledge model with parameters by name."""
    formal = "".join(f'<formalParameter name="{p}"/>' for p in parameters.split())
    logic = f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>"
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>{logic}</businessKnowledgeModel>'
    )


def table(policy: str, rules: list[str], *, values: str = "", default: str = "", outputs: str = "") -> str:
    """A table over the input `x`, each rule `cell; cell -> output; output`."""
    head = '<input label="age"><inputExpression typeRef="number"><text>x</text></inputExpression></input>'
    if outputs:
        columns = outputs
    else:
        allowed = f"<outputValues><text>{escape(values)}</text></outputValues>" if values else ""
        other = f"<defaultOutputEntry><text>{escape(default)}</text></defaultOutputEntry>" if default else ""
        columns = f"<output>{allowed}{other}</output>"
    body = "".join(_rule(number, rule) for number, rule in enumerate(rules, 1))
    name, _, aggregation = policy.partition("+")
    aggregate = f' aggregation="{aggregation}"' if aggregation else ""
    return f'<decisionTable id="t" hitPolicy="{name}"{aggregate}>{head}{columns}{body}</decisionTable>'


def _rule(number: int, rule: str) -> str:
    cells, _, results = rule.partition("->")
    inputs = "".join(f"<inputEntry><text>{escape(cell.strip())}</text></inputEntry>" for cell in cells.split(";"))
    outputs = "".join(f"<outputEntry><text>{escape(cell.strip())}</text></outputEntry>" for cell in results.split(";"))
    return f'<rule id="r{number}">{inputs}{outputs}</rule>'
