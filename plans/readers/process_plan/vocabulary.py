"""The words of Danish process plans: columns, bodies and their abbreviations.

Danish is data here. Sources: some thirty published process plans, and five strategies of 2008-2015.
"""

from __future__ import annotations

import enum
import re


class BodyCategory(enum.StrEnum):
    """What sort of body it is; decides with the words what kind a milestone is."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY = "advisory"
    ADMINISTRATION = "administration"
    OTHER = "other"


class MilestoneCategory(enum.StrEnum):
    """Kinds of milestones."""

    MEETING = "meeting"
    HEARING = "hearing"
    DRAFTING = "drafting"
    ADOPTION = "adoption"
    BUDGET = "budget"
    INVOLVEMENT = "involvement"
    INFORMATION = "information"
    STATUS = "status"
    EVALUATION = "evaluation"
    IMPLEMENTATION = "implementation"
    DEADLINE = "deadline"
    OTHER = "other"


# Headers of columns. The whole cell, or its first words, must be one of these.
COLUMNS: dict[str, tuple[str, ...]] = {
    "when": (
        "tid", "tidspunkt", "tidspunkter", "tidsplan", "tidsfrist", "tidsramme", "dato", "datoer",
        "hvornår", "frist", "frister", "deadline", "termin", "periode", "tidsperiode", "måned",
        "uge", "mødedato", "når", "svarfrist", "tid/dato", "dato/periode", "uge/dato", "start",
        "startdato", "starter", "begynder", "fra", "mødetid", "datoer/periode", "hvornaar",
    ),
    "until": ("slut", "slutdato", "slutter", "til", "afslutning", "afsluttes", "færdig"),
    "year": ("år", "årstal"),
    "what": (
        "emne", "emner", "aktivitet", "aktiviteter", "hvad", "indhold", "opgave", "opgaver",
        "handling", "handlinger", "milepæl", "milepæle", "proces", "procestrin", "trin", "sag",
        "sager", "beskrivelse", "punkt", "tema", "hændelse", "skridt", "begivenhed", "mål",
        "procesplan", "delproces", "fase/aktivitet", "proces/aktivitet", "tiltag", "indsats",
    ),
    "who": (
        "ansvarlig", "ansvarlige", "hvem", "ansvar", "aktør", "aktører", "udvalg", "forum",
        "fora", "organ", "mødeforum", "møde", "instans", "enhed", "ansvarlig enhed", "udføres af",
        "politisk udvalg", "beslutningstager", "ansvarlig/aktør", "hvor", "behandles i",
        "tovholder", "tovholdere", "politisk organ", "ansvarlig part", "råd/udvalg",
        "udvalg/råd",
    ),
    "note": (
        "bemærkning", "bemærkninger", "kommentar", "kommentarer", "note", "noter", "noget",
        "status", "formål", "deltagere", "sagstype", "materiale", "uddybning", "supplerende",
        "resultat", "output", "sted", "produkt", "metode",
    ),
    "phase": ("fase", "faser", "etape", "spor"),
    "number": ("nr", "nr.", "#", "trin nr.", "pkt.", "pkt"),
}  # fmt: skip
COLUMN_OF = {word: column for column, words in COLUMNS.items() for word in words}

# Abbreviation → name and kind. København's are fixed by the seeds; those marked in VARYING
# mean different committees in different municipalities.
ABBREVIATIONS: dict[str, tuple[str, BodyCategory]] = {
    "SUD": ("Socialudvalget", BodyCategory.COMMITTEE),
    "SOF": ("Socialforvaltningen", BodyCategory.ADMINISTRATION),
    "BR": ("Borgerrepræsentationen", BodyCategory.COUNCIL),
    "KB": ("Kommunalbestyrelsen", BodyCategory.COUNCIL),
    "BY": ("Byrådet", BodyCategory.COUNCIL),
    "ØU": ("Økonomiudvalget", BodyCategory.COMMITTEE),
    "ØK": ("Økonomiudvalget", BodyCategory.COMMITTEE),
    "ØKU": ("Økonomiudvalget", BodyCategory.COMMITTEE),
    "ØEU": ("Økonomi- og Erhvervsudvalget", BodyCategory.COMMITTEE),
    "ØKF": ("Økonomiforvaltningen", BodyCategory.ADMINISTRATION),
    "BUU": ("Børne- og Ungdomsudvalget", BodyCategory.COMMITTEE),
    "BUF": ("Børne- og Ungdomsforvaltningen", BodyCategory.ADMINISTRATION),
    "BSU": ("Børne- og Skoleudvalget", BodyCategory.COMMITTEE),
    "BFU": ("Børne- og Familieudvalget", BodyCategory.COMMITTEE),
    "BU": ("Børneudvalget", BodyCategory.COMMITTEE),
    "SSU": ("Social- og Sundhedsudvalget", BodyCategory.COMMITTEE),
    "SU": ("Socialudvalget", BodyCategory.COMMITTEE),
    "SOU": ("Sundheds- og Omsorgsudvalget", BodyCategory.COMMITTEE),
    "SUF": ("Sundheds- og Omsorgsforvaltningen", BodyCategory.ADMINISTRATION),
    "BIU": ("Beskæftigelses- og Integrationsudvalget", BodyCategory.COMMITTEE),
    "BIF": ("Beskæftigelses- og Integrationsforvaltningen", BodyCategory.ADMINISTRATION),
    "KFU": ("Kultur- og Fritidsudvalget", BodyCategory.COMMITTEE),
    "KFF": ("Kultur- og Fritidsforvaltningen", BodyCategory.ADMINISTRATION),
    "SKU": ("Skole- og Kulturudvalget", BodyCategory.COMMITTEE),
    "TMU": ("Teknik- og Miljøudvalget", BodyCategory.COMMITTEE),
    "TMF": ("Teknik- og Miljøforvaltningen", BodyCategory.ADMINISTRATION),
    "THU": ("Teknik- og Havneudvalget", BodyCategory.COMMITTEE),
    "MED": ("MED-udvalget", BodyCategory.ADVISORY),
    "HMU": ("Hoved-MED", BodyCategory.ADVISORY),
    "HOVED-MED": ("Hoved-MED", BodyCategory.ADVISORY),
    "HR": ("Handicaprådet", BodyCategory.ADVISORY),
    "ÆR": ("Ældrerådet", BodyCategory.ADVISORY),
    "SR": ("Seniorrådet", BodyCategory.ADVISORY),
    "UR": ("Udsatterådet", BodyCategory.ADVISORY),
    "CFP": ("Center for Politik", BodyCategory.ADMINISTRATION),
    "BCV": ("Borgercenter Voksne", BodyCategory.ADMINISTRATION),
    "SCO": ("Socialcenter København", BodyCategory.ADMINISTRATION),
    "SIM": ("Social- og Indenrigsministeriet", BodyCategory.OTHER),
}
VARYING = {"BSU", "BFU", "BU", "SSU", "SU", "SKU", "KFU", "THU", "SR", "UR", "ØEU", "HR", "BY"}

# A part of a compound name: "Børne- og Ungdoms", "Social-, Sundheds- og Ældre", also written
# small: "social- og sundhedsudvalget".
_PART = r"(?:(?:[A-ZÆØÅa-zæøå][\wæøåé]{1,30}-(?:,| og| &)? ){1,4}(?:og )?)?"
_NAMED = r"[\wæøå-]{1,40}"
_FOR = rf"(?: for [A-ZÆØÅ]{_NAMED}(?:(?:, {_NAMED}){{0,6}} (?:og|&) {_NAMED})?)"

# Order matters: the longer and more exact first.
BODY_PATTERNS: tuple[tuple[re.Pattern[str], BodyCategory], ...] = (
    (re.compile(r"\b(?:Borgerrepræsentationen|Regionsrådet)(?=s?\b)"), BodyCategory.COUNCIL),
    (re.compile(r"\b[Kk]ommunalbestyrelsen(?=s?\b)|\b[Bb]yrådet(?=s?\b)"), BodyCategory.COUNCIL),
    (re.compile(r"\b[Kk]ommunalbestyrelse(?=s?(?:møde|$|\b))|\b[Bb]yråd(?=s?(?:møde|\b))"),
     BodyCategory.COUNCIL),
    (re.compile(r"\bborgerrepræsentationen(?=s?\b)"), BodyCategory.COUNCIL),
    (re.compile(rf"\b[Uu]dvalget{_FOR}"), BodyCategory.COMMITTEE),
    (re.compile(r"\b(?:Det )?[A-ZÆØÅ][\wæøå]{2,20}(?:sk|ske|elle|elt|ale|alt) "
                r"[Uu]dvalg(?:et)?(?=s?\b)"),
     BodyCategory.COMMITTEE),
    (re.compile(r"\b[Ff]agudvalgene(?=s?\b)"), BodyCategory.COMMITTEE),
    (re.compile(r"\b(?:Hoved-?MED(?:-udvalget)?|Hovedudvalget|Lokal-?MED|Område-?MED|"
                r"(?:Center|Fag|Forvaltnings)-?MED)(?![\w])"), BodyCategory.ADVISORY),
    (re.compile(r"\b(?:MED-[Uu]dvalg(?:et|ene)?|MED-systemet|MED-organisationen)(?=s?\b)"),
     BodyCategory.ADVISORY),
    (re.compile(r"\b[Ll]okaludvalg(?:et|ene)(?=s?\b)|\b(?:[Bb]ruger|[Bb]orger)panelet(?=s?\b)"),
     BodyCategory.ADVISORY),
    (re.compile(r"\b(?:§ ?17,? ?stk\. ?4-?|[Oo]pgave)udvalget(?=s?\b)"), BodyCategory.COMMITTEE),
    (re.compile(rf"\b{_PART}[A-ZÆØÅ]?[\wæøå]*[\wæøå](?<![Ff]or)(?<!MED)udvalget(?=s?\b)"),
     BodyCategory.COMMITTEE),
    (re.compile(r"\b[A-ZÆØÅ]?[\wæøå]{3,}udvalg(?=s?møde)"), BodyCategory.COMMITTEE),
    (re.compile(r"\b(?:[ÆæSs]ldre|[Ss]enior|[Hh]andicap|[Uu]dsatte|[Uu]ngdoms|[Ii]ntegrations|"
                r"[Ff]rivillig|[Uu]nge|[Æ]ldre|[Bb]ørne|[Ff]olkeoplysnings)rådet(?=s?\b)"),
     BodyCategory.ADVISORY),
    (re.compile(rf"\b{_PART}[A-ZÆØÅ][\wæøå]*forvaltning(?:en)?(?=s?\b)"),
     BodyCategory.ADMINISTRATION),
    (re.compile(r"\b(?:[Ff]orvaltningen|[Aa]dministrationen|[Dd]irektionen|[Dd]irektørgruppen|"
                r"[Cc]hefgruppen|[Ss]ekretariatet|[Ss]tyregruppen|[Pp]rojektgruppen|"
                r"[Aa]rbejdsgruppen|[Pp]rojektledelsen|[Cc]enterledelse(?:n|rne)|"
                r"[Jj]obcentret|[Ll]edelsen|[Ff]ølgegruppen|[Rr]edaktionsgruppen|[Ss]tabene)(?=s?\b)"),
     BodyCategory.ADMINISTRATION),
    (re.compile(r"\bSocialcenter København\b|\b(?:Center|Afdelingen|Borgercenter|Staben)"
                r"(?: for)? [A-ZÆØÅ][\wæøå]+(?: og [A-ZÆØÅ][\wæøå]+)?"),
     BodyCategory.ADMINISTRATION),
)  # fmt: skip
PLAIN_COMMITTEE = re.compile(
    r"\b(?:[Uu]dvalget|[Ff]agudvalget|[Uu]dvalgs(?=mødet?\b|"
    r"behandling))(?! for [A-ZÆØÅ])(?=s?\b|m|b)"
)
ABBREVIATION = re.compile(
    r"(?<![\w-])(?<![\da-zæøå]/)(Hoved-MED|HOVED-MED|[A-ZÆØÅ]{2,4}|CfP|BcV)(?=(?:'?s|’s|-møde\w*)?(?![\w-]))"
)
DEFINITION = re.compile(
    rf"\b({_PART}[A-ZÆØÅ][\wæøå-]{{1,60}}(?:{_FOR})?)\s{{0,9}}\(([A-ZÆØÅ]{{2,5}})\)"
)

CONDITIONAL = re.compile(
    r"\b(?:evt\.?|eventuel\w*|hvis|såfremt|ved behov|efter behov|i givet fald|"
    r"mulighed for (?:endnu|"
    r"yderligere|en ekstra|ekstra)|om nødvendigt|forudsat|betinget)(?!\w)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"(?<!\w)(?:x{2,}|[Xx]{1,2}[./-][Xx]{1,2}|dd[./-]mm(?:[./-]å{2,4})?|_{2,}|\?{2,200}|…{2,200}|\.{4,200}|"
    r"\[(?:dato|indsæt)[^\[\]]*\]|<dato>|indsæt dato)(?!\w)",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:vedtog|besluttede|godkendte|behandlede|drøftede|bad|afholdt|tiltrådte|sendte|blev|"
    r"udsatte|tog|har (?:besluttet|vedtaget|godkendt|været|afholdt|udarbejdet)|"
    r"er (?:godkendt|vedtaget|besluttet)|siden|godkendt af|vedtaget af)\b",
    re.IGNORECASE,
)
UPDATED = re.compile(
    r"\b(?:sidst|senest) (?:opdateret|revideret|ændret|redigeret)|^\W*opdateret\b|"
    r"\brevideret den\b|"
    r"^\W*(?:udskrevet|printet|version)\b",
    re.IGNORECASE,
)
PHASE = re.compile(r"^(?:fase|etape|del|trin|step)\s*(?:\d+|[ivx]+|[a-d])\b\W*", re.IGNORECASE)
FULL_YEAR = re.compile(r"(?<![\d.,/-])(?:19[89]\d|20[0-6]\d)(?![\d.,/-]?\d)")
YEAR_ONLY = re.compile(r"^\W*(?:år(?:et)?\s+)?((?:19|20)\d\d)\W*$", re.IGNORECASE)

# Signs of a scanned text that lost æ, ø and å, and what the words were (seed 002).
SCAN_DAMAGE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), repair)
    for pattern, repair in (
        (r"\b([Mm])[g@]de", r"\1øde"), (r"([a-zæøå])m[g@]de", r"\1møde"), (r"m@g?de", "møde"),
        (r"\b([Ff])[go@]rste", r"\1ørste"), (r"\b([Dd])[rR][g@o]ft", r"\1røft"),
        (r"\bpa\b", "på"), (r"\bPa\b", "På"), (r"\b([Mm])aned", r"\1åned"),
        (r"\b([Hh])[g@]ring", r"\1øring"), (r"\bIgbende", "løbende"), (r"\blgbende", "løbende"),
        (r"\b([Ff])[g@]lg", r"\1ølg"), (r"\bfolger\b", "følger"), (r"\bgnsk", "ønsk"),
        (r"\b([Mm])algruppe", r"\1ålgruppe"), (r"\bm&lgruppe", "målgruppe"),
        (r"\b([Ss])aledes\b", r"\1åledes"), (r"\b([Ff])ormal", r"\1ormål"), (r"\bnar\b", "når"),
        (r"\bsa\b", "så"), (r"\b([Oo])mrade", r"\1mråde"), (r"vrgrende\b", "vrørende"),
        (r"\b([Vv])edrgrende", r"\1edrørende"), (r"\bD([ea])rn[ea]st\b", r"Dernæst"),
        (r"\b([Pp])argrende", r"\1årørende"), (r"\b([Bb])[g@]rn", r"\1ørn"),
        (r"\bKG?[B@]ENHAVNS", "KØBENHAVNS"), (r"\bK[g@]benhavn", "København"),
        (r"\b([Ll])[g@]sning", r"\1øsning"), (r"\bst[g@]tt", "støtt"), (r"\bst[g@]rre", "større"),
        (r"\bvare\b", "være"), (r"tv[ea]+rs\b", "tværs"), (r"\bmeerke", "mærke"),
        (r"\batholdes", "afholdes"), (r"\bsammenh&ngende", "sammenhængende"),
        (r"\bfortelling", "fortælling"), (r"\bhgj\b", "høj"), (r"\bvasentlig", "væsentlig"),
    )
)  # fmt: skip
SCAN_SIGN = re.compile(
    r"\bm[g@]de|\bf[g@]rste|dr[g@]ft|\bpa\b|\bh[g@]ring|\bIgbende|\bmaned|\bmalgruppe|\bsaledes\b"
)


def repair_scan(text: str) -> str:
    """Put æ, ø and å back in the words a plan needs."""
    for pattern, repair in SCAN_DAMAGE:
        text = pattern.sub(repair, text)
    return text
