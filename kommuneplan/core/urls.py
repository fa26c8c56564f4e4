"""Addresses of the house itself, and of the account: signing in and out."""

from django.urls import path

from .views import account, house

app_name = "account"

urlpatterns = [
    path("log-ind/", account.login, name="login"),
    path("log-ud/", account.logout, name="logout"),
]

house_addresses = [
    path("healthz", house.health, name="health"),
    path("farver.css", house.colours, name="colours"),
    path("was", house.accessibility, name="accessibility"),
    path("komponenter/", house.components, name="components"),
]
