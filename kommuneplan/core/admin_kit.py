"""What every admin page of the house shares: nobody overwrites, nothing frozen is edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin

from kommuneplan.clock import COPENHAGEN, local_day
from kommuneplan.locking import Conflict

from .admin_rights import has_everything, rows_for


def deadline(field: str, label: Any) -> Callable[[Any, Any], str]:
    """A column of a deadline as everywhere in the house: "til og med 24. december 2026". What
    ends before its day is over also says when ("kl. 12.00")."""

    def shown(_self: Any, row: Any) -> str:
        at = getattr(row, field)
        if at is None:
            return "–"
        day = local_day(at - dt.timedelta(microseconds=1))
        if local_day(at) != day:
            return _("until %(day)s inclusive") % {"day": date_format(day, "j. F Y")}
        here = at.astimezone(COPENHAGEN)
        return _("%(day)s at %(time)s") % {
            "day": date_format(day, "j. F Y"),
            "time": date_format(here, "H.i"),
        }

    return admin.display(shown, description=label, ordering=field)


def in_words(field: str, label: Any, words: Callable[[], Any]) -> Callable[[Any, Any], str]:
    """A column of a code whose words stand elsewhere; ``words()`` gives (code, word) pairs."""

    def shown(_self: Any, row: Any) -> str:
        code = getattr(row, field)
        return str(dict(words()).get(code, code))

    return admin.display(shown, description=label, ordering=field)


def filter_in_words(
    field: str, label: Any, words: Callable[[], Any]
) -> type[admin.SimpleListFilter]:
    """A filter by a code whose words stand elsewhere."""

    class ByWord(admin.SimpleListFilter):
        title = label
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
            """Those that some row has."""
            there = set(model_admin.get_queryset(request).values_list(field, flat=True))
            return [pair for pair in words() if pair[0] in there]

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            """The rows of the chosen word."""
            return queryset.filter(**{field: self.value()}) if self.value() else queryset

    return ByWord


class OwnRowsAdmin(admin.ModelAdmin):
    """Who may look at a table because of a role meets the rows of that role alone
    (``admin_rights``): in lists, on pages, in the histories, and in what can be chosen."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that are there for this person."""
        return rows_for(request.user, super().get_queryset(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Also of a row whose history is asked for by its number."""
        return super().has_view_permission(request, obj) and self._is_met(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return super().has_change_permission(request, obj) and self._is_met(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The same."""
        return super().has_delete_permission(request, obj) and self._is_met(request, obj)

    def _is_met(self, request: HttpRequest, obj: Any) -> bool:
        if obj is None or has_everything(request.user):
            return True
        there = self.model._default_manager.filter(pk=obj.pk)
        return not there.exists() or rows_for(request.user, there).exists()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Of the rows one meets, and what is chosen already."""
        return self._own(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field,
                         request)  # fmt: skip

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The same."""
        return self._own(super().formfield_for_manytomany(db_field, request, **kwargs), db_field,
                         request)  # fmt: skip

    def _own(self, field: Any, db_field: Any, request: HttpRequest) -> Any:
        if field is None or has_everything(request.user):
            return field
        rows = field.queryset
        match = request.resolver_match
        key = match.kwargs.get("object_id") if match else None
        chosen = self.model._default_manager.filter(pk=key) if key else None
        mine = Q(pk__in=rows_for(request.user, rows).values("pk"))
        if chosen is not None:
            mine |= Q(pk__in=chosen.exclude((db_field.name, None)).values(db_field.name))
        field.queryset = rows.filter(mine)
        return field


class TrackedAdmin(OwnRowsAdmin, SimpleHistoryAdmin):
    """A tracked model: its history is shown, with who and what; it is never rolled back here."""

    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_form.html"

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """An earlier state, to look at; the library would take a POST even so."""
        if request.method != "GET":
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)


class LockedForm(forms.ModelForm):
    """A form that knows which version of the row it showed (``kommuneplan.locking``)."""

    seen = forms.IntegerField(label="", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen"].initial = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Refuse when somebody else has saved since; shows what they wrote, keeps what is typed."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.pk and cleaned.get("seen") != self.instance.version:
            theirs = type(self.instance)._default_manager.get(pk=self.instance.pk)
            for name in self.fields:
                self._show_theirs(name, theirs)
            raise ValidationError(
                _(
                    "Somebody else has saved this while you were writing. Nothing of yours has "
                    "been saved. Their text stands at each field that differs; correct your own, "
                    "and save again."
                ),
                code="conflict",
            )
        return cleaned

    def _show_theirs(self, name: str, theirs: Model) -> None:
        field = next((f for f in theirs._meta.fields if f.name == name), None)
        if field is None or name not in self.cleaned_data:
            return
        stored = getattr(theirs, name)
        if stored != self.cleaned_data[name]:
            self.add_error(name, _("Saved by somebody else: %(text)s") % {"text": stored or "–"})

    def renewed(self) -> None:
        """Once the other text has been shown, saving again is a decision and is let through."""
        self.data = self.data.copy()
        self.data["seen"] = str(
            type(self.instance)._default_manager.get(pk=self.instance.pk).version
        )


class LockedAdmin(TrackedAdmin):
    """A row several people edit: the form carries its version, a conflict overwrites nothing."""

    form = LockedForm

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fields of the model, and the version that was seen (hidden, always last).

        Who may only look sees no field that is nothing but a question of the form.
        """
        may_change = self.has_change_permission(request, obj)
        fieldsets = [*super().get_fieldsets(request, obj)]
        if not may_change:
            return [
                (title, {**options, "fields": self._without_questions(options["fields"])})
                for title, options in fieldsets
            ]
        if "seen" not in flatten_fieldsets(fieldsets):
            title, options = fieldsets[-1]
            fieldsets[-1] = (title, {**options, "fields": [*options["fields"], "seen"]})
        return fieldsets

    def _without_questions(self, names: Any) -> list[Any]:
        return [name for name in names if not isinstance(name, str) or hasattr(self.model, name)]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody saved between the check and the write: the second look shows their text."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except Conflict:
            return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """After a conflict was shown, the page holds the new version."""
        form = context["adminform"].form
        if form.is_bound and form.has_error("__all__", code="conflict"):
            form.renewed()
        return super().render_change_form(request, context, *args, **kwargs)


class ReadOnlyAdmin(OwnRowsAdmin):
    """Something frozen or owned by an action: to look at and search, not to change."""

    actions = None

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never changed by hand."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never deleted by hand."""
        return False


class ReadOnlyInline(admin.TabularInline):
    """Rows to look at below the row they belong to."""

    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never added by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never changed by hand."""
        return False
