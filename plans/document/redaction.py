"""A frozen document with some of its blocks' words taken out. Pure.

What is left says so, in the words a reader meets ("Fjernet den 22. november 2026"), so that page,
paper, calendar and comparison need to know nothing of it. Dates, places in the document and names
of bodies stay; everything somebody wrote goes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from kommuneplan.personal import Kind, find
from kommuneplan.richtext.blocks import plain
from kommuneplan.timespan.phrase import day_words

from . import plan_document as doc

_IN_A_TITLE = {Kind.CPR, Kind.EMAIL, Kind.PHONE}


def removed_words(day: dt.date) -> str:
    """What stands where something was. It is part of a frozen document, which is in Danish."""
    return f"Fjernet den {day_words(day)}"


def redacted(document: doc.PlanDocument, days: Mapping[str, dt.date]) -> doc.PlanDocument:
    """The document without the words of some blocks: by anchor, the day each was removed.

    Done to a document that has been through it, nothing changes.
    """
    said = {anchor: removed_words(day) for anchor, day in days.items()}
    process = document.process_plan
    return dataclasses.replace(
        document,
        head=_head(document.head, said["head"]) if "head" in said else document.head,
        process_plan=doc.ProcessPlan(
            phases=tuple(
                doc.PhaseLine(phase.uid, said[phase.uid]) if phase.uid in said else phase
                for phase in process.phases
            ),
            milestones=tuple(
                _milestone(line, said[line.uid]) if line.uid in said else line
                for line in process.milestones
            ),
        ),
        text=tuple(_section(section, said) for section in document.text),
        focus=tuple(
            _focus(area, said[area.uid]) if area.uid in said else area for area in document.focus
        ),
        status=_status(document.status, said),
    )


def _head(head: doc.Head, said: str) -> doc.Head:
    """The title stays, for the plan is known by it, unless the number stands in the title."""
    title = said if any(one.kind in _IN_A_TITLE for one in find(head.title)) else head.title
    return dataclasses.replace(
        head, title=title, proposal=said, still_open="", decided_by="", sender_unit="", replaces=()
    )


def _milestone(line: doc.MilestoneLine, said: str) -> doc.MilestoneLine:
    when = dataclasses.replace(line.when, written="") if line.when else None
    return dataclasses.replace(
        line, title=said, when=when, written="", description="", place="", moved=()
    )


def _section(section: doc.SectionLine, said: Mapping[str, str]) -> doc.SectionLine:
    return dataclasses.replace(
        section,
        title=said.get(section.uid, section.title),
        blocks=tuple(
            doc.TextBlock(block.anchor, f"<p>{said[block.anchor]}</p>")
            if block.anchor in said
            else block
            for block in section.blocks
        ),
    )


def _focus(area: doc.FocusLine, said: str) -> doc.FocusLine:
    return dataclasses.replace(
        area, title=said, theme="", goals="", words="", reason="", milestones=()
    )


def _status(status: doc.StatusHead | None, said: Mapping[str, str]) -> doc.StatusHead | None:
    if status is None or status.uid not in said:
        return status
    return dataclasses.replace(status, summary=said[status.uid])


def words_of(document: doc.PlanDocument) -> dict[str, str]:
    """By anchor, in reading order, what somebody wrote in each block."""
    head = document.head
    said = {"head": [head.title, head.proposal, head.still_open, head.decided_by,
                     head.sender_unit, *head.replaces]}  # fmt: skip
    for phase in document.process_plan.phases:
        said[phase.uid] = [phase.title, phase.purpose]
    for line in document.process_plan.milestones:
        reasons = [word for moved in line.moved for word in (moved.written, moved.reason)]
        said[line.uid] = [line.title, line.description, line.written, line.place, *reasons]
    for section in document.text:
        said[section.uid] = [section.title]
        said |= {block.anchor: [plain(block.html)] for block in section.blocks}
    if document.status:
        said[document.status.uid] = [document.status.summary]
    for area in document.focus:
        told = [word for row in area.milestones for word in (row.title, row.written)]
        said[area.uid] = [area.title, area.theme, area.goals, area.words, area.reason, *told]
    return {anchor: "\n".join(filter(None, words)) for anchor, words in said.items()}
