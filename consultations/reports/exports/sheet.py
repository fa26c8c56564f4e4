"""All remarks of a round as a spreadsheet: one row each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.documents.xlsx import Cell, Sheet, render_sheets

from ..round_report import RoundReport
from .words import (
    about_remark,
    decision_words,
    period_words,
    proposal_words,
    shown_words,
    standing_words,
    title_of,
)


def report_xlsx(report: RoundReport, *, made_at: dt.datetime, link: str = "") -> bytes:
    """Remarks, parties, changes and responses, a sheet each. No row is ever left out."""
    above = (title_of(report.head), period_words(report.period))
    return render_sheets(
        [
            Sheet(
                _("Remarks"),
                (
                    *(_("No."), _("Theme"), _("Sender"), _("Senders"), _("The same is said by")),
                    *(_("About"), _("Quoted"), _("Remark"), _("The administration's reply")),
                    *(_("The administration proposes"), _("Reason")),
                    *(_("The committee's decision"), _("Changes")),
                ),
                _remarks(report),
                above,
                (6, 22, 26, 9, 26, 26, 40, 60, 60, 22, 40, 30, 10),
            ),
            Sheet(
                _("Parties"),
                (_("Party"), _("Answer"), _("Answered"), _("Own deadline"), _("Response no.")),
                _parties(report),
                (),
                (40, 26, 18, 18, 12),
            ),
            Sheet(
                _("Changes"),
                (_("No."), _("Place"), _("Before"), _("After"), _("Remarks")),
                _changes(report),
                (),
                (6, 30, 60, 60, 14),
            ),
            Sheet(
                _("Responses"),
                (_("No."), _("Sender"), _("Received"), _("Shown"), _("Response"), _("Annexes")),
                _responses(report),
                (),
                (6, 30, 18, 30, 80, 30),
            ),
        ],
        title=title_of(report.head),
        created=made_at,
        link=link,
    )


def _remarks(report: RoundReport) -> Iterator[tuple[Cell, ...]]:
    for theme in report.themes:
        for one in theme.remarks:
            yield (
                one.number,
                theme.title,
                one.sender,
                one.alike,
                ", ".join(one.others),
                " · ".join(about_remark(one)),
                one.quote,
                one.text,
                one.reply,
                proposal_words(one.proposal),
                one.reason,
                decision_words(one),
                ", ".join(map(str, one.changes)),
            )


def _parties(report: RoundReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.parties:
        yield one.name, standing_words(one), one.answered_on, one.last, one.response


def _changes(report: RoundReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.changes:
        yield (
            *(one.number, one.where, one.before, one.after),
            ", ".join(map(str, one.remarks)),
        )


def _responses(report: RoundReport) -> Iterator[tuple[Cell, ...]]:
    for one in report.responses:
        shown = " ".join(filter(None, (shown_words(one), *one.said)))
        yield one.number, one.sender, one.received_on, shown, one.text, ", ".join(one.annexes)
