"""Addresses of what bodies have asked for."""

from django.urls import URLPattern, path

from plans.addresses import PLAN

from .views import acts, lists

_ALL = "arbejde/bestillinger/"
_ONE = f"{_ALL}<uuid:uid>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, lists.requests, name="requests"),
    path(f"{_ALL}ny/", acts.register, name="request-new"),
    path(f"{_ALL}regneark/", lists.as_xlsx, name="requests-xlsx"),
    path(_ONE, lists.request_page, name="request"),
    path(f"{_ONE}ret/", acts.edit, name="request-edit"),
    path(f"{_ONE}besvar/", acts.answer, name="request-answer"),
    path(f"{_ONE}aabn-igen/", acts.reopen, name="request-reopen"),
    path(f"{_ONE}tilbagekald/", acts.withdraw, name="request-withdraw"),
    path(f"{PLAN}bestillinger/", lists.of_plan, name="plan-requests"),
]
