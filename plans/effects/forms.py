"""Forms of a theory of change: a theme, a row of its table, a source."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.core.forms import SeenVersionForm, words_field
from plans.budget.amounts import NotAnAmount, kroner_words, read_kroner
from plans.enums import AnnexKind, EffectKind, ReferenceKind
from plans.indicators.queries import in_use
from plans.models import EffectNode, EffectReference, EffectTheme, Plan
from plans.models.budget import MOST_KRONER

from .chain import InheritedGoal

MANY = ("references", "focus_areas", "milestones", "indicators", "efforts")
MISSING = _("Write what it is called.")


class AmountField(forms.CharField):
    """An amount in whole kroner, as people write it; None where nothing was written."""

    wrong = _("Write an amount in whole kroner, for example 4.000.000.")

    def prepare_value(self, value: Any) -> Any:
        """As it is written."""
        return kroner_words(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """Whole kroner, from 0 up."""
        words = super().clean(value)
        if not words:
            return None
        try:
            amount = read_kroner(words)
        except NotAnAmount:
            amount = -1
        if not 0 <= amount <= MOST_KRONER:
            raise ValidationError(self.wrong)
        return amount


class EffectLineForm(forms.Form):
    """One line more in a theme's table."""

    kind = forms.ChoiceField(choices=EffectKind.choices, widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": MISSING})


class EffectThemeTitleForm(forms.Form):
    """One theme more."""

    title = forms.CharField(
        label=_("Title of the theme"), max_length=200, error_messages={"required": MISSING}
    )


class UidChoiceField(forms.ModelMultipleChoiceField):
    """Several rows, named by their uid."""

    def __init__(self, queryset: Any, **more: Any) -> None:
        more.setdefault("required", False)
        more.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(queryset, to_field_name="uid", **more)


class _RowForm(SeenVersionForm):
    """A row with its lock version, and what others have saved meanwhile beside what was typed."""

    NAMES: tuple[str, ...] = ()

    @property
    def facts(self) -> dict[str, Any]:
        """The column values to store."""
        return {name: self.cleaned_data[name] for name in self.NAMES if name in self.fields}

    def differs(self, stored: Any) -> list[tuple[Any, str, str]]:
        """(label, mine, theirs) of what is not the same in the row as it is stored now."""
        pairs = [
            (self.fields[name].label, said(mine), said(stored_value(stored, name)))
            for name, mine in self.facts.items()
        ]
        return [one for one in pairs if one[1] != one[2]]


def stored_value(row: Any, name: str) -> Any:
    """A column, or the rows that are pointed to."""
    value = getattr(row, name)
    return value.all() if hasattr(value, "all") else value


def said(value: Any) -> str:
    """A value in words."""
    if isinstance(value, bool):
        return _t("Yes") if value else _t("No")
    if value is None:
        return ""
    if isinstance(value, str | int):
        return str(value)
    return ", ".join(sorted(str(one) for one in value))


class EffectThemeForm(_RowForm):
    """A theme."""

    NAMES = ("title", "note", "references", "is_public")

    title = forms.CharField(label=_("Title"), max_length=200, error_messages={"required": MISSING})
    note = words_field(
        3,
        label=_("What a reader should know"),
        required=False,
        help_text=_("For example what is missing still. May be empty."),
    )
    references = UidChoiceField(EffectReference.objects.none(), label=_("Comes from"))
    is_public = forms.BooleanField(
        label=_("May be published"),
        required=False,
        help_text=_("Of an internal theme nothing stands in any version."),
    )

    def __init__(self, *args: Any, theme: EffectTheme, **kwargs: Any) -> None:
        initial = {name: getattr(theme, name) for name in ("title", "note", "is_public")}
        initial["references"] = [row.uid for row in theme.references.all()]
        super().__init__(*args, initial={**initial, "seen": theme.version}, **kwargs)
        self.fields["references"].queryset = sources_of(theme.plan)


class NodeForm(_RowForm):
    """One row: what it is, what it contributes to and on what assumption, where it comes from."""

    NAMES = (
        "title", "description", "amount", "indicators", "references", "focus_areas", "milestones",
        "efforts", "is_public",
    )  # fmt: skip

    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": MISSING})
    description = words_field(2, label=_("Description"), required=False)
    amount = AmountField(label=_("Amount in whole kroner"), required=False, max_length=40)
    serves = UidChoiceField(EffectNode.objects.none(), label=_("Contributes to"))
    references = UidChoiceField(EffectReference.objects.none(), label=_("Comes from"))
    focus_areas = UidChoiceField(None, label=_("Focus areas"))
    milestones = UidChoiceField(None, label=_("Milestones"))
    indicators = UidChoiceField(None, label=_("Measured by"))
    efforts = UidChoiceField(None, label=_("Effort descriptions"))
    is_public = forms.BooleanField(label=_("May be published"), required=False)

    def __init__(
        self, *args: Any, node: EffectNode, above: Collection[InheritedGoal] = (), **kwargs: Any
    ) -> None:
        """``above``: the goals of plans above that the person may know."""
        self.node, plan = node, node.theme.plan
        self.above = {goal.uid: goal for goal in above}
        links = {link.serves: link.assumption for link in node.links.select_related("serves")}
        initial = {
            name: getattr(node, name) for name in ("title", "description", "amount", "is_public")
        }
        initial["serves"] = [other.uid for other in links]
        for name in MANY:
            initial[name] = [row.uid for row in getattr(node, name).all()]
        super().__init__(*args, initial={**initial, "seen": node.version}, **kwargs)
        self._fill(node, plan)
        self._ask_assumptions(links)

    def _fill(self, node: EffectNode, plan: Plan) -> None:
        """What can be chosen; a field with nothing to choose is not asked."""
        kind = EffectKind(node.kind)
        if kind != EffectKind.RESOURCE:
            del self.fields["amount"]
        cycle = plan.shown_cycle
        offered = {
            "serves": candidates(plan, kind, self.above),
            "references": sources_of(plan),
            "focus_areas": plan.focus_areas.filter(retired_at__isnull=True),
            "milestones": cycle.milestones.select_related("meeting") if cycle else None,
            "indicators": in_use(plan),
            "efforts": plan.annexes.filter(kind=AnnexKind.EFFORT, retired_at__isnull=True),
        }
        for name, rows in offered.items():
            if rows is None or not rows.exists():
                del self.fields[name]
            else:
                self.fields[name].queryset = rows
        if "serves" in self.fields:
            self.fields["serves"].label_from_instance = self._label

    def _ask_assumptions(self, links: Mapping[EffectNode, str]) -> None:
        """One field for each that it contributes to, or is just said to."""
        if "serves" not in self.fields:
            return
        chosen = set(self.data.getlist(self.add_prefix("serves"))) if self.is_bound else set()
        rows = {str(row.uid): row for row in self.fields["serves"].queryset}
        by_uid = {str(row.uid): words for row, words in links.items()}
        for uid, row in rows.items():
            if uid in by_uid or uid in chosen:
                self.fields[f"assumption_{uid}"] = words_field(
                    2,
                    label=_t("What must hold for it to lead to “%(title)s”") % {"title": row.title},
                    required=False,
                    initial=by_uid.get(uid, ""),
                    max_length=2000,
                )

    def _label(self, row: EffectNode) -> str:
        """ "Goal: More live in own homes (Housing)": of a plan above as it may be known."""
        goal = self.above.get(str(row.uid))
        where = goal.plan if goal else row.theme.title
        title = goal.title if goal else row.title
        return f"{capfirst(EffectKind(row.kind).label)}: {title} ({where})"

    @property
    def assumptions(self) -> list[forms.BoundField]:
        """The fields of what must hold."""
        return [self[name] for name in self.fields if name.startswith("assumption_")]

    @property
    def contributions(self) -> dict[EffectNode, str] | None:
        """What it contributes to, and what must hold; None where nothing could be chosen."""
        if "serves" not in self.fields:
            return None
        return {
            row: self.cleaned_data.get(f"assumption_{row.uid}", "")
            for row in self.cleaned_data["serves"]
        }

    def differs(self, stored: Any) -> list[tuple[Any, str, str]]:
        """With what it contributes to."""
        pairs = super().differs(stored)
        there = stored.links.select_related("serves")
        mine, theirs = self.contributions or {}, {one.serves: one.assumption for one in there}
        if mine != theirs:
            pairs.append((_t("Contributes to"), _links_said(mine), _links_said(theirs)))
        return pairs


def _links_said(links: Mapping[EffectNode, str]) -> str:
    return "\n".join(
        f"{row.title}: {words}" if words else row.title for row, words in links.items()
    )


def candidates(plan: Plan, kind: EffectKind, above: Collection[str]) -> Any:
    """What something of a kind can contribute to: all that stands nearer to the goals, in every
    theme of the plan, and the goals of the plans above, by uid."""
    nearer = [one for one in EffectKind if kind.may_serve(one)]
    own = Q(theme__plan=plan, kind__in=nearer)
    rows = EffectNode.objects.filter(
        own | Q(uid__in=above if nearer else ()),
        retired_at__isnull=True,
        theme__retired_at__isnull=True,
    )
    return rows.select_related("theme__plan").order_by(
        "theme__plan__sort_key", "theme__position", "position", "pk"
    )


def sources_of(plan: Plan) -> Any:
    """The sources of a plan that stand."""
    return plan.effect_references.filter(retired_at__isnull=True)


class SourceForm(_RowForm):
    """Where a claim comes from."""

    NAMES = ("kind", "number", "title", "link")

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(value, capfirst(label)) for value, label in ReferenceKind.choices],
    )
    number = forms.CharField(
        label=_("Number"),
        max_length=60,
        required=False,
        help_text=_("Of a case or a document, for example “BR 644/05”."),
    )
    title = forms.CharField(label=_("Title"), max_length=300, required=False)
    link = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")

    def __init__(self, *args: Any, source: EffectReference | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(source, name) for name in self.NAMES} if source else {}
        initial["seen"] = source.version if source else 0
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        """It has a number or a title."""
        data = super().clean() or {}
        if not data.get("number") and not data.get("title"):
            self.add_error("number", _("Write a number or a title."))
        return data


class ReasonToRemoveForm(SeenVersionForm):
    """Something is taken out; ``reason`` is asked for where others have read it."""

    reason = words_field(3, label=_("Why?"), error_messages={"required": _("Write why.")})

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_reason:
            del self.fields["reason"]
