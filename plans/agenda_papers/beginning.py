"""What a paper for the agenda begins with: words made from what is known of the plan. Nothing is
claimed that nobody has written down; what is not known is left for a person to write."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.timespan.phrase import day_words
from plans.consultations import RoundLine, rounds
from plans.enums import PaperPart, Purpose
from plans.models import AgendaPaper, Treatment


def first_words(part: str, paper: AgendaPaper) -> str:
    """What a section says before anybody has written in it. Where the item has a recommendation of
    its own, that stands there, and nothing is written beside it."""
    item = paper.agenda_item
    if part == PaperPart.RECOMMENDATION and item is not None and item.clauses.exists():
        return ""
    maker = _MAKERS.get(part)
    return "\n".join(maker(paper)) if maker else ""


def _summary(paper: AgendaPaper) -> Iterator[str]:
    if paper.plan.proposal:
        yield paper.plan.proposal


def _recommendation(paper: AgendaPaper) -> Iterator[str]:
    treatment = paper.treatment
    facts = {"body": paper.body.name, "plan": paper.plan.title}
    purpose = treatment.matter.purpose if treatment else ""
    if purpose == Purpose.ADOPTION and treatment is not None and _is_on_the_way(treatment):
        said = _("that %(body)s recommends that “%(plan)s” is adopted")
    elif purpose in _ASKED:
        said = _ASKED[purpose]()
    else:
        said = _("that %(body)s discusses “%(plan)s”")
    yield f"1. {said % facts}"


def _is_on_the_way(treatment: Treatment) -> bool:
    """Does another body decide after this one?"""
    return treatment.matter.treatments.filter(position__gt=treatment.position).exists()


_ASKED = {
    Purpose.PROCESS_PLAN: lambda: _("that %(body)s approves the process plan of “%(plan)s”"),
    Purpose.CONSULTATION: lambda: _("that %(body)s sends “%(plan)s” out for consultation"),
    Purpose.ADOPTION: lambda: _("that %(body)s adopts “%(plan)s”"),
    Purpose.STATUS: lambda: _("that %(body)s takes note of the yearly status of “%(plan)s”"),
    Purpose.DISCUSSION: lambda: _("that %(body)s discusses “%(plan)s”"),
}


def _problem(paper: AgendaPaper) -> Iterator[str]:
    plan = paper.plan
    replaced = [*plan.replaces.order_by("sort_key").values_list("title", flat=True)]
    if plan.replaces_in_words:
        replaced.append(plan.replaces_in_words)
    if replaced:
        yield _("The plan replaces %(plans)s.") % {"plans": ", ".join(replaced)}
    if plan.still_open:
        yield plan.still_open


def _solution(paper: AgendaPaper) -> Iterator[str]:
    plan = paper.plan
    chapters = plan.sections.filter(parent__isnull=True, retired_at__isnull=True, is_public=True)
    titles = [*chapters.order_by("position", "pk").values_list("title", flat=True)]
    if titles:
        yield _("The plan has these chapters:")
        yield from (f"- {title}" for title in titles)
    areas = plan.focus_areas.filter(retired_at__isnull=True, ended_on__isnull=True, is_public=True)
    titles = [*areas.order_by("position", "pk").values_list("title", flat=True)]
    if titles:
        yield _("It works with these focus areas:")
        yield from (f"- {title}" for title in titles)


def _consultation(paper: AgendaPaper) -> Iterator[str]:
    for line in rounds().lines(paper.plan.slug, at=clock.now()):
        yield _round(line)


def _round(line: RoundLine) -> str:
    facts = {"title": line.title, "day": day_words(line.last_day), "count": line.responses}
    if line.state == "withdrawn":
        return _("“%(title)s” was withdrawn.") % facts
    if line.state == "coming":
        return _("“%(title)s” will be held; answers no later than %(day)s.") % facts
    if line.state == "open":
        return _("“%(title)s” is open until and including %(day)s.") % facts
    return _("“%(title)s” ended on %(day)s with %(count)s responses.") % facts


_MAKERS = {
    PaperPart.SUMMARY: _summary,
    PaperPart.RECOMMENDATION: _recommendation,
    PaperPart.PROBLEM: _problem,
    PaperPart.SOLUTION: _solution,
    PaperPart.CONSULTATION: _consultation,
}
