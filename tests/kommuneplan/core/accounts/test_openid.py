"""The municipality's own sign-in, against a provider that signs real tokens."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from cryptography.hazmat.primitives.asymmetric import rsa

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Membership, Municipality, User
from tests.kommuneplan.core.accounts.openid_provider import Provider

pytestmark = pytest.mark.django_db
TO = "/konto/log-ind/kommunen/til/"
LOGIN = "/konto/log-ind/"


@pytest.fixture
def provider(settings):
    there = Provider()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "kommunen",
                    "name": "Prøve Kommunes log ind",
                    "client_id": "kommuneplan",
                    "secret": "hemmeligt",
                    "settings": {"server_url": there.url},
                }
            ],
        }
    }
    there.person = {"sub": "s-1", "email": "Anna@Example.org", "email_verified": True}
    yield there
    there.close()


@pytest.fixture
def user():
    return User.objects.create_user("anna@example.org", "mit eget ord", name="Anna A")


def come_in(client, provider):
    over = client.post(f"{TO}?next=/planer/")
    assert over.status_code == 302 and over["Location"].startswith(f"{provider.url}/authorize?")
    return client.get(provider.authorize(over["Location"]))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it_only_when_it_is_configured(client, provider, settings) -> None:
    html = client.get(LOGIN).content.decode()
    assert "Prøve Kommunes log ind" in html and f'action="{TO}"' in html
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert TO not in client.get(LOGIN).content.decode()
    assert client.post(TO).status_code == 404


def test_a_person_with_an_account_comes_in_by_a_verified_address(client, provider, user) -> None:
    answer = come_in(client, provider)
    assert (answer.status_code, answer["Location"]) == (302, "/planer/")
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password("mit eget ord")  # untouched


def test_afterwards_by_the_subject_even_with_another_address(client, provider, user) -> None:
    come_in(client, provider)
    client.logout()
    provider.person["email"] = "anna.b@example.org"
    come_in(client, provider)
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    provider.person["sub"] = "s-2"  # the subject is who it is, not the address
    come_in(client, provider)
    assert not is_in(client)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "s-9", "email": "ukendt@example.org"},
        {"email_verified": False},
        {"email": ""},
    ],
)
def test_nobody_else_comes_in_and_no_account_is_made(client, provider, user, claims) -> None:
    provider.person.update(claims)
    answer = come_in(client, provider)
    assert answer["Location"] == LOGIN and not is_in(client)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [{"iss": "http://evil.example"}, {"aud": "another"}, {"exp": 1}, {"sub": None}, {"sub": "s-7"}],
)
def test_a_token_that_is_not_for_us_is_refused(client, provider, user, claims) -> None:
    provider.claims.update(claims)
    answer = come_in(client, provider)
    assert provider.tokens_given == 1
    assert answer["Location"] == LOGIN and not is_in(client)


def test_a_token_signed_by_somebody_else_is_refused(client, provider, user) -> None:
    provider.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    answer = come_in(client, provider)
    assert answer["Location"] == LOGIN and not is_in(client)


def test_an_answer_that_was_not_asked_for_is_refused(client, provider, user) -> None:
    answer = client.get("/konto/log-ind/kommunen/svar/?code=x&state=made-up")
    assert answer["Location"] == LOGIN and not is_in(client)
    assert client.get(f"{LOGIN}kommunen/svar/?error=access_denied")["Location"] == LOGIN


def test_a_closed_account_stays_closed(client, provider, user) -> None:
    come_in(client, provider)
    client.logout()
    user.is_active = False
    user.save()
    assert come_in(client, provider)["Location"] == LOGIN and not is_in(client)


def test_ones_own_second_factor_is_asked_for(client, provider, user) -> None:
    TOTP.activate(user, generate_totp_secret())
    assert come_in(client, provider)["Location"] == "/konto/log-ind/kode/"
    assert not is_in(client)


@pytest.mark.parametrize("counts", [False, True])
def test_whether_the_providers_factor_counts_is_a_setting(client, provider, user, settings, counts):
    settings.OIDC_HAS_SECOND_FACTOR = counts
    Municipality.objects.create(pk=1, name="Prøve", require_second_factor=True)
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    come_in(client, provider)
    assert client.get("/arbejde/").status_code == (200 if counts else 302)
