"""Search in the workspace: everybody finds what they may read, and nothing else of anything."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from consultations.enums import PublicationState
from consultations.models import Party, Response
from consultations.responses.passages import search_words
from consultations.responses.public_form import WORDS_KNOWN
from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Municipality
from plans.members.actions.recusals import record_recusal
from plans.models import Matter, Plan, PlanVersion
from plans.search.kinds import Asked, kinds
from plans.search.own import _read_hits
from plans.versions.actions.publishing import publish
from tests.consultations.round_factories import a_party, a_response, a_round
from tests.factories import a_plan, committee, lead, person, secretary
from tests.plans.matters import adopted, ready_plan, submitted
from tests.plans.member_household import CANARY, member, plan_before, submitted_version

pytestmark = pytest.mark.django_db

ADDRESS = "/arbejde/soeg/"


def found(client, user, q: str, **more: str) -> dict[str, list[str]]:
    """What somebody finds: the names of the hits, by kind."""
    client.force_login(user)
    html = client.get(ADDRESS, {"q": q, **more}).content.decode()
    groups = {}
    for key, group in re.findall(r'aria-labelledby="fundet-([^"]+)">(.*?)</section>', html, re.S):
        names = re.findall(r"<li>\s*<a href=\"[^\"]*\">(.*?)</a>", group, re.S)
        groups[key] = [re.sub("<[^>]+>", "", name).strip() for name in names]
    return groups


def links(client, user, q: str) -> list[str]:
    """Where the hits lead."""
    client.force_login(user)
    html = client.get(ADDRESS, {"q": q}).content.decode()
    return re.findall(r"<li>\s*<a href=\"(/[^\"]*)\">", _hits_of(html))


def a_matter(plan: Plan, title: str, **more) -> Matter:
    """A matter with a title of its own, before the committee or a chain."""
    matter = submitted(plan, **more)
    matter.title = title
    matter.save()
    return matter


def _hits_of(html: str) -> str:
    return html.partition('class="search-group"')[2].partition("</main>")[0]


def received(round, *, text: str, **fields) -> Response:
    """A response that can be searched, as one that came in."""
    row = a_response(round, text=text, **fields)
    row.search_text = search_words(row.newest.content)
    row.save()
    return row


def cleared(row: Response) -> Response:
    """Released by a person, with all its words."""
    now = clock.now()
    row.publication_state = PublicationState.CLEARED
    row.cleared_at = row.published_at = now
    shown = {
        "kind": "citizen", "organisation": "", "name": "",
        "text": [[row.newest.content["text"], ""]], "answers": [], "remarks": [],
    }  # fmt: skip
    row.published = {WORDS_KNOWN: shown, "revision": str(row.newest.uid)}
    row.save()
    return row


# What is found


def test_a_plan_is_found_by_its_title_its_number_and_its_text_in_danish(client) -> None:
    ida, plan = secretary(), ready_plan("Ældreplan for Ålborgvej")
    plan.case_number = "2026-0012345"
    plan.save()
    section = plan.sections.get()
    section.text = "<p>Vi bygger væresteder.</p>"
    section.save()
    submitted(plan)
    for q in ("ældre", "AELDRE", "aalborgvej", "ålborg plan", "2026 12345", "væresteder"):
        assert found(client, ida, q)["planer"] == ["Ældreplan for Ålborgvej"], q
    assert "planer" not in found(client, ida, "ældre boliger")


def test_each_found_word_is_marked_and_what_was_typed_stays_words(client) -> None:
    ida = secretary()
    a_plan("Plan for <b>Ålborgvej</b>")
    client.force_login(ida)
    html = client.get(ADDRESS, {"q": "aalborg plan"}).content.decode()
    assert "<mark>Ålborg</mark>" in html
    assert "<mark>Plan</mark>" in html
    assert "<b>" not in _hits_of(html)
    html = client.get(ADDRESS, {"q": "<script>x</script>"}).content.decode()
    assert "<script>x" not in html


def test_matters_parties_and_people_are_found_by_who_keeps_them(client) -> None:
    ida = secretary("ida")
    a_matter(ready_plan("Byplan"), "Drøftelse af torvet")
    a_party("Torvets beboerforening")
    person("Torvald", Role.MEMBER, committee())
    groups = found(client, ida, "torv")
    assert groups == {
        "sager": ["Drøftelse af torvet"],
        "parter": ["Torvets beboerforening"],
        "personer": ["Torvald"],
    }
    for link in links(client, ida, "torv"):
        assert client.get(link).status_code == 200


def test_a_response_is_found_by_its_words_and_shows_only_what_was_cleared(client) -> None:
    ida = secretary()
    round = a_round(ready_plan())
    waiting = received(round, text="Min søn Kanutti bor her.", name="Kim Nielsen")
    client.force_login(ida)
    html = client.get(ADDRESS, {"q": "kanutti"}).content.decode()
    assert found(client, ida, "kanutti")["svar"] == ["Nr. 1: Kim Nielsen"]
    assert "Min søn" not in html
    cleared(waiting)
    html = client.get(ADDRESS, {"q": "kanutti"}).content.decode()
    assert "Min søn" in html
    assert "<mark>Kanutti</mark>" in html
    (link,) = links(client, ida, "kanutti")
    assert client.get(link).status_code == 200


def test_a_protected_sender_is_found_by_nobody(client) -> None:
    received(a_round(ready_plan()), text="Stop.", name="Kanutti Holm", is_protected=True)
    for user in (secretary(), person("chef", Role.ADMINISTRATOR)):
        assert found(client, user, "kanutti") == {}


# Who finds what


def test_whoever_has_no_right_finds_nothing_of_it(client) -> None:
    plan = ready_plan("Strategi for Kanutti")
    a_matter(plan, "Sagen om Kanutti")
    received(a_round(plan), text="Kanutti")
    a_party("Kanutti forening")
    person("Kanutti", Role.MEMBER, committee())
    nobody, foreign = person("nogen"), secretary("fremmed", "Teknikudvalget")
    assert found(client, nobody, "kanutti") == {}
    assert found(client, foreign, "kanutti") == {"parter": ["Kanutti forening"]}
    tovholder = lead(plan)
    assert set(found(client, tovholder, "kanutti")) == {"planer", "sager", "svar"}
    assert set(found(client, secretary(), "kanutti")) == {
        "planer", "sager", "svar", "parter", "personer",
    }  # fmt: skip
    assert set(found(client, person("chef", Role.ADMINISTRATOR), "kanutti")) == {
        "planer", "sager", "svar", "parter", "personer",
    }  # fmt: skip


def test_a_member_finds_what_was_submitted_and_never_the_live_plan(client) -> None:
    plan = plan_before()
    user = member()
    assert found(client, user, "fælles boliger") == {"udvalgets-planer": [plan.title]}
    assert found(client, user, CANARY.split()[0]) == {}
    for link in links(client, user, "fælles boliger"):
        assert client.get(link).status_code == 200
    other = member("anden", committee("Teknikudvalget"))
    assert found(client, other, "boliger") == {}


def test_a_link_asks_for_the_whole_of_what_was_written() -> None:
    asked = Asked(member(), clock.now(), ("r&d", "#1"))
    [hit] = _read_hits([PlanVersion(plan=a_plan(), title="En plan")], asked)
    assert hit.link.endswith("?q=r%26d+%231")


def test_a_member_finds_a_matter_when_it_has_come_to_their_body(client) -> None:
    first, second = committee(), committee("Økonomiudvalget")
    a_matter(ready_plan(), "Sagen om torvet", chain=(first, second))
    assert found(client, member(), "torvet") == {"udvalgets-sager": ["Sagen om torvet"]}
    assert found(client, member("senere", second), "torvet") == {}


def test_a_recused_member_finds_nothing_of_the_matter_and_its_versions(client) -> None:
    plan = plan_before(title="Plan for torvet")
    matter = submitted_version(plan).matters.get().matter
    user, colleague = member(), member("kollega")
    assert set(found(client, user, "torvet")) >= {"udvalgets-planer"}
    record_recusal(matter=matter, member=user, reason="family", by=secretary())
    assert found(client, user, "torvet") == {}
    assert found(client, user, "boliger") == {}
    assert "udvalgets-planer" in found(client, colleague, "torvet")


def test_what_is_put_away_is_found_no_more(client) -> None:
    ida, plan = secretary(), ready_plan("Plan for Kanutti")
    a_matter(plan, "Sagen om Kanutti")
    received(a_round(plan), text="Kanutti")
    party = a_party("Kanutti forening")
    now = clock.now()
    Plan.objects.filter(pk=plan.pk).update(retired_at=now, retired_because="Fejl")
    Party.objects.filter(pk=party.pk).update(retired_at=now)
    assert found(client, ida, "kanutti") == {}


def test_a_plan_published_to_everybody_is_found_by_its_members(client) -> None:
    plan = adopted(ready_plan("Plan for Kanutti"))
    assert found(client, member("ny", committee("Kulturudvalget")), "kanutti") == {}
    publish(version=plan.versions.last(), by=None)
    assert "udvalgets-planer" in found(client, member(), "kanutti")


# The page


def test_a_kind_is_read_page_by_page(client) -> None:
    ida = secretary()
    for number in range(28):
        a_plan(f"Kanutti {number:02}")
    assert len(found(client, ida, "kanutti")["planer"]) == 5
    html = client.get(ADDRESS, {"q": "kanutti"}).content.decode()
    assert "q=kanutti&amp;slags=planer" in html
    assert len(found(client, ida, "kanutti", slags="planer")["planer"]) == 25
    last = found(client, ida, "kanutti", slags="planer", side="2")["planer"]
    assert last == ["Kanutti 25", "Kanutti 26", "Kanutti 27"]
    assert found(client, ida, "kanutti", slags="planer", side="hest")["planer"][0] == "Kanutti 00"
    assert set(found(client, ida, "kanutti", slags="hest")) == {"planer"}
    assert found(client, person("nogen"), "kanutti", slags="parter") == {}


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("", "Du finder det, du selv må læse"),
        ("a", "Skriv et ord på mindst to bogstaver"),
        ("findesikke", "Intet fundet"),
        ("\x00", "Skriv et ord på mindst to bogstaver"),
        ("ord " * 400, "Intet fundet"),
    ],
)
def test_an_empty_answer_says_what_to_do(client, q, words) -> None:
    client.force_login(secretary())
    answer = client.get(ADDRESS, {"q": q})
    assert answer.status_code == 200
    assert words in answer.content.decode()


@pytest.mark.one_database  # as many questions on both
def test_a_search_takes_as_many_queries_for_many_hits_as_for_few(client) -> None:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    ida = secretary()
    committee()
    person_too = member("begge")
    counts = []
    for number in (1, 9):
        for one in range(number):
            plan = ready_plan(f"Kanutti {number}-{one}")
            a_matter(plan, f"Kanutti sag {number}-{one}")
            received(a_round(plan), text="Kanutti")
            a_party(f"Kanutti {number}-{one}")
            person(f"Kanutti{number}{one}", Role.MEMBER, committee())
        for user in (ida, person_too):
            client.force_login(user)
            client.get(ADDRESS, {"q": "kanutti"})
            with CaptureQueriesContext(connection) as asked:
                client.get(ADDRESS, {"q": "kanutti"})
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 13


def test_every_kind_says_what_it_is() -> None:
    assert [kind.key for kind in kinds()] == [
        "planer", "sager", "initiativer", "udvalgets-planer", "udvalgets-sager", "punkter", "svar",
        "parter", "personer",
    ]  # fmt: skip
    assert all(str(kind.title) for kind in kinds())
