"""All addresses; public ones never change."""

from django.contrib import admin
from django.urls import include, path

from kommuneplan.core.accounts.urls import allauth_addresses, people_addresses

urlpatterns = [
    path("", include("plans.urls")),
    path("", include("consultations.urls")),
    path("", include("kommuneplan.core.site.urls")),
    path("", include("kommuneplan.core.privacy.urls")),
    path("konto/", include("kommuneplan.core.accounts.urls")),
    path("konto/", include(allauth_addresses)),
    path("konto/beskeder/", include("kommuneplan.core.notices.urls")),
    path("arbejde/mails/", include("kommuneplan.core.mail.urls")),
    path("arbejde/personer/", include((people_addresses, "people"))),
    path("admin/", admin.site.urls),
]
