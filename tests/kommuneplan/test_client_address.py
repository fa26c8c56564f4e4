"""The address behind our own proxies, and no other."""

import pytest
from django.test import RequestFactory

from kommuneplan.client_address import client_address, network_of


@pytest.mark.parametrize(
    ("proxies", "seen", "told", "address"),
    [
        (0, "192.0.2.7", "203.0.113.1", "192.0.2.7"),
        (1, "10.0.0.1", "203.0.113.1", "203.0.113.1"),
        (1, "10.0.0.1", "198.51.100.9, 203.0.113.1", "203.0.113.1"),
        (2, "10.0.0.1", "198.51.100.9, 203.0.113.1, 10.0.0.2", "203.0.113.1"),
        (2, "10.0.0.1", "203.0.113.1", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "not an address", "10.0.0.1"),
        (1, "", "2001:db8::1", "2001:db8::1"),
        (1, "", "fe80::1%eth0", "fe80::1"),
        (0, "", "", "0.0.0.0"),
    ],
)
def test_the_address_of_the_client(settings, proxies, seen, told, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=seen, HTTP_X_FORWARDED_FOR=told)
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("nonsense", "0.0.0.0"),
    ],
)
def test_the_network_that_counts_as_one(address, network):
    assert network_of(address) == network
