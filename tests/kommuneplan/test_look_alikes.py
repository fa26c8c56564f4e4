"""Names that are taken for each other have the same skeleton, and others have not."""

import pytest

from kommuneplan.look_alikes import skeleton


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("Fοrvаltningen", "Forvaltningen"),  # Greek and Cyrillic
        ("F o r v a l t n i n g e n", "Forvaltningen"),
        ("F0rva1tningen", "Forvaltningen"),
        ("Forvaltnıngen", "Forvaltningen"),
        ("Ｆｏｒｖａｌｔｎｉｎｇｅｎ", "Forvaltningen"),
        ("𝐅𝐨𝐫𝐯𝐚𝐥𝐭𝐧𝐢𝐧𝐠𝐞𝐧", "Forvaltningen"),
        ("ꓝorvaltningen", "Forvaltningen"),
        ("ƒorvaltningen", "Forvaltningen"),
        ("Forvalt\u00adningen\u200b", "Forvaltningen"),
        ("Socia|udvalget", "SOCIALUDVALGET"),
        ("Ѕосіаludvalget", "Socialudvalget"),
        ("Kobenhavns Kornmune", "Københavns Kommune"),
        ("Koebenhavns Kommune", "Københavns Kommune"),
        ("Kǿbenhavns  Kommune", "Københavns Kommune"),
        ("K∅benhavns-Kommune", "Københavns Kommune"),
        ("Arhus Byråd", "Aarhus Byraad"),
        ("Borgerrepraesentationen", "Borgerrepræsentationen"),
        ("A\u030arhus", "Århus"),
    ],
)
def test_what_looks_alike_is_alike(name, like):
    assert skeleton(name) == skeleton(like)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Socialudvalget", "Skoleudvalget"), ("Ida Holm", "Ida Hald"), ("Ballerup", "Ballum")],
)
def test_other_names_are_others(name, other):
    assert skeleton(name) != skeleton(other)


@pytest.mark.parametrize("name", ["", "—", "\u200b", "…"])
def test_a_name_without_letters_has_none(name):
    assert skeleton(name) == ""
