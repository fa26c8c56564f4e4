"""Searching the published plans: the form owns its filters and says what it could not use."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from plans.enums import PublicState
from plans.public_search.sources import Narrowed, kinds

_EARLIEST, _LATEST = 1970, 2100
_FILTERS = frozenset({"slags", "udvalg", "status", "aar"})
SELECTED = mark_safe(" selected")


class PlanSearch(forms.Form):
    """Words, kind, body, state and year. A filter with a value that is not there is left out, and
    said. Without words it is the list of plans that is narrowed; a kind is a kind of answer.

    ``bodies`` are the names to choose among, the years the first and last of any plan.
    """

    q = forms.CharField(label=_("Search in the plans"), max_length=200, required=False)
    slags = forms.ChoiceField(label=_("Kind"), required=False)
    udvalg = forms.ChoiceField(label=_("Body"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    aar = forms.TypedChoiceField(label=_("Year"), coerce=int, empty_value=None, required=False)

    def __init__(
        self,
        data: Any,
        *,
        bodies: Iterable[str],
        first_year: int | None,
        last_year: int | None,
    ) -> None:
        super().__init__(data)
        first, last = first_year or _LATEST, last_year or _EARLIEST
        self.offered = _offered(tuple(bodies), first, last, get_language() or "")

    @cached_property
    def used(self) -> dict[str, Any]:
        """The filters in use."""
        if not self.is_asked:
            return {}
        for name, choices in self.offered.items():
            self.fields[name].choices = choices
            self.fields[name].error_messages["invalid_choice"] = _(
                "There is no “%(value)s” to choose. The list is shown without this filter."
            )
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_asked(self) -> bool:
        """Whether anything at all was searched for or chosen."""
        return any(self.data.get(name) for name in self.fields)

    @property
    def faults(self) -> list[str]:
        """What could not be used, in words."""
        if not self.is_asked or self.used is None:
            return []
        return [str(error) for errors in self.errors.values() for error in errors]

    @property
    def words(self) -> str:
        """What is searched for."""
        return str(self.used.get("q", "")).strip()

    @property
    def filters(self) -> int:
        """How many filters are in use besides the words."""
        return len(self.used.keys() & _FILTERS)

    def filtered(self, publications: QuerySet[Any]) -> QuerySet[Any]:
        """The publications (with ``public_state``) that every filter lets through."""
        used = self.used
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

    def narrowed(self, publications: QuerySet[Any]) -> Narrowed:
        """The same for a search: the kinds of answers, and the plans it is about."""
        chosen = frozenset(filter(None, [self.used.get("slags", "")]))
        if not self.used.keys() & (_FILTERS - {"slags"}):
            return Narrowed(chosen)
        plans = self.filtered(publications).order_by().values_list("plan", flat=True)
        return Narrowed(chosen, list(plans))

    def kind_options(self) -> SafeString:
        """Options of the kind of answers."""
        return self.options("slags")

    def options(self, name: str) -> SafeString:
        """The options of a choice, the chosen one marked (a widget's templates are slow)."""
        return _options(self.offered[name], str(self.data.get(name, "")))

    def body_options(self) -> SafeString:
        """Options of the body filter."""
        return self.options("udvalg")

    def state_options(self) -> SafeString:
        """Options of the state filter."""
        return self.options("status")

    def year_options(self) -> SafeString:
        """Options of the year filter."""
        return self.options("aar")


@lru_cache(maxsize=64)
def _offered(
    bodies: tuple[str, ...], first: int, last: int, language: str
) -> dict[str, tuple[tuple[str, str], ...]]:
    """What there is to choose, in words; made anew when bodies, years or language change."""
    everything = ("", gettext("All"))
    years = range(min(last, _LATEST), max(first, _EARLIEST) - 1, -1)
    return {
        "slags": (everything, *((key, str(words)) for key, words in kinds().items())),
        "udvalg": (everything, *((name, name) for name in bodies)),
        "status": (everything, *((state.value, str(state.label)) for state in PublicState)),
        "aar": (everything, *((str(year), str(year)) for year in years)),
    }


@lru_cache(maxsize=256)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    marked = ((value, SELECTED if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
