"""What leaves public pages leaves the search: no word is found, and none lies in its tables."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import connection

from consultations.models import Response
from consultations.review.actions import reviewing
from kommuneplan import clock
from plans.models import SearchEntry
from plans.public_search import engine
from plans.public_search.indexing import catch_up, compared, rebuild
from plans.versions.actions.publishing import withdraw
from plans.versions.actions.redacting import redact_blocks
from tests.consultations.round_factories import a_response, a_round
from tests.plans.public_search.town import a_written

pytestmark = pytest.mark.django_db
WORD = "kanariefuglen"


def is_found(client, typed: str = WORD) -> bool:
    return "<li><h2>" in client.get("/planer/", {"q": typed}).content.decode()


def lies_in_a_table(word: str = "kanariefugl") -> bool:
    """In the rows, or in what FTS5 keeps beside them."""
    rows = SearchEntry.objects.values_list("title", "text", "folded", "weights", "signs")
    if any(word in column for row in rows for column in row):
        return True
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE VIRTUAL TABLE temp.said USING fts5vocab(main, plans_search_signs, 'row')"
        )
        cursor.execute("SELECT COUNT(*) FROM temp.said WHERE instr(term, %s) > 0", [word])
        (count,) = cursor.fetchone()
        cursor.execute("DROP TABLE temp.said")
    return count > 0


def in_step() -> bool:
    return engine.is_whole() and not any(compared())


def test_a_hit_leads_to_the_paragraph_with_the_word_marked(client) -> None:
    plan = a_written("Fugleplan", ("Bure", f"Først noget andet.\n\nI byen lever {WORD} & <b>."))
    document = client.get("/planer/", {"q": WORD}).content.decode()
    anchor = plan.sections.get().blocks
    assert f"<mark>{WORD}</mark>" in document and "&amp;" in document
    assert f'href="/planer/{plan.slug}/#' in document and anchor is not None
    place = document.split(f'href="/planer/{plan.slug}/#')[1].split('"')[0]
    assert f'id="{place}"' in client.get(f"/planer/{plan.slug}/").content.decode()


def test_what_is_withdrawn_is_gone(client) -> None:
    plan = a_written("Fugleplan", ("Bure", f"I byen lever {WORD}."))
    assert is_found(client) and lies_in_a_table() and in_step()
    withdraw(publication=plan.publications.order_by("-pk").first(), by=None, because="Fejl")
    assert not is_found(client) and not lies_in_a_table() and in_step()


def test_what_is_hidden_is_gone(client) -> None:
    plan = a_written("Fugleplan", ("Bure", f"I byen lever {WORD}."))
    version = plan.versions.order_by("-number").first()
    anchor = SearchEntry.objects.get(key=version.pk, kind="paragraph").place
    redact_blocks(version=version, anchors=[anchor], reason="Navn", by=None)
    assert not is_found(client) and not lies_in_a_table() and in_step()


def test_what_is_scheduled_appears_in_time_without_a_job(client) -> None:
    soon = clock.now() + dt.timedelta(hours=2)
    a_written("Fugleplan", ("Bure", f"I byen lever {WORD}."), visible_from=soon)
    assert not is_found(client) and "kanariefugl" not in client.get(
        "/planer/?q=kanariefugler"
    ).content.decode().replace('value="kanariefugler"', "")
    with time_machine.travel(soon + dt.timedelta(seconds=1), tick=False):
        assert is_found(client)


def test_an_answer_is_found_while_it_is_shown(client) -> None:
    now, day = clock.now(), dt.timedelta(days=1)
    round = a_round(opens=now - 9 * day, closes=now - day)
    row = a_response(
        round, text=f"Pas på {WORD}.", name="Kirsten Skjultesen", received=now - 2 * day
    )
    assert not is_found(client)
    row = reviewing.clear(response=Response.objects.get(pk=row.pk), by=None)
    assert is_found(client) and not is_found(client, "skjultesen") and in_step()
    reviewing.hide(response=row, reason="Helbred", by=None)
    assert not is_found(client) and not lies_in_a_table() and in_step()


def test_a_round_is_found_from_its_announcement_and_its_questions_from_its_opening(client) -> None:
    now, day = clock.now(), dt.timedelta(days=1)
    a_round(announced=False, opens=now + day, closes=now + 9 * day, title=f"Høring om {WORD}")
    assert not is_found(client)
    round = a_round(opens=now + day, closes=now + 9 * day, title="Høring om boliger")
    round.questions.create(position=1, words=f"Hvor bor {WORD}?")
    assert not is_found(client) and in_step()
    with time_machine.travel(now + 2 * day, tick=False):
        assert is_found(client)


def test_an_index_that_was_lost_is_told_and_made_anew(client) -> None:
    a_written("Fugleplan", ("Bure", f"I byen lever {WORD}."))
    SearchEntry.objects.all().delete()
    assert not in_step() and not is_found(client)
    rebuild()
    assert in_step() and is_found(client)
    SearchEntry.objects.update(edition=0)
    assert catch_up() > 0 and in_step()


ODD = [
    '"', '""', '" "', "AND", "OR NOT", "a AND (b", "NEAR(a b)", "*", "(((", "'", "';--", "\\", "%",
    "_", "a:b", "-a", "!&|", "<b>", "\x00", "a\x00b", "🎉", "🎉 ældre", "ß", "ﷺ", "ελλάδα",
    "x" * 10_000,
    "a " * 5_000, "32/13", "0/0-0000", "99. maj 9999", "2015-1", "²", "½ ①",
]  # fmt: skip


@pytest.mark.parametrize("typed", ODD, ids=lambda typed: ascii(typed[:12]))
def test_nothing_that_is_typed_is_an_error(client, typed) -> None:
    a_written("Fugleplan", ("Bure", "I byen lever ελλάδα & ß."))
    assert client.get("/planer/", {"q": typed}).status_code == 200


def test_what_may_have_been_meant_is_said(client) -> None:
    a_written("Boligstrategi", ("Mål", "Flere almene boliger."))
    html = client.get("/planer/", {"q": "bolgistrategi"}).content.decode()
    assert "Mente du" in html and ">Boligstrategi</a>?" in html


def test_where_nothing_has_all_the_words_what_has_some_is_told(client) -> None:
    a_written("Boligstrategi", ("Mål", "Flere almene boliger."))
    html = client.get("/planer/", {"q": "almene xylofoner"}).content.decode()
    assert "Ingen side har alle ordene" in html and "Boligstrategi" in html
