"""Images and footnotes in a real browser: chosen, pasted, dropped, corrected, read by everybody;
without JavaScript; and nothing of what is hostile runs, with no policy to stop it."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from plans.enums import Stage
from plans.models import SectionDraft
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.journeys.looking import check, follow
from tests.journeys.test_text_journey import SOON, Writers, box, save, state, type_at_end
from tests.kommuneplan.richtext.test_blocks import HOSTILE
from tests.plans.pictures import image_file, kept, photo_with_place


@pytest.fixture
def writers(browser, browser_context_args):
    house = Writers(browser, browser_context_args)
    yield house
    for context in house.contexts:
        context.close()
    assert house.complaints == []


def tool(page: Page, name: str):
    return page.locator(f".prose-menubar button[title='{name}']")


def hand_over(page: Page, event: str, *, files: tuple[bytes, ...] = (), html: str = "") -> None:
    """Paste into the text, or drop on it, as another program would."""
    page.evaluate(
        """([event, files, html]) => {
            const data = new DataTransfer();
            for (const file of files) {
                const bytes = Uint8Array.from(atob(file), (one) => one.charCodeAt(0));
                data.items.add(new File([bytes], "image.png", { type: "image/png" }));
            }
            if (html) data.setData("text/html", html);
            const box = document.querySelector(".ProseMirror");
            const { left, top } = box.firstElementChild.getBoundingClientRect();
            const made_of = { bubbles: true, cancelable: true };
            const made = event === "paste"
                ? new ClipboardEvent("paste", { ...made_of, clipboardData: data })
                : new DragEvent("drop", { ...made_of, dataTransfer: data,
                                          clientX: left + 5, clientY: top + 5 });
            box.dispatchEvent(made);
        }""",
        [event, [base64.b64encode(one).decode() for one in files], html],
    )


def writing(page: Page) -> None:
    """A dialogue has closed, and the caret is back in the text."""
    expect(box(page)).to_be_focused()


def test_an_image_and_a_footnote_from_the_editor_to_the_public(writers: Writers, tmp_path) -> None:
    photo = tmp_path / "IMG_1234.jpg"
    photo.write_bytes(photo_with_place())
    page = writers.sign_in("ida")
    type_at_end(page, " Se kilden")
    dialog = page.locator("#picture-dialog")
    tool(page, "Indsæt et billede").click()
    expect(dialog).to_be_visible()
    check(page)
    dialog.locator("[type=submit]").click()
    expect(dialog.locator("[data-error=file]")).to_have_text("Vælg et billede.")
    expect(dialog.locator("[data-error=alt]")).to_be_visible()
    check(page)
    dialog.locator("[name=file]").set_input_files(photo)
    expect(dialog.locator("[data-preview]")).to_be_visible()
    dialog.locator("[name=alt]").fill("Tre naboer ved et langbord")
    check(page)
    dialog.locator("[type=submit]").click()
    expect(dialog).to_be_hidden()
    shown = box(page).locator("figure.plan-figure")
    expect(shown.locator("img")).to_have_attribute("alt", "Tre naboer ved et langbord")
    shown.locator("figcaption").click()
    page.keyboard.type("Foto: kommunen")
    page.keyboard.press("Enter")
    page.keyboard.type("Efter billedet")
    tool(page, "Indsæt en note").click()
    note = page.locator("#note-dialog")
    check(page)
    note.locator("[type=submit]").click()
    expect(note.locator("[data-error]")).to_be_visible()
    note.locator("[name=words]").fill("Se *Naboskab*, [side 4](https://example.org/4).")
    note.locator("[type=submit]").click()
    expect(box(page).locator(".note-mark")).to_have_accessible_name("Note: Se Naboskab, side 4.")
    writing(page)
    page.keyboard.type(".")
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    check(page)
    save(page)
    writers.section.refresh_from_db()
    image = writers.plan.images.get()
    assert writers.section.text.split("\n") == [
        "<p>Vi lytter til borgerne.</p>",
        "<p>Vi handler. Se kilden</p>",
        (
            f'<figure><img src="{image.src}" alt="Tre naboer ved et langbord">'
            "<figcaption>Foto: kommunen</figcaption></figure>"
        ),
        (
            '<p>Efter billedet<span class="note">Se <em>Naboskab</em>, '
            '<a href="https://example.org/4" rel="noopener noreferrer">side 4</a>.</span>.</p>'
        ),
    ]
    page.goto(writers.address)  # what was saved is opened again, and saved again as it is
    expect(box(page).locator("figcaption")).to_have_text("Foto: kommunen")
    before = writers.section.text
    box(page).locator("p").last.click()  # right of the words: after the note, never into it
    page.keyboard.type("!")
    save(page)
    writers.section.refresh_from_db()
    assert writers.section.text == before.replace("</span>.</p>", "</span>.!</p>")
    read(writers, page)


def read(writers: Writers, page: Page) -> None:
    """The public page: the image with its words, the number and the note, there and back."""
    writers.section.is_public = True
    writers.section.save()
    publish(version=freeze(plan=writers.plan, stage=Stage.ADOPTED, by=None), by=None)
    context = writers.browser.new_context(**writers.settings)
    writers.contexts.append(context)
    public = context.new_page()
    public.goto(f"/planer/{writers.plan.slug}/")
    image = public.locator("figure img")
    assert image.evaluate("(one) => one.complete && one.naturalWidth") == 30
    expect(image).to_have_accessible_name("Tre naboer ved et langbord")
    check(public)
    number = public.locator("[role=doc-noteref][aria-label='Note 1']")
    number.click()
    expect(public).to_have_url(re.compile("#note-1$"))
    back = public.locator("[role=doc-backlink][aria-label='Tilbage til note 1 i teksten']")
    back.click()
    expect(public).to_have_url(re.compile("#note-1-ref$"))
    for where in ("versioner/1/",):
        page.goto(f"/arbejde/planer/{writers.plan.slug}/{where}")
        expect(page.locator("figure img")).to_be_visible()
        expect(page.locator(".notes li")).to_have_count(1)
        check(page)


def test_pictures_are_pasted_and_dropped_and_need_words(writers: Writers) -> None:
    page = writers.sign_in("ida")
    expect(box(page)).to_be_visible()
    dialog = page.locator("#picture-dialog")
    for event, colour in (("paste", "red"), ("drop", "blue")):
        hand_over(page, event, files=(image_file(colour=colour),))
        expect(dialog).to_be_visible()
        expect(dialog.locator("[data-preview]")).to_be_visible()
        dialog.locator("[name=alt]").fill(f"En {colour} flade")
        dialog.locator("[type=submit]").click()
        expect(dialog).to_be_hidden()
    expect(box(page).locator("figure.plan-figure")).to_have_count(2)
    assert writers.plan.images.count() == 2
    hand_over(page, "paste", files=(image_file(colour="green"),))
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert writers.plan.images.count() == 2
    figures = box(page).locator("figure.plan-figure")
    figures.first.get_by_role("button", name="Ret").click()
    dialog.locator("[name=alt]").fill("En rød flade")
    dialog.locator("[type=submit]").click()
    expect(figures.first.locator("img")).to_have_attribute("alt", "En rød flade")
    figures.last.get_by_role("button", name="Fjern billedet").click()
    expect(figures).to_have_count(1)
    save(page)
    writers.section.refresh_from_db()
    assert writers.section.text.count("<figure>") == 1
    assert 'alt="En rød flade"' in writers.section.text


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=DA>
<!--StartFragment--><p class=MsoNormal style='margin:0cm'><b>Vi</b> mødes<o:p></o:p></p>
<p class=MsoNormal><img width=100 src="file:///C:/Users/x/AppData/msohtmlclip1/01/clip_image001.png"
 v:shapes="Billede_x0020_1"><span style='color:red'>ved bordet</span></p>
<p><img src="https://example.org/spor.gif" onerror="alert(1)">slut</p><!--EndFragment-->"""


def test_a_paste_from_word_keeps_the_words_and_says_what_was_left_out(writers: Writers) -> None:
    page = writers.sign_in("ida")
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "example.org" in sent.url else None)
    expect(box(page)).to_be_visible()
    type_at_end(page, " ")
    hand_over(page, "paste", html=WORD, files=(image_file(),))
    expect(page.locator("#picture-dialog")).to_be_hidden()
    expect(page.locator("[data-paste-state]")).to_contain_text("Nogle billeder kom ikke med")
    check(page)
    save(page)
    writers.section.refresh_from_db()
    assert "<strong>Vi</strong> mødes" in writers.section.text
    assert "ved bordet" in writers.section.text and "slut" in writers.section.text
    for trace in ("<img", "style", "file:", "Mso"):
        assert trace not in writers.section.text
    assert asked == []


def test_with_the_keyboard_alone(writers: Writers, tmp_path) -> None:
    photo = tmp_path / "a.png"
    photo.write_bytes(image_file())
    page = writers.sign_in("ida")
    type_at_end(page, " Ord")
    tool(page, "Indsæt en note").focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Kilde")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    mark = box(page).locator(".note-mark")
    expect(mark).to_be_visible()
    writing(page)
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#note-dialog")).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.type(" 2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(mark).to_have_accessible_name("Note: Kilde 2")
    writing(page)
    tool(page, "Indsæt et billede").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#picture_file")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(photo)
    page.keyboard.press("Tab")
    page.keyboard.type("Et hus")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box(page).locator("figure.plan-figure")).to_have_count(1)
    save(page)
    writers.section.refresh_from_db()
    assert 'Ord<span class="note">Kilde 2</span>' in writers.section.text


def test_an_image_without_words_is_sent_back_to_its_field(writers: Writers) -> None:
    page = writers.sign_in("ida")
    image = kept(writers.plan)
    expect(box(page)).to_be_visible()
    hand_over(page, "paste", html=f'<p>Nyt</p><img src="{image.src}" alt="">')
    expect(box(page).locator(".figure-alt .is-missing")).to_be_visible()
    follow(page, "form[data-write] .button-primary")
    expect(page.locator(".form-error-message").first).to_contain_text("alternativ tekst")
    expect(box(page)).to_contain_text("Nyt")
    check(page)
    box(page).get_by_role("button", name="Ret").click()
    page.locator("#picture-dialog [name=alt]").fill("Et hus")
    page.locator("#picture-dialog [type=submit]").click()
    save(page)


def test_without_javascript_an_image_comes_in_by_its_own_page(writers: Writers, tmp_path) -> None:
    photo = tmp_path / "hus.png"
    photo.write_bytes(image_file())
    page = writers.sign_in("ida", java_script_enabled=False)
    follow(page, page.get_by_role("link", name="Tilføj et billede"))
    follow(page, page.locator("main [type=submit]").last)
    expect(page.locator(".form-error-message").first).to_be_visible()
    page.set_input_files("[name=file]", photo)
    page.fill("[name=alt]", "Et hus ved åen")
    follow(page, page.locator("main [type=submit]").last)
    line = page.locator("#written").input_value()
    follow(page, page.get_by_role("link", name="Tilbage til “Formål”"))
    page.fill("#id_plain", f"Før^[Kilden]\n\n{line}\nFoto: Ida")
    save(page)
    writers.section.refresh_from_db()
    image = writers.plan.images.get()
    assert writers.section.text == (
        '<p>Før<span class="note">Kilden</span></p>\n'
        f'<figure><img src="{image.src}" alt="Et hus ved åen">'
        "<figcaption>Foto: Ida</figcaption></figure>"
    )
    follow(page, page.get_by_role("link", name="Formål", exact=True))
    expect(page.locator("#id_plain")).to_have_value(f"Før^[Kilden]\n\n{line}\nFoto: Ida")


PLACED = """
<figure><img src="OURS" alt="x" onload="alert(1)" onerror="alert(2)"></figure>
<figure onclick="alert(1)" style="background:url(https://example.org/a)"><img src="OURS" alt="y">
<img src="OURS" alt="&quot;&gt;<script>alert(3)</script>"><figcaption><script>alert(4)</script>c
<figure><img src="javascript:alert(5)" alt="x"><figcaption>c</figcaption></figure>
<img src="data:image/svg+xml,<svg onload=alert(6)>" alt="x">
<img src="OURS/../../x" onerror=alert(7) srcset="https://example.org/b 1x" alt="x">
<img src="//example.orgOURS" alt="x"><picture><source srcset="https://example.org/c"></picture>
<p>a<span class="note" onmouseover="alert(8)"><img src=x onerror=alert(9)>n</span></p>
<p>a<span class="note"><a href="javascript:alert(10)">l</a><svg onload=alert(11)></svg></span></p>
<p><span class="note">&lt;img src=x onerror=alert(12)&gt; [x](javascript:alert(13))</span></p>
<p><span class="note"><a href="https://e.dk/&quot;onclick=alert(14)//">[y](z)</a></span></p>
<svg><foreignObject><figure><img src=x onerror=alert(15)></figure></foreignObject></svg>
<math><mtext><figcaption><style><img src=x onerror=alert(16)></style></figcaption></mtext></math>
<figure><noscript><img src="OURS" alt="</noscript><img src=x onerror=alert(17)>"></figure>
""".strip().split("\n")


def test_hostile_pictures_and_notes_run_nowhere_without_a_policy_to_stop_it(
    writers: Writers,
) -> None:
    """Through save, autosave, paste, the editor opened again, conflict, outline, preview, a frozen
    version, comparison and the public page."""
    page = writers.sign_in("ida", bypass_csp=True)
    ran: list[str] = []

    def hear(dialog) -> None:
        if dialog.type == "beforeunload":  # what was pasted last is not kept yet
            return dialog.accept()
        ran.append(dialog.message)
        return dialog.dismiss()

    page.on("dialog", hear)
    page.on("request", lambda sent: ran.append(sent.url) if "example.org" in sent.url else None)
    image = kept(writers.plan, alt='"><img src=x onerror=alert(18)>')
    vectors = [*PLACED, *HOSTILE]
    hostile = "<p>x</p>".join(vectors).replace("OURS", image.src)
    writers.write(hostile)
    base = writers.section.version
    writers.section.is_public = True
    writers.section.save()
    freeze(plan=writers.plan, stage=Stage.SUBMITTED, by=None)
    page.goto(writers.address)
    expect(box(page)).to_be_visible()
    page.route("**/tekst/indsaet/", lambda route: route.abort())  # the editor by itself
    for vector in vectors:
        hand_over(page, "paste", html=vector.replace("OURS", image.src))
    hand_over(page, "paste", html="<p>til sidst</p>")  # of a picture alone nothing is told
    expect(page.locator("[data-paste-state]")).to_contain_text("sat ind af editoren")
    page.unroute("**/tekst/indsaet/")
    hand_over(page, "paste", html=hostile)  # and with what the server makes of it
    expect(page.locator("[data-paste-state]")).not_to_contain_text("bliver læst", timeout=60_000)
    for mark in box(page).locator(".note-mark").all()[:3]:
        mark.dispatch_event("click")
        page.keyboard.press("Escape")
    page.keyboard.type("z")
    expect(state(page)).to_contain_text(re.compile(r"\d\d\.\d\d"), timeout=SOON)
    draft = SectionDraft.objects.get(is_open=True)
    SectionDraft.objects.filter(pk=draft.pk).update(
        base_version=base, text=f"{hostile}<p>mit</p>", title="<img src=x onerror=alert(19)>"
    )
    writers.section.refresh_from_db()
    writers.write(f"{hostile}<p>deres</p>")
    version = freeze(plan=writers.plan, stage=Stage.ADOPTED, by=None)
    publish(version=version, by=None)
    work = f"/arbejde/planer/{writers.plan.slug}/"
    for address in (
        writers.address, f"{writers.address}konflikt/", writers.outline, f"{work}forhaandsvis/",
        f"{work}versioner/{version.number}/", f"{work}versioner/sammenlign/?fra=1&til=nu",
        f"{work}versioner/sammenlign/?fra=1&til={version.number}", f"/planer/{writers.plan.slug}/",
        f"/planer/{writers.plan.slug}/versioner/1/", "/planer/?q=alert",
    ):  # fmt: skip
        assert page.goto(address).status < 400, address
        page.wait_for_timeout(200)
    assert ran == []
