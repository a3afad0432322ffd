"""`check`: everything wrong with the files of a set, in words; bad files are problems, never exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from engine.errors import Problem
from engine.execution.checking.calls import call_findings, stopped_by_callers
from engine.execution.checking.expressions import script_findings
from engine.execution.checking.flow import flow_findings, paths_without_end
from engine.execution.checking.material import Diagram, Material, read
from engine.execution.checking.publishing import publishing_findings
from engine.execution.checking.rules import problems
from engine.execution.checking.rules.rule import Finding, found
from engine.execution.checking.tables import table_findings
from engine.execution.checking.variables import expression_findings
from engine.execution.checking.vocabulary import vocabulary_findings
from engine.execution.checking.writers import writer_findings
from engine.execution.safeguarding import LIST, Safeguard, SafeguardsUnreadable, breaks_of, prove, read_list

LEVELS = ("cannot_run", "not_publishable", "advice")


def check(files: Mapping[str, bytes], safeguards: Sequence[Safeguard] | None = None) -> list[Problem]:
    """What would not do what it shows, what may not be published, and what is worth a second look; worst first.

    What may not be published is only said of a set with a `mechanism.toml`: others are diagrams to be tried out.
    `safeguards`: what a release must keep; where none are given, those of the list among the files.
    """
    material = read(files)
    said = list(material.problems)
    stopped = stopped_by_callers(material)
    for diagram in material.diagrams.values():
        said += problems(diagram.file, _of_diagram(diagram, stopped))
    for find in (expression_findings, call_findings, table_findings, publishing_findings):
        said += _in_words(find(material))
    said += _broken(material, files.get(LIST), safeguards)
    if material.mechanism is None:
        said = [problem for problem in said if problem.severity != "not_publishable"]
    return sorted(dict.fromkeys(said), key=lambda one: (LEVELS.index(one.severity), one.file, one.element, one.code))


def _broken(material: Material, listed: bytes | None, safeguards: Sequence[Safeguard] | None) -> list[Problem]:
    if safeguards is None and listed is not None:
        try:
            safeguards = read_list(listed)
        except SafeguardsUnreadable as refusal:
            return problems(LIST, [found("safeguards_unreadable", "", cause=refusal.text)])
    return breaks_of(prove(material, safeguards or ()))


def _of_diagram(diagram: Diagram, stopped: set[str]) -> Iterator[Finding]:
    yield from script_findings(diagram.author)
    yield from vocabulary_findings(diagram.author)
    if diagram.executed is not None:
        yield from flow_findings(diagram.executed, stopped)
        yield from paths_without_end(diagram.author, diagram.executed)
        yield from writer_findings(diagram.executed)


def _in_words(findings: Iterable[tuple[str, Finding]]) -> list[Problem]:
    return [problem for file, finding in findings for problem in problems(file, [finding])]
