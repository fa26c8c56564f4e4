"""The room Historik, at its door: who changed what, when and why; earlier states put back."""

from __future__ import annotations

import datetime as dt
import html
import io
import json
import re
import zipfile

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.enums import PlanRole, Role
from kommuneplan.core.models import Meeting, Membership, Municipality
from kommuneplan.documents.xlsx import CELL, Sheet, render_sheets
from kommuneplan.keeping import Typed
from kommuneplan.timespan.danish import read
from plans.details.actions import head
from plans.enums import Stage
from plans.focus.actions import areas
from plans.history.changes import parts
from plans.history.entries import HistorySelection
from plans.history.listing import listing
from plans.history.values import titles_for
from plans.models import Milestone, PlanLead, Section
from plans.process.actions import milestones
from plans.process.actions.moving import Scope, add_dependency, dry_run, move_with_followers
from plans.process_import.actions import apply_import
from plans.text.actions import outline
from plans.text.actions.comments import add_comment
from plans.text.actions.sections import keep_draft, save_section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import FIRST, a_plan, committee, draft_of, lead, secretary

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 2, 11, 0, tzinfo=dt.UTC)


class Room:
    """A plan with a section, a milestone and a focus area, written by two people over some days."""

    def __init__(self) -> None:
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        with time_machine.travel(NOON, tick=False):
            self.plan = a_plan()
            self.ida, self.bo = secretary("ida"), lead(self.plan, "bo")
        self.client = Client()
        self.client.force_login(self.ida)
        with self.day(1):
            self.section = outline.add_section(plan=self.plan, title="Formål", by=self.ida)
        with self.day(2):
            self.write("<p>Vi lytter til alle.</p><p>Vi handler.</p>", self.ida)
        with self.day(3):
            self.write("<p>Vi lytter til borgerne.</p><p>Vi handler.</p>", self.bo)
        with self.day(4):
            self.milestone = milestones.add_milestone(
                cycle=self.plan.open_cycle,
                facts=self.facts("ultimo oktober 2026"),
                bodies=[committee()],
                by=self.ida,
            )

    def day(self, number: int):
        return time_machine.travel(NOON + dt.timedelta(days=number), tick=False)

    def facts(self, words: str, **more):
        span = read(words).span
        return {"title": "Vedtagelse", "kind": "adoption", "when": span, "written": words, **more}

    def write(self, text: str, by) -> None:
        self.section = save_section(
            section=self.section, title="Formål", text=text, by=by,
            base_version=self.section.version,
        )  # fmt: skip

    def at(self, route: str = "history", **more) -> str:
        return reverse(f"plans:{route}", kwargs={"slug": self.plan.slug, **more})

    def state(self, row, kind: str, number: int, route: str = "history-state") -> str:
        return self.at(route, kind=kind, uid=row.uid, number=number)

    def page(self, **query) -> str:
        return self.client.get(self.at(), query).content.decode()


@pytest.fixture
def room(db) -> Room:
    return Room()


def words_of(html: str) -> str:
    """The words of a page, as they are read."""
    return " ".join(re.sub(r"<[^>]+>", " ", html.split("<main")[1].split("</main")[0]).split())


# --- the page ----------------------------------------------------------------------------------


def test_who_changed_what_and_when_newest_first(room):
    page = words_of(room.page())
    days = ["6. marts 2026", "5. marts 2026", "4. marts 2026", "3. marts 2026", "2. marts 2026"]
    places = [page.index(day) for day in days]
    assert places == sorted(places)
    assert "Kl. 12.00 ida Tilføjet Milepæl Vedtagelse" in page
    assert "Kl. 12.00 bo Ændret Afsnit Formål" in page
    assert "Vi lytter til [fjernet: alle ] [tilføjet: borgerne ] . Vi handler." in page


def test_a_date_is_told_as_it_was_written_and_as_it_is_understood(room):
    with room.day(5):
        milestones.edit_milestone(
            milestone=room.milestone, facts=room.facts("uge 46 2026"), bodies=None, by=room.bo
        )
    page = words_of(room.page())
    was, becomes = "ultimo oktober 2026 (21.–31. oktober)", "uge 46, 2026 (9.–15. november)"
    assert f"Dato [fjernet: {was} ] [tilføjet: {becomes} ]" in page
    with room.day(6):
        row = Milestone.objects.get()
        milestones.edit_milestone(
            milestone=row, facts=room.facts("21. maj 2027", written="lige før sommer"), by=room.bo
        )
    assert "21. maj 2027, skrevet: lige før sommer" in words_of(room.page())


def test_what_one_request_writes_is_one_act(room):
    """Adding a milestone with a body writes two records; it is told once, with its body."""
    page = words_of(room.page(hvad="procesplan"))
    assert page.count("Milepæl Vedtagelse") == 1
    assert "Hvem Socialudvalget" in page


def test_two_people_at_the_same_moment_are_two_acts(room):
    with room.day(7):
        for title, by in (("Et", room.ida), ("To", room.bo), ("Tre", room.ida)):
            outline.add_section(plan=room.plan, title=title, by=by)
    shown = listing(room.plan, HistorySelection(), titles_for(room.ida, NOON))
    assert [[one.title for one in act.changes] for act in shown.acts[:2]] == [["Et", "Tre"], ["To"]]


def test_the_reason_is_told(room):
    area = areas.add_area(plan=room.plan, facts={"title": "Haver"}, by=room.ida)
    with room.day(300):
        areas.end_area(area=area, seen=area.version, reason="Målet er nået.", by=room.ida)
    assert "Begrundelse: Målet er nået. Ændret Indsatsområde Haver" in words_of(room.page())


def test_a_reason_of_one_thing_stands_beside_it(room):
    """What one act changes for different reasons is not mixed up."""
    area = areas.add_area(plan=room.plan, facts={"title": "Haver"}, by=room.ida)
    with room.day(300):
        areas.end_area(area=area, seen=area.version, reason="Målet er nået.", by=room.ida)
        outline.add_section(plan=room.plan, title="Baggrund", by=room.ida)
    page = words_of(room.page(fra="2026-12-01"))
    assert "ida Tilføjet Afsnit Baggrund" in page
    assert "Ændret Indsatsområde Haver Begrundelse: Målet er nået." in page


def test_the_old_date_the_public_read_is_told_as_the_earlier(room):
    milestones.mark_public(plan=room.plan, public=[str(room.milestone.uid)], by=room.ida)
    publish(version=freeze(plan=room.plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    milestones.edit_milestone(
        milestone=Milestone.objects.get(), facts=room.facts("2. til 6. november 2026"),
        reason="Mødet er flyttet.", by=room.ida,
    )  # fmt: skip
    page = words_of(room.page())
    assert "Ny dato Vedtagelse" in page
    assert "Tidligere dato ultimo oktober 2026" in page
    assert "skrevet: 2. til 6." not in page
    assert (
        reverse("plans:work-version", args=[room.plan.slug, room.plan.versions.get().uid])
        in room.page()
    )


def test_a_section_that_is_only_moved_is_told_so(room):
    other = outline.add_section(plan=room.plan, title="Baggrund", by=room.ida)
    with room.day(300):
        outline.move_section(section=other, direction=outline.Direction.UP, by=room.bo)
    assert "Rækkefølge [tilføjet: flyttet ]" in words_of(room.page())


def test_a_meeting_that_is_moved_stands_in_the_history_of_its_milestone_s_plan(room):
    meeting = Meeting.objects.create(body=committee(), date=dt.date(2026, 10, 28))
    other = Meeting.objects.create(body=committee(), date=dt.date(2026, 12, 1))
    milestones.add_milestone(
        cycle=room.plan.open_cycle, facts={"title": "Møde", "meeting": meeting}, bodies=[], by=None
    )
    with room.day(300):
        meeting.date = dt.date(2026, 11, 4)
        meeting.save()
        other.date = dt.date(2026, 12, 2)
        other.save()
    page = words_of(room.page())
    assert "Dato [fjernet: 28. oktober 2026 ] [tilføjet: 4. november 2026 ]" in page
    assert "2. december 2026" not in page


def test_what_was_deleted_keeps_its_name(room):
    after = milestones.add_milestone(
        cycle=room.plan.open_cycle, facts=room.facts("uge 40 2026"), bodies=[], by=room.ida
    )
    add_dependency(milestone=room.milestone, after=after, days=5, by=room.ida)
    with room.day(300):
        milestones.delete_milestone(milestone=after, by=room.bo)
    page = words_of(room.page())
    assert "Slettet Milepæl Vedtagelse" in page
    assert "Slettet Afhængighed “Vedtagelse” venter på “Vedtagelse”" in page


def test_a_deletion_tells_how_it_stood_last_and_whom_it_named(room):
    row = milestones.edit_milestone(
        milestone=room.milestone, facts={"title": "Beslutning"}, by=room.bo
    )
    with room.day(300):
        milestones.delete_milestone(milestone=row, by=room.bo)
    page = words_of(room.page(hvad="procesplan", fra="2026-12-01"))
    assert "Slettet Milepæl Beslutning Dato [fjernet: ultimo oktober 2026" in page
    assert "Hvem [fjernet: Socialudvalget ]" in page


def test_texts_with_nothing_in_common_are_not_marked_within_each_other():
    assert [piece.mark for piece in parts("Vi lytter til alle.", "Haverne er åbne.")[0].pieces] == [
        "removed", "added",
    ]  # fmt: skip
    (part,) = parts("Samme\nVi lytter til alle her.", "Samme\nVi lytter til borgere her.")
    assert [piece.text for piece in part.before if piece.mark] == ["alle"]


def test_whoever_is_erased_is_not_named(room):
    room.bo.delete()
    page = words_of(room.page())
    assert "Kl. 12.00 Ikke registreret hvem Ændret Afsnit" in page


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ({"hvad": "tekst"}, ["Formål"], ["Vedtagelse"]),
        ({"hvad": "procesplan"}, ["Vedtagelse"], ["Formål"]),
        ({"hvem": "bo"}, ["5. marts"], ["4. marts", "Vedtagelse"]),
        ({"fra": "2026-03-06"}, ["Vedtagelse"], ["Formål"]),
        ({"til": "2026-03-03"}, ["3. marts"], ["4. marts", "Vedtagelse"]),
        ({"fra": "2026-03-04", "til": "2026-03-04"}, ["4. marts"], ["3. marts", "5. marts"]),
        ({"felt": "afsnit.text"}, ["4. marts", "5. marts"], ["3. marts", "Vedtagelse"]),
        ({"felt": "afsnit.title"}, ["3. marts"], ["4. marts", "5. marts"]),
        ({"felt": "milepael.when"}, ["Dato ultimo oktober"], ["Formål", "Hvem Soc"]),
        (
            {"felt": "milepael.bodies"},
            ["Hvem [tilføjet: Socialudvalget"],
            ["Formål", "Dato ultimo"],
        ),
        ({"hvad": "kommentarer"}, ["Intet passer"], ["Formål"]),
    ],
)
def test_the_filters(room, query, seen, unseen):
    if "hvem" in query:
        query = {"hvem": str(getattr(room, query["hvem"]).uid)}
    page = words_of(room.page(**query)).split("Vis ", 1)[1]
    assert [words for words in seen if words not in page] == []
    assert [words for words in unseen if words in page] == []


def test_twenty_five_acts_a_page_and_the_filter_goes_along(room):
    for number in range(30):
        with room.day(10 + number):
            outline.add_section(plan=room.plan, title=f"Kapitel {number}", by=room.bo)
    page = room.page(hvad="tekst")
    assert page.count('class="history-act"') == 25
    assert "Kapitel 29" in page
    assert "?hvad=tekst&amp;side=2" in page
    second = room.page(hvad="tekst", side="2")
    assert second.count('class="history-act"') == 8
    assert "Formål" in second
    assert words_of(room.page(hvad="tekst", side="99")) == words_of(second)


def test_a_filter_that_makes_no_sense_is_left_out_and_said(room):
    page = words_of(room.page(hvad="alting", fra="i går", hvem="1", felt="plan.password"))
    assert "Historikken er vist uden dette filter." in page
    assert "Fra: Skriv en dato" in page
    assert "Vedtagelse" in page


def test_the_day_of_a_change_is_the_danish_day(room):
    with time_machine.travel(dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC), tick=False):
        room.write("<p>Sent.</p>", room.bo)
    assert "Kl. 00.30" in words_of(room.page(fra="2026-07-02", til="2026-07-02"))
    assert "Kl. 00.30" not in words_of(room.page(fra="2026-07-01", til="2026-07-01"))


def test_nothing_that_was_written_runs(room):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    with room.day(8):
        section = outline.add_section(plan=room.plan, title=bad, by=room.ida)
        add_comment(section=section, text=bad, by=room.ida)
        area = areas.add_area(plan=room.plan, facts={"title": bad, "goals": bad}, by=room.ida)
        areas.retire_area(area=area, seen=area.version, reason=bad, by=room.ida)
    for page in (room.page(), room.client.get(room.state(section, "afsnit", 1)).content.decode()):
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# --- one thing ---------------------------------------------------------------------------------


def test_one_thing_has_its_own_history_with_what_belongs_to_it(room):
    other = outline.add_section(plan=room.plan, title="Baggrund", by=room.ida)
    add_comment(section=room.section, text="Hvem er borgerne?", by=room.bo)
    add_comment(section=other, text="Et andet sted", by=room.bo)
    address = room.at("history-thing", kind="afsnit", uid=room.section.uid)
    page = words_of(room.client.get(address).content.decode())
    assert "Historik for “Formål”" in page
    assert "Hvem er borgerne?" in page
    assert "Et andet sted" not in page
    assert "Baggrund" not in page


def test_the_changes_of_one_field_of_one_thing(room):
    other = outline.add_section(plan=room.plan, title="Baggrund", by=room.ida)
    save_section(section=other, title="Baggrund", text="<p>Andet.</p>", base_version=1, by=room.ida)
    address = room.at("history-thing", kind="afsnit", uid=room.section.uid)
    page = words_of(room.client.get(address, {"felt": "afsnit.text"}).content.decode())
    assert "5. marts 2026" in page
    assert "4. marts 2026" in page
    assert "3. marts 2026" not in page
    assert "Andet." not in page


def test_a_state_shows_both_texts_word_for_word_and_its_neighbours(room):
    page = room.client.get(room.state(room.section, "afsnit", 3)).content.decode()
    assert "Vi lytter til <del>" in page
    assert "Vi handler" not in page.split("<main")[1]  # the paragraph that is the same
    assert room.state(room.section, "afsnit", 2) in page
    assert "Sådan står det nu." in page
    first = room.client.get(room.state(room.section, "afsnit", 1)).content.decode()
    assert room.state(room.section, "afsnit", 2) in first


def test_links_lead_to_the_history(room):
    area = areas.add_area(plan=room.plan, facts={"title": "Haver"}, by=room.ida)
    for route, kind, row in (
        (reverse("plans:section", args=[room.plan.slug, room.section.uid]), "afsnit", room.section),
        (reverse("plans:milestone", args=[room.plan.slug, room.milestone.uid]), "milepael",
         room.milestone),
        (reverse("plans:focus-area", args=[room.plan.slug, area.uid]), "indsatsomraade", area),
        (reverse("plans:head", args=[room.plan.slug]), "plan", room.plan),
    ):  # fmt: skip
        page = room.client.get(route).content.decode()
        assert room.at("history-thing", kind=kind, uid=row.uid) in page, route
    page = room.client.get(reverse("plans:overview", args=[room.plan.slug])).content.decode()
    assert f'href="{room.at()}"' in page


# --- doors -------------------------------------------------------------------------------------


def test_another_plan_s_things_do_not_exist_here(room):
    other = a_plan("Strategi for boliger")
    theirs = outline.add_section(plan=other, title="Hemmeligt", by=room.ida)
    milestone = milestones.add_milestone(
        cycle=other.open_cycle, facts=room.facts("2027"), bodies=[], by=None
    )
    for kind, row in (("afsnit", theirs), ("milepael", milestone), ("plan", other)):
        assert room.client.get(room.at("history-thing", kind=kind, uid=row.uid)).status_code == 404
        assert room.client.get(room.state(row, kind, 1)).status_code == 404
        address = room.state(row, kind, 1, "history-put-back")
        assert room.client.post(address, {"seen": 1}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.version == 1
    assert "Hemmeligt" not in room.page()


def test_a_plan_one_may_not_know_has_no_name_here(room):
    above = a_plan("Hemmelig rammeplan", "Teknikudvalget")
    room.plan.parent = above
    room.plan.save()
    address = room.state(room.plan, "plan", 2)
    for page in (room.page(), room.client.get(address).content.decode()):
        assert "(en anden plan)" in page
        assert "Hemmelig" not in page
    Membership.objects.create(user=room.ida, role=Role.SECRETARY, body=above.body)
    assert "Hemmelig rammeplan" in room.page()


def test_whoever_only_approves_the_plan_does_not_see_its_history(room):
    row = PlanLead.objects.get(user=room.bo)
    row.role = PlanRole.MANAGER
    row.save()
    client = Client()
    client.force_login(room.bo)
    assert client.get(room.at()).status_code == 404
    assert client.get(room.state(room.section, "afsnit", 2)).status_code == 404


def test_an_import_says_where_its_rows_come_from(room):
    draft = draft_of(FIRST, room.ida, room.plan)
    apply_import(draft=draft, by=room.ida)
    page = words_of(room.page(hvad="procesplan"))
    assert "ida Begrundelse: Importeret fra indsat tekst. Tilføjet Milepæl" in page


def test_what_moves_with_another_tells_the_reason(room):
    when = read("uge 46 2026").span
    _shown, seen = dry_run(
        plan=room.plan, milestone=room.milestone, when=when, scope=Scope.DEPENDENT
    )
    move_with_followers(
        plan=room.plan, milestone=room.milestone, when=when, scope=Scope.DEPENDENT, seen=seen,
        reason="Budgettet er forsinket.", by=room.bo,
    )  # fmt: skip
    assert "bo Begrundelse: Budgettet er forsinket. Ændret Milepæl" in words_of(room.page())


@pytest.mark.parametrize(
    ("kind", "number"),
    [("afsnit", 99), ("afsnit", 0), ("findes-ikke", 1), ("milepael", 1), ("kommentar", 1)],
)
def test_what_is_not_there_is_404(room, kind, number):
    assert room.client.get(room.state(room.section, kind, number)).status_code == 404


def test_what_is_not_told_to_all_is_not_in_it(room):
    draft_of(FIRST.replace("naboskab", "KANARIEFUGL"), room.ida, room.plan)
    words = {"title": "KANARIEFUGL", "text": "<p>KANARIEFUGL</p>"}
    typed = Typed(words, {}, page="a", sequence=1)
    keep_draft(section=room.section, typed=typed, base_version=1, by=room.ida)
    for route in ("history", "history-json"):
        assert "KANARIEFUGL" not in room.client.get(room.at(route)).content.decode()


# --- put back ----------------------------------------------------------------------------------


def put_back(room, row, kind, number, **data):
    row.refresh_from_db()
    address = room.state(row, kind, number, "history-put-back")
    return room.client.post(address, {"seen": row.version, **data})


def test_an_earlier_text_is_put_back_as_a_new_change(room):
    anchors = [block.anchor for block in Section.objects.get().anchored_blocks()]
    room.write("<p>Noget helt andet, som ingen kendte.</p>", room.bo)
    before = list(Section.history.order_by("history_id").values_list("history_id", "text"))
    page = room.client.get(room.state(room.section, "afsnit", 3, "history-put-back"))
    assert "lytter til borgerne" in words_of(page.content.decode())
    answer = put_back(room, room.section, "afsnit", 3)
    assert answer.status_code == 302
    row = Section.objects.get()
    assert row.text == "<p>Vi lytter til borgerne.</p>\n<p>Vi handler.</p>"
    assert [block.anchor for block in row.anchored_blocks()] == anchors
    after = list(Section.history.order_by("history_id").values_list("history_id", "text"))
    assert after[:-1] == before
    latest = row.history.first()
    assert latest.history_change_reason == "Gendannet fra 5. marts 2026 kl. 12.00"
    assert latest.history_user == room.ida
    assert "Begrundelse: Gendannet fra 5. marts 2026 kl. 12.00" in words_of(room.page())


def test_what_somebody_saved_meanwhile_is_not_overwritten(room):
    seen = room.section.version
    room.write("<p>Skrevet imens.</p>", room.bo)
    address = room.state(room.section, "afsnit", 2, "history-put-back")
    answer = room.client.post(address, {"seen": seen})
    assert answer.status_code == 409
    page = words_of(answer.content.decode())
    assert "En anden har gemt i mellemtiden" in page
    assert "Skrevet imens" in page
    assert "Vi lytter til alle" in page
    assert Section.objects.get().text == "<p>Skrevet imens.</p>"
    again = re.search(r'name="seen" value="(\d+)"', answer.content.decode())[1]
    assert room.client.post(address, {"seen": again}).status_code == 302
    assert "Vi lytter til alle" in Section.objects.get().text


def test_a_section_that_was_taken_out_comes_back_as_it_was(room):
    outline.retire_section(section=room.section, by=room.bo)
    assert "Fjernet Afsnit Formål" in words_of(room.page())
    assert put_back(room, room.section, "afsnit", 2).status_code == 302
    row = Section.objects.get()
    assert row.retired_at is None
    assert "til alle" in row.text
    assert not row.is_public


def test_an_old_state_never_makes_anything_public(room):
    outline.mark_section(section=room.section, public=True, by=room.ida)
    outline.mark_section(section=room.section, public=False, by=room.ida)
    room.section.refresh_from_db()
    room.write("<p>Nyt.</p>", room.ida)
    assert put_back(room, room.section, "afsnit", 4).status_code == 302
    row = Section.objects.get()
    assert not row.is_public
    assert "borgerne" in row.text


def test_a_milestone_is_put_back_with_date_and_bodies(room):
    milestones.edit_milestone(
        milestone=room.milestone,
        facts=room.facts("uge 46 2026", title="Beslutning", others="Naboer"),
        bodies=[committee("Byrådet", "council")],
        by=room.bo,
    )
    assert put_back(room, room.milestone, "milepael", 1).status_code == 302
    row = Milestone.objects.get()
    assert (row.title, row.written, row.others) == ("Vedtagelse", "ultimo oktober 2026", "")
    assert row.when == read("ultimo oktober 2026").span
    assert [body.name for body in row.bodies.all()] == ["Socialudvalget"]


def test_a_deleted_milestone_is_put_back_as_it_once_was(room):
    row = milestones.edit_milestone(
        milestone=room.milestone, facts={"title": "Beslutning"}, by=room.bo
    )
    milestones.delete_milestone(milestone=row, by=room.bo)
    page = room.client.get(room.state(row, "milepael", 1)).content.decode()
    assert "Det er slettet nu." in words_of(page)
    address = room.state(row, "milepael", 1, "history-put-back")
    assert room.client.get(address).status_code == 200
    assert room.client.post(address, {"seen": 0}).status_code == 302
    back = Milestone.objects.get()
    assert back.title == "Vedtagelse"
    assert back.uid == room.milestone.uid
    assert [body.name for body in back.bodies.all()] == ["Socialudvalget"]
    assert room.client.post(address, {"seen": 0}).status_code == 409  # a second press


def test_a_published_date_is_put_back_only_with_a_reason(room):
    milestones.mark_public(plan=room.plan, public=[str(room.milestone.uid)], by=room.ida)
    publish(version=freeze(plan=room.plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    row = Milestone.objects.get()
    milestones.edit_milestone(
        milestone=row, facts=room.facts("uge 46 2026"), reason="Mødet er flyttet.", by=room.ida
    )
    publish(version=freeze(plan=room.plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    answer = put_back(room, room.milestone, "milepael", 1)
    assert answer.status_code == 422
    assert "Skriv, hvorfor den flyttes" in words_of(answer.content.decode())
    assert Milestone.objects.get().written == "uge 46 2026"
    assert put_back(room, room.milestone, "milepael", 1, reason="Tilbage.").status_code == 302
    row = Milestone.objects.get()
    assert row.written == "ultimo oktober 2026"
    assert row.is_public
    assert row.date_changes.last().reason == "Tilbage."


def test_a_date_that_follows_a_meeting_stays_the_meeting_s(room):
    meeting = Meeting.objects.create(body=committee(), date=dt.date(2026, 10, 28))
    row = Milestone.objects.get()
    row.when, row.written, row.meeting, row.title = None, "", meeting, "Møde"
    row.save()
    page = room.client.get(room.state(row, "milepael", 1, "history-put-back")).content.decode()
    assert "Datoen følger et møde og bliver, som den er." in words_of(page)
    assert put_back(room, row, "milepael", 1).status_code == 302
    row = Milestone.objects.get()
    assert (row.title, row.meeting) == ("Vedtagelse", meeting)


def test_a_milestone_of_work_that_has_ended_is_not_put_back(room):
    milestones.edit_milestone(milestone=room.milestone, facts={"title": "Andet"}, by=room.ida)
    cycle = room.plan.open_cycle
    cycle.state, cycle.closed_at = "adopted", NOON
    cycle.save()
    answer = put_back(room, room.milestone, "milepael", 1)
    assert answer.status_code == 302
    assert Milestone.objects.get().title == "Andet"
    assert "er afsluttet" in room.client.get(answer.url).content.decode()


def test_a_focus_area_that_was_taken_out_comes_back(room):
    area = areas.add_area(plan=room.plan, facts={"title": "Haver", "goals": "Flere"}, by=room.ida)
    row = areas.edit_area(
        area=area, seen=area.version, facts={"title": "Parker", "goals": ""}, by=room.bo
    )
    areas.retire_area(area=row, seen=row.version, reason="Fejl", by=room.bo)
    assert put_back(room, row, "indsatsomraade", 1).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.goals, row.retired_at) == ("Haver", "Flere", None)


def test_the_head_of_a_plan_is_put_back(room):
    head.edit_head(
        plan=room.plan, seen=1, facts={"title": "Nyt navn", "proposal": "Alt"}, by=room.bo
    )
    assert put_back(room, room.plan, "plan", 1).status_code == 302
    room.plan.refresh_from_db()
    assert (room.plan.title, room.plan.proposal) == ("Strategi for naboskab", "")
    assert room.plan.slug == "strategi-for-naboskab"


def test_what_stands_like_that_already_offers_no_button(room):
    page = room.client.get(room.state(room.section, "afsnit", 3, "history-put-back"))
    assert "Sådan står det allerede" in page.content.decode()
    assert "Gendan</button>" not in page.content.decode()


# --- the file ----------------------------------------------------------------------------------


def value_of(facts: str, inner: str) -> str | float:
    """A text, or the number that stands in a cell (a day counts from 30 December 1899)."""
    if 't="inlineStr"' in facts:
        return html.unescape("".join(re.findall(r"<t[^>]*>(.*?)</t>", inner, re.S)))
    return float(re.findall(r"<v>(.*?)</v>", inner)[0])


def cells(content: bytes) -> list[list[str | float]]:
    """The rows of the first sheet, as text; a formula anywhere fails."""
    book = zipfile.ZipFile(io.BytesIO(content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    rows = []
    for row in re.findall(r"<row .*?</row>", sheet, re.S):
        rows.append([value_of(*one) for one in re.findall(r"<c ([^>]*)>(.*?)</c>", row, re.S)])
    return rows


def test_the_spreadsheet_says_who_took_it_out_and_holds_every_change(room):
    with room.day(9):
        answer = room.client.get(room.at("history-xlsx"))
    assert answer["Content-Disposition"].startswith("attachment;")
    rows = cells(answer.content)
    assert rows[0] == ["Historik for “Strategi for naboskab”"]
    assert rows[1] == ["Trukket ud af ida, 11. marts 2026 kl. 12.00"]
    table = [row for row in rows if len(row) == 11]
    assert table[0][:5] == ["Dato", "Klokkeslæt", "Hvem", "Type", "Navn"]
    text = next(row for row in table if row[2] == "bo" and row[6] == "Tekst")
    day = (dt.date(2026, 3, 5) - dt.date(1899, 12, 30)).days
    assert text[:6] == [day, 0.5, "bo", "Afsnit", "Formål", "Ændret"]
    assert "Vi lytter til alle." in text[7]
    assert "Vi lytter til borgerne." in text[8]


def test_a_formula_is_text_in_the_spreadsheet(room):
    bad = '=HYPERLINK("http://example.org")'
    with room.day(9):
        section = outline.add_section(plan=room.plan, title=bad, by=room.ida)
        for text in ("+1+1", "-2", "@SUM(A1)", "\tx", "http://example.org", "12"):
            add_comment(section=section, text=text, by=room.ida)
    written = {cell for row in cells(room.client.get(room.at("history-xlsx")).content)
               for cell in row}  # fmt: skip
    assert {bad, "+1+1", "-2", "@SUM(A1)", "http://example.org", "12"} <= written


def test_the_file_is_filtered_as_the_page(room):
    query = {"hvem": str(room.bo.uid), "hvad": "tekst"}
    rows = cells(room.client.get(room.at("history-xlsx"), query).content)
    assert ["Kun: Hvad: Tekst, Hvem: bo"] in rows
    assert {row[2] for row in rows if len(row) == 11} == {"Hvem", "bo"}
    told = json.loads(room.client.get(room.at("history-json"), query).content)
    assert [change["who"] for change in told["changes"]] == ["bo"]


def test_the_json_holds_the_same(room):
    told = json.loads(room.client.get(room.at("history-json")).content)
    assert told["exported_by"] == "ida"
    change = next(one for one in told["changes"] if one["who"] == "bo")
    assert change["kind"] == "afsnit"
    assert change["uid"] == str(room.section.uid)
    assert change["fields"][0]["name"] == "text"


def book(sheets: list[Sheet]) -> bytes:
    return render_sheets(sheets, title="En plan", created=dt.datetime(2026, 5, 3, tzinfo=dt.UTC))


@pytest.mark.parametrize("letter", ["x", "æ", "👍"])
def test_a_text_too_long_for_a_cell_goes_on_below_and_says_so(letter):
    sheet = Sheet("Ark/1", ["A", "B"], [[letter * (CELL + 5), "y"]], above=["Over"])
    rows = [row[0] for row in cells(book([sheet]))[2:]]
    assert all(len(one.encode("utf-16-le")) <= 2 * CELL for one in rows)
    assert rows[0].endswith("(fortsættes nedenfor)") and rows[-1].startswith("(fortsat) ")
    assert sum(one.count(letter) for one in rows) >= CELL + 5


def test_a_day_before_spreadsheets_can_count_is_said_in_words():
    rows = [[dt.date(1899, 1, 1), dt.date(2026, 3, 5), 7, None]]
    told = cells(book([Sheet("Ark", ["A", "B", "C", "D"], rows)]))[-1]
    assert told == ["01-01-1899", 46086.0, 7.0, ""]


# --- how much it asks --------------------------------------------------------------------------


def queries(room, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert room.client.get(address).status_code == 200
    return len(asked)


@pytest.mark.one_database  # as many questions on both
@pytest.mark.parametrize("route", ["history", "history-json"])
def test_as_many_questions_with_one_change_as_with_three_hundred(room, route):
    counts = []
    row = Section.history.first()
    for more in (1, 2, 297):
        copies = [_copy(row, n) for n in range(more)]
        type(row).objects.bulk_create(copies)
        counts.append(queries(room, room.at(route)))
    if route == "history-json":  # told a hundred acts at a time
        assert counts[1] == counts[0]
        assert counts[2] <= 4 * counts[0]
    else:
        assert counts[1] == counts[0] <= 40
        assert counts[2] <= counts[0]  # a page full of one kind asks for no other


def _copy(row, number):
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values |= {"history_id": None, "text": f"<p>Nr. {number}</p>"}
    values["history_date"] = row.history_date + dt.timedelta(minutes=number + 1)
    return type(row)(**values)


def test_the_filter_offers_the_fields_that_this_plan_has_each_kind_once(room):
    labels = re.findall(r'<optgroup label="([^"]+)"', room.page())
    assert {"Afsnit", "Milepæl"} <= set(labels)
    assert len(labels) == len(set(labels))
    assert "Princip" not in labels
    old = re.findall(r'<optgroup label="([^"]+)"', room.page(felt="princip.title"))
    assert "Princip" in old, "an old link to a field still says what it asks for"
