"""Personal data in a version that is frozen, and published: hidden for ever, the chain intact."""

from __future__ import annotations

import datetime as dt
import io
import json
import uuid

import pytest
from django.db import connection
from django.urls import reverse
from docx import Document
from pypdfium2 import PdfDocument

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Membership, Municipality, User
from kommuneplan.timespan.span import TimeSpan
from plans.document import plan_document as doc
from plans.document.redaction import redacted, words_of
from plans.enums import MilestoneKind, Stage
from plans.members.actions.questions import ask
from plans.members.actions.reading import write_note
from plans.models import (
    FocusArea,
    FrozenMilestone,
    Milestone,
    Phase,
    Plan,
    PlanVersion,
    PrivateNote,
    Question,
    Redaction,
    Section,
    VersionBlock,
    VersionImage,
)
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from plans.versions.actions.redacting import NothingToHide, redact_blocks
from plans.versions.redaction_preview import look
from plans.versions.verification import verify
from tests.plans.member_household import member, plan_before, submitted_version
from tests.plans.pictures import kept
from tests.plans.published import LONG_AGO, body_named
from tests.races import race

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER, OTHER = "010203-1234", "311299-0007"
BAD = f"<p>Underskrevet: borger, {NUMBER}.</p>"
GOOD = "<p>Haven skal være grøn.</p>"


@pytest.fixture
def plan() -> Plan:
    """Three versions: the number in the first two, put right in the third. The first two public."""
    Municipality.objects.create(pk=1, name="Sønderå Kommune")
    plan = Plan.objects.create(
        title="Strategi for haver", body=body_named(), proposal="Flere haver"
    )
    cycle = plan.cycles.create()
    milestone = Milestone(
        cycle=cycle, title=f"Møde med {OTHER}", kind=MilestoneKind.OTHER, is_public=True,
        description=f"Nummeret er {OTHER}",
    )  # fmt: skip
    milestone.when = TimeSpan.day(dt.date(2020, 5, 5))
    milestone.save()
    section = Section.objects.create(plan=plan, title="Mål", text=GOOD + BAD, is_public=True)
    for _number in (1, 2):
        version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None, at=LONG_AGO)
        publish(version=version, by=None, visible_from=LONG_AGO)
    section.text = GOOD + BAD.replace(NUMBER, "(fjernet)")
    section.save()
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    return plan


@pytest.fixture
def secretary(plan) -> User:
    user = User.objects.create_user("s@example.org", "x", name="Sekretær")
    Membership.objects.create(user=user, role=Role.SECRETARY, body=plan.body)
    return user


def anchor_of(version: PlanVersion, words: str) -> str:
    said = words_of(doc.from_json(version.content))
    return next(anchor for anchor, told in said.items() if words in told)


def first(plan: Plan) -> PlanVersion:
    return plan.versions.get(number=1)


def hide(plan: Plan, words: str, by: User | None = None) -> Redaction:
    version = first(plan)
    return redact_blocks(
        version=version, anchors=[anchor_of(version, words)], reason="Personnummer", by=by
    )


def everything_stored(*, live: bool) -> str:
    """Every text of every row, as the database holds it; ``live``: with the draft and its past."""
    tables = [table for table in connection.introspection.table_names() if "plans_" in table]
    own = {"plans_section", "plans_historicalsection", "plans_milestone",
           "plans_historicalmilestone"}  # fmt: skip
    with connection.cursor() as cursor:
        said = []
        for table in tables:
            if live or table not in own:
                cursor.execute(f"SELECT * FROM {table}")
                said.append(repr(cursor.fetchall()))
    return " ".join(said)


def test_the_words_and_the_salt_are_gone_and_every_chain_still_verifies(plan):
    before = list(plan.versions.order_by("number").values_list("digest", flat=True))
    assert NUMBER in everything_stored(live=False)
    act = hide(plan, NUMBER)
    assert act.places == 2
    assert NUMBER not in everything_stored(live=False)
    assert NUMBER in everything_stored(live=True)  # the draft's own past is not touched
    rows = VersionBlock.objects.filter(redacted_at__isnull=False)
    assert [(row.salt, row.redaction_id) for row in rows] == [("", act.pk)] * 2
    assert list(plan.versions.order_by("number").values_list("digest", flat=True)) == before
    assert verify().faults == []


def test_a_later_version_that_was_put_right_keeps_its_words(plan):
    hide(plan, NUMBER)
    assert "(fjernet)" in plan.versions.get(number=3).content
    assert not plan.versions.get(number=3).blocks.filter(redacted_at__isnull=False)


def test_a_block_in_other_words_with_the_same_number_goes_too(plan):
    section = plan.sections.get()
    section.text = GOOD + "<p>Underskrevet af en borger (010203 1234).</p>"
    section.save()
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert hide(plan, NUMBER).places == 3
    assert "1234" not in plan.versions.get(number=4).content
    assert verify().faults == []


def test_what_is_carried_over_afterwards_says_that_it_is_removed(plan):
    hide(plan, NUMBER)
    section = plan.sections.get()
    section.text = GOOD + BAD
    section.save()
    version = freeze(plan=plan, stage=Stage.PROCESS_PLAN, parts=[], by=None)
    assert NUMBER not in version.content and verify().faults == []


def test_search_calendar_and_lists_forget_it(plan):
    hide(plan, OTHER)
    assert not PlanVersion.objects.filter(search_text__contains="311299")
    row = FrozenMilestone.objects.filter(version=first(plan)).get()
    assert row.title.startswith("Fjernet den ") and row.when == TimeSpan.day(dt.date(2020, 5, 5))
    assert verify().faults == []


def test_every_public_page_and_paper_has_forgotten_it_at_once(client, plan):
    """The pages and papers are asked for before, so that they lie in the caches."""
    addresses = [
        reverse("plans:plan", args=[plan.slug]), reverse("plans:version", args=[plan.slug, 1]),
        reverse("plans:version", args=[plan.slug, 2]), reverse("plans:calendar", args=[plan.slug]),
        reverse("plans:calendar_all"), reverse("plans:dates"),
    ]  # fmt: skip
    papers = [
        reverse(f"plans:{name}", args=[plan.slug, 1])
        for name in ("version_whole_pdf", "version_whole_docx", "version_memo_pdf")
    ]
    before = {address: client.get(address) for address in addresses + papers}
    assert NUMBER in before[addresses[1]].content.decode()
    assert OTHER in before[addresses[3]].content.decode()
    assert NUMBER in words_of_paper(before[papers[0]]) and NUMBER in words_of_paper(
        before[papers[1]]
    )
    hide(plan, NUMBER)
    hide(plan, OTHER)
    for address in addresses:
        now = client.get(address, HTTP_IF_NONE_MATCH=before[address].get("ETag", ""))
        said = now.content.decode()
        assert now.status_code == 200, address
        assert NUMBER not in said and OTHER not in said, address
    for address in papers:
        now = client.get(address, HTTP_IF_NONE_MATCH=before[address].get("ETag", ""))
        assert now.status_code == 200
        assert "1234" not in words_of_paper(now) and "Fjernet den" in words_of_paper(now)


def words_of_paper(response) -> str:
    if response["Content-Type"] == "application/pdf":
        document = PdfDocument(response.content)
        return " ".join(page.get_textpage().get_text_range() for page in document)
    paper = Document(io.BytesIO(response.content))
    return " ".join(part.text or "" for part in paper.element.iter() if part.text)


@pytest.mark.parametrize("kind", ["head", "phase", "section", "focus"])
def test_every_kind_of_block_can_lose_its_words(plan, kind):
    phase = Phase.objects.create(cycle=plan.cycles.get(), title=f"Fase {NUMBER}", purpose="x")
    line = Milestone.objects.get(cycle__plan=plan)
    line.phase = phase
    line.save()
    FocusArea.objects.create(plan=plan, title="Haver", goals=f"Ring {NUMBER}", is_public=True)
    row = plan.sections.get()
    row.title = f"Mål {NUMBER}"
    row.save()
    plan.title, plan.proposal = f"Haver {NUMBER}", NUMBER
    plan.save()
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    anchor = version.blocks.filter(kind=kind).first().anchor
    redact_blocks(version=version, anchors=[anchor], reason="Personnummer", by=None)
    version.refresh_from_db()
    document = doc.from_json(version.content)
    assert NUMBER not in words_of(document)[anchor]
    assert redacted(document, {anchor: version.blocks.get(anchor=anchor).redacted_at.date()})
    assert verify().faults == []


def test_quotes_in_notes_and_questions_go_too_in_their_history_as_well():
    before = plan_before()
    version, reader = submitted_version(before), member()
    at = {"version": version, "anchor": anchor_of(version, "fælles boliger"), "by": reader}
    write_note(**at, words="Husk", seen=0)
    ask(**at, words="Hvem er det?", key=uuid.uuid4())
    redact_blocks(version=version, anchors=[at["anchor"]], reason="Et navn", by=None)
    assert PrivateNote.objects.get().quote.startswith("Fjernet den ")
    assert Question.objects.get().quote.startswith("Fjernet den ")
    assert not Question.history.filter(quote__contains="fælles boliger")
    assert verify().faults == []


def test_an_image_in_a_hidden_block_is_no_longer_seen_through_the_version(client, plan):
    image = kept(plan)
    section = plan.sections.get()
    section.text = GOOD + f'<figure><img src="{image.src}" alt="Brev {NUMBER}"></figure>'
    section.save()
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    publish(version=version, by=None)
    assert client.get(image.src).status_code == 200
    anchor = anchor_of(version, NUMBER)
    redact_blocks(version=version, anchors=[anchor], reason="Brevet", by=None)
    assert not VersionImage.objects.filter(version=version)
    assert client.get(image.src).status_code == 404
    assert verify().faults == []


def test_twice_is_refused_and_a_reason_is_needed(plan):
    version = first(plan)
    anchor = anchor_of(version, NUMBER)
    with pytest.raises(ValueError, match="reason"):
        redact_blocks(version=version, anchors=[anchor], reason="  ", by=None)
    hide(plan, NUMBER)
    with pytest.raises(NothingToHide):
        redact_blocks(version=version, anchors=[anchor], reason="Igen", by=None)
    with pytest.raises(NothingToHide):
        redact_blocks(version=version, anchors=["findes-ikke"], reason="Igen", by=None)
    assert Redaction.objects.count() == 1


BEHIND = {
    "another text where words were hidden": "UPDATE plans_planversion SET content ="
    " REPLACE(content, 'Fjernet den', 'Aldrig sagt')",
    "hidden without an act": "UPDATE plans_versionblock SET left_digest = 'abc'"
    " WHERE redacted_at IS NOT NULL",
    "another day": "UPDATE plans_versionblock SET redacted_at = '2020-01-01 12:00:00+00'"
    " WHERE redacted_at IS NOT NULL",
    "another block beside it": "UPDATE plans_planversion SET content ="
    " REPLACE(content, 'Haven skal', 'Haven bør')",
    "a digest": "UPDATE plans_versionblock SET digest = 'abc' WHERE redacted_at IS NOT NULL",
}


@pytest.mark.parametrize("what", BEHIND)
def test_tampering_is_still_found(plan, what):
    hide(plan, NUMBER)
    assert verify().faults == []
    with connection.cursor() as cursor:
        cursor.execute(BEHIND[what])
    assert verify().faults


def test_the_look_tells_what_stays_and_what_stands_in_the_draft(plan):
    section = plan.sections.get()
    section.text = GOOD + BAD + f"<p>Også her: {NUMBER}</p>"
    section.save()
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    version = first(plan)
    seen = look(version, [anchor_of(version, NUMBER)])
    assert [copies.version.number for copies in seen.hidden] == [1, 2, 4]
    assert [block.words for copies in seen.elsewhere for block in copies.blocks] == [
        f"Også her: {NUMBER}"
    ]
    assert len(seen.live) == 2


def carry_over(number: int, slug: str, anchor: str) -> int:
    """In a process of its own: one hides, the other freezes what was frozen before."""
    plan = Plan.objects.get(slug=slug)
    if number:
        return freeze(plan=plan, stage=Stage.PROCESS_PLAN, parts=[], by=None).number
    return redact_blocks(version=first(plan), anchors=[anchor], reason="Nummer", by=None).places


def test_no_version_carries_the_words_over_while_they_are_hidden(plan):
    section = plan.sections.get()
    section.text = GOOD + BAD
    section.save()
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    anchor = anchor_of(first(plan), NUMBER)
    race("tests.plans.versions.test_redacting:carry_over", 2, plan.slug, anchor)
    assert plan.versions.count() == 5
    assert not plan.versions.filter(content__contains=NUMBER)
    assert verify().faults == []


# The page


def page(plan: Plan, number: int = 1) -> str:
    return reverse("plans:version-hide", args=[plan.slug, number])


def test_the_secretary_chooses_looks_and_hides(client, plan, secretary):
    client.force_login(secretary)
    said = client.get(page(plan)).content.decode()
    assert f"<mark>{NUMBER}</mark>" in said and "CPR-nummer" in said
    chosen = {"blocks": [anchor_of(first(plan), NUMBER)], "reason": "Et personnummer stod der"}
    shown = client.post(page(plan), chosen)
    assert shown.status_code == 200 and not Redaction.objects.exists()
    assert "2 steder" in shown.content.decode()
    not_agreed = client.post(page(plan), {**chosen, "shown": "1"})
    assert not_agreed.status_code == 422 and not Redaction.objects.exists()
    done = client.post(page(plan), {**chosen, "shown": "1", "agreed": "on"})
    assert done.status_code == 302
    again = client.post(page(plan), {**chosen, "shown": "1", "agreed": "on"})
    assert again.status_code == 422 and Redaction.objects.count() == 1
    assert NUMBER not in client.get(page(plan)).content.decode()


def test_the_reason_does_not_repeat_what_is_hidden(client, plan, secretary):
    client.force_login(secretary)
    chosen = {"blocks": [anchor_of(first(plan), NUMBER)], "reason": f"Der stod {NUMBER}"}
    assert client.post(page(plan), chosen).status_code == 422


def test_the_history_tells_the_act_and_not_the_words(client, plan, secretary):
    hide(plan, NUMBER, by=secretary)
    client.force_login(secretary)
    rows = client.get(reverse("plans:history", args=[plan.slug]) + "?rum=versioner")
    said = rows.content.decode()
    assert "Personnummer" in said and "Sekretær" in said and NUMBER not in said


def test_the_page_asks_as_much_of_the_database_for_one_version_as_for_three(
    client, plan, secretary, django_assert_max_num_queries
):
    client.force_login(secretary)
    chosen = {"blocks": [anchor_of(first(plan), NUMBER)], "reason": "Et personnummer"}
    with django_assert_max_num_queries(47):
        client.post(page(plan), chosen)
    assert json.loads(first(plan).content)
