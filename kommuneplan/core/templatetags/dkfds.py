"""What the form templates of the design system (``templates/dkfds``) need to know of a field."""

from __future__ import annotations

from typing import Any

from django import forms, template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext

register = template.Library()
_DASHES = BLANK_CHOICE_DASH[0][1]


@register.filter
def shape(field: BoundField) -> str:
    """Which template draws the field: hidden, checkbox, choices, file, select or input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.MultiWidget) and widget.use_fieldset:
        return "group"
    return "input"


@register.simple_tag
def control(field: BoundField, css_class: str) -> SafeString:
    """The field's widget with the design system's class; Django adds what describes it."""
    _say_choices(field)
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css_class} {own}".strip()})


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether "(frivilligt)" says something: what may stand empty does, but not ticks, nor a list
    in which something is always chosen, also where that is "Ingen"."""
    asked = field.field
    if asked.required or getattr(asked, "unmarked", False):
        return False
    if isinstance(asked.widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple)):
        return False
    if isinstance(asked, forms.ModelMultipleChoiceField):
        return True
    if isinstance(asked, forms.ModelChoiceField):
        return asked.empty_label in {None, _DASHES}
    if isinstance(asked, forms.ChoiceField) and not isinstance(asked, forms.MultipleChoiceField):
        return any(value == "" and label == _DASHES for value, label in asked.choices)
    return True


@register.filter
def options(field: BoundField) -> BoundField:
    """The field, for a loop over what can be ticked in it."""
    _say_choices(field)
    return field


def _say_choices(field: BoundField) -> None:
    """Our own words begin with a capital where they stand as a choice, and Django's row of dashes
    says what to do. What a person has written stands as they wrote it."""
    asked = field.field
    if isinstance(asked, forms.ModelChoiceField):
        if asked.empty_label == _DASHES:
            asked.empty_label = gettext("Choose")
    elif isinstance(asked, forms.ChoiceField) and hasattr(asked.widget, "choices"):
        asked.widget.choices = [_said(value, label) for value, label in asked.widget.choices]


def _said(value: Any, label: Any) -> tuple[Any, Any]:
    if isinstance(label, (list, tuple)):
        return value, [_said(*one) for one in label]
    if label == _DASHES:
        return value, gettext("Choose")
    return value, capfirst(label) if isinstance(label, Promise) else label


@register.filter
def is_multiple(field: BoundField) -> bool:
    """Whether more than one of the choices can be taken."""
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def focus_id(field: BoundField) -> str:
    """The id that a link to the field leads to: its input, or the group of its inputs."""
    if shape(field) in {"choices", "group"}:
        return f"{field.auto_id}_group"
    return field.id_for_label or field.auto_id
