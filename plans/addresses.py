"""What the addresses of the workspace begin with, for the wings' ``urls``, and how they name a
frozen version."""

from __future__ import annotations

import uuid

from django.urls import register_converter
from django.urls.converters import IntConverter, UUIDConverter

PLAN = "arbejde/planer/<slug:slug>/"
MILESTONE = f"{PLAN}milepaele/<uuid:uid>/"
VERSION = "<version:key>/"


class VersionConverter:
    """A frozen version by its uid. Older addresses name its place in the chain; they hold, for
    ``PlanVersion.objects.at``, and are never written any more."""

    regex = f"(?:{UUIDConverter.regex}|{IntConverter.regex})"

    def to_python(self, value: str) -> uuid.UUID | int:
        """The key of ``PlanVersion.objects.at``."""
        return int(value) if value.isdigit() else uuid.UUID(value)

    def to_url(self, value: uuid.UUID | int | str) -> str:
        """As it is written in an address."""
        return str(value)


def register_converters() -> None:
    """Called once, when the app is ready."""
    register_converter(VersionConverter, "version")
