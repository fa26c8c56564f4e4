"""Of members' questions: to those who may answer them, and to the asker when it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kommuneplan import clock
from kommuneplan.core.models import Notice, User
from kommuneplan.core.notices.kinds import NoticeKind, NoticeLine, register_notice
from plans.models import Question, Treatment
from plans.models.submitted import versions_for

from .names import ANSWER, QUESTION


def question(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """Questions that the person may answer and nobody has."""
    rows = Question.objects.answerable_by(user).waiting()
    return _lines(rows, notices, _("A member has asked a question"), "plans:question")


def answer(user: User, notices: Sequence[Notice]) -> Mapping[int, NoticeLine]:
    """The person's own questions that are answered, about what they may still read."""
    rows = Question.objects.filter(
        asker=user,
        answered_at__isnull=False,
        withdrawn_at__isnull=True,
        frozen__in=versions_for(user, at=clock.now()),
    )
    return _lines(rows, notices, _("Your question is answered"), "plans:member-question")


def _lines(
    rows: QuerySet[Question], notices: Sequence[Notice], words: str, page: str
) -> dict[int, NoticeLine]:
    """A line for each notice whose question is among the rows; of a closed item no title."""
    of_version = Q(matter__plans__version=OuterRef("frozen")) | Q(
        matter__plans__cycle__plan=OuterRef("frozen__plan"), matter__closed_at__isnull=True
    )
    closed = Treatment.objects.filter(of_version, is_closed=True)
    held = rows.filter(
        uid__in=[one.thing for one in notices], frozen__plan__retired_at__isnull=True
    ).annotate(behind_doors=Exists(closed))
    found = {
        uid: "" if behind_doors else title
        for uid, behind_doors, title in held.values_list("uid", "behind_doors", "frozen__title")
    }
    return {
        one.pk: NoticeLine(words, reverse(page, args=[one.thing]), found[one.thing])
        for one in notices
        if one.thing in found
    }


def register_notices() -> None:
    """Called once, when the app is ready."""
    register_notice(
        NoticeKind(
            QUESTION,
            gettext_lazy("a member asks something that I may answer (at once before a meeting)"),
            question,
        )
    )
    register_notice(
        NoticeKind(
            ANSWER, gettext_lazy("my question is answered (at once before a meeting)"), answer
        )
    )
