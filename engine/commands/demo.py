"""Fill a new installation with invented organisations, people and cases, and print how to sign in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from engine.accounts import DEMONSTRATION_PASSWORD, demonstration_sign_ins
from engine.application import Ihala, open_ihala
from engine.command_line import language
from engine.demonstration import histories, people, places
from engine.errors import Refusal
from engine.rehearsal.stories import directory_in, scenarios_in
from engine.releases import current_release
from engine.settings import Settings
from engine.text import Text

HELP = Text("Fill a new installation with invented people and cases", "ملء تثبيت جديد بأشخاص وملفات غير حقيقية")
SIGN_INS = Text(
    "Sign in as one of these invented people; the password of all is {password}",
    "الدخول باسم أحد هؤلاء الأشخاص غير الحقيقيين، وكلمة المرور للجميع {password}",
)


class NotInProduction(Refusal):
    sentence = Text(
        "The demonstration is for invented people only; this installation is set to production.",
        "نسخة العرض لأشخاص غير حقيقيين فقط؛ وهذا التثبيت في وضع التشغيل الفعلي.",
    )


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--cases", type=int, default=40, help="how many cases (40)")


def run(arguments: Namespace) -> int:
    """Does nothing to an installation that has organisations already, but prints the sign-ins."""
    settings = Settings()
    if settings.production:
        raise NotInProduction
    ihala = open_ihala(settings)
    if not places.has_organisations(ihala):
        fill(ihala, arguments.cases)
    spoken = language()
    print(SIGN_INS.format(password=DEMONSTRATION_PASSWORD).in_(spoken))
    for one in demonstration_sign_ins(ihala):
        print(f"  {one.sign_in_name:50} {one.role_title.in_(spoken)}, {one.organisation.in_(spoken)}")
    ihala.close()
    return 0


def fill(ihala: Ihala, wanted: int) -> None:
    """Organisations, people, and so many cases whose histories were played on the engine."""
    with ihala.database.reading() as tx:
        release = current_release(ihala, tx)
    files = release.mechanism.files
    directory = directory_in(files)
    places.settle(ihala, directory)
    staff = people.hire(ihala, directory, release.charter)
    first = release.mechanism.first_process
    stories = histories.tellable(scenarios_in(files), first)
    starters = [one for one in staff if one.role == release.charter.starts[first][0]]
    for number, cut in enumerate(histories.cuts(stories, wanted if stories else 0)):
        starter = starters[number % len(starters)]
        histories.play(ihala, release.mechanism, directory, staff, starter, cut)
