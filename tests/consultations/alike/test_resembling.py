"""A remark that resembles one already answered is offered its answer, with the words they share."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.alike.resembling import resemblance, stems
from consultations.handling.actions import remarks as verbs
from consultations.handling.resembling import offers_of, resembling
from consultations.models import Remark, Round
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_remark, handler, room

LIGHT = (
    "Belysningen på cykelstien til stationen skal være tændt hele natten af hensyn til trygheden."
)
SAME = "Sluk ikke belysningen på cykelstier ved stationen om natten, det går ud over trygheden!"


def alike(one: str, other: str) -> bool:
    """Whether the answer of one would be offered for the other."""
    return resemblance(stems(one), stems(other)).is_alike


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LIGHT, SAME),
        (LIGHT, LIGHT.upper()),
        (
            "Skolebussen kører for sjældent, og eleverne fra Horne kommer for sent hjem.",
            "Eleverne i Horne kommer alt for sent hjem, fordi skolebussen kører så sjældent.",
        ),
        ("Flere bænke ved havnen.", "Der mangler bænke på havnen."),
    ],
)
def test_what_is_about_the_same(one, other):
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LIGHT, "Asfalten på cykelstien til stationen har store huller."),
        (LIGHT, "Trygheden på plejehjemmet kræver faste vagter om natten."),
        ("Jeg synes, det er et godt forslag.", "Vi mener, at planen er et dårligt forslag."),
        ("Vindmøller skal stå på havet.", "Vindmøller ødelægger udsigten fra Svanninge Bakker."),
        ("Ja.", "Nej."),
        ("Tak for et godt forslag til en plan.", "Tak for et flot udkast til en politik."),
    ],
)
def test_what_is_not(one, other):
    assert not alike(one, other)


@pytest.fixture
def round(db) -> Round:
    """A round with an answered remark about light, and others."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    round = a_closed_round()
    done = a_remark(round, LIGHT)
    facts = {"reply": "<p>Stien lyser hele natten.</p>", "proposal": "met", "reason": "Tryghed"}
    verbs.handle(remark=done, facts=facts, seen=done.version, by=None)
    a_remark(round, "Vindmøller skal stå på havet.")
    return round


def test_the_answer_is_offered_and_used_by_a_person(round, client):
    remark = a_remark(round, SAME)
    client.force_login(handler(round))
    address = room(round, f"{remark.uid}/")
    page = client.get(address).content.decode()
    assert "Ligner en bemærkning, der er besvaret" in page
    assert "<mark>cykelstien</mark>" in page and "<mark>Belysningen</mark>" in page
    other = round.remarks.get(words=LIGHT)
    sent = {"seen": remark.version, "reply": "Tak.", "use": str(other.uid)}
    page = client.post(address, sent).content.decode()
    assert "Svaret på nr. 1 er kopieret ind" in page
    assert "Tak.\n\nStien lyser hele natten." in page
    assert Remark.objects.get(pk=remark.pk).reply == ""  # nothing is saved by itself


def test_nothing_is_offered_where_there_is_an_answer_or_nothing_like_it(round, client):
    alone = a_remark(round, "Legepladsen i Horne trænger til nyt sand.")
    answered = a_remark(round, SAME, reply="<p>Nej.</p>")
    client.force_login(handler(round))
    for remark in (alone, answered):
        page = client.get(room(round, f"{remark.uid}/")).content.decode()
        assert "Ligner en bemærkning" not in page
    gone = a_remark(round, SAME)
    other = round.remarks.get(words=LIGHT)
    verbs.handle(remark=other, facts={"proposal": ""}, seen=other.version, by=None)
    sent = {"seen": gone.version, "reply": "Tak.", "use": str(other.uid)}
    page = client.post(room(round, f"{gone.uid}/"), sent).content.decode()
    assert "er ikke længere besvaret" in page and "Tak." in page


def test_answers_that_are_the_same_are_offered_once_in_one_query(round):
    for _each in range(3):
        row = a_remark(round, LIGHT)
        facts = {"reply": "<p>Stien lyser hele natten.</p>", "proposal": "met"}
        verbs.handle(remark=row, facts=facts, seen=row.version, by=None)
    remark = a_remark(round, SAME)
    with CaptureQueriesContext(connection) as asked:
        begun = time.process_time()
        found = resembling(remark)
        print(f"\n{len(asked)} query, {time.process_time() - begun:.3f} s")
    assert len(asked) == 1
    assert [one.remark.number for one in found] == [1]


def test_what_is_offered_for_all_remarks_of_a_page_is_asked_once(round):
    bus = "Skolebussen kører for sjældent, og eleverne fra Horne kommer for sent hjem."
    done = a_remark(round, bus)
    facts = {"reply": "<p>Der kommer en bus til.</p>", "proposal": "partly"}
    verbs.handle(remark=done, facts=facts, seen=done.version, by=None)
    done.refresh_from_db()
    light, late = a_remark(round, SAME), a_remark(round, bus.replace("sjældent", "sjældent i dag"))
    other = a_remark(round, "Legepladsen i Horne trænger til nyt sand.")
    with CaptureQueriesContext(connection) as asked:
        found = offers_of(round, [light, late, other, done])
    assert len(asked) == 1
    numbers = {pk: [one.remark.number for one in some] for pk, some in found.items()}
    assert numbers == {light.pk: [1], late.pk: [done.number], other.pk: []}
