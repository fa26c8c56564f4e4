"""The bodies of a municipality: those proposed, those of one's own, and one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from kommuneplan.collation import fold
from kommuneplan.core.enums import BodyKind
from kommuneplan.core.models import Body

from ..usual_bodies import USUAL, UsualBody

OWN = 4  # empty rows for bodies of one's own
LONGEST_NAME = 200
KINDS = [(kind.value, capfirst(kind.label)) for kind in BodyKind]


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that is to be made."""

    name: str
    kind: str
    abbreviation: str
    papers_due_days: int


@dataclass(frozen=True, slots=True)
class ProposedBody:
    """A usual body with the fields by which it is taken."""

    body: UsualBody
    take: forms.BoundField
    name: forms.BoundField


def _name(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False)


class BodiesForm(forms.Form):
    """Which of the usual bodies there are, under which names, and up to four others. A body that
    is there already, under any of its usual names, is not proposed."""

    def __init__(self, *args: Any, there: list[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.there = {fold(body.name): body for body in there}
        self.kinds_there = {body.kind for body in there}
        self.proposed = [
            (group, [body for body in group.bodies if not self._is_there(body)]) for group in USUAL
        ]
        for _group, bodies in self.proposed:
            for body in bodies:
                self._propose(body)
        for place in range(OWN):
            self.fields[f"own_{place}"] = _name(_("Name"))
            self.fields[f"kind_{place}"] = forms.ChoiceField(
                label=_("Kind"), choices=KINDS, initial=BodyKind.COMMITTEE.value, required=False
            )

    def _is_there(self, body: UsualBody) -> bool:
        return any(fold(name) in self.there for name in body.names) or (
            body.kind in {BodyKind.COUNCIL, BodyKind.FINANCE_COMMITTEE}
            and body.kind in self.kinds_there
        )

    def _propose(self, body: UsualBody) -> None:
        ticked = body.ticked and not self.there
        self.fields[f"take_{body.key}"] = forms.BooleanField(
            label=body.name, required=False, initial=ticked, help_text=body.law
        )
        name = _name(_t("Name of %(body)s") % {"body": body.name})
        name.initial = body.name
        name.unmarked = True  # type: ignore[attr-defined]
        self.fields[f"name_{body.key}"] = name

    @property
    def groups(self) -> list[tuple[Any, list[ProposedBody]]]:
        """The proposals in their groups; a group with nothing left is left out."""
        return [
            (group, [ProposedBody(one, self[f"take_{one.key}"], self[f"name_{one.key}"])
                     for one in bodies])
            for group, bodies in self.proposed
            if bodies
        ]  # fmt: skip

    @property
    def own_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of bodies of one's own."""
        return [(self[f"own_{place}"], self[f"kind_{place}"]) for place in range(OWN)]

    def clean(self) -> dict[str, Any]:
        """Each has a name that no other has."""
        data = super().clean() or self.cleaned_data
        seen = dict.fromkeys(self.there, "")
        self.new: list[NewBody] = []
        for _group, bodies in self.proposed:
            for one in bodies:
                if data.get(f"take_{one.key}"):
                    name = data.get(f"name_{one.key}") or one.name
                    kept = one.abbreviation if fold(name) == fold(one.name) else ""
                    new = NewBody(name, one.kind, kept, one.papers_due_days)
                    self._take(f"name_{one.key}", new, seen)
        for place in range(OWN):
            if name := data.get(f"own_{place}"):
                kind = data.get(f"kind_{place}") or BodyKind.COMMITTEE.value
                self._take(f"own_{place}", NewBody(name, kind, "", 14), seen)
        if not self.errors and not self.new:
            self.add_error(None, _t("Tick at least one, or write a name below."))
        return data

    def _take(self, field: str, new: NewBody, seen: dict[str, str]) -> None:
        key = fold(new.name)
        if key in seen:
            self.add_error(field, _t("There is one of this name already: %(name)s. Choose another "
                                     "name.") % {"name": new.name})  # fmt: skip
            return
        seen[key] = field
        self.new.append(new)


class BodyDetailsForm(forms.ModelForm):
    """One body that is there."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    class Meta:
        model = Body
        fields = ("name", "abbreviation", "kind", "parent", "papers_due_days")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Body.objects.exclude(pk=self.instance.pk)
        self.fields["parent"].to_field_name = "uid"
        self.fields["parent"].empty_label = _("None")
        if self.instance.parent:
            self.initial["parent"] = self.instance.parent.uid
        self.fields["kind"].choices = KINDS
        self.initial.setdefault("seen", self.instance.version)

    def clean_name(self) -> str:
        """No two of one name, whatever the capital letters."""
        name = self.cleaned_data["name"]
        others = Body.objects.exclude(pk=self.instance.pk).values_list("name", flat=True)
        if fold(name) in {fold(one) for one in others}:
            raise forms.ValidationError(_t("There is a body of this name already."))
        return name

    def clean_parent(self) -> Body | None:
        """Nothing stands under itself."""
        parent = self.cleaned_data["parent"]
        above = parent
        while above is not None:
            if above.pk == self.instance.pk:
                raise forms.ValidationError(_t("A body cannot stand under itself."))
            above = above.parent
        return parent
