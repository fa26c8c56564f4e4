"""The addresses of images: who gets the bytes, with which headers, and how one comes in."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kommuneplan import clock
from kommuneplan.core.models import Membership, Municipality, User
from plans.enums import Audience, Stage
from plans.models import Plan, Section, SectionDraft, SectionImage
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw
from tests.factories import a_plan, lead, secretary
from tests.plans.matters import ready_plan, submitted
from tests.plans.pictures import figure, image_file, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    Municipality(pk=1, name="Prøve Kommune").save()
    return a_plan()


@pytest.fixture
def image(plan) -> SectionImage:
    image = kept(plan)
    Section.objects.create(plan=plan, title="Mål", text=figure(image), is_public=True)
    return image


def frozen(plan: Plan):
    return freeze(plan=plan, stage=Stage.SUBMITTED, by=None)


def member(plan: Plan, name: str = "mia") -> User:
    user = User.objects.create_user(f"{name}@example.org", name=name)
    Membership.objects.create(user=user, body=plan.body, role="member")
    return user


# --- who gets the bytes ------------------------------------------------------------------------


def test_an_image_of_a_draft_exists_for_those_who_work_with_the_plan_alone(client, plan, image):
    frozen(plan)  # frozen is not visible
    canary = f'"{image.sha256}"'
    for headers in ({}, {"If-None-Match": canary}, {"If-None-Match": "*"}):
        answer = client.get(image.src, headers=headers)
        assert answer.status_code == 404
        assert image.sha256 not in str(answer.headers)
    client.force_login(member(plan))
    assert client.get(image.src, headers={"If-None-Match": canary}).status_code == 404
    client.force_login(secretary("ida"))
    answer = client.get(image.src)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_what_is_published_is_open_to_everybody_and_knows_nobody(client, plan, image):
    publish(version=frozen(plan), by=None)
    answer = client.get(image.src)
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert answer["Cache-Control"] == "public, max-age=86400, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert answer["Content-Disposition"] == 'inline; filename="billede.png"'
    assert not answer.cookies and "Cookie" not in answer.get("Vary", "")
    again = client.get(image.src, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_on_a_page_an_image_has_its_place_before_it_comes(client, plan, image):
    publish(version=frozen(plan), by=None)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert f'width="{image.width}" height="{image.height}"' in page
    assert f'src="{image.src}"' in page


def test_the_link_to_a_paragraph_says_which(client, plan, image):
    publish(version=frozen(plan), by=None)
    page = client.get(f"/planer/{plan.slug}/").content.decode()
    assert 'aria-label="Link til 1 Mål, stykke 1"' in page


def test_a_publication_opens_and_closes_its_images_with_itself(client, plan, image):
    now = clock.now()
    later = now + dt.timedelta(hours=1)
    publication = publish(version=frozen(plan), by=None, visible_from=later)
    assert client.get(image.src).status_code == 404
    with time_machine.travel(later, tick=False):
        assert client.get(image.src).status_code == 200
        withdraw(publication=publication, by=None, because="Et navn på billedet")
        assert client.get(image.src).status_code == 404


def test_an_image_that_was_only_in_an_internal_section_stays_inside(client, plan, image):
    inside = kept(plan, "Kanariefugl", "yellow")
    Section.objects.create(plan=plan, title="Internt", text=figure(inside))
    publish(version=frozen(plan), by=None)
    assert client.get(image.src).status_code == 200
    assert client.get(inside.src).status_code == 404
    assert "Kanariefugl" not in client.get(reverse("plans:plan", args=[plan.slug])).text


def test_a_member_sees_the_images_of_what_was_submitted_or_published_to_members(client):
    plan = ready_plan()
    image = kept(plan)
    section = plan.sections.get()
    section.text += figure(image)
    section.save()
    mia = member(plan)
    client.force_login(mia)
    assert client.get(image.src).status_code == 404
    submitted(plan)
    answer = client.get(image.src)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    client.force_login(User.objects.create_user("ude@example.org", name="Ude"))
    assert client.get(image.src).status_code == 404
    client.force_login(mia)
    Membership.objects.filter(user=mia).delete()
    assert client.get(image.src).status_code == 404


def test_members_of_the_body_see_what_is_published_to_them(client, plan, image):
    publish(version=frozen(plan), by=None, audience=Audience.MEMBERS)
    assert client.get(image.src).status_code == 404
    client.force_login(member(plan))
    assert client.get(image.src).status_code == 200


def test_whoever_lacks_a_second_factor_they_must_have_sees_public_images_alone(client, plan, image):
    house = Municipality.objects.get()
    house.require_second_factor = True
    house.save()
    client.force_login(secretary("ida"))
    assert client.get(image.src).status_code == 404
    publish(version=frozen(plan), by=None)
    assert client.get(image.src).status_code == 200


def test_a_file_that_is_gone_is_not_found_and_the_log_names_nobody(client, plan, image, caplog):
    publish(version=frozen(plan), by=None)
    image.file.content.storage.delete(image.file.content.name)
    with caplog.at_level("ERROR", logger="plans.text.views.images"):
        assert client.get(image.src).status_code == 404
    assert caplog.messages == [f"the file of image {image.uid} is missing"]


@pytest.mark.parametrize("path", ["00/", "../files/", "media/"])
def test_the_file_itself_has_no_address(client, plan, image, path):
    publish(version=frozen(plan), by=None)
    assert client.get(f"/{path}{image.file.content.name}").status_code == 404


def test_the_queries_of_an_image_are_few(client, plan, image, django_assert_max_num_queries):
    publish(version=frozen(plan), by=None)
    with django_assert_max_num_queries(1):
        client.get(image.src)
    client.force_login(lead(plan, "bo"))
    hidden = kept(plan, "Andet", "red")
    with django_assert_max_num_queries(8):
        assert client.get(hidden.src).status_code == 200


# --- one comes in ------------------------------------------------------------------------------


def upload(name: str = "hus.png", **more) -> dict:
    return {"file": SimpleUploadedFile(name, image_file(), "image/png"), "alt": "Et hus", **more}


def address(section: Section) -> str:
    return reverse("plans:section-image", args=[section.plan.slug, section.uid])


@pytest.fixture
def section(plan) -> Section:
    return Section.objects.create(plan=plan, title="Formål")


def test_the_editor_gets_the_address_of_what_it_sent(client, section):
    client.force_login(secretary("ida"))
    answer = client.post(address(section), upload(), headers={"Accept": "application/json"})
    image = section.plan.images.get()
    assert answer.json() == {"src": image.src, "alt": "Et hus"}
    assert image.file.created_by.email == "ida@example.org"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"alt": ""}, "alt"), ({"alt": "IMG_1234.JPG"}, "alt"), ({"file": ""}, "file")],
)
def test_what_is_missing_is_said_at_its_field(client, section, change, field):
    client.force_login(secretary("ida"))
    answer = client.post(
        address(section), upload() | change, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422 and list(answer.json()["errors"]) == [field]
    page = client.post(address(section), upload() | change)
    assert page.status_code == 422 and f'id="id_{field}_error"' in page.text
    assert not SectionImage.objects.exists()


def test_a_disguised_image_is_refused_with_words(client, section):
    client.force_login(secretary("ida"))
    file = SimpleUploadedFile("hus.png", b"<svg onload=alert(1)>", "image/png")
    answer = client.post(address(section), {"file": file, "alt": "Et hus"})
    assert answer.status_code == 422 and "hus.png" in answer.text


def test_without_javascript_the_page_gives_the_line_for_the_text(client, section):
    client.force_login(secretary("ida"))
    page = client.post(address(section), upload(alt="Et [hus]"))
    image = section.plan.images.get()
    assert f"![Et [hus]]({image.src})" in page.text
    save(client, section, plain=f"Før\n\n![Et [hus]]({image.src})\nFoto: Ida\n\nEfter^[Kilde 1]")
    section.refresh_from_db()
    assert section.text == (
        f'<p>Før</p>\n<figure><img src="{image.src}" alt="Et [hus]">'
        '<figcaption>Foto: Ida</figcaption></figure>\n<p>Efter<span class="note">Kilde 1</span></p>'
    )


# --- saving ------------------------------------------------------------------------------------


def save(client, section: Section, **words):
    data = {"title": section.title, "base_version": section.version, "page": "a", "sequence": 1}
    return client.post(
        reverse("plans:section", args=[section.plan.slug, section.uid]), data | words
    )


def test_an_image_without_words_is_not_saved_and_nothing_is_lost(client, section):
    client.force_login(secretary("ida"))
    image = kept(section.plan)
    text = f"<p>Nye ord</p>{figure(image, alt='')}"
    answer = save(client, section, text=text)
    assert answer.status_code == 422
    assert "Nye ord" in answer.text and image.src in answer.text
    assert 'class="form-error-message"' in answer.text
    section.refresh_from_db()
    assert section.text == ""
    draft = reverse("plans:section-draft", args=[section.plan.slug, section.uid])
    data = {"title": "Formål", "text": text, "base_version": 1, "page": "b", "sequence": 1}
    assert client.post(draft, data).status_code == 200  # while one writes it may be missing
    assert image.src in SectionDraft.objects.get().text


def test_another_plans_image_is_refused_or_comes_along(client, section):
    ida = secretary("ida")
    client.force_login(ida)
    readable = kept(Plan.objects.create(title="Fælles", body=section.plan.body))
    foreign = Plan.objects.create(title="Fremmed", body=ready_plan("x").body)
    foreign.body = type(foreign.body).objects.create(name="Andet udvalg", kind="committee")
    foreign.save()
    secret = kept(foreign, "Hemmelig", "red")
    assert save(client, section, text=figure(secret)).status_code == 422
    assert save(client, section, text=figure(readable)).status_code == 302
    section.refresh_from_db()
    assert section.plan.images.get().src in section.text and readable.src not in section.text
