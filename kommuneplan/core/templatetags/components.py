"""The small parts that pages are built of, as tags: what needs no template of its own."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from django import template
from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kommuneplan.core.forms import SignInForm
from kommuneplan.core.models import Municipality

from .directions import isolated

register = template.Library()

_UNTYPED = {"csrfmiddlewaretoken", "password", "kept", "next"}  # never shown again

WORKSPACE = "/arbejde/"
TRAIL = 3  # steps of a breadcrumb there, the page itself among them

_FOOTER = ("name", "address", "contact_email", "contact_phone", "web_address")

# Our own drawings on a field of 24 × 24, stroked with the colour of the text.
_ICONS = {
    "check": "M4 12.5l5.5 5.5L20 7",
    "info": "M12 11v6M12 7.2v.6M12 2.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19z",
    "warning": "M12 9v5M12 17.2v.6M12 3L2.5 20.5h19z",
    "error": "M12 7v6M12 16.2v.6M8 2.5h8l5.5 5.5v8L16 21.5H8L2.5 16V8z",
    "search": "M15.5 15.5L21 21M10 3.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z",
    "next": "M9 5l7 7-7 7",
    "previous": "M15 5l-7 7 7 7",
    "calendar": "M4 6h16v14H4zM4 10.5h16M8.5 3v5M15.5 3v5",
    "download": "M12 3v12M7 10.5l5 5 5-5M4 20.5h16",
    "link": "M10 14l4-4M8.5 11l-3 3a3.5 3.5 0 0 0 5 5l3-3M15.5 13l3-3a3.5 3.5 0 0 0-5-5l-3 3",
    "close": "M6 6l12 12M18 6L6 18",
    "document": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "house": "M3.5 11.5L12 4l8.5 7.5M6 9.5V20h12V9.5M10 20v-6h4v6",
    "lines": "M5 5h14M5 10h14M5 15h14M5 20h8",
    "speech": "M4 4.5h16v11h-9L6.5 20v-4.5H4z",
    "tree": "M9 3h6v5H9zM3 16h6v5H3zM15 16h6v5h-6zM12 8v4M6 16v-4h12v4",
    "target": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z",
    "chart": "M4 4v16h16M7.5 15l4-4.5 3 2.5 5-6.5",
    "chain": "M3 5h6v5H3zM3 14h6v5H3zM15 9.5h6v5h-6zM9 7.5h3v9H9M12 12h3",
    "clipboard": "M8.5 3.5h7v4h-7zM8.5 5.5H5v15h14v-15h-3.5M8.5 14l2.5 2.5 4.5-5",
    "stack": "M8 3h12v13H8zM8 8H4v13h12v-5",
    "clock": "M12 7v5.5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
    "flag": "M5.5 21.5V3M5.5 4h13l-3 4.5 3 4.5h-13",
    "repeat": "M4 12a8 8 0 0 1 14-5.3M18 3v4h-4M20 12a8 8 0 0 1-14 5.3M6 21v-4h4",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
}
_ALERTS = {
    "info": ("info", "info"),
    "debug": ("info", "info"),
    "success": ("success", "check"),
    "warning": ("warning", "warning"),
    "error": ("error", "error"),
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing in a line of text; silent for screen readers unless it has a label."""
    shape = mark_safe(f'<path d="{_ICONS[name]}"/></svg>')  # noqa: S308  (our own drawings)
    frame = '<svg class="icon" viewBox="0 0 24 24" focusable="false" {}>{}'
    if label:
        return format_html(frame, format_html('role="img" aria-label="{}"', label), shape)
    return format_html(frame, mark_safe('aria-hidden="true"'), shape)


@register.simple_tag
@lru_cache(maxsize=1)
def site_icon() -> SafeString:
    """The icon of the site as an address that holds it: a browser asks for no file."""
    drawing = (settings.BASE_DIR / "static" / "img" / "favicon.svg").read_text(encoding="utf-8")
    return mark_safe("data:image/svg+xml," + quote(drawing.strip(), safe=" =:/"))  # noqa: S308


@register.simple_tag
def badge(text: str, shape: str = "plain") -> SafeString:
    """A word in a badge with a shape (see components.css): never known by its colour alone."""
    return format_html('<span class="state state-{}">{}</span>', shape, isolated(text))


@register.simple_block_tag
def alert(content: str, kind: str = "info", heading: str = "", level: int = 2) -> SafeString:
    """A notice in a box: ``info``, ``success``, ``warning`` or ``error``.

    Say what happened, what it means, what to do. What it is, is said to screen readers too.
    ``level``: of its heading; 0 above the page's first, where it is a line in bold.
    """
    look, drawing = _ALERTS.get(kind.split()[-1] if kind else "info", _ALERTS["info"])
    words = {
        "info": _("Information"),
        "success": _("Done"),
        "warning": _("Note"),
        "error": _("Error"),
    }
    tag = f"h{level}" if level else "p"
    title = format_html('<{} class="alert-heading">{}</{}>', tag, isolated(heading), tag)
    return format_html(
        '<div class="alert alert-{}"><span class="alert-icon">{}</span>'
        '<div class="alert-body">{}<div class="alert-text">{}</div></div></div>',
        look,
        icon(drawing, words[look]),
        title if heading else "",
        content,
    )


@register.simple_block_tag
def fixed_bar(content: str, label: str, place: str = "top") -> SafeString:
    """What changes the page, in a bar that stays in sight: at the ``top``, or at the ``foot``.

    Its first line is what stands there (``<p>``), then what can be done. One a place and page:
    what has the focus is never under it (``scroll-padding`` in components.css, WCAG 2.4.11).
    """
    bar = get_template("components/fixed_bar.html")
    context = {"content": mark_safe(content), "label": label, "place": place}  # noqa: S308
    return mark_safe(bar.render(context))  # noqa: S308  (our own template)


@register.simple_block_tag
def disclosure(content: str, summary: str, is_open: bool = False) -> SafeString:
    """Something that can be folded out, with or without JavaScript."""
    return format_html(
        '<details class="details"{}><summary class="details-summary">{}</summary>'
        '<div class="details-text">{}</div></details>',
        mark_safe(" open") if is_open else "",
        isolated(summary),
        content,
    )


@register.simple_block_tag
def card(
    content: str, heading: str, url: str = "", level: int = 3, subheading: str = ""
) -> SafeString:
    """A card; with ``url`` its heading is the link and the whole card can be clicked."""
    heading = isolated(heading)
    link = format_html('<a class="card-link" href="{}">{}</a>', url, heading)
    above = format_html('<p class="card-subheading">{}</p>', isolated(subheading))
    return format_html(
        '<div class="card"><div class="card-content">'
        '<h{} class="card-heading">{}</h{}>{}{}</div></div>',
        level,
        link if url else heading,
        level,
        above if subheading else "",
        content,
    )


@register.simple_block_tag
def datatable(
    content: str, caption: str, hide_caption: bool = False, classes: str = ""
) -> SafeString:
    """A table with a caption in a region of its own, which can be scrolled with the keyboard.

    The content is ``<thead>`` and ``<tbody>`` with ``scope`` on every header cell. With
    ``classes="stacks"`` rows become blocks on a narrow screen: every ``<td>`` then says its
    column's name in ``data-label``.
    """
    name = f"table-{slugify(caption)[:60]}"
    return format_html(
        '<div class="table-region" role="region" aria-labelledby="{}" tabindex="0">'
        '<table class="table {}"><caption id="{}"{}>{}</caption>{}</table></div>',
        name,
        classes,
        name,
        mark_safe(' class="sr-only"') if hide_caption else "",
        isolated(caption),
        content,
    )


@register.simple_tag
def pagination(page: Page, query: QueryDict | None = None, name: str = "side") -> SafeString:
    """Links to the pages around the current one; every filter in ``query`` goes along."""
    total = page.paginator.num_pages
    if total <= 1:
        return mark_safe("")
    return _pages(page.number, total, query.urlencode() if query else "", name, get_language())


@lru_cache(maxsize=256)
def _pages(number: int, total: int, query: str, name: str, language: str) -> SafeString:
    """Rendered once: the same page of the same search has the same links."""
    kept = QueryDict(query, mutable=True)

    def address(number: int) -> str:
        kept[name] = str(number)
        return f"?{kept.urlencode()}"

    numbers = Paginator(range(total), 1).get_elided_page_range(number, on_each_side=1, on_ends=1)
    context = {
        "number": number,
        "total": total,
        "items": [(one, address(one) if isinstance(one, int) else "") for one in numbers],
        "previous": address(number - 1) if number > 1 else "",
        "next": address(number + 1) if number < total else "",
    }
    return get_template("components/pagination.html").render(context)


@register.inclusion_tag("components/breadcrumb.html", takes_context=True)
def breadcrumb(context: dict[str, Any], *trail: Any) -> dict[str, Any]:
    """Where the page stands: ``{% breadcrumb "Planer" url "This page" %}``.

    Pairs of text and address, then the text of the page itself. The front page is put first; in
    the workspace the three nearest steps are enough, since the rest stands in the frame.
    """
    pairs = [(_("Front page"), "/"), *zip(trail[0:-1:2], trail[1:-1:2], strict=True)]
    request = context.get("request")
    if request and request.path.startswith(WORKSPACE):
        pairs = pairs[1 - TRAIL :]
    return {"steps": pairs, "here": trail[-1]}


@register.simple_tag
def site_footer(municipality: Municipality) -> SafeString:
    """The footer: rendered once for as long as what it says of the municipality is the same."""
    told = tuple(str(getattr(municipality, name)) for name in _FOOTER)
    return _footer(told, get_language() or "")


@lru_cache(maxsize=8)
def _footer(told: tuple[str, ...], language: str) -> SafeString:
    context = {"municipality": dict(zip(_FOOTER, told, strict=True))}
    return get_template("components/footer.html").render(context)


@register.filter
def web_link(address: str) -> str:
    """A web address as written ("www.kommune.dk") as something to link to; only the web's own."""
    address = address.strip()
    if "://" not in address:
        address = f"https://{address}"
    return address if urlsplit(address).scheme in {"http", "https"} else ""


@register.filter
def lookup(mapping: Mapping[Any, Any], key: Any) -> Any:
    """The value under a key, or nothing."""
    return mapping.get(key, "")


@register.simple_tag
def sign_in_form() -> SignInForm:
    """An empty form to sign in with."""
    return SignInForm()


@register.filter
def typed_texts(request: HttpRequest) -> list[str]:
    """What somebody wrote in a form that could not be received: everything of two words or more."""
    if request.method != "POST":
        return []
    fields = ((name, values) for name, values in request.POST.lists() if name not in _UNTYPED)
    return [text for _name, values in fields for text in values if len(text.split()) > 1]
