"""How a status report and its recipients are told."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from kommuneplan.core.templatetags.components import badge
from kommuneplan.timespan.phrase import day_words
from plans.document.date_words import short
from plans.models import ReportRecipient, StatusReport
from plans.status_reports.paper import covers_words

register = template.Library()


@register.filter
def report_badge(report: StatusReport) -> SafeString:
    """Where a report stands, as a word in a badge."""
    if report.is_frozen:
        return badge(_("Sent"), "adopted")
    return badge(_("Planned"), "plain") if report.is_planned else badge(_("Being written"), "draft")


@register.filter
def covers(report: Any) -> str:
    """The time it covers, in words; nothing where it is not known."""
    return covers_words(report.covers_from, report.covers_until)


@register.filter
def long_day(day: dt.date | None) -> str:
    """ "21. oktober 2009"."""
    return day_words(day) if day else ""


@register.filter
def due_words(one: ReportRecipient) -> str:
    """By when a recipient is to have it, in words."""
    return short(one.when) if one.when else one.written


@register.filter
def way_words(one: ReportRecipient) -> str:
    """By which way it goes; the meeting where it is at one."""
    words = str(capfirst(one.get_channel_display())) if one.channel else ""
    if one.meeting is None:
        return words
    meeting = _("the meeting on %(day)s") % {"day": day_words(one.meeting.date)}
    return f"{words}, {meeting}" if words else str(capfirst(meeting))


@register.filter
def sent_words(one: ReportRecipient, today: dt.date | None = None) -> str:
    """When it went, or that it has not; late is said in words."""
    if one.sent_on:
        return _("sent %(day)s") % {"day": day_words(one.sent_on)}
    if today and one.is_late(today):
        return _("not sent, overdue since %(day)s") % {"day": day_words(one.latest_end)}
    due = due_words(one)
    return _("not sent, due %(when)s") % {"when": due} if due else _("not sent")
