"""What should be going on beside the pages: a worker, mails, backups."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core.cache import cache
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kommuneplan import clock
from kommuneplan.core.backup.manifest import whole_in
from kommuneplan.core.enums import MailReason
from kommuneplan.core.models import Mail, WorkerBeat
from kommuneplan.core.strangers import budgets

from .diagnosis import Diagnosis, fault, fine, warning

FRESH = dt.timedelta(hours=26)  # a backup each night, and two hours for it to be made
OVERDUE = dt.timedelta(minutes=10)  # a mail is taken within a minute of its time
LONG = dt.timedelta(hours=24)
LATELY = dt.timedelta(days=7)
NEARLY_FULL = 80  # percent
# What goes to no mail server.
_NOWHERE = {
    f"django.core.mail.backends.{name}.EmailBackend"
    for name in ("console", "dummy", "filebased", "locmem")
}
_OF_THE_SERVER = (MailReason.SERVER, MailReason.LOGIN, MailReason.SENDER)


def worker() -> Diagnosis:
    """Without one nothing is sent and nothing long is made."""
    if WorkerBeat.is_silent():
        last = WorkerBeat.last()
        return fault(
            _("Worker"),
            _("Silent since %(moment)s.") % {"moment": _moment(last)}
            if last
            else _("It has never given a sign of life."),
            _("Start manage.py worker, and have it started again whenever it ends."),
        )
    return fine(_("Worker"), _("Alive."))


def backups() -> Diagnosis:
    """The newest whole backup is of last night."""
    subject, root = _("Backups"), settings.BACKUP_ROOT
    if root is None:
        return warning(
            subject,
            _("Nobody has said where they lie, so they are not looked after."),
            _("Set BACKUP_ROOT to the folder in which manage.py backup makes them."),
        )
    remedy = _("See what the timer of manage.py backup has said last.")
    whole = whole_in(root)
    if not whole:
        words = _("There is no whole backup in %(place)s.") % {"place": root}
        return fault(subject, words, remedy)
    newest, _folder = whole[-1]
    words = _("The newest is of %(moment)s.") % {"moment": _moment(newest.day)}
    if newest.day < clock.now() - FRESH:
        return fault(subject, words, remedy)
    if newest.missing:
        return warning(
            subject,
            ngettext(
                "The newest lacks %(count)s file that the database names.",
                "The newest lacks %(count)s files that the database names.",
                len(newest.missing),
            )
            % {"count": len(newest.missing)},
            _("Run manage.py backup by hand: it names them. Look for them in an older backup."),
        )
    return fine(subject, words)


def mails() -> Diagnosis:
    """What was written goes out, and comes to somebody."""
    subject, now = _("Mails"), clock.now()
    if settings.EMAIL_BACKEND in _NOWHERE:
        return fault(
            subject,
            _("They go to no mail server (%(backend)s).") % {"backend": settings.EMAIL_BACKEND},
            _("Remove EMAIL_BACKEND from the environment, and set EMAIL_HOST."),
        )
    waiting = Mail.objects.waiting()
    if overdue := waiting.filter(next_try__lt=now - OVERDUE).count():
        return fault(
            subject,
            _("Due, and taken by nobody: %(count)s.") % {"count": overdue},
            _("Start manage.py worker."),
        )
    if held := waiting.filter(reason__in=_OF_THE_SERVER).order_by("created_at").first():
        return fault(
            subject,
            _("They wait since %(moment)s: %(reason)s.")
            % {"moment": _moment(held.created_at), "reason": MailReason(held.reason).label},
            _("See whether EMAIL_HOST answers, and whether user, password and sender are right."),
        )
    failed = Mail.objects.failed().filter(failed_at__gt=now - LATELY).count()
    old = waiting.filter(created_at__lt=now - LONG).count()
    if failed or old:
        return warning(
            subject,
            _("Given up within a week: %(failed)s; waiting for more than a day: %(old)s.")
            % {"failed": failed, "old": old},
            _("See them at /arbejde/mails/."),
        )
    return fine(subject, _("Waiting: %(count)s.") % {"count": waiting.count()})


def strangers() -> Diagnosis:
    """What strangers hold leaves room for the next who answers."""
    subject = _("What strangers hold")
    fullest = max(budgets(), key=lambda one: one.percent)
    words = _("Fullest: %(what)s, %(percent)s %%.") % {
        "what": fullest.label, "percent": fullest.percent
    }  # fmt: skip
    if fullest.percent < NEARLY_FULL:
        return fine(subject, words)
    remedy = _("See /arbejde/mails/. Where the answers are real, raise STRANGERS_TIMES.")
    return (fault if fullest.percent >= 100 else warning)(subject, words, remedy)


def shared_cache() -> Diagnosis:
    """What all processes should know: pages that are made, codes that have been used."""
    subject = _("Cache")
    answers = getattr(cache, "answers", None)  # ours alone is shared and can be asked
    if answers is None:
        return warning(
            subject,
            _("Each process keeps its own: a one-time code counts once in each of them."),
            _("Set CACHE_URL to a Redis that only the house can reach."),
        )
    if not answers():
        return fault(
            subject,
            _("Redis does not answer: every page is made anew."),
            _("Start Redis, or correct CACHE_URL."),
        )
    return fine(subject, _("Redis answers."))


def _moment(at: dt.datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
