"""A text in from Word, at its door: looked through, decided on, read in, and once more later."""

from __future__ import annotations

import json
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan.core.models import Municipality
from kommuneplan.keeping import Typed
from plans.models import Comment, Section, TextImport
from plans.models.imports import NotOpen
from plans.text.actions.outline import add_section, retire_section
from plans.text.actions.sections import keep_draft, save_section
from plans.text_import.forms import field_values
from plans.text_import.merging import text_preview
from plans.text_import.preview import SectionFate
from tests.factories import a_plan, lead, person, secretary
from tests.kommuneplan.richtext.test_blocks import HOSTILE
from tests.plans.word_documents import (
    cell,
    comment,
    comment_at,
    docx,
    footnote,
    gone,
    h,
    ins,
    item,
    note,
    p,
    picture,
    png,
    t,
    table,
)

pytestmark = pytest.mark.django_db
FIRST = (h("1. Formål"), p("Vi vil byen."), p("Sammen."), h("1.1 Mål", 2), p("Flere haver."))


class Desk:
    """A plan, its secretary and tovholder, and documents that come in."""

    def __init__(self, client, client_of) -> None:
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        self.plan = a_plan()
        self.ida, self.bo = secretary("ida"), lead(self.plan, "bo")
        self.client = client
        client.force_login(self.ida)
        self.client_of = client_of

    @property
    def start(self) -> str:
        return reverse("plans:word", args=[self.plan.slug])

    def hand_in(self, *body: str, name: str = "strategi.docx", **parts) -> TextImport:
        answer = self.upload(docx(*body, **parts), name)
        assert answer.status_code == 302, answer.content.decode()
        return TextImport.objects.get(uid=answer["Location"].rstrip("/").rpartition("/")[2])

    def upload(self, data: bytes, name: str = "strategi.docx"):
        return self.client.post(self.start, {"file": SimpleUploadedFile(name, data)})

    def address(self, draft: TextImport, what: str = "word-import", **more) -> str:
        kwargs = {"slug": self.plan.slug, "uid": draft.uid, **more}
        return reverse(f"plans:{what}", kwargs=kwargs)

    def fields(self, draft: TextImport) -> dict[str, str]:
        """The form as a browser would send it untouched."""
        draft = TextImport.objects.get(pk=draft.pk)
        look = text_preview(draft)
        values = field_values(look)
        sent = {name: value for name, value in values.items() if value}
        return {**sent, "shown": json.dumps(values), "fingerprint": look.fingerprint}

    def send(self, draft: TextImport, press: str = "apply", value: str = "1", **said):
        said = {name.replace("__", "-"): words for name, words in said.items()}
        fields = {**self.fields(draft), **said, press: value}
        return self.client.post(self.address(draft), {k: v for k, v in fields.items() if v != ""})

    def read_in(self, *body: str, **parts) -> TextImport:
        draft = self.hand_in(*body, **parts)
        answer = self.send(draft)
        assert answer.status_code == 302, answer.content.decode()
        draft.refresh_from_db()
        assert draft.state == "applied"
        return draft

    @property
    def outline(self) -> list[tuple[str, str, str]]:
        rows = self.plan.sections.filter(retired_at__isnull=True).order_by("position", "pk")

        def walk(parent, prefix):
            beside = [row for row in rows if row.parent_id == parent]
            for place, row in enumerate(beside, start=1):
                yield f"{prefix}{place}", row.title, row.text
                yield from walk(row.pk, f"{prefix}{place}.")

        return list(walk(None, ""))

    def section(self, title: str) -> Section:
        return self.plan.sections.get(title=title)

    def write(self, title: str, text: str) -> Section:
        row = self.section(title)
        return save_section(
            section=row, title=title, text=text, base_version=row.version, by=self.bo
        )


@pytest.fixture
def desk(client):
    from django.test import Client

    def client_of(user):
        other = Client()
        other.force_login(user)
        return other

    return Desk(client, client_of)


# The first time


def test_a_document_becomes_sections_when_it_is_confirmed(desk):
    draft = desk.hand_in(*FIRST)
    assert desk.plan.sections.count() == 0
    page = desk.client.get(desk.address(draft))
    assert page.status_code == 200
    assert "Vi vil byen." in page.content.decode()
    assert desk.plan.sections.count() == 0
    desk.send(draft)
    assert desk.outline == [
        ("1", "Formål", "<p>Vi vil byen.</p>\n<p>Sammen.</p>"),
        ("1.1", "Mål", "<p>Flere haver.</p>"),
    ]
    row = desk.section("Mål").history.get()
    assert row.history_user == desk.ida
    assert "strategi.docx" in row.history_change_reason
    assert not desk.section("Mål").is_public


def test_a_second_press_and_a_second_upload_do_nothing_twice(desk):
    draft = desk.hand_in(*FIRST)
    fields = {**desk.fields(draft), "apply": "1"}
    for _press in range(2):
        assert desk.client.post(desk.address(draft), fields).status_code == 302
    assert desk.plan.sections.count() == 2
    page = desk.client.get(desk.start).content.decode()
    key = re.search(r'name="key" value="([0-9a-f-]+)"', page)[1]
    for _press in range(2):
        file = SimpleUploadedFile("a.docx", docx(*FIRST))
        desk.client.post(desk.start, {"file": file, "key": key})
    assert TextImport.objects.filter(uid=key).count() == 1
    assert TextImport.objects.count() == 2


def test_what_is_refused_is_told_at_its_field(desk):
    answer = desk.upload(b"%PDF-1.4", "plan.docx")
    assert answer.status_code == 422
    assert "plan.docx" in answer.content.decode()
    assert desk.client.post(desk.start, {}).status_code == 422
    assert TextImport.objects.count() == 0


def test_headings_can_be_something_else(desk):
    draft = desk.hand_in(h("Formål"), p(t("Unge", "<w:b/>")), p("Vi vil."), h("Bilag"), p("x"))
    answer = desk.send(draft, heading__b2="2", heading__b4="sub")
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.state == "open"  # what it led to had not been seen
    desk.send(draft)
    assert [(number, title) for number, title, _text in desk.outline] == [
        ("1", "Formål"), ("1.1", "Unge")]  # fmt: skip
    assert "<h3>Bilag</h3>" in desk.section("Unge").text


def test_lines_in_bold_become_sections_all_at_once(desk):
    draft = desk.hand_in(p(t("1. Et", "<w:b/>")), p("a"), p(t("2. To", "<w:b/>")), p("b"))
    desk.send(draft, "bold", "sections")
    desk.send(draft)
    assert [title for _n, title, _t in desk.outline] == ["Et", "To"]


def test_the_text_before_the_first_heading_gets_the_heading_one_writes(desk):
    draft = desk.hand_in(p("Forord her."), h("Formål"))
    desk.send(draft, "save", intro="Forord")
    desk.send(draft)
    assert desk.outline[0] == ("1", "Forord", "<p>Forord her.</p>")


# Tracked changes


def test_tracked_changes_have_to_be_decided_on(desk):
    draft = desk.hand_in(h("Formål"), p("Vi ", gone("skal"), ins("vil"), t(" gerne.")))
    answer = desk.send(draft)
    assert answer.status_code == 422
    assert 'href="#changes"' in answer.content.decode()
    assert desk.plan.sections.count() == 0
    assert desk.send(draft, change__c1="reject").status_code == 302
    assert desk.section("Formål").text == "<p>Vi skal gerne.</p>"


def test_all_at_once_and_by_paragraph(desk):
    body = (h("A"), p(ins("x"), t("mellem"), gone("y")), p(ins("z")))
    draft = desk.hand_in(*body)
    desk.send(draft, "decide", "reject:b2")
    draft.refresh_from_db()
    assert draft.answers["changes"] == {"c1": "reject", "c2": "reject"}
    desk.send(draft, "decide", "accept")
    draft.refresh_from_db()
    assert draft.answers["changes"] == {"c1": "reject", "c2": "reject", "c3": "accept"}
    desk.send(draft)
    assert desk.section("A").text == "<p>mellemy</p>\n<p>z</p>"


def test_all_that_is_left_spares_what_was_just_decided(desk):
    draft = desk.hand_in(h("A"), p(ins("x"), t("mellem"), gone("y")))
    desk.send(draft, "decide", "accept", change__c2="reject")
    draft.refresh_from_db()
    assert draft.answers["changes"] == {"c1": "accept", "c2": "reject"}


def test_two_tabs_do_not_undo_each_other(desk):
    draft = desk.hand_in(h("A"), p(ins("x"), t("mellem"), gone("y")))
    first = desk.fields(draft)
    desk.client.post(desk.address(draft), {**first, "change-c1": "accept", "save": "1"})
    desk.client.post(desk.address(draft), {**first, "change-c2": "reject", "save": "1"})
    draft.refresh_from_db()
    assert draft.answers["changes"] == {"c1": "accept", "c2": "reject"}
    answer = desk.client.post(desk.address(draft), {**first, "apply": "1"})
    assert answer.status_code == 409  # that tab had not seen the other's answers
    assert desk.plan.sections.count() == 0


# Pictures, notes, comments


def test_pictures_ask_what_they_show(desk):
    draft = desk.hand_in(
        h("Formål"), p("Se:", picture("rId9")), p("Slut", picture("rId8", "Et træ")),
        pictures={"rId9": png(), "rId8": png(90)},
    )  # fmt: skip
    answer = desk.send(draft)
    assert answer.status_code == 422
    assert 'href="#image-i1"' in answer.content.decode()
    shown_one = desk.client.get(desk.address(draft, "word-picture", number=1))
    assert shown_one["Content-Type"] == "image/png"
    assert shown_one["X-Content-Type-Options"] == "nosniff"
    assert shown_one.content == png()
    assert desk.client.get(desk.address(draft, "word-picture", number=3)).status_code == 404
    desk.send(draft, alt__i1="Et hus i haven")
    text = desk.section("Formål").text
    image = desk.plan.images.get(alt="Et hus i haven")
    assert f'<figure><img src="{image.src}" alt="Et hus i haven"></figure>' in text
    assert 'alt="Et træ"' in text


def test_a_picture_can_be_left_out_and_a_broken_one_must(desk):
    draft = desk.hand_in(h("A"), p("x", picture("r1", "Hus")), pictures={"r1": b"ikke et billede"})
    assert desk.client.get(desk.address(draft, "word-picture", number=1)).status_code == 404
    answer = desk.send(draft)
    assert answer.status_code == 422
    assert 'href="#image-i1"' in answer.content.decode()
    assert desk.plan.sections.count() == 0
    desk.send(draft, left__i1="on")
    assert desk.section("A").text == "<p>x</p>"


def test_comments_come_into_the_margin_once(desk):
    body = (h("A"), p("Et."), p("To.", comment_at(0), comment_at(1)), p("Tre.", comment_at(2)))
    comments = comment(0, "Sikker?", para="0A") + comment(1, "Ja", "Bo", para="0B")
    extended = '<w15:commentEx w15:paraId="0B" w15:paraIdParent="0A"/>'
    parts = {"comments": comments + comment(2, "Nej"), "extended": extended}
    draft = desk.hand_in(*body, **parts)
    desk.send(draft, comment__2="")
    first = Comment.objects.get(answers=None)
    section = desk.section("A")
    assert first.anchor == section.blocks[1][0]
    assert first.quote == "To."
    assert "Mette" in first.text
    assert "Sikker?" in first.text
    assert "Bo" in first.answered_by.get().text
    draft = desk.hand_in(*body, **parts)
    page = desk.client.get(desk.address(draft)).content.decode()
    assert page.count('name="comment-') == 1
    desk.send(draft, comment__2="")
    assert Comment.objects.count() == 2


def test_footnotes_and_tables_reach_the_section(desk):
    desk.read_in(
        h("A"), p("Byen", note(2)), table(["Mål", "År"], ["Haver", "2027"]),
        notes=footnote(2, "Kilde: os"),
    )  # fmt: skip
    text = desk.section("A").text
    assert '<span class="note">Kilde: os</span>' in text
    assert '<th scope="col"><p>Mål</p></th>' in text


# The second time


def fates(draft: TextImport) -> dict[str, SectionFate]:
    look = text_preview(TextImport.objects.get(pk=draft.pk))
    return {row.proposed.title: row.fate for row in look.rows}


def test_the_same_document_again_changes_nothing(desk):
    body = (*FIRST, p("Se", picture("r1")), table(["a", "b"], ["c", "d"]))
    draft = desk.hand_in(*body, pictures={"r1": png()})
    desk.send(draft, alt__i1="Et hus")
    versions = list(Section.objects.values_list("pk", "version"))
    again = desk.hand_in(*body, pictures={"r1": png()})
    assert set(fates(again).values()) == {SectionFate.SAME}
    assert text_preview(again).images[0].alt == "Et hus"  # asked once, known again
    desk.send(again)
    assert list(Section.objects.values_list("pk", "version")) == versions
    assert desk.plan.images.count() == 1


def test_only_what_word_changed_is_taken_and_paragraphs_keep_their_anchors(desk):
    desk.read_in(*FIRST)
    before = dict(desk.section("Formål").blocks)
    draft = desk.hand_in(
        h("1. Formål"), p("Vi vil byen og landet."), p("Nyt."), p("Sammen."),
        h("1.1 Mål", 2), p("Flere haver."), h("2. Unge"), p("Skole."),
    )  # fmt: skip
    assert fates(draft) == {
        "Formål": SectionFate.WORD,
        "Mål": SectionFate.SAME,
        "Unge": SectionFate.NEW,
    }
    page = desk.client.get(desk.address(draft)).content.decode()
    assert "og landet" in page
    desk.send(draft)
    after = desk.section("Formål").blocks
    anchors = {plain: anchor for anchor, plain in before.items()}
    assert after[0][0] == anchors["<p>Vi vil byen.</p>"]
    assert after[2][0] == anchors["<p>Sammen.</p>"]
    assert after[1][0] not in before
    assert [title for _n, title, _t in desk.outline] == ["Formål", "Mål", "Unge"]


def test_what_was_changed_in_the_browser_is_not_overwritten_unseen(desk):
    desk.read_in(*FIRST)
    desk.write("Mål", "<p>Flere haver og parker.</p>")
    draft = desk.hand_in(*FIRST)
    assert fates(draft)["Mål"] == SectionFate.HERE
    desk.send(draft)
    assert desk.section("Mål").text == "<p>Flere haver og parker.</p>"
    changed = (*FIRST[:4], p("Flere haver, nu."))
    draft = desk.hand_in(*changed)
    assert fates(draft)["Mål"] == SectionFate.BOTH
    answer = desk.send(draft)
    assert answer.status_code == 422
    key = re.search(r'href="#section-(b\d+)"', answer.content.decode())[1]
    desk.send(draft, **{f"section__{key}": "theirs"})
    assert desk.section("Mål").text == "<p>Flere haver, nu.</p>"


def test_a_text_written_here_first_has_to_be_chosen_between(desk):
    add_section(plan=desk.plan, title="Formål", by=desk.ida)
    add_section(plan=desk.plan, title="Tomt", by=desk.ida)
    desk.write("Formål", "<p>Skrevet her.</p>")
    draft = desk.hand_in(h("Formål"), p("Fra Word."), h("Tomt"), p("Nu med ord."))
    assert fates(draft) == {"Formål": SectionFate.BOTH, "Tomt": SectionFate.WORD}
    desk.send(draft, "choose", "ours")
    desk.send(draft)
    assert desk.section("Formål").text == "<p>Skrevet her.</p>"
    assert desk.section("Tomt").text == "<p>Nu med ord.</p>"
    again = desk.hand_in(h("Formål"), p("Fra Word."), h("Tomt"), p("Nu med ord."))
    assert fates(again) == {"Formål": SectionFate.HERE, "Tomt": SectionFate.SAME}


def test_a_choice_falls_when_the_section_is_saved_again(desk):
    desk.read_in(*FIRST)
    desk.write("Mål", "<p>Mit.</p>")
    draft = desk.hand_in(*FIRST[:4], p("Words."))
    desk.send(draft, "save", **{f"section__{_key(draft, 'Mål')}": "theirs"})
    seen = {**desk.fields(draft), "apply": "1"}
    desk.write("Mål", "<p>Mit, skrevet om.</p>")
    answer = desk.client.post(desk.address(draft), seen)
    assert answer.status_code == 409
    assert desk.section("Mål").text == "<p>Mit, skrevet om.</p>"
    assert desk.send(draft).status_code == 422


def _key(draft: TextImport, title: str) -> str:
    return next(row.key for row in text_preview(draft).rows if row.proposed.title == title)


def test_a_heading_that_was_rewritten_is_the_same_section(desk):
    desk.read_in(*FIRST)
    uid = desk.section("Mål").uid
    draft = desk.hand_in(*FIRST[:3], h("1.1 Hvad vi vil nå", 2), p("Flere haver."))
    look = text_preview(draft)
    assert look.rows[1].section.uid == uid
    assert not look.rows[1].sure
    desk.send(draft)
    assert desk.section("Hvad vi vil nå").uid == uid


def test_one_can_say_that_it_is_another_section(desk):
    desk.read_in(*FIRST)
    draft = desk.hand_in(*FIRST[:3], h("1.1 Hvad vi vil nå", 2), p("Flere haver."))
    key = _key(draft, "Hvad vi vil nå")
    desk.send(draft, **{f"match__{key}": "new"})
    desk.send(draft)
    assert {title for _n, title, _t in desk.outline} == {"Formål", "Mål", "Hvad vi vil nå"}


def test_what_word_no_longer_has_stays_unless_it_is_taken_out(desk):
    desk.read_in(*FIRST, h("2. Unge"), p("Skole."), h("3. Ældre"), p("Hjem."))
    body = (*FIRST, h("2. Ældre"), p("Hjem."))
    desk.read_in(*body)
    assert [title for _n, title, _t in desk.outline] == ["Formål", "Mål", "Unge", "Ældre"]
    draft = desk.hand_in(*body)
    desk.send(draft, **{f"gone__{desk.section('Unge').uid}": "out"})
    assert [title for _n, title, _t in desk.outline] == ["Formål", "Mål", "Ældre"]
    assert desk.section("Unge").text == "<p>Skole.</p>"


def test_what_stands_under_a_section_that_is_taken_out_is_not_taken_out_unasked(desk):
    desk.read_in(h("A"), p("a"), h("B"), p("b"), h("C", 2), p("c"), h("D", 2), p("d"))
    draft = desk.hand_in(h("A"), p("a"), h("C", 2), p("c"))
    desk.send(draft, **{f"gone__{desk.section('B').uid}": "out"})
    assert [number + title for number, title, _t in desk.outline] == ["1A", "1.1C", "2D"]
    assert desk.section("B").retired_at


def test_the_order_follows_word_or_stays(desk):
    desk.read_in(h("A"), p("a"), h("B"), p("b"), h("C"), p("c"))
    other = (h("C"), p("c"), h("A"), p("a"), h("B", 2), p("b"))
    draft = desk.hand_in(*other)
    desk.send(draft, order="here")
    desk.send(draft)
    assert [number + title for number, title, _t in desk.outline] == ["1A", "2B", "3C"]
    desk.read_in(*other)
    assert [number + title for number, title, _t in desk.outline] == ["1C", "2A", "2.1B"]


def test_sections_that_were_taken_out_are_new_again(desk):
    desk.read_in(*FIRST)
    retire_section(section=desk.section("Mål"), by=desk.ida)
    draft = desk.hand_in(*FIRST)
    assert fates(draft)["Mål"] == SectionFate.NEW


def test_unsaved_words_of_a_colleague_are_told_and_kept(desk):
    desk.read_in(*FIRST)
    row = desk.section("Mål")
    keep_draft(
        section=row, base_version=row.version, by=desk.bo,
        typed=Typed({"title": "Mål", "text": "<p>Bo skriver.</p>"}, {}, page="x", sequence=1),
    )  # fmt: skip
    draft = desk.hand_in(*FIRST[:4], p("Words."))
    assert "bo" in desk.client.get(desk.address(draft)).content.decode()
    desk.send(draft)
    assert row.drafts.get().text == "<p>Bo skriver.</p>"
    conflict = desk.client_of(desk.bo).get(
        reverse("plans:section-conflict", args=[desk.plan.slug, row.uid])
    )
    assert conflict.status_code == 200


# Doors and guards


def test_an_import_is_its_owners_alone(desk):
    draft = desk.hand_in(*FIRST)
    for person_ in (desk.bo, secretary("uno", "Teknikudvalget"), person("ingen")):
        other = desk.client_of(person_)
        for what, more in (("word-import", {}), ("word-discard", {}),
                           ("word-picture", {"number": 1})):  # fmt: skip
            assert other.get(desk.address(draft, what, **more)).status_code in (403, 404)
        assert other.post(desk.address(draft), {"apply": "1"}).status_code in (403, 404)
    other_plan = a_plan("En anden strategi")
    elsewhere = reverse("plans:word-import", args=[other_plan.slug, draft.uid])
    assert desk.client.get(elsewhere).status_code == 404
    assert desk.plan.sections.count() == 0


def test_a_foreign_section_cannot_be_named(desk):
    other = a_plan("En anden strategi")
    foreign = add_section(plan=other, title="Fremmed", by=desk.ida)
    draft = desk.hand_in(h("Helt nyt"), p("Ord."))
    key = _key(draft, "Helt nyt")
    values = field_values(text_preview(draft)) | {
        f"match-{key}": "new",
        f"gone-{foreign.uid}": "keep",
    }
    sent = {**values, f"match-{key}": str(foreign.uid), f"gone-{foreign.uid}": "out",
            "shown": json.dumps(values), "save": "1"}  # fmt: skip
    desk.client.post(desk.address(draft), sent)
    desk.send(draft)
    foreign.refresh_from_db()
    assert (foreign.title, foreign.text, foreign.retired_at) == ("Fremmed", "", None)
    assert desk.section("Helt nyt").plan == desk.plan


def test_it_can_be_discarded(desk):
    draft = desk.hand_in(*FIRST)
    assert desk.client.get(desk.address(draft, "word-discard")).status_code == 200
    desk.client.post(desk.address(draft, "word-discard"))
    assert desk.client.get(desk.address(draft))["Location"].endswith("/tekst/")
    assert desk.send(draft).status_code == 302
    assert desk.plan.sections.count() == 0


def test_discarding_what_another_tab_has_just_read_in_changes_nothing(desk, monkeypatch):
    draft = desk.hand_in(*FIRST)

    def too_late(**_arguments):
        TextImport.objects.get(pk=draft.pk)
        desk.send(draft)
        raise NotOpen

    monkeypatch.setattr("plans.imports.pages.discard_import", too_late)
    answer = desk.client.post(desk.address(draft, "word-discard"), follow=True)
    assert "Dokumentet er indlæst." in answer.content.decode()
    assert desk.plan.sections.count() == 2


def test_nothing_runs_in_preview_comparison_or_section(desk):
    from html import escape

    words = [escape(re.sub(r"[\x00-\x08\x0b-\x1f]", "", one)) for one in HOSTILE]
    body = [h("A"), *(p(one, comment_at(n)) for n, one in enumerate(words))]
    comments = "".join(comment(n, one, author="&gt;&lt;script&gt;") for n, one in enumerate(words))
    draft = desk.hand_in(*body, comments=comments, name='"><script>alert(1)</script>.docx')
    page = desk.client.get(desk.address(draft)).content.decode()
    inside = page[page.index('class="word-form"') :]
    assert "<script" not in inside.split("</form>")[0]
    assert not re.search(r"<[^>]+\son\w+\s*=", inside.split("</form>")[0])
    desk.send(draft)
    assert "<script" not in desk.section("A").text
    again = desk.hand_in(h("A"), *(p(f"{one} igen") for one in words))
    page = desk.client.get(desk.address(again)).content.decode()
    assert "<script" not in page[page.index('class="word-form"') :].split("</form>")[0]


def test_a_lost_session_keeps_the_answers(desk):
    draft = desk.hand_in(h("A"), p("x", picture("r1")), pictures={"r1": png()})
    fields = {**desk.fields(draft), "alt-i1": "Et hus", "save": "1"}
    desk.client.logout()
    answer = desk.client.post(desk.address(draft), fields)
    assert answer.status_code == 401
    assert 'name="kept"' in answer.content.decode()


def test_forged_answers_are_passed_over(desk):
    draft = desk.hand_in(h("A"), p(ins("x")))
    values = field_values(text_preview(draft))
    for forged in ("{", "[]", "null", json.dumps({"change-c1": 1}), ""):
        sent = {**values, "shown": forged, "change-c1": "<b>", "heading-b1": "99", "save": "1"}
        assert desk.client.post(desk.address(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.answers.get("changes", {}) == {}
    assert draft.answers.get("headings", {}) == {}


def test_the_preview_asks_as_much_for_many_sections_as_for_few(desk):
    def asked(n: int) -> int:
        body = [part for i in range(n) for part in (h(f"Afsnit {i}"), p(f"Ord {i} her."))]
        desk.read_in(*body)
        draft = desk.hand_in(*body[:-1], p("Andre ord."))
        desk.client.get(desk.address(draft))
        with CaptureQueriesContext(connection) as queries:
            assert desk.client.get(desk.address(draft)).status_code == 200
        Section.objects.filter(plan=desk.plan).delete()
        return len(queries)

    assert asked(1) == asked(3)


def test_everything_that_can_stand_in_a_document_is_known_again(desk):
    body = (
        h("1. A &amp; B"),
        p(t("fed ", "<w:b/>"), t("og &lt;skrå&gt;", "<w:i/>"), t(" \u00a0 slut")),
        item("et"), item("to", 1), item("a", 0, True), p("mellem"), item("b", 0, True),
        p('<w:hyperlink r:id="r1">' + t("vej") + "</w:hyperlink>", note(2)),
        table(["Mål", "År"], [cell("x", across=2)]), p("Citat", style="Citat"),
        p("Se", picture("r2", "Et hus")), p("Figur 1", style="Billedtekst"), p(""),
    )  # fmt: skip
    parts = {
        "links": {"r1": "https://example.org/?a=1&amp;b=2"}, "pictures": {"r2": png()},
        "notes": footnote(2, "Kilde &lt;os&gt;"),
    }  # fmt: skip
    desk.read_in(*body, **parts)
    again = desk.hand_in(*body, **parts)
    assert fates(again) == {"A & B": SectionFate.SAME}


@pytest.mark.slow  # fifty pages
def test_fifty_pages_are_compared_and_read_in_fast_enough(desk):
    words = "Vi vil gerne, at borgerne kan bo godt hele livet. " * 9

    def body(more: str) -> list[str]:
        return [part for n in range(50) for part in (h(f"Side {n}"), *(
            p(f"{words} {n}.{line} {more}") for line in range(6)), table(["a", "b"], ["c", more]),
        )]  # fmt: skip

    desk.read_in(*body("før"))
    start = time.process_time()
    draft = desk.hand_in(*body("efter"))
    assert desk.client.get(desk.address(draft)).status_code == 200
    looked = time.process_time()
    desk.send(draft)
    done = time.process_time()
    assert looked - start < 3
    assert done - looked < 3
    assert "efter" in desk.section("Side 7").text
