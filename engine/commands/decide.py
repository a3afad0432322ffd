"""`ihala decide`: what a decision table says about given inputs."""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from engine import decisions
from engine.command_line import existing_file, language
from engine.decisions.dmn import load
from engine.decisions.values import to_json
from engine.errors import Refusal
from engine.text import Text

HELP = Text(
    "Ask a decision, a decision service or a knowledge model: "
    "decide age_gate.dmn age_gate declared_age=16 doubt=false.",
    "سؤال قرار أو خدمة قرارات أو نموذج معرفة: ‎decide age_gate.dmn age_gate declared_age=16 doubt=false‎.",
)
FILE = Text("the DMN file", "ملف DMN")
DECISION = Text(
    "the id or the name of the decision, decision service or knowledge model",
    "معرّف القرار أو خدمة القرارات أو نموذج المعرفة، أو اسمه",
)
IMPORT = Text("a DMN file that the first one imports; may be repeated", "ملف DMN يستورده الملف الأول؛ يمكن تكراره")
INPUT = Text(
    'an input as name=FEEL: age=16, risk="high", born=date("2001-04-05")',
    'مُدخَل بصيغة الاسم=FEEL: ‎age=16‎، ‎risk="high"‎، ‎born=date("2001-04-05")‎',
)
NO_NAME = Text("`{text}` is no input: write name=FEEL.", "‏`{text}` ليس مُدخَلًا: اكتب الاسم=FEEL.")


class UnknownInput(Refusal):
    sentence = Text(
        "The decision asks for no input '{name}'. Known are: {known}.",
        "لا يطلب القرار مُدخَلًا باسم '{name}'. المعروف: {known}.",
    )


def add_arguments(parser: ArgumentParser) -> None:
    spoken = language()
    parser.add_argument("file", type=existing_file, help=FILE.in_(spoken))
    parser.add_argument("decision", help=DECISION.in_(spoken))
    parser.add_argument(
        "--import",
        dest="imports",
        action="append",
        default=[],
        type=existing_file,
        metavar="FILE",
        help=IMPORT.in_(spoken),
    )
    parser.add_argument("inputs", nargs="*", type=_input, metavar="name=FEEL", help=INPUT.in_(spoken))


def run(arguments: Namespace) -> int:
    """Prints the outcome as JSON; a refusal of the table is said by the command line."""
    inputs = {name: decisions.evaluate(expression, {}) for name, expression in arguments.inputs}
    imports = {file.name: file.read_bytes() for file in arguments.imports}
    model = load(arguments.file.read_bytes(), imports)
    known = {name for node in model.required_inputs(arguments.decision) for name in (node.name, node.id)}
    strange = sorted(name for name in inputs if name.rpartition(".")[2] not in known)
    if strange and arguments.decision not in {name for one in model.knowledge.values() for name in (one.id, one.name)}:
        raise UnknownInput(name=", ".join(strange), known=", ".join(sorted(known)) or "-")
    outcome = model.evaluate(arguments.decision, inputs)
    print(json.dumps(to_json(outcome), ensure_ascii=False, indent=2))
    return 0


def _input(text: str) -> tuple[str, str]:
    name, equals, expression = text.partition("=")
    if not (name and equals and expression):
        raise ArgumentTypeError(NO_NAME.format(text=text).in_(language()))
    return name.strip(), expression
