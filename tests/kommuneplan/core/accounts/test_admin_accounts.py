"""Second factors, sessions and other sign-ins in the admin: looked at, never made or read out."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from kommuneplan.core.models import Municipality, User

pytestmark = pytest.mark.django_db
SECRET = "hemmelig-noegle"


@pytest.fixture
def root(client) -> Client:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    client.force_login(User.objects.create_superuser("root@example.org", "x", name="Rod"))
    return client


@pytest.fixture
def anna(db) -> User:
    return User.objects.create_user("anna@example.org", "x", name="Anna")


@pytest.mark.parametrize(
    "of", ["mfa/authenticator", "usersessions/usersession", "socialaccount/socialaccount"]
)
def test_nothing_is_added_and_a_person_is_found(root, of):
    assert root.get(f"/admin/{of}/add/").status_code == 403
    assert root.get(f"/admin/{of}/?q=anna").status_code == 200


@pytest.mark.parametrize(
    "of", ["socialaccount/socialapp", "socialaccount/socialtoken", "account/emailaddress"]
)
def test_no_row_can_let_anybody_in(root, of):
    assert root.get(f"/admin/{of}/").status_code == 404


def test_a_second_factor_is_taken_away_but_neither_moved_nor_read(root, anna):
    factor = Authenticator.objects.create(user=anna, type="totp", data={"secret": SECRET})
    address = f"/admin/mfa/authenticator/{factor.pk}/"
    assert SECRET not in root.get(f"{address}change/").content.decode()
    mine = User.objects.get(email="root@example.org")
    assert root.post(f"{address}change/", {"user": mine.pk, "type": "totp"}).status_code == 403
    factor.refresh_from_db()
    assert factor.user == anna
    root.post(f"{address}delete/", {"post": "yes"})
    assert not Authenticator.objects.exists()


def test_the_key_of_a_session_is_not_shown(root, anna):
    row = UserSession.objects.create(
        user=anna, session_key=SECRET, ip="127.0.0.1", user_agent="Firefox"
    )
    page = root.get(f"/admin/usersessions/usersession/{row.pk}/change/").content.decode()
    assert "Anna" in page and SECRET not in page
    assert SECRET not in root.get("/admin/usersessions/usersession/").content.decode()
