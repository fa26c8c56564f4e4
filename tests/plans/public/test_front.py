"""The front page, the list of plans and the calendar page, as the public meets them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine

from kommuneplan.clock import COPENHAGEN
from kommuneplan.timespan.span import Precision, TimeSpan
from plans.enums import CycleState, MilestoneKind
from tests.consultations.round_factories import a_round
from tests.plans.published import hearing, published_plan

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
DAY = TimeSpan.day


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(TODAY, tick=False):
        yield


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def titles(html: str) -> list[str]:
    return re.findall(r"<li><h2><a href=[^>]+>([^<]+)</a></h2>", html)


def in_consultation(title: str, first: dt.date, last: dt.date, **fields: object):
    """A published plan with a consultation from day to day, in the process plan and as a round."""
    plan = published_plan(
        title, state=CycleState.IN_CONSULTATION, milestones=(hearing(first, last),), **fields
    )
    opens = dt.datetime.combine(first, dt.time(), tzinfo=COPENHAGEN)
    closes = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=COPENHAGEN)
    a_round(plan, opens=opens, closes=closes, version=plan.versions.get())
    return plan


def test_open_consultations_stand_first_and_the_most_urgent_on_top(client) -> None:
    for title, last in (("Senere", dt.date(2026, 12, 31)), ("Først", dt.date(2026, 12, 22))):
        in_consultation(title, dt.date(2026, 11, 10), last)
    html = page(client, "/")
    assert html.index("Først") < html.index("Senere")
    assert "Frist: til og med 22. december 2026" in html
    assert "18 dage tilbage" in html


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (dt.date(2026, 12, 4), dt.date(2026, 12, 5), "1 dag tilbage"),
        (dt.date(2026, 11, 4), dt.date(2026, 12, 4), "Sidste dag er i dag"),
        (dt.date(2026, 11, 4), dt.date(2026, 12, 3), None),
        (dt.date(2026, 12, 5), dt.date(2027, 1, 15), None),
    ],
)
def test_a_consultation_is_open_from_its_first_to_its_last_day(client, first, last, shown) -> None:
    in_consultation("Strategi", first, last)
    html = page(client, "/")
    assert ("Ingen planer er i høring lige nu" in html) is (shown is None)
    assert shown is None or shown in html


def test_a_consultation_that_nobody_can_answer_here_is_not_open(client) -> None:
    """Of the process plan alone, whatever the plan's state was when it was published."""
    running = hearing(dt.date(2026, 11, 10), dt.date(2026, 12, 22))
    for state in (CycleState.WITHDRAWN, CycleState.IN_CONSULTATION, CycleState.DRAFT):
        published_plan(f"Uden {state}", state=state, milestones=(running,))
    assert "Ingen planer er i høring lige nu" in page(client, "/")
    assert page(client, "/planer/").count("Skal sendes i høring</span>") == 1


def test_what_is_coming_and_what_was_decided(client) -> None:
    published_plan(
        "Handleplan",
        milestones=(
            ("Byrådet vedtager", MilestoneKind.ADOPTION, DAY(dt.date(2026, 10, 1))),
            ("Status", MilestoneKind.STATUS, DAY(dt.date(2027, 1, 20))),
            ("Om længe", MilestoneKind.STATUS, DAY(dt.date(2027, 6, 20))),
        ),
    )
    html = page(client, "/")
    assert "Vedtaget det seneste år" in html and "1. oktober 2026" in html
    assert "20. januar 2027" in html
    assert "Om længe" not in html
    assert "Om længe" in page(client, "/kalender/")


def test_the_kind_is_a_quiet_word_unless_the_title_says_it(client) -> None:
    day = dt.date(2027, 1, 5)
    plan = published_plan(
        "Handleplan",
        milestones=(
            ("Udvalget ser på planen", MilestoneKind.RECOMMENDATION, DAY(day)),
            ("Borgermøde i hallen", MilestoneKind.PUBLIC_MEETING, DAY(day)),
            ("Kør selv", MilestoneKind.OTHER, DAY(day)),
        ),
    )
    for address in ("/", "/kalender/", f"/planer/{plan.slug}/"):
        html = page(client, address)
        assert len(re.findall(r"· (?:</span>)?indstilling</span>", html)) == 1, address
        assert not re.search(r"<span[^>]*>· (?:borgermøde|andet)</span>", html), address


def test_the_next_months_are_drawn_in_the_order_of_the_list(client) -> None:
    published_plan(
        "Handleplan",
        milestones=(
            ("Borgermøde", MilestoneKind.INVOLVEMENT, DAY(dt.date(2027, 1, 5))),
            ("Status", MilestoneKind.STATUS, DAY(dt.date(2027, 1, 20))),
            ("Indsatsen kører", MilestoneKind.IMPLEMENTATION,
             TimeSpan.between(dt.date(2027, 1, 10), dt.date(2031, 1, 1))),
        ),
    )  # fmt: skip
    html = page(client, "/")
    picture, words = html.partition("timeline-drawing")[2].split("</svg>", 1)
    assert picture.index("Borgermøde") < picture.index("Status")
    assert "Indsatsen" not in picture and "Indsatsen kører" in words


def test_one_coming_date_is_no_timeline(client) -> None:
    published_plan(
        "Plan", milestones=(("Status", MilestoneKind.STATUS, DAY(dt.date(2027, 1, 20))),)
    )
    html = page(client, "/")
    assert "timeline-drawing" not in html and "20. januar 2027" in html


def test_what_may_still_happen_in_a_period_that_has_begun_is_coming(client) -> None:
    autumn = TimeSpan.within(dt.date(2026, 10, 1), dt.date(2026, 12, 31), Precision.QUARTER)
    published_plan("Plan", milestones=(("Borgermøde", MilestoneKind.INVOLVEMENT, autumn),))
    assert "4. kvartal 2026" in page(client, "/")


def test_nothing_is_told_of_what_is_not_published(client) -> None:
    later = TODAY + dt.timedelta(hours=1)
    first, last = dt.date(2026, 11, 10), dt.date(2026, 12, 22)
    in_consultation("Kanariefugl", first, last, visible_from=later)
    for address in ("/", "/planer/", "/planer/?q=kanariefugl", "/kalender/"):
        html = page(client, address).replace('value="kanariefugl"', "")
        assert "anariefugl" not in html
    with time_machine.travel(later):
        assert "Kanariefugl" in page(client, "/")


def test_the_list_is_in_danish_order_with_an_honest_count(client) -> None:
    for title in ("Østbyen", "Zoneplan", "Ældrepolitik", "Aarhusplan", "Boliger"):
        published_plan(title)
    html = page(client, "/planer/")
    assert titles(html) == ["Boliger", "Zoneplan", "Ældrepolitik", "Østbyen", "Aarhusplan"]
    assert "Der er offentliggjort 5 planer." in html


@pytest.mark.parametrize("words", ["ÆLDRE", "aeldre", "ældre politik", "Politik"])
def test_search_minds_neither_case_nor_letters(client, words) -> None:
    published_plan("Ældrepolitik")
    published_plan("Boliger")
    html = page(client, f"/planer/?q={words}")
    assert titles(html) == ["Ældrepolitik"]
    assert "1 resultat." in html


def test_filters_by_body_state_and_year(client) -> None:
    published_plan("A", body="Teknikudvalget", first_year=2009, last_year=2012)
    published_plan("B", state=CycleState.DRAFT, first_year=2012, last_year=2016)
    assert titles(page(client, "/planer/?udvalg=Teknikudvalget")) == ["A"]
    assert titles(page(client, "/planer/?status=draft")) == ["B"]
    assert titles(page(client, "/planer/?aar=2012")) == ["A", "B"]
    assert titles(page(client, "/planer/?aar=2014&status=draft")) == ["B"]
    assert "Ingen planer passer" in page(client, "/planer/?aar=2014&status=adopted")


@pytest.mark.parametrize("query", ["status=hemmelig", "aar=hest", "udvalg=%3Cb%3E", "side=xyz"])
def test_a_filter_that_makes_no_sense_is_left_out_and_said(client, query) -> None:
    published_plan("A")
    html = page(client, f"/planer/?{query}")
    assert titles(html) == ["A"]
    assert ("Listen vises uden dette filter" in html) is not query.startswith("side")
    assert "<b>" not in html


def test_filters_survive_paging(client) -> None:
    for number in range(30):
        published_plan(f"Plan {number:02}", first_year=2020, last_year=2020)
    html = page(client, "/planer/?aar=2020&q=plan")
    assert len(titles(html)) == 25
    link = re.search(r'rel="next" href="([^"]+)"', html)
    assert link
    second = page(client, "/planer/" + link[1].replace("&amp;", "&"))
    assert len(titles(second)) == 5
    assert "Du ser nummer 26 til 30." in second


def test_an_open_consultation_has_its_deadline_beside_it(client) -> None:
    in_consultation("Plan", dt.date(2026, 11, 10), dt.date(2026, 12, 22))
    for address in ("/planer/", "/planer/?q=plan"):
        html = page(client, address)
        assert "I høring</span> <span>frist 22. december 2026 · Strategi" in html


def test_a_replaced_plan_names_its_successor(client) -> None:
    old, new = published_plan("Gammel"), published_plan("Ny")
    new.replaces.add(old)
    assert f'<a href="/planer/{new.slug}/">Ny</a></span>' in page(
        client, "/planer/?status=replaced"
    )


@pytest.mark.slow  # ninety plans
@pytest.mark.parametrize("address", ["/", "/planer/", "/planer/?q=plan", "/kalender/"])
def test_as_many_queries_for_thirty_plans_as_for_one(
    client, django_assert_max_num_queries, address
) -> None:
    counts = []
    for batch in (1, 3, 26):
        for number in range(batch):
            old = published_plan(f"Gammel plan {batch} {number}")
            plan = in_consultation(
                f"Plan {batch} {number}", dt.date(2026, 11, 10), dt.date(2026, 12, 22)
            )
            published_plan(f"Ny plan {batch} {number}").replaces.add(old)
            assert plan.pk
        with django_assert_max_num_queries(12 if "q=" in address else 8) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[2] <= counts[1] == counts[0]


def test_public_pages_know_nobody(client, django_user_model) -> None:
    user = django_user_model.objects.create_user("anna@example.org", "x", name="Anna Andersen")
    anonymous = client.get("/planer/")
    client.force_login(user)
    signed_in = client.get("/planer/")
    assert signed_in.content == anonymous.content
    assert "Cookie" not in signed_in.get("Vary", "")


def test_how_precise_a_date_is_stands_in_words_on_front_page_calendar_and_plan(client) -> None:
    january = TimeSpan.within(dt.date(2027, 1, 1), dt.date(2027, 1, 31), Precision.MONTH)
    plan = published_plan(
        "Strategi",
        milestones=(
            ("Udvalget drøfter", MilestoneKind.MEETING, january),
            ("Udvalget mødes", MilestoneKind.MEETING, DAY(dt.date(2027, 1, 5))),
        ),
    )
    for address in ("/", "/kalender/", f"/planer/{plan.slug}/"):
        html = page(client, address)
        # The key of a drawing says it too, silently; lists and tables say it once for the month.
        html = re.sub(r'<ul class="timeline-key.*?</ul>', "", html)
        assert html.count("et tidspunkt i perioden") == 1, address
