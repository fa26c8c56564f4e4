"""What a consultation changed, paragraph by paragraph, at one address: what is on it, in which
order of time, and what never is."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from consultations.enums import Proposal
from consultations.models import Remark, Report, Response, Round
from consultations.reports import round_report as doc
from consultations.reports.building import gather
from consultations.review.actions import reviewing
from kommuneplan import clock
from kommuneplan.core.models import User
from plans.document.plan_document import from_json
from plans.enums import Stage
from plans.models import Cycle, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from plans.versions.actions.redacting import redact_blocks
from tests.consultations.reported import CANARY, a_remark, handled
from tests.consultations.round_factories import a_response
from tests.factories import secretary

pytestmark = pytest.mark.django_db
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def by() -> User:
    return secretary()


@pytest.fixture
def round(by: User) -> Round:
    return handled(by)


def rewrite(round: Round) -> None:
    """The remark's paragraph becomes another, one comes, one goes, and nobody asked for the last
    change."""
    section = Section.objects.get(plan=round.plan, title="Indsatser")
    section.text = (
        "<p>Vi åbner et stort værksted.</p><p>Vi ansætter to vejledere.</p><p>Ny sti.</p>"
    )
    section.save()
    goal = Section.objects.get(plan=round.plan, title="Mål")
    goal.text = "<p>Vi vil hjælpe hinanden.</p>"
    goal.save()


def reported(round: Round, **facts) -> Report:
    number = round.reports.count() + 1
    told = gather(round, at=clock.now(), number=number)
    facts.setdefault("published_at", clock.now())
    return Report.objects.create(
        round=round, number=number, name="note", made_at=clock.now(), digest=doc.digest(told),
        content=doc.to_json(told), **facts,
    )  # fmt: skip


def adopt(round: Round, **facts):
    version = freeze(plan=round.plan, stage=Stage.ADOPTED, by=None)
    return publish(version=version, by=None, **facts)


def address(round: Round) -> str:
    return f"/hoeringer/{round.slug}/aendringer/"


def page(client, round: Round, query: str = "", status: int = 200) -> str:
    response = client.get(f"{address(round)}{query}")
    assert response.status_code == status
    assert not response.cookies
    return re.sub(r"\s+", " ", response.content.decode())


def place(html: str, words: str) -> str:
    """The one place in which these words stand."""
    found = [one for one in html.split('<div class="after-place"')[1:] if words in one]
    assert len(found) == 1, len(found)
    return found[0]


def bare(html: str) -> str:
    marked = html.replace("[fjernet: ", "").replace("[tilføjet: ", "")
    marked = re.sub(r'<span class="sr-only">\]?</span>', "", marked)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", marked)).strip()


def test_the_draft_the_remark_its_answer_and_the_words_after_stand_together(client, round) -> None:
    rewrite(round)
    reported(round)
    adopt(round)
    html = page(client, round)
    told = place(html, "Gør døren bredere.")
    assert "Ændret" in told and "uden bemærkning" not in told
    assert re.search(r"<ins[^>]*>.*?stort.*?</ins>", told)
    assert "Vi åbner et værksted." in bare(told)
    assert "Bemærkning 1: Handicaprådet" in told  # and those who say the same, by their labels
    for words in ("Enig.", "Døren ændres.", "Den er smal.", "Kun hoveddøren."):
        assert words in told
    order = [bare(told).index(words) for words in ("Udkastet", "Gør døren", "Enig.", "Efter hø")]
    assert order == sorted(order)


def test_what_is_new_gone_unasked_and_unchanged_is_told_as_that(client, round) -> None:
    rewrite(round)
    Section.objects.create(plan=round.plan, title="Bilag", text="<p>Kort.</p>", is_public=True)
    reported(round)
    adopt(round)
    html = page(client, round)
    assert "Ændret uden bemærkning" in place(html, "hjælpe")
    assert "Tilføjet uden bemærkning" in place(html, "Ny sti.")
    assert "Fandtes ikke" in place(html, "Ny sti.")
    assert "Tilføjet uden bemærkning" in place(html, "Kort.")
    assert "1 stykke her er uændret" in html
    listed = html[html.index("Hvad er ændret") : html.index("after-group")]
    for target in re.findall(r'href="#([^"]+)"', listed):
        assert html.count(f'id="{target}"') == 1
    assert listed.count("<li>") == 5  # two changed; the path, the new section and its paragraph


def test_what_went_is_told_as_gone(client, round) -> None:
    Section.objects.filter(plan=round.plan, title="Mål").update(is_public=False)
    reported(round)
    adopt(round)
    told = place(page(client, round), "Vi vil hinanden.")
    assert "Fjernet uden bemærkning" in told
    assert "Findes ikke længere" in told


def test_remarks_to_the_whole_stand_last(client, round) -> None:
    reported(round)
    adopt(round)
    html = page(client, round)
    told = html[html.index("Bemærkninger til udkastet som helhed") :]
    assert "Hvad koster det?" in told
    assert "Borgermøde i hallen" in told


def test_a_change_that_a_remark_made_elsewhere_led_to_names_it(client, round) -> None:
    remark = Remark.objects.get(round=round, number=1)
    words = from_json(round.frozen.content)
    goal = next(anchor for anchor, html in words.html() if "hinanden" in html)
    Remark.objects.filter(pk=remark.pk).update(wanted_anchor=goal)
    rewrite(round)
    reported(round)
    adopt(round)
    told = place(page(client, round), "hjælpe")
    assert "på grund af bemærkning 1" in told
    assert "uden bemærkning" not in told


def test_nothing_before_the_report_is_published(client, round) -> None:
    rewrite(round)
    adopt(round)
    assert client.get(address(round)).status_code == 404
    row = reported(round, published_at=None)
    assert client.get(address(round)).status_code == 404
    row.published_at = clock.now()
    row.save()
    assert "Gør døren bredere." in page(client, round)


def test_before_the_text_after_is_published_none_of_it_is_told(client, round) -> None:
    reported(round)
    rewrite(round)  # after the report: nobody has published it
    freeze(plan=round.plan, stage=Stage.ADOPTED, by=None)
    html = page(client, round)
    assert "er ikke offentliggjort endnu" in html
    assert "Gør døren bredere." in html
    for words in ("stort", "hjælpe", "Ny sti."):
        assert words not in html
    adopt(round)
    assert "stort" in page(client, round)


def test_what_the_report_changes_is_told_until_then(client, round) -> None:
    rewrite(round)
    reported(round)
    told = place(page(client, round), "Gør døren bredere.")
    assert "ifølge notatet" in told
    assert "stort" in told


def test_no_hidden_response_and_no_word_that_was_taken_out_is_on_it(client, round, by) -> None:
    rewrite(round)
    reported(round)
    adopt(round)
    html = page(client, round)
    assert CANARY not in html
    assert "12345678" not in html
    response = Response.objects.get(round=round, number=1)
    reviewing.hide(response=response, reason="Fortrød", seen=None, by=by)
    assert "Gør døren bredere." not in page(client, round, status=410)


def test_hidden_words_of_the_plan_are_on_it_no_more(client, round) -> None:
    rewrite(round)
    row = adopt(round)
    reported(round)
    assert "Ny sti." in page(client, round)
    version = row.version
    anchor = next(a for a, html in from_json(version.content).html() if "Ny sti" in html)
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    assert "Ny sti." not in page(client, round, status=410)
    Report.objects.update(made_at=clock.now() + MINUTE)  # made anew
    html = page(client, round)
    assert "Ny sti." not in html
    assert "Fjernet den" in html


def test_a_draft_that_was_withdrawn_is_not_shown_here_either(client, round) -> None:
    rewrite(round)
    reported(round)
    adopt(round)
    withdraw(publication=round.frozen.publications.get(), by=None, because="Fejl")
    html = page(client, round)
    assert "Udkastet kan ikke vises" in html
    assert "værksted" not in html


def test_a_text_that_was_withdrawn_is_no_text_after(client, round) -> None:
    rewrite(round)
    reported(round)
    row = adopt(round)
    withdraw(publication=row, by=None, because="Fejl")
    assert "er ikke offentliggjort endnu" in page(client, round)


def test_the_adopted_text_counts_and_no_later_one(client, round) -> None:
    reported(round)
    rewrite(round)
    cycle = round.cycle
    cycle.state, cycle.closed_at = "adopted", clock.now()
    cycle.save()
    adopt(round)
    goal = Section.objects.get(plan=round.plan, title="Mål")
    goal.text = "<p>Et senere udkast.</p>"
    goal.save()
    adopt(round)
    assert "Et senere udkast." not in page(client, round)
    Cycle.objects.create(plan=round.plan, number=2, opened_at=clock.now())
    adopt(round)
    html = page(client, round)
    assert "Et senere udkast." not in html
    assert "hjælpe" in html


@pytest.mark.parametrize("extra", [{"is_public": False}, {"announced_at": None}])
def test_a_round_that_nobody_may_know_of_has_no_such_page(client, round, extra) -> None:
    reported(round)
    adopt(round)
    Round.objects.filter(pk=round.pk).update(**extra)
    assert client.get(address(round)).status_code == 404


def test_every_page_of_the_consultation_leads_there(client, round) -> None:
    slug = round.plan.slug
    row = adopt(round)
    version = f"/planer/{slug}/versioner/{row.number}/"
    hearing = f"/hoeringer/{round.slug}/"
    pages = [hearing, f"{hearing}notat/", f"/planer/{slug}/", version]
    link = f'href="{address(round)}"'
    assert all(link not in client.get(one).content.decode() for one in pages)
    reported(round)
    assert all(link in client.get(one).content.decode() for one in pages)


def test_many_remarks_are_told_a_page_at_a_time_and_the_questions_do_not_grow(
    client, round, by, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    rewrite(round)
    reported(round)
    adopt(round)
    with django_assert_max_num_queries(12) as few:
        page(client, round)
    anchor = Remark.objects.get(round=round, number=1).anchor
    round = Round.objects.select_related("plan", "frozen").get(pk=round.pk)
    for number in range(25):
        response = a_response(round, text=f"Svar {number}")
        reviewing.clear(response=Response.objects.get(pk=response.pk), by=by)
        a_remark(round, response, anchor=anchor, reply="<p>Tak.</p>", proposal=Proposal.NOT_MET,
                 handled_at=clock.now())  # fmt: skip
    Report.objects.all().delete()
    reported(round)
    with django_assert_max_num_queries(12) as many:
        html = page(client, round)
    assert len(many) == len(few)
    assert html.count("Vi åbner et") == 2  # its words before and after stand once
    assert "(flere bemærkninger)" in html
    assert html.count('class="after-remark"') == 28
    with django_assert_num_queries(1):
        client.get(address(round))
