"""Opening a page writes nothing, but where a view says that it does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from kommuneplan.core.models import Municipality
from kommuneplan.read_only import WroteWhenOpened, writes_when_opened

pytestmark = pytest.mark.django_db


def writes(request):
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Ny Kommune"})
    return HttpResponse()


def keeps_a_session(request):
    request.session["seen"] = True
    request.session.save()
    return HttpResponse()


urlpatterns = [
    path("skriver/", writes),
    path("logger/", writes_when_opened(lambda request: writes(request))),
    path("session/", keeps_a_session),
]


@pytest.fixture
def doors(settings):
    settings.ROOT_URLCONF = __name__


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_view_that_writes_when_it_is_opened_is_a_fault_of_ours(doors, client, method):
    with pytest.raises(WroteWhenOpened, match="/skriver/"):
        getattr(client, method)("/skriver/")
    assert not Municipality.objects.exists()


def test_it_may_write_when_something_is_sent(doors, client):
    assert client.post("/skriver/").status_code == 200
    assert Municipality.objects.exists()


def test_what_was_opened_is_written_down_where_the_view_says_so(doors, client):
    assert client.get("/logger/").status_code == 200
    assert Municipality.objects.exists()


def test_a_session_may_begin_with_a_page(doors, client):
    assert client.get("/session/").status_code == 200
    assert client.session["seen"]


def test_the_guard_is_gone_with_the_page(doors, client):
    with pytest.raises(WroteWhenOpened):
        client.get("/skriver/")
    assert connection.execute_wrappers == []


def views(resolver=None) -> Iterator[tuple[str, bool]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from views(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name or "", hasattr(entry.callback, "writes_when_opened")


def test_who_writes_is_named_here():
    assert {name for name, writes in views() if writes} == {
        # whoever reads what was received is written down, once a day
        "remark", "remark-alike-group", "remark-board", "remark-list", "remark-split",
            "workbench", "workbench-offers", "workbench-response",
        "member-version",  # what a member has read, for "since you last read"
        "openid_connect_callback", "saml_finish", "saml_sls",  # a sign-in ends, or a sign-out
        "mfa_view_recovery_codes",
    }  # fmt: skip
