"""The address of the notice on personal data."""

from django.urls import path

from . import views

app_name = "privacy"

urlpatterns = [path("persondata", views.notice, name="notice")]
