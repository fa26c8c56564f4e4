"""Reading a text in while others write: real processes, on the database the tests run on."""

from __future__ import annotations

import pytest

from kommuneplan.core.models import Municipality, User
from kommuneplan.locking import Conflict, Outdated
from plans.imports.documents import UploadedDocument
from plans.models import Section, TextImport
from plans.readers.word_text.reader import read_word
from plans.text.actions.sections import save_section
from plans.text_import.actions import WORD, ReadText, answer_text, apply_text, begin_text
from plans.text_import.answers import TextAnswers
from plans.text_import.merging import text_preview
from tests.factories import a_plan, lead, secretary
from tests.plans.word_documents import comment, comment_at, docx, h, p, picture, png
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)


def begun(plan, by, *body: str, **parts) -> TextImport:
    data = docx(*body, **parts)
    read = ReadText(UploadedDocument("a.docx", data, WORD), read_word(data))
    return begin_text(plan=plan, read=read, by=by)


def press(_number: int, draft: int, by: int) -> str:
    """One of many presses of the same button."""
    row = TextImport.objects.get(pk=draft)
    done = apply_text(draft=row, by=User.objects.get(pk=by))
    return "done" if done else "known"


def test_many_presses_read_the_text_in_once():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan, ida = a_plan(), secretary("ida")
    draft = begun(
        plan, ida, h("A"), p("Se", picture("r1", "Et hus"), comment_at(0)), h("B", 2), p("b"),
        pictures={"r1": png()}, comments=comment(0, "Hm"),
    )  # fmt: skip
    answers = race("tests.plans.text_import.test_word_races:press", 6, draft.pk, ida.pk)
    assert sorted(answers) == ["done", *["known"] * 5]
    assert plan.sections.count() == 2
    assert plan.images.count() == 1
    assert sum(section.comments.count() for section in plan.sections.all()) == 1


def write_or_read_in(number: int, draft: int, section: int, version: int, seen: str) -> str:
    """The first reads the document in, the second saves what he wrote in the browser."""
    if number == 0:
        row = TextImport.objects.get(pk=draft)
        try:
            apply_text(draft=row, by=row.owner, seen=seen)
        except Outdated:
            return "outdated"
        return "read in"
    bo = User.objects.get(email="bo@example.org")
    try:
        save_section(
            section=Section.objects.get(pk=section), title="A", text="<p>Fra Bo.</p>",
            base_version=version, by=bo,
        )  # fmt: skip
    except Conflict:
        return "conflict"
    return "saved"


def test_whoever_writes_meanwhile_loses_no_word():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    plan, ida = a_plan(), secretary("ida")
    lead(plan, "bo")
    apply_text(draft=begun(plan, ida, h("A"), p("Første.")), by=ida)
    for round_ in range(4):
        section = plan.sections.get()
        draft = begun(plan, ida, h("A"), p(f"Fra Word {round_}."))
        row = text_preview(draft).rows[0]
        name = f"{row.key}:{section.uid}"
        answers = TextAnswers(sections={name: f"theirs@{section.version}"})
        draft = answer_text(draft=draft, answers=answers, by=ida)
        seen = text_preview(draft).fingerprint
        told = race(
            "tests.plans.text_import.test_word_races:write_or_read_in", 2,
            draft.pk, section.pk, section.version, seen,
        )  # fmt: skip
        section.refresh_from_db()
        if told == ["outdated", "saved"]:
            assert section.text == "<p>Fra Bo.</p>"
        else:
            assert told == ["read in", "conflict"]
            assert section.text == f"<p>Fra Word {round_}.</p>"
            assert section.drafts.get().text == "<p>Fra Bo.</p>"
        section.text = f"<p>Mellem {round_}.</p>"
        section.save()
