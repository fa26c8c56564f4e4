"""The content security policy as a header, written out once instead of for every answer."""

from __future__ import annotations

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

_OWN = tuple(
    f"_csp_{name}{mode}"
    for name in ("config", "update", "replace", "exempt")
    for mode in ("", "_ro")
)


class PolicyMiddleware(CSPMiddleware):
    """django-csp's middleware, which puts the policy together anew for each answer.

    An answer without a nonce and without a policy of its own gets the same header every time;
    that one is kept. All others are left to django-csp.
    """

    _plain: tuple[object, str] = (None, "")

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Set the header, unless the answer has one."""
        if settings.DEBUG or getattr(request, "_csp_nonce", None) or self._has_own(response):
            return super().process_response(request, response)
        response.headers.setdefault(HEADER, self.plain_policy())
        return response

    def _has_own(self, response: HttpResponseBase) -> bool:
        if getattr(settings, "CONTENT_SECURITY_POLICY_REPORT_ONLY", None):
            return True
        return any(hasattr(response, name) for name in _OWN)

    def plain_policy(self) -> str:
        """The policy of the settings, as long as they are the same."""
        wanted = settings.CONTENT_SECURITY_POLICY
        if self._plain[0] is not wanted:
            self._plain = (wanted, build_policy())
        return self._plain[1]
