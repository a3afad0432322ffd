"""A case on its way through the hands of those who serve it: each signs in, finds the task, answers it and leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from engine import Ihala, task_page
from engine.accounts import DEMONSTRATION_PASSWORD
from engine.clock import MovableClock
from engine.decisions import feel
from engine.demonstration.people import Person
from engine.execution import Mechanism
from engine.jobs.tick import tick
from engine.persistence import clock_rows, item_rows
from engine.rehearsal.scenario import Scenario
from tests.browser.form_filling import PAGES_AT_MOST, Answers, Filling, follow
from web.translations import translations

Step = Mapping[str, Any]


@dataclass
class Desk:
    """One browser at which people sign in one after the other, and click only what they are offered."""

    page: Page
    address: str
    language: str
    person: Person | None = None

    def says(self, message: str) -> str:
        return translations(self.language).gettext(message)

    def press(self, message: str) -> None:
        follow(self.page.get_by_role("button", name=self.says(message), exact=True).first)

    def is_for(self, person: Person) -> None:
        """This person sits at the desk, before the inbox."""
        if self.person is person:
            follow(self.page.locator("nav a[href='/']").first)
        else:
            self.sign_out()
            self._sign_in(person)

    def sign_out(self) -> None:
        if self.person is not None:
            self.press("Sign out")
            self.person = None

    def _sign_in(self, person: Person) -> None:
        if urlsplit(self.page.url).path != "/sign-in":
            self.page.goto(self.address)
        self._switch_language()
        self.page.fill("#sign_in_name", person.sign_in_name)
        self.page.fill("#password", DEMONSTRATION_PASSWORD)
        self.press("Sign in")
        self._switch_language()
        self.person = person

    def _switch_language(self) -> None:
        """Until this browser has chosen a language, each account comes with its own."""
        if self.page.locator("html").get_attribute("lang") != self.language:
            follow(self.page.locator(f"header a[hreflang={self.language}]"))

    def begin(self, process_id: str) -> str:
        """Begin a case without a search; the id of its first task."""
        follow(self.page.locator("main a[href='/new']"))
        follow(self.page.locator(f"form[action='/new/{process_id}'] button"))
        return urlsplit(self.page.url).path.rpartition("/")[2]

    def open_from_inbox(self, item_id: str) -> None:
        """Find the task among one's own, else among the team's, page after page."""
        if not self._is_listed(item_id):
            follow(self.page.locator("main nav a[href='/inbox/team']"))
        while not self._is_listed(item_id):
            follow(self.page.locator("a[rel=next]"))
        follow(self.page.locator(f"main a[href='/tasks/{item_id}']"))

    def _is_listed(self, item_id: str) -> bool:
        return self.page.locator(f"main a[href='/tasks/{item_id}']").count() > 0

    def claim(self) -> None:
        """Claim the task unless it is one's own already."""
        if self.page.locator("form.ihala-claim").count():
            self.press("Claim the task")

    def complete(self, filling: Filling | None) -> None:
        """Answer page after page, check the answers, and complete the task."""
        if filling is not None:
            self._fill(filling)
        if not self.page.locator(".ihala-confirmation").count():
            self.press("Complete the task")
        if not self.page.locator(".ihala-confirmation").count():
            pytest.fail(f"The task was not completed: {self.page.inner_text('main')}")

    def _fill(self, filling: Filling) -> None:
        for _ in range(PAGES_AT_MOST):
            section = filling.section
            if section is None:
                return
            is_answered = filling.fill_page()
            self.press("Save and continue" if len(filling.form.sections) > 1 else "Complete the task")
            if filling.section == section and not is_answered:
                pytest.fail(f"{filling.form.id}, {section}, stays: {self.page.inner_text('main')}")

    def open_case(self, *, is_closed: bool = False) -> None:
        """The first case of the list of open or closed ones."""
        follow(self.page.locator("nav a[href='/cases']").first)
        if is_closed:
            follow(self.page.locator("main nav a[href='/cases?status=closed']"))
        follow(self.page.locator("main a.ihala-task__title").first)

    def open_diagram(self, process_id: str) -> None:
        """Where the case that is shown stands in this process."""
        follow(self.page.locator("main nav a[href$='/diagram']"))
        follow(self.page.locator(f"main nav a[href$='process={process_id}']"))
        self.page.wait_for_selector("[data-shown=yes]")


@dataclass
class Journey:
    """A story lived at a desk, on an installation whose clock the test moves."""

    ihala: Ihala
    clock: MovableClock
    mechanism: Mechanism
    people: Sequence[Person]
    desk: Desk
    case_id: str = ""
    worked: list[Person] = field(default_factory=list)
    """Whoever did something, in order."""

    def begin(self, scenario: Scenario, starter: Person) -> None:
        """Begin the story's case and leave its first task to be found in the inbox."""
        self.clock.move_to(max(self.clock.now(), scenario.starts))
        self.desk.is_for(starter)
        item_id = self.desk.begin(scenario.process)
        with self.ihala.database.reading() as tx:
            item = item_rows.read(tx, item_id)
        assert item is not None
        self.case_id = item.case_id

    def take(self, step: Step) -> None:
        """Do, or wait, as the story says; what it expects of the engine is not looked at here."""
        if "do" in step and not step.get("refused"):
            self._do(str(step["do"]), step.get("answers") or {}, step.get("where") or {})
        elif "wait" in step:
            length = feel.evaluate(f'duration("{step["wait"]}")', {})
            assert isinstance(length, timedelta)
            self._pass(self.clock.now() + length)
        elif "until" in step:
            self._pass(datetime.fromisoformat(str(step["until"])))
        elif not {"expect", "do"} & set(step):
            pytest.fail(f"A browser cannot live the step {step}")

    def _do(self, element: str, answers: Answers, where: Answers) -> None:
        item, person = self.waiting(element, where)
        self.desk.is_for(person)
        self.worked.append(person)
        self.desk.open_from_inbox(item.id)
        self.desk.claim()
        form = self.mechanism.forms.get(element)
        zone = self.mechanism.time_zone
        self.desk.complete(Filling(self.desk.page, form, answers, zone) if form else None)

    def _pass(self, end: datetime) -> None:
        """Let time go by with nobody at the desk; the worker looks in whenever a clock is due."""
        self.desk.sign_out()
        while (due := self._next_due()) is not None and due <= end:
            self.clock.move_to(max(self.clock.now(), due))
            tick(self.ihala)
        self.clock.move_to(end)
        tick(self.ihala)

    def _next_due(self) -> datetime | None:
        with self.ihala.database.reading() as tx:
            return clock_rows.next_due(tx)

    def waiting(self, element: str, where: Answers) -> tuple[Any, Person]:
        """The open task, and somebody in its seat who has not done the task it must not be done by."""
        with self.ihala.database.reading() as tx:
            items = item_rows.of_case(tx, self.case_id, "open")
            not_by = self._not_by(element)
            first = item_rows.last_done_by(tx, self.case_id, not_by) if not_by else None
        for item in (one for one in items if one.element == element):
            for person in self._seated(item.organisation_id, item.role):
                if person.actor.account_id != first and self._fits(person, item.id, where):
                    return item, person
        return pytest.fail(f"{element} waits for nobody; open are {[(one.element, one.role) for one in items]}")

    def _seated(self, organisation_id: str, role: str) -> list[Person]:
        seats = [(one, one.actor.memberships[0]) for one in self.people]
        return [one for one, seat in seats if (seat.organisation_id, seat.role) == (organisation_id, role)]

    def _fits(self, person: Person, item_id: str, where: Answers) -> bool:
        variables = task_page.open_task(self.ihala, person.actor, item_id).variables if where else {}
        return all(feel.evaluate(path, variables) == value for path, value in where.items())

    def _not_by(self, element: str) -> str:
        found = (one.elements[element] for one in self.mechanism.processes.values() if element in one.elements)
        return next((one.not_by for one in found), "")
