"""No log lets its reader in: secrets in addresses are left out of it."""

from __future__ import annotations

import logging
import sys

import pytest
from django.conf import settings

from kommuneplan.logs import WithoutSecrets, without_secrets


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/hoeringer/kladde/hemmelig/send/", "/hoeringer/kladde/…/send/"),
        ("/hoeringer/invitation/hem:me-lig/svar/", "/hoeringer/invitation/…/svar/"),
        ("/hoeringer/kvittering/abc/bekraeft/def/", "/hoeringer/kvittering/…/bekraeft/…/"),
        ("/konto/invitation/hemmelig/", "/konto/invitation/…/"),
        ("/konto/glemt-adgangskode/MQ/hemmelig/", "/konto/glemt-adgangskode/…/…/"),
        ("/konto/glemt-adgangskode/MQ/hemmelig", "/konto/glemt-adgangskode/…/…"),
        ("/konto/%69nvitation/hemmelig/", "/konto/invitation/…/"),
        (
            "/konto/log-ind/kommunen/svar/?code=hem&state=lig",
            "/konto/log-ind/kommunen/svar/?code=…&state=…",
        ),
        ("/planer/?q=100%25", "/planer/?q=100%25"),
        ("/konto/glemt-adgangskode/sendt/", "/konto/glemt-adgangskode/sendt/"),
        ("/hoeringer/strategi-for-naboskab/svar/", "/hoeringer/strategi-for-naboskab/svar/"),
    ],
)
def test_an_address_is_told_without_its_secret(address, told):
    assert without_secrets(f"Not Found: {address}") == f"Not Found: {told}"


def test_a_record_is_told_without_what_it_was_made_of():
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s",
        ("Not Found", "/hoeringer/kladde/hemmelig/"), None,
    )  # fmt: skip
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Not Found: /hoeringer/kladde/…/"
    assert record.args is None


def test_what_went_wrong_is_told_without_it_as_well():
    try:
        raise ValueError("/konto/invitation/hemmelig/")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "Failed", None, sys.exc_info())
    WithoutSecrets().filter(record)
    told = logging.Formatter().format(record)
    assert "ValueError: /konto/invitation/…/" in told and "hemmelig/" not in told


def test_every_handler_leaves_them_out():
    handlers = settings.LOGGING["handlers"].values()
    assert all("without_secrets" in handler["filters"] for handler in handlers)
