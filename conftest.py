"""What every test shares: which database it runs on, a private place for files, and the browser."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext

import pytest
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import TimeoutError, expect

from tools import chromium, durations, migrated

# Failures of the browser, not of what it shows: waited in vain, the page left while it was asked,
# the connection or the browser went away. On a busy machine that comes and goes, so a browser test
# that ends so is tried once more, and the summary says RERUN. Never an assertion (an ``expect``
# raises one too), and never any other test: what fails there now and then is a fault of ours.
BROWSER_FAILED = [TimeoutError, "Execution context was destroyed", "net::ERR_", "has been closed"]
COUNTING = {"django_assert_num_queries", "django_assert_max_num_queries"}
ONCE_MORE = pytest.mark.flaky(reruns=1, only_rerun=BROWSER_FAILED, rerun_except=[AssertionError])

hypothesis_settings.register_profile("default", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(durations.Watch())
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(durations.Notes())


def pytest_report_header() -> str:
    from django.conf import settings

    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory) -> None:
    """On SQLite a file, as in production: a database in memory has neither WAL nor real locks."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(
            tmp_path_factory.mktemp("database") / "test.sqlite3"
        )
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session")
def django_db_use_migrations(request) -> bool:
    """The first of several workers makes its database by the migrations, where they have not made
    one here as they are (``tools/migrated.py``); the others, and a run without workers, straight
    from the models, which takes a tenth of the time: ``makemigrations --check`` says they are the
    same."""
    from django.conf import settings

    workers = getattr(request.config, "workerinput", {"workerid": ""})
    if workers["workerid"] != "gw0" or request.config.getvalue("nomigrations"):
        return False
    return not migrated.has_made(settings.DATABASES["default"]["ENGINE"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_use_migrations, django_db_blocker) -> None:
    """On PostgreSQL a test that commits is cleared away by deleting its rows: a ``TRUNCATE`` makes
    the files of some hundred tables anew each time. Only a superuser may switch the keys off, as
    in ``tools.postgresql``; for others it stays as Django does it."""
    from django.db import connection

    if django_db_use_migrations:
        migrated.write_down(connection.settings_dict["ENGINE"])
    with django_db_blocker.unblock():
        if connection.vendor != "postgresql":
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
            if not cursor.fetchone()[0]:
                return

    def delete(style, tables, *, reset_sequences=False, allow_cascade=False) -> list[str]:
        if reset_sequences:
            return truncate(style, tables, reset_sequences=True, allow_cascade=allow_cascade)
        role = "SET LOCAL session_replication_role ="
        rows = [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]
        return ["; ".join((f"{role} replica", *rows, f"{role} origin"))]

    truncate = connection.ops.sql_flush
    connection.ops.sql_flush = delete


@contextmanager
def unwatched(config: pytest.Config) -> Iterator[None]:
    """What happens inside, coverage does not watch."""
    cover = getattr(config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if cover is None or not cover.started:
        yield
        return
    cover.pause()
    try:
        yield
    finally:
        cover.resume()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request) -> Generator:
    """To make a database by all migrations takes three times as long while it is watched."""
    is_database = fixturedef.argname == "django_db_setup"
    with unwatched(request.config) if is_database else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator:
    """Each worker imports the same; the first is watched."""
    is_first = getattr(session.config, "workerinput", {}).get("workerid", "gw0") == "gw0"
    with nullcontext() if is_first else unwatched(session.config):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator:
    """What a test needs that is not watched is not watched either."""
    with unwatched(item.config) if item.get_closest_marker("no_cover") else nullcontext():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator:
    """As its setup."""
    with unwatched(item.config) if item.get_closest_marker("no_cover") else nullcontext():
        return (yield)


@pytest.fixture(scope="session", autouse=True)
def private_settings(tmp_path_factory) -> None:
    """Uploaded files go to a temporary directory; passwords are hashed fast instead of well."""
    from django.conf import settings

    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.ERASURE_LEDGER = settings.MEDIA_ROOT.parent / f"{settings.MEDIA_ROOT.name}.ledger"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test sees a page that another one rendered, or a scanner that another one has tired."""
    from kommuneplan.core import virus_scanner
    from kommuneplan.core.site.page_cache import forget_pages

    forget_pages()
    virus_scanner.rest_is_over()


def pytest_collection_finish() -> None:
    """Six thousand tests and all that was imported stay to the end: the collector need not look
    through them at each of its rounds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything under ``tests/journeys`` drives a browser against a live server; ``database`` is
    what a second database can change, and how many questions are asked is not. The journeys come
    first: they take the longest and mostly wait, so nobody waits for one of them at the end.

    Being watched makes Python half as fast again. So coverage does not watch a browser test, what
    its pages call has tests of its own; nor, where a test asks a database, the cases after its
    first, which walk the same lines with other words."""
    begun = set()
    for item in items:
        first = item.nodeid.partition("[")[0]
        if {"db", "transactional_db"} & {*item.fixturenames} or item.get_closest_marker(
            "django_db"
        ):
            item.add_marker(pytest.mark.database)
            if first in begun:
                item.add_marker(pytest.mark.no_cover)
            if COUNTING & {*item.fixturenames}:
                item.add_marker(pytest.mark.one_database)
        begun.add(first)
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.no_cover)
            item.add_marker(pytest.mark.django_db(transaction=True))
            item.add_marker(ONCE_MORE)
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    # Playwright keeps an event loop in this thread; Django would refuse the database in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Where several runs share a machine a page can take longer than Playwright's five seconds; what
    # is there at once is not waited for.
    expect.set_options(timeout=15_000)
    return {
        **browser_type_launch_args,
        "executable_path": chromium.find(),
        "args": chromium.flags(),
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args, live_server) -> dict:
    """A visitor in Denmark; ``page.goto("/planer/")`` needs no host."""
    return {
        **browser_context_args,
        "base_url": live_server.url,
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
    }
