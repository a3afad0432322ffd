"""A story may change the world around its case: consents that were given before, a bed that somebody else takes."""

from engine.directory import Directory, Organisation, Shelter
from engine.rehearsal import World, rehearse
from engine.rehearsal.scenario import play, read
from engine.text import Text
from tests.engine.rehearsal.test_rehearsal import diagram

TREATMENT = diagram(
    "treatment",
    '<startEvent id="s"/><userTask id="treat" ihala:purpose="health"/><endEvent id="e"/>',
    "s>treat treat>e",
)
RESERVATION = diagram(
    "reservation",
    '<startEvent id="s"/><userTask id="choose"/>'
    '<serviceTask id="hold" ihala:operation="reserve_bed"><extensionElements>'
    '<ihala:input name="shelter">"jasmine"</ihala:input></extensionElements></serviceTask><endEvent id="e"/>',
    "s>choose choose>hold hold>e",
)
STORY = "title: {{en: A, ar: أ}}\nprocess: {process}\nstarts: 2026-03-01T09:00:00+02:00\nsteps: [{steps}]\n"


def ended_as(files: dict[str, bytes], process: str, steps: str) -> str:
    scenario = read("story.yaml", STORY.format(process=process, steps=steps).encode())
    jasmine = Organisation("jasmine", Text("Jasmine", "ياسمين"), "shelter", "C", frozenset())
    world = World(Directory({"jasmine": jasmine}, {"jasmine": Shelter("jasmine", True, 2, {})}))
    return play(scenario, rehearse(files, now=scenario.starts, world=world)).state


def test_a_consent_given_before_the_story_opens_what_was_held() -> None:
    steps = "{expect: {held: treat}}, {world: {consents: {health: given}}}, {do: treat}"
    assert ended_as(TREATMENT, "treatment", steps) == "completed"


def test_a_bed_that_somebody_else_takes_at_that_moment_is_not_held() -> None:
    steps = (
        "{world: {outrun: jasmine}}, {do: choose}, {expect: {variables: {hold.reserved: false}, beds: {jasmine: 0}}}"
    )
    assert ended_as(RESERVATION, "reservation", steps) == "completed"
