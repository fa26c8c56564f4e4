"""Process plans as Word files: made here, each with the milestones a reader expects."""

# ruff: noqa: E501 (the layouts and the rows are clearest unbroken)

from __future__ import annotations

import io

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

WORD = {}


def plan(name, expected, **head):
    def deco(f):
        def make():
            d = Document()
            f(d)
            b = io.BytesIO()
            d.save(b)
            return b.getvalue()

        WORD[name] = (make, expected, head)
        return f

    return deco


def grid(d, rows, cols=None):
    t = d.add_table(rows=0, cols=cols or max(map(len, rows)))
    for row in rows:
        cells = t.add_row().cells
        if len(row) == 1 and len(cells) > 1:
            cells[0].merge(cells[-1]).text = row[0]
            continue
        for c, text in zip(cells, row, strict=False):
            if text is None:
                continue
            first, *rest = text.split("\n")
            c.text = first
            for r in rest:
                c.add_paragraph(r)
    return t


@plan(
    "w01_liggende_aarskolonne.docx",
    """
Kommissorium for strategien forelægges|2025-11-19|meeting|Socialudvalget
Nedsættelse af brugerpanel|2025-12-01..2025-12-31|involvement/other|Center for Psykiatri
Fokusgrupper med borgere|2026-01-12..2026-02-01|involvement|Bocentrene
Udkast til strategi skrives|2026-02-01..2026-03-31|drafting|Forvaltningen
Udkast drøftes|2026-04-15|meeting|Socialudvalget
Høring|2026-04-16..2026-05-28|hearing|Forvaltningen/
Høringssvar sammenfattes i notat|2026-06-01..2026-06-10|drafting|Forvaltningen
Strategien indstilles til vedtagelse|2026-06-17|meeting/adoption|Socialudvalget
Strategien vedtages|2026-06-25|adoption|Borgerrepræsentationen
Strategien træder i kraft|2026-08-01|implementation|
Midtvejsevaluering|2028-01-01..2028-06-30|evaluation|Forvaltningen
""",
    title="Tids- og procesplan for Psykiatristrategi 2026-2030",
    case_number="2025-0112233",
    phases=[
        "Fase 1: Opstart og inddragelse",
        "Fase 2: Høring",
        "Fase 3: Politisk behandling og opfølgning",
    ],
)
def w01(d):
    s = d.sections[0]
    s.orientation = WD_ORIENT.LANDSCAPE
    s.page_width, s.page_height = s.page_height, s.page_width
    s.footer.paragraphs[0].text = "Side 1 af 2"
    grid(
        d,
        [
            [
                "Til Socialudvalget",
                "Socialforvaltningen\nCenter for Psykiatri\n04-11-2025\nSagsnr. 2025-0112233",
            ]
        ],
    )
    d.add_heading("Tids- og procesplan for Psykiatristrategi 2026-2030", 1)
    t = grid(
        d,
        [
            ["År", "Tidspunkt", "Aktivitet", "Ansvarlig"],
            ["Fase 1: Opstart og inddragelse"],
            ["2025", "19. november", "Kommissorium for strategien forelægges", "Socialudvalget"],
            ["", "December", "Nedsættelse af brugerpanel", "Center for Psykiatri"],
            ["2026", "Uge 3-5", "Fokusgrupper med borgere", "Bocentrene"],
            ["", "Februar-marts", "Udkast til strategi skrives", "Forvaltningen"],
            ["Fase 2: Høring"],
            ["2026", "15. april", "Udkast drøftes", "Socialudvalget"],
            ["", "16. april-28. maj", "Høring", "Forvaltningen"],
            ["År", "Tidspunkt", "Aktivitet", "Ansvarlig"],
            ["", "Primo juni", "Høringssvar sammenfattes i notat", "Forvaltningen"],
            ["Fase 3: Politisk behandling og opfølgning"],
            ["2026", "17. juni", "Strategien indstilles til vedtagelse", "Socialudvalget"],
            ["", "25. juni", "Strategien vedtages", "Borgerrepræsentationen"],
            ["", "1. august", "Strategien træder i kraft", ""],
            ["2028", "1. halvår", "Midtvejsevaluering", "Forvaltningen"],
        ],
    )
    t.cell(2, 0).merge(t.cell(3, 0))
    t.cell(4, 0).merge(t.cell(5, 0))
    t.cell(7, 0).merge(t.cell(8, 0))
    t.cell(12, 0).merge(t.cell(14, 0))


@plan(
    "w02_aktivitet_frist_bemaerkninger.docx",
    """
Projektbeskrivelse udarbejdes|2026-01-11..2026-01-20|drafting|Sekretariatet
Politisk opstart|2026-02-04|meeting|Socialudvalget
Invitation til dialogmøder udsendes|..2026-02-20 or 2026-02-20|involvement/information/deadline|Sekretariatet
Dialogmøder med pårørende|2026-03-09..2026-03-15|involvement|Botilbuddene
Udkast til delstrategi|..2026-04-30|drafting/deadline|Forvaltningen
Høringsudkast godkendes|2026-05-13|meeting/adoption|Socialudvalget
Høring af Handicapråd og Udsatteråd|2026-05-14..2026-06-25|hearing|Forvaltningen
Indstilling afleveres til udvalgssekretariatet|2026-08-21 or ..2026-08-21|deadline|Sekretariatet
Delstrategien vedtages|2026-09-09|adoption|Socialudvalget
""",
    title="Procesplan for delstrategi om aktivitets- og samværstilbud",
)
def w02(d):
    d.add_paragraph("Bilag 2")
    d.add_paragraph("Procesplan for delstrategi om aktivitets- og samværstilbud").runs[
        0
    ].bold = True
    grid(
        d,
        [
            ["Aktivitet", "Frist", "Ansvarlig", "Bemærkninger"],
            [
                "Projektbeskrivelse udarbejdes",
                "Medio januar 2026",
                "Sekretariatet",
                "Efter aftale på mødet 3. december 2025",
            ],
            [
                "Politisk opstart",
                "4. februar",
                "Socialudvalget",
                "Beslutningssag. Sagen afleveres 16. januar",
            ],
            ["Invitation til dialogmøder udsendes", "Senest 20. februar", "Sekretariatet", ""],
            [
                "Dialogmøder med pårørende",
                "Uge 11",
                "Botilbuddene",
                "10. og 12. marts er foreslået; 15-20 deltagere",
            ],
            ["Udkast til delstrategi", "Inden udgangen af april", "Forvaltningen", "Jf. BR 644/05"],
            ["Høringsudkast godkendes", "13. maj", "Socialudvalget", ""],
            [
                "Høring af Handicapråd og Udsatteråd",
                "14. maj - 25. juni",
                "Forvaltningen",
                "6 uger, svar kl. 12 den sidste dag",
            ],
            ["Indstilling afleveres til udvalgssekretariatet", "21. august", "Sekretariatet", ""],
            [
                "Delstrategien vedtages",
                "9. september",
                "Socialudvalget",
                "Kan flyttes til 7. oktober",
            ],
        ],
    )


@plan(
    "w03_nr_start_slut.docx",
    """
Kortlægning af tilbud|2026-01-05..2026-02-13|drafting/other|Center for Handicap
Interview med ledere|2026-02-02..2026-02-27|involvement|Konsulentgruppen
Rapport skrives|2026-03-02..2026-03-27|drafting|Konsulentgruppen
Rapport forelægges udvalget|2026-04-15|meeting|Socialudvalget
Høring af bestyrelser|2026-04-20..2026-05-29|hearing|Center for Handicap
Endelig godkendelse i Kommunalbestyrelsen|2026-06-25|adoption|Kommunalbestyrelsen
""",
)
def w03(d):
    d.add_heading("Tidsplan for analyse af botilbud", 1)
    grid(
        d,
        [
            ["Nr.", "Opgave", "Start", "Slut", "Ansvarlig"],
            ["1", "Kortlægning af tilbud", "05-01-2026", "13-02-2026", "Center for Handicap"],
            ["2", "Interview med ledere", "02-02-2026", "27-02-2026", "Konsulentgruppen"],
            ["3", "Rapport skrives", "02-03-2026", "27-03-2026", "Konsulentgruppen"],
            ["4", "Rapport forelægges udvalget", "15-04-2026", "", "Socialudvalget"],
            ["5", "Høring af bestyrelser", "20-04-2026", "29-05-2026", "Center for Handicap"],
            [
                "6",
                "Endelig godkendelse i Kommunalbestyrelsen",
                "25-06-2026",
                "25-06-2026",
                "Kommunalbestyrelsen",
            ],
        ],
    )


@plan(
    "w04_indlejret_tabel.docx",
    """
Opstartsmøde i arbejdsgruppen|2026-08-12|meeting/other|Arbejdsgruppen/
Borgerpanel mødes første gang|2026-09-01..2026-09-10|involvement|
Udkast til Kræftplan sendes til kommenter hos sundhedsklyngen|2026-10-01..2026-10-31|hearing/involvement/drafting/information|
Sundhedsudvalget behandler planen|2026-11-18|meeting|Sundhedsudvalget
Byrådet godkender planen|2026-12-15|adoption|Byrådet
""",
    title="Procesplan for kræftplan",
)
def w04(d):
    outer = d.add_table(rows=2, cols=1)
    outer.cell(0, 0).text = "Procesplan for kræftplan"
    inner = outer.cell(1, 0).add_table(rows=0, cols=2)
    for a, b in [
        ("Dato", "Aktivitet"),
        ("12. august 2026", "Opstartsmøde i arbejdsgruppen"),
        ("Primo september", "Borgerpanel mødes første gang"),
        ("Oktober", "Udkast til Kræftplan sendes til kommenter hos sundhedsklyngen"),
        ("18. november", "Sundhedsudvalget behandler planen"),
        ("15. december", "Byrådet godkender planen"),
    ]:
        c = inner.add_row().cells
        c[0].text = a
        c[1].text = b


@plan(
    "w05_uden_overskrift_to_kolonner.docx",
    """
Udvalget for Klima og Miljø beslutter at igangsætte en affaldsplan|2025-10-08|meeting/adoption|Udvalget for Klima og Miljø
Forvaltningen udarbejder forslag|2025-11-01..2026-01-31|drafting|Forvaltningen
Forslaget vedtages til udsendelse i høring i Udvalget for Klima og Miljø|2026-02-11|meeting|Udvalget for Klima og Miljø
Byrådet vedtager at sende forslaget i offentlig høring|2026-02-24|meeting/hearing|Byrådet
Offentlig høring i 8 uger|2026-03-02..2026-04-27|hearing|
Endelig vedtagelse i Byrådet|2026-06-16|adoption|Byrådet
Planen gælder fra|2027-01-01..|implementation|
""",
)
def w05(d):
    d.add_paragraph("Tidsplan for affaldsplanen")
    grid(
        d,
        [
            [
                "8. oktober 2025",
                "Udvalget for Klima og Miljø beslutter at igangsætte en affaldsplan",
            ],
            ["November 2025 – januar 2026", "Forvaltningen udarbejder forslag"],
            [
                "11. februar 2026",
                "Forslaget vedtages til udsendelse i høring i Udvalget for Klima og Miljø",
            ],
            ["24. februar 2026", "Byrådet vedtager at sende forslaget i offentlig høring"],
            ["2. marts – 27. april 2026", "Offentlig høring i 8 uger"],
            ["16. juni 2026", "Endelig vedtagelse i Byrådet"],
            ["Fra 1. januar 2027", "Planen gælder"],
        ],
    )


@plan(
    "w06_budgettabel_og_deltagere.docx",
    """
Kick-off for arbejdsgruppen|2026-03-03|meeting/involvement/other|Kulturforvaltningen
Besøg på kulturinstitutioner|2026-03-23..2026-04-05|involvement|Arbejdsgruppen
Udkast til kulturpolitik|2026-05-01..2026-05-31|drafting|Kulturforvaltningen
1. behandling i udvalget|2026-06-10|meeting|Kulturudvalget
Høringsperiode|2026-06-15..2026-08-14|hearing|
2. behandling i udvalget|2026-09-09|meeting/adoption|Kulturudvalget
Vedtagelse|2026-09-29|adoption|Byrådet
""",
)
def w06(d):
    d.add_heading("Ny kulturpolitik – økonomi og tidsplan", 1)
    d.add_paragraph("Økonomi")
    grid(
        d,
        [
            ["Post", "2026", "2027", "2028"],
            ["Konsulentbistand", "250.000 kr.", "0 kr.", "0 kr."],
            ["Borgermøder", "40.000", "20.000", "0"],
            ["I alt", "290.000", "20.000", "0"],
        ],
    )
    d.add_paragraph("Arbejdsgruppens medlemmer")
    grid(
        d,
        [
            ["Navn", "Repræsenterer"],
            ["Formand", "Kulturforvaltningen"],
            ["To medlemmer", "Musikskolen"],
            ["Ét medlem", "Bibliotekerne"],
        ],
    )
    d.add_paragraph("Tidsplan")
    grid(
        d,
        [
            ["Hvornår", "Hvad", "Hvem"],
            ["3. marts 2026", "Kick-off for arbejdsgruppen", "Kulturforvaltningen"],
            ["Uge 13-14", "Besøg på kulturinstitutioner", "Arbejdsgruppen"],
            ["Maj", "Udkast til kulturpolitik", "Kulturforvaltningen"],
            ["10. juni", "1. behandling i udvalget", "Kulturudvalget"],
            ["15. juni - 14. august", "Høringsperiode", "Foreninger, brugerråd og borgere"],
            ["9. september", "2. behandling i udvalget", "Kulturudvalget"],
            ["29. september", "Vedtagelse", "Byrådet"],
        ],
    )


@plan(
    "w07_nummereret_liste_maaneder.docx",
    """
Børne- og Familieudvalget godkender procesplan|2026-01-14|meeting/adoption|Børne- og Familieudvalget
Skriftlig henvendelse til forældrebestyrelser|2026-01-01..2026-01-31|involvement/information|
Workshop for pædagoger|2026-02-05|involvement|
Workshop for forældre|2026-02-12|involvement|
Forvaltningen skriver høringsudkast|2026-03-01..2026-03-31|drafting|Forvaltningen
Børne- og Familieudvalget behandler høringsudkast|2026-04-08|meeting|Børne- og Familieudvalget
Høring i forældrebestyrelser og MED|2026-04-09..2026-05-21|hearing|
Endelig beslutning i Børne- og Familieudvalget|2027-01-13|meeting/adoption|Børne- og Familieudvalget
Byrådet vedtager strukturen|2027-01-26|adoption|Byrådet
""",
)
def w07(d):
    d.add_heading("Procesplan for dagtilbudsstruktur", 0)
    d.add_heading("2026", 1)
    d.add_heading("Januar", 2)

    def n(t):
        d.add_paragraph(t, style="List Number")

    def b(t):
        d.add_paragraph(t, style="List Bullet")

    n("14. januar: Børne- og Familieudvalget godkender procesplan")
    n("Skriftlig henvendelse til forældrebestyrelser")
    d.add_heading("Februar", 2)
    n("5. februar: Workshop for pædagoger")
    n("12. februar: Workshop for forældre")
    d.add_heading("Marts", 2)
    b("Forvaltningen skriver høringsudkast")
    d.add_heading("April - maj", 2)
    b("8. april: Børne- og Familieudvalget behandler høringsudkast")
    b("9. april - 21. maj: Høring i forældrebestyrelser og MED")
    d.add_heading("2027", 1)
    d.add_heading("Januar", 2)
    b("13. januar: Endelig beslutning i Børne- og Familieudvalget")
    b("26. januar: Byrådet vedtager strukturen")


@plan(
    "w08_fodnote_og_tekstboks.docx",
    """
Ungdomsrådet holder temadag|2026-02-28|involvement/meeting|Ungdomsrådet
Udkast til ungestrategi udarbejdes|2026-03-01..2026-03-31|drafting|Ungecentret
Høring|2026-05-01..2026-06-01|hearing|
Beslutning|2026-08-26|adoption/meeting|Børne- og Ungdomsudvalget
""",
    title="Tidsplan for Ungestrategi",
)
def w08(d):
    d.add_heading("Tidsplan for Ungestrategi", 1)
    t = grid(
        d,
        [
            ["Tid", "Aktivitet", "Ansvarlig"],
            ["28. februar 2026", "Ungdomsrådet holder temadag", "Ungdomsrådet"],
            ["Marts 2026", "Udkast til ungestrategi udarbejdes", "Ungecentret"],
            ["1. maj - 1. juni 2026", "Høring", "Handicaprådet og Ungdomsrådet"],
            ["26. august 2026", "Beslutning", "Børne- og Ungdomsudvalget"],
        ],
    )
    t.cell(2, 1).paragraphs[0]._p.append(
        parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>')
    )
    box = f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r><w:t>Kontakt: Ungecentret</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    d.add_paragraph("Planen kan blive ændret.")._p.append(parse_xml(box))


@plan(
    "w09_budget_stablede_datoer.docx",
    """
Økonomiudvalget godkender budgetproceduren|2026-01-27|meeting/budget/adoption|Økonomiudvalget
Byrådet orienteres om budgetproceduren|2026-02-03|meeting/information/budget|Byrådet
Fagudvalgene drøfter mål og budgettemaer|2026-04-01..2026-04-30|meeting/budget|Fagudvalgene
Budgetseminar for byrådet|2026-05-28|budget/meeting/involvement|Byrådet/
Budgetseminar for byrådet|2026-05-29|budget/meeting/involvement|Byrådet/
Sommerferie|2026-07-01..2026-07-31|other|||opt
Høring af budgetforslag i MED-udvalg og brugerbestyrelser|2026-08-14..2026-08-31|hearing|
Økonomiudvalgets 1. behandling|2026-09-01|budget/meeting|Økonomiudvalget
Byrådets 1. behandling|2026-09-08|budget/meeting|Byrådet
Partiernes ændringsforslag afleveres|2026-09-21|deadline/budget|
2. behandling af budgettet|2026-09-29|budget/meeting|Økonomiudvalget
2. behandling af budgettet|2026-10-06|budget/adoption|Byrådet
""",
    title="Budget 2027-2030: Tids- og aktivitetsplan",
)
def w09(d):
    d.add_heading("Budget 2027-2030: Tids- og aktivitetsplan", 1)
    d.add_paragraph("Godkendt i Økonomiudvalget den 27. januar 2026")
    grid(
        d,
        [
            ["Tid", "Aktiviteter", "Bemærkninger"],
            [
                "27. januar\n3. februar",
                "Økonomiudvalget godkender budgetproceduren\nByrådet orienteres om budgetproceduren",
                "",
            ],
            [
                "April",
                "Fagudvalgene drøfter mål og budgettemaer",
                "Materialet ligger klar 20. marts",
            ],
            ["28. maj\n29. maj", "Budgetseminar for byrådet", "Kl. 9-16 i rådssalen"],
            ["Juli", "Sommerferie", ""],
            ["14. - 31. august", "Høring af budgetforslag i MED-udvalg og brugerbestyrelser", ""],
            [
                "1. september\n8. september",
                "Økonomiudvalgets 1. behandling\nByrådets 1. behandling",
                "Lovens frist er 15. september",
            ],
            ["21. september kl. 12", "Partiernes ændringsforslag afleveres", ""],
            ["29. september\n6. oktober", "2. behandling af budgettet", "Økonomiudvalget\nByrådet"],
        ],
    )


@plan(
    "w10_poster_i_afsnit.docx",
    """
Nedsættelse af projektgruppe|2026-01-01..2026-01-10|other/drafting|Direktionen
Borgerinterview på værestederne|2026-02-02..2026-02-15|involvement|Værestederne
Behandling af høringsudkast|2026-04-22|meeting|Socialudvalget
Høring|2026-04-23..2026-06-04|hearing|
Vedtagelse|2026-09-24|adoption|Byrådet
""",
)
def w10(d):
    d.add_heading("Procesplan for hjemløsestrategi", 1)
    for tid, akt, ans in [
        ("Primo januar 2026", "Nedsættelse af projektgruppe", "Direktionen"),
        ("Uge 6-7", "Borgerinterview på værestederne", "Værestederne"),
        ("22. april", "Behandling af høringsudkast", "Socialudvalget"),
        ("23. april - 4. juni", "Høring", "Udsatterådet, SAND, boligorganisationerne"),
        ("24. september", "Vedtagelse", "Byrådet"),
    ]:
        d.add_paragraph(f"Tid: {tid}")
        d.add_paragraph(f"Aktivitet: {akt}")
        d.add_paragraph(f"Ansvarlig: {ans}")
        d.add_paragraph("")


@plan(
    "w11_fase_kolonne_lodret.docx",
    """
Kommissorium drøftes|2026-01-28|meeting|Ældreudvalget og Seniorrådet
Studietur til nabokommuner|2026-02-16..2026-02-22|involvement/other|Ældreudvalget
Skriveproces|2026-03-01..2026-04-30|drafting|Forvaltningen
Høring i Seniorråd, Handicapråd og bruger-pårørenderåd|2026-05-01..2026-06-12|hearing|Forvaltningen
Behandling af høringssvar|2026-08-19|meeting|Ældreudvalget
Godkendelse|2026-08-31|adoption|Kommunalbestyrelsen
""",
    phases=["Opstart", "Udkast", "Høring og vedtagelse"],
)
def w11(d):
    d.add_heading("Proces for boligplan for ældre", 1)
    t = grid(
        d,
        [
            ["Fase", "Tid", "Aktivitet", "Hvem"],
            ["Opstart", "28. januar 2026", "Kommissorium drøftes", "Ældreudvalget og Seniorrådet"],
            ["", "Uge 8", "Studietur til nabokommuner", "Ældreudvalget"],
            ["Udkast", "Marts og april", "Skriveproces", "Forvaltningen"],
            [
                "Høring og vedtagelse",
                "1/5-12/6",
                "Høring i Seniorråd, Handicapråd og bruger-pårørenderåd",
                "Forvaltningen",
            ],
            ["", "19/8", "Behandling af høringssvar", "Ældreudvalget"],
            ["", "31/8", "Godkendelse", "Kommunalbestyrelsen"],
        ],
    )
    t.cell(1, 0).merge(t.cell(2, 0))
    t.cell(4, 0).merge(t.cell(6, 0))


@plan(
    "w12_tom_foerste_kolonne.docx",
    """
Foranalyse af støttebehov|2025-09-01..2025-11-30 or 2025-08-01..2025-12-31|drafting/evaluation/other|Center for Voksne
Temamøde om fremtidens støtte|2026-01-21|meeting|Social- og Sundhedsudvalget
Udviklingslaboratorier med brugere, pårørende og medarbejdere|2026-03-01..2026-05-31 or 2026-01-01..2026-06-30|involvement|Center for Voksne
Udkast til målgruppekapitler|2026-06-15..2026-06-30 or 2026-06-21..2026-06-30|drafting|Center for Voksne
Eventuel forlængelse af høringen|2026-10-01..2026-10-31|hearing|Center for Voksne||cond
Borgerrepræsentationen vedtager rammeplanen|2026-12-10|adoption|Borgerrepræsentationen
""",
)
def w12(d):
    d.add_paragraph("PROCESPLAN").runs[0].bold = True
    d.add_paragraph("Rammeplan for voksne med særlige behov")
    grid(
        d,
        [
            ["", "Aktivitet", "Tidspunkt", "Ansvarlig"],
            ["", "Foranalyse af støttebehov", "Efterår 2025", "Center for Voksne"],
            ["", "Temamøde om fremtidens støtte", "21. januar 2026", "Social- og Sundhedsudvalget"],
            [
                "",
                "Udviklingslaboratorier med brugere, pårørende og medarbejdere",
                "Foråret 2026",
                "Center for Voksne",
            ],
            ["", "Udkast til målgruppekapitler", "Slutningen af juni", "Center for Voksne"],
            ["", "Eventuel forlængelse af høringen", "Oktober", "Center for Voksne"],
            ["", "Borgerrepræsentationen vedtager rammeplanen", "10. december", ""],
        ],
    )
