"""Every construct of BPMN 2.0 and what the engine does with it: runs, rewritten, refused, or a note to the reader.

The page `docs/constructs.md` is written from this list; tests hold it against the standard's schema, the rules of the
checker and the steps of the normaliser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["runs", "rewritten", "refused", "note"]


@dataclass(frozen=True, slots=True)
class Construct:
    """`tags` are the elements it is written with; `rules` refuse it, `step` of the normaliser rewrites it."""

    name: str
    decision: Decision
    how: str
    tags: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    step: str = ""


def runs(name: str, how: str, *tags: str) -> Construct:
    return Construct(name, "runs", how, tags)


def rewritten(name: str, how: str, step: str, *tags: str) -> Construct:
    return Construct(name, "rewritten", how, tags, step=step)


def refused(name: str, why: str, rules: str, *tags: str) -> Construct:
    return Construct(name, "refused", why, tags, tuple(rules.split()))


def note(name: str, how: str, *tags: str) -> Construct:
    return Construct(name, "note", how, tags)


ACTIVITIES = (
    runs("User task", "waits for a person; its answers are the variable of its id", "userTask"),
    runs("Manual task", "waits until somebody says that it is done", "manualTask"),
    runs("Task without a kind", "is passed at once: nothing says what it does (BPMN 2.0.2, 13.3.3)", "task"),
    runs("Script task", "FEEL assignments, one a line", "scriptTask"),
    runs("Business rule task", "a DMN decision, by `ihala:decision` or the task's id", "businessRuleTask"),
    runs("Service task", "an operation of `docs/operations.md`", "serviceTask"),
    runs("Send task, receive task", "a message to, or from, exactly one receiver", "sendTask", "receiveTask"),
    runs("Call activity", "a process with its own variables; inputs and outputs are declared", "callActivity"),
    runs("Sub-process", "its variables are its own, it reads outwards", "subProcess"),
    runs("Transaction", "a sub-process that can be cancelled", "transaction"),
    runs("Standard loop", "while its condition holds, up to its maximum", "standardLoopCharacteristics"),
    runs(
        "Multi-instance, parallel and sequential",
        "over a list or a number, with a completion condition; the result is the list of results",
        "multiInstanceLoopCharacteristics",
    ),
    rewritten("Sub-process without start or end event", "they are written out", "begin_and_end"),
    rewritten(
        "Event sub-process",
        "interrupting or not, several in a scope, nested: a boundary event on a wrapper around its scope; where both "
        "kinds meet, on two wrappers; a terminate or cancel end event still ends the author's scope",
        "wrap_scopes",
    ),
    rewritten("Receive task that starts its process", "a start event of the same id and message", "start_by_receiving"),
    rewritten(
        "Global task",
        "the process of one task that it is; a global script task must be in FEEL",
        "write_global_tasks",
        *("globalTask", "globalUserTask", "globalManualTask", "globalScriptTask", "globalBusinessRuleTask"),
    ),
    rewritten(
        "Ad-hoc sub-process",
        "what no flow leads to is offered at once; after each activity its condition is looked at; people's steps are "
        "offered anew until it holds; without a condition each is done once",
        "open_ad_hoc",
        "adHocSubProcess",
    ),
    rewritten(
        "`startQuantity`, `completionQuantity`",
        "a gate before the activity gathers its tokens; so many tokens leave it",
        "gather_tokens",
    ),
    rewritten(
        "Multi-instance `behavior` None, One, Complex",
        "the event of each instance that ends, of the first, or of those whose condition holds, is thrown from the "
        "activity, where a boundary event may catch it",
        "write_behaviours",
    ),
    refused("Compensation", "handlers, events and `isForCompensation`", "compensation", "compensateEventDefinition"),
    refused(
        "Ad-hoc sub-process with several people's steps, one at a time",
        "all are offered together",
        "ad_hoc_sequential",
    ),
    refused(
        "Token quantities that are no number, repetitions that throw nothing",
        "nobody could tell what is meant",
        "token_quantity repetition_events",
    ),
    refused(
        "Loop or multi-instance without bounds, or with impossible ones",
        "it would never end, or never begin",
        "loop_count loop_without_end repetition_without_list repetition_two_sources",
    ),
    refused(
        "Script or expression in another language", "only FEEL is evaluated", "script_language expression_language"
    ),
)
GATEWAYS = (
    runs("Exclusive gateway", "the first true condition in the drawn order, else the default", "exclusiveGateway"),
    runs("Inclusive gateway", "every true condition, else the default; joins what can still come", "inclusiveGateway"),
    runs("Parallel gateway", "one token from each flow, one to each", "parallelGateway"),
    runs("Event-based gateway", "the first event wins", "eventBasedGateway"),
    rewritten(
        "Event-based gateway that starts its process",
        "exclusive: several start events; parallel: start events that then wait for the others",
        "start_by_receiving",
    ),
    refused("Complex gateway", "its activation condition is not evaluated", "complex_gateway", "complexGateway"),
    refused(
        "Gateway without condition or default on a flow", "nobody could tell when it is taken", "condition_missing"
    ),
    refused("Event-based gateway before anything but waiting events", "it would not wait", "event_gateway_target"),
)
FLOWS = (
    runs("Sequence flow; several into one node", "each token starts an activity anew", "sequenceFlow"),
    rewritten("Several flows out of an activity or event", "a parallel gateway is written out", "write_splits"),
    rewritten(
        "Conditional and default flows out of an activity", "an inclusive gateway is written out", "write_splits"
    ),
    rewritten("Two flows between the same two nodes", "an event on the second keeps the tokens apart", "write_splits"),
    rewritten("Order of the flows out of an exclusive gateway", "that of its `outgoing`", "order_of_choices"),
    refused("Condition on a flow that nothing chooses", "it would be ignored", "condition_ignored"),
    refused("Flow across the border of a sub-process", "a message or signal is meant", "flow_to_nowhere"),
    refused("Parallel join that can never have all its tokens", "the case would never end", "deadlock"),
)
EVENTS = (
    runs("Start event: none, timer, conditional", "begins the process", "startEvent", "timerEventDefinition"),
    runs("Start event: message, signal", "begins an instance", "messageEventDefinition", "signalEventDefinition"),
    runs("Several start events", "whichever happens begins an instance; at most one of them plain"),
    runs(
        "Intermediate event: message, timer, signal, conditional; throwing none, message, signal, escalation",
        "conditions are looked at after every step, on the rising edge",
        *("intermediateCatchEvent", "intermediateThrowEvent", "conditionalEventDefinition"),
    ),
    runs(
        "Boundary event: message, timer, signal, conditional, escalation (interrupting or not), error, cancel",
        "a non-interrupting one stays armed; errors and escalations go strictly outwards",
        *("boundaryEvent", "errorEventDefinition", "escalationEventDefinition", "cancelEventDefinition"),
    ),
    runs(
        "End event: none, message, error, escalation, cancel, terminate",
        "terminate ends its own scope",
        *("endEvent", "terminateEventDefinition"),
    ),
    rewritten("Signal end event", "a throwing event and an end", "one_definition_each"),
    rewritten("Link events", "flows; several throwing events may lead to one", "join_links", "linkEventDefinition"),
    rewritten("`eventDefinitionRef`", "the definition is written into the event", "inline_definitions"),
    rewritten("`operationRef` for `messageRef`", "the message that goes into the operation", "operation_messages"),
    rewritten(
        "Several definitions in one event",
        "any of them (one generated event each) or, in a parallel event, all of them; thrown ones one by one",
        "one_definition_each",
    ),
    rewritten("Error or escalation without a code", "its name is its code; a catch of it takes every code", "codes"),
    rewritten("Missing start or end events", "written out: before what nothing leads to, after what leads nowhere",
              "begin_and_end"),
    refused("Several plain start events", "the diagram does not say which one begins", "several_plain_starts"),
    refused("Start event with a trigger in a sub-process", "the arrow begins it", "start_in_subprocess"),
    refused("Event without what it waits for or throws", "message, signal, thrown error or escalation, time, condition",
            "trigger_missing reference_missing reference_unknown timer_text_missing condition_event_empty"),
    refused("Non-interrupting error or cancel", "they always interrupt", "always_interrupts"),
    refused("Implicit throw event", "it only belongs to a repetition's behavior", "unknown_element",
            "implicitThrowEvent"),
)  # fmt: skip
REST = (
    runs("Process", "executable unless it says that it is not", "process"),
    runs("Message, signal, error, escalation", "known by name or code", "message", "signal", "error", "escalation"),
    runs("Correlation property", "keys of a message, from its payload", "correlationProperty"),
    runs("Data object", "a variable of its scope, by its id or name", "dataObject", "dataObjectReference"),
    rewritten("Data associations and input-output specifications", "written as inputs and outputs",
              "take_out_data_flow"),
    refused("Data association with a calculation", "it belongs into a script task", "computing_data_arrow"),
    note("Lanes", "the lane of a task is the role that does it"),
    note("Pools and message flows", "each executable process runs for itself; messages join them", "collaboration"),
    note("Data store", "nothing is read or written there", "dataStore", "dataStoreReference"),
    note("Text annotation, association, group", "kept", "textAnnotation", "association", "group", "category"),
    note(
        "Interfaces, item definitions, resources, partners", "kept",
        *("interface", "itemDefinition", "resource", "endPoint", "partnerEntity", "partnerRole"),
    ),
    refused(
        "Choreography and conversation", "they describe exchanges, not a process", "unknown_element no_process",
        *("choreographyTask", "subChoreography", "callChoreography"),
    ),
)  # fmt: skip
STANDARD: tuple[tuple[str, tuple[Construct, ...]], ...] = (
    ("Activities", ACTIVITIES),
    ("Gateways", GATEWAYS),
    ("Flows", FLOWS),
    ("Events", EVENTS),
    ("Data, participants and the rest", REST),
)
CONSTRUCTS: tuple[Construct, ...] = tuple(construct for _, group in STANDARD for construct in group)
