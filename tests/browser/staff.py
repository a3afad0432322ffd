"""Somebody of the staff at a browser, by what they do on the pages."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from engine import Ihala, accounts
from engine.accounts import DEMONSTRATION_PASSWORD
from web import language as language_of
from web import session
from web.translations import translations


@dataclass(frozen=True, slots=True)
class Staff:
    """One person, one browser, one language."""

    page: Page
    address: str
    name: str
    language: str

    def says(self, message: str) -> str:
        """A message of the pages in this person's language."""
        return translations(self.language).gettext(message)

    def goes_to(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def signs_in(self) -> None:
        self.goes_to(f"/sign-in?language={self.language}")
        self.fills_in_sign_in()

    def is_signed_in(self, ihala: Ihala) -> None:
        """Come with a session, where signing in is not what the test is about."""
        token = accounts.sign_in(ihala, self.name, DEMONSTRATION_PASSWORD, "")
        cookies = {session.COOKIE: token, language_of.COOKIE: self.language}
        self.page.context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in cookies.items()]
        )
        self.goes_to("/")

    def fills_in_sign_in(self) -> None:
        self.page.fill("#sign_in_name", self.name)
        self.page.fill("#password", DEMONSTRATION_PASSWORD)
        self.presses("Sign in")

    def presses(self, message: str) -> None:
        self.button(message).click()

    def button(self, message: str) -> Locator:
        return self.page.get_by_role("button", name=self.says(message), exact=True)

    def refers(self) -> str:
        """Begin a new case; the path of its first task."""
        self.goes_to("/new")
        self.page.locator("form[action='/new/referral'] button").click()
        return self.path

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address)

    @property
    def main(self) -> str:
        """The words of the page."""
        return self.page.inner_text("main")
