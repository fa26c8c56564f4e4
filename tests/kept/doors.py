"""The doors of the house at which words are kept while they are typed, for the machine: how a
window is opened there, where it sends to, and where its words are in the end."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cached_property
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.http import QueryDict
from django.test import Client

from consultations.answering.actions import drafts
from consultations.models import DraftRemark, ResponseDraft
from kommuneplan.core.models import Municipality
from kommuneplan.core.templatetags.keeping_page import KeepingPage
from kommuneplan.keeping import BesideChoice, TextChoice, TextMoved, Typed, Windows, mark
from plans.focus.yearly import entries_of
from plans.models import FocusStatus, Plan, Section, SectionDraft, StatusDraft, YearlyStatus
from plans.text.actions.outline import add_section
from tests.consultations.answers import new_remark
from tests.consultations.round_factories import a_question, a_round, an_invitation, anchors
from tests.factories import a_plan, secretary
from tests.kept.window import Form, OldWindow, Window
from tests.plans.statuses import area, in_force, opened

JSON = {"HTTP_ACCEPT": "application/json"}


class Undone(Exception):
    """Raised to leave no trace of a run."""


class Door:
    """One door; ``names``: the fields in which the machine types."""

    sign = ""
    unfillable: tuple[str, ...] = ()
    may_save = False

    def __init__(self) -> None:
        self.client = Client()
        self.names: list[str] = []

    @cached_property
    def pristine(self) -> dict[str, str]:
        """The page as each run begins with it."""
        return self.opened()

    @contextmanager
    def run(self) -> Iterator[None]:
        """One run, of which nothing is left."""
        try:
            with transaction.atomic(), self.short_cut():
                yield
                raise Undone
        except Undone:
            pass

    def short_cut(self) -> AbstractContextManager[Any]:
        """What is asked at each step and has nothing to do with keeping."""
        return nullcontext()

    def keep(self, body: dict[str, str]) -> tuple[dict[str, Any], int]:
        """What the script sends and is told."""
        answer = self.client.post(self.keeps, body, **JSON)
        return json.loads(answer.content), answer.status_code

    def press(self, body: dict[str, str]) -> None:
        """A form is sent with one of its buttons."""
        answer = self.client.post(self.page, body)
        assert answer.status_code in {200, 302, 409, 422}, answer.status_code

    def opened(self) -> dict[str, str]:
        """The fields of the page as it is opened now."""
        values = Form(self.client.get(self.page).content.decode(), self.sign).values
        values.pop("plain", None)  # the box for browsers without the script
        return values

    def window(self, kind: type[Window] = Window, values: dict[str, str] | None = None) -> Window:
        """A page that somebody opens."""
        values = self.opened() if values is None else dict(values)
        window = kind(values, along=self.along, unfillable=self.unfillable)
        if isinstance(window, OldWindow):
            window.counts = self.may_save
        return window

    def along(self, name: str) -> tuple[str, ...]:
        return ()

    def stands(self) -> dict[str, str]:
        """What is kept in each field, or saved where nothing is."""
        raise NotImplementedError

    def there(self) -> str:
        """All words that are to be found: in the fields, and beside them."""
        raise NotImplementedError


class Answers(Door):
    """The answer of a party, written under its link by several colleagues."""

    sign = "data-answer"

    def __init__(self) -> None:
        super().__init__()
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        self.round = a_round(public=False)
        question = a_question(self.round)
        invitation = an_invitation(self.round, "Handicaprådet")
        self.page = self.keeps = f"/hoeringer/invitation/{invitation.token}/svar/"
        self.client.post(f"/hoeringer/invitation/{invitation.token}/", {"write": "1"})
        first, self.anchor = anchors(self.round)[:2]
        remark = new_remark(first, "Der stod noget.")
        self.client.post(self.page, {**self.opened(), **remark, "save": "1"})
        self.draft = ResponseDraft.objects.get()
        there = DraftRemark.objects.get()
        self.names = ["text", f"answers.{question.uid}", f"remarks.{there.uid}", "role"]

    def window(self, kind: type[Window] = Window, values: dict[str, str] | None = None) -> Window:
        """With a box for a new remark of one's own."""
        values = self.opened() if values is None else dict(values)
        values |= new_remark(self.anchor, "")
        return super().window(kind, values)

    def along(self, name: str) -> tuple[str, ...]:
        return (f"anchor.{name}", f"quote.{name}", f"marked.{name}", "writer")

    def stands(self) -> dict[str, str]:
        return drafts.words_of(ResponseDraft.objects.get(pk=self.draft.pk))

    def there(self) -> str:
        row = ResponseDraft.objects.get(pk=self.draft.pk)
        beside = [one.words for one in Windows(row.windows).besides()]
        return " ".join([*drafts.words_of(row).values(), *beside])


class SectionText(Door):
    """A section, written by one person in several windows."""

    sign = "data-write"
    unfillable = ("text",)
    may_save = True

    def __init__(self) -> None:
        super().__init__()
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        ida, plan = secretary("ida"), a_plan()
        self.plan = plan
        self.section = add_section(plan=plan, title="Mål", by=ida)
        self.client.force_login(ida)
        self.page = f"/arbejde/planer/{plan.slug}/tekst/{self.section.uid}/"
        self.keeps = f"{self.page}kladde/"
        self.names = ["title", "text"]

    def along(self, name: str) -> tuple[str, ...]:
        return ("base_version",)

    def short_cut(self) -> AbstractContextManager[Any]:
        def found(*_asked: object) -> tuple[Plan, Section]:
            return self.plan, Section.objects.get(pk=self.section.pk)

        return patch("plans.text.views.sections.section_to_write", found)

    def stands(self) -> dict[str, str]:
        row = SectionDraft.objects.filter(section=self.section, is_open=True).first()
        row = row or Section.objects.get(pk=self.section.pk)
        return {"title": row.title, "text": row.text}

    def there(self) -> str:
        row = Section.objects.get(pk=self.section.pk)
        words = [row.title, row.text]
        for draft in SectionDraft.objects.filter(section=row):
            words += [draft.title, draft.text]
            words += [one.words for one in Windows(draft.windows).besides()]
        return " ".join(words)


class Status(Door):
    """A yearly status, written by one person in several windows."""

    sign = "data-keep-status"
    may_save = True

    def __init__(self) -> None:
        super().__init__()
        Municipality.objects.create(pk=1, name="Prøve Kommune")
        plan = self.plan = in_force()
        area(plan, "Haver")
        area(plan, "Naboer")
        self.status: YearlyStatus = opened(plan)
        self.client.force_login(secretary("ida"))
        self.page = f"/arbejde/planer/{plan.slug}/indsatsomraader/status/{self.status.year}/"
        self.keeps = f"{self.page}kladde/"
        areas = [f"o-{entry.focus_area.uid}-words" for entry in entries_of(self.status)]
        self.names = [*areas, "summary"]

    def along(self, name: str) -> tuple[str, ...]:
        return (f"{name.rpartition('-')[0]}-seen" if "-" in name else "seen",)

    def short_cut(self) -> AbstractContextManager[Any]:
        def found(*_asked: object) -> tuple[Plan, YearlyStatus]:
            return self.plan, YearlyStatus.objects.get(pk=self.status.pk)

        return patch("plans.focus.views.status_writing.status_to_edit", found)

    def stands(self) -> dict[str, str]:
        rows = FocusStatus.objects.filter(status=self.status).select_related("focus_area")
        words = {f"o-{row.focus_area.uid}-words": row.words for row in rows}
        words["summary"] = YearlyStatus.objects.get(pk=self.status.pk).summary
        draft = StatusDraft.objects.filter(status=self.status).first()
        return words | (draft.fields if draft else {})

    def there(self) -> str:
        words = [row.words for row in FocusStatus.objects.filter(status=self.status)]
        words.append(YearlyStatus.objects.get(pk=self.status.pk).summary)
        for draft in StatusDraft.objects.filter(status=self.status):
            words += draft.fields.values()
            words += [one.words for one in Windows(draft.windows).besides()]
        return " ".join(words)


class Plain(Door):
    """The rules alone, without a house around them: a dictionary that is kept by them. For many
    runs; what the pages make of the rules, the other doors try."""

    names_of = ("a", "b", "c")

    def __init__(self) -> None:
        super().__init__()
        self.names = list(self.names_of)
        self.words, self.rows = dict.fromkeys(self.names, ""), {}
        self.at = dt.datetime(2027, 5, 4, 10, 0, tzinfo=dt.UTC)

    @contextmanager
    def run(self) -> Iterator[None]:
        self.words, self.rows = dict.fromkeys(self.names, ""), {}
        yield

    def opened(self) -> dict[str, str]:
        marks = {f"seen.{name}": mark(words) for name, words in self.words.items()}
        return {**self.words, **marks, "page": "x", "sequence": ""}

    def keep(self, body: dict[str, str]) -> tuple[dict[str, Any], int]:
        seen = {name: body.get(f"seen.{name}", "") for name in self.names}
        words = {name: body[name] for name in self.names if name in body}
        page, count = body.get("page", ""), int(body.get("sequence") or 0)
        typed, windows = Typed(words, seen, page=page, sequence=count), Windows(self.rows)
        done = windows.weigh(typed, dict(self.words), at=self.at)
        self.words |= done.store
        shown = QueryDict(mutable=True)
        shown.update({key: said for key, said in body.items() if key.startswith("seen.")})
        told = Told(windows, dict(self.words), {}, self.at, sent=page).told(typed, done, shown)
        return told, 409 if done.clashes and not page else 200

    def press(self, body: dict[str, str]) -> None:
        self.keep(body)
        choice = TextChoice.read(body.get("settle", ""))
        with suppress(TextMoved):
            if choice is not None:
                windows = Windows(self.rows)
                words = windows.settle(choice, self.words[choice.name], by_page=body["page"])
                if words is not None:
                    self.words[choice.name] = words

    def stands(self) -> dict[str, str]:
        return self.words

    def there(self) -> str:
        beside = [one.words for one in Windows(self.rows).besides()]
        return " ".join([*self.words.values(), *beside])


class Told(KeepingPage):
    """What is told, without the templates: the buttons alone, and the words they are about."""

    def beside(self, name: str) -> str:
        standing = self.standing(name)
        return "".join(
            f'{standing} {one.words} <button name="settle" value="{what}|{one.page}|{name}'
            f'|{mark(standing)}|{one.mark}"></button>'
            for one in self.windows.besides(name)
            for what in BesideChoice
        )

    def who_writes(self) -> str:
        return ""
