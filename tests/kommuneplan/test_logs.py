"""No log lets its reader in: secrets in addresses are left out of it."""

from __future__ import annotations

import logging

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


def test_every_handler_leaves_them_out():
    handlers = settings.LOGGING["handlers"].values()
    assert all("without_secrets" in handler["filters"] for handler in handlers)
