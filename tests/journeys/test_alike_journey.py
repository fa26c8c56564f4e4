"""The secretary answers a campaign: one response divided and answered, the others as the first;
then a remark that resembles one already answered."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from consultations.alike.actions import lay_now
from consultations.handling.actions import remarks as verbs
from consultations.handling.actions import splitting
from consultations.models import Remark
from kommuneplan.core.models import Municipality
from tests.consultations.alike.written_campaigns import CAMPAIGNS, OWN
from tests.consultations.handled import a_closed_round, a_remark, handler, room
from tests.consultations.round_factories import a_response
from tests.journeys.looking import check, follow, sign_in
from tests.plans.matters import consulted, ready_plan

LIGHT = "Belysningen på cykelstien til stationen skal være tændt hele natten."
SAME = "Sluk ikke belysningen på cykelstier ved stationen om natten!"


def test_a_campaign_is_answered_once_and_a_like_remark_is_offered_the_answer(page: Page):
    Municipality(pk=1, name="Prøve Kommune").save()
    round = a_closed_round(plan=consulted(ready_plan()))
    first = a_response(round, name="Anne Lund", text=CAMPAIGNS[1])
    a_response(round, name="Bodil Bæk", text=f"Kære byråd\n\n{CAMPAIGNS[1]}\n\nHilsen Bodil Bæk")
    more = f"{CAMPAIGNS[1]}\n\n{OWN[0]} Lad os beholde lyset ved skolen."
    a_response(round, name="Carl Friis", text=more)
    a_response(round, name="Dorthe Dam", text="Ingen bemærkninger.")
    a_response(round, name="Erik Holm", text="Vi har ingen bemærkninger.")
    lay_now(round)

    sign_in(page, room(round, "svar/"), handler(round).email.split("@")[0])
    check(page, "alike-entry")
    follow(page, page.get_by_role("link", name=re.compile("Ens høringssvar: 3 i 1 gruppe")))
    check(page, "alike-groups")
    follow(page, page.get_by_role("link", name="3 høringssvar siger det samme"))
    check(page, "alike-undivided")
    splitting.handle_whole(response=first, seen=1, by=None)
    page.reload()
    check(page, "alike-group")
    ticked = page.locator("input[name=response]:checked")
    expect(ticked).to_have_count(1)  # Carl says more
    follow(page, page.get_by_role("button", name="Del op, og besvar de afkrydsede som det første"))
    expect(page.get_by_text("1 svar er besvaret som det første.")).to_be_visible()
    check(page, "alike-answered")
    assert Remark.objects.filter(same_as__isnull=False).get().response.name == "Bodil Bæk"

    done, new = a_remark(round, LIGHT), a_remark(round, SAME)
    facts = {"reply": "<p>Stien lyser hele natten.</p>", "proposal": "met"}
    verbs.handle(remark=done, facts=facts, seen=done.version, by=None)
    page.goto(room(round, f"{new.uid}/"))
    check(page, "alike-offer")
    follow(page, page.get_by_role("button", name=re.compile("Brug svaret på nr.")))
    expect(page.get_by_label("Forvaltningens svar")).to_have_value("Stien lyser hele natten.")
    check(page, "alike-used")
