"""What the public pages of plans say of themselves (``plans.public.metadata``), for their heads."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from kommuneplan.core.site.metadata import PageMetadata
from plans.public import metadata

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_metadata(context: Context) -> PageMetadata:
    """Of the page of a plan."""
    return metadata.of_plan(context.flatten())


@register.simple_tag(takes_context=True)
def version_metadata(context: Context) -> PageMetadata:
    """Of the page of a version."""
    return metadata.of_version(context.flatten())


@register.simple_tag(takes_context=True)
def front_metadata(context: Context) -> PageMetadata:
    """Of the front page."""
    return metadata.of_front(context["municipality"].name)


@register.simple_tag(takes_context=True)
def list_metadata(context: Context) -> PageMetadata:
    """Of the list of plans, as far as it is the whole list."""
    return metadata.of_list(is_found=not context["form"].used and _is_first(context))


@register.simple_tag(takes_context=True)
def dates_metadata(context: Context) -> PageMetadata:
    """Of the calendar page."""
    return metadata.of_dates(is_found=_is_first(context))


@register.simple_tag(takes_context=True)
def wheel_metadata(context: Context) -> PageMetadata:
    """Of the year wheel: the present year of all bodies is what is to be found."""
    return metadata.of_wheel(is_found=not context["asked"])


def _is_first(context: Context) -> bool:
    page: Any = context["page"]
    return bool(page.number == 1)
