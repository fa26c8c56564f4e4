"""Responses that say the same: laid together by the worker, shown with what differs, and answered
as the first by a person. Every sender counts."""

from __future__ import annotations

import html
import re
import uuid

import pytest

from consultations.alike import actions as alike
from consultations.alike.laid import alike_responses
from consultations.answering.actions.sending import withdraw
from consultations.handling import remarks as handling
from consultations.handling.actions import remarks as verbs
from consultations.handling.actions import splitting
from consultations.handling.splitting import places
from consultations.models import AlikeGroup, Remark, Response, Round
from consultations.reports.building import gather
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from kommuneplan.core.worker import jobs
from tests.consultations.answers import a_draft, submitted
from tests.consultations.handled import a_closed_round, handler, room
from tests.consultations.round_factories import a_response, a_round

from .written_campaigns import CAMPAIGNS, SENTENCES

pytestmark = pytest.mark.django_db

SCHOOL, LIGHT = CAMPAIGNS[0], CAMPAIGNS[1]
OWN = (
    "Desuden foreslår vi, at kommunen køber den gamle købmandsbutik og lader foreningerne drive "
    "den som café og bibliotek."
)


@pytest.fixture
def round() -> Round:
    """A round with a campaign of six, one of two, two without remarks, and one by itself."""
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    round = a_closed_round()
    for name, text in (
        ("Anne", SCHOOL),
        ("Bodil", f"Kære byråd\n\n{SCHOOL}\n\nVenlig hilsen\nBodil Bæk\nSkolevej 4"),
        ("Carl", SCHOOL.upper()),
        ("Dorthe", f"{SCHOOL}\n\n{OWN}"),
        ("Erik", SCHOOL.replace("Det er ikke rimeligt", "Det er rimeligt")),
        ("Fatima", "\n\n".join(SCHOOL.split("\n\n")[:-1])),
        ("Gert", LIGHT),
        ("Hanne", LIGHT),
        ("Ib", "Ingen bemærkninger."),
        ("Jytte", "Vi har ingen bemærkninger til forslaget."),
        ("Kaj", SENTENCES[3]),
    ):
        a_response(round, name=name, text=text)
    return round


def laid(round: Round) -> None:
    """As when the worker has been there."""
    job = alike.later(round)
    jobs.run(str(job.uid))
    job.refresh_from_db()
    assert job.state == "done", job.message


def group_of(round: Round) -> AlikeGroup:
    """The largest group."""
    return alike_responses(round).same[0].group


def answered(round: Round, name: str = "Anne") -> list[Remark]:
    """A response divided by its paragraphs, the first of them answered."""
    response = Response.objects.get(round=round, name=name)
    passages = [one for place in places(response.newest.content) for one in place.paragraphs]
    wanted = passages[:1] if len(passages) == 1 else [passages[0], passages[-1]]
    made = splitting.split(response=response, seen=1, passages=wanted, by=None)
    splitting.finish(response=response, seen=1, by=None)
    facts = {"reply": "<p>Forslaget trækkes tilbage.</p>", "proposal": "met"}
    verbs.handle(remark=made[0], facts=facts, seen=made[0].version, by=None)
    return made


def ticked(page: str) -> dict[str, object]:
    """What the form of a page sends as it stands."""
    boxes = re.findall(r'name="response" value="([^"]+)"[^>]*?( checked)?>', page, re.S)
    told = re.search(r'name="told" value="([^"]*)"', page)
    return {"response": [v for v, on in boxes if on], "told": html.unescape(told[1])}


def test_the_worker_lays_them_together_and_holds_no_word(round):
    laid(round)
    found = alike_responses(round)
    assert [line.responses for line in found.same] == [6, 2]
    assert found.nothing.responses == 2
    model = found.same[0].group.members.get(is_model=True)
    assert model.response.name == "Anne"
    differ = {one.response.name for one in found.same[0].group.members.filter(differs=True)}
    assert differ == {"Dorthe", "Erik"}


def test_a_group_stays_the_same_when_more_come_and_one_is_withdrawn(round):
    laid(round)
    group = group_of(round)
    a_response(round, name="Lis", text=SCHOOL)
    row = Response.objects.get(name="Bodil")
    row.withdrawn_at = clock.now()
    row.save()
    assert alike_responses(round).same[0].responses == 5  # at once
    laid(round)
    assert group_of(round) == group
    names = set(group.members.values_list("response__name", flat=True))
    assert "Lis" in names and "Bodil" not in names


def test_a_response_that_was_corrected_leaves_its_group_at_once(round):
    laid(round)
    row = Response.objects.get(name="Carl")
    content = {**row.newest.content, "text": LIGHT}
    row.revisions.create(
        number=2, key=uuid.uuid4(), content=content, sha256="x", received_at=clock.now()
    )
    assert [line.responses for line in alike_responses(round).same] == [5, 2]
    laid(round)
    assert [line.responses for line in alike_responses(round).same] == [5, 3]
    assert row.alike.revision.number == 2


def test_one_that_comes_in_while_the_worker_is_there_is_seen_by_it(round, monkeypatch):
    work_out, come = alike.worked_out, [SCHOOL]

    def slowly(*given):
        if come:
            a_response(round, name="Ny", text=come.pop())
        return work_out(*given)

    monkeypatch.setattr(alike, "worked_out", slowly)
    laid(round)
    assert alike_responses(round).same[0].responses == 7


def test_a_response_that_is_sent_wakes_the_worker():
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    open_now = a_round()
    sent = submitted(a_draft(open_now, text=SCHOOL), at=clock.now())
    job = jobs.latest(alike.KIND, open_now.uid)
    assert job is not None and job.is_open
    jobs.run(str(job.uid))
    withdraw(response=sent.response, arrived_at=clock.now())
    assert jobs.latest(alike.KIND, open_now.uid).is_open  # once more


def test_the_report_counts_every_sender_and_each_reads_the_answer(round, client):
    laid(round)
    client.force_login(handler(round))
    first, _last = answered(round)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    client.post(address, ticked(client.get(address).content.decode()))
    report = gather(round, at=clock.now())
    lines = {line.number: line for theme in report.themes for line in theme.remarks}
    assert lines[first.number].alike == 4  # Anne, Bodil, Carl and Fatima
    theirs = Response.objects.get(name="Bodil").remarks.get(same_as=first)
    page = client.get(room(round, f"{theirs.uid}/")).content.decode()
    assert f"nr. {first.number}" in page


def test_the_lists_lead_there(round, client):
    laid(round)
    client.force_login(handler(round))
    for address in (room(round, "svar/"), room(round).replace("bemaerkninger", "svar")):
        page = " ".join(client.get(address).content.decode().split())
        assert "Ens høringssvar: 8 i 2 grupper" in page
        assert "2 uden bemærkninger" in page


def test_the_others_are_answered_as_the_first_and_every_sender_counts(round, client):
    laid(round)
    client.force_login(handler(round))
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    page = client.get(address).content.decode()
    assert "Del det op i bemærkninger" in page
    first, last = answered(round)
    page = client.get(address).content.decode()
    assert "<ins>" in page and "café og bibliotek" in page
    sent = ticked(page)
    assert len(sent["response"]) == 3  # Dorthe says more, Erik something else
    done = client.post(address, sent, follow=True).content.decode()
    assert "3 svar er besvaret som det første" in done
    told = {one.response.name for one in handling.senders(first)}
    assert told == {"Bodil", "Carl", "Fatima"}
    assert {one.response.name for one in handling.senders(last)} == {"Bodil", "Carl"}
    for row in Remark.objects.filter(same_as__in=[first, last]):
        said = row.revision.content["text"][row.begins : row.ends]
        assert said == row.words  # of their own text
    assert Response.objects.get(name="Carl").gone_through == 1
    assert Response.objects.get(name="Dorthe").gone_through == 0


def test_whoever_says_more_is_still_to_be_divided(round, client):
    laid(round)
    client.force_login(handler(round))
    first, _last = answered(round)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    sent = ticked(client.get(address).content.decode())
    more = Response.objects.get(name="Dorthe")
    done = client.post(address, {**sent, "response": [f"{more.uid}:1"]}, follow=True)
    assert "1 af dem siger mere" in done.content.decode()
    more.refresh_from_db()
    assert more.gone_through == 0
    assert more.remarks.filter(same_as=first).exists()
    assert not any(OWN[:20] in one.words for one in more.remarks.all())


def test_a_button_of_another_kind_of_group_does_what_this_kind_does(round, client):
    laid(round)
    client.force_login(handler(round))
    answered(round)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    sent = ticked(client.get(address).content.decode())
    assert client.post(address, {**sent, "nothing": "1"}).status_code == 302


def test_it_can_be_undone(round, client):
    laid(round)
    client.force_login(handler(round))
    answered(round)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    sent = ticked(client.get(address).content.decode())
    client.post(address, sent)
    undone = client.post(address, {"response": sent["response"], "apart": "1"}, follow=True)
    assert "5 bemærkninger er taget tilbage" in undone.content.decode()
    assert Response.objects.get(name="Carl").gone_through == 0
    assert Remark.objects.filter(retired_at__isnull=True).count() == 2
    again = ticked(client.get(address).content.decode())
    assert len(again["response"]) == 3
    assert client.post(address, again).status_code == 302


def test_what_has_moved_on_is_told_and_nothing_is_done(round, client):
    laid(round)
    client.force_login(handler(round))
    answered(round)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    sent = ticked(client.get(address).content.decode())
    assert client.post(address, sent).status_code == 302
    before = Remark.objects.count()
    second = client.post(address, sent)
    assert second.status_code == 409
    assert "derfor er intet sket" in second.content.decode()
    assert Remark.objects.count() == before
    nobody = client.post(address, {"told": sent["told"]})
    assert nobody.status_code == 422


def test_a_first_that_is_handled_as_a_whole(round, client):
    laid(round)
    client.force_login(handler(round))
    whole = splitting.handle_whole(response=Response.objects.get(name="Anne"), seen=1, by=None)
    address = room(round, f"svar/ens/{group_of(round).uid}/")
    sent = ticked(client.get(address).content.decode())
    more = Response.objects.get(name="Dorthe")
    sent["response"].append(f"{more.uid}:1")
    client.post(address, sent)
    assert handling.senders(whole)[0].response.name == "Bodil"
    assert Response.objects.get(name="Carl").handled_whole
    part = more.remarks.get()
    assert part.same_as == whole and OWN[:20] not in part.words


def test_those_without_remarks_need_no_answer(round, client):
    laid(round)
    client.force_login(handler(round))
    group = alike_responses(round).nothing.group
    address = room(round, f"svar/ens/{group.uid}/")
    sent = ticked(client.get(address).content.decode())
    assert len(sent["response"]) == 2
    done = client.post(address, {**sent, "nothing": "1"}, follow=True).content.decode()
    assert "2 svar er gennemgået" in done
    assert Response.objects.get(name="Ib").gone_through == 1
    assert not Remark.objects.exists()
