"""All addresses; public ones never change."""

from django.contrib import admin
from django.urls import include, path

from kommuneplan.core.urls import house_addresses

urlpatterns = [
    path("", include("plans.urls")),
    path("", include((house_addresses, "core"))),
    path("konto/", include("kommuneplan.core.urls")),
    path("admin/", admin.site.urls),
]
