"""What the settings say, and whether they agree with each other."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.utils.translation import gettext as _

from kommuneplan.core import virus_scanner
from kommuneplan.core.enums import ScanState

from .diagnosis import Diagnosis, fault, fine, warning

SHORTEST_KEY = 50
FEWEST_LETTERS = 5


def debug() -> Diagnosis:
    """Pages that show the program's inside are for a machine of one's own."""
    if settings.DEBUG:
        return fault(
            "DEBUG",
            _("On: every mistake shows the inside of the program to whoever meets it."),
            _("Remove DEBUG from the environment and from .env."),
        )
    return fine("DEBUG", _("Off."))


def secret_key() -> Diagnosis:
    """Signatures and sealed second factors are worth what the key is worth; so are those made with
    an earlier key that is still believed."""
    if settings.SECRET_KEY == settings.DEVELOPMENT_KEY:
        return fault("SECRET_KEY", _("The key of development, which everybody knows."), _remedy())
    if _is_weak(settings.SECRET_KEY):
        return fault(
            "SECRET_KEY",
            _("Too short or too plain to be secret: %(letters)s characters.")
            % {"letters": len(settings.SECRET_KEY)},
            _remedy(),
        )
    if any(_is_weak(key) for key in settings.SECRET_KEY_FALLBACKS):
        return warning(
            "SECRET_KEY",
            _("An earlier key that is still believed can be guessed."),
            _("Take it out of SECRET_KEY_FALLBACKS as soon as second factors are set up anew."),
        )
    return fine("SECRET_KEY", _("Long, and not the one of development."))


def _is_weak(key: str) -> bool:
    too_plain = len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS
    return too_plain or key == settings.DEVELOPMENT_KEY


def _remedy() -> str:
    return _("Set SECRET_KEY to at least %(letters)s characters by chance, known to nobody.") % {
        "letters": SHORTEST_KEY
    }


def site_address() -> Diagnosis:
    """Links in mails lead here, wherever they are read."""
    address = urlsplit(settings.SITE_ADDRESS)
    remedy = _("Set SITE_ADDRESS to the address that people use, such as https://plans.example.org")
    if _is_this_machine(address.hostname or ""):
        words = _("%(address)s is this machine: links in mails lead nowhere.")
        return fault("SITE_ADDRESS", words % {"address": settings.SITE_ADDRESS}, remedy)
    if address.scheme != "https":
        words = _("%(address)s is not https: what is written can be read on the way.")
        return fault("SITE_ADDRESS", words % {"address": settings.SITE_ADDRESS}, remedy)
    return fine("SITE_ADDRESS", settings.SITE_ADDRESS)


def _is_this_machine(host: str) -> bool:
    if not host or host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def allowed_hosts() -> Diagnosis:
    """A name that anybody may choose ends up in links; the house's own must be let in."""
    host = urlsplit(settings.SITE_ADDRESS).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        return fault(
            "ALLOWED_HOSTS",
            _('"*" lets anybody choose the name that links are made with.'),
            _("Name the hosts of the site."),
        )
    if not validate_host(host, settings.ALLOWED_HOSTS):
        return fault(
            "ALLOWED_HOSTS",
            _("The host of SITE_ADDRESS is not among them: nobody comes in."),
            _("Add %(host)s to ALLOWED_HOSTS.") % {"host": host},
        )
    return fine("ALLOWED_HOSTS", ", ".join(settings.ALLOWED_HOSTS))


def proxy() -> Diagnosis:
    """TLS ends in the proxy. Three settings say what is believed of it; they go together."""
    subject = _("Proxy")
    believed, proxies = bool(settings.SECURE_PROXY_SSL_HEADER), settings.TRUSTED_PROXIES
    if not settings.BEHIND_TLS:
        return fault(
            subject,
            _("Cookies, and so whoever is signed in, may go over a line without TLS."),
            _("Set BEHIND_TLS=true, and let a proxy with a certificate stand in front."),
        )
    if not believed:
        return fault(
            subject,
            _("The proxy is not believed about TLS: every page leads to itself for ever."),
            _("Set TRUST_FORWARDED_PROTO=true, and let the proxy set X-Forwarded-Proto itself."),
        )
    if proxies < 1:
        return fault(
            subject,
            _("All visitors have the address of the proxy: limits count them as one."),
            _("Set TRUSTED_PROXIES to how many proxies of your own stand in front (mostly 1)."),
        )
    return fine(subject, _("Proxies that are believed: %(count)s.") % {"count": proxies})


def scanner() -> Diagnosis:
    """Files of strangers are shown once the scanner has said that they are clean."""
    subject = _("Virus scanner")
    if not virus_scanner.configured():
        return warning(
            subject,
            _("None is set up: files that are sent in are not scanned."),
            _("Install clamd and set VIRUS_SCANNER."),
        )
    try:
        verdict = virus_scanner.scan(b"Is anybody there?")
    except virus_scanner.ScannerDown:
        verdict = ScanState.NOT_SCANNED
    if verdict != ScanState.CLEAN:
        return fault(
            subject,
            _("It does not answer: files that are sent in are shown to nobody meanwhile."),
            _("Start clamd, or correct VIRUS_SCANNER (%(place)s).")
            % {"place": settings.VIRUS_SCANNER},
        )
    return fine(subject, _("It answers."))
