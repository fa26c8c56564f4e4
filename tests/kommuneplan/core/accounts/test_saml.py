"""The municipality's own sign-in by SAML, against a provider that signs real assertions."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import re

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from lxml import etree

from kommuneplan import clock
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, Municipality, User
from tests.kommuneplan.core.accounts.saml_provider import (
    CVR,
    LEVEL,
    MAIL,
    SamlProvider,
    key_and_certificate,
    pem,
)

pytestmark = pytest.mark.django_db
LOGIN = "/konto/log-ind/"
TO, BACK, IN = f"{LOGIN}saml/til/", f"{LOGIN}saml/svar/", f"{LOGIN}saml/svar/ind/"
METADATA, OUT = f"{LOGIN}saml/metadata/", f"{LOGIN}saml/ud/"


@pytest.fixture
def provider():
    there = SamlProvider()
    yield there
    there.close()
    cache.clear()


@pytest.fixture
def conf(settings, provider, tmp_path):
    """The settings of the provider, whose metadata lies in a file."""
    file = tmp_path / "idp.xml"
    file.write_text(provider.metadata())
    facts = {
        "metadata": str(file),
        "email": ["urn:oid:0.9.2342.19200300.100.1.3", MAIL],
        "verified_email": True,
    }
    app = {"provider_id": "saml", "name": "Fælleskommunal Adgangsstyring", "client_id": "saml"}
    settings.SOCIALACCOUNT_PROVIDERS = {"saml": {"APPS": [{**app, "settings": facts}]}}
    return facts


@pytest.fixture
def user():
    return User.objects.create_user("anna@example.org", "mit eget ord", name="Anna A")


def asked(client, query="") -> str:
    over = client.get(f"{TO}{query}")
    assert over.status_code == 302, over
    return over["Location"]


def post(form: dict[str, str]):
    """The provider's page posts from its own site: no cookie of ours comes along (SameSite)."""
    back = Client(enforce_csrf_checks=True).post(BACK, form)
    assert (back.status_code, back["Location"]) == (302, IN)
    assert set(back.cookies) == {"saml-svar"}  # a new session would push aside the one there is
    return back


def carry(client, back):
    """The browser follows, now with its cookies."""
    client.cookies.update(back.cookies)
    return client.get(IN)


def come_in(client, provider, query="", **wrong):
    return carry(client, post(provider.answer(asked(client, query), **wrong)))


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def refused(client, answer) -> bool:
    return answer["Location"] == LOGIN and not is_in(client)


def test_the_sign_in_page_offers_it_only_when_it_is_configured(client, conf, settings) -> None:
    html = client.get(f"{LOGIN}?next=/planer/").content.decode()
    assert "Fælleskommunal Adgangsstyring" in html and f'href="{TO}?next=%2Fplaner%2F"' in html
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert TO not in client.get(LOGIN).content.decode()
    assert client.get(TO).status_code == 404


def test_a_person_with_an_account_comes_in_and_goes_where_they_wanted(
    client, conf, provider, user
) -> None:
    answer = come_in(client, provider, "?next=/planer/")
    assert (answer.status_code, answer["Location"]) == (302, "/planer/")
    assert client.session["_auth_user_id"] == str(user.pk)
    user.refresh_from_db()
    assert user.check_password("mit eget ord")  # untouched


AGENDA = "/arbejde/udvalg/"


def test_a_members_link_leads_through_it_with_no_page_between(client, conf, provider, user) -> None:
    body = Body.objects.create(name="Socialudvalget", kind="committee")
    Membership.objects.create(user=user, role=Role.MEMBER, body=body)
    wanted = f"{AGENDA}?side=1"
    answer = client.get(wanted)
    assert answer.status_code == 302
    assert answer["Location"].partition("?")[0] == TO
    query = f"?{answer['Location'].partition('?')[2]}"
    answer = come_in(client, provider, query)
    assert answer.status_code == 302
    assert answer["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_whoever_is_refused_there_comes_to_the_sign_in_page_and_not_round_again(
    client, conf, provider
) -> None:
    answer = client.get(AGENDA)
    query = f"?{answer['Location'].partition('?')[2]}"
    assert refused(client, come_in(client, provider, query))


def test_it_is_for_members_links_alone_and_can_be_turned_off(client, conf, settings) -> None:
    assert client.get("/arbejde/").headers["Location"].startswith(f"{LOGIN}?")
    assert client.get(AGENDA, headers={"HX-Request": "true"}).status_code == 401
    settings.SAML_MEMBERS_STRAIGHT = False
    assert client.get(AGENDA).headers["Location"].startswith(f"{LOGIN}?")
    settings.SAML_MEMBERS_STRAIGHT = True
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert client.get(AGENDA).headers["Location"].startswith(f"{LOGIN}?")


def test_nobody_is_led_to_another_site(client, conf, provider, user) -> None:
    assert come_in(client, provider, "?next=https://evil.example/")["Location"] == "/arbejde/"


def test_afterwards_by_the_subject_even_with_another_address(client, conf, provider, user) -> None:
    come_in(client, provider)
    client.logout()
    provider.claims[MAIL] = "anna.b@example.org"
    come_in(client, provider)
    assert client.session["_auth_user_id"] == str(user.pk)
    client.logout()
    provider.subject = "p-2"  # the subject is who it is, not the address
    assert refused(client, come_in(client, provider))


def test_nobody_else_comes_in_and_no_account_is_made(client, conf, provider, user) -> None:
    provider.claims[MAIL] = "ukendt@example.org"
    assert refused(client, come_in(client, provider))
    del provider.claims[MAIL]
    assert refused(client, come_in(client, provider))
    assert User.objects.count() == 1


def test_an_address_counts_only_when_the_provider_is_trusted_with_it(
    client, conf, provider, user
) -> None:
    conf["verified_email"] = False
    assert refused(client, come_in(client, provider))


def test_of_what_is_told_of_a_person_next_to_nothing_is_kept(client, conf, provider, user) -> None:
    provider.claims["https://data.gov.dk/model/core/eid/cprNumber"] = "0101010000"
    come_in(client, provider)
    assert SocialAccount.objects.get().extra_data == {"level": "Substantial"}
    assert is_in(client)


HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(
    ("why", "wrong"),
    [
        ("NO_SIGNED_ASSERTION", {"signed": False}),
        ("WRONG_AUDIENCE", {"audience": "https://another.example/"}),
        ("NO_AUDIENCE", {"audience": ""}),
        ("WRONG_ISSUER", {"issuer": "https://evil.example/"}),
        ("WRONG_DESTINATION", {"acs": "https://another.example/acs"}),
        ("ASSERTION_EXPIRED", {"until": clock.now() - HOUR}),
        ("ASSERTION_TOO_EARLY", {"since": clock.now() + HOUR}),
        ("NOT_ASKED_FOR", {"asked": "", "confirms": ""}),
        ("NOT_ASKED_FOR", {"confirms": ""}),
        ("WRONG_SUBJECTCONFIRMATION", {"confirms": "another"}),
        ("NOT_ASKED_FOR", {"asked": "made-up", "confirms": "made-up"}),
        ("STATUS_CODE_IS_NOT_SUCCESS", {"status": "Responder"}),
        ("INVALID_SIGNATURE", {"after": lambda xml: xml.replace(b"Anna@", b"Bent@")}),
    ],
)
def test_an_answer_that_is_not_as_it_must_be_is_refused(
    client, conf, provider, user, caplog, why, wrong
) -> None:
    with caplog.at_level(logging.WARNING):
        answer = come_in(client, provider, **wrong)
    assert refused(client, answer)
    assert caplog.messages == [f"SAML: {why}"]
    page = client.get(LOGIN).content.decode()
    assert 'class="alert' in page  # says so, calmly


def test_an_answer_signed_by_somebody_else_is_refused(client, conf, provider, user) -> None:
    provider.signs_with, _certificate = key_and_certificate()
    assert refused(client, come_in(client, provider))


def test_a_signed_answer_does_not_lend_its_signature_to_a_forged_one(
    client, conf, provider, user
) -> None:
    def wrapped(xml: bytes) -> bytes:
        """The signed assertion is moved into an extension, and a forged one put in its place."""
        root = etree.fromstring(xml)
        ns = "{urn:oasis:names:tc:SAML:2.0:assertion}"
        signed = root.find(f"{ns}Assertion")
        forged = etree.fromstring(etree.tostring(signed))
        forged.set("ID", "forged")
        forged.remove(forged.find("{http://www.w3.org/2000/09/xmldsig#}Signature"))
        for value in forged.iter(f"{ns}AttributeValue"):
            value.text = value.text.replace("Anna@", "bent@")
        root.replace(signed, forged)
        holder = etree.SubElement(root, "{urn:oasis:names:tc:SAML:2.0:protocol}Extensions")
        holder.append(signed)
        root.insert(1, holder)
        return etree.tostring(root)

    User.objects.create_user("bent@example.org", "x", name="Bent")
    assert refused(client, come_in(client, provider, after=wrapped))


def test_a_replayed_answer_is_refused_in_this_browser_and_in_another(
    client, conf, provider, user
) -> None:
    form = provider.answer(asked(client))
    back = post(form)
    assert carry(client, back)["Location"] == "/arbejde/"
    stolen = Client()
    assert refused(stolen, carry(stolen, post(form)))
    client.logout()
    assert refused(client, carry(client, post(form)))
    assert refused(client, carry(client, back))  # the cookie neither


def test_an_answer_to_one_browser_signs_nobody_in_in_another(client, conf, provider, user) -> None:
    victim = Client()
    asked(victim)
    back = post(provider.answer(asked(client)))
    assert refused(victim, carry(victim, back))


def test_an_old_answer_that_was_carried_about_is_refused(client, conf, provider, user) -> None:
    back = post(provider.answer(asked(client)))
    with time_machine.travel(clock.now() + dt.timedelta(minutes=3)):
        assert refused(client, carry(client, back))


@pytest.mark.parametrize("text", ["", "x", "PHg+", "=" * 500_000])
def test_nonsense_is_refused_and_leaves_nothing_behind(client, conf, provider, text) -> None:
    before = Session.objects.count()
    back = post({"SAMLResponse": text})
    assert Session.objects.count() == before
    assert refused(client, carry(client, back))
    assert Client().get(IN)["Location"] == LOGIN


def test_a_bomb_of_entities_is_refused(client, conf, provider) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    form = {"SAMLResponse": base64.b64encode(bomb).decode()}
    assert refused(client, carry(client, post(form)))


@pytest.mark.parametrize(
    ("lowest", "told", "comes_in"),
    [
        ("Substantial", "Substantial", True),
        ("Substantial", f"{LEVEL}/High", True),
        ("Substantial", "Low", False),
        ("Substantial", "3", False),
        ("Low", "Low", True),
    ],
)
def test_the_level_of_assurance(client, conf, provider, user, lowest, told, comes_in) -> None:
    conf["lowest_level"] = lowest
    provider.claims[LEVEL] = told
    where = asked(client)
    assert f"{LEVEL}/{lowest}" in etree.tostring(provider.asked_for(where)).decode()
    carry(client, post(provider.answer(where)))
    assert is_in(client) == comes_in


def test_the_common_access_control_signs_for_every_municipality_but_ours_alone_comes_in(
    client, conf, provider, user
) -> None:
    conf["cvr"] = "64942212"
    provider.claims[CVR] = "55133018"
    assert refused(client, come_in(client, provider))
    provider.claims[CVR] = "64942212"
    come_in(client, provider)
    assert is_in(client)


def test_a_name_that_is_another_each_time_knows_nobody(client, conf, provider, user) -> None:
    provider.name_id_format = "transient"
    assert refused(client, come_in(client, provider))
    conf["subject"] = "urn:x:uuid"
    provider.claims["urn:x:uuid"] = "u-1"
    come_in(client, provider)
    assert SocialAccount.objects.get().uid == "u-1"


@pytest.mark.parametrize("counts", [False, True])
def test_whether_the_providers_factor_counts_is_a_setting(
    client, conf, provider, user, settings, counts
) -> None:
    settings.SAML_HAS_SECOND_FACTOR = counts
    settings.OIDC_HAS_SECOND_FACTOR = not counts
    Municipality.objects.create(pk=1, name="Prøve", require_second_factor=True)
    Membership.objects.create(user=user, role=Role.ADMINISTRATOR)
    come_in(client, provider)
    assert client.get("/arbejde/").status_code == (200 if counts else 302)


def test_ones_own_second_factor_is_asked_for(client, conf, provider, user) -> None:
    TOTP.activate(user, generate_totp_secret())
    assert come_in(client, provider)["Location"] == "/konto/log-ind/kode/"
    assert not is_in(client)


def test_a_closed_account_stays_closed(client, conf, provider, user) -> None:
    come_in(client, provider)
    client.logout()
    user.is_active = False
    user.save()
    assert refused(client, come_in(client, provider))


# Keys, metadata, signing out


@pytest.fixture
def own_key(conf, tmp_path):
    key, certificate = key_and_certificate()
    (tmp_path / "key.pem").write_bytes(pem(key))
    (tmp_path / "cert.pem").write_text(certificate)
    conf.update(key=str(tmp_path / "key.pem"), certificate=str(tmp_path / "cert.pem"))
    return certificate


def test_with_a_key_questions_are_signed_and_answers_may_be_enciphered(
    client, conf, provider, user, own_key
) -> None:
    assert "Signature=" in asked(client)
    conf["encrypted"] = True
    assert refused(client, come_in(client, provider))  # open, but wanted enciphered
    provider.encrypt_for = own_key
    come_in(client, provider)
    assert is_in(client)


def test_the_metadata_tell_the_provider_where_to_answer(client, conf, provider, own_key) -> None:
    conf["encrypted"] = True
    answer = client.get(METADATA)
    assert answer["Content-Type"] == "application/samlmetadata+xml"
    text = answer.content.decode()
    assert f"http://testserver{BACK}" in text and f"http://testserver{OUT}" in text
    assert 'use="encryption"' in text and "SignatureValue" in text and "validUntil" not in text
    root = etree.fromstring(answer.content)
    assert root.get("entityID") == f"http://testserver{METADATA}"
    conf["entity_id"] = "https://plan.example/"
    assert etree.fromstring(client.get(METADATA).content).get("entityID") == "https://plan.example/"


def test_metadata_from_an_address_are_fetched_once_and_outlive_the_provider(
    client, conf, provider, user
) -> None:
    conf["metadata"] = f"{provider.url}/metadata"
    come_in(client, provider)
    assert is_in(client) and provider.asked == 1
    client.logout()
    cache.delete(f"saml:{provider.url}/metadata:None")
    conf["idp"] = ""
    provider.close()
    come_in(client, provider)
    assert is_in(client)


def test_without_metadata_the_page_says_so(client, conf, provider, settings) -> None:
    conf["metadata"] = "/findes/ikke.xml"
    assert client.get(TO)["Location"] == LOGIN
    assert client.get(METADATA).status_code == 200  # ours are there all the same


def test_signing_out_over_there_signs_out_here_when_the_provider_has_signed_it(
    client, conf, provider, user
) -> None:
    come_in(client, provider)
    assert client.get(provider.logout_address(OUT, signed=False))["Location"] == LOGIN
    assert is_in(client)
    key, provider.signs_with = provider.signs_with, key_and_certificate()[0]
    assert client.get(provider.logout_address(OUT))["Location"] == LOGIN and is_in(client)
    provider.signs_with = key
    answer = client.get(provider.logout_address(OUT))
    assert answer["Location"].startswith(f"{provider.url}/slo?SAMLResponse=")
    assert not is_in(client)
    assert client.get(OUT)["Location"] == LOGIN


def test_what_was_typed_when_the_session_ended_waits_for_the_sign_in(
    client, conf, provider, user
) -> None:
    over = client.post("/konto/adgangskode/", {"old_password": "det jeg skrev"})
    assert over.status_code == 401
    kept = re.search(r'name="kept" value="([^"]+)"', over.content.decode())[1]
    aside = client.post(LOGIN, {"kept": kept, "elsewhere": "1"})
    assert aside["Location"] == f"{LOGIN}?next=%2Fkonto%2Fadgangskode%2F"
    html = client.get(aside["Location"]).content.decode()
    assert f'href="{TO}?next=%2Fkonto%2Fadgangskode%2F"' in html
    answer = come_in(client, provider, "?next=/konto/adgangskode/")
    assert answer.status_code == 200 and "det jeg skrev" in answer.content.decode()
    assert is_in(client) and "kept" not in client.session


def test_a_comment_in_an_address_does_not_cut_it_short(client, conf, provider, user) -> None:
    """The signature does not cover comments: whoever reads up to one reads another name."""
    provider.claims[MAIL] = "anna@example.org.evil.example"

    def commented(xml: bytes) -> bytes:
        made = xml.replace(b"anna@example.org.evil", b"anna@example.org<!---->.evil")
        assert made != xml
        return made

    assert refused(client, come_in(client, provider, after=commented))


def test_what_is_sent_along_with_an_answer_leads_nobody_away(client, conf, provider, user) -> None:
    form = {**provider.answer(asked(client)), "RelayState": "https://evil.example/"}
    assert carry(client, post(form))["Location"] == "/arbejde/"
