"""How long personal data is kept, in words for citizens: told by whoever declares the terms, with
the very terms that are kept, so that the notice never says another time than the program keeps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .declarations import TWO_YEARS


@dataclass(frozen=True, slots=True)
class KeptTerm:
    """``what`` is kept, for how long ``after`` what."""

    what: Any  # lazily translated
    term: dt.timedelta
    after: Any

    @property
    def words(self) -> str:
        """ "30 dage"; in hours where it is less than three days."""
        if self.term < dt.timedelta(days=3):
            hours = int(self.term.total_seconds() // 3600)
            return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
        return ngettext("%(count)d day", "%(count)d days", self.term.days) % {
            "count": self.term.days
        }


_known: list[KeptTerm] = []


def register_kept(*terms: KeptTerm) -> None:
    """Tell citizens of some terms; called in ``ready()``."""
    _known.extend(terms)


def kept_terms() -> list[KeptTerm]:
    """Every term citizens are told of."""
    return list(_known)


def register_own() -> None:
    """Called once, when the app is ready."""
    mails = dt.timedelta(days=TWO_YEARS.days)
    register_kept(KeptTerm(_("That a mail was sent to you, and when"), mails, _("it was written")))
