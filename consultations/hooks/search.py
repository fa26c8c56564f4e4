"""What the search of the workspace finds of consultations: responses, for those who handle them,
and the parties of the register.

A response is found by all that was received, as in its own list. Its words are shown only where
everybody may read them or will: of another one the page says that they stand in it, and opening it
is written down as always. A protected sender is found by nobody here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultations.enums import PartyCategory, PublicationState
from consultations.models import ContactPerson, Party, Response
from consultations.permissions import KEEP_REGISTER
from consultations.responses.public_form import WORDS_KNOWN, ShownResponse, nobody, plain
from kommuneplan.richtext.highlighting import Snippet
from plans.search.kinds import Asked, FoundAgain, Kind, around, marked, register_kind, with_words


def register_kinds() -> None:
    """Called once, when the app is ready."""
    register_kind(Kind("svar", gettext_lazy("Responses"), 50, _responses, _response_hits))
    register_kind(Kind("parter", gettext_lazy("Consulted parties"), 60, _parties, _party_hits))


def _responses(asked: Asked) -> QuerySet[Response]:
    """Those of the plans a person works with, the newest first."""
    rows = Response.objects.readable_by(asked.user).filter(
        is_protected=False, round__plan__retired_at__isnull=True
    )
    rows = with_words(rows, asked.words).select_related("round__plan")
    rows = rows.defer("search_text", "round__letter")
    return rows.order_by("-received_at", "-pk")


def _response_hits(rows: Iterable[Response], asked: Asked) -> list[FoundAgain]:
    hits = []
    for row in rows:
        names = ", ".join(one for one in (row.organisation, row.name) if one)
        title = _("No. %(number)s: %(name)s") % {
            "number": row.number,
            "name": names or nobody(row.sender_kind, row.number),
        }
        round = row.round
        link = reverse("consultations:response", args=[round.plan.slug, round.uid, row.number])
        words = _words_of(row, asked)
        about = round.title
        if words is None and not _all_in(title, asked):
            about = _("%(about)s · the words stand in it as it was received") % {"about": about}
        hits.append(FoundAgain(marked(title, asked.words), link, about, words))
    return hits


def _all_in(title: str, asked: Asked) -> bool:
    found = {text for text, is_hit in marked(title, asked.words).pieces if is_hit}
    return len(found) >= len(asked.words)


def _words_of(row: Response, asked: Asked) -> Snippet | None:
    """Where the words stand in what a person has cleared."""
    known: Any = (row.published or {}).get(WORDS_KNOWN)
    if row.publication_state != PublicationState.CLEARED or row.withdrawn_at or not known:
        return None
    shown = ShownResponse.from_json(known)
    parts = [shown.text, *(one.words for one in (*shown.answers, *shown.remarks))]
    return around((plain(part) for part in parts), asked.words)


def _parties(asked: Asked) -> QuerySet[Party] | None:
    """The register, for those who keep it: by name and address, not who has left it."""
    if not asked.user.has_perm(KEEP_REGISTER):
        return None
    rows = with_words(Party.objects.filter(retired_at__isnull=True), asked.words)
    contacts = ContactPerson.objects.order_by("name", "pk")
    return rows.order_by("sort_key", "pk").prefetch_related(Prefetch("contacts", contacts))


def _party_hits(rows: Iterable[Party], asked: Asked) -> list[FoundAgain]:
    hits = []
    for row in rows:
        people = ", ".join(one.name for one in row.contacts.all())
        about = " · ".join(
            part for part in (str(PartyCategory(row.category).label), row.email, people) if part
        )
        link = reverse("consultations:party-edit", args=[row.uid])
        hits.append(FoundAgain(marked(row.name, asked.words), link, about))
    return hits
