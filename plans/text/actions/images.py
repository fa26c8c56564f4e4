"""Images of a text: taken in, cleaned, looked after at each save, and held by frozen versions."""

from __future__ import annotations

import hashlib
import uuid
from pathlib import PurePosixPath

import lxml.html
from django.db import transaction
from django.utils.translation import gettext as _

from kommuneplan import clock
from kommuneplan.core.models import StoredFile, User
from kommuneplan.documents import images
from kommuneplan.richtext.figures import image_uids
from plans.models import Plan, SectionImage

_NAMES = {
    "PNG": {".png"},
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "GIF": {".gif"},
    "WEBP": {".webp"},
}


class ImageRefused(ValueError):
    """The image was not taken in; the message says why, and what to do."""


def keep_image(
    *, plan: Plan, data: bytes, name: str, alt: str, by: User | None = None
) -> SectionImage:
    """Take an image into a plan, without the metadata it came with; once for each plan.

    ``alt`` says what it shows and is required. Raises ImageRefused, with the reason in words.
    """
    alt = " ".join(alt.split())
    if not alt:
        raise ImageRefused(_("Say in words what the image shows, for those who cannot see it."))
    picture = _accepted(name, data)
    digest = hashlib.sha256(picture.data).hexdigest()
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=plan.pk)  # two uploads of the same are one
        known = plan.images.filter(sha256=digest).first()
        if known:
            return known
        stem = PurePosixPath(name.replace("\\", "/")).stem[:200] or "billede"
        stored = StoredFile.keep(
            f"{stem}{picture.extension}", picture.data, picture.content_type, by
        )
        return SectionImage.objects.create(
            plan=plan,
            file=stored,
            sha256=digest,
            alt=alt[:500],
            width=picture.width,
            height=picture.height,
        )


def _accepted(name: str, data: bytes) -> images.RewrittenImage:
    """The image written anew, or ImageRefused: size, kind, name and content, in this order."""
    shown = PurePosixPath(name.replace("\\", "/")).name.replace("\x00", "")[:100] or "?"
    if not data:
        raise ImageRefused(_("%(name)s is empty. Choose another file.") % {"name": shown})
    if len(data) > images.MAX_BYTES:
        raise ImageRefused(
            _("%(name)s is %(size)s MB. The limit is %(limit)s MB. Save it smaller and try again.")
            % {
                "name": shown,
                "size": f"{len(data) / 1_000_000:.0f}",
                "limit": images.MAX_BYTES // 1_000_000,
            }
        )
    kind = images.sniff(data)
    if kind is None or "\x00" in name:
        raise ImageRefused(
            _(
                "%(name)s is not an image that can be used here. Use PNG, JPEG, GIF or WebP; "
                "save other kinds, SVG too, as PNG first."
            )
            % {"name": shown}
        )
    if PurePosixPath(shown).suffix.lower() not in _NAMES[kind]:
        raise ImageRefused(
            _(
                "%(name)s is called something else than what it is (%(kind)s). Open it in its own "
                "program and save it again."
            )
            % {"name": shown, "kind": kind}
        )
    try:
        return images.rewritten(data)
    except images.TooManyPixels as error:
        raise ImageRefused(
            _("%(name)s has more than %(limit)s million pixels. Save it smaller and try again.")
            % {"name": shown, "limit": images.MAX_PIXELS // 1_000_000}
        ) from error
    except images.Broken as error:
        raise ImageRefused(
            _("%(name)s cannot be read: the file is damaged. Save it again and try once more.")
            % {"name": shown}
        ) from error


class TextRefused(ValueError):
    """A text was not saved for the sake of its images; the message says why, and what to do."""


def checked_images(*, plan: Plan, html: str, by: User | None) -> str:
    """A sanitised text as it may be saved: every image described, and the plan's own.

    Raises TextRefused; the words stay with whoever sent them.
    """
    if not image_uids(html):
        return html
    images = list(lxml.html.fragment_fromstring(html, create_parent="div").iter("img"))
    for place, image in enumerate(images, start=1):
        if not image.get("alt"):
            raise TextRefused(
                _(
                    "Image number %(place)s of the section has no alternative text. Say in words "
                    "what it shows, and save again."
                )
                % {"place": place}
            )
    html = adopt_images(plan=plan, html=html, by=by)
    foreign = set(foreign_images(plan=plan, html=html))
    for image in images:
        if any(uid in image.get("src") for uid in foreign):
            raise TextRefused(
                _(
                    "The image “%(alt)s” is not among the images of this plan. Take it out, or "
                    "add it again from your computer."
                )
                % {"alt": image.get("alt")}
            )
    return html


@transaction.atomic
def adopt_images(*, plan: Plan, html: str, by: User | None) -> str:
    """The text with every image the plan's own: one that was copied from a plan the person may
    read comes along. One they may not read, or that does not exist, stays as it is
    (``foreign_images`` tells)."""
    wanted = [uuid.UUID(uid) for uid in image_uids(html)]
    own = set(plan.images.filter(uid__in=wanted).values_list("uid", flat=True))
    if by is None or own >= set(wanted):
        return html
    readable = SectionImage.objects.readable_by(by, at=clock.now())
    for image in readable.filter(uid__in=set(wanted) - own).select_related("file"):
        copy = plan.images.filter(sha256=image.sha256).first() or SectionImage.objects.create(
            plan=plan,
            file=image.file,
            sha256=image.sha256,
            alt=image.alt,
            width=image.width,
            height=image.height,
        )
        html = html.replace(image.src, copy.src)
    return html


def foreign_images(*, plan: Plan, html: str) -> list[str]:
    """The uids of the images in a text that are not this plan's."""
    wanted = image_uids(html)
    own = plan.images.filter(uid__in=wanted).values_list("uid", flat=True)
    return [uid for uid in wanted if uid not in {str(one) for one in own}]
