"""The bare Django app: what ``startproject`` gives, one indexed SELECT and a small template.

Same database, same Python, same server, DEBUG off; its connection to the database persists.
"""

from __future__ import annotations

import os
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from environs import Env

TABLE = "bench_thing"

_TEMPLATE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ thing.name }}</title></head>
<body><h1>{{ thing.name }}</h1><p>Number {{ thing.pk }}.</p></body></html>
"""


def configure() -> None:
    """The settings of ``django-admin startproject``, in one place."""
    database = Env().dj_db_url("DATABASE_URL")
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL;"}
    settings.configure(
        DEBUG=False,
        SECRET_KEY=os.urandom(32).hex(),
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[
            "django.contrib.admin",
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
        ],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                (
                                    "django.template.loaders.locmem.Loader",
                                    {"thing.html": _TEMPLATE},
                                )
                            ],
                        )
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                },
            }
        ],
        DATABASES={"default": {**database, "CONN_MAX_AGE": None}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def _app() -> Any:
    configure()
    from django.db import models
    from django.shortcuts import get_object_or_404, render
    from django.urls import path

    class BareRow(models.Model):
        """A row with a name."""

        name = models.CharField(max_length=100)

        class Meta:
            app_label = "bench"
            db_table = TABLE
            managed = False

        def __str__(self) -> str:
            return self.name

    def thing(request: Any, pk: int) -> Any:
        """One row on a small page."""
        return render(request, "thing.html", {"thing": get_object_or_404(BareRow, pk=pk)})

    globals()["urlpatterns"] = [path("<int:pk>/", thing)]
    return get_wsgi_application()


if not settings.configured and "BENCH_BARE" in os.environ:
    application = _app()
