"""The process plan on paper, read again, and its dates in a calendar: only what is published."""

import dataclasses
import datetime as dt
import io
import zipfile

import icalendar
import pikepdf
import pytest
import time_machine
from django.conf import settings as conf
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kommuneplan import clock
from kommuneplan.core.models import Body, Meeting, Municipality, StoredFile
from kommuneplan.documents import docx
from kommuneplan.timespan import danish
from kommuneplan.timespan.span import Modifier, Precision, TimeSpan
from plans import exports
from plans.document import plan_document as doc
from plans.enums import Stage
from plans.models import Cycle, DateChange, FrozenMilestone, Milestone, Phase, Plan
from plans.readers.files.docx import read_docx
from plans.readers.files.source import Source
from plans.readers.files.upload import open_upload
from plans.readers.process_plan.reader import read_process_plan
from plans.readers.process_plan.vocabulary import CONDITIONAL
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish, withdraw

NOW = dt.datetime(2015, 3, 1, 9, tzinfo=dt.UTC)
HOUSE = Municipality(pk=1, name="Eksempel Kommune", address="Torvet 1\n1000 Eksempel")
ISSUE = exports.Issue("plan", 1, NOW)


@pytest.fixture(autouse=True)
def at_one_time():
    with time_machine.travel(NOW, tick=False):
        yield


def make_plan(title="Socialstrategi 2015"):
    body = Body.objects.get_or_create(name="Socialudvalget", kind="committee")[0]
    plan = Plan.objects.create(
        title=title,
        body=body,
        proposal="En samlet strategi.",
        case_number="2015-0012345",
        document_number="2015-0012345-7",
        document_date=dt.date(2015, 3, 12),
        sender_unit="Mål- og Rammekontoret",
    )
    Cycle.objects.create(plan=plan)
    return plan


def add(plan, title, words, **facts):
    facts.setdefault("is_public", True)
    row = Milestone(cycle=plan.open_cycle, title=title, **facts)
    row.when = danish.read(words).span
    row.written = words
    row.save()
    return row


def put_out(plan, **facts):
    return publish(version=freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None), by=None, **facts)


@pytest.fixture
def house(db):
    return Municipality.objects.create(
        pk=1, name="Eksempel Kommune", address="Torvet 1\n1000 Eksempel"
    )


@pytest.fixture
def plan(house):
    plan = make_plan()
    first = add(plan, "Udvalget drøfter et udkast", "3. juni 2015")
    first.bodies.add(plan.body)
    add(plan, "Høring; åben for alle", "22. juni til 20. august 2015", kind="hearing")
    add(plan, "Frist for svar", "senest 20. august 2015", kind="deadline")
    add(plan, "Endelig behandling", "ultimo oktober 2015", conditional=True)
    add(plan, "Opsamling", "afventer")
    return plan


def body_text(data):
    return "\n".join(row.text for row in read_docx(data).rows)


def events(response):
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = icalendar.Calendar.from_ical(b"".join(response))
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


# The memo


def test_the_memo_in_word_has_head_sentences_and_table(client, plan):
    put_out(plan)
    response = client.get("/planer/socialstrategi-2015/procesplan.docx")
    assert response.status_code == 200
    assert response["X-Content-Type-Options"] == "nosniff"
    assert (
        "attachment; filename*=utf-8''Procesplan%20%E2%80%93%20Social"
        in (response["Content-Disposition"])
    )
    text = body_text(response.content)
    assert text.splitlines()[:8] == [
        "Eksempel Kommune",
        "Mål- og Rammekontoret",
        "Torvet 1",
        "1000 Eksempel",
        "Dato 12-03-2015",
        "Sagsnr. 2015-0012345",
        "Dokumentnr. 2015-0012345-7",
        "Til Socialudvalget",
    ]
    assert "Version 1, offentliggjort den 1. marts 2015" in text
    assert "Hvad foreslås der? En samlet strategi." in text
    assert "Hvad kan stadig ændres?" not in text
    assert "Tid | Emne | Hvem" in text
    assert "3. juni 2015 | Udvalget drøfter et udkast | Socialudvalget" in text
    assert "ultimo oktober 2015 (et tidspunkt i perioden) | Endelig behandling (evt.)" in text


def test_the_columns_can_be_turned_round(client, plan):
    put_out(plan)
    response = client.get("/planer/socialstrategi-2015/procesplan.docx?orden=aktivitet")
    text = body_text(response.content)
    assert "Aktivitet | Frist | Hvem" in text
    assert "Udvalget drøfter et udkast | 3. juni 2015 | Socialudvalget" in text


def test_the_memo_as_pdf_says_the_same(client, plan):
    put_out(plan)
    response = client.get("/planer/socialstrategi-2015/procesplan.pdf")
    assert response["Content-Type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert pdf.docinfo["/Title"] == "Procesplan: Socialstrategi 2015"


def test_a_moved_date_is_told_with_the_old_one_and_the_reason(client, plan):
    row = plan.open_cycle.milestones.get(title="Endelig behandling")
    change = DateChange(milestone=row, reason="Valget kom imellem")
    change.when, change.written = danish.read("september 2015").span, "september 2015"
    change.save()
    put_out(plan)
    text = body_text(client.get("/planer/socialstrategi-2015/procesplan.docx").content)
    assert "Ny dato (var september 2015). Valget kom imellem." in text


def test_phases_are_headings_and_what_has_none_stands_first(client, plan):
    phase = Phase.objects.create(cycle=plan.open_cycle, title="Fase 1: Opstart")
    plan.open_cycle.milestones.filter(title="Udvalget drøfter et udkast").first()
    row = plan.open_cycle.milestones.get(title="Udvalget drøfter et udkast")
    row.phase = phase
    row.save()
    put_out(plan)
    lines = body_text(
        client.get("/planer/socialstrategi-2015/procesplan.docx").content
    ).splitlines()
    place = lines.index("Fase 1: Opstart")
    assert lines[place + 1].startswith("3. juni 2015")
    assert lines[place - 1].startswith("afventer")


@pytest.mark.parametrize("name", ["procesplan.docx", "procesplan.pdf", "kalender.ics"])
def test_what_is_not_published_does_not_exist(client, plan, name):
    address = f"/planer/{plan.slug}/{name}"
    freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    assert client.get(address).status_code == 404
    assert client.get(f"/planer/findes-ikke/{name}").status_code == 404
    publication = put_out(plan, visible_from=clock.now() + dt.timedelta(days=1))
    assert client.get(address).status_code == 404
    with time_machine.travel(NOW + dt.timedelta(days=2)):
        assert client.get(address).status_code == 200
        withdraw(publication=publication, by=None, because="Fejl")
        assert client.get(address).status_code == 410


@pytest.mark.parametrize(
    ("name", "queries"), [("procesplan.docx", 2), ("procesplan.pdf", 2), ("kalender.ics", 1)]
)
def test_a_document_not_changed_is_not_sent_again(
    client, plan, name, queries, django_assert_num_queries
):
    put_out(plan)
    first = client.get(f"/planer/{plan.slug}/{name}")
    with django_assert_num_queries(queries):
        again = client.get(f"/planer/{plan.slug}/{name}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    put_out(plan)
    changed = client.get(f"/planer/{plan.slug}/{name}", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    Municipality.objects.get().save()
    assert client.get(f"/planer/{plan.slug}/{name}")["ETag"] != changed["ETag"]


@pytest.mark.parametrize("milestones", [1, 3])
@pytest.mark.parametrize("name", ["procesplan.docx", "procesplan.pdf", "kalender.ics"])
def test_queries(client, house, name, milestones, django_assert_max_num_queries):
    plan = make_plan()
    for number in range(milestones):
        add(plan, f"Møde {number}", "3. juni 2015").bodies.add(plan.body)
    put_out(plan)
    with django_assert_max_num_queries(10):
        client.get(f"/planer/{plan.slug}/{name}")


def test_an_old_version_keeps_its_document_and_says_it_is_old(client, plan):
    put_out(plan)
    row = plan.open_cycle.milestones.get(title="Udvalget drøfter et udkast")
    row.title = "Udvalget drøfter igen"
    row.save()
    with time_machine.travel(NOW + dt.timedelta(days=30)):
        put_out(plan)
        old = client.get(f"/planer/{plan.slug}/versioner/1/procesplan.docx")
        new = client.get(f"/planer/{plan.slug}/procesplan.docx")
        assert client.get(f"/planer/{plan.slug}/versioner/3/procesplan.docx").status_code == 404
    assert "Udvalget drøfter et udkast" in body_text(old.content)
    assert "offentliggjort den 1. marts 2015 og erstattet den 31. marts 2015" in body_text(
        old.content
    )
    assert "Udvalget drøfter igen" in body_text(new.content)


@pytest.mark.parametrize("name", ["procesplan.docx", "procesplan.pdf", "kalender.ics"])
def test_an_old_address_leads_to_the_new_one(client, plan, name):
    put_out(plan)
    plan.refresh_from_db()
    plan.slug = "ny-adresse"
    plan.save()
    response = client.get(f"/planer/socialstrategi-2015/{name}?orden=aktivitet")
    assert response.status_code == 301
    assert response["Location"] == f"/planer/ny-adresse/{name}?orden=aktivitet"


@pytest.mark.parametrize("address", ["procesplan.docx", "procesplan.pdf", "kalender.ics"])
def test_nothing_that_is_not_published_comes_out(client, plan, address):
    """Canaries in drafts, in unpublished versions, behind closed doors."""
    put_out(plan)
    add(plan, "KANARIE intern", "4. juni 2015", is_public=False)
    add(plan, "KANARIE kladde", "5. juni 2015")
    Plan.objects.filter(pk=plan.pk).update(proposal="KANARIE i levende tekst")
    freeze(plan=plan, stage=Stage.PROCESS_PLAN, by=None)
    secret = make_plan("KANARIE plan")
    add(secret, "KANARIE møde", "6. juni 2015")
    freeze(plan=secret, stage=Stage.PROCESS_PLAN, by=None)
    for path in (f"/planer/{plan.slug}/{address}", "/kalender.ics"):
        data = client.get(path).content
        if address.endswith("docx") and path != "/kalender.ics":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                data = b"".join(archive.read(name) for name in archive.namelist())
        elif address.endswith("pdf") and path != "/kalender.ics":
            with pikepdf.open(io.BytesIO(data)) as pdf:
                data = b"".join(page.Contents.read_bytes() for page in pdf.pages)
        assert b"KANARIE" not in data
    assert client.get(f"/planer/{secret.slug}/{address}").status_code == 404


def test_a_closed_meeting_gives_neither_hour_nor_place(client, plan):
    meeting = Meeting.objects.create(
        body=plan.body, date=dt.date(2015, 6, 9), begins_at=dt.time(17), place="KANARIE lokale"
    )
    Milestone.objects.create(
        cycle=plan.open_cycle, title="Lukket drøftelse", meeting=meeting, is_public=True
    )
    put_out(plan)
    response = client.get(f"/planer/{plan.slug}/kalender.ics")
    assert b"KANARIE" not in response.content
    assert events(response)["Lukket drøftelse"]["DTSTART"].dt == dt.date(2015, 6, 9)
    assert "KANARIE" not in (body_text(client.get(f"/planer/{plan.slug}/procesplan.docx").content))


def test_a_template_of_the_municipality_is_used_and_a_broken_one_does_no_harm(client, plan):
    put_out(plan)
    own = own_template("Eget brevhoved {{ kommune }}")
    house = Municipality.objects.get()
    house.memo_template = StoredFile.keep("skabelon.docx", own, "application/x")
    house.save()
    address = f"/planer/{plan.slug}/procesplan.docx"
    assert "Eget brevhoved Eksempel Kommune" in body_text(client.get(address).content)
    house.memo_template = StoredFile.keep("skabelon.docx", b"broken", "application/x")
    house.save()
    assert "Udvalget drøfter et udkast" in body_text(client.get(address).content)


def own_template(head):
    from docx import Document

    word = Document(docx.TEMPLATE)
    word.paragraphs[0].runs[0].text = head
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_a_title_names_the_file_safely(client, db):
    plan = make_plan('Ældre/unge: "æøå"\n<b>')
    put_out(plan)
    name = client.get(f"/planer/{plan.slug}/procesplan.pdf")["Content-Disposition"]
    assert name == (
        "inline; filename*=utf-8''Procesplan%20%E2%80%93%20%C3%86ldre%20unge%20"
        "%C3%A6%C3%B8%C3%A5%20b.pdf"
    )


# Read again

SPANS = [
    "3. juni 2015", "22. maj til 20. juni 2009", "ultimo oktober 2015", "senest 1. oktober 2014",
    "uge 34 2016", "fra 15. august 2015", "oktober 2015", "2. kvartal 2016", "efteråret 2015",
    "ca. 1. maj 2016", "medio 2016", "2017", "maj-juni 2016", "tidligst 3. marts 2016",
    "inden udgangen af 2016", "1. halvår 2017", "inden sommerferien 2015", "årsskiftet 2015/2016",
]  # fmt: skip
TITLES = [
    "Socialudvalget drøfter udkast til strategi", "Offentlig høring af strategien",
    "Borgermøde for brugere og pårørende", "Borgerrepræsentationen vedtager strategien",
    "Forvaltningen udarbejder høringsnotat", "Frist for høringssvar", "Evaluering af indsatserne",
    "Strategien træder i kraft", "Budgetforslag # $x$ {{ a }} {% b %} <i>c</i> & \"d\"",
    "Dialog med handicapråd og ældreråd om mål", "Eventuel fornyet høring af udkastet",
]  # fmt: skip
BODIES = ["Socialudvalget", "Borgerrepræsentationen", "Socialforvaltningen", "Handicaprådet"]
KIND_OF = dict(zip(TITLES, (
    "meeting", "hearing", "involvement", "adoption", "drafting", "deadline", "evaluation",
    "implementation", "budget", "involvement", "hearing",
), strict=True))  # fmt: skip


@st.composite
def dates(draw):
    """A span as it was written, or as a day, a period or a limit that was never written."""
    if draw(st.booleans()):
        words = draw(st.sampled_from(SPANS))
        span = danish.read(words).span
        return dataclasses.replace(span, written=words)
    day = draw(st.dates(dt.date(2008, 1, 1), dt.date(2030, 12, 31)))
    later = day + dt.timedelta(days=draw(st.integers(1, 400)))
    return draw(
        st.sampled_from(
            [
                TimeSpan.day(day),
                TimeSpan.day(day, Modifier.APPROX),
                TimeSpan.by(day),
                TimeSpan.from_(day),
                TimeSpan.between(day, later),
                TimeSpan.within(day.replace(day=1), day.replace(day=10), Precision.PART_OF_MONTH),
            ]
        )
    )


@st.composite
def process_plans(draw):
    """Plans as a secretary may make them: phases or none, bodies or none, conditional or not."""
    phases = tuple(
        doc.PhaseLine(f"p{number}", title)
        for number, title in enumerate(draw(st.sampled_from([[], ["Fase 1: Opstart", "Høring"]])))
    )
    spans = draw(st.lists(dates(), min_size=2, max_size=9))
    lines = []
    for number, when in enumerate(sorted(spans)):
        bodies = draw(st.lists(st.sampled_from(BODIES), max_size=2, unique=True))
        phase = phases[number * len(phases) // len(spans)] if phases else None
        lines.append(
            doc.MilestoneLine(
                uid=f"m{number}",
                title=draw(st.sampled_from(TITLES)),
                when=when,
                written=when.written,
                kind="other",
                bodies=tuple(bodies),
                phase=phase and phase.uid,
                conditional=draw(st.booleans()),
                state=draw(st.sampled_from(["planned", "planned", "cancelled"])),
                description=draw(st.sampled_from(["", "Materialet sendes ud forinden."])),
            )
        )
    head = doc.PlanSummary(
        "u", "Procesplan for socialstrategien", "strategy", "draft", "Socialudvalget"
    )
    return doc.PlanDocument(head, doc.ProcessPlan(phases, tuple(lines)))


def memo_of(document, activity_first=False):
    return exports.memo_of(document, issue=ISSUE, municipality=HOUSE, activity_first=activity_first)


def read_again(data):
    return read_process_plan(Source("procesplan.docx", "docx", tuple(read_docx(data).rows)))


def assert_same(document, draft):
    written = {phase.uid: phase.title for phase in document.process_plan.phases}
    assert len(draft.milestones) == len(document.process_plan.milestones)
    for line, read in zip(document.process_plan.milestones, draft.milestones, strict=True):
        assert read.title.removesuffix(" (evt.)") == line.title
        assert read.span == line.when, read.reading
        assert read.phase == written.get(line.phase, "")
        assert read.conditional == (line.conditional or bool(CONDITIONAL.search(line.title)))
        if line.bodies and read.kind != "hearing":
            assert set(read.bodies) == set(line.bodies)


@pytest.mark.slow  # eighty papers, made and read
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(process_plans(), st.booleans())
def test_the_memo_read_again_gives_the_same_milestones(document, activity_first):
    assert_same(document, read_again(docx.render_memo(memo_of(document, activity_first))))


def test_a_row_that_begins_like_a_header_is_read_again():
    words = ["3. juni 2015", "fra 15. august 2015", "fra september 2015"]
    lines = tuple(
        doc.MilestoneLine(
            f"m{number}", "Frist for høringssvar", danish.read(text).span, text, "other"
        )
        for number, text in enumerate(words)
    )
    head = doc.PlanSummary(
        "u", "Procesplan for socialstrategien", "strategy", "draft", "Socialudvalget"
    )
    document = doc.PlanDocument(head, doc.ProcessPlan((), lines))
    draft = read_again(docx.render_memo(memo_of(document)))
    assert [one.span for one in draft.milestones] == [line.when for line in lines]


def test_the_head_and_the_kinds_are_read_again():
    lines = tuple(
        doc.MilestoneLine(
            f"m{number}", title, TimeSpan.day(dt.date(2015, 3, 2) + dt.timedelta(weeks=number)), "",
            "other", bodies=("Socialforvaltningen",) if kind != "adoption" else (BODIES[1],),
        )
        for number, (title, kind) in enumerate(KIND_OF.items()) if kind != "meeting"
    )  # fmt: skip
    head = doc.PlanSummary(
        "u", "Procesplan for socialstrategien", "strategy", "draft", "Socialudvalget",
        case_number="2015-0012345", document_number="2015-0012345-7",
        document_date=dt.date(2015, 3, 1), sender_unit="Mål- og Rammekontoret",
        proposal="En samlet strategi for alle.", decided_by="Byrådet beslutter i efteråret.",
    )  # fmt: skip
    document = doc.PlanDocument(head, doc.ProcessPlan((), lines))
    source = open_upload("procesplan.docx", docx.render_memo(memo_of(document)))
    draft = read_process_plan(source)
    assert draft.title == head.title
    assert (draft.case_number, draft.document_number) == ("2015-0012345", "2015-0012345-7")
    assert draft.document_date == dt.date(2015, 3, 1)
    assert draft.sender_unit == "Mål- og Rammekontoret"
    assert draft.recipient == "Socialudvalget"
    assert [read.kind for read in draft.milestones] == [KIND_OF[line.title] for line in lines]


@example("ultimo oktober", TimeSpan.day(dt.date(2015, 10, 3)))
@given(st.sampled_from(SPANS), dates())
def test_written_words_are_kept_only_where_they_say_the_same(words, span):
    shown = exports.date_words(span, words)
    reading = danish.read(shown)
    assert reading.spans == (span,)
    assert reading.assumed_year is None


def test_words_without_their_year_get_it():
    span = TimeSpan.between(dt.date(2008, 5, 22), dt.date(2008, 6, 20))
    assert "2008" in exports.date_words(span, "22. maj til 20. juni")
    assert exports.date_words(None, "afventer  valget") == "afventer valget"
    inside = TimeSpan.within(span.earliest, span.latest, Precision.RANGE)
    words = "i høringsperioden 22. maj til 20. juni 2008"
    assert exports.date_words(inside, words) == words


def test_done_on_its_day_says_the_day_once(client, plan):
    for title, day in (("Udvalget drøfter et udkast", 3), ("Endelig behandling", 28)):
        row = plan.open_cycle.milestones.get(title=title)
        row.state, row.done_on = "done", dt.date(2015, 6, day)
        row.save()
    put_out(plan)
    text = body_text(client.get("/planer/socialstrategi-2015/procesplan.docx").content)
    assert "Udvalget drøfter et udkast Gennemført. |" in text
    assert "Gennemført den 28. juni 2015." in text


# Calendars


def test_the_calendar_of_a_plan(client, plan):
    put_out(plan)
    found = events(client.get("/planer/socialstrategi-2015/kalender.ics"))
    assert set(found) == {
        "Udvalget drøfter et udkast",
        "Høring; åben for alle",
        "Frist for svar (senest 20. august 2015)",
        "Endelig behandling (evt.) (ultimo oktober 2015)",
    }
    hearing = found["Høring; åben for alle"]
    assert hearing["DTSTART"].dt == dt.date(2015, 6, 22)
    assert hearing["DTEND"].dt == dt.date(2015, 8, 21)
    assert hearing["UID"] == str(plan.open_cycle.milestones.get(kind="hearing").uid)
    assert str(hearing["URL"]) == f"{conf.SITE_ADDRESS}/planer/socialstrategi-2015/"
    assert hearing["CATEGORIES"].to_ical() == b"Consultation" or hearing["CATEGORIES"]
    limit = found["Frist for svar (senest 20. august 2015)"]
    assert (limit["DTSTART"].dt, limit["DTEND"].dt) == (
        dt.date(2015, 8, 20),
        dt.date(2015, 8, 21),
    )
    vague = found["Endelig behandling (evt.) (ultimo oktober 2015)"]
    assert (vague["DTSTART"].dt, vague["DTEND"].dt) == (
        dt.date(2015, 10, 21),
        dt.date(2015, 11, 1),
    )


def test_an_hour_carries_its_time_zone_in_summer_and_winter(client, plan):
    for day in (dt.date(2015, 10, 20), dt.date(2015, 10, 27)):
        meeting = Meeting.objects.create(
            body=plan.body, date=day, begins_at=dt.time(17), place="Rådhuset, sal 2", is_public=True
        )
        Milestone.objects.create(
            cycle=plan.open_cycle, title=f"Møde {day}", meeting=meeting, is_public=True
        )
    put_out(plan)
    response = client.get("/planer/socialstrategi-2015/kalender.ics")
    assert b"BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen" in response.content
    found = events(response)
    begins = [found[f"Møde 2015-10-{day}"]["DTSTART"].dt for day in (20, 27)]
    assert [begin.utcoffset() for begin in begins] == [dt.timedelta(hours=2), dt.timedelta(hours=1)]
    assert str(found["Møde 2015-10-20"]["LOCATION"]) == "Rådhuset, sal 2"


def test_a_later_publication_keeps_the_uid_and_counts_up(client, plan):
    put_out(plan)
    address = "/planer/socialstrategi-2015/kalender.ics"
    before = events(client.get(address))["Udvalget drøfter et udkast"]
    row = plan.open_cycle.milestones.get(title="Udvalget drøfter et udkast")
    row.when, row.state = TimeSpan.day(dt.date(2015, 6, 10)), "cancelled"
    row.save()
    with time_machine.travel(NOW + dt.timedelta(days=1), tick=False):
        put_out(plan)
        after = events(client.get(address))["Aflyst: Udvalget drøfter et udkast"]
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (1, 2)
    assert after["LAST-MODIFIED"].dt == NOW + dt.timedelta(days=1)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_the_shared_calendar_looks_a_year_back_and_far_ahead(client, plan):
    add(plan, "Længe siden", "1. februar 2014")
    add(plan, "Lidt siden", "2. marts 2014")
    add(plan, "Gammel åben ende", "fra 1. januar 2010")
    add(plan, "Langt ude", "2030")
    put_out(plan)
    found = events(client.get("/kalender.ics"))
    assert {"Lidt siden", "Langt ude (2030)", "Udvalget drøfter et udkast"} <= set(found)
    assert not {"Længe siden", "Gammel åben ende (fra 1. januar 2010)"} & set(found)
    assert "Socialstrategi 2015" in str(found["Lidt siden"]["DESCRIPTION"])


def test_the_shared_calendar_is_not_sent_twice(client, plan, django_assert_num_queries):
    put_out(plan)
    first = client.get("/kalender.ics")
    with django_assert_num_queries(1):
        again = client.get("/kalender.ics", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    with time_machine.travel(NOW + dt.timedelta(days=1)):
        tomorrow = client.get("/kalender.ics", headers={"If-None-Match": first["ETag"]})
    assert tomorrow.status_code == 200


@pytest.mark.parametrize("plans", [1, 3])
def test_queries_of_the_shared_calendar(client, house, plans, django_assert_num_queries):
    for number in range(plans):
        other = make_plan(f"Plan {number}")
        add(other, "Møde", "3. juni 2015")
        put_out(other)
    with django_assert_num_queries(12):
        assert len(events(client.get("/kalender.ics"))) == 1
    assert FrozenMilestone.objects.count() == plans


def test_a_withdrawn_plan_calls_its_dates_off(client, plan):
    cycle = plan.open_cycle
    cycle.state, cycle.reason, cycle.closed_at = "withdrawn", "Opgivet", NOW
    cycle.save()
    put_out(plan)
    for address in ("/kalender.ics", "/planer/socialstrategi-2015/kalender.ics"):
        found = events(client.get(address))
        assert found["Aflyst: Udvalget drøfter et udkast"]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_documents_are_only_fetched(client, plan, method):
    put_out(plan)
    for name in ("calendar", "memo_docx", "memo_pdf"):
        address = reverse(f"plans:{name}", args=[plan.slug])
        assert getattr(client, method)(address).status_code == 405
