"""The workbench at the door: the queue, a response opened, looked through, split and answered."""

from __future__ import annotations

import datetime as dt

import lxml.html
import pytest
from django.urls import reverse

from consultations.enums import PublicationState
from consultations.handling.actions import remarks as handling
from consultations.handling.actions import splitting, themes
from consultations.handling.draft import Draft
from consultations.models import KeptFinding, OriginalRead, Redaction, Response, Round, WorkKeys
from consultations.review.actions import originals
from kommuneplan import clock
from kommuneplan.core.models import Municipality
from tests.consultations.handled import a_closed_round, a_long_response, handler, standing
from tests.consultations.round_factories import a_response, anchors
from tests.factories import lead
from tests.plans.matters import consulted, ready_plan

pytestmark = pytest.mark.django_db

PHONE = "Husk bænkene. Ring til mig på 20 30 40 50."


@pytest.fixture
def round() -> Round:
    Municipality.objects.create(pk=1, name="Prøve Kommune")
    return a_closed_round(plan=consulted(ready_plan()))


def bench(round: Round, number: int | None = None) -> str:
    args = [round.plan.slug, round.uid]
    if number is None:
        return reverse("consultations:workbench", args=args)
    return reverse("consultations:workbench-response", args=[*args, number])


def fields_of(page) -> dict[str, str]:
    """What the form of the page would send."""
    form, found = lxml.html.fromstring(page.content).get_element_by_id("bench"), {}
    for one in form.xpath(".//input[@name] | .//textarea[@name] | .//select[@name]"):
        if one.get("type") != "radio":
            found[one.name] = one.value or ""
        elif one.get("checked") is not None:
            found[one.name] = one.get("value", "")
    return found


class Window:
    """A page of the workbench as it was opened once: it sends what it holds, as a browser does."""

    def __init__(self, client, round: Round, response: Response) -> None:
        self.client, self.address = client, bench(round, response.number)
        page = client.get(self.address)
        assert page.status_code == 200
        self.fields = fields_of(page)

    def press(self, do: str, **typed: str):
        """Press a button, with something typed: ``b3_reply`` is the reply of remark 3."""
        named = {name.replace("_", "-", 1): value for name, value in typed.items()}
        unknown = named.keys() - self.fields.keys() - {"marked", "wanted", "ground"}
        assert not [name for name in unknown if not name.endswith("-proposal")], unknown
        return self.client.post(self.address, self.fields | named | {"do": do}, follow=True)


def opened(client, round: Round, response: Response) -> Window:
    """A window on a response that was opened."""
    client.post(bench(round), {"do": f"go:{response.number}"})
    return Window(client, round, response)


def remarked(client, round: Round, text: str = "Husk bænkene.") -> tuple[Response, Window]:
    """A response that is one remark, and a window on it."""
    round.refresh_from_db()  # its counters
    response = a_response(round, text=text)
    splitting.handle_whole(response=response, seen=1, by=None)
    return response, opened(client, round, response)


def words(page) -> str:
    return page.content.decode()


# --- the whole thread ----------------------------------------------------------------------------


def test_from_received_to_answered(round, client):
    response = a_long_response(round)
    other = a_response(round, text="Husk bænkene.")
    client.force_login(handler(round))
    assert "Vi er glade for planen." not in words(client.get(bench(round)))
    opened(client, round, response).press("each")
    assert "Vi er glade for planen." in words(client.get(bench(round)))
    assert OriginalRead.objects.filter(response=response, what="response").count() == 1
    rows = standing(round)
    assert [row.words for row in rows] == [
        "Vi er glade for planen.",
        "Borgerne skal spørges.",
        "Huset skal ligge centralt.",
        "Ja.",
        "Værkstedet skal være åbent om aftenen.",
    ]
    typed = {f"b{row.number}_reply": f"Tak for nr. {row.number}." for row in rows}
    typed |= {f"b{row.number}_proposal": "no_change" for row in rows}
    page = Window(client, round, response).press("clear", **typed)
    assert page.redirect_chain[-1][0] == f"{bench(round, other.number)}#svar"
    assert all(row.is_answered for row in standing(round))
    assert Response.objects.get(pk=response.pk).publication_state == PublicationState.CLEARED
    assert OriginalRead.objects.filter(response=other, what="response").count() == 1


def test_the_queues_say_what_waits(round, client):
    client.force_login(handler(round))
    first, second = a_response(round, text="Et svar."), a_response(round, text="Et andet.")
    splitting.handle_whole(response=second, seen=1, by=None)
    queues = {
        "": [first, second],
        "gennemse": [first, second],
        "del": [first],
        "svar": [second],
        "faerdige": [],
        "findes-ikke": [first, second],
    }
    for asked, rows in queues.items():
        page = client.get(bench(round), {"koe": asked})
        buttons = lxml.html.fromstring(page.content).xpath(
            "//ol[contains(@class,'bench-list')]//button"
        )
        assert [one.get("value") for one in buttons] == [f"go:{row.number}" for row in rows], asked
    empty = client.get(bench(round), {"koe": "faerdige"})
    assert "Ingen høringssvar er færdige endnu." in words(empty)


def test_a_response_is_shown_once_it_was_opened_and_that_is_written_down(round, client):
    response = a_response(round, text="Først. " + "Mere. " * 60 + "Aller sidst.", name="Kim")
    client.force_login(handler(round))
    assert "Aller sidst." not in words(client.get(bench(round, response.number)))
    assert not OriginalRead.objects.filter(response=response).exists()
    Window(client, round, response).press("open")
    assert "Aller sidst." in words(client.get(bench(round, response.number)))
    assert OriginalRead.objects.get(response=response).what == "response"


def test_the_queue_shows_no_words_of_a_response_that_was_not_opened(round, client):
    first = a_response(round, text="Hemmelige ord.", name="Kim")
    second = a_response(round, text="Andre ord.", name="Bo")
    client.force_login(handler(round))
    for address in (bench(round), bench(round, second.number)):
        page = words(client.get(address))
        assert "Hemmelige ord." not in page
        assert "Kim" in page
    opened(client, round, first)
    page = lxml.html.fromstring(client.get(bench(round, second.number)).content)
    lines = [" ".join(one.text_content().split()) for one in page.find_class("bench-begins")]
    assert lines[0] == "Hemmelige ord."
    assert str(second.received_at.year) in lines[1]
    assert "Andre ord." not in page.text_content()


def test_nobody_decides_about_words_they_have_not_read(round, client):
    response = a_response(round, text=PHONE)
    client.force_login(handler(round))
    window = Window(client, round, response)
    for do in ("clear", "settle:all", "out:contact", "out-words"):
        page = window.press(do, marked="text:0:4")
        assert page.status_code == 409, do
        assert "Åbn svaret først" in words(page)
    assert not Redaction.objects.exists()


# --- looked through ------------------------------------------------------------------------------


def test_what_was_found_is_taken_out_or_left_in_with_a_reason(round, client):
    response = a_response(round, text=PHONE)
    client.force_login(handler(round))
    window = opened(client, round, response)
    key = next(name for name in window.fields if name.startswith("why-")).removeprefix("why-")
    page = window.press("clear")
    assert page.status_code == 409
    page = window.press(f"settle:keep:{key}")
    assert page.status_code == 422
    assert "Skriv, hvorfor det får lov at stå." in words(page)
    assert not KeptFinding.objects.exists()
    window.fields[f"why-{key}"] = "Det er foreningens nummer."
    window.press(f"settle:keep:{key}")
    assert KeptFinding.objects.get().reason == "Det er foreningens nummer."
    Window(client, round, response).press("clear")
    assert Response.objects.get(pk=response.pk).publication_state == PublicationState.CLEARED


def test_words_are_taken_out_by_writing_them(round, client):
    response = a_response(round, text="Min nabo Bo larmer. Bo hører ikke efter.")
    client.force_login(handler(round))
    window = opened(client, round, response)
    page = window.press("out-words", wanted="Bo larmer", ground="")
    assert page.status_code == 422
    assert "Bo larmer</textarea>" in words(page)  # what was written stands there still
    page = window.press("out-words", wanted="findes ikke", ground="named_person")
    assert page.status_code == 422
    window.press("out-words", wanted="Bo", ground="named_person")
    assert Redaction.objects.count() == 2


def test_the_lead_does_not_publish(round, client):
    response = a_response(round, text="Husk bænkene.")
    client.force_login(lead(round.plan))
    window = opened(client, round, response)
    page = client.get(bench(round, response.number))
    assert "Må offentliggøres" not in words(page)
    assert window.press("clear").status_code == 403


def test_many_are_read_before_they_are_released_and_one_comes_back_here(round, client):
    rows = [a_response(round, text=f"Husk bænk nr. {n}.") for n in range(3)]
    client.force_login(handler(round))
    sent = {"all": "1", "back": "workbench"}
    page = client.post(
        reverse("consultations:response-clear-all", args=[round.plan.slug, round.uid]), sent
    )
    form = lxml.html.fromstring(page.content).xpath("//form[.//article]")[0]
    assert "Husk bænk nr. 2." in words(page)
    fields = dict(form.form_values())
    assert fields["back"] == "workbench"
    seen = form.xpath(".//input[@name='seen']/@value")
    page = client.post(form.action, {"seen": seen, "back": "workbench", "release": "1"})
    assert page.url == bench(round)
    assert Response.objects.filter(publication_state="cleared").count() == len(rows)


# --- split ---------------------------------------------------------------------------------------


def test_marked_words_become_a_remark_under_a_theme(round, client):
    response = a_response(round, text="Husk bænkene.\r\nOg 🚲 cyklerne.")
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    client.force_login(handler(round))
    opened(client, round, response).press(f"cut:{theme.uid}", marked="text:18:29")
    row = standing(round)[0]
    assert (row.words, row.theme) == ("🚲 cyklerne.", theme)
    page = Window(client, round, response).press("cut", marked="text:20:27")
    assert page.status_code == 409
    assert f"Noget af det er allerede i bemærkning nr. {row.number}" in words(page)
    for nonsense in ("", "text:5:2", "text:0:999", "sender.name:0:3", "x", "text:²:3"):
        page = Window(client, round, response).press("cut", marked=nonsense)
        assert page.status_code == 422, nonsense


def test_a_paragraph_is_made_a_remark_by_its_own_button_and_taken_back(round, client):
    response = a_response(round, text="Husk bænkene.\n\nOg cyklerne.")
    client.force_login(handler(round))
    opened(client, round, response)
    page = lxml.html.fromstring(client.get(bench(round, response.number)).content)
    button = page.xpath("//button[contains(@class,'bench-cut')]")[1]
    Window(client, round, response).press(button.get("value"))
    row = standing(round)[0]
    assert row.words == "Og cyklerne."
    Window(client, round, response).press("done")
    assert Response.objects.get(pk=response.pk).gone_through == 1
    Window(client, round, response).press(f"retire:{row.number}")
    assert standing(round) == []


# --- nothing that is typed is lost ---------------------------------------------------------------


def test_every_button_saves_what_was_written(round, client):
    client.force_login(handler(round))
    response, window = remarked(client, round)
    other = a_response(round, text="Et andet.")
    window = opened(client, round, response)
    window.press(f"go:{other.number}", b1_reply="Tak.", b1_reason="Fordi.")
    row = standing(round)[0]
    assert ("Tak." in row.reply, row.reason) == (True, "Fordi.")


def test_two_who_write_the_same_reply_see_both_texts(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    row = standing(round)[0]
    facts = {"reply": "<p>Den andens svar.</p>"}
    handling.handle(remark=row, facts=facts, seen=row.version, by=None)
    page = window.press("next", b1_reply="Mit eget svar.")
    assert page.status_code == 409
    assert "Mit eget svar.</textarea>" in words(page)
    assert "Den andens svar." in words(page)
    assert "Mit eget" not in standing(round)[0].reply
    window.fields = fields_of(page)
    window.press("save")
    assert "Mit eget svar." in standing(round)[0].reply


def test_two_who_write_different_fields_both_keep_theirs(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    row = standing(round)[0]
    handling.handle(remark=row, facts={"reason": "Deres."}, seen=row.version, by=None)
    window.press("save", b1_reply="Mit svar.")
    row = standing(round)[0]
    assert ("Mit svar." in row.reply, row.reason) == (True, "Deres.")


def test_the_second_save_after_a_clash_leaves_what_the_other_has_changed(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    [row], anchor = standing(round), anchors(round)[0]
    theme = themes.add_theme(round=round, title="Trafik", by=None)
    facts = {"reply": "<p>Deres.</p>", "theme": theme, "anchor": anchor, "wanted_anchor": anchor}
    handling.handle(remark=row, facts=facts, seen=row.version, by=None)
    page = window.press("save", b1_reply="Mit.", b1_reason="Fordi.")
    assert page.status_code == 409
    told = lxml.html.fromstring(page.content).xpath("//*[blockquote[contains(., 'Deres.')]]")[-1]
    label = Draft(round).spots[anchor].label
    assert " ".join(told.text_content().split()).count(label) == 2
    window.fields = fields_of(page)
    window.press("save")
    row = standing(round)[0]
    assert ("Mit." in row.reply, row.reason) == (True, "Fordi.")
    assert (row.theme, row.anchor, row.wanted_anchor) == (theme, anchor, anchor)


def test_what_was_typed_of_a_remark_that_was_taken_back_is_shown(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    [row] = standing(round)
    splitting.retire_remark(remark=row, seen=row.version, by=None)
    page = window.press("next", b1_reply="Mit lange svar.", b1_proposal="met")
    assert page.status_code == 409
    assert "Bemærkning 1 er taget tilbage, mens du skrev." in words(page)
    assert "Mit lange svar." in words(page)
    assert "b1-seen" not in fields_of(page)
    window.fields = fields_of(page)
    assert window.press("save").status_code == 200


def test_what_was_typed_of_a_remark_that_was_joined_is_shown(round, client):
    client.force_login(handler(round))
    response = a_response(round, text="Husk bænkene.\n\nOg cyklerne.\n\nOg bilerne.")
    opened(client, round, response).press("each")
    window = Window(client, round, response)
    head, row, _third = standing(round)
    handling.join(remark=row, head=head, seen=row.version, by=None)
    page = window.press("clear", b2_reason="Min grund.", b3_reply="Om biler.")
    assert page.status_code == 409
    assert "Bemærkning 2 besvares nu sammen med nr. 1. Det er sket, mens du skrev." in words(page)
    assert "Min grund." in words(page)
    response.refresh_from_db()
    assert response.publication_state == PublicationState.WAITING
    window.fields = fields_of(page)
    assert window.fields["b3-reply"] == "Om biler."
    window.press("save")
    assert "Om biler." in standing(round)[2].reply


def test_what_was_not_touched_of_a_remark_that_is_gone_stops_nobody(round, client):
    client.force_login(handler(round))
    response, window = remarked(client, round)
    window.press("save", b1_reply="Tak.\n\nHilsen os.", b1_proposal="met")
    window = Window(client, round, response)
    [row] = standing(round)
    splitting.retire_remark(remark=row, seen=row.version, by=None)
    assert window.press("save").status_code == 200


def test_a_remark_taken_back_while_it_is_saved_gives_the_words_back(round, client, monkeypatch):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    save = handling.handle

    def late(*, remark, **more):
        splitting.retire_remark(remark=remark, seen=remark.version, by=None)
        return save(remark=remark, **more)

    monkeypatch.setattr(handling, "handle", late)
    page = window.press("next", b1_reply="Mit lange svar.")
    assert page.status_code == 409
    assert "Bemærkning 1 er taget tilbage, mens du skrev." in words(page)
    assert "Mit lange svar." in words(page)


def test_what_cannot_be_taken_comes_back_as_it_was_typed(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    long = "Mange ord. " * 2_000
    page = window.press("next", b1_reply=long, b1_reason="Fordi.")
    assert page.status_code == 422
    assert long.strip() in words(page)
    assert "Fordi.</textarea>" in words(page)
    assert standing(round)[0].reply == ""


def test_what_cannot_be_taken_comes_back_the_next_morning_too(round, client):
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    OriginalRead.objects.update(at=clock.now() - originals.LASTS - dt.timedelta(hours=1))
    page = window.press("next", b1_reply="Mange ord. " * 2_000, b1_reason="Fordi.")
    assert page.status_code == 422
    assert "Fordi.</textarea>" in words(page)


def test_a_standard_answer_is_copied_in_without_the_script(round, client):
    facts = {"title": "Tak", "reply": "<p>Tak for svaret.</p>", "proposal": "no_change"}
    answer = themes.save_answer(body=round.plan.body, facts=facts, by=None)
    client.force_login(handler(round))
    _response, window = remarked(client, round)
    page = window.press(f"answer:1:{answer.uid}", b1_reply="Kære alle.")
    fields = fields_of(page)
    assert fields["b1-reply"] == "Kære alle.\n\nTak for svaret."
    assert fields["b1-proposal"] == "no_change"
    assert standing(round)[0].reply == ""


def test_the_answer_of_a_remark_that_resembles_it_is_offered(round, client):
    said = "Der mangler cykelparkering og belysning ved fællesboligerne på Strandvejen."
    client.force_login(handler(round))
    _first, window = remarked(client, round, said)
    window.press("save", b1_reply="Det kommer med i budgettet.", b1_proposal="partly")
    second, window = remarked(client, round, f"{said} Hilsen Kim.")
    offers = reverse(
        "consultations:workbench-offers", args=[round.plan.slug, round.uid, second.number]
    )
    page = lxml.html.fromstring(client.get(offers).content)
    [button] = page.xpath("//*[@data-offers='b2']//button")
    page = client.post(window.address, window.fields | {button.get("name"): button.get("value")})
    fields = fields_of(page)
    assert fields["b2-reply"] == "Det kommer med i budgettet."
    assert fields["b2-proposal"] == "partly"
    assert standing(round)[1].reply == ""
    page = client.post(window.address, window.fields | {"use-b2": "x"})
    assert "Intet er kopieret ind." in words(page)


def test_of_very_many_remarks_those_without_a_reply_lie_open_first(round, client):
    response = a_response(round, text="\n".join(f"Stykke {n} af mange." for n in range(60)))
    client.force_login(handler(round))
    opened(client, round, response).press("each")
    window = Window(client, round, response)
    assert sum(name.endswith("-seen") for name in window.fields) == 40
    assert len(window.fields) < 500
    window.press("save", b1_reply="Tak.", b1_proposal="met")
    window = Window(client, round, response)
    assert "b1-seen" not in window.fields
    assert "b41-seen" in window.fields


# --- the paragraph that is to change, and the keys -----------------------------------------------


def test_the_paragraph_that_is_to_change_stands_below_with_its_words_of_today(round, client):
    client.force_login(handler(round))
    response, window = remarked(client, round)
    anchor = anchors(round)[0]
    window.press("save", b1_wanted_anchor=anchor)
    assert standing(round)[0].wanted_anchor == anchor
    page = lxml.html.fromstring(client.get(bench(round, response.number)).content)
    [live] = page.find_class("bench-live")
    section = next(row for row in round.plan.sections.all() if anchor in str(row.blocks))
    block = next(one for one in section.anchored_blocks() if one.anchor == anchor)
    assert block.text[:40] in " ".join(live.text_content().split())
    assert str(section.uid) in live.xpath(".//a/@href")[0]


def test_keys_are_changed_and_turned_off(round, client):
    secretary = handler(round)
    client.force_login(secretary)
    response, _window = remarked(client, round)
    address = reverse("consultations:workbench-keys", args=[round.plan.slug, round.uid])
    letters = {"next": "n", "previous": "k", "save": "g", "clear": "", "each": "h", "out": "f"}
    page = client.post(address, {**letters, "save": "n", "is_on": "on"})
    assert page.status_code == 422
    assert not WorkKeys.objects.exists()
    client.post(address, {**letters, "is_on": "on"})
    shown = words(client.get(bench(round, response.number)))
    assert "&quot;n&quot;: &quot;next&quot;" in shown
    assert "clear&quot;" not in shown.split("data-bench=")[1].split(">")[0]
    client.post(address, letters)
    assert 'data-bench="{}"' in words(client.get(bench(round, response.number)))


def test_what_there_is_not_is_not_found(round, client):
    client.force_login(handler(round))
    response = a_response(round, text="Husk bænkene.")
    for number in (response.number + 1, 10**20):
        assert client.get(bench(round, number)).status_code == 404
        assert client.post(bench(round), {"do": f"go:{number}"}).status_code in {302, 404}
    for do in ("", "x", "go:", "go:x", "remark:9", "retire:9", "answer:9:x"):
        page = client.post(bench(round, response.number), {"do": do})
        assert page.status_code in {200, 302, 409}, do
