"""The room Tekst, at its door: pages, saving, conflicts, foreign sections, nothing that runs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.models import Municipality
from plans.models import Comment, Section, SectionDraft
from plans.text.actions.outline import add_section, retire_section
from plans.text.actions.sections import open_draft, save_section
from tests.consultations.answers import hidden, marks
from tests.factories import a_plan, lead, person, secretary
from tests.kommuneplan.richtext.test_blocks import HOSTILE

pytestmark = pytest.mark.django_db


class Room:
    """A plan with one section, a secretary and a plan lead, and their clients."""

    def __init__(self, client_of) -> None:
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        self.plan = a_plan()
        self.ida, self.bo = secretary("ida"), lead(self.plan, "bo")
        self.section = add_section(plan=self.plan, title="Formål", by=self.ida)
        self.write("<p>Vi lytter.</p><p>Vi handler.</p>")
        self.one, self.two = client_of(self.ida), client_of(self.bo)

    def write(self, text: str) -> None:
        self.section = save_section(
            section=self.section, title="Formål", text=text, by=self.ida,
            base_version=self.section.version,
        )  # fmt: skip

    def at(self, route: str, section: Section | None = None, **more: object) -> str:
        uid = (section or self.section).uid
        return reverse(f"plans:{route}", kwargs={"slug": self.plan.slug, "section": uid, **more})

    def words(self, text: str, **more: object) -> dict[str, object]:
        return {
            "title": "Formål", "text": text, "base_version": self.section.version,
            "page": "abc", "sequence": 1, **more,
        }  # fmt: skip


@pytest.fixture
def room(db):
    def client_of(user):
        client = Client()
        client.force_login(user)
        return client

    return Room(client_of)


def test_the_outline_and_the_editor_are_shown(room):
    page = room.one.get(reverse("plans:text", args=[room.plan.slug])).content.decode()
    assert "Formål" in page
    page = room.one.get(room.at("section")).content.decode()
    assert "&lt;p&gt;Vi lytter.&lt;/p&gt;" in page  # for the editor
    assert "Vi lytter.\n\nVi handler." in page  # for the simple box


def test_saving_stores_and_goes_back_to_the_outline(room):
    answer = room.one.post(room.at("section"), room.words("<p>Nyt.</p>"))
    assert answer.url == reverse("plans:text", args=[room.plan.slug])
    room.section.refresh_from_db()
    assert room.section.text == "<p>Nyt.</p>"
    assert room.section.history.first().history_user == room.ida


def test_without_scripts_the_simple_box_holds(room):
    data = room.words("<p>Vi lytter.</p>", plain="## Mål\r\n\r\nAlle med.\r\n\r\n- a\r\n- b")
    room.one.post(room.at("section"), data)
    room.section.refresh_from_db()
    assert room.section.text.split("\n") == [
        "<h3>Mål</h3>", "<p>Alle med.</p>", "<ul><li>a</li><li>b</li></ul>",
    ]  # fmt: skip


def test_a_text_the_simple_box_cannot_show_is_not_edited_in_it(room):
    room.write('<p>Se <a href="https://example.org">her</a></p>')
    page = room.one.get(room.at("section")).content.decode()
    assert 'name="plain"' not in page
    room.one.post(room.at("section"), room.words(room.section.text, title="Ny overskrift"))
    room.section.refresh_from_db()
    assert room.section.title == "Ny overskrift"
    assert "https://example.org" in room.section.text


def test_a_form_without_a_heading_comes_back_with_every_word(room):
    answer = room.one.post(room.at("section"), room.words("<p>Meget vigtigt.</p>", title=" "))
    assert answer.status_code == 422
    assert "Meget vigtigt." in answer.content.decode()


def test_autosave_answers_with_the_time_and_is_offered_again(room):
    said = room.one.post(room.at("section-draft"), room.words("<p>Kladde.</p>")).json()
    assert said["state"] == "kept"
    assert re.fullmatch(r"\d\d\.\d\d", said["at"])
    page = room.one.get(room.at("section")).content.decode()
    assert "&lt;p&gt;Kladde.&lt;/p&gt;" in page
    assert "Kladde." not in room.two.get(room.at("section")).content.decode()
    room.one.post(room.at("section-draft-discard"), marks(page) | {"page": "abc"})
    assert "Kladde." not in room.one.get(room.at("section")).content.decode()


def test_two_who_save_are_shown_both_texts(room):
    words = room.words("<p>Vi lytter til borgerne.</p><p>Vi handler.</p>")
    room.write("<p>Vi lytter og svarer.</p><p>Vi handler.</p>")
    answer = room.two.post(room.at("section"), words)
    assert answer.url == room.at("section-conflict")
    page = room.two.get(answer.url).content.decode()
    marked = [re.sub("<[^>]+>", "", one) for one in re.findall(r"<mark>(.*?)</mark>", page)]
    assert any(one.endswith("og svarer") for one in marked)
    assert any(one.endswith("til borgerne") for one in marked)
    assert room.one.get(room.at("section-conflict")).status_code == 302  # not mine to see
    seen = Section.objects.get(pk=room.section.pk).version
    shown = hidden(page, "draft")
    room.two.post(answer.url, {"choice": "mine", "seen": seen, "draft": shown})
    room.section.refresh_from_db()
    assert "til borgerne" in room.section.text


def test_a_choice_that_is_none_changes_nothing(room):
    words = room.words("<p>Mit.</p>")
    room.write("<p>Deres.</p>")
    room.two.post(room.at("section"), words)
    for data in (
        {},
        {"choice": "mine"},
        {"choice": "x", "seen": "1"},
        {"choice": "mine", "seen": "-"},
    ):
        assert room.two.post(room.at("section-conflict"), data).status_code == 302
    room.section.refresh_from_db()
    assert room.section.text == "<p>Deres.</p>"
    assert open_draft(room.section, room.bo).text == "<p>Mit.</p>"


def test_colleagues_in_the_section_are_named_and_nobody_else_is_told(room):
    room.bo.name = "Bo Holm"
    room.bo.save()
    room.two.post(room.at("section-draft"), room.words("<p>Kladde.</p>"))
    assert "Bo Holm" in room.one.get(room.at("section-presence")).content.decode()
    assert "Bo Holm" not in room.two.get(room.at("section-presence")).content.decode()
    SectionDraft.objects.update(saved_at="2020-01-01T00:00Z")
    assert "Bo Holm" not in room.one.get(room.at("section-presence")).content.decode()


# --- rights and foreign sections -----------------------------------------------------------------

ROUTES = [
    ("section", {"title": "X", "text": "", "base_version": 0}),
    ("section-draft", {"title": "X", "text": "", "base_version": 0}),
    ("section-draft-discard", {}),
    ("section-conflict", {"choice": "mine", "seen": 0}),
    ("section-move", {"retning": "up"}),
    ("section-mark", {"offentlig": "1"}),
    ("section-retire", {}),
    ("section-restore", {}),
    ("comment-add", {"text": "Hm"}),
]


@pytest.mark.parametrize(("route", "data"), ROUTES, ids=[route for route, _data in ROUTES])
def test_a_section_of_another_plan_is_not_found(room, route, data):
    other = add_section(plan=a_plan("Anden plan", "Teknikudvalget"), title="Fremmed", by=None)
    before = (other.version, other.history.count())
    assert room.one.post(room.at(route, other), data).status_code == 404
    other.refresh_from_db()
    assert (other.version, other.history.count()) == before
    assert not other.comments.exists()
    assert not other.drafts.exists()


def test_a_foreign_section_is_no_parent_and_no_place(room):
    other = add_section(plan=a_plan("Anden plan"), title="Fremmed", by=None)
    add = reverse("plans:section-add", args=[room.plan.slug])
    assert room.one.post(add, {"title": "Ny", "parent": other.uid}).status_code == 422
    data = {"under": str(other.uid), "plads": "0"}
    json = {"HTTP_ACCEPT": "application/json"}
    assert room.one.post(room.at("section-move"), data, **json).status_code == 409
    room.section.refresh_from_db()
    assert room.section.parent is None
    assert not Section.objects.filter(title="Ny").exists()


def test_a_comment_of_another_section_is_not_found(room):
    other = add_section(plan=room.plan, title="Anden", by=None)
    comment = Comment.objects.create(section=other, text="Hm", author=room.bo)
    address = room.at("comment", comment=comment.uid)
    assert room.one.post(address, {"resolve": "1"}).status_code == 404
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_a_section_that_was_taken_out_is_not_written_in(room):
    retire_section(section=room.section, by=room.ida)
    assert room.two.post(room.at("section"), room.words("<p>x</p>")).status_code == 404
    assert room.two.post(room.at("section-draft"), room.words("<p>x</p>")).status_code == 404
    page = room.two.get(reverse("plans:text", args=[room.plan.slug])).content.decode()
    assert room.at("section-restore") in page
    room.two.post(room.at("section-restore"))
    assert room.two.get(room.at("section")).status_code == 200


def test_a_role_that_is_gone_is_refused_at_the_next_request(room):
    room.plan.leads.all().delete()
    assert room.two.post(room.at("section-draft"), room.words("<p>x</p>")).status_code == 404
    assert not SectionDraft.objects.exists()


def test_somebody_without_a_role_sees_no_names(room, client):
    client.force_login(person("udenfor"))
    assert client.get(room.at("section-presence")).status_code == 404


# --- nothing runs --------------------------------------------------------------------------------


@pytest.mark.slow  # every text, by every way in
@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_passes_save_autosave_or_comparison(room, html):
    hostile = f"<p>Før</p>{html}<p>efter</p>"
    words = room.words(hostile, title="<script>alert(1)</script>")
    room.two.post(room.at("section-draft"), words)
    room.write(f"<p>Deres</p>{html}")
    room.two.post(room.at("section"), {**words, "sequence": 2})
    room.one.post(room.at("comment-add"), {"text": hostile, "anchor": ""})
    pages = [
        room.two.get(room.at("section-conflict")),
        room.two.get(room.at("section")),
        room.one.get(room.at("section")),
        room.one.get(reverse("plans:text", args=[room.plan.slug])),
    ]
    for page in pages:
        assert page.status_code == 200
        shown = page.content.decode()
        for trace in (
            "<script>alert",
            "onerror=",
            "onclick=",
            "javascript:",
            "<iframe",
            "data:text",
        ):
            assert trace not in re.sub(r"&lt;.*?&gt;", "", shown), trace
        assert not re.search(r"<img(?! class)", shown)
    assert "<script" not in SectionDraft.objects.get(user=room.bo).text


# --- numbers of queries --------------------------------------------------------------------------


def test_the_outline_asks_the_same_number_of_questions_for_3_and_30(room):
    address = reverse("plans:text", args=[room.plan.slug])
    counts = []
    for more in (2, 27):
        for number in range(more):
            add_section(plan=room.plan, title=f"Afsnit {number}", parent=room.section, by=None)
        room.one.get(address)
        with CaptureQueriesContext(connection) as asked:
            room.one.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]
