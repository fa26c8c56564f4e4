"""The public pages of rounds."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from consultations.models import Material
from consultations.rounds.actions import events
from kommuneplan import clock
from kommuneplan.core.enums import ScanState
from kommuneplan.core.models import StoredFile
from plans.models import Publication
from tests.consultations.round_factories import a_question, a_round, an_invitation, anchors

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
NOW = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def midnight(year: int, month: int, day: int) -> dt.datetime:
    return dt.datetime(year, month, day, tzinfo=clock.COPENHAGEN)


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_has_open_coming_and_ended_rounds_and_nothing_else(client, at_noon):
    a_round(title="Åben høring")
    a_round(title="Kommende", opens=NOW + DAY, closes=NOW + 9 * DAY, announced_at=NOW)
    a_round(title="Forberedes", announced=False)
    a_round(title="Kun for inviterede", public=False)
    html = page(client, "/hoeringer/")
    assert html.index("Åben høring") < html.index("Kommende")
    assert "Forberedes" not in html
    assert "Kun for inviterede" not in html
    at_noon.shift(40 * DAY)
    html = page(client, "/hoeringer/")
    assert html.index("Afsluttede høringer") < html.index("Åben høring")


@pytest.mark.parametrize("rounds", [1, 3])
def test_the_list_asks_no_more_for_more_rounds(client, rounds, django_assert_max_num_queries):
    for number in range(rounds):
        a_round(title=f"Høring {number}")
    with django_assert_max_num_queries(6):
        client.get("/hoeringer/")


@pytest.mark.parametrize(
    ("words", "found"),
    [("naboskab", True), ("NABO", True), ("værksted", True), ("kender ikke", False)],
)
def test_searching_titles_and_published_drafts(client, words, found):
    a_round(title="Høring om strategi for naboskab")
    html = client.get("/hoeringer/", {"q": words}).content.decode()
    assert ("Høring om strategi for naboskab</a>" in html) == found


def test_searching_finds_nothing_of_a_draft_that_is_not_open_yet(client):
    a_round(title="Senere", opens=NOW + DAY, closes=NOW + 9 * DAY, announced_at=NOW)
    assert "Senere" not in client.get("/hoeringer/", {"q": "værksted"}).content.decode()
    assert "Senere" in client.get("/hoeringer/", {"q": "senere"}).content.decode()


def test_a_page_says_when_what_and_who(client):
    round = a_round(closes=midnight(2027, 6, 15))
    a_question(round, "Er målene tydelige?")
    an_invitation(round, "Ældrerådet")
    html = page(client, f"/hoeringer/{round.slug}/")
    for words in ("til og med 14. juni 2027", "41 dage tilbage", "Hvad foreslås der?",
                  "Er målene tydelige?", "Ældrerådet", "Vi åbner et værksted.",
                  "Skriv høringssvar"):  # fmt: skip
        assert words in html
    assert f'svar/?afsnit={anchors(round)[0]}#ny-bemaerkning"' in html


def test_a_deadline_within_a_day_is_said_with_its_hour(client):
    round = a_round(closes=dt.datetime(2027, 6, 15, 12, 0, tzinfo=clock.COPENHAGEN))
    assert "Frist: 15. juni 2027 kl. 12.00" in page(client, f"/hoeringer/{round.slug}/")


def test_an_extension_is_told_with_the_old_deadline_and_the_reason(client):
    round = a_round(closes=midnight(2027, 6, 15))
    events.extend(
        round=round, closes_at=midnight(2027, 6, 20), reason="Ferien faldt imellem.",
        seen=round.version, by=None,
    )  # fmt: skip
    html = page(client, f"/hoeringer/{round.slug}/")
    assert "til og med 19. juni 2027 (var til og med 14. juni 2027)" in html
    assert "Ferien faldt imellem." in html


def test_a_round_before_it_opens_shows_nothing_of_the_draft(client):
    round = a_round(opens=NOW + DAY, closes=NOW + 9 * DAY, announced_at=NOW)
    a_question(round, "Er målene tydelige?")
    html = page(client, f"/hoeringer/{round.slug}/")
    assert "Åbner 5. maj 2027" in html
    assert "værksted" not in html
    assert "Er målene tydelige?" not in html
    assert "Skriv høringssvar" not in html


def test_a_draft_whose_publication_is_withdrawn_is_not_shown(client):
    round = a_round()
    Publication.objects.filter(version=round.frozen).update(
        withdrawn_at=NOW, withdrawn_because="Et CPR-nummer"
    )
    html = page(client, f"/hoeringer/{round.slug}/")
    assert "værksted" not in html
    assert "Udkastet kan ikke vises" in html
    assert "værksted" not in client.get(f"/hoeringer/{round.slug}/svar/").content.decode()


@pytest.mark.parametrize("fields", [{"public": False}, {"announced": False}])
def test_what_is_not_for_everybody_is_not_there(client, fields):
    round = a_round(**fields)
    for part in ("", "svar/"):
        assert client.get(f"/hoeringer/{round.slug}/{part}").status_code == 404
        assert client.post(f"/hoeringer/{round.slug}/{part}").status_code in {404, 405}


def test_a_page_that_is_as_it_was_is_not_sent_again(client, at_noon):
    round = a_round()
    address = f"/hoeringer/{round.slug}/"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "Cookie" not in first.get("Vary", "")
    known = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get(address, **known).status_code == 304
    a_question(round, "Et spørgsmål mere?")
    assert client.get(address, **known).status_code == 200
    at_noon.move_to(round.closes_at)
    assert "Fristen er udløbet" in page(client, address)


def test_the_same_page_for_everybody(client, admin_client):
    round = a_round()
    address = f"/hoeringer/{round.slug}/"
    assert client.get(address).content == admin_client.get(address).content


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_no_more_for_more_of_everything(client, rows, django_assert_max_num_queries):
    round = a_round()
    for number in range(rows):
        a_question(round, f"Spørgsmål {number}?")
        an_invitation(round, f"Part {number}")
    with django_assert_max_num_queries(32):
        client.get(f"/hoeringer/{round.slug}/")
    with django_assert_max_num_queries(18):
        client.get(f"/hoeringer/{round.slug}/")


# --- the files that go out with a draft ----------------------------------------------------------


def material(round, name: str = "bilag.pdf", **fields) -> Material:
    file = StoredFile.keep(name, b"%PDF-1.7", "application/pdf")
    for field, value in fields.items():
        setattr(file, field, value)
    file.save()
    return Material.objects.create(round=round, title="Bilag", file=file)


def test_a_file_is_saved_and_never_shown_by_the_browser(client):
    round = a_round()
    row = material(round)
    answer = client.get(f"/hoeringer/{round.slug}/materiale/{row.uid}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_file_is_there_only_for_those_who_may_read_the_round(client):
    round, other = a_round(), a_round(public=False)
    row, theirs = material(round), material(other)
    infected = material(round, scan_state=ScanState.INFECTED)
    for address in (
        f"/hoeringer/{round.slug}/materiale/{theirs.uid}/",
        f"/hoeringer/{other.slug}/materiale/{theirs.uid}/",
        f"/hoeringer/{round.slug}/materiale/{infected.uid}/",
    ):
        answer = client.get(address, HTTP_IF_NONE_MATCH=f'"{theirs.file.sha256}"')
        assert answer.status_code == 404
    invited = an_invitation(other)
    address = f"/hoeringer/invitation/{invited.token}/materiale/"
    assert client.get(f"{address}{theirs.uid}/").status_code == 200
    assert client.get(f"{address}{row.uid}/").status_code == 404


def test_a_file_is_not_there_before_the_round_opens(client):
    round = a_round(opens=clock.now() + DAY, closes=clock.now() + 40 * DAY)
    row = material(round)
    address = f"/hoeringer/{round.slug}/materiale/{row.uid}/"
    assert client.get(address).status_code == 404
    with time_machine.travel(round.opens_at):
        assert client.get(address).status_code == 200
