"""The address of a person's own notices."""

from django.urls import path

from . import views

app_name = "notices"

urlpatterns = [
    path("", views.mine, name="mine"),
]
