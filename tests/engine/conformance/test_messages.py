"""Messages between instances: correlation by keys and by context, BPMN 2.0.2, 8.4.2; drawn data, 10.4."""

from decimal import Decimal

import pytest

from engine.rehearsal.views import NotOneReceiver

from .playing import Play, play

KEYS = """
    root <correlationProperty id="cp" name="orderId"><correlationPropertyRetrievalExpression messageRef="message_order">
    root <messagePath>id</messagePath></correlationPropertyRetrievalExpression>
    root <correlationPropertyRetrievalExpression messageRef="message_shipped"><messagePath>order</messagePath>
    root </correlationPropertyRetrievalExpression></correlationProperty>"""
SHIPS = f"{KEYS}\n start s message order\n catch w message shipped\n end e\n s > w > e"


def two_orders() -> Play:
    return Play(SHIPS).act("send order", id=1).act("send order", id=2)


def states(play: Play) -> list[str]:
    return [one.state for one in play.rehearsal.instances]


def test_a_message_reaches_the_instance_of_its_key():
    assert states(two_orders().act("send shipped", order=2)) == ["running", "completed"]


def test_a_message_of_an_unknown_key_reaches_nobody():
    assert states(two_orders().act("send shipped", order=3)) == ["running", "running"]


def test_a_message_without_a_key_reaches_nobody_who_expects_one():
    assert states(two_orders().act("send shipped")) == ["running", "running"]


def test_keys_may_be_given_beside_the_payload():
    orders = two_orders()
    orders.rehearsal.send("shipped", {}, {"orderId": 1})
    assert states(orders) == ["completed", "running"]


def test_keys_beside_the_payload_of_a_starting_message_are_kept():
    orders = Play(SHIPS)
    for number in (1, 2):
        orders.rehearsal.send("order", {}, {"orderId": number})
    assert states(orders.act("send shipped", order=2)) == ["running", "completed"]


def test_a_message_two_instances_wait_for_without_keys_is_refused():
    with pytest.raises(NotOneReceiver):
        Play("start s\n receive w m\n s > w").start().start().act("send m")


def test_a_process_may_bind_a_key_to_its_variables():
    text = """
    root <correlationProperty id="cp"><correlationPropertyRetrievalExpression messageRef="message_m">
    root <messagePath>id</messagePath></correlationPropertyRetrievalExpression></correlationProperty>
    xml <correlationSubscription id="cs" correlationKeyRef="ck"><correlationPropertyBinding correlationPropertyRef="cp">
    xml <dataPath>order_id</dataPath></correlationPropertyBinding></correlationSubscription>
    start s
    receive w m
    s > w"""
    assert states(Play(text).start(order_id="A").start(order_id="B").act("send m", id="B")) == ["running", "completed"]


CONVERSATION = """
    root <correlationProperty id="{0}" name="n"><correlationPropertyRetrievalExpression messageRef="message_question">
    root <messagePath>n</messagePath></correlationPropertyRetrievalExpression>
    root <correlationPropertyRetrievalExpression messageRef="message_answer"><messagePath>n</messagePath>
    root </correlationPropertyRetrievalExpression></correlationProperty>"""
ASKS = CONVERSATION.format("cp") + "\n start s\n send ask question\n receive got answer\n s > ask > got"
ANSWERS = (
    CONVERSATION.format("cq") + "\n start qs message question\n user think\n end qe message answer\n qs > think > qe"
)


def test_an_answer_goes_back_to_the_instance_that_asked():
    both = Play(ASKS, ANSWERS).start(n=1).start(n=2)
    second = next(task for task in both.rehearsal.tasks if task.instance == both.rehearsal.instances[3].id)
    both.rehearsal.complete(second)
    assert states(both) == ["running", "running", "completed", "completed"]


SENDS = """
    xml <dataObject id="order"/>
    start s
    script x order = 7
    xml <endEvent id="e"><dataInput id="di" name="amount"/><dataInputAssociation><sourceRef>order</sourceRef>
    xml <targetRef>di</targetRef></dataInputAssociation><messageEventDefinition messageRef="message_m"/></endEvent>
    xml <sequenceFlow id="f" sourceRef="x" targetRef="e"/>
    root <message id="message_m" name="m"/>
    s > x"""
GETS = """
    xml <dataObject id="got"/>
    xml <startEvent id="qs"><dataOutput id="do" name="amount"/><dataOutputAssociation><sourceRef>do</sourceRef>
    xml <targetRef>got</targetRef></dataOutputAssociation><messageEventDefinition messageRef="message_m"/></startEvent>
    xml <sequenceFlow id="f" sourceRef="qs" targetRef="u"/>
    root <message id="message_m" name="m"/>
    user u"""


def test_drawn_data_travels_with_a_message():
    assert Play(SENDS, GETS).start().rehearsal.instances[1].variables["got"] == Decimal(7)


def test_a_script_reads_its_drawn_input_by_the_name_that_is_drawn():
    text = """
    xml <dataObject id="order"/>
    start s
    xml <scriptTask id="x"><ioSpecification><dataInput id="i" name="price"/><inputSet/><outputSet/></ioSpecification>
    xml <dataInputAssociation><sourceRef>order</sourceRef><targetRef>i</targetRef></dataInputAssociation>
    xml <script>total = price * 2</script></scriptTask>
    xml <sequenceFlow id="f" sourceRef="s" targetRef="x"/>"""
    assert Play(text).start(order=5)["total"] == Decimal(10)


def test_a_data_object_may_be_spoken_of_by_its_name():
    text = """
    xml <dataObject id="do_1"/><dataObjectReference id="ref" dataObjectRef="do_1" name="amount"/>
    start s
    script x amount = 3
    script y twice = amount * 2
    s > x > y"""
    assert Play(text).start()["twice"] == Decimal(6)


def test_a_message_between_pools_of_one_file_is_delivered():
    text = """
    root <message id="message_m" name="m"/><collaboration id="c"><participant id="P" processRef="p"/>
    root <participant id="Q" processRef="z"/><messageFlow id="mf" sourceRef="e" targetRef="zs"/></collaboration>
    root <process id="z" isExecutable="true"><startEvent id="zs"><messageEventDefinition messageRef="message_m"/>
    root </startEvent><userTask id="zu"/><sequenceFlow id="zf" sourceRef="zs" targetRef="zu"/></process>
    start s
    xml <endEvent id="e"><messageEventDefinition messageRef="message_m"/></endEvent>
    xml <sequenceFlow id="f" sourceRef="s" targetRef="e"/>"""
    assert Play(text).start().waiting == "zu"


OPERATION = """
    root <message id="asked" name="asked"/>
    root <interface id="i"><operation id="ask"><inMessageRef>asked</inMessageRef></operation></interface>
    start s
    xml <receiveTask id="a" operationRef="ask"/>
    end e
    s > a > e"""


def test_an_operation_names_the_message_that_goes_into_it():
    assert play(OPERATION, "send asked").state == "completed"


def test_a_signal_without_a_name_is_known_by_its_id():
    text = (
        "root <signal id='far'/>\n start s\n and f\n end e\n s > f > t > e\n f > c > e\n"
        "xml <intermediateCatchEvent id='c'><signalEventDefinition signalRef='far'/></intermediateCatchEvent>\n"
        "xml <intermediateThrowEvent id='t'><signalEventDefinition signalRef='far'/></intermediateThrowEvent>"
    )
    assert play(text).count("c") == 1
