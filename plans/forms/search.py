"""Searching the published plans: the form owns its filters and says what it could not use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from kommuneplan.collation import fold

from ..enums import PublicState

_YEARS = range(1970, 2101)
_MOST_WORDS = 8


class PlanSearch(forms.Form):
    """Words, body, state and year. A filter with a value that is not there is left out, and said.

    ``bodies`` are the names to choose among, ``years`` the first and last year of any plan.
    """

    q = forms.CharField(label=_("Search in the plans"), max_length=200, required=False)
    udvalg = forms.ChoiceField(label=_("Body"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    aar = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(
        self, data: Any, *, bodies: Iterable[str], years: tuple[int | None, int | None]
    ) -> None:
        super().__init__(data)
        first, last = years
        span = [year for year in _YEARS if first and last and first <= year <= last]
        self.fields["udvalg"].choices = [("", _("All")), *((name, name) for name in bodies)]
        self.fields["status"].choices = [("", _("All")), *PublicState.choices]
        self.fields["aar"].choices = [("", _("All")), *((y, y) for y in reversed(span))]
        for name in ("udvalg", "status", "aar"):
            self.fields[name].error_messages["invalid_choice"] = _(
                "There is no “%(value)s” to choose. The list is shown without this filter."
            )

    @property
    def used(self) -> dict[str, Any]:
        """The filters in use."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filtered(self, publications: QuerySet[Any], *, at: dt.datetime) -> QuerySet[Any]:
        """The publications (with ``public_state``) that every filter lets through."""
        used = self.used
        for word in fold(used.get("q", "")).split()[:_MOST_WORDS]:
            publications = publications.filter(version__search_text__contains=word)
        if "udvalg" in used:
            publications = publications.filter(version__body_name=used["udvalg"])
        if "status" in used:
            publications = publications.filter(public_state=used["status"])
        if "aar" in used:
            year = used["aar"]
            publications = publications.filter(
                Q(version__first_year__lte=year, version__last_year__gte=year)
            )
        return publications

    def options(self, name: str) -> SafeString:
        """The options of a choice, the chosen one marked (a widget's templates are slow)."""
        chosen = str(self.data.get(name, ""))
        return format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (value, SafeString(" selected") if str(value) == chosen else "", label)
                for value, label in self.fields[name].choices
            ),
        )

    def body_options(self) -> SafeString:
        """Options of the body filter."""
        return self.options("udvalg")

    def state_options(self) -> SafeString:
        """Options of the state filter."""
        return self.options("status")

    def year_options(self) -> SafeString:
        """Options of the year filter."""
        return self.options("aar")
