"""What the form templates of the design system (``templates/dkfds``) need to know of a field."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

register = template.Library()


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
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{css_class} {own}".strip()})


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
