"""The images of a text, fetched by their uid when a paper is made of it."""

from __future__ import annotations

from django.db.models import QuerySet

from kommuneplan.documents.prose import Pictures
from plans.models import Plan, PlanVersion, SectionImage


def of_version(version: PlanVersion | int) -> Pictures:
    """The images a frozen version holds, and no others."""
    return _fetcher(SectionImage.objects.filter(versions__version=version))


def of_plan(plan: Plan) -> Pictures:
    """The plan's own images, for the text as it is being written."""
    return _fetcher(plan.images.all())


def _fetcher(images: QuerySet[SectionImage]) -> Pictures:
    """Asks the database once, and only when there is an image to be shown."""
    known: dict[str, SectionImage] | None = None

    def fetch(uid: str) -> bytes | None:
        nonlocal known
        if known is None:
            known = {str(image.uid): image for image in images.select_related("file")}
        image = known.get(uid)
        if image is None:
            return None
        with image.file.content.open("rb") as stored:
            return bytes(stored.read())

    return fetch


PRIVATE = "private, no-store"


POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
