"""A response on its way to everybody: each finding is decided, the gate asked under the lock."""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from collections.abc import Iterable
from typing import Any

import pytest

from consultations.enums import Ground, LateDecision, PublicationState
from consultations.models import (
    Attachment,
    KeptFinding,
    Redaction,
    Report,
    Response,
    ResponseRevision,
    Round,
)
from consultations.responses import content as received
from consultations.responses.passages import occurrences
from consultations.responses.published import Becomes, response_at, responses_part
from consultations.review.actions import redacting, reviewing
from consultations.review.publication_blockers import Hindrance
from consultations.review.reviews import clearance, plain_waiting
from kommuneplan import clock
from kommuneplan.core.models import Body, Municipality, StoredFile
from kommuneplan.locking import Conflict
from tests.consultations.round_factories import DAY, a_response, a_round
from tests.factories import secretary

pytestmark = pytest.mark.django_db

CPR = "Mit nummer er 010203-1234."


@pytest.fixture
def by():
    return secretary()


def cleared(response: Response, by: Any) -> Response:
    """The response, cleared."""
    return reviewing.clear(response=response, by=by)


def corrected(response: Response, text: str, **more: Any) -> None:
    """The sender leaves the response with another text, as the receipt's page does."""
    content = {**response.newest.content, "text": text, **more}
    ResponseRevision.objects.create(
        response=response, number=response.revisions.count() + 1, key=uuid.uuid4(),
        content=content, sha256=received.sha256_of(content), received_at=clock.now(),
    )  # fmt: skip
    row = Response.objects.get(pk=response.pk)
    reviewing.back_to_waiting(row)
    row.save()


def take_out(
    response: Response, words: str, by: Any, ground: str = Ground.HEALTH
) -> list[Redaction]:
    return redacting.take_out_words(
        response=response, seen=response.newest, wanted=words, ground=ground, by=by
    )


# --- the gate ------------------------------------------------------------------------------------


def test_nothing_is_published_while_something_found_is_undecided(by):
    response = a_response(a_round(), text=CPR)
    with pytest.raises(reviewing.Hindered) as refused:
        cleared(response, by)
    assert refused.value.what == [Hindrance.FINDINGS]
    response.refresh_from_db()
    assert response.published_at is None


@pytest.mark.parametrize("place", ["text", "answers", "remarks", "organisation"])
def test_every_place_is_looked_into(by, place):
    given: dict[str, Any] = {
        "text": {"text": CPR},
        "answers": {"answers": [{"question": "q", "asked": "Hvad?", "words": CPR}]},
        "remarks": {"remarks": [{"uid": "r", "anchor": "", "quote": "", "words": CPR}]},
        "organisation": {"sender_kind": "organisation", "organisation": "Foreningen 010203-1234"},
    }[place]
    state = clearance(a_response(a_round(), **given))
    assert [one.finding.quote for one in state.open_findings] == ["010203-1234"]
    assert state.hindrances == [Hindrance.FINDINGS]


def test_taken_out_a_finding_leaves_a_mark_and_the_number_is_nowhere(by):
    response = a_response(a_round(), text=CPR)
    state = clearance(response)
    redacting.decide(
        response=response, seen=state.revision, out=state.open_findings, keep=[], by=by
    )
    row = cleared(response, by)
    assert "010203" not in str(row.published)
    assert clearance(row).shown.text == (("Mit nummer er ", ""), ("", "cpr"), (".", ""))
    assert response.newest.content["text"] == CPR  # what was received stays


def test_left_in_a_finding_is_shown_and_says_why_and_by_whom(by):
    response = a_response(a_round(), text="Ring til formanden på 33 66 33 66.")
    state = clearance(response)
    keep = [(one, "Foreningens eget nummer") for one in state.open_findings]
    assert keep
    redacting.decide(response=response, seen=state.revision, out=[], keep=keep, by=by)
    cleared(response, by)
    kept = KeptFinding.objects.get()
    assert (kept.reason, kept.by) == ("Foreningens eget nummer", by)
    assert "33 66" not in kept.digest


def test_a_decision_is_about_those_words_alone(by):
    response = a_response(a_round(), text="Ring 33 66 33 66.")
    state = clearance(response)
    redacting.decide(
        response=response, seen=state.revision, out=[],
        keep=[(one, "Offentligt nummer") for one in state.open_findings], by=by,
    )  # fmt: skip
    corrected(response, "Ring 33 66 33 66 eller 40 50 60 70.")
    assert [one.finding.quote for one in clearance(response).open_findings] == ["40 50 60 70"]


def test_a_correction_by_the_sender_puts_the_response_back_to_waiting(by):
    response = a_response(a_round(), text="Jeg er enig.")
    cleared(response, by)
    corrected(response, "Jeg er uenig.")
    row = Response.objects.get()
    assert row.publication_state == PublicationState.WAITING
    assert row.published == {}


def test_what_was_taken_out_before_a_correction_is_asked_about_again(by):
    response = a_response(a_round(), text="Min søn har diabetes. Tak.")
    take_out(response, "har diabetes", by)
    corrected(response, "Min søn har diabetes. Mange tak.")
    state = clearance(response)
    assert state.hindrances == [Hindrance.EARLIER]
    assert not state.is_plain
    redacting.take_out_again(response=response, seen=state.revision, by=by)
    assert clearance(response).hindrances == []
    cleared(response, by)
    assert "diabetes" not in str(Response.objects.get().published)


def test_decisions_about_words_the_sender_has_corrected_since_are_refused(by):
    response = a_response(a_round(), text=CPR)
    state = clearance(response)
    corrected(response, "010203-1234 er mit nummer.")
    with pytest.raises(Conflict):
        redacting.decide(response=response, seen=state.revision, out=state.found, keep=[], by=by)
    assert not Redaction.objects.exists()


def test_a_response_that_was_cleared_loses_words_taken_out_later_at_once(by):
    response = a_response(a_round(publish_when="cleared"), text="Min søn har diabetes.")
    cleared(response, by)
    assert "diabetes" in str(Response.objects.get().published)
    take_out(response, "diabetes", by)
    row = Response.objects.get()
    assert "diabetes" not in str(row.published)
    assert row.publication_state == PublicationState.CLEARED


def test_put_back_words_of_a_cleared_response_make_it_wait(by):
    response = a_response(a_round(), text="Min søn har diabetes.")
    (one,) = take_out(response, "diabetes", by)
    cleared(response, by)
    redacting.lift(redaction=one, by=by)
    row = Response.objects.get()
    assert row.publication_state == PublicationState.WAITING
    assert row.published == {}
    one.refresh_from_db()
    assert one.lifted_by == by


def test_words_are_taken_out_at_all_their_places(by):
    response = a_response(
        a_round(),
        text="Bo Ek siger nej. Det gør Bo\nEk altid.",
        remarks=[{"uid": "r", "anchor": "", "quote": "", "words": "Spørg Bo Ek"}],
    )
    rows = take_out(response, "Bo Ek", by, Ground.NAMED_PERSON)
    assert [(row.place, row.begins, row.ends) for row in rows] == [
        ("text", 0, 5), ("text", 25, 30), ("remarks.r", 6, 11),
    ]  # fmt: skip
    assert take_out(response, "Bo Ek", by) == []  # not twice
    with pytest.raises(redacting.NothingThere):
        take_out(response, "Findes ikke", by)


def test_a_name_the_sender_wrote_in_other_letters_is_found_and_taken_out_everywhere(by):
    decomposed = unicodedata.normalize("NFD", "Åse Kjærgård")
    response = a_response(
        a_round(),
        text=f"Jeg, {decomposed}, er enig. Åse Kjærgård.",
        name="Åse Kjærgård",
        is_protected=True,
    )
    assert Hindrance.FINDINGS in clearance(response).hindrances
    take_out(response, "Åse Kjærgård", by)
    text = str(clearance(response).shown.text)
    assert "rg" not in text and "se Kj" not in text and "\u030a" not in text


def test_a_redaction_that_leaves_the_words_behind_is_refused_and_nothing_taken_out(by, monkeypatch):
    response = a_response(a_round(), text="Karin Holm skriver. Karin Holm er enig.")
    only_first = lambda text, words: occurrences(text, words)[:1]  # noqa: E731
    monkeypatch.setattr(redacting, "occurrences", only_first)
    with pytest.raises(redacting.LeftBehind):
        take_out(response, "Karin Holm", by)
    assert not response.redactions.exists()


def test_letters_that_are_not_there_cannot_be_taken_out(by):
    response = a_response(a_round(), text="Kort")
    for place, begins, ends in [("text", 2, 99), ("text", 3, 3), ("findes.ikke", 0, 1)]:
        with pytest.raises(redacting.NothingThere):
            redacting.take_out(
                response=response, seen=response.newest, ground=Ground.CPR, by=by,
                stretches=[redacting.StretchToRemove(place, begins, ends)],
            )  # fmt: skip


def test_a_late_response_is_decided_before_it_is_shown(by):
    response = a_response(a_round(), is_late=True)
    assert clearance(response).hindrances == [Hindrance.LATE]
    reviewing.decide_late(
        response=response, decision=LateDecision.REFUSED, reason="To uger for sent", by=by
    )
    with pytest.raises(reviewing.Hindered):
        cleared(response, by)
    reviewing.decide_late(
        response=response, decision=LateDecision.ACCEPTED, reason="Posten strejkede", by=by
    )
    cleared(response, by)
    reviewing.decide_late(
        response=response, decision=LateDecision.REFUSED, reason="Alligevel ikke", by=by
    )
    assert Response.objects.get().publication_state == PublicationState.WAITING


def test_a_response_in_time_cannot_be_called_late(by):
    with pytest.raises(ValueError, match="in time"):
        reviewing.decide_late(
            response=a_response(a_round()), decision=LateDecision.REFUSED, reason="Nej", by=by
        )


def test_a_withdrawn_response_cannot_be_cleared(by):
    response = a_response(a_round(), withdrawn_at=clock.now())
    with pytest.raises(reviewing.Hindered) as refused:
        cleared(response, by)
    assert refused.value.what == [Hindrance.WITHDRAWN]


def test_two_who_decide_at_once_the_second_is_told(by):
    response = a_response(a_round())
    seen = response.version
    reviewing.hide(response=response, reason="Injurier", seen=seen, by=by)
    with pytest.raises(Conflict):
        reviewing.clear(response=response, seen=seen, by=by)
    assert Response.objects.get().publication_state == PublicationState.HIDDEN


# --- many at once --------------------------------------------------------------------------------


def seen_in(round: Round, numbers: Iterable[int]) -> dict[int, str]:
    """What a page would have shown of these numbers."""
    rows = {row.number: row for row in round.responses.filter(number__in=numbers)}
    return {one: clearance(rows[one]).seen if one in rows else "x" for one in numbers}


def test_only_those_in_which_nothing_was_found_are_cleared_together(by):
    round = a_round()
    a_response(round)
    a_response(round, text=CPR)
    a_response(round, is_late=True)
    a_response(round, withdrawn_at=clock.now())
    hidden = a_response(round)
    reviewing.hide(response=hidden, reason="Injurier", by=by)
    decided = a_response(round, text=CPR)
    take_out(decided, "010203-1234", by, Ground.CPR)
    other = a_response(a_round())
    assert [one.response.number for one in plain_waiting(round)] == [1]
    assert reviewing.release(round=round, seen=seen_in(round, range(1, 8)), by=by) == [1]
    assert Response.objects.filter(publication_state="cleared").count() == 1
    other.refresh_from_db()
    assert other.publication_state == PublicationState.WAITING


def test_numbers_of_others_change_nothing(by):
    round, foreign = a_round(), a_round()
    for _one in range(3):
        a_response(round)
        a_response(foreign)
    assert reviewing.release(round=round, seen=seen_in(round, [2, 99]), by=by) == [2]
    assert foreign.responses.filter(publication_state="cleared").count() == 0


# --- from when, and what everybody sees ----------------------------------------------------------


@pytest.mark.parametrize("change", ["corrected", "taken out", "annex", "withdrawn", "names"])
def test_one_that_has_changed_since_it_was_seen_is_not_released(by, change):
    round = a_round()
    row, other = a_response(round, text="Jeg er enig. Husk cyklerne."), a_response(round)
    seen = seen_in(round, [1, 2])
    if change == "corrected":
        corrected(row, "Jeg er uenig.")
    elif change == "taken out":
        take_out(row, "cyklerne", by, Ground.OTHER)
    elif change == "annex":
        reviewing.hide(response=row, reason="Et bilag", by=by)
        reviewing.take_back(response=Response.objects.get(pk=row.pk), by=by)
    elif change == "withdrawn":
        Response.objects.filter(pk=row.pk).update(withdrawn_at=clock.now())
    else:
        row.refresh_from_db()
        row.organisation, row.sender_kind = "Naboerne", "organisation"
        row.save()
    assert reviewing.release(round=round, seen=seen, by=by) == [2]
    row.refresh_from_db()
    assert row.publication_state == PublicationState.WAITING
    other.refresh_from_db()
    assert other.publication_state == PublicationState.CLEARED


def numbers(round: Round, at: dt.datetime) -> dict[int, str]:
    """What everybody sees at each number."""
    lines = responses_part(Round.objects.get(pk=round.pk), at=at).lines
    return {line.number: line.label if line.words else line.becomes.value for line in lines}


def test_cleared_responses_are_shown_from_when_the_round_says_without_a_job(by):
    now = clock.now()
    at_once = a_round(publish_when="cleared")
    after = a_round(publish_when="deadline")
    with_report = a_round(publish_when="report")
    for round in (at_once, after, with_report):
        cleared(a_response(round), by)
    before, past = now + 20 * DAY, now + 40 * DAY
    assert numbers(at_once, before) == {1: "Borger, nr. 1"}
    assert numbers(after, before) == {}
    assert numbers(after, after.closes_at - dt.timedelta(milliseconds=1)) == {}
    assert numbers(after, after.closes_at) == {1: "Borger, nr. 1"}
    assert numbers(with_report, past) == {}
    report = Report(
        round=with_report, number=1, name="Høringsnotat", made_at=now, digest="x",
        published_at=past, content="{}",
    )  # fmt: skip
    Report.objects.bulk_create([report])
    assert numbers(with_report, past - DAY) == {}
    assert numbers(with_report, past) == {1: "Borger, nr. 1"}


def test_internal_and_closed_rounds_show_nothing_to_everybody(by):
    internal = a_round(public=False, is_internal=True, publish_when="cleared")
    invited = a_round(public=False, publish_when="cleared")
    for round in (internal, invited):
        cleared(a_response(round), by)
        assert numbers(round, clock.now() + 50 * DAY) == {}


def test_hidden_withdrawn_and_refused_leave_their_number_and_waiting_ones_are_counted(by):
    round = a_round(publish_when="cleared")
    cleared(a_response(round), by)
    reviewing.hide(response=a_response(round), reason="Injurier", by=by)
    a_response(round, withdrawn_at=clock.now())
    a_response(round, is_late=True, late_decision="refused", late_because="For sent")
    a_response(round)
    part = responses_part(round, at=clock.now())
    assert [(line.number, line.becomes.value) for line in part.lines] == [
        (1, "shown"), (2, "hidden"), (3, "withdrawn"), (4, "refused"),
    ]  # fmt: skip
    assert (part.shown, part.waiting) == (1, 1)
    assert response_at(round, 5, at=clock.now()) is None
    assert response_at(round, 2, at=clock.now()).becomes == Becomes.HIDDEN


def test_hiding_and_taking_back_are_at_once(by):
    round = a_round(publish_when="cleared")
    response = cleared(a_response(round, text="Ord som skal væk"), by)
    reviewing.hide(response=response, reason="Injurier", by=by)
    row = Response.objects.get()
    assert (row.published, row.published_at) == ({}, None)
    reviewing.take_back(response=row, by=by)
    assert numbers(round, clock.now()) == {}


def test_names_are_shown_only_where_they_were_promised_and_as_long_as_the_house_shows_them(by):
    Municipality.objects.update_or_create(pk=1, defaults={"shows_private_names": True})
    round = a_round(publish_when="cleared")
    cleared(a_response(round, name="Bo Ek", names_public=True), by)
    cleared(a_response(round, name="Ib Ask", names_public=True, is_protected=True), by)
    cleared(a_response(round, name="Ea Elm"), by)  # was told that names are not shown
    assert list(numbers(round, clock.now()).values()) == [
        "Bo Ek", "Borger, nr. 2", "Borger, nr. 3",
    ]  # fmt: skip
    assert not [
        word for word in ("Ib", "Ea") if word in str([*Response.objects.values("published")])
    ]
    Municipality.objects.update(shows_private_names=False)
    assert numbers(round, clock.now())[1] == "Borger, nr. 1"


def test_names_switched_on_afterwards_reveal_nobody(by):
    round = a_round(publish_when="cleared")
    cleared(a_response(round, name="Bo Ek", names_public=False), by)
    Municipality.objects.update_or_create(pk=1, defaults={"shows_private_names": True})
    assert numbers(round, clock.now()) == {1: "Borger, nr. 1"}
    later = a_response(round, name="Ea Elm", names_public=False)
    cleared(later, by)
    assert numbers(round, clock.now())[2] == "Borger, nr. 2"


# --- annexes -------------------------------------------------------------------------------------


def with_annex(round: Round, **fields: Any) -> Attachment:
    """A file that was handed in with a new response."""
    file, uid = StoredFile.keep("svar.txt", b"Hej", "text/plain"), uuid.uuid4()
    response = a_response(round, files=[{"uid": str(uid), "name": file.name, "sha256": "x"}])
    return Attachment.objects.create(uid=uid, response=response, file=file, **fields)


def test_an_annex_nobody_has_examined_hinders(by):
    annex = with_annex(a_round())
    response = annex.response
    assert clearance(response).hindrances == [Hindrance.ANNEX_NOT_EXAMINED]
    reviewing.hide_annex(annex=annex, reason="Uden betydning", seen=annex.version, by=by)
    cleared(response, by)


def test_an_infected_annex_is_never_given_out(by):
    annex = with_annex(a_round(), examined_at=clock.now())
    response = annex.response
    StoredFile.objects.filter(pk=annex.file_id).update(scan_state="infected")
    assert clearance(response).hindrances == [Hindrance.ANNEX_INFECTED]
    with pytest.raises(reviewing.Hindered):
        reviewing.release_annex(annex=annex, reason="Kom nu", seen=annex.version, by=by)


def test_an_annex_in_which_nothing_was_found_goes_with_its_response(by):
    round = a_round(publish_when="cleared")
    annex = with_annex(round, examined_at=clock.now())
    response = annex.response
    cleared(response, by)
    annex.refresh_from_db()
    assert annex.state == PublicationState.CLEARED
    (line,) = responses_part(round, at=clock.now()).lines
    assert [one.title for one in line.annexes] == ["svar.txt"]
    reviewing.annex_back(annex=annex, seen=annex.version, by=by)
    assert Response.objects.get().publication_state == PublicationState.WAITING


@pytest.mark.parametrize(
    ("protected", "grounds"), [(True, {"protected"}), (False, {"contact"})]
)  # the sender's own name and number
def test_what_the_sender_says_of_themselves_goes_on_its_own_ground(by, protected, grounds):
    response = a_response(
        a_round(), name="Ea Elm", is_protected=protected, text="Ea Elm, telefon 40 50 60 70"
    )
    assert {one.ground.value for one in clearance(response).found} == grounds


def test_an_annex_that_the_sender_left_out_of_a_correction_is_given_to_nobody(by):
    round = a_round(publish_when="cleared")
    annex = with_annex(round, examined_at=clock.now())
    cleared(annex.response, by)
    corrected(annex.response, "Uden bilaget.", files=[])
    cleared(Response.objects.get(), by)
    (line,) = responses_part(round, at=clock.now()).lines
    assert line.annexes == ()
    annex.refresh_from_db()
    assert annex.state == PublicationState.HIDDEN


# --- names of the house --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "organisation",
    [
        "Socialudvalget",
        "SOCIALUDVALGET",
        "Ѕосіаludvalget",  # Cyrillic
        "S o c i a l u d v a l g e t",
        "Socia1udvalget",
        "Socialudvalgets sekretariat",
        "Fοrvaltningen",  # a Greek omicron
        "Borgmesteгen",  # a Cyrillic r
        "Kobenhavns Kornmune",
    ],
)
def test_a_name_like_one_of_the_house_waits_for_a_person(by, organisation):
    Body.objects.get_or_create(name="Socialudvalget")
    house = Municipality.current()
    house.name = "Københavns Kommune"
    house.save()
    round = a_round()
    response = a_response(round, sender_kind="organisation", organisation=organisation)
    state = clearance(response)
    assert [one.finding.kind for one in state.open_findings] == ["house"]
    assert not state.is_plain
    with pytest.raises(reviewing.Hindered):
        cleared(response, by)
    kept = [(one, "De skriver for udvalget.") for one in state.open_findings]
    redacting.decide(response=response, seen=state.revision, out=[], keep=kept, by=by)
    assert cleared(response, by).published_at is not None


@pytest.mark.parametrize("organisation", ["Plejehjemmets administration", "Beboerne i Sydhavnen"])
def test_other_names_do_not(by, organisation):
    Body.objects.get_or_create(name="Socialudvalget")
    response = a_response(a_round(), sender_kind="organisation", organisation=organisation)
    assert clearance(response).open_findings == []
