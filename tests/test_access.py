"""Who gets in where: every route × role × method in one table.

A route that is not in the table fails. A number is the status; "→" is the way to the sign-in
page; 422 is a form sent empty, shown again. *foreign* is secretary of another body, *lead* the plan's tovholder.
"""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Membership, Municipality, User
from kommuneplan.timespan.span import TimeSpan
from plans.actions.freezing import freeze, publish
from plans.enums import Stage
from plans.models import Comment, Cycle, Milestone, Plan, PlanLead, Section
from tests.plans.imported import FIRST, draft_of

pytestmark = pytest.mark.django_db

ROLES = ["anonymous", "nobody", "member", "foreign", "lead", "secretary", "administrator"]

#                        method  anon  nobody member foreign lead secr. admin
MATRIX = """
plans:front              GET     200   200    200    200     200  200   200
plans:front              POST    405   405    405    405     405  405   405
plans:list               GET     200   200    200    200     200  200   200
plans:dates              GET     200   200    200    200     200  200   200
plans:plan               GET     200   200    200    200     200  200   200
plans:plan               POST    405   405    405    405     405  405   405
plans:version            GET     200   200    200    200     200  200   200
plans:calendar_all       GET     200   200    200    200     200  200   200
plans:calendar           GET     200   200    200    200     200  200   200
plans:memo_docx          GET     200   200    200    200     200  200   200
plans:memo_pdf           GET     200   200    200    200     200  200   200
plans:version_memo_docx  GET     200   200    200    200     200  200   200
plans:version_memo_pdf   GET     200   200    200    200     200  200   200
core:health              GET     200   200    200    200     200  200   200
core:colours             GET     200   200    200    200     200  200   200
core:accessibility       GET     200   200    200    200     200  200   200
core:components          GET     404   404    404    404     404  404   404
account:login            GET     200   302    302    302     302  302   302
account:logout           POST    302   302    302    302     302  302   302
account:logout           GET     405   405    405    405     405  405   405
plans:desk               GET     →     200    200    200     200  200   200
plans:read-date          GET     →     200    200    200     200  200   200
plans:import-start       GET     →     403    403    200     200  200   200
plans:import-start       POST    →     403    403    422     422  422   422
plans:import             GET     →     403    403    404     404  200   404
plans:import             POST    →     403    403    404     404  ok    404
plans:import-discard     GET     →     403    403    404     404  200   404
plans:import-discard     POST    →     403    403    404     404  302   404
plans:work-plan          GET     →     404    404    404     200  200   200
plans:milestone-add      GET     →     404    404    404     200  200   200
plans:milestone-add      POST    →     404    404    404     422  422   422
plans:milestone          GET     →     404    404    404     200  200   200
plans:milestone          POST    →     404    404    404     422  422   422
plans:milestone-end      GET     →     404    404    404     200  200   200
plans:milestone-end      POST    →     404    404    404     ok   ok    ok
plans:milestone-done     GET     →     404    404    404     ok   ok    ok
plans:milestone-done     POST    →     404    404    404     ok   ok    ok
plans:text               GET     →     404    404    404     200  200   200
plans:section-add        POST    →     404    404    404     422  422   422
plans:section            GET     →     404    404    404     200  200   200
plans:section            POST    →     404    404    404     422  422   422
plans:section-draft      POST    →     404    404    404     422  422   422
plans:section-draft-discard POST →     404    404    404     302  302   302
plans:section-conflict   GET     →     404    404    404     302  302   302
plans:section-conflict   POST    →     404    404    404     302  302   302
plans:section-presence   GET     →     404    404    404     200  200   200
plans:section-move       POST    →     404    404    404     302  302   302
plans:section-mark       POST    →     404    404    404     302  302   302
plans:section-retire     GET     →     404    404    404     200  200   200
plans:section-retire     POST    →     404    404    404     302  404   404
plans:section-restore    POST    →     404    404    404     404  404   404
plans:comment-add        POST    →     404    404    404     422  422   422
plans:comment            POST    →     404    404    404     302  302   302
plans:work-preview       GET     →     404    404    404     200  200   200
plans:publish-choose     GET     →     404    404    404     200  200   200
plans:mark-public        POST    →     404    404    404     302  302   302
plans:publish            GET     →     404    404    404     403  200   200
plans:publish            POST    →     404    404    404     403  422   422
"""

ROWS = [line.split() for line in MATRIX.strip().splitlines()]


@pytest.fixture
def house(db):
    """One plan of Socialudvalget with everything a route can name, and a person for each role."""
    return Household()


class Household:
    """The things the routes lead to, and who comes to the door."""

    def __init__(self) -> None:
        Municipality.objects.create(pk=1, name="Københavns Kommune")
        self.body = Body.objects.create(name="Socialudvalget", kind="committee")
        other = Body.objects.create(name="Teknik- og Miljøudvalget", kind="committee")
        self.plan = Plan.objects.create(title="Strategi for voksne", body=self.body)
        cycle = Cycle.objects.create(plan=self.plan)
        self.milestone = Milestone(cycle=cycle, title="Vedtagelse", is_public=True)
        self.milestone.when = TimeSpan.day(date(2027, 3, 3))
        self.milestone.save()
        version = freeze(plan=self.plan, stage=Stage.PROCESS_PLAN, by=None)
        publish(version=version, by=None)
        self.people = {"anonymous": AnonymousUser()}
        for role in ROLES[1:]:
            email = f"{role}@example.org"
            self.people[role] = User.objects.create_user(email, "x", name=role)
        for role, held, body in [
            ("member", Role.MEMBER, self.body),
            ("foreign", Role.SECRETARY, other),
            ("secretary", Role.SECRETARY, self.body),
            ("administrator", Role.ADMINISTRATOR, None),
        ]:
            Membership.objects.create(user=self.people[role], role=held, body=body)
        PlanLead.objects.create(plan=self.plan, user=self.people["lead"])
        self.section = Section.objects.create(plan=self.plan, title="Formål")
        self.comment = Comment.objects.create(section=self.section, text="Hm")
        self.draft = draft_of(FIRST, self.people["secretary"], self.plan)

    def address(self, route: str) -> str:
        """The route's address for the things of this household."""
        for values in (
            {},
            {"slug": self.plan.slug},
            {"uid": self.draft.uid},
            {"slug": self.plan.slug, "number": 1},
            {"slug": self.plan.slug, "uid": self.milestone.uid},
            {"slug": self.plan.slug, "section": self.section.uid},
            {
                "slug": self.plan.slug,
                "section": self.section.uid,
                "comment": self.comment.uid,
            },
        ):
            try:
                return reverse(route, kwargs=values)
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example for what its address names")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_each_cell(row, house, client):
    route, method, *expected = row
    address = house.address(route)
    for role, want in zip(ROLES, expected, strict=True):
        client.logout()
        if role != "anonymous":
            client.force_login(User.objects.get(email=f"{role}@example.org"))
        response = client.generic(method, address)
        cell = f"{method} {route} as {role}"
        if want == "→":
            assert response.status_code == 302, cell
            assert response["Location"].startswith("/konto/log-ind/?next="), cell
        elif want == "ok":
            assert response.status_code in {200, 302}, (cell, response.status_code)
        else:
            assert response.status_code == int(want), (cell, response.status_code)
        if want != "→" and row in WORK and role != "anonymous" and response.status_code == 200:
            assert "no-store" in response["Cache-Control"], cell


WORK = [row for row in ROWS if row[2] == "→"]


def routes(resolver=None, space: str = "") -> set[str]:
    """The names of all routes but the admin's, which has doors of its own."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace != "admin":
            found |= routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
    return found


def test_every_route_is_in_the_table():
    assert routes() == {row[0] for row in ROWS}


def test_every_route_has_its_door():
    def doors(resolver):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver) and entry.namespace != "admin":
                yield from doors(entry)
            elif isinstance(entry, URLPattern):
                yield entry.name, getattr(entry.callback, "door", None)

    assert [name for name, door in doors(get_resolver()) if door is None] == []


@pytest.mark.parametrize("row", WORK, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_thing_that_does_not_exist_is_404_for_whoever_has_signed_in(row, house, client):
    route, method, *_expected = row
    address = house.address(route)
    if address.count("/") < 4:
        return
    unknown = address.replace(house.plan.slug, "findes-ikke")
    unknown = unknown.replace(str(house.draft.uid), str(uuid.uuid4()))
    if unknown == address:
        return
    client.force_login(User.objects.get(email="administrator@example.org"))
    assert client.generic(method, unknown).status_code == 404


def test_the_admin_is_for_staff(house, client):
    for role in ROLES[1:]:
        client.force_login(User.objects.get(email=f"{role}@example.org"))
        assert client.get("/admin/").status_code == 302, role
