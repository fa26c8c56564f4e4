"""What happened to something that can be followed, as the values of a feed."""

from __future__ import annotations

import datetime as dt
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.utils.translation import gettext as _

from kommuneplan.core.models import Municipality
from kommuneplan.directions import isolated
from kommuneplan.documents.atom import Feed, FeedEntry
from plans.public.happenings import Happening, kinds

from .things import Followed


def feed_of(thing: Followed, *, municipality: Municipality, at: dt.datetime) -> Feed:
    """The newest that happened to it."""
    subtitle = _("Versions, decisions, consultations and moved dates")
    return Feed(
        uid=_uid(thing),
        title=f"{isolated(thing.title)} – {municipality.name}",
        subtitle=subtitle,
        author=municipality.name,
        link=_absolute(thing.page),
        address=_absolute(thing.feed),
        entries=tuple(_entry(one) for one in thing.happened(at=at)),
    )


def _uid(thing: Followed) -> UUID:
    """Its own for ever, also under another name."""
    owner = thing.plan or thing.body
    return uuid5(owner.uid, "feed") if owner else uuid5(NAMESPACE_URL, _absolute(thing.feed))


def _entry(one: Happening) -> FeedEntry:
    return FeedEntry(
        uid=one.uid,
        title=f"{isolated(one.plan.title)}: {one.what}",
        updated=one.at,
        link=_absolute(one.address),
        words=tuple(line for words in (one.what, one.words) for line in words.splitlines()),
        kind=one.kind,
        kind_words=str(kinds[one.kind].label),
    )


def _absolute(path: str) -> str:
    return f"{settings.SITE_ADDRESS}{path}"
