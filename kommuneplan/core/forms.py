"""The forms of core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordResetForm
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.clock import today
from kommuneplan.keeping import Typed
from kommuneplan.richtext.editor import widget
from kommuneplan.richtext.plaintext import to_html
from kommuneplan.timespan.forms import in_reach
from kommuneplan.timespan.phrase import day_words

from .models import Body, Meeting, User


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Whose failures an attempt counts among: the mail address in lower case, so that capital
    letters give nobody more attempts."""
    given = credentials if credentials else request.POST
    return str(given.get("username") or "").strip().lower()


class SignInForm(AuthenticationForm):
    """Sign-in with mail address and password; says the same whatever was wrong."""

    error_messages = {
        "invalid_login": _(
            "The e-mail address and the password do not belong together. Check both and try again."
        ),
        "inactive": _("This account is closed. Write to your system administrator."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget = forms.EmailInput(
            attrs={"autocomplete": "username", "autofocus": not self.is_bound}
        )
        self.fields["password"].label = _("Password")

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """The password was right: on to the second factor, or in."""
        login = Login(user=self.get_user(), redirect_url=redirect_url)
        return perform_password_login(request, {}, login)


class ForgottenForm(PasswordResetForm):
    """Asks for the mail address; never says whether anybody has it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")


def day_field(**more: Any) -> forms.DateField:
    """A civil day that can be meant."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, validators=[in_reach], **more)


MAIL_ADDRESS = 254
"""Letters of the longest mail address there is (RFC 5321, 4.5.3.1.3, without its brackets)."""


def mail_field(**more: Any) -> forms.EmailField:
    """A mail address, no longer than one can be and than a column holds."""
    return forms.EmailField(max_length=MAIL_ADDRESS, **more)


def words_field(rows: int, **more: Any) -> forms.CharField:
    """A few lines of plain words."""
    more.setdefault("max_length", 4000)
    return forms.CharField(widget=forms.Textarea({"rows": rows}), **more)


LOOK_BACK = dt.timedelta(days=120)


def _day(**more: Any) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, validators=[in_reach], **more)


def _text(rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea({"rows": rows}), **more)


class MeetingField(forms.ModelChoiceField):
    """A meeting of a body, with the deadline for its papers."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("empty_label", _("The meeting is not fixed yet"))
        super().__init__(Meeting.objects.none(), to_field_name="uid", required=False, **more)

    def of(self, body: Body) -> None:
        """Offer that body's meetings: those to come, and the latest ones."""
        rows = Meeting.objects.filter(body=body, cancelled=False, date__gte=today() - LOOK_BACK)
        self.queryset = rows.select_related("body").order_by("date", "pk")

    def label_from_instance(self, obj: Meeting) -> str:
        """ "12. marts 2027 (materiale senest 26. februar 2027)" """
        words = {"day": day_words(obj.date), "due": day_words(obj.papers_due_on)}
        if obj.date < today():
            return _t("%(day)s (held)") % words
        return _t("%(day)s (papers no later than %(due)s)") % words


NEXT = 8  # meetings of each body that are offered


class NextMeetingField(MeetingField):
    """The next meetings of several bodies, under the name of each, with the deadline for papers."""

    def of_bodies(self, first: Collection[Body] = ()) -> None:
        """Offer the meetings to come of all who meet; those of ``first`` stand first."""
        rows = Meeting.objects.filter(cancelled=False, date__gte=today()).select_related("body")
        self.queryset = rows.order_by("date", "pk")
        by_body: dict[Body, list[Meeting]] = {}
        for row in self.queryset:
            by_body.setdefault(row.body, []).append(row)
        known = {body.pk for body in first}
        bodies = sorted(by_body, key=lambda body: (body.pk not in known, body.rank))
        groups = [
            (body.name, [(str(row.uid), self.label_from_instance(row)) for row in meetings[:NEXT]])
            for body, meetings in ((body, by_body[body]) for body in bodies)
        ]
        self.choices = [("", self.empty_label), *groups]


class PersonField(forms.ModelChoiceField):
    """A person by name."""

    def label_from_instance(self, obj: User) -> str:
        """The name, without the address."""
        return obj.name


AHEAD = 3  # meetings to come of each body that are offered beside those that were held


class PastMeetingField(MeetingField):
    """The latest meetings of some bodies and the next of each, under the name of each."""

    def of_bodies(self, bodies: QuerySet[Body], also: Meeting | None = None) -> None:
        """Offer them, the latest first; ``also``: one that is chosen already, however old."""
        near = Q(body__in=bodies, cancelled=False, date__gte=today() - LOOK_BACK)
        rows = Meeting.objects.filter(near | Q(pk=also.pk if also else None))
        self.queryset = rows.select_related("body").order_by("-date", "-pk")
        by_body: dict[Body, list[Meeting]] = {}
        coming: dict[Body, list[Meeting]] = {}
        for row in self.queryset:
            kept = coming if row.date > today() else by_body
            kept.setdefault(row.body, []).append(row)
        groups = []
        for body in sorted({*by_body, *coming}, key=lambda one: one.rank):
            meetings = [*coming.get(body, [])[-AHEAD:], *by_body.get(body, [])]
            groups.append(
                (body.name, [(str(one.uid), self.label_from_instance(one)) for one in meetings])
            )
        self.choices = [("", self.empty_label), *groups]

    def label_from_instance(self, obj: Meeting) -> str:
        """ "13. maj 2009" """
        return day_words(obj.date)


class ReasonForm(forms.Form):
    """A step that needs a reason."""

    reason = _text(
        3, label=_("Reason"), max_length=2000, error_messages={"required": _("Write the reason.")}
    )


def years_in_order(form: forms.BaseForm) -> dict[str, Any]:
    """The cleaned data, and a fault at the last year where it lies before the first."""
    first, last = form.cleaned_data.get("first_year"), form.cleaned_data.get("last_year")
    if first and last and first > last:
        form.add_error("last_year", _t("The last year lies before the first."))
    return form.cleaned_data


class SeenForm(forms.Form):
    """The fingerprint of what was shown before it is confirmed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SeenVersionForm(forms.Form):
    """An act on a row: ``seen`` is its lock version when the page was opened."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


def page_status(form: forms.BaseForm, *, conflict: bool = False) -> int:
    """The HTTP status of a page that shows a form: 409 when somebody else was first, 422 when what
    was sent is not in order, else 200."""
    if conflict:
        return 409
    return 422 if form.is_bound and form.errors else 200


def why_moved_field() -> forms.CharField:
    """The form asks; whether it is needed, the action knows."""
    field = _text(
        2,
        label=_("Why is the date moved?"),
        required=False,
        max_length=2000,
        help_text=_(
            "This date has been published: write why when you change it. The old date and the "
            "reason are shown to the public."
        ),
    )
    field.unmarked = True
    return field


MAX_TEXT = 2_000_000  # letters of HTML in one section: some 300 pages
_TOO_LONG = _("The text is too long for one section. Divide it into several.")


class WriteForm(forms.Form):
    """What is written in a section, and what the page knew when it was opened.

    ``plain`` comes from the simple text box of a browser without JavaScript and then holds.
    """

    has_images = True

    title = forms.CharField(
        label=_("Heading"),
        max_length=300,
        error_messages={"required": _("Write a heading for the section.")},
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=MAX_TEXT,
        strip=False,
        error_messages={"max_length": _TOO_LONG},
    )
    plain = forms.CharField(
        required=False, max_length=MAX_TEXT, strip=False, error_messages={"max_length": _TOO_LONG}
    )
    base_version = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    page = forms.RegexField(r"^[0-9a-z]*$", required=False, max_length=32)
    sequence = forms.IntegerField(required=False, min_value=0, max_value=2**53)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget = widget(images=self.has_images)

    @property
    def words(self) -> dict[str, str]:
        """Title and text as they were typed."""
        data = self.cleaned_data
        text = to_html(data["plain"]) if "plain" in self.data else data["text"]
        return {"title": data["title"], "text": text}

    @property
    def typed(self) -> Typed:
        """What was sent, and what the page had shown: only the fields that came."""
        sent = {"title", "text"} & {*self.data} | ({"text"} if "plain" in self.data else set())
        return Typed(
            words={name: words for name, words in self.words.items() if name in sent},
            seen={name: self.data.get(f"seen.{name}", "") for name in ("title", "text")},
            page=self.cleaned_data["page"],
            sequence=self.cleaned_data["sequence"] or 0,
        )


class DraftForm(WriteForm):
    """The same while one writes: a heading may be empty for a moment, and what was not touched is
    not sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False


FIRST_YEAR, LAST_YEAR = 1990, 2100


def year_field(**more: Any) -> forms.IntegerField:
    """A year that may be left open, in four digits."""
    wrong = _("Write a year with four digits.")
    return forms.IntegerField(
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        required=False,
        widget=forms.NumberInput({"inputmode": "numeric"}),
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        **more,
    )


class DecidedOnMixin:
    """A form with the day on which a body decided something (``decided_on``)."""

    def clean_decided_on(self) -> dt.date:
        """Nothing is decided before its day."""
        day: dt.date = self.cleaned_data["decided_on"]  # type: ignore[attr-defined]
        if day > today():
            raise forms.ValidationError(
                _t("The day lies in the future. Record the outcome when the body has met.")
            )
        return day
