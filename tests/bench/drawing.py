"""The referral of 81 elements that the benchmark runs, drawn once and written twice: for Ihala and the stock engine.

Four stages called one after the other, a decision table, five services side by side, one report for each of five
providers, two clocks. What differs between the two is the language of its expressions: FEEL here, Python there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

SERVICES = ("medical", "psychological", "legal", "social", "education")


@dataclass(frozen=True)
class Node:
    """One element. `feel` and `python` say the same: of a script its assignments, of a call what it returns."""

    id: str
    kind: str
    of: str = ""
    """What it calls, decides or stands on."""
    feel: str = ""
    python: str = ""
    stops: bool = False


@dataclass(frozen=True)
class Flow:
    source: str
    target: str
    feel: str = ""
    python: str = ""


@dataclass
class Drawing:
    """One process, whose user tasks are all done in one role."""

    id: str
    role: str
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    defaults: dict[str, str] = field(default_factory=dict)
    """Exclusive gateway -> where it goes where no condition holds."""

    def path(self, *steps: Node | str) -> None:
        """Elements one behind the other; a word names one that is drawn already."""
        self.nodes += [step for step in steps if isinstance(step, Node)]
        names = [step if isinstance(step, str) else step.id for step in steps]
        self.flows += [Flow(*pair) for pair in pairwise(names)]

    def choose(self, gateway: str, target: str, feel: str, python: str, otherwise: str) -> None:
        self.flows += [Flow(gateway, target, feel, python), Flow(gateway, otherwise)]
        self.defaults[gateway] = otherwise


def user(node_id: str) -> Node:
    return Node(node_id, "user")


def script(node_id: str, feel: str, python: str = "") -> Node:
    return Node(node_id, "script", feel=feel, python=python or feel)


def xor(node_id: str) -> Node:
    return Node(node_id, "exclusive")


def referral() -> list[Drawing]:
    """All five processes, the one that begins first."""
    return [_main(), _identification(), _shelter(), _services(), _reintegration()]


def size(drawings: list[Drawing]) -> int:
    return sum(len(one.nodes) for one in drawings)


def _main() -> Drawing:
    one = Drawing("referral", "coordinator")
    negative = ('identify.outcome = "negative"', "identification_decision['outcome'] == 'negative'")
    one.path(
        Node("s", "start"), script("init_case", 'case_status = "open"', "case_status = 'open'"), user("register"),
        Node("identify", "call", "identification", feel="identification_decision.outcome"), xor("identified"),
    )  # fmt: skip
    one.nodes += [user("close_not_identified"), Node("e_no", "end")]
    one.choose("identified", "close_not_identified", *negative, otherwise="find_shelter")
    one.path("close_not_identified", "e_no")
    one.path(
        Node("find_shelter", "call", "shelter"), Node("serve", "call", "services"),
        Node("settle", "call", "reintegration"), user("final_review"),
        script("close_case", 'case_status = "closed"', "case_status = 'closed'"), Node("e", "end"),
    )  # fmt: skip
    return one


def _identification() -> Drawing:
    one = Drawing("identification", "responder")
    one.path(
        Node("s", "start"), user("intake_interview"),
        script("indicators", "indicator_score = 12\nchild = false", "indicator_score = 12; child = False"),
        Node("risk_level", "rule", "risk_level"), xor("risk"),
    )  # fmt: skip
    one.nodes += [user("urgent_protection"), user("standard_protection"), xor("protected")]
    one.choose(
        "risk", "urgent_protection", 'risk_level = "high"', "risk_level == 'high'", otherwise="standard_protection"
    )
    one.path("urgent_protection", "protected")
    one.path("standard_protection", "protected")
    one.path(
        Node("late", "timer", "urgent_protection", feel="PT24H"),
        script("escalate", "escalated = true", "escalated = True"), Node("escalated_end", "end"),
    )  # fmt: skip
    one.path(
        "protected", user("formal_assessment"), user("consent"),
        script("prepare_decision", "decision_ready = consent.ok", "decision_ready = consent['ok']"),
        user("identification_decision"), Node("e", "end"),
    )  # fmt: skip
    return one


def _shelter() -> Drawing:
    one = Drawing("shelter", "shelter_worker")
    one.path(
        Node("s", "start"), user("request_place"),
        script("find_place", "place_found = request_place.beds > 0", "place_found = request_place['beds'] > 0"),
        xor("place"),
    )  # fmt: skip
    one.nodes += [user("accept_place"), user("alternative_place"), xor("placed"), user("transfer"), xor("transferred")]
    one.choose("place", "accept_place", "place_found", "place_found", otherwise="alternative_place")
    one.path("accept_place", "placed")
    one.path("alternative_place", "placed")
    one.path("placed", "transfer", "transferred")
    one.path(
        Node("transfer_silent", "timer", "transfer", feel="PT72H", stops=True), user("transfer_late"), "transferred"
    )
    one.path(
        "transferred", user("admission_medical"), user("needs_assessment"),
        script("shelter_summary", "shelter_ok = true", "shelter_ok = True"), Node("e", "end"),
    )  # fmt: skip
    return one


def _services() -> Drawing:
    one = Drawing("services", "provider")
    names = ", ".join(f'"{name}"' for name in SERVICES)
    one.path(
        Node("s", "start"), user("service_plan"), script("prepare_services", f"providers = [{names}]"),
        Node("split", "parallel"),
    )  # fmt: skip
    one.nodes.append(Node("join", "parallel"))
    for name in SERVICES:
        done = script(f"record_{name}", f"{name}_referred = true", f"{name}_referred = True")
        one.path("split", *(user(f"refer_{name}"), done, user(f"deliver_{name}")), "join")
    one.path(
        "join", Node("provider_report", "many", feel="providers", python="providers"),
        script("services_summary", "report_count = count(providers)", "report_count = len(providers)"),
        user("services_review"), Node("e", "end"),
    )  # fmt: skip
    return one


def _reintegration() -> Drawing:
    one = Drawing("reintegration", "reintegration_worker")
    one.path(
        Node("s", "start"), user("risk_reassessment"), script("plan_inputs", "returning = false", "returning = False"),
        user("reintegration_plan"), xor("country"),
    )  # fmt: skip
    one.nodes += [user("return_support"), user("local_support"), xor("supported")]
    one.choose("country", "return_support", "returning", "returning", otherwise="local_support")
    one.path("return_support", "supported")
    one.path("local_support", "supported")
    one.path(
        "supported", user("follow_up_1"), script("mark", "followed = 1", "followed = 1"), user("follow_up_2"),
        user("follow_up_3"), Node("e", "end"),
    )  # fmt: skip
    return one


def users(drawings: list[Drawing]) -> Iterator[str]:
    """The user tasks, all of which have the same form."""
    for one in drawings:
        yield from (node.id for node in one.nodes if node.kind in ("user", "many"))


def answers() -> dict[str, object]:
    """What somebody answers in each of them: coded answers and a free text."""
    return {"ok": True, "beds": 3, "outcome": "positive", "notes": "Interview and assessment notes. " * 6}
