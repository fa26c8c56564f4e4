"""All addresses; public ones never change."""

from django.contrib import admin
from django.urls import include, path

from kommuneplan.core.urls import (
    allauth_addresses,
    house_addresses,
    mail_addresses,
    people_addresses,
)

urlpatterns = [
    path("", include("plans.urls")),
    path("", include("consultations.urls")),
    path("", include((house_addresses, "core"))),
    path("konto/", include("kommuneplan.core.urls")),
    path("konto/", include(allauth_addresses)),
    path("arbejde/mails/", include((mail_addresses, "mails"))),
    path("arbejde/personer/", include((people_addresses, "people"))),
    path("admin/", admin.site.urls),
]
