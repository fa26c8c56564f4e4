"""Images taken into a plan: what is refused, what is cleaned away, who may see them."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from PIL import Image

from kommuneplan.core.models import StoredFile, User
from kommuneplan.documents import images
from plans.document import plan_document as doc
from plans.document.comparison import compare
from plans.document.personal_data import personal_looking
from plans.enums import Stage
from plans.models import Plan, PlanLead, Section, SectionImage, VersionImage
from plans.text.actions.images import ImageRefused, adopt_images, foreign_images, keep_image
from plans.text.side_by_side import compared
from plans.versions.actions.freezing import freeze
from plans.versions.verification import verify
from tests.factories import committee
from tests.plans.pictures import figure, image_file, kept, photo_with_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> Plan:
    return Plan.objects.create(title="Naboskab", body=committee())


def refusal(plan: Plan, data: bytes, name: str, alt: str = "Et hus") -> str:
    with pytest.raises(ImageRefused) as refused:
        keep_image(plan=plan, data=data, name=name, alt=alt)
    assert not StoredFile.objects.exists()
    return str(refused.value)


def bytes_of(image: SectionImage) -> bytes:
    with image.file.content.open() as file:
        return file.read()


@pytest.mark.parametrize(
    ("kind", "name", "stored"),
    [
        ("PNG", "hus.png", "PNG"),
        ("JPEG", "HUS.JPG", "JPEG"),
        ("GIF", "hus.gif", "JPEG"),
        ("WEBP", "hus.webp", "JPEG"),
    ],
)
def test_four_kinds_come_in_and_two_are_stored(plan, kind, name, stored):
    image = keep_image(plan=plan, data=image_file(kind), name=name, alt="  Et \n hus ")
    assert (image.alt, image.width, image.height) == ("Et hus", 40, 30)
    assert Image.open(io.BytesIO(bytes_of(image))).format == stored
    assert image.file.content_type == f"image/{stored.lower()}"
    assert image.src == f"/billeder/{image.uid}/"


def test_nothing_about_camera_place_or_person_is_left(plan):
    data = photo_with_place()
    assert b"Hemmelig" in data
    image = keep_image(plan=plan, data=data, name="foto.jpg", alt="Et hus")
    stored = bytes_of(image)
    assert b"Hemmelig" not in stored and b"Exif" not in stored
    assert not Image.open(io.BytesIO(stored)).getexif()
    assert (image.width, image.height) == (30, 60)  # upright, as the camera meant it


def test_texts_in_a_png_and_what_follows_its_end_are_gone(plan):
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Hemmelig")
    data = image_file(pnginfo=info) + b"<script>Hemmelig</script>"
    assert b"Hemmelig" not in bytes_of(keep_image(plan=plan, data=data, name="a.png", alt="Et hus"))


def test_transparency_stays_and_a_large_image_is_made_smaller(plan):
    clear = keep_image(plan=plan, data=image_file(colour=(1, 2, 3, 4)), name="a.png", alt="Et hus")
    assert Image.open(io.BytesIO(bytes_of(clear))).mode == "RGBA"
    large = keep_image(
        plan=plan, data=image_file("JPEG", (6000, 1000)), name="a.jpg", alt="Et torv"
    )
    assert (large.width, large.height) == (images.MAX_SIDE, 400)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg"),
        (b"<svg onload='alert(1)'/>", "a.png"),
        (b"<!doctype html>", "a.gif"),
        (image_file("PNG"), "a.jpg"),
        (image_file("PNG"), "a.png.exe"),
        (image_file("PNG"), "a.png\x00.gif"),
        (image_file("PNG"), "uden-endelse"),
        (image_file("BMP"), "a.bmp"),
        (image_file("JPEG", (400, 400))[:60], "a.jpg"),
        (image_file("PNG", (400, 400))[:60], "a.png"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.png"),
        (b"GIF89a" + b"\xff" * 30, "a.gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a.webp"),
        (image_file("PNG") + b"\x00" * images.MAX_BYTES, "a.png"),
    ],
)
def test_what_is_no_image_or_calls_itself_another_is_refused(plan, data, name):
    said = refusal(plan, data, name)
    assert said and "\x00" not in said


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is that large, and is a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data
            + struct.pack(">I", zlib.crc32(name + data))
        )  # fmt: skip

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7000, 50_000, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_unpacked(plan, side):
    assert "40" in refusal(plan, png_of(side, side), "a.png")


@pytest.mark.parametrize("alt", ["", "   "])
def test_an_image_without_words_is_refused(plan, alt):
    refusal(plan, image_file(), "a.png", alt)
    with pytest.raises(IntegrityError), transaction.atomic():
        file = StoredFile.keep("a.png", b"x", "image/png")
        SectionImage.objects.create(
            plan=plan, file=file, sha256="1" * 64, alt="", width=1, height=1
        )


def test_the_same_image_is_stored_once_for_each_plan(plan):
    other = Plan.objects.create(title="En anden", body=committee())
    first, again, elsewhere = kept(plan), kept(plan, "Andre ord"), kept(other)
    assert first == again != elsewhere
    assert StoredFile.objects.count() == 2


def test_an_image_is_never_changed(plan):
    with pytest.raises(TypeError):
        kept(plan).save()


def test_freezing_holds_the_images_of_what_is_frozen_and_protects_them(plan):
    shown, hidden, unused = (kept(plan, name, name) for name in ("red", "green", "blue"))
    Section.objects.create(plan=plan, title="Mål", text=figure(shown) * 2, is_public=True)
    Section.objects.create(plan=plan, title="Internt", text=figure(hidden))
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert [row.image for row in version.images.all()] == [shown]
    for row in (shown, shown.file, version):
        with pytest.raises(ProtectedError):
            row.delete()
    unused.delete()


def test_a_later_version_that_carries_the_text_over_holds_its_images_too(plan):
    image = kept(plan)
    Section.objects.create(plan=plan, title="Mål", text=figure(image), is_public=True)
    freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    later = freeze(plan=plan, stage=Stage.SUBMITTED, by=None, parts=["process_plan"])
    assert VersionImage.objects.filter(version=later, image=image).exists()


def test_an_image_copied_from_a_plan_one_may_read_comes_along_and_no_other(plan):
    ida = User.objects.create_user("ida@example.org", name="Ida")
    readable = Plan.objects.create(title="Idas", body=committee())
    PlanLead.objects.create(plan=readable, user=ida)
    secret = Plan.objects.create(title="Andres", body=committee())
    mine, theirs = kept(readable), kept(secret, "Hemmelig", "red")
    html = adopt_images(plan=plan, html=figure(mine) + figure(theirs), by=ida)
    copy = plan.images.get()
    assert (copy.sha256, copy.file, copy.alt) == (mine.sha256, mine.file, "Et hus")
    assert html == figure(copy) + figure(theirs)
    assert foreign_images(plan=plan, html=html) == [str(theirs.uid)]


def test_another_plans_image_is_not_held_by_a_version(plan):
    theirs = kept(Plan.objects.create(title="Andres", body=committee()))
    Section.objects.create(plan=plan, title="Mål", text=figure(theirs), is_public=True)
    assert not freeze(plan=plan, stage=Stage.SUBMITTED, by=None).images.exists()


# --- compared, searched, looked at by the check for personal data --------------------------------


def document(html: str) -> doc.PlanDocument:
    section = doc.SectionLine("1", "1", 1, "Mål", (doc.TextBlock("a", html),))
    return doc.PlanDocument(
        head=doc.PlanSummary("u", "Naboskab", "strategy", "draft"), text=(section,)
    )


def test_a_comparison_tells_of_other_words_and_of_another_image_with_the_same_words(plan):
    one, other = kept(plan), kept(plan, "Et hus", "red")
    same = compare(document(figure(one)), document(figure(one)))
    assert not same
    (section,) = compare(document(figure(one)), document(figure(one, alt="Et torv"))).parts["text"]
    assert [piece.text for piece in section.rows[0].before if piece.mark] == ["hus"]
    (section,) = compare(document(figure(one)), document(figure(other))).parts["text"]
    assert "".join(p.text for p in section.rows[0].after if p.mark).strip() == (
        "[Et andet billede i stedet]"
    )
    note = '<p>Ord<span class="note">Kilde {}</span></p>'
    (section,) = compare(document(note.format(1)), document(note.format(2))).parts["text"]
    assert [piece.text for piece in section.rows[0].after if piece.mark] == ["2"]


def test_two_texts_in_conflict_show_both_images(plan):
    one, other = kept(plan), kept(plan, "Et hus", "red")
    section = Section.objects.create(plan=plan, title="Mål", text=figure(one))
    (pair,) = compared(section, figure(other))
    assert not pair.same and one.src in pair.theirs and other.src in pair.mine


def test_what_is_said_of_images_and_in_notes_is_found_and_looked_at(plan):
    image = kept(plan, "Brev til 010203-1234")
    text = figure(image) + '<p>Ord<span class="note">Kildehenvisning</span></p>'
    Section.objects.create(plan=plan, title="Mål", text=text, is_public=True)
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert "kildehenvisning" in version.search_text and "brev til" in version.search_text
    assert personal_looking(doc.from_json(version.content), whole=True)


def test_a_changed_lost_or_exchanged_image_of_a_version_is_found(plan):
    image, other = kept(plan), kept(plan, "Et torv", "red")
    Section.objects.create(plan=plan, title="Mål", text=figure(image), is_public=True)
    version = freeze(plan=plan, stage=Stage.SUBMITTED, by=None)
    assert verify().faults == []
    path = Path(image.file.content.path)
    stored = path.read_bytes()
    path.write_bytes(stored + b" ")
    assert "ændret" in verify().faults[0].what
    path.unlink()
    assert "væk" in verify().faults[0].what
    path.write_bytes(stored)
    # behind the program's back: another file under the same address, its digest with it
    SectionImage.objects.filter(pk=image.pk).update(file=other.file, sha256="2" * 64)
    assert "ændret" in verify().faults[0].what
    version.images.all().delete()
    assert "ikke" in verify().faults[0].what


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_unpacked():
    """A few bytes a scan, and each goes over millions of pixels: minutes for one small file."""
    made = io.BytesIO()
    Image.new("L", (1200, 1200)).save(made, "JPEG", progressive=True, quality=1)
    whole = made.getvalue()
    assert images.rewritten(whole).content_type == "image/jpeg"
    scan = whole[whole.rindex(b"\xff\xda") : -2]
    with pytest.raises(images.Broken):
        images.rewritten(whole[:-2] + scan * 30_000 + b"\xff\xd9")
