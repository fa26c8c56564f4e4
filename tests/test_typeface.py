"""The files of the typeface that a page preloads are those the style sheet names first."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders

from tools import assets, typeface


@pytest.mark.django_db
def test_a_page_preloads_what_its_style_sheet_names(client) -> None:
    html = client.get("/planer/").content.decode()
    preloaded = re.findall(r'rel="preload" href="/static/([^"]+)"\s+as="font"', html)
    wanted = [
        f"vendor/dkfds/{typeface.FILES}/IBMPlexSans-{name}.woff2" for name in typeface.PRELOADED
    ]
    assert preloaded == wanted
    assert all(finders.find(name) for name in wanted)


def test_the_style_sheet_names_the_typeface_in_our_way_alone() -> None:
    style = (assets.VENDOR / "dkfds" / assets.STYLE).read_text(encoding="utf-8")
    assert style.count("@font-face") == typeface.faces("").count("@font-face")
    assert "complete" not in style
    for name in typeface.files():
        assert f"../{typeface.FILES}/{name}" in style
        assert (assets.VENDOR / "dkfds" / typeface.FILES / name).exists()


def test_danish_needs_one_file_of_a_style() -> None:
    ranges = [
        tuple(int(end, 16) for end in (part.removeprefix("U+") + "-" + part[2:]).split("-")[:2])
        for part in typeface.PARTS["Latin1"].split(",")
    ]
    for letter in "abcæøåÆØÅéü–“”’§½·…€":
        assert any(low <= ord(letter) <= high for low, high in ranges), letter
