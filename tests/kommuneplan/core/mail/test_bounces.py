"""Notices from mail servers: what is believed of them, and what is not."""

from __future__ import annotations

import uuid

import pytest
from django.core.management import CommandError, call_command

from kommuneplan.core.mail import actions as mailing
from kommuneplan.core.mail.bounces import MOST_BYTES, Bounce, read
from kommuneplan.core.mail.sending import send_waiting
from kommuneplan.core.models import Mail

NOTICE = """From: MAILER-DAEMON@mx.example
To: plan@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Mailen kunne ikke afleveres.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Sun, 22 Nov 2026 09:00:00 +0100

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user {address}

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Invitation

--b--
"""


def notice(
    address: str = "anna@example.org",
    message_id: str = "<1@localhost>",
    action: str = "failed",
    status: str = "5.1.1",
) -> bytes:
    return NOTICE.format(
        address=address, message_id=message_id, action=action, status=status
    ).encode()


def without_head(data: bytes) -> bytes:
    return data.replace(b"text/rfc822-headers", b"text/x-nothing")


def test_a_failure_is_read_with_its_address_and_its_mail() -> None:
    assert read(notice()) == [Bounce("anna@example.org", "<1@localhost>", False)]
    assert read(notice(status="5.2.2")) == [Bounce("anna@example.org", "<1@localhost>", True)]
    assert read(notice(action="Failed", address="ANNA@example.org"))[0].address == (
        "anna@example.org"
    )
    assert read(without_head(notice())) == [Bounce("anna@example.org", "", False)]
    whole = notice().replace(b"text/rfc822-headers", b"message/rfc822")
    assert read(whole)[0].message_id == "<1@localhost>"


@pytest.mark.parametrize(
    "data",
    [
        notice(action="delayed"),
        notice(action="delivered"),
        notice().replace(b"multipart/report", b"multipart/mixed"),
        notice().replace(b"message/delivery-status", b"text/plain"),
        b"",
        b"\x00\xff not a mail",
        b'Content-Type: multipart/report; boundary="',
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n--b--",
        b"x" * (MOST_BYTES + 1),
    ],
)
def test_what_is_no_failure_is_nothing(data) -> None:
    assert read(data) == []


@pytest.fixture
def mail(db) -> Mail:
    mail = mailing.send(
        to="anna@example.org",
        template="core/password",
        context={"link": mailing.MailLink("https://example.org/")},
        reference=f"core.password:{uuid.uuid4()}",
    )
    send_waiting()
    return mail


def test_files_mboxes_and_folders_are_read_and_nothing_is_marked_twice(
    mail, tmp_path, capsys
) -> None:
    ours = mail.email.message_id
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "1").write_bytes(notice(message_id=ours))
    (tmp_path / "box").write_bytes(b"From x Sun Nov 22 09:00:00 2026\n" + notice(message_id=ours))
    (tmp_path / "other").write_bytes(notice(message_id="<forged@localhost>"))
    call_command("read_bounces", str(tmp_path))
    assert capsys.readouterr().out == "3 mails læst, 1 noteret som kommet retur.\n"
    mail.refresh_from_db()
    assert (mail.state, mail.reason) == ("bounced", "bounced")
    with pytest.raises(CommandError, match="findes ikke"):
        call_command("read_bounces", str(tmp_path / "nowhere"))


def test_a_notice_about_another_mail_says_nothing_of_ours(mail) -> None:
    for data in (notice(message_id="<forged@localhost>"), without_head(notice("bo@example.org"))):
        (bounce,) = read(data)
        assert not mailing.record_bounce(address=bounce.address, message_id=bounce.message_id)
    (bounce,) = read(without_head(notice(status="4.2.2")))
    assert mailing.record_bounce(address=bounce.address, full=bounce.full) == 1
    mail.refresh_from_db()
    assert mail.reason == "full"
