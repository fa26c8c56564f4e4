"""What somebody who answers types: their words, field by field, and who they are."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator, validate_email
from django.forms import BoundField
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from consultations.enums import SenderKind
from consultations.models import ResponseDraft, Round
from consultations.responses.content import SENDER
from consultations.responses.public_form import is_reserved
from kommuneplan.core.forms import mail_field
from kommuneplan.core.models import Municipality
from kommuneplan.keeping import Typed, Weighed, Windows, mark

from ..actions.drafts import sender_words
from ..budgets import limits_of
from . import sent_words
from .sent_words import LONGEST


@dataclass(slots=True)
class AutosaveBox:
    """A text box: its name, what stands in it, and the mark of what it began with. ``theirs`` is
    what somebody else has stored there meanwhile, where there was no room to keep mine beside it.
    """

    name: str
    value: str
    seen: str
    label: str = ""
    help: str = ""
    anchor: str = ""
    quote: str = ""
    marked: str = ""
    writer: str = ""
    theirs: str = ""
    error: str = ""
    is_new: bool = False
    is_next: bool = False

    @property
    def id(self) -> str:
        """An id for the page; that of the box to write in next is known, so that an address leads
        into it."""
        if self.is_next:
            return "ny-bemaerkning"
        return "f-" + self.name.replace(".", "-")


class AnswerWords:
    """All text boxes of an answer, filled from what is stored or from what was just typed."""

    def __init__(
        self,
        round: Round,
        draft: ResponseDraft | None,
        data: Mapping[str, Any] | None = None,
        weighed: Weighed | None = None,
    ) -> None:
        """``weighed``: what became of the data, where it has been kept already."""
        self.draft = draft
        self.data = data
        self.weighed = weighed or Weighed()
        self.whole = self._box("text", draft.text if draft else "")
        self.answers = self._questions(round)
        self.remarks = self._remarks()
        self._bound()

    @cached_property
    def _stored_remarks(self) -> dict[str, Any]:
        rows = self.draft.remarks.order_by("written_at", "pk") if self.draft else []
        return {f"remarks.{row.uid}": row for row in rows}

    @property
    def _beside(self) -> set[str]:
        """The fields that have a text beside them."""
        rows = Windows(self.draft.windows if self.draft else {})
        return {one.name for one in rows.besides()}

    def _questions(self, round: Round) -> list[AutosaveBox]:
        stored = {}
        if self.draft:
            rows = self.draft.answers.values_list("question__uid", "words")
            stored = dict(rows)
        return [
            self._box(
                f"answers.{question.uid}",
                stored.get(question.uid, ""),
                label=question.words,
                help=question.help,
            )
            for question in round.questions.all()
            if question.retired_at is None or stored.get(question.uid)
        ]

    def _remarks(self) -> list[AutosaveBox]:
        told = {*(self.data or ()), *self._beside}
        boxes = [
            self._box(name, row.words, anchor=row.anchor, quote=row.quote, writer=row.writer)
            for name, row in self._stored_remarks.items()
            if row.words or name in told
        ]
        for name in sent_words.new_remarks(self.data or {}):
            if name not in self._stored_remarks:
                boxes.append(
                    self._box(
                        name,
                        "",
                        anchor=self._typed(f"anchor.{name}"),
                        quote=self._typed(f"quote.{name}"),
                        marked=self._typed(f"marked.{name}"),
                        is_new=True,
                    )
                )
        return boxes

    def _bound(self) -> None:
        """One answer holds so many letters and no more; what stands in it may be shortened."""
        most = limits_of(self.draft, is_known=False)["letters"]
        if self.data is None or sum(len(box.value) for box in self.boxes) <= most:
            return
        for box in self.boxes:
            if box.name in self.data and not box.error and mark(box.value) != box.seen:
                box.error = sent_words.too_many_letters()

    def add(self, anchor: str, quote: str, marked: str) -> AutosaveBox:
        """An empty box for a new remark."""
        box = AutosaveBox(f"remarks.{uuid.uuid4()}", "", mark(""), anchor=anchor, quote=quote,
                    marked=marked, is_new=True, is_next=True)  # fmt: skip
        self.remarks.append(box)
        return box

    def _typed(self, name: str) -> str:
        return sent_words.typed(self.data or {}, name)

    def _box(self, name: str, stored: str, **more: Any) -> AutosaveBox:
        box = AutosaveBox(name, stored, mark(stored), **more)
        if self.data is None or name not in self.data or name in self.weighed.beside:
            return box
        box.value = self._typed(name)
        if name not in self.weighed.accepted:
            box.seen = self._typed(f"seen.{name}") or mark("")
        if len(box.value) > LONGEST:
            box.error = sent_words.too_long()
        if name in self.weighed.unkept and stored:  # saved once more, mine is meant
            box.theirs = stored
            box.seen = mark(stored)
        elif name in self.weighed.unkept and not box.error:
            box.error = gettext(
                "This could not be kept: the place it is about is not there, or the answer has as "
                "many remarks as one can have. Write it in the box for the whole, or send it as a "
                "file."
            )
        return box

    @property
    def boxes(self) -> list[AutosaveBox]:
        """Every box, in the order of the page."""
        return [self.whole, *self.answers, *self.remarks]

    @property
    def errors(self) -> list[AutosaveBox]:
        """The boxes that cannot be stored as they are."""
        return [box for box in self.boxes if box.error]

    @property
    def troubled(self) -> list[AutosaveBox]:
        """The boxes that somebody has to look at: what cannot be stored, or was changed by two."""
        return [box for box in self.boxes if box.error or box.theirs]

    @property
    def written(self) -> int:
        """How many texts there are so far."""
        return sum(1 for box in self.boxes if box.value)

    @property
    def commented(self) -> set[str]:
        """The anchors of the paragraphs that a remark has been written about."""
        return {box.anchor for box in self.remarks}

    def typed(self, sender: SenderForm) -> Typed:
        """What is to be kept, with the sender's fields that can be."""
        sound = [box for box in self.boxes if not box.error and box.name in (self.data or {})]
        words = {box.name: box.value for box in sound} | sender.sound
        return sent_words.typed_of(self.data or {}, words)

    @property
    def new(self) -> dict[str, tuple[str, str]]:
        """Anchor and marked words of the remarks that may not be there yet, by uid."""
        new = {box.name: (box.anchor, box.marked) for box in self.remarks if box.is_new}
        return sent_words.with_place(new)


class SenderForm(forms.Form):
    """Who answers. While one writes, everything may be missing; before sending it is asked for.

    ``invited``: the answer of a party that was invited by name, whose address is known.
    """

    sender_kind = forms.ChoiceField(
        label=_("You answer as"), choices=SenderKind.choices, widget=forms.RadioSelect
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        error_messages={"required": _("Write your name.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    organisation = forms.CharField(
        label=_("Association, organisation or authority"),
        max_length=200,
        required=False,
        help_text=_("When you answer for others than yourself. It is published."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    role = forms.CharField(
        label=_("Your function there"), max_length=150, required=False,
    )  # fmt: skip
    postcode = forms.CharField(
        label=_("Postcode"),
        max_length=4,
        required=False,
        validators=[RegexValidator(r"^\d{4}$", _("A postcode has four digits."))],
        widget=forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    email = mail_field(
        label=_("E-mail"),
        error_messages={"required": _("Write your e-mail address.")},
        help_text=_(
            "Your receipt is sent here: you see the address once more before you send. It is not "
            "published."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    is_protected = forms.BooleanField(
        label=_("My name and address are protected"),
        required=False,
        help_text=_("Your name is then never published, whatever is decided otherwise."),
    )

    def __init__(
        self,
        data: Any,
        stored: ResponseDraft,
        *,
        invited: bool = False,
        complete: bool = False,
        weighed: Weighed | None = None,
    ) -> None:
        """``weighed``: what became of the data; where somebody else had changed a field, what
        stands in it is shown."""
        initial = {name: getattr(stored, name) for name in SENDER}
        self.weighed = weighed or Weighed()
        data = _with_standing(data, stored, self.weighed)
        super().__init__(data, initial=initial)
        self.stored, self.invited, self.complete = stored, invited, complete
        if invited:
            for name in ("postcode", "is_protected"):
                del self.fields[name]
        for name in ("sender_kind", "name", "email"):
            if name in self.fields:
                self.fields[name].unmarked = True  # type: ignore[attr-defined]
                self.fields[name].required = complete
        self._tell_unkept()

    def _tell_unkept(self) -> None:
        """Where somebody else had changed a field, and mine could not be kept beside it."""
        said = gettext("Somebody else has written “%(words)s” here. Save again, and yours stands.")
        for name in self.weighed.unkept:
            if name in self.fields and self.errors is not None:
                self.add_error(name, said % {"words": sender_words(self.stored, name)})

    def clean_email(self) -> str:
        """Mail goes to the address in small letters, which a few foreign letters do not survive."""
        address = str(self.cleaned_data.get("email") or "")
        if address:
            validate_email(address.lower())
        return address

    def clean(self) -> dict[str, Any]:
        """Nobody calls themselves the municipality, and who answers for others says for whom."""
        data = super().clean() or {}
        if self.invited:
            return data
        house = Municipality.current().name
        for name in ("name", "organisation"):
            if is_reserved(data.get(name, ""), house):
                self.add_error(
                    name, _("This is the municipality's own name. Write who you are yourself.")
                )
        for_others = data.get("sender_kind") not in {None, SenderKind.CITIZEN}
        unsaid = not data.get("organisation") and "organisation" not in self.errors
        if self.complete and for_others and unsaid:
            self.add_error("organisation", _("Write for whom you answer."))
        return data

    @property
    def marks(self) -> list[tuple[BoundField, str]]:
        """Each field, and the mark of what it began with."""
        return [(self[name], self.mark_of(name)) for name in self.fields]

    def mark_of(self, name: str) -> str:
        """The mark of what stands stored, or of what the page showed that was sent."""
        if name not in SENDER:
            return ""
        kept = {*self.weighed.accepted, *self.weighed.clashes}
        if self.is_bound and name not in kept:
            return str(self.data.get(f"seen.{name}") or mark(""))
        return mark(sender_words(self.stored, name))

    @property
    def sound(self) -> dict[str, str]:
        """The words of the fields that were sent and can be kept, whether or not others have to be
        put right. A box that is not ticked is not sent, so a form of all fields says it has one."""
        self.is_valid()
        boxes = set() if "only" in self.data else {"is_protected"} & {*self.fields}
        sent = [name for name in SENDER if name in self.data or name in boxes]
        typed = {name: self.cleaned_data[name] for name in sent if name in self.cleaned_data}
        return {
            name: ("on" if value else "") if isinstance(value, bool) else str(value)
            for name, value in typed.items()
        }


def _with_standing(data: Any, stored: ResponseDraft, weighed: Weighed) -> Any:
    """The data, where mine is kept beside with what stands."""
    names = [name for name in weighed.beside if name in SENDER]
    if not names:
        return data
    return {**data.dict(), **{name: sender_words(stored, name) for name in names}}
