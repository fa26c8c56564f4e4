"""Addresses of the house itself."""

from django.urls import path

from . import views

app_name = "core"

urlpatterns = [
    path("healthz", views.health, name="health"),
    path("healthz/worker", views.worker_health, name="health-worker"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("farver.css", views.colours, name="colours"),
    path("was", views.accessibility, name="accessibility"),
    path("komponenter/", views.components, name="components"),
]
