"""The table at its door: one line adds a row, a row is typed in place, nothing typed is lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from kommuneplan import clock
from plans.enums import Stage
from plans.models import EffectLink, EffectNode, EffectReference, EffectTheme, FocusArea, Plan
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.factories import a_plan, secretary
from tests.plans.effects.rows import node, theme, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    return a_plan()


@pytest.fixture
def work(client, plan):
    client.force_login(secretary())
    return client


def address(name: str, plan: Plan, row=None) -> str:
    return reverse(f"plans:{name}", args=[plan.slug, *([row.uid] if row else [])])


def words(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def form_of(answer, row) -> dict[str, object]:
    """What the browser would send of the row's form, untouched."""
    form = next(
        one.form
        for theme in answer.context["table"].themes
        for part in theme.parts
        for one in part.rows
        if one.node.pk == row.pk
    )
    sent = {}
    for field in form:
        value = field.value()
        if value not in (None, False, []):
            sent[field.html_name] = value
    return sent


# --- one line, one row -------------------------------------------------------------------------


def test_a_theme_and_a_row_are_added_by_one_line_each(work, plan):
    work.post(address("effects-theme-add", plan), {"title": "Bolig"})
    home = plan.effect_themes.get()
    line = address("effects-node-add", plan, home)
    for title in ("Flere bor selv", "Færre er ensomme"):
        answer = work.post(line, {"kind": "goal", "title": title})
    assert answer.headers["Location"].endswith(f"#ny-{home.uid}-goal")
    assert [(row.title, row.is_public) for row in home.nodes.all()] == [
        ("Flere bor selv", False),
        ("Færre er ensomme", False),
    ]
    page = work.get(address("effects", plan))
    assert "Ingen aktivitet fører til målet." in words(page)


def test_an_empty_line_is_asked_for_again_where_it_was(work, plan):
    home = theme(plan)
    answer = work.post(address("effects-node-add", plan, home), {"kind": "goal", "title": " "})
    assert answer.status_code == 422
    assert "Skriv, hvad det hedder." in words(answer)


def test_too_long_a_line_is_not_lost(work, plan):
    home, typed = theme(plan), "Flere " * 60
    answer = work.post(address("effects-node-add", plan, home), {"kind": "goal", "title": typed})
    assert answer.status_code == 422
    assert typed.strip() in answer.content.decode()


def test_a_kind_that_there_is_not_is_no_row(work, plan):
    home = theme(plan)
    answer = work.post(address("effects-node-add", plan, home), {"kind": "hest", "title": "A"})
    assert answer.status_code == 422
    assert not home.nodes.exists()


def test_with_htmx_the_row_comes_with_a_new_line_and_what_is_missing_now(work, plan):
    home = theme(plan)
    answer = work.post(
        address("effects-node-add", plan, home),
        {"kind": "activity", "title": "Besøg"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    row = home.nodes.get()
    assert page.lstrip().startswith("{#") is False
    assert page.index(f'id="led-{row.uid}"') < page.index(f'id="ny-{home.uid}-activity"')
    assert 'id="mangler"' in page and "hx-swap-oob" in page
    assert re.search(r'name="title"[^>]*autofocus', page)


# --- a row typed in place ----------------------------------------------------------------------


def test_a_row_is_its_form_in_its_place_on_the_page(work, plan):
    rows = whole(plan)
    page = work.get(address("effects-node", plan, rows["result"])).content.decode()
    before, after = page.index("Flere bor selv"), page.index(f'id="led-{rows["activity"].uid}"')
    assert before < page.index('value="Færre flytter igen"') < after


def test_all_of_a_row_is_saved(work, plan):
    rows = whole(plan)
    area = FocusArea.objects.create(plan=plan, title="Boliger")
    milestone = plan.open_cycle.milestones.create(title="Åbning")
    source = EffectReference.objects.create(plan=plan, number="BR 644/05")
    resource = rows["resource"]
    opened = work.get(address("effects-node", plan, resource))
    sent = form_of(opened, resource)
    assert sent["amount"] == "1.800.000 kr."
    sent |= {
        "title": "Fire støttepersoner",
        "amount": "2,4 mio. kr.",
        "serves": [str(rows["activity"].uid), str(rows["goal"].uid)],
        f"assumption_{rows['activity'].uid}": "De kan ansættes",
        "focus_areas": [str(area.uid)],
        "milestones": [str(milestone.uid)],
        "references": [str(source.uid)],
    }
    answer = work.post(address("effects-node", plan, resource), sent)
    assert answer.headers["Location"].endswith(f"#led-{resource.uid}")
    resource.refresh_from_db()
    assert (resource.title, resource.amount) == ("Fire støttepersoner", 2_400_000)
    assert {link.serves.title: link.assumption for link in resource.links.all()} == {
        "Besøg i hjemmet": "De kan ansættes",
        "Flere bor selv": "",
    }
    page = words(work.get(address("effects", plan)))
    for said in ("2.400.000 kr.", "De kan ansættes", "BR 644/05", "Boliger", "Åbning"):
        assert said in page


def test_it_never_runs_backwards(work, plan):
    rows = whole(plan)
    sent = {"seen": rows["goal"].version, "title": "Mål", "serves": [str(rows["result"].uid)]}
    work.post(address("effects-node", plan, rows["goal"]), sent)
    assert not rows["goal"].links.exists()
    sent = {"seen": rows["result"].version, "title": "R", "serves": [str(rows["activity"].uid)]}
    answer = work.post(address("effects-node", plan, rows["result"]), sent)
    assert answer.status_code == 422
    assert "activity" not in {link.serves.kind for link in rows["result"].links.all()}


def test_a_wrong_amount_is_told_and_stands_as_it_was_typed(work, plan):
    row = whole(plan)["resource"]
    sent = {"seen": row.version, "title": "Tre støttepersoner", "amount": "mange penge"}
    answer = work.post(address("effects-node", plan, row), sent)
    assert answer.status_code == 422
    assert 'value="mange penge"' in answer.content.decode()
    assert "Skriv et beløb i hele kroner" in words(answer)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_two_who_write_the_same_row_both_keep_their_words(work, plan, headers):
    row = whole(plan)["activity"]
    sent = form_of(work.get(address("effects-node", plan, row)), row)
    theirs = EffectNode.objects.get(pk=row.pk)
    theirs.title = "Samtaler på gaden"
    theirs.save()
    answer = work.post(
        address("effects-node", plan, row), sent | {"title": "Besøg to gange"}, headers=headers
    )
    assert answer.status_code == 409
    said = words(answer)
    assert "Gemt af den anden: Samtaler på gaden" in said and "Dit: Besøg to gange" in said
    again = re.search(r'name="seen" value="(\d+)"', answer.content.decode())
    row.refresh_from_db()
    assert int(again[1]) == row.version and row.title == "Samtaler på gaden"
    work.post(address("effects-node", plan, row), sent | {"title": "Besøg", "seen": again[1]})
    row.refresh_from_db()
    assert row.title == "Besøg"


def test_what_is_sent_as_it_was_read_writes_nothing(work, plan):
    row = whole(plan)["activity"]
    sent = form_of(work.get(address("effects-node", plan, row)), row)
    work.post(address("effects-node", plan, row), sent)
    assert EffectNode.objects.get(pk=row.pk).version == row.version
    assert EffectLink.history.filter(node=row).count() == 1


def test_two_who_write_the_same_theme_both_keep_their_words(work, plan):
    home = theme(plan)
    EffectTheme.objects.get(pk=home.pk).save()
    sent = {"seen": home.version, "title": "Et hjem", "note": "Mangler mål"}
    answer = work.post(address("effects-theme", plan, home), sent)
    assert answer.status_code == 409
    assert "Et hjem" in answer.content.decode() and "Mangler mål" in answer.content.decode()


# --- order -------------------------------------------------------------------------------------


def test_rows_move_among_their_own_kind(work, plan):
    home = theme(plan)
    first, second = node(home, "goal", "Første"), node(home, "goal", "Anden", position=1)
    node(home, "result", "Et andet slags", position=1)
    work.post(address("effects-move", plan, second), {"retning": "up"})
    assert [row.title for row in home.nodes.filter(kind="goal")] == ["Anden", "Første"]
    answer = work.post(address("effects-move", plan, first), {"retning": "down"}, follow=True)
    assert "kan ikke flyttes dertil" in words(answer)


def test_themes_move(work, plan):
    theme(plan, "Bolig", position=1)
    work_theme = theme(plan, "Arbejde", position=2)
    work.post(address("effects-move", plan, work_theme), {"retning": "up"})
    assert [one.title for one in plan.effect_themes.all()] == ["Arbejde", "Bolig"]


# --- taken out ---------------------------------------------------------------------------------


def test_what_stands_in_no_version_is_deleted_and_leaves_its_history(work, plan):
    row = whole(plan)["activity"]
    assert "Hvorfor?" not in words(work.get(address("effects-remove", plan, row)))
    work.post(address("effects-remove", plan, row), {"seen": row.version})
    assert not EffectNode.objects.filter(pk=row.pk).exists()
    assert EffectNode.history.filter(uid=row.uid, history_type="-").exists()
    assert not EffectLink.objects.filter(node=row.pk).exists()


def test_what_others_have_read_is_taken_out_for_a_reason_and_can_be_put_back(work, plan):
    row = whole(plan)["activity"]
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    answer = work.post(address("effects-remove", plan, row), {"seen": row.version})
    assert answer.status_code == 422
    work.post(address("effects-remove", plan, row), {"seen": row.version, "reason": "Sparet væk"})
    row.refresh_from_db()
    assert row.retired_because == "Sparet væk"
    page = work.get(address("effects", plan))
    assert "Sparet væk" in words(page)
    assert "Ingen aktivitet fører til målet." in words(page)
    work.post(address("effects-restore", plan, row))
    row.refresh_from_db()
    assert row.retired_at is None
    assert "Ingen aktivitet" not in words(work.get(address("effects", plan)))


def test_somebody_else_has_changed_it_meanwhile(work, plan):
    row = whole(plan)["activity"]
    answer = work.post(address("effects-remove", plan, row), {"seen": row.version - 1})
    assert answer.status_code == 409
    assert EffectNode.objects.filter(pk=row.pk).exists()


# --- sources -----------------------------------------------------------------------------------


def test_sources_are_found_by_number_and_words(work, plan):
    for number, title in (("BR 644/05", "Indsatsen for børn"), ("SUD 358/2007", "")):
        work.post(
            address("effects-sources", plan), {"kind": "case", "number": number, "title": title,
                                               "seen": 0}
        )  # fmt: skip
    page = address("effects-sources", plan)
    work.get(page)  # what was told of the two
    assert "SUD 358/2007" not in words(work.get(page, {"q": "BR 644/05"}))
    assert "BR 644/05" in words(work.get(page, {"q": "644"}))
    assert "BR 644/05" in words(work.get(page, {"q": "børn"}))
    assert "SUD 358/2007" in words(work.get(page, {"q": "sud 358/2007"}))
    assert "Ingen kilde har de ord" in words(work.get(page, {"q": "999"}))


def test_a_source_says_something_and_leads_nowhere_odd(work, plan):
    page = address("effects-sources", plan)
    answer = work.post(page, {"kind": "case", "seen": 0})
    assert answer.status_code == 422 and "Skriv et nummer eller en titel." in words(answer)
    answer = work.post(
        page, {"kind": "case", "title": "A", "link": "javascript:alert(1)", "seen": 0}
    )
    assert answer.status_code == 422
    assert not plan.effect_references.exists()


# --- of others ---------------------------------------------------------------------------------


def test_rows_of_another_plan_are_not_there(work, plan):
    other = a_plan("Strategi for haver")
    rows = whole(other)
    source = EffectReference.objects.create(plan=other, title="A")
    for name in ("effects-node", "effects-remove"):
        assert work.get(address(name, plan, rows["goal"])).status_code == 404
    assert work.get(address("effects-theme", plan, rows["goal"].theme)).status_code == 404
    assert work.get(address("effects-source", plan, source)).status_code == 404
    mine = whole(plan)["result"]
    sent = {"seen": mine.version, "title": "R", "serves": [str(rows["goal"].uid)]}
    assert work.post(address("effects-node", plan, mine), sent).status_code == 422


# --- a framework plan's goals ------------------------------------------------------------------


def test_the_goals_of_the_plans_above_hold_and_can_be_pointed_to(work, plan):
    goal = whole(plan)["goal"]
    below = Plan.objects.create(title="Delstrategi om haver", body=plan.body, parent=plan)
    home = theme(below, "Haver")
    result = node(home, "result", "Flere haver")
    page = work.get(address("effects", below))
    assert "Mål fra planerne over denne" in words(page) and goal.title in words(page)
    work.post(
        address("effects-node", below, result),
        {"seen": result.version, "title": result.title, "serves": [str(goal.uid)]},
    )
    assert [link.serves for link in result.links.all()] == [goal]
    goal.title = "Endnu flere bor selv"
    goal.save()
    assert "Endnu flere bor selv" in words(work.get(address("effects", below)))
    assert not below.effect_themes.filter(nodes__kind="goal").exists()


def test_of_a_plan_above_that_one_does_not_work_with_only_what_is_published_is_known(client, plan):
    whole(plan)
    home = plan.effect_themes.get()
    secret = node(home, "goal", "Hemmeligt mål", is_public=False)
    publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None)
    EffectNode.objects.filter(title="Flere bor selv").get()
    below = a_plan("Delstrategi", body="Teknik- og Miljøudvalget")
    below.parent = plan
    below.save()
    result = node(theme(below, "Haver"), "result", "Flere haver")
    client.force_login(secretary("fremmed", "Teknik- og Miljøudvalget"))
    page = client.get(address("effects-node", below, result))
    assert "Flere bor selv" in words(page) and "Hemmeligt mål" not in words(page)
    sent = {"seen": result.version, "title": "R", "serves": [str(secret.uid)]}
    assert client.post(address("effects-node", below, result), sent).status_code == 422


def test_the_picture_says_what_each_box_is_and_leads_to_it(work, plan):
    rows = whole(plan)
    page = work.get(address("effects-picture", plan)).content.decode()
    label = "Aktivitet: Besøg i hjemmet. Bidrager til: Færre flytter igen"
    assert f'aria-label="{label}"' in page
    for row in rows.values():
        assert f'href="#{row.uid}"' in page and page.count(f'id="{row.uid}"') == 1


def test_nothing_is_said_of_a_row_that_was_taken_out(work, plan):
    rows = whole(plan)
    rows["activity"].retired_at, rows["activity"].retired_because = clock.now(), "Fejl"
    rows["activity"].save()
    page = words(work.get(address("effects-picture", plan)))
    assert "Besøg i hjemmet" not in page and "Tre støttepersoner" in page
