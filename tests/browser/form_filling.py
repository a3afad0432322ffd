"""Fills the form of a task in a browser, page by page, by the kind of each question, from the answers of a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page

from engine.forms import Field, Form

Answers = Mapping[str, object]
PAGES_AT_MOST = 40
"""A form that is longer goes round in a circle."""


def follow(clicked: Locator) -> None:
    """Click what leads to another page, and wait until that page is there with its scripts."""
    with clicked.page.expect_navigation(wait_until="domcontentloaded"):  # modules have run by then
        clicked.click()


class Filling:
    """One form on the screen; `go_on` presses whatever leads from one page to the next."""

    def __init__(self, page: Page, form: Form, answers: Answers, zone: ZoneInfo) -> None:
        self.page, self.form, self.answers, self.zone = page, form, answers, zone
        self.given: set[str] = set()
        """The questions that were answered so far."""

    @property
    def section(self) -> str | None:
        """The page of the form that the browser shows; the only page of a short form has an empty name."""
        shown = self.page.locator("form[data-typed] input[name=page]")
        return shown.get_attribute("value") if shown.count() else None

    def fill_page(self) -> int:
        """Answer what the shown page asks and the story tells; how many questions were answered for the first time."""
        before = len(self.given)
        section = next(one for one in self.form.sections if one.id == self.section)
        for field in section.fields:
            if field.key in self.answers and self._answer(field, field.key, self.answers[field.key]):
                self.given.add(field.key)
        return len(self.given) - before

    def _answer(self, field: Field, name: str, value: object) -> bool:
        """Whether the question was asked."""
        if field.kind == "dynamiclist":
            return self._answer_list(field, name, value)
        if field.kind == "datetime":
            return self._answer_moment(field, name, value)
        inputs = self.page.locator(f"form[data-typed] [name='{name}']:visible")
        if value is None or not inputs.count():
            return False
        if field.kind == "radio":
            inputs.and_(self.page.locator(f"[value='{value}']")).check()
        elif field.kind == "select":
            inputs.select_option(str(value))
        elif field.kind == "checkbox":
            inputs.set_checked(bool(value))
        elif field.kind == "checklist":
            _tick(inputs, value)
        else:
            inputs.fill(str(value))
        return True

    def _answer_moment(self, field: Field, name: str, value: object) -> bool:
        asked = False
        for part, typed in _boxes(field, value, self.zone).items():
            box = self.page.locator(f"[name='{name}-{part}']:visible")
            if box.count():
                box.fill(typed)
                asked = True
        return asked

    def _answer_list(self, field: Field, name: str, value: object) -> bool:
        add = self.page.locator(f"button[name=_add][value='{name}']:visible")
        if not add.count():
            return False
        entries: Sequence[Answers] = value if isinstance(value, list) else []
        numbers = self._numbers(name)
        while len(numbers) < len(entries):
            follow(add)
            numbers = self._numbers(name)
        for number, entry in zip(numbers, entries, strict=True):
            for inner in field.fields:
                if inner.key in entry:
                    self._answer(inner, f"{name}-{number}-{inner.key}", entry[inner.key])
        return True

    def _numbers(self, name: str) -> list[str]:
        found = self.page.locator(f"input[name='{name}-item']")
        return [one.get_attribute("value") or "" for one in found.all()]


def _tick(boxes: Locator, value: object) -> None:
    """Tick these values and no other."""
    wanted = {str(one) for one in value} if isinstance(value, list) else set()
    found: list[tuple[str, bool]] = boxes.evaluate_all("boxes => boxes.map((one) => [one.value, one.checked])")
    for place, (written, is_ticked) in enumerate(found):
        if is_ticked != (written in wanted):
            boxes.nth(place).set_checked(not is_ticked)


def _boxes(field: Field, value: object, zone: ZoneInfo) -> dict[str, str]:
    """What is typed into each box of a date, a time or both."""
    if field.subtype == "time":
        clock = value if isinstance(value, time) else time.fromisoformat(str(value))
        return {"hour": str(clock.hour), "minute": f"{clock.minute:02}"}
    if field.subtype == "datetime":
        moment = (value if isinstance(value, datetime) else datetime.fromisoformat(str(value))).astimezone(zone)
        return _day(moment.date().isoformat()) | {"hour": str(moment.hour), "minute": f"{moment.minute:02}"}
    return _day(value.isoformat() if isinstance(value, date) else str(value))


def _day(written: str) -> dict[str, str]:
    """A date of which the day, or the month too, may be unknown, and that may be an estimate (ISO 8601-2)."""
    year, *rest = written.removesuffix("~").split("-")
    return {"year": year, **dict(zip(("month", "day"), rest, strict=False))}
