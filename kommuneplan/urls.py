"""All addresses; public ones never change."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("plans.urls")),
    path("konto/", include("kommuneplan.core.urls")),
    path("admin/", admin.site.urls),
]
