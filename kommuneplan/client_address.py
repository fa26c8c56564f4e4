"""Where a request comes from: the address behind the proxies the house itself has set up.

Every proxy adds the address it was asked from at the end of ``X-Forwarded-For``; what stands
before those of our own was written by the client, and is believed by nobody. How many there are is
the setting ``TRUSTED_PROXIES`` (0: none, and the header is not read).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

UNKNOWN = "0.0.0.0"  # noqa: S104  (an address that is none)
"""The address where there is none: behind a local socket without a proxy that tells it."""


class ClientAddressMiddleware:
    """Puts the client's address in ``REMOTE_ADDR``, where Django and its libraries look for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META["REMOTE_ADDR"] = client_address(request)
        return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """The address as the outermost of our own proxies was asked from it."""
    seen = _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN
    proxies = settings.TRUSTED_PROXIES
    if not proxies:
        return seen
    told = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    return _valid(told[-proxies]) or seen if len(told) >= proxies else seen


def network_of(address: str) -> str:
    """The network that counts as one: an IPv4 address, the first 64 bits of an IPv6 address (what
    one household or one telephone is given)."""
    found = ipaddress.ip_address(_valid(address) or UNKNOWN)
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network(f"{found}/64", strict=False).network_address)


def _valid(address: str) -> str:
    """The address in its one form; nothing for what is none. An IPv4 address in IPv6 is IPv4."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    return str(mapped or found)
