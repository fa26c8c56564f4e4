"""Strangers hold no more than is declared; whoever is known is not touched by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from consultations.answering import budgets
from consultations.answering.actions import drafts, sending
from consultations.models import DraftFile, Response, ResponseDraft, Round
from kommuneplan import clock
from kommuneplan.core import strangers
from kommuneplan.core.models import Mail, Municipality, StoredFile
from kommuneplan.core.strangers import UsedUp
from tests.consultations.answers import a_draft, begun, submitted, typed
from tests.consultations.round_factories import a_round, an_invitation
from tests.races import race

pytestmark = pytest.mark.django_db
HERE = "tests.consultations.answering.test_budgets"
LIBRARY, ELSEWHERE = "80.62.1.1", "80.62.1.2"


@pytest.fixture(autouse=True)
def little_work(settings):
    settings.CONSULTATION_PROOF_BITS = 4


def allowed(settings, scope: str, **limits: int) -> None:
    """So much and no more."""
    table = {one: dict(kinds) for one, kinds in settings.STRANGERS.items()}
    table[scope] |= limits
    settings.STRANGERS = table


def tried(client: Client, round: Round, address: str = LIBRARY, **fields):
    """Somebody writes from an address, and presses the button."""
    page = f"/hoeringer/{round.slug}/svar/"
    html = client.get(page, REMOTE_ADDR=address).content.decode()
    data = typed(html, text="Jeg er enig.", save="1", **fields)
    return client.post(page, data, REMOTE_ADDR=address)


def note(name: str = "notat.txt", size: int = 9) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, (name.encode() * size)[:size], "text/plain")


def put(draft: ResponseDraft, name: str, size: int = 10) -> DraftFile:
    return drafts.add_file(
        draft=draft, name=name, data=(name.encode() * size)[:size], content_type="text/plain",
        at=clock.now(),
    )  # fmt: skip


# --- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["network", "round", "all"])
def test_where_no_more_can_be_begun_nothing_typed_is_lost_and_it_is_said_what_to_do(
    client, settings, scope
):
    allowed(settings, scope, answers=1)
    Municipality.objects.create(pk=1, name="Prøve Kommune", contact_email="plan@example.org")
    round = a_round()
    assert tried(client, round).status_code == 302
    answer = tried(client, round, name="Ida Berg")
    html = answer.content.decode()
    assert answer.status_code == 429
    assert "Jeg er enig." in html and "Ida Berg" in html
    assert "er ikke gemt endnu" in html and "plan@example.org" in html
    assert ResponseDraft.objects.count() == 1


def test_another_network_and_another_round_are_not_touched(client, settings):
    allowed(settings, "network", answers=1)
    round = a_round()
    assert tried(client, round).status_code == 302
    assert tried(client, round).status_code == 429
    assert tried(client, round, ELSEWHERE).status_code == 302
    allowed(settings, "round", answers=2)
    assert tried(client, round, "80.62.1.3").status_code == 429
    assert tried(client, a_round(title="En anden"), "80.62.1.3").status_code == 302


def test_whoever_was_invited_is_not_touched(client, settings):
    for scope in ("network", "round", "all"):
        allowed(settings, scope, answers=0, files=0, bytes=0, mails=0)
    invitation = an_invitation(a_round(), "Handicaprådet")
    address = f"/hoeringer/invitation/{invitation.token}/svar/"
    html = client.get(address).content.decode()
    files = [note(f"n{number}.txt") for number in range(12)]  # more than a stranger's ten
    answer = client.post(address, typed(html, text="Vi er enige.", save="1", files=files))
    assert answer.status_code == 302
    assert DraftFile.objects.count() == 12
    submitted(ResponseDraft.objects.get(), clock.now())
    assert Mail.objects.count() == 1


def test_what_was_begun_is_gone_on_with_and_sent_although_no_more_can_be_begun(client, settings):
    round = a_round()
    address = begun(client, round)
    allowed(settings, "all", answers=0, mails=0)
    html = client.get(address).content.decode()
    assert client.post(address, typed(html, text="Mere.", save="1")).status_code == 302
    submitted(ResponseDraft.objects.get(), clock.now())
    assert Response.objects.get().newest.content["text"] == "Mere."


def test_an_answer_is_no_strangers_any_more_once_its_address_is_confirmed(client, settings):
    round = a_round()
    sent = submitted(a_draft(round, secret="en"), clock.now())
    assert [one.held for one in budgets.measure("answers", round=round, at=clock.now())] == [1, 1]
    sending.verify(response=sent.response, token=_token(sent.response), at=clock.now())
    assert [one.held for one in budgets.measure("answers", round=round, at=clock.now())] == [0, 0]


def _token(response: Response) -> str:
    from consultations.responses.receipt import verification

    return verification(response)


def test_behind_a_proxy_that_tells_no_address_nobody_is_taken_for_everybody(client, settings):
    allowed(settings, "network", answers=1)
    round = a_round()
    for address in ("127.0.0.1", "10.0.0.7", "0.0.0.0"):
        assert tried(client, round, address).status_code == 302
        assert tried(client, round, address).status_code == 302


def test_the_address_itself_is_not_kept(client):
    tried(client, a_round())
    mark = ResponseDraft.objects.get().network
    assert len(mark) == 32 and LIBRARY not in mark
    assert mark == strangers.network_mark(LIBRARY) != strangers.network_mark(ELSEWHERE)


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "limit"), [("files", 1), ("bytes", 15)])
@pytest.mark.parametrize("scope", ["network", "round", "all"])
def test_a_file_too_many_leaves_no_byte_and_the_words_are_kept(
    client, settings, scope, kind, limit
):
    allowed(settings, scope, **{kind: limit})
    round = a_round()
    assert tried(client, round, files=note("en.txt")).status_code == 302
    answer = tried(client, round, files=note("to.txt"))
    assert answer.status_code == 422
    assert "to.txt: Der er ikke plads til flere filer" in answer.content.decode()
    assert ResponseDraft.objects.filter(text="Jeg er enig.").count() == 2
    assert [one.name for one in StoredFile.objects.all()] == ["en.txt"]
    kept = {one.content.name for one in StoredFile.objects.all()}
    root = Path(django_settings.MEDIA_ROOT)
    on_disk = {str(one.relative_to(root)) for one in root.rglob("*") if one.is_file()}
    assert not {name for name in on_disk if _is_of(name, b"to.txttot")} and kept <= on_disk


def _is_of(name: str, data: bytes) -> bool:
    import hashlib

    return hashlib.sha256(data).hexdigest() in name


def test_a_file_that_was_sent_counts_once_and_as_long_as_nobody_confirmed_it():
    round = a_round()
    draft = a_draft(round)
    put(draft, "a.txt", 7)
    submitted(draft, clock.now())
    held = {one.kind: one.held for one in budgets.measure("files", "bytes", at=clock.now())}
    assert held == {"files": 1, "bytes": 7}
    ResponseDraft.objects.all().delete()
    held = {one.kind: one.held for one in budgets.measure("files", "bytes", at=clock.now())}
    assert held == {"files": 1, "bytes": 7}
    Response.objects.update(verified_at=clock.now())
    assert not any(one.held for one in budgets.measure("files", "bytes", at=clock.now()))


def test_one_answer_holds_so_many_letters_and_can_be_shortened(client, settings):
    settings.STRANGERS_ANSWER = {**settings.STRANGERS_ANSWER, "letters": 30}
    address = begun(client, a_round(), text="x" * 25)
    html = client.get(address).content.decode()
    answer = client.post(address, typed(html, text="y" * 31, save="1"))
    assert answer.status_code == 422
    assert "så mange bogstaver" in answer.content.decode() and "y" * 31 in answer.content.decode()
    assert client.post(address, typed(html, text="y" * 29, save="1")).status_code == 302


# --- mails ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scope", ["network", "round", "all"])
def test_no_more_mails_than_may_be_and_the_pages_say_so(client, settings, scope):
    allowed(settings, scope, mails=1)
    round = a_round()
    for number in range(2):
        draft = a_draft(round, secret=f"s{number}", email=f"p{number}@example.org",
                        network=strangers.network_mark(LIBRARY))  # fmt: skip
        mailed = drafts.mail_link(draft=draft, secret=f"s{number}", at=clock.now())
        assert mailed is (number == 0)
    done = submitted(ResponseDraft.by_secret("s1").get(), clock.now())
    assert Mail.objects.count() == 1
    html = client.get(f"/hoeringer/kvittering/{done.secret}/").content.decode()
    assert "Denne side er din kvittering" in html


def test_the_figures_are_those_of_the_rows():
    round = a_round()
    put(a_draft(round, email="a@example.org"), "a.txt", 40)
    drafts.mail_link(draft=ResponseDraft.objects.get(), secret="x", at=clock.now())
    for scope in ("all", "round"):
        found = {one.kind: one.held for one in strangers.budgets() if one.scope == scope}
        held = [found[kind] for kind in ("answers", "files", "bytes", "mails")]
        assert held == [1, 1, 40, 1]


def test_the_fullest_round_and_the_fullest_network_are_told_by_themselves():
    full, other = a_round(title="Den fulde"), a_round(title="Den anden")
    for number, (round, home) in enumerate([(full, LIBRARY), (full, LIBRARY), (other, ELSEWHERE)]):
        a_draft(round, secret=f"s{number}", network=strangers.network_mark(home))
    told = {one.label: one.held for one in strangers.budgets() if one.kind == "answers"}
    assert told == {
        "Høringssvar, som ingen har bekræftet": 3,
        "Høringssvar, som ingen har bekræftet (“Den fulde”)": 2,
        "Høringssvar, som ingen har bekræftet (ét netværk)": 2,
    }


# --- two at once ---------------------------------------------------------------------------------


def begin_one(number: int, round: int, most: int) -> str:
    with override_settings(STRANGERS={**django_settings.STRANGERS, "all": {
        **django_settings.STRANGERS["all"], "answers": most,
    }}):  # fmt: skip
        try:
            drafts.begin(
                round=Round.objects.get(pk=round), secret=f"hemmelig-{number}", at=clock.now()
            )
        except UsedUp:
            return "full"
    return "begun"


@pytest.mark.django_db(transaction=True)
def test_of_four_who_begin_at_once_only_so_many_as_fit_are_let_in():
    answers = race(f"{HERE}:begin_one", 4, a_round().pk, 2)
    assert sorted(map(str, answers)) == ["begun", "begun", "full", "full"]
    assert ResponseDraft.objects.count() == 2


def lay_one(number: int, draft: int, most: int) -> str:
    with override_settings(STRANGERS={**django_settings.STRANGERS, "all": {
        **django_settings.STRANGERS["all"], "bytes": most,
    }}):  # fmt: skip
        try:
            put(ResponseDraft.objects.get(pk=[*json.loads(str(draft))][number]), f"{number}.txt")
        except UsedUp:
            return "full"
    return "laid"


@pytest.mark.django_db(transaction=True)
def test_nor_do_files_of_four_at_once_go_beyond_what_fits():
    round = a_round()
    rows = [a_draft(round, secret=f"s{number}").pk for number in range(4)]
    answers = race(f"{HERE}:lay_one", 4, json.dumps(rows), 30)
    assert sorted(map(str, answers)) == ["full", "laid", "laid", "laid"]
    assert sum(StoredFile.objects.values_list("size", flat=True)) == 30
