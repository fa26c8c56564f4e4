"""Addresses of the mails that went out, or could not."""

from django.urls import path

from . import views

app_name = "mails"

urlpatterns = [
    path("", views.mails, name="list"),
    path("send-igen/", views.all_again, name="again-all"),
    path("kom-retur/", views.came_back, name="came-back"),
    path("<uuid:uid>/", views.mail, name="mail"),
    path("<uuid:uid>/send-igen/", views.again, name="again"),
]
