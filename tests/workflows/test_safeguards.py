"""Every safeguard of the mechanism: kept as it is drawn, and broken by the smallest edit that somebody might make."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from engine.errors import Problem
from engine.execution.checking.material import Material, read
from engine.execution.safeguarding import LIST, Proven, breaks_of, prove, read_list
from engine.execution.safeguarding.kinds import Before
from tests.workflows.stories import FILES

SAFEGUARDS = read_list(FILES[LIST])
BASE = read(FILES)


@dataclass(frozen=True)
class Edit:
    """What somebody changes in one file, and the element at which that must be found."""

    what: str
    safeguard: str
    file: str
    old: str
    new: str
    element: str
    english: str
    arabic: str
    place: str = ""
    """The file in which it is found, where that is another one."""


def arrow(source: str, target: str) -> str:
    return f'sourceRef="{source}" targetRef="{target}"'


def led(source: str, target: str, to: str) -> tuple[str, str]:
    """An arrow, and the same one led elsewhere."""
    return arrow(source, target), arrow(source, to)


IDENTIFICATION, HEARING = "identification/identification.bpmn", "identification/hear_person.bpmn"
CONSENT, RESPONSE = "identification/consent.bpmn", "identification/urgent_response.bpmn"
REFERRAL, CLOSURE = "referral/national_referral.bpmn", "reintegration/closure.bpmn"
RETURN, PATH = "reintegration/assisted_return.bpmn", "reintegration/return_path.bpmn"
STAY, SERVICES = "shelter/shelter_stay.bpmn", "services/service_delivery.bpmn"
EDITS = [
    Edit(
        "help opens only after the contact",
        "urgent_needs_first",
        IDENTIFICATION,
        *led("help_beside_contact", "urgent_at_intake", "needs_answered"),
        "age_gate",
        "“Age gate” can be reached without “Urgent needs” having been done, by way of “Reached?”",
        "يمكن الوصول إلى «تحديد مسار السن» دون إتمام",
    ),
    Edit(
        "the call for help is left out",
        "urgent_needs_first",
        "identification/urgent_needs.bpmn",
        *led("urgent", "call_urgent_help", "call_needed"),
        "confirm_help",
        "Where help is needed now: “",
        "إذا كانت المساعدة لازمة الآن: يمكن الوصول إلى «",
    ),
    Edit(
        "the duty officer's task waits for a consent",
        "urgent_needs_first",
        RESPONSE,
        '<bpmn:userTask id="open_urgent_help"',
        '<bpmn:userTask id="open_urgent_help" ihala:purpose="support"',
        "open_urgent_help",
        'the consent it waits for must be \u2066""\u2069, and is \u2066support\u2069',
        'يجب أن يكون الموافقة التي ينتظرها \u2066""\u2069، وهو الآن \u2066support\u2069',
    ),
    Edit(
        "the consent is stepped over",
        "consent_first",
        IDENTIFICATION,
        *led("talked", "consent", "compose_profile"),
        "presumptive_decision",
        "“Presumptive decision” can be reached without “Consent and identity” having been done, by way of “",
        "يمكن الوصول إلى «القرار المبدئي» دون إتمام «",
    ),
    Edit(
        "a provider's task waits for no consent",
        "consent_first",
        SERVICES,
        'ihala:nameAr="الرد على طلب الخدمة" ihala:purpose="services"',
        'ihala:nameAr="الرد على طلب الخدمة"',
        "answer_service_request",
        'the consent it waits for must be \u2066not("")\u2069, and is \u2066-\u2069',
        "الموافقة التي ينتظرها",
    ),
    Edit(
        "a role that nobody thought of receives the review of the plan",
        "consent_first",
        "services/carry_out_plan.bpmn",
        '<bpmn:lane id="case_coordinator"',
        '<bpmn:lane id="psychologist"',
        "review_plan",
        'the consent it waits for must be \u2066not("")\u2069, and is \u2066-\u2069',
        "الموافقة التي ينتظرها",
    ),
    Edit(
        "a task of the coordinator is sent to legal aid",
        "consent_first",
        "services/carry_out_plan.bpmn",
        '<bpmn:userTask id="review_plan"',
        '<bpmn:userTask id="review_plan" ihala:role="&quot;legal_aid&quot;"',
        "review_plan",
        'the consent it waits for must be \u2066not("")\u2069, and is \u2066-\u2069',
        "الموافقة التي ينتظرها",
    ),
    Edit(
        "an exception needs no reason",
        "consent_first",
        CONSENT,
        *led("reason_needed", "justify_override", "settle_answer"),
        "record_consent",
        "Where an exception needs a written reason: “",
        "إذا كان الاستثناء يتطلب سببًا مكتوبًا: يمكن الوصول إلى «",
    ),
    Edit(
        "the age gate is stepped over",
        "doubt_means_child",
        IDENTIFICATION,
        *led("person_reached", "age_gate", "hear_person"),
        "hear_person",
        "can be reached without “Age gate” having been done, by way of “",
        "دون إتمام «تحديد مسار السن»، عن طريق «",
    ),
    Edit(
        "doubt leads to the adult path",
        "doubt_means_child",
        "identification/age_gate.dmn",
        '<outputEntry id="age_gate_3_out_1">\n          <text>"child"</text>',
        '<outputEntry id="age_gate_3_out_1">\n          <text>"adult"</text>',
        "age_gate_3",
        "Where there is doubt about the age: Rule 3 of the table \u2066age_gate\u2069 answers",
        "إذا كان هناك شك في السن: القاعدة 3 من الجدول",
    ),
    Edit(
        "only a certain doubt counts",
        "doubt_means_child",
        IDENTIFICATION,
        'correct_age.age_doubt) != "no"',
        'correct_age.age_doubt) = "yes"',
        "age_gate",
        "“Age gate” no longer hands over the right value of “doubt”",
        "لم يعد «تحديد مسار السن» يسلّم القيمة الصحيحة لـ «doubt»",
    ),
    Edit(
        "children are interviewed like adults",
        "doubt_means_child",
        HEARING,
        *led("who_hears", "interview_child", "interview"),
        "interview",
        "Where the person may be a child: “",
        "ولا يجوز ذلك، عن طريق «",
    ),
    Edit(
        "the embassy's task waits for another consent",
        "no_embassy_unasked",
        RETURN,
        'ihala:purpose="embassy"',
        'ihala:purpose="assisted_return"',
        "contact_embassy",
        'must be \u2066"embassy"\u2069, and is \u2066assisted_return\u2069',
        'يجب أن يكون الموافقة التي ينتظرها \u2066"embassy"\u2069',
    ),
    Edit(
        "the embassy is asked whatever the person said",
        "no_embassy_unasked",
        RETURN,
        '"embassy" and embassy<',
        '"embassy"<',
        "contact_embassy",
        "Where there is no consent to the embassy: “",
        "إذا لم توجد موافقة على التواصل مع السفارة: يمكن الوصول إلى «",
    ),
    Edit(
        "staff may begin with the return",
        "no_embassy_unasked",
        "mechanism.toml",
        "starts = { ",
        'starts = { assisted_return = ["return_officer"], ',
        "contact_embassy",
        "can be reached without “",
        "يمكن الوصول إلى «",
        RETURN,
    ),
    Edit(
        "a claim does not end the return",
        "no_embassy_unasked",
        PATH,
        'attachedToRef="assisted_return" cancelActivity="true"',
        'attachedToRef="assisted_return" cancelActivity="false"',
        "asylum_claimed",
        'whether it ends what it stands on must be \u2066"true"\u2069, and is \u2066false\u2069',
        "هل يُنهي ما هو عليه",
    ),
    Edit(
        "an intended claim does not count",
        "no_embassy_unasked",
        "reintegration/return_option.dmn",
        '<text>"intends", "lodged"</text>',
        '<text>"lodged"</text>',
        "return_option_7",
        "Where asylum is wished or claimed: Rule 7 of the table \u2066return_option\u2069",
        "إذا وُجدت رغبة في اللجوء أو طلب له: القاعدة 7 من الجدول",
    ),
    Edit(
        "a child returns without a determination",
        "best_interests_before_return",
        PATH,
        *led("best_interests_first", "best_interests", "return_option"),
        "assisted_return",
        "Where a determination is required: “",
        "إذا كان التحديد الرسمي لازمًا: يمكن الوصول إلى «",
    ),
    Edit(
        "an assessment is enough for a return",
        "best_interests_before_return",
        "reintegration/bid_required.dmn",
        '<outputEntry id="bid_required_2_out_1">\n          <text>"determination"</text>',
        '<outputEntry id="bid_required_2_out_1">\n          <text>"assessment"</text>',
        "bid_required_2",
        "Where a child is to return: Rule 2 of the table",
        "إذا كان المقترح عودة طفل: القاعدة 2 من الجدول",
    ),
    Edit(
        "whoever proposes a closing approves it",
        "second_person",
        CLOSURE,
        ' ihala:notBy="propose_closure"',
        "",
        "approve_closure",
        'the task whose person may not do it must be \u2066"propose_closure"\u2069, and is \u2066-\u2069',
        "المهمة التي لا يجوز لمن نفّذها تنفيذه",
    ),
    Edit(
        "the approval is stepped over",
        "second_person",
        CLOSURE,
        *led("propose_closure", "approve_closure", "closing_dates"),
        "close_file",
        "can be reached without “",
        "يمكن الوصول إلى «",
    ),
    Edit(
        "a clock closes the file where the supervisor is silent",
        "second_person",
        REFERRAL,
        *led("closure_late", "remind_closure", "retention"),
        "close_case",
        "having been done, by way of “",
        "عن طريق «",
    ),
    Edit(
        "a negative decision stands at once",
        "second_person",
        "identification/authority_decision.bpmn",
        *led("negative_given", "confirm_negative", "negative_stands"),
        "negative_stands",
        "Where the presumptive decision is negative: “",
        "إذا كان القرار المبدئي سلبيًا: يمكن الوصول إلى «",
    ),
    Edit(
        "the place to meet is an ordinary answer",
        "shelter_site_secret",
        "shelter/answer_place_request.form",
        '"grant": "shelter_site"',
        '"source": ""',
        "hand_over_place",
        'the permission needed to read it must be \u2066"shelter_site"\u2069',
        "الإذن اللازم لقراءته",
    ),
    Edit(
        "the first responder reads the site",
        "shelter_site_secret",
        "referral/disclosure_scope.dmn",
        '<inputEntry id="disclosure_scope_18_in_2">\n          <text>"case_coordinator"</text>',
        '<inputEntry id="disclosure_scope_18_in_2">\n          <text>"case_coordinator", "first_responder"</text>',
        "disclosure_scope_18",
        "Where somebody else than the coordinator and the shelter reads: Rule 18",
        "إذا كان القارئ غير المنسّق والدار: القاعدة 18",
    ),
    Edit(
        "leaving the shelter waits for the review",
        "withdrawal_always",
        STAY,
        'attachedToRef="reviews" cancelActivity="true">',
        'attachedToRef="reviews" cancelActivity="false">',
        "person_leaves",
        "whether it ends what it stands on",
        "هل يُنهي ما هو عليه",
    ),
    Edit(
        "the return goes on against the person's wish",
        "withdrawal_always",
        RETURN,
        '>prepare_return.still_wished = "no"',
        '>prepare_return.still_wished = "never"',
        "confirm_arrival",
        "Where the person does not want to return any more: “",
        "إذا لم يعد الشخص يرغب في العودة: يمكن الوصول إلى «",
    ),
    Edit(
        "after an absence nothing leads out",
        "withdrawal_always",
        STAY,
        *led("leaves_now", "note_left_informed", "reviews"),
        "until_return",
        "No way leads from “",
        "لا يوجد طريق من «",
    ),
    Edit(
        "a suspended decision waits without a clock",
        "somebody_to_act",
        "referral/formal_negative.bpmn",
        *led("formal_window", "formal_window_closed", "formal_reconsideration_asked"),
        "formal_window",
        "A case can wait at “",
        "قد ينتظر الملف عند «",
    ),
    Edit(
        "nobody stands in for a role that nobody holds",
        "somebody_to_act",
        "mechanism.toml",
        'fallback_role = "case_coordinator"',
        'fallback_role = "coordinator"',
        "routing",
        "No role receives the tasks that nobody holds",
        "لا يوجد دور يتلقى المهام",
    ),
]


def edited(edit: Edit) -> Material:
    """The mechanism with one file changed; the other ones are not read again."""
    before = FILES[edit.file].decode()
    after = before.replace(edit.old, edit.new, 1)
    assert after != before, "the edit must change the file"
    one = read({edit.file: after.encode()})
    return replace(
        BASE,
        diagrams=BASE.diagrams | one.diagrams,
        forms=BASE.forms | one.forms,
        models=BASE.models | one.models,
        mechanism=one.mechanism or BASE.mechanism,
    )


def broken(edit: Edit) -> dict[str, Proven]:
    return {one.safeguard.id: one for one in prove(edited(edit), SAFEGUARDS) if not one.is_kept}


def found(edit: Edit) -> Problem | None:
    breaks = broken(edit)[edit.safeguard].breaks
    return next((one for one in breaks if (one.file, one.element) == (edit.place or edit.file, edit.element)), None)


def test_the_mechanism_keeps_every_safeguard() -> None:
    assert [str(one) for one in breaks_of(prove(BASE, SAFEGUARDS))] == []


def test_the_nine_safeguards_are_there() -> None:
    assert len(SAFEGUARDS) == 9


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_a_break_is_found_at_its_element(edit: Edit) -> None:
    assert found(edit) is not None


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_a_break_is_said_in_both_languages(edit: Edit) -> None:
    said = found(edit)
    assert said is not None
    assert (edit.english in said.text.en, edit.arabic in said.text.ar) == (True, True)


WAYS = [(one.id, place) for one in SAFEGUARDS for place, proof in enumerate(one.proofs) if isinstance(proof, Before)]


@pytest.mark.parametrize(("safeguard", "place"), WAYS)
def test_no_proof_of_a_way_is_empty(safeguard: str, place: int) -> None:
    """Each speaks of elements that a case really comes to: all are met where nothing stands before them."""
    one = next(one for one in SAFEGUARDS if one.id == safeguard)
    proof = one.proofs[place]
    assert isinstance(proof, Before)
    (bare,) = prove(BASE, [replace(one, proofs=(replace(proof, passing={}, given={}),))])
    met = {problem.element for problem in bare.breaks}
    assert met >= proof.reach.get("id", frozenset())
    assert met
