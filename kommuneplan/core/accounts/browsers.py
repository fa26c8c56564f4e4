"""What a browser calls itself, in words a person knows their own computer by."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found counts: most browsers also call themselves by the names of others.
_BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
]
_SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
]


def _first(table: list[tuple[str, str]], text: str) -> str:
    return next((name for sign, name in table if sign in text), "")


def in_words(user_agent: str) -> str:
    """“Firefox on Windows”; “Unknown browser” when nothing is recognised."""
    browser, system = _first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent)
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Unknown browser")
