"""The policy header is django-csp's, however it is made."""

from __future__ import annotations

import pytest
from csp.decorators import csp_exempt, csp_update
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from kommuneplan.policy import PolicyMiddleware

HEADER = "Content-Security-Policy"


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def with_nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))


def with_header(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", headers={HEADER: "default-src 'none'"})


updated = csp_update({"img-src": ["https://example.org"]})(plain)
exempt = csp_exempt()(plain)


def parts(middleware: type[CSPMiddleware], view) -> set[str] | None:
    response = middleware(view)(RequestFactory().get("/"))
    header = response.headers.get(HEADER)
    nonce = response.content.decode() or "none"
    return {part.strip().replace(nonce, "NONCE") for part in header.split(";")} if header else None


@pytest.mark.parametrize("view", [plain, with_nonce, with_header, updated, exempt])
def test_the_header_is_the_same_as_without_keeping_it(view) -> None:
    with override_settings(DEBUG=False):
        assert parts(PolicyMiddleware, view) == parts(CSPMiddleware, view)
        assert parts(PolicyMiddleware, view) == parts(CSPMiddleware, view)


def test_other_settings_are_another_header() -> None:
    middleware = PolicyMiddleware(plain)
    first = middleware(RequestFactory().get("/"))[HEADER]
    with override_settings(CONTENT_SECURITY_POLICY={"DIRECTIVES": {"default-src": ["'self'"]}}):
        assert middleware(RequestFactory().get("/"))[HEADER] == "default-src 'self'"
    assert set(middleware(RequestFactory().get("/"))[HEADER].split("; ")) == set(first.split("; "))
