"""Process plans as PDF: made here, each with the milestones a reader expects."""

# ruff: noqa: E501 (the layouts and the rows are clearest unbroken)

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen import canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

PDF = {}
N = getSampleStyleSheet()["Normal"]
H = getSampleStyleSheet()["Heading1"]


def plan(name, expected, **head):
    def deco(f):
        PDF[name] = (f, expected, head)
        return f

    return deco


def build(flow, encrypt=None, foot="Side %d af 2"):
    b = io.BytesIO()

    def footer(c, doc):
        c.setFont("Helvetica", 8)
        c.drawString(480, 20, foot % doc.page)
        c.drawString(60, 20, "Sønderå Kommune, Rådhuset")

    SimpleDocTemplate(b, pagesize=A4, encrypt=encrypt).build(
        flow, onFirstPage=footer, onLaterPages=footer
    )
    return b.getvalue()


def p(t):
    return Paragraph(t, N)


@plan(
    "f01_to_sider_gentaget_hoved.pdf",
    """
Kommissorium godkendes af udvalget|2026-01-14|meeting/adoption|Udvalget for Børn og Unge
Opstartsseminar for ledere og medarbejdere i dagtilbud og skoler|2026-02-02..2026-02-08|involvement/meeting|Dagtilbudschefen
Forældremøder i alle områder|2026-03-01..2026-03-31|involvement|Områdelederne
Udkast til sprogstrategi|2026-04-11..2026-04-20|drafting|Forvaltningen
Høringsudkast behandles|2026-05-06|meeting|Udvalget for Børn og Unge
Høring i forældrebestyrelser|2026-05-07..2026-06-18|hearing|Forvaltningen
Høringssvar behandles, og strategien anbefales til Byrådets godkendelse|2026-08-19|meeting|Udvalget for Børn og Unge
Økonomiudvalget behandler strategien|2026-08-26|meeting|Økonomiudvalget
Byrådet godkender strategien|2026-09-01|adoption|Byrådet
Strategien implementeres i dagtilbuddene|2026-10-01..|implementation|Områdelederne
Status på indsatserne|2027-06-01..2027-06-30|status|Forvaltningen
""",
    title="Procesplan for sprogstrategi",
)
def f01():
    rows = [
        ["Tidspunkt", "Aktivitet", "Ansvarlig"],
        [
            "14. januar 2026",
            p("Kommissorium godkendes af udvalget"),
            p("Udvalget for Børn og Unge"),
        ],
        [
            "Uge 6",
            p("Opstartsseminar for ledere og medarbejdere i dagtilbud og skoler"),
            p("Dagtilbudschefen"),
        ],
        ["Marts", p("Forældremøder i alle områder"), p("Områdelederne")],
        ["Medio april", p("Udkast til sprogstrategi"), p("Forvaltningen")],
        ["6. maj", p("Høringsudkast behandles"), p("Udvalget for Børn og Unge")],
        ["7. maj -\n18. juni", p("Høring i forældrebestyrelser"), p("Forvaltningen")],
        [
            "19. august",
            p("Høringssvar behandles, og strategien anbefales til Byrådets godkendelse"),
            p("Udvalget for Børn og Unge"),
        ],
        ["26. august", p("Økonomiudvalget behandler strategien"), p("Økonomiudvalget")],
        ["1. september", p("Byrådet godkender strategien"), p("Byrådet")],
        ["Fra 1. oktober", p("Strategien implementeres i dagtilbuddene"), p("Områdelederne")],
        ["Juni 2027", p("Status på indsatserne"), p("Forvaltningen")],
    ]
    t = Table(
        rows,
        colWidths=[90, 250, 110],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    return build([Paragraph("Procesplan for sprogstrategi", H), Spacer(1, 430), t])


@plan(
    "f02_uden_streger.pdf",
    """
Teknisk Udvalg drøfter forslag til cykelstrategi|2026-02-10|meeting|Teknisk Udvalg
Borgermøde i Multihuset|2026-03-04|involvement|
Høring af lokalråd, Ældreråd og Handicapråd samt naboer|2026-03-09..2026-05-04|hearing|
Forvaltningen udarbejder hvidbog|2026-05-01..2026-05-31|drafting|Forvaltningen
Teknisk Udvalg behandler hvidbog og indstiller til Byrådet|2026-06-09|meeting|Teknisk Udvalg
Byrådet vedtager cykelstrategien|2026-06-30|adoption|Byrådet
""",
    title="Tidsplan for cykelstrategi",
)
def f02():
    b = io.BytesIO()
    c = canvas.Canvas(b, pagesize=A4)
    c.setFont("Helvetica-Bold", 15)
    c.drawString(60, 780, "Tidsplan for cykelstrategi")
    c.setFont("Helvetica-Bold", 10)
    c.drawString(60, 740, "Dato")
    c.drawString(200, 740, "Aktivitet")
    c.setFont("Helvetica", 10)
    y = 720
    for d, lines in [
        ("10. februar 2026", ["Teknisk Udvalg drøfter forslag til cykelstrategi"]),
        ("4. marts", ["Borgermøde i Multihuset, kl. 19-21"]),
        ("9. marts - 4. maj", ["Høring af lokalråd, Ældreråd og Handi-", "capråd samt naboer"]),
        ("Maj", ["Forvaltningen udarbejder hvidbog"]),
        ("9. juni", ["Teknisk Udvalg behandler hvidbog", "og indstiller til Byrådet"]),
        ("30. juni", ["Byrådet vedtager cykelstrategien"]),
    ]:
        c.drawString(60, y, d)
        for text in lines:
            c.drawString(200, y, text)
            y -= 13
        y -= 6
    c.setFont("Helvetica", 8)
    c.drawString(270, 30, "Side 1 af 1")
    c.save()
    return b.getvalue()


@plan(
    "f03_liste_orddeling.pdf",
    """
Social- og Arbejdsmarkedsudvalget godkender kommissoriet for den nye aktivitetsplan|2026-01-21|meeting/adoption|Social- og Arbejdsmarkedsudvalget
Jobcentret inviterer virksomheder og uddannelsesinstitutioner til dialog om planen|2026-02-01..2026-03-31|involvement|Jobcentret/
Udkast til plan sendes i høring hos Handicaprådet og det lokale arbejdsmarkedsråd|2026-04-20..2026-05-22|hearing|
Social- og Arbejdsmarkedsudvalget behandler høringssvar|2026-06-17|meeting|Social- og Arbejdsmarkedsudvalget
Planen fremsendes til Byrådets endelige godkendelse|2026-06-30|adoption|Byrådet
""",
)
def f03():
    b = io.BytesIO()
    c = canvas.Canvas(b, pagesize=A4)
    c.setFont("Helvetica-Bold", 14)
    c.drawString(60, 780, "Tidsplan for aktivitetsplan 2027")
    c.setFont("Helvetica", 11)
    y = 745
    for text in [
        "• 21. januar 2026: Social- og Arbejdsmarkedsudvalget godken-",
        "  der kommissoriet for den nye aktivitetsplan",
        "• Februar - marts: Jobcentret inviterer virksomheder og uddannel-",
        "  sesinstitutioner til dialog om planen",
        "• 20. april - 22. maj: Udkast til plan sendes i høring hos Handicap-",
        "  rådet og det lokale arbejdsmarkedsråd",
        "• 17. juni: Social- og Arbejdsmarkedsudvalget behandler høringssvar",
        "• 30. juni: Planen fremsendes til Byrådets endelige godkendelse",
    ]:
        c.drawString(60, y, text)
        y -= 15
    c.setFont("Helvetica", 8)
    c.drawString(500, 30, "Side 1 af 4")
    c.save()
    return b.getvalue()


@plan(
    "f04_ejerkode.pdf",
    """
Notat om rammer for arbejdet|2026-01-05..2026-01-11|drafting|Økonomi og Plan
Drøftelse i direktionen|2026-01-20|meeting/other|Direktionen
Forslag til boligpolitik sendes i høring|2026-03-02..2026-04-13|hearing|Økonomi og Plan
Endelig vedtagelse|2026-05-26|adoption|Byrådet
""",
)
def f04():
    from reportlab.lib.pdfencrypt import StandardEncryption

    t = Table(
        [
            ["Frist", "Aktivitet", "Ansvarlig"],
            ["Uge 2, 2026", "Notat om rammer for arbejdet", "Økonomi og Plan"],
            ["20. januar", "Drøftelse i direktionen", "Direktionen"],
            ["2. marts - 13. april", "Forslag til boligpolitik sendes i høring", "Økonomi og Plan"],
            ["26. maj", "Endelig vedtagelse", "Byrådet"],
        ],
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
    )
    return build(
        [Paragraph("Tidsplan for boligpolitik", H), t],
        encrypt=StandardEncryption("", ownerPassword="ejer", canModify=0),
        foot="Side %d af 1",
    )


@plan(
    "f05_dato_udvalg_punkter.pdf",
    """
Indkaldelse af ideer|2026-01-11..2026-01-20|involvement/information|Forvaltningen
Debat om udkast til handicappolitik|2026-03-11|meeting|Handicaprådet
Beslutning om høring|2026-03-25|meeting/hearing|Socialudvalget
Endelig godkendelse|2026-08-25|adoption|Byrådet
""",
)
def f05():
    out = [Paragraph("Proces for handicappolitik", H)]
    for d, body, pts in [
        ("Medio januar 2026", "Forvaltningen", ["Indkaldelse af ideer", "Opslag på hjemmesiden"]),
        ("11. marts 2026", "Handicaprådet", ["Debat om udkast til handicappolitik"]),
        ("25. marts 2026", "Socialudvalget", ["Beslutning om høring", "Valg af høringsparter"]),
        ("25. august 2026", "Byrådet", ["Endelig godkendelse"]),
    ]:
        out.append(p(f"<b>{d} - {body}</b>"))
        out += [Paragraph(x, N, bulletText="•") for x in pts]
        out.append(Spacer(1, 8))
    return build(out, foot="Side %d af 1")
