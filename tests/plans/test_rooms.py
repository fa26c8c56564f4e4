"""The rooms of the workspace: every page below a plan belongs to one, and wings add their own."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import get_resolver

from kommuneplan.core.templatetags.components import icon
from plans import rooms
from plans.addresses import PLAN
from plans.models import Plan

SLUG = "en-plan"


def addresses_below_a_plan() -> list[str]:
    """The first two words of every address of the workspace that begins with a plan's."""
    resolver = get_resolver()
    routes = [str(one.pattern) for group in resolver.url_patterns for one in patterns(group)]
    return sorted({one.removeprefix(PLAN) for one in routes if one.startswith(PLAN)})


def patterns(group) -> list:
    return getattr(group, "url_patterns", [])


@pytest.mark.parametrize("below", addresses_below_a_plan())
def test_every_page_of_a_plan_belongs_to_a_room(below):
    word = re.split(r"[./]", below)[0]
    assert rooms.room_at(f"/arbejde/planer/{SLUG}/{word}/", SLUG) is not None


def test_no_two_rooms_claim_the_same_pages():
    words = [word for room in rooms.rooms_for(None, Plan()) for word in room.begins]
    assert len(words) == len(set(words))


def test_a_wing_adds_a_room_and_says_who_sees_it():
    room = rooms.Room(
        key="extras",
        title="Prøve",
        address="plans:text",
        order=25,
        begins=("prøve",),
        may=lambda user, plan: user.is_authenticated,
    )
    rooms.register_room(room)
    try:
        keys = [one.key for one in rooms.rooms_for(AnonymousUser(), Plan())]
        assert "extras" not in keys and keys[0] == "overview"
        assert rooms.room_at(f"/arbejde/planer/{SLUG}/prøve/1/", SLUG) == room
    finally:
        rooms.unregister_room("extras")


def test_a_trail_in_the_workspace_has_three_steps_at_most_and_a_public_one_all_of_them():
    trail = '{% load components %}{% breadcrumb "A" "/a/" "B" "/b/" "C" "/c/" "her" %}'
    for path, steps in (
        ("/arbejde/planer/x/", ["B", "C", "her"]),
        ("/planer/x/", ["Forside", "A", "B", "C", "her"]),
    ):
        html = Template(trail).render(Context({"request": RequestFactory().get(path)}))
        assert re.findall(r"\w+", re.sub(r"(?s)<svg.*?</svg>|<[^>]*>", " ", html)) == steps
        assert 'aria-current="page"' in html


def test_every_room_of_the_strip_has_its_drawing_and_its_name():
    for room in rooms.rooms_for(None, Plan()):
        assert "<path" in icon(room.icon)
    names = [str(room.title) for room in rooms.rooms_for(None, Plan())]
    entries = [(name, "/", False, "house") for name in names]
    html = render_to_string("plans/workspace/rooms.html", {"rooms": entries})
    assert re.findall(r'class="room-name">([^<]+)<', html) == names
