"""What pages ask of an annex: where it is read from here, and what sort of thing it is."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from plans.annexes.lines import AnnexLine
from plans.annexes.part import form_words
from plans.models import PlanVersion

register = template.Library()


@register.simple_tag(takes_context=True)
def annex_address(context: Any, annex: AnnexLine) -> str:
    """Where an annex of the document of this page is read: beside the public page, in the version
    that the page shows, or, of a plan that is being written, in its room."""
    version = context.get("version")
    if isinstance(version, PlanVersion):
        return reverse("plans:annex-of-version", args=[version.uid, annex.uid])
    public = context.get("this_version")
    if public and context.get("is_newest") is None:
        return reverse("plans:public-annex", args=[context["slug"], annex.uid])
    if public:
        return reverse("plans:version-annex", args=[context["slug"], public["number"], annex.uid])
    return reverse("plans:annex", args=[context["plan"].slug, annex.uid])


@register.filter
def annex_form(annex: AnnexLine) -> str:
    """What sort of thing it is, and how large: "PDF, 1,2 MB"."""
    return form_words(annex)
