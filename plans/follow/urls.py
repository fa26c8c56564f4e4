"""Addresses of feeds, and of following by mail."""

from django.urls import URLPattern, path

from .views import feeds, following

urlpatterns: list[URLPattern] = [
    path("nyt.atom", feeds.of_all, name="feed-all"),
    path("planer/<slug:slug>/nyt.atom", feeds.of_plan, name="feed-plan"),
    path("udvalg/<slug:slug>/nyt.atom", feeds.of_body, name="feed-body"),
    path("foelg/", following.follow_all, name="follow-all"),
    path("planer/<slug:slug>/foelg/", following.follow_plan, name="follow-plan"),
    path("udvalg/<slug:slug>/foelg/", following.follow_body, name="follow-body"),
    path("foelg/sendt/", following.sent, name="follow-sent"),
    path("foelg/bekraeft/<str:token>/", following.confirm, name="follow-confirm"),
    path("foelg/stop/<str:token>/", following.leave, name="follow-leave"),
]
