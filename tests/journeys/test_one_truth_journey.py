"""A plan from its import to a revision half-way, and after each act all that is told of it: until
when one may answer, where the plan stands, what was decided last. Each surface is read as it comes
to its reader, page, picture, calendar or paper; what it says of a fact is what all the others say.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields

import pytest
import time_machine
from django.utils import translation
from docx import Document
from playwright.sync_api import Browser, Page, expect

from consultations.handling.actions.ready import mark_ready
from consultations.models import Round
from kommuneplan.clock import COPENHAGEN, today
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality
from kommuneplan.timespan.phrase import day_words
from plans.enums import PublicState
from plans.models import Plan, Section
from tests import pdf_text
from tests.factories import FIRST, committee, person, secretary
from tests.journeys.looking import choose, follow, sign_in

HEARING = "Høring om strategien"  # its row in FIRST, until 14 June
DAY = r"\d+\. [a-zæøå]+ \d{4}"
SENT_OUT = re.compile(rf"(\w+) besluttede ({DAY}) at sende udkastet i høring")
ADOPTED = re.compile(rf"Vedtaget af (\w+) ({DAY})")
TREATED = re.compile(rf"(Sende udkastet i høring|Vedtage planen) · (\w+): godkendt ({DAY})")
with translation.override("da"):
    STATES = [str(state.label) for state in PublicState]


@dataclass(frozen=True)
class Told:
    """What is said of the plan, each in one way of writing; "" where nothing is said of it."""

    deadline: str = ""
    state: str = ""
    decision: str = ""


# How a surface is read -------------------------------------------------------------------------


def plain(words: str) -> str:
    """On one line."""
    return " ".join(words.split())


def one(found: Iterable[str]) -> str:
    """What is said once or several times; two different things are both there to be seen."""
    return " / ".join(dict.fromkeys(words for words in found if words))


def last_day(words: str) -> str:
    """The last day of a span: "18. juni 2027" of "10. maj–18. juni 2027", also where a drawing
    breaks the line without a space."""
    found = re.findall(r"(\d+\. [a-zæøå]+)\s*(\d{4})", words)
    return " ".join(found[-1]) if found else ""


def state_in(words: str) -> str:
    """A state at the beginning of some words: "Vedtaget, under revision"."""
    found = max((one for one in STATES if plain(words).startswith(one)), key=len, default="")
    return f"{found}, under revision" if found and "under revision" in words.lower() else found


def decision_in(words: str) -> str:
    """What was decided, by whom and when, however it is told; the last one that is named first."""
    words = plain(words)
    told = [f"vedtaget af {body} {day}" for body, day in ADOPTED.findall(words)]
    told += [f"sendt ud af {body} {day}" for body, day in SENT_OUT.findall(words)]
    for what, body, day in TREATED.findall(words)[:1]:
        told.append(f"{'vedtaget' if what == 'Vedtage planen' else 'sendt ud'} af {body} {day}")
    return one(told)


def texts(page: Page, selector: str) -> list[str]:
    """The words of all that fits."""
    return [plain(words) for words in page.locator(selector).all_inner_texts()]


def rows_of(page: Page) -> list[str]:
    """When the consultation is, in the table of the process plan."""
    row = page.locator("main .tt-row", has=page.locator(".tt-title", has_text=HEARING))
    return [last_day(words) for words in row.locator(".tt-when").all_inner_texts()]


def events_of(ics: str) -> Iterator[dict[str, str]]:
    """The events of a calendar, their folded lines put together."""
    unfolded = re.sub(r"\r?\n[ \t]", "", ics)
    for lines in re.findall(r"BEGIN:VEVENT\s+(.*?)END:VEVENT", unfolded, re.DOTALL):
        pairs = (line.partition(":") for line in lines.splitlines())
        yield {name.partition(";")[0]: words.replace("\\n", " ") for name, _colon, words in pairs}


# The surfaces ----------------------------------------------------------------------------------


class House:
    """The browsers of those who look at the plan, and the clock they share."""

    def __init__(self, browser: Browser, settings: dict, clock: time_machine.Coordinates) -> None:
        self.clock = clock
        names = ("visitor", "sekretær", "medlem", "admin")
        self.pages = {name: browser.new_context(**settings).new_page() for name in names}
        self.complaints: list[str] = []
        for page in self.pages.values():
            page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def on(self, year: int, month: int, day: int) -> None:
        """It becomes noon of that day; who is at work signs in anew."""
        self.clock.move_to(noon(year, month, day))
        for name in ("sekretær", "medlem", "admin"):
            sign_in(self.pages[name], "/planer/", name)

    @property
    def plan(self) -> Plan:
        return Plan.objects.get()

    @property
    def public(self) -> str:
        return f"/planer/{self.plan.slug}/"

    @property
    def home(self) -> str:
        return f"/arbejde/planer/{self.plan.slug}/"

    def open(self, address: str, name: str = "visitor") -> Page:
        """A page as somebody sees it."""
        page = self.pages[name]
        answer = page.goto(address)
        assert answer and answer.ok, f"{address} answers {answer and answer.status}"
        return page

    def taken(self, address: str) -> bytes:
        """A file that a visitor takes along."""
        answer = self.pages["visitor"].request.get(address)
        assert answer.ok, address
        return answer.body()


def plan_page(house: House) -> Told:
    page = house.open(house.public)
    rounds = texts(page, "main section[aria-labelledby=rounds] li")
    return Told(
        one(last_day(words) for words in [*texts(page, ".answer-now .deadline"), *rounds]),
        one(state_in(words) for words in texts(page, ".plan-head .plan-state")),
        one(decision_in(words) for words in texts(page, ".standing")),
    )


def drawing(house: House) -> Told:
    rows = house.open(house.public).locator("svg .tl-row", has_text=HEARING)
    return Told(one(last_day(words) for words in rows.locator(".tl-date").all_text_contents()))


def table(house: House) -> Told:
    return Told(one(rows_of(house.open(house.public))))


def front_page(house: House) -> Told:
    page = house.open("/")
    cards = texts(page, "section[aria-labelledby=consultations] .deadline")
    dates = [words for words in texts(page, ".date-list li") if HEARING in words]
    return Told(
        one(last_day(words) for words in [*cards, *dates]),
        "I høring" if cards else "",
        one(decision_in(words) for words in texts(page, "section[aria-labelledby=decided] li")),
    )


def plan_list(house: House) -> Told:
    words = one(texts(house.open("/planer/"), ".plan-list li p"))
    return Told(
        last_day(one(re.findall(rf"frist {DAY}", words))), state_in(words), decision_in(words)
    )


def all_dates(house: House) -> Told:
    lines = texts(house.open("/kalender/"), ".date-list li")
    return Told(one(last_day(words) for words in lines if HEARING in words))


def calendar(house: House) -> Told:
    return calendar_at(house, f"{house.public}kalender.ics")


def calendar_of_all(house: House) -> Told:
    return calendar_at(house, "/kalender.ics")


def calendar_at(house: House, address: str) -> Told:
    days, decisions = [], []
    for event in events_of(house.taken(address).decode()):
        if "/planer/" in event.get("URL", ""):  # no deadline or meeting that stands for itself
            decisions.append(decision_in(event["DESCRIPTION"]))
        if HEARING in event["SUMMARY"]:
            after = dt.date.fromisoformat(event["DTEND"])
            days.append(day_words(after - dt.timedelta(days=1)))
    assert len(set(decisions)) == 1, decisions
    return Told(one(days), decision=one(decisions))


def pdf(house: House) -> Told:
    words = pdf_text.words(house.taken(f"{house.public}procesplan.pdf"))
    # The table breaks its narrow first column: "10. maj–18. juni Høring om … 2027".
    days = re.findall(rf"(\d+\. \w+) {HEARING} Handicaprådet (\d{{4}})", words)
    return Told(one(" ".join(day) for day in days), decision=decision_in(words))


def word(house: House) -> Told:
    document = Document(io.BytesIO(house.taken(f"{house.public}procesplan.docx")))
    rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    return Told(
        one(last_day(when) for when, what, *_who in rows if what.startswith(HEARING)),
        decision=one(decision_in(paragraph.text) for paragraph in document.paragraphs),
    )


def hearing(house: House) -> Told:
    """The page of the consultation and its line in the list of all of them. A round that is closed
    says no more of the plan than that."""
    round = Round.objects.filter(announced_at__isnull=False).first()
    if round is None:
        return Told()
    lines = [words for words in texts(house.open("/hoeringer/"), "main li") if round.title in words]
    page = house.open(f"/hoeringer/{round.slug}/")
    when = re.findall(rf"Frist\S* (?:var )?til og med {DAY}", one(texts(page, ".hearing-when")))
    draft = [words for words in texts(page, ".draft-text .place-lead") if HEARING in words]
    states = {"Åbner senere": "Skal sendes i høring", "Åben": "I høring"}
    return Told(
        one(last_day(words) for words in [*lines, *when, *draft]),
        one(states.get(words, "") for words in texts(page, ".hearing-when .plan-state")),
    )


def members_page(house: House) -> Told:
    page = house.open(f"/arbejde/udvalg/planer/{house.plan.slug}/", "medlem")
    drawn = page.locator("svg .tl-row", has_text=HEARING).locator(".tl-date").all_text_contents()
    return Told(
        one([*rows_of(page), *(last_day(words) for words in drawn)]),
        one(state_in(words) for words in texts(page, ".plan-head .plan-state")),
        one(decision_in(words) for words in texts(page, ".standing")),
    )


def desk(house: House) -> Told:
    """The secretary's desk, and the top and the body of the plan's room."""
    page = house.open("/arbejde/", "sekretær")
    page.wait_for_load_state("networkidle")  # the desk says that it was seen
    states = [state_in(words) for words in texts(page, "section[aria-labelledby=planer] li > span")]
    page = house.open(house.home, "sekretær")
    states += [state_in(words) for words in texts(page, ".plan-top-facts li:first-child")]
    words = plain(page.locator("main").inner_text())
    return Told(
        one(last_day(day) for day in re.findall(rf"{HEARING}, [^,]*?\d{{4}}", words)),
        one(states),
        decision_in(words),
    )


def admin_list(house: House) -> Told:
    page = house.open("/admin/plans/plan/", "admin")
    return Told(state=one(state_in(words) for words in texts(page, "#result_list .field-state")))


Surface = Callable[[House], Told]
SURFACES: list[Surface] = [
    plan_page, drawing, table, front_page, plan_list, all_dates, calendar, calendar_of_all, pdf,
    word, hearing, members_page, desk, admin_list,
]  # fmt: skip
AT_WORK = {desk, admin_list}
"""Who works with a plan is told that it lies before the bodies, and what they decided of the draft
of a revision; the public is not."""
NOTHING, BEFORE_BODIES = Told(), Told(state="Til politisk behandling")
ALWAYS = {
    "deadline": {drawing, table, calendar, calendar_of_all, pdf, word, members_page},
    "state": {plan_page, plan_list, members_page, desk, admin_list},
    "decision": {plan_page, calendar, calendar_of_all, pdf, word, members_page},
}
"""Who is never silent of a fact; of a decision while it is what the plan waits for or rests on."""


def all_tell(house: House, expected: Told, *, at_work: Told = NOTHING) -> None:
    """Every surface tells what is expected, or is silent where it may be; ``at_work``: what those
    are told who work with the plan, where it is not public."""
    wrong = []
    for surface in SURFACES:
        told = surface(house)
        for name in (field.name for field in fields(Told)):
            right, said = getattr(expected, name), getattr(told, name)
            if surface in AT_WORK:
                right = getattr(at_work, name) or right
            must = surface in ALWAYS[name]
            if name == "decision":
                must = must and expected.state.startswith(("Skal sendes", "Vedtaget"))
            if said != right and (said or must):
                wrong.append(f"{surface.__name__}: {name} is »{said}«, not »{right}«")
    assert wrong == []


# The acts --------------------------------------------------------------------------------------


def noon(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, 12, tzinfo=COPENHAGEN)


@pytest.fixture
def house(transactional_db, browser, browser_context_args) -> Iterator[House]:
    """A municipality with a secretary, a member and an administrator."""
    with time_machine.travel(noon(2027, 2, 1), tick=True) as clock:
        Municipality.objects.create(
            pk=1, name="Prøve Kommune", contact_email="post@example.org", hears_senior_council=False
        )
        secretary()
        person("medlem", Role.MEMBER, committee())
        person("admin", is_staff=True, is_superuser=True)
        house = House(browser, browser_context_args, clock)
        yield house
        for page in house.pages.values():
            page.context.close()
        assert house.complaints == []


def imported(house: House) -> None:
    """The process plan is pasted, taken in and published; what the text lacks is written."""
    page = house.open("/arbejde/import/", "sekretær")
    page.fill("[name=text]", FIRST)
    follow(page, "main form[enctype] button[type=submit]")
    follow(page, "[name=apply]")
    page.goto(f"{house.home}offentligt/")
    follow(page, "[name=publish]")
    follow(page, "main form button[type=submit]")
    plan = house.plan
    Section.objects.create(plan=plan, title="Mål", text="<p>Vi vil hinanden.</p>", is_public=True)
    Plan.objects.update(proposal="Flere skal kende deres naboer.")


def submitted(house: House, purpose: str, *, treated: bool = False) -> None:
    """Put before the committee; ``treated``: what it has treated is only written down here."""
    page = house.open(f"{house.home}sager/ny/", "sekretær")
    choose(page.locator(f"[name=purpose][value={purpose}]"))
    if treated:
        page.get_by_label("Sagen er allerede behandlet").check()
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/sager/[0-9a-f-]{36}/"))


def decided(house: House, outcome: str) -> None:
    page = house.open(house.home, "sekretær")
    follow(page, page.get_by_role("link", name="Registrér udfald"))
    choose(page.locator(f"[name=outcome][value={outcome}]"))
    page.fill("[name=decided_on]", today().isoformat())
    page.fill("[name=wording]", "Udvalget fulgte indstillingen.")
    follow(page, "main form button[type=submit]")
    expect(page).to_have_url(re.compile(r"/sager/[0-9a-f-]{36}/"))


def published(house: House, link: str) -> None:
    page = house.open(house.home, "sekretær")
    follow(page, page.get_by_role("link", name=link).first)
    if page.locator("[name=reason]").count():
        page.fill("[name=reason]", "Udvalget har besluttet det.")
    follow(page, "main form button[type=submit]")


def consultation_made(house: House, first: str, last: str) -> None:
    page = house.open(f"{house.home}hoeringer/", "sekretær")
    follow(page, page.get_by_role("link", name="Forbered en høring"))
    page.get_by_label("Første dag").fill(first)
    page.get_by_label("Sidste dag").fill(last)
    follow(page, page.get_by_role("button", name="Forbered høringen"))


def round_home(house: House) -> str:
    return f"{house.home}hoeringer/{Round.objects.get().uid}/"


def announced(house: House) -> None:
    page = house.open(f"{round_home(house)}aabn/", "sekretær")
    follow(page, page.get_by_role("button", name="Meld høringen ud"))


def extended(house: House, last: str) -> None:
    page = house.open(f"{round_home(house)}forlaeng/", "sekretær")
    page.fill("[name=last_day]", last)
    page.fill("[name=reason]", "Flere vil svare.")
    follow(page, "main form button[type=submit]")
    expect(page.locator("main")).to_contain_text("Fristen er forlænget")


def revised(house: House) -> None:
    page = house.open(f"{house.home}revision/", "sekretær")
    page.fill("[name=reason]", "Nye tal")
    follow(page, "main form button[type=submit]")


def nobody_answered(house: House) -> None:
    """Nothing came in to be handled: the secretary says that the consultation is ready."""
    round = Round.objects.get()
    mark_ready(round=round, in_spite="Ingen har svaret.", seen=round.version, by=None)


# The journey -----------------------------------------------------------------------------------


@pytest.mark.slow  # eleven surfaces after each act, ten seconds of the processor
def test_all_surfaces_tell_the_same_after_each_act(house: House) -> None:
    sent_out = "sendt ud af Socialudvalget 20. april 2027"
    adopted = "vedtaget af Socialudvalget 27. august 2027"

    house.on(2027, 2, 1)
    imported(house)
    all_tell(house, Told("14. juni 2027", "Udkast"))

    house.on(2027, 4, 1)
    submitted(house, "consultation")
    all_tell(house, Told("14. juni 2027", "Udkast"), at_work=BEFORE_BODIES)

    house.on(2027, 4, 20)
    decided(house, "approved")
    all_tell(house, Told("14. juni 2027", "Skal sendes i høring", sent_out))

    consultation_made(house, "2027-05-10", "2027-06-18")  # nobody is told of it yet
    published(house, "Offentliggør høringsudkastet")
    all_tell(house, Told("14. juni 2027", "Skal sendes i høring", sent_out))

    house.on(2027, 5, 3)
    announced(house)
    all_tell(house, Told("18. juni 2027", "Skal sendes i høring", sent_out))

    house.on(2027, 5, 20)  # it has opened by itself
    all_tell(house, Told("18. juni 2027", "I høring", sent_out))

    extended(house, "2027-06-25")
    all_tell(house, Told("25. juni 2027", "I høring", sent_out))

    house.on(2027, 6, 28)  # it has closed by itself
    all_tell(house, Told("25. juni 2027", "Efter høring", sent_out))

    submitted(house, "discussion")
    all_tell(
        house,
        Told("25. juni 2027", "Efter høring", sent_out),
        at_work=BEFORE_BODIES,
    )

    decided(house, "discussed")  # which decides nothing
    all_tell(house, Told("25. juni 2027", "Efter høring", sent_out))

    nobody_answered(house)
    house.on(2027, 8, 27)
    submitted(house, "adoption")
    all_tell(
        house,
        Told("25. juni 2027", "Efter høring", sent_out),
        at_work=BEFORE_BODIES,
    )

    decided(house, "approved")
    all_tell(house, Told("25. juni 2027", "Vedtaget", adopted))

    published(house, "Offentliggør den vedtagne plan")
    all_tell(house, Told("25. juni 2027", "Vedtaget", adopted))

    house.on(2028, 2, 1)
    revised(house)
    all_tell(house, Told("25. juni 2027", "Vedtaget, under revision", adopted))

    submitted(house, "consultation", treated=True)  # its process plan has no consultation yet
    all_tell(house, Told("25. juni 2027", "Vedtaget, under revision", adopted))

    house.on(2028, 2, 15)
    decided(house, "approved")  # on the draft of the revision; the plan in force stands
    all_tell(
        house,
        Told("25. juni 2027", "Vedtaget, under revision", adopted),
        at_work=Told(decision="sendt ud af Socialudvalget 15. februar 2028"),
    )
