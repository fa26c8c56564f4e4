"""What is found by words on all public pages, a page of it at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator

from plans.public_search import finding
from plans.public_search.asking import asked

from .forms import PlanSearch
from .publications import published, with_public_state


def found_page(form: PlanSearch, *, at: dt.datetime, number: Any, most: int) -> dict[str, Any]:
    """A page of the answer; where nothing is found, what may have been meant."""
    narrowed = form.narrowed(with_public_state(published(at=at), at=at))
    search = asked(form.words)
    found = finding.found(search, narrowed, at=at)
    page = Paginator(found.lines, most).get_page(number)
    nothing = bool(search) and not found.lines
    return {
        "form": form,
        "found": found,
        "page": page,
        "hits": finding.hits(page.object_list, search, at=at),
        "meant": finding.meant(form.words, search, narrowed, at=at) if nothing else "",
    }
