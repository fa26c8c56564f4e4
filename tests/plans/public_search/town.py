"""A town's published plans, consultations, answers and a report, for what people search for."""

from __future__ import annotations

import datetime as dt

from consultations.models import Material, Report, Response, RoundQuestion
from consultations.reports import round_report as told
from consultations.review.actions import reviewing
from kommuneplan.clock import COPENHAGEN
from kommuneplan.core.models import Municipality, StoredFile
from kommuneplan.timespan.danish import read
from plans.enums import CycleState, MilestoneKind, PlanKind, Stage
from plans.models import FocusArea, Milestone, Plan, Section
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.consultations.round_factories import a_response, a_round
from tests.plans.published import LONG_AGO, publication_of, published_plan

TODAY = dt.datetime(2026, 12, 4, 11, tzinfo=dt.UTC)
"""The day on which people search."""


def a_text(plan: Plan, *sections: tuple[str, str]) -> None:
    """Public sections (title, paragraphs between blank lines)."""
    for position, (title, text) in enumerate(sections):
        html = "".join(f"<p>{words}</p>" for words in text.split("\n\n"))
        Section.objects.create(plan=plan, title=title, text=html, is_public=True, position=position)


def a_written(title: str, *sections: tuple[str, str], dates=(), visible_from=LONG_AGO, **fields):
    """A published plan with a text and milestones (title, kind, date in words)."""
    state = fields.pop("state", CycleState.ADOPTED)
    plan = published_plan(title, state=state, visible_from=LONG_AGO, **fields)
    a_text(plan, *sections)
    for name, kind, words in dates:
        row = Milestone(cycle=plan.cycles.get(), title=name, kind=kind, is_public=True)
        when = read(words).span
        assert when is not None, words
        row.when, row.written = when, words
        row.save()
    publication_of(plan, visible_from=max(visible_from, LONG_AGO + dt.timedelta(days=1)))
    return plan


def at_noon(*day: int) -> dt.datetime:
    return dt.datetime(*day, 12, tzinfo=COPENHAGEN)


def town() -> dict[str, str]:
    """Everything; the address of each thing by a short name."""
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Eksempel Kommune"})
    kinds = MilestoneKind
    elderly = a_written(
        "Ældrepolitik 2027–2030",
        ("Et godt liv hele livet", ("Ældre skal kunne bo i eget hjem, så længe de ønsker det."
         "\n\nEnsomhed blandt ældre forebygges sammen med frivillige foreninger og Ældre Sagen.")),
        ("Mad og måltider", "Måltiderne på plejehjemmene laves i egne køkkener af friske råvarer."),
        ("Demens", "Alle medarbejdere på plejehjem uddannes i demens inden udgangen af 2028."),
        dates=(("Udvalget drøfter udkastet", kinds.MEETING, "12. januar 2027"),
               ("Byrådet vedtager politikken", kinds.ADOPTION, "maj 2027")),
        body="Ældreudvalget", state=CycleState.IN_CONSULTATION, kind=PlanKind.POLICY,
        first_year=2027, last_year=2030, case_number="2026-004711",
    )  # fmt: skip
    old = a_written(
        "Ældrepolitik 2014–2018",
        ("Værdier", "Ældrepolitikken bygger på respekt og selvbestemmelse for de ældre."),
        body="Ældreudvalget", kind=PlanKind.POLICY, first_year=2014, last_year=2018,
    )  # fmt: skip
    housing = a_written(
        "Boligstrategi",
        ("Almene boliger", ("Mindst hver fjerde nye bolig skal være almen."
         "\n\nUngdomsboliger opføres tæt ved stationen.")),
        ("Byggegrunde", "Kommunen sælger 40 grunde ved Østerskoven."),
        dates=(("Strategien behandles", kinds.MEETING, "22. maj 2027"),
               ("Evaluering", kinds.EVALUATION, "ultimo 2028")),
        body="Teknik- og Miljøudvalget", state=CycleState.DRAFT, first_year=2026, last_year=2035,
        case_number="2025-159321", document_number="2025-159321-4",
    )  # fmt: skip
    climate = a_written(
        "Klimaplan", ("Regnvand", "Skybrud håndteres med grønne tage og regnbede i vejene."),
        ("Energi", ("Fjernvarmen skal være uden fossile brændsler i 2035, og solceller sættes på"
         " kommunens tage.")), ("Trafik", "Busserne i byen kører på strøm fra 2029."),
        body="Teknik- og Miljøudvalget", first_year=2025, last_year=2035,
    )  # fmt: skip
    school = a_written(
        "Skolepolitik", ("Trivsel", "Mobning modvirkes af klassens forældre, lærere og elever."),
        ("Inklusion", "Børn med særlige behov får hjælp i deres egen klasse."),
        ("Skoleveje", "Der anlægges sikre stier og krydsninger ved alle skoler."),
        body="Børne- og Undervisningsudvalget", kind=PlanKind.POLICY,
    )  # fmt: skip
    disabled = a_written(
        "Handicappolitik", ("Tilgængelighed", ("Offentlige bygninger skal kunne bruges af"
         " kørestolsbrugere. Rådhusets elevator udskiftes.")),
        ("Beskæftigelse", "Flere med handicap skal i fleksjob."),
        body="Socialudvalget", kind=PlanKind.POLICY,
    )  # fmt: skip
    drugs = a_written(
        "Strategi for misbrugsbehandling",
        ("Behandlingsgaranti", "Alle tilbydes behandling inden 14 dage efter henvendelsen."),
        dates=(("Status til udvalget", kinds.STATUS, "medio november 2027"),),
        body="Socialudvalget",
    )  # fmt: skip
    culture = a_written(
        "Kultur- og fritidspolitik", ("Biblioteker", ("Biblioteket i Østbyen får åbent om"
         " søndagen.")), ("Idræt", "Svømmehallen renoveres, og der bygges en ny hal til håndbold."),
        ("Café", "Kulturhusets café drives af frivillige."),
        body="Kulturudvalget", kind=PlanKind.POLICY,
    )  # fmt: skip
    traffic = a_written(
        "Trafikplan 2026", ("Cyklister", "Cykelstien langs Åboulevarden forlænges til havnen."),
        ("Parkering", "Der indføres betalingsparkering i midtbyen."),
        dates=(("Borgermøde om trafikken", kinds.PUBLIC_MEETING, "14. januar 2027"),),
        body="Teknik- og Miljøudvalget", state=CycleState.DRAFT,
    )  # fmt: skip
    for number in range(12):  # what everybody has, so that a word is never rare by itself
        words = "Kommunen arbejder for borgerne, og planen behandles i udvalget og byrådet."
        a_written(f"Handleplan {number + 1}", ("Indledning", words), body="Økonomiudvalget")
    FocusArea.objects.create(
        plan=disabled, title="Fritid for alle", goals="Flere i idrætsforeninger"
    )
    publication_of(disabled, visible_from=LONG_AGO + dt.timedelta(days=2))
    heard = elderly.versions.order_by("-number").first()
    round = a_round(
        elderly, version=heard, opens=at_noon(2026, 11, 10), closes=at_noon(2026, 12, 23),
        title="Høring om ny ældrepolitik", introduction="Sig din mening om hverdagen på plejehjem.",
    )  # fmt: skip
    RoundQuestion.objects.create(round=round, position=1, words="Hvad betyder nærhed for dig?")
    file = StoredFile.keep("bilag.pdf", b"%PDF", "application/pdf")
    Material.objects.create(round=round, title="Kortlægning af seniorbofællesskaber", file=file)
    past = a_round(
        climate, version=freeze(plan=climate, stage=Stage.CONSULTATION, by=None),
        opens=at_noon(2025, 3, 1), closes=at_noon(2025, 4, 15), title="Høring om klimaplanen",
        introduction="", announced_at=at_noon(2025, 2, 25),
    )  # fmt: skip
    publish(version=past.frozen, by=None, visible_from=at_noon(2025, 3, 1))
    answer = a_response(past, text="Vindmøller på Nordheden vil forstyrre trækfuglene.",
                        name="Kirsten Skjult", received=at_noon(2025, 3, 9))  # fmt: skip
    reviewing.clear(response=Response.objects.get(pk=answer.pk), by=None)
    report = _report()
    Report.objects.create(round=past, number=1, name="note", made_at=TODAY, published_at=TODAY,
                          digest=told.digest(report), content=told.to_json(report))  # fmt: skip
    plans = {
        "elderly": elderly, "old": old, "housing": housing, "climate": climate, "school": school,
        "disabled": disabled, "drugs": drugs, "culture": culture, "traffic": traffic,
    }  # fmt: skip
    homes = {name: f"/planer/{plan.slug}/" for name, plan in plans.items()}
    return homes | {
        "round": f"/hoeringer/{round.slug}/",
        "past": f"/hoeringer/{past.slug}/",
        "answer": f"/hoeringer/{past.slug}/svar/{answer.number}/",
        "report": f"/hoeringer/{past.slug}/notat/",
    }


def _report() -> told.RoundReport:
    remark = told.RemarkLine(
        number=1, sender="Borger, nr. 1", text="Vindmøller støjer.",
        reply="Afstanden til nabobeboelser øges til 900 meter.",
    )  # fmt: skip
    head = told.ReportHead("Eksempel Kommune", "Klimaplan", "Høring om klimaplanen")
    themes = (told.ThemeLine("Støj og skygger", "Naboernes gener.", (remark,)),)
    return told.RoundReport(head, told.AnsweringPeriod(None, None), themes=themes)
