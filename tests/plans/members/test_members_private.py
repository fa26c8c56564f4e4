"""What is a member's own: notes, questions and reading. Nobody else meets it anywhere."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import BodyTerm, Membership, Municipality, User
from plans.enums import Outcome
from plans.members.actions import questions
from plans.members.actions.reading import write_note
from plans.members.actions.recusals import record_recusal
from plans.models import LastRead, PlanLead, PlanVersion, PrivateNote, Question, Section
from tests.factories import committee, person, secretary
from tests.plans.matters import submitted, treats
from tests.plans.member_household import anchors, member, plan_before, submitted_version
from tests.plans.published import publication_of

pytestmark = pytest.mark.django_db

SECRET = "Det tror jeg ikke på"


@pytest.fixture
def reader(client) -> User:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    user = member()
    client.force_login(user)
    return user


@pytest.fixture
def version(reader) -> PlanVersion:
    return submitted_version(plan_before())


def note_at(version: PlanVersion, place: int = 0) -> str:
    args = [version.plan.slug, version.uid, anchors(version)[place]]
    return reverse("plans:member-write", args=args)


def read(version: PlanVersion) -> str:
    return reverse("plans:member-version", args=[version.plan.slug, version.uid])


# --- notes ---------------------------------------------------------------------------------------


def test_a_note_is_written_read_changed_and_erased(client, reader, version):
    response = client.post(note_at(version), {"words": SECRET, "seen": 0})
    assert response["Location"] == f"{read(version)}#{anchors(version)[0]}"
    assert SECRET in client.get(read(version)).content.decode()
    assert SECRET in client.get("/arbejde/udvalg/noter/").content.decode()
    note = PrivateNote.objects.get()
    assert note.quote == "Vi vil have fælles boliger til unge."
    client.post(note_at(version), {"words": "Jo, måske", "seen": note.version})
    assert PrivateNote.objects.get().words == "Jo, måske"
    assert client.post(note_at(version), {"words": " ", "seen": 2}).status_code == 422
    client.post(note_at(version), {"words": "", "seen": 2, "erase": "1"})
    assert not PrivateNote.objects.exists()


def test_two_windows_never_overwrite_each_other(client, reader, version):
    client.post(note_at(version), {"words": "Fra telefonen", "seen": 0})
    response = client.post(note_at(version), {"words": "Fra computeren", "seen": 0})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Fra telefonen" in page
    assert "Fra computeren" in page
    assert PrivateNote.objects.get().words == "Fra telefonen"
    form = response.context["form"]
    again = {"words": "Fra computeren", "seen": form["seen"].value()}
    assert client.post(note_at(version), again).status_code == 302
    assert PrivateNote.objects.get().words == "Fra computeren"
    assert client.post(note_at(version), again).status_code == 302  # sent twice is sent once


def test_a_note_too_long_is_shown_again(client, reader, version):
    response = client.post(note_at(version), {"words": "x" * 10_001, "seen": 0})
    assert response.status_code == 422
    assert "x" * 10_001 in response.content.decode()


@pytest.mark.slow  # every page, for everybody else
def test_nobody_else_can_reach_a_note(client, reader, version):
    client.post(note_at(version), {"words": SECRET, "seen": 0})
    address = reverse("plans:member-note", args=[PrivateNote.objects.get().uid])
    assert client.get(address).status_code == 200
    boss = User.objects.create_superuser("chef@example.org", "x", name="Chef")
    lead = person("tovholder")
    PlanLead.objects.create(plan=version.plan, user=lead)
    Membership.objects.create(user=boss, role=Role.MEMBER, body=committee())
    for user in (member("kollega"), boss, secretary(), lead):
        client.force_login(user)
        assert client.get(address).status_code in {403, 404}, user
        assert client.post(address, {"words": "", "seen": 1}).status_code in {403, 404}, user
        for page in (
            read(version),
            "/arbejde/udvalg/noter/",
            "/arbejde/",
            f"/arbejde/planer/{version.plan.slug}/",
        ):
            assert SECRET not in client.get(page, follow=True).content.decode(), (user, page)
    assert PrivateNote.objects.get().words == SECRET


@pytest.mark.parametrize("model", [PrivateNote, LastRead, Question])
def test_what_is_private_is_not_in_the_admin(model):
    assert model not in admin.site._registry


@pytest.mark.parametrize("model", [PrivateNote, LastRead])
def test_what_is_private_has_no_history(model):
    assert not hasattr(model, "history")
    names = {one.__name__ for one in apps.get_models()}
    assert f"Historical{model.__name__}" not in names


def test_a_note_can_be_read_when_its_paragraph_is_gone(client, reader, version):
    client.post(note_at(version, 1), {"words": SECRET, "seen": 0})
    treats(version.matters.get().matter, Outcome.RETURNED)
    section = Section.objects.filter(plan=version.plan).order_by("pk").first()
    section.text = "<p>Alt er skrevet om fra ende til anden.</p>"
    section.save()
    submitted(version.plan)
    newer = submitted_version(version.plan)
    page = client.get(read(newer)).content.decode()
    assert SECRET in page
    assert "Naboer skal mødes i gården." in page
    note = PrivateNote.objects.get()
    address = reverse("plans:member-note", args=[note.uid])
    client.post(address, {"words": "Rettet", "seen": note.version})
    assert PrivateNote.objects.get().words == "Rettet"


@pytest.mark.parametrize("own_term", [True, False])
def test_notes_are_gone_when_the_term_is_over(client, reader, own_term):
    last = dt.date(2027, 6, 30) if own_term else dt.date(2029, 12, 31)
    if own_term:
        BodyTerm.objects.create(body=committee(), begins=dt.date(2026, 1, 1), ends=last)
    with time_machine.travel(dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC), tick=False):
        version = submitted_version(plan_before())
        write_note(version=version, anchor=anchors(version)[0], words=SECRET, seen=0, by=reader)
    noon = dt.time(12, tzinfo=clock.COPENHAGEN)
    with time_machine.travel(dt.datetime.combine(last, noon), tick=False):
        client.force_login(reader)
        assert SECRET in client.get("/arbejde/udvalg/noter/").content.decode()
        call_command("erase_notes")
        assert PrivateNote.objects.exists()
    with time_machine.travel(dt.datetime.combine(last + dt.timedelta(1), noon), tick=False):
        client.force_login(reader)
        for page in ("/arbejde/udvalg/noter/", read(version)):
            assert SECRET not in client.get(page).content.decode()
        Municipality.objects.filter(pk=1).update(notes_end_with_term=False)
        assert SECRET in client.get("/arbejde/udvalg/noter/").content.decode()
        Municipality.objects.filter(pk=1).update(notes_end_with_term=True)
        write_note(version=version, anchor=anchors(version)[1], words="Ny", seen=0, by=reader)
        assert [note.words for note in PrivateNote.objects.all()] == ["Ny"]


# --- questions -----------------------------------------------------------------------------------


def ask_at(version: PlanVersion, place: int | None = 0) -> str:
    address = reverse("plans:member-ask", args=[version.plan.slug, version.uid])
    return address if place is None else f"{address}?afsnit={anchors(version)[place]}"


def asked(client, version: PlanVersion, words: str = SECRET) -> Question:
    response = client.post(ask_at(version), {"words": words, "key": str(uuid.uuid4())})
    assert response.status_code == 302
    return Question.objects.get()


def mine(question: Question) -> str:
    return reverse("plans:member-question", args=[question.uid])


def answering(question: Question) -> str:
    return reverse("plans:question", args=[question.uid])


def test_a_question_sent_twice_is_one(client, reader, version):
    data = {"words": SECRET, "key": str(uuid.uuid4())}
    assert client.post(ask_at(version), data).status_code == 302
    assert client.post(ask_at(version), data).status_code == 302
    assert Question.objects.count() == 1
    assert client.post(ask_at(version), {"words": "", "key": data["key"]}).status_code == 422
    assert client.get(f"{ask_at(version, None)}?afsnit=findesikke").status_code == 404


def test_only_asker_and_administration_see_a_question(client, reader, version):
    question = asked(client, version)
    lead = person("tovholder")
    PlanLead.objects.create(plan=version.plan, user=lead)
    for user in (secretary(), lead):
        client.force_login(user)
        assert SECRET in client.get("/arbejde/spoergsmaal/").content.decode()
        assert client.get(answering(question)).status_code == 200
        overview = client.get(f"/arbejde/planer/{version.plan.slug}/").content.decode()
        assert f"/arbejde/spoergsmaal/?plan={version.plan.slug}" in overview
    boss = person("chef", Role.ADMINISTRATOR)
    colleague = member("kollega")
    foreign = secretary("fremmed", "Teknikudvalget")
    for user in (boss, colleague, foreign):
        client.force_login(user)
        assert client.get(answering(question)).status_code in {403, 404}
        assert client.get(mine(question)).status_code in {403, 404}
        for page in ("/arbejde/spoergsmaal/", "/arbejde/udvalg/spoergsmaal/", read(version)):
            assert SECRET not in client.get(page).content.decode(), (user, page)


def test_the_secretary_of_the_askers_body_may_answer_too(client, reader):
    finance = committee("Økonomiudvalget", "finance")
    version = submitted_version(plan_before(committee(), finance))
    treats(version.matters.get().matter, Outcome.RECOMMENDED)
    client.force_login(member("finans", finance))
    question = asked(client, version)
    assert question.body == finance
    client.force_login(secretary("finanssekretær", finance.name))
    assert client.get(answering(question)).status_code == 200


def reply(client, question: Question, words: str = "Fordi", **more: str) -> int:
    question.refresh_from_db()
    data = {"words": words, "seen": question.version, **more}
    return client.post(answering(question), data).status_code


def seen_by_colleague(client, question: Question) -> bool:
    client.force_login(User.objects.get(email="kollega@example.org"))
    there = client.get(mine(question)).status_code == 200
    version = question.frozen
    assert (SECRET in client.get(read(version)).content.decode()) is there
    assert (SECRET in client.get("/arbejde/udvalg/spoergsmaal/").content.decode()) is there
    return there


@pytest.mark.slow  # what each of them sees after each step
def test_it_is_shown_only_when_both_agree_and_no_longer(client, reader, version):
    question = asked(client, version)
    colleague, answerer = member("kollega"), secretary()

    def step(what: str) -> None:
        client.force_login(reader)
        question.refresh_from_db()
        client.post(mine(question), {what: "1", "seen": question.version})

    step("agree")  # nothing to agree to yet
    question.refresh_from_db()
    assert question.asker_agreed_at is None
    client.force_login(answerer)
    assert reply(client, question) == 302
    assert not seen_by_colleague(client, question)
    step("agree")
    assert not seen_by_colleague(client, question)
    client.force_login(answerer)
    reply(client, question, show="on")
    assert seen_by_colleague(client, question)
    assert "Fordi" in client.get(mine(question)).content.decode()
    assert client.post(mine(question), {"withdraw": "1"}).status_code == 404  # not the colleague
    step("take-back")
    assert not seen_by_colleague(client, question)
    step("agree")
    assert seen_by_colleague(client, question)
    client.force_login(answerer)
    reply(client, question)  # the administration takes its agreement back
    assert not seen_by_colleague(client, question)
    reply_again(client, answerer, question, show="on")
    assert seen_by_colleague(client, question)
    reply_again(client, answerer, question, words="Et andet svar", show="on")
    assert not seen_by_colleague(client, question)  # another answer is agreed to anew
    step("agree")
    assert seen_by_colleague(client, question)
    step("withdraw")
    assert not seen_by_colleague(client, question)
    assert colleague.pk


def reply_again(client, user: User, question: Question, **more: str) -> None:
    client.force_login(user)
    assert reply(client, question, **more) == 302


def test_the_asker_agrees_to_the_answer_they_have_seen(client, reader, version):
    question = asked(client, version)
    answerer = secretary()
    client.force_login(answerer)
    reply(client, question)
    question.refresh_from_db()
    seen = question.version
    reply(client, question, words="Et helt andet svar")
    client.force_login(reader)
    client.post(mine(question), {"agree": "1", "seen": seen})
    question.refresh_from_db()
    assert question.asker_agreed_at is None


def test_two_who_answer_at_once_both_keep_their_words(client, reader, version):
    question = asked(client, version)
    client.force_login(secretary())
    seen = question.version
    reply(client, question, words="Det første svar")
    response = client.post(answering(question), {"words": "Det andet svar", "seen": seen})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Det første svar" in page
    assert "Det andet svar" in page
    assert client.post(answering(question), {"words": "", "seen": seen}).status_code == 422


def test_a_withdrawn_question_cannot_be_answered_and_the_answer_is_not_lost(
    client, reader, version
):
    question = asked(client, version)
    seen = question.version
    questions.withdraw(question=question, by=reader)
    client.force_login(secretary())
    response = client.post(answering(question), {"words": "Mit lange svar", "seen": seen})
    assert response.status_code == 409
    assert "Mit lange svar" in response.content.decode()
    assert Question.objects.get().answer == ""


def test_a_recused_member_no_longer_sees_what_others_ask_in_the_matter(client, reader, version):
    question = asked(client, version)
    colleague = member("kollega")
    client.force_login(secretary())
    reply(client, question, show="on")
    question.refresh_from_db()
    questions.agree(question=question, seen=question.version, by=reader)
    assert seen_by_colleague(client, question)
    record_recusal(matter=version.matters.get().matter, member=colleague, reason="other", by=None)
    client.force_login(colleague)
    assert client.get(mine(question)).status_code == 404
    assert SECRET not in client.get("/arbejde/udvalg/spoergsmaal/").content.decode()


def test_nor_what_they_ask_about_what_everybody_reads_of_the_plan(client, reader, version):
    matter = version.matters.get().matter
    public = publication_of(version.plan).version
    question = asked(client, public)
    colleague = member("kollega")
    client.force_login(secretary())
    reply(client, question, show="on")
    question.refresh_from_db()
    questions.agree(question=question, seen=question.version, by=reader)
    assert seen_by_colleague(client, question)
    record_recusal(matter=matter, member=colleague, reason="other", by=None)
    client.force_login(colleague)
    assert client.get(mine(question)).status_code == 404
    assert SECRET not in client.get("/arbejde/udvalg/spoergsmaal/").content.decode()
    page = f"/arbejde/udvalg/planer/{public.plan.slug}/{public.number}/"
    answer = client.get(page)
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()


# --- queries -------------------------------------------------------------------------------------


def test_the_lists_of_notes_and_questions_ask_as_much_for_three_as_for_one(client, reader, version):
    answerer = secretary()

    def more(place: int) -> None:
        write_note(version=version, anchor=anchors(version)[place], words="x", seen=0, by=reader)
        for _one in "ab":
            key = uuid.uuid4()
            row = questions.ask(version=version, anchor="", words="Hvad?", key=key, by=reader)
        questions.answer(question=row, words="Det.", show=True, seen=row.version, by=answerer)

    def count() -> list[int]:
        found = []
        for user, page in (
            (reader, "/arbejde/udvalg/noter/"),
            (reader, "/arbejde/udvalg/spoergsmaal/"),
            (answerer, "/arbejde/spoergsmaal/"),
        ):
            client.force_login(user)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(page).status_code == 200
            found.append(len(captured))
        return found

    more(0)
    first = count()
    more(1)
    more(2)
    assert count() == first
    assert max(first) <= 12, first
