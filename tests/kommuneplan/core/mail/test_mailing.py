"""What a mail is before it is sent, what it looks like, and what becomes of it."""

from __future__ import annotations

import datetime as dt
import itertools
import smtplib
import uuid

import pytest
import time_machine
from django.core import mail as outbox
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import transaction
from django.template.loader import get_template

from kommuneplan import clock
from kommuneplan.core.enums import MailReason, MailState
from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.mail import sending
from kommuneplan.core.mail.rendering import inert, render
from kommuneplan.core.models import Mail, Municipality

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(NOW, tick=False) as clocks:
        yield clocks


@pytest.fixture
def municipality() -> Municipality:
    return Municipality.objects.create(
        pk=1, name='Åbykøb "Ny" Kommune', contact_email="plan@aabykoeb.example"
    )


def write(to: str = "Anna@Example.org", by: str = "Bo Prøve", **more) -> Mail:
    values = {
        "by": by,
        "role": "medlem",
        "body": "Socialudvalget",
        "link": mailing.MailLink("https://plan.example.org/konto/invitation/hemmeligt/"),
        "until": NOW.date(),
    }
    more.setdefault("reference", f"core.invitation:{uuid.uuid4()}")
    return mailing.send(to=to, template="core/invitation", context=values, **more)


def sent() -> list:
    sending.send_waiting()
    return outbox.outbox


def test_a_mail_is_calm_danish_text_and_html_from_the_municipality(municipality) -> None:
    mail = write()
    (message,) = sent()
    assert message.to == ["anna@example.org"]
    assert message.from_email == '"Åbykøb Ny Kommune" <plan@localhost>'
    assert message.subject == 'Invitation til Åbykøb "Ny" Kommune'
    headers = message.message()
    assert headers["Message-ID"] == f"<{mail.uid}@localhost>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Reply-To"] == "plan@aabykoeb.example"
    ((html, kind),) = message.alternatives
    assert kind == "text/html" and "Åbykøb &quot;Ny&quot; Kommune" in html
    for words in (message.body, html):
        assert "https://plan.example.org/konto/invitation/hemmeligt/" in words
        assert "Bo Prøve inviterer dig" in words and "Venlig hilsen" in words
        assert "går dit svar til plan@aabykoeb.example." in words
    assert "&quot;" not in message.body and "\n\n\n" not in message.body


def test_what_people_have_written_works_as_neither_html_nor_link(municipality) -> None:
    write(by='<a href="https://ond.example">Bo</a> www.ond.dk ond.example/x')
    (message,) = sent()
    html = message.alternatives[0][0]
    assert "<a href=" in html and html.count("<a ") == 1  # ours
    for words in (message.body, html):
        assert (
            "https://ond" not in words and "www.ond" not in words and "ond.example/x" not in words
        )
    assert inert("Møde kl. 9.30 den 3.4.2026, bl.a. om § 2.1") == (
        "Møde kl. 9.30 den 3.4.2026, bl.a. om § 2.1"
    )


@pytest.mark.parametrize("name", ["Kommune\nBcc: alle@example.org", "Kommune\r\nX: y", "A\u2028B"])
def test_a_subject_of_more_than_one_line_is_refused(name) -> None:
    Municipality.objects.create(pk=1, name=name)
    with pytest.raises(SuspiciousOperation):
        write()
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    "to", ["", "anna", "a@example.org, b@example.org", "a@example.org\nBcc: b"]
)
def test_a_mail_goes_to_one_address(to) -> None:
    with pytest.raises(ValidationError):
        write(to)


def test_only_plain_values_and_whole_links_come_into_a_mail() -> None:
    municipality = Municipality(name="X")
    with pytest.raises(TypeError):
        render("core/password", {"link": municipality})
    for address in ("javascript:alert(1)", "/konto/", "https://example.org/a b"):
        with pytest.raises(ValueError, match="absolute"):
            mailing.MailLink(address)
    with pytest.raises(KeyError):
        write(reference="unknown:1")


def test_rolled_back_there_is_no_mail(municipality) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        raise RuntimeError
    assert sent() == [] and not Mail.objects.exists()


class Refusing:
    """A mail server that answers each mail with an exception."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    def send_messages(self, messages: list) -> int:
        raise self.errors.pop(0) if len(self.errors) > 1 else self.errors[0]

    def open(self) -> None:
        pass

    def close(self) -> None:
        pass


@pytest.fixture
def refuse(monkeypatch):
    def with_errors(*errors: Exception) -> None:
        monkeypatch.setattr(sending, "get_connection", lambda: Refusing(*errors))

    return with_errors


def test_tries_go_on_with_growing_pauses_for_about_two_days(municipality, at_nine, refuse) -> None:
    mail = write()
    refuse(ConnectionRefusedError())
    times = []
    while (mail := Mail.objects.get(pk=mail.pk)).state == MailState.WAITING:
        at_nine.move_to(mail.next_try)
        times.append(clock.now())
        sending.send_waiting()
    pauses = [after - before for before, after in itertools.pairwise(times)]
    assert len(times) == 12 and pauses == sorted(pauses)
    assert dt.timedelta(hours=45) < times[-1] - times[0] < dt.timedelta(hours=50)
    state = mailing.state_of(mail.reference)
    assert state is not None and state.is_trouble
    assert state.reason == "Mailserveren svarede ikke."


@pytest.mark.parametrize(
    ("error", "reason", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"a@x.dk": (550, b"a@x.dk")}), "address", "failed"),
        (smtplib.SMTPRecipientsRefused({"a@x.dk": (450, b"later")}), "later", "waiting"),
        (smtplib.SMTPAuthenticationError(535, b"no"), "login", "waiting"),
        (smtplib.SMTPSenderRefused(550, b"no", "plan@x.dk"), "sender", "waiting"),
        (smtplib.SMTPDataError(554, b"spam"), "refused", "failed"),
        (smtplib.SMTPServerDisconnected(), "server", "waiting"),
        (TimeoutError(), "server", "waiting"),
        (UnicodeError("anna@example.org"), "mistake", "failed"),
    ],
)
def test_what_the_mail_server_says_is_told_without_personal_data(
    municipality, refuse, caplog, error, reason, state
) -> None:
    mail = write()
    refuse(error)
    sending.send_waiting()
    mail.refresh_from_db()
    assert (mail.reason, mail.state) == (reason, state)
    assert "example.org" not in caplog.text and "@" not in MailReason(reason).label


def test_two_workers_never_take_the_same_mail(municipality) -> None:
    write()
    taken = sending.take()
    assert taken is not None and sending.take() is None
    with time_machine.travel(NOW + dt.timedelta(minutes=3)):
        again = sending.take()  # the first one has not been heard of
        assert again is not None and again.pk == taken.pk
        assert sending._mark_sent(again) == 1
        assert sending._mark_sent(taken) == 0  # too late to say anything


def test_a_mail_that_is_in_a_workers_hands_is_not_put_in_the_queue_beside_it(
    municipality, at_nine
) -> None:
    write()
    taken = sending.take()
    assert mailing.send_again(mail=taken)
    assert sending.take() is None and sending._mark_sent(taken) == 1
    assert not mailing.send_again(mail=taken)  # it arrived


def test_the_text_with_its_secret_goes_and_that_it_was_sent_stays(municipality, at_nine) -> None:
    kept, gone = write(), write(keep_days=0)
    sent()
    at_nine.shift(dt.timedelta(days=6))
    sending.tidy()
    kept, gone = (Mail.objects.select_related("email").get(pk=m.pk) for m in (kept, gone))
    assert "hemmeligt" in kept.email.message and kept.emptied_at is None
    assert (gone.email.message, gone.email.html_message) == ("", "") and gone.sent_at == NOW
    at_nine.shift(dt.timedelta(days=1))
    sending.tidy()
    kept.email.refresh_from_db()
    assert kept.email.message == "" and not mailing.send_again(mail=kept)
    at_nine.shift(dt.timedelta(days=730))
    sending.tidy()
    assert not Mail.objects.exists()


def test_what_is_of_no_use_any_more_is_not_sent(municipality, at_nine) -> None:
    mail = write(until=NOW + dt.timedelta(hours=3))
    at_nine.shift(dt.timedelta(hours=3))
    assert sent() == []
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == ("failed", "expired") and not mail.can_be_sent_again
    mail.email.refresh_from_db()
    assert mail.email.message == ""


def test_a_mail_that_came_back_is_known_at_its_address(municipality, at_nine) -> None:
    mail = write()
    sent()
    assert mailing.bounced(["anna@example.org"]) == {}
    assert mailing.record_bounce(message_id=mail.email.message_id) == 1
    assert mailing.bounced(["ANNA@example.org", "bo@example.org"]) == {"anna@example.org": NOW}
    assert mailing.state_of(mail.reference).state == MailState.BOUNCED
    assert mailing.send_again(mail=mail, address="Anna.Ny@example.org")
    assert mailing.bounced(["anna@example.org"]) == {}
    assert [message.to for message in sent()] == [["anna@example.org"], ["anna.ny@example.org"]]
    ids = {message.extra_headers["Message-ID"] for message in outbox.outbox}
    assert ids == {mail.email.message_id}


def test_the_state_of_many_is_asked_in_one_query(municipality, django_assert_num_queries) -> None:
    references = [write().reference for _number in range(3)]
    write(reference=references[0])
    with django_assert_num_queries(1):
        states = mailing.states_of([*references, "core.invitation:none"])
    assert states.keys() == set(references)
    assert all(state.state == MailState.WAITING and not state.reason for state in states.values())


@pytest.mark.parametrize("name", ["core/invitation", "core/password"])
def test_every_mail_has_both_parts(name) -> None:
    assert get_template(f"mail/{name}.txt") and get_template(f"mail/{name}.html")
