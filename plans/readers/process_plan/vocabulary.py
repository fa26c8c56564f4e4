"""The words of Danish process plans: columns, bodies and their abbreviations.

Danish is data here. Sources: practice.md §1, §2 and §11 and the five seed documents.
"""

from __future__ import annotations

import enum
import re


class BodyKind(enum.StrEnum):
    """What sort of body it is; decides with the words what kind a milestone is."""

    COUNCIL = "council"
    COMMITTEE = "committee"
    ADVISORY = "advisory"
    ADMINISTRATION = "administration"
    OTHER = "other"


class Kind(enum.StrEnum):
    """Kinds of milestones, as defined in domain/README.md."""

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
# mean different committees in different municipalities (practice.md §1).
ABBREVIATIONS: dict[str, tuple[str, BodyKind]] = {
    "SUD": ("Socialudvalget", BodyKind.COMMITTEE),
    "SOF": ("Socialforvaltningen", BodyKind.ADMINISTRATION),
    "BR": ("Borgerrepræsentationen", BodyKind.COUNCIL),
    "KB": ("Kommunalbestyrelsen", BodyKind.COUNCIL),
    "BY": ("Byrådet", BodyKind.COUNCIL),
    "ØU": ("Økonomiudvalget", BodyKind.COMMITTEE),
    "ØK": ("Økonomiudvalget", BodyKind.COMMITTEE),
    "ØKU": ("Økonomiudvalget", BodyKind.COMMITTEE),
    "ØEU": ("Økonomi- og Erhvervsudvalget", BodyKind.COMMITTEE),
    "ØKF": ("Økonomiforvaltningen", BodyKind.ADMINISTRATION),
    "BUU": ("Børne- og Ungdomsudvalget", BodyKind.COMMITTEE),
    "BUF": ("Børne- og Ungdomsforvaltningen", BodyKind.ADMINISTRATION),
    "BSU": ("Børne- og Skoleudvalget", BodyKind.COMMITTEE),
    "BFU": ("Børne- og Familieudvalget", BodyKind.COMMITTEE),
    "BU": ("Børneudvalget", BodyKind.COMMITTEE),
    "SSU": ("Social- og Sundhedsudvalget", BodyKind.COMMITTEE),
    "SU": ("Socialudvalget", BodyKind.COMMITTEE),
    "SOU": ("Sundheds- og Omsorgsudvalget", BodyKind.COMMITTEE),
    "SUF": ("Sundheds- og Omsorgsforvaltningen", BodyKind.ADMINISTRATION),
    "BIU": ("Beskæftigelses- og Integrationsudvalget", BodyKind.COMMITTEE),
    "BIF": ("Beskæftigelses- og Integrationsforvaltningen", BodyKind.ADMINISTRATION),
    "KFU": ("Kultur- og Fritidsudvalget", BodyKind.COMMITTEE),
    "KFF": ("Kultur- og Fritidsforvaltningen", BodyKind.ADMINISTRATION),
    "SKU": ("Skole- og Kulturudvalget", BodyKind.COMMITTEE),
    "TMU": ("Teknik- og Miljøudvalget", BodyKind.COMMITTEE),
    "TMF": ("Teknik- og Miljøforvaltningen", BodyKind.ADMINISTRATION),
    "THU": ("Teknik- og Havneudvalget", BodyKind.COMMITTEE),
    "MED": ("MED-udvalget", BodyKind.ADVISORY),
    "HMU": ("Hoved-MED", BodyKind.ADVISORY),
    "HOVED-MED": ("Hoved-MED", BodyKind.ADVISORY),
    "HR": ("Handicaprådet", BodyKind.ADVISORY),
    "ÆR": ("Ældrerådet", BodyKind.ADVISORY),
    "SR": ("Seniorrådet", BodyKind.ADVISORY),
    "UR": ("Udsatterådet", BodyKind.ADVISORY),
    "CFP": ("Center for Politik", BodyKind.ADMINISTRATION),
    "BCV": ("Borgercenter Voksne", BodyKind.ADMINISTRATION),
    "SCO": ("Socialcenter København", BodyKind.ADMINISTRATION),
    "SIM": ("Social- og Indenrigsministeriet", BodyKind.OTHER),
}
VARYING = {"BSU", "BFU", "BU", "SSU", "SU", "SKU", "KFU", "THU", "SR", "UR", "ØEU", "HR", "BY"}

# A part of a compound name: "Børne- og Ungdoms", "Social-, Sundheds- og Ældre", also written
# small: "social- og sundhedsudvalget".
_PART = r"(?:(?:[A-ZÆØÅa-zæøå][\wæøåé]{1,30}-(?:,| og| &)? ){1,4}(?:og )?)?"
_FOR = r"(?: for [A-ZÆØÅ][\wæøå-]+(?:(?:, [A-ZÆØÅ]?[\wæøå-]+)* (?:og|&) [A-ZÆØÅ]?[\wæøå-]+)?)"

# Order matters: the longer and more exact first.
BODY_PATTERNS: tuple[tuple[re.Pattern[str], BodyKind], ...] = (
    (re.compile(r"\b(?:Borgerrepræsentationen|Regionsrådet)(?=s?\b)"), BodyKind.COUNCIL),
    (re.compile(r"\b[Kk]ommunalbestyrelsen(?=s?\b)|\b[Bb]yrådet(?=s?\b)"), BodyKind.COUNCIL),
    (re.compile(r"\b[Kk]ommunalbestyrelse(?=s?(?:møde|$|\b))|\b[Bb]yråd(?=s?(?:møde|\b))"),
     BodyKind.COUNCIL),
    (re.compile(r"\bborgerrepræsentationen(?=s?\b)"), BodyKind.COUNCIL),
    (re.compile(rf"\b[Uu]dvalget{_FOR}"), BodyKind.COMMITTEE),
    (re.compile(r"\b(?:Det )?[A-ZÆØÅ][\wæøå]{2,20}(?:sk|ske|elle|elt|ale|alt) "
                r"[Uu]dvalg(?:et)?(?=s?\b)"),
     BodyKind.COMMITTEE),
    (re.compile(r"\b[Ff]agudvalgene(?=s?\b)"), BodyKind.COMMITTEE),
    (re.compile(r"\b(?:Hoved-?MED(?:-udvalget)?|Hovedudvalget|Lokal-?MED|Område-?MED|"
                r"(?:Center|Fag|Forvaltnings)-?MED)(?![\w])"), BodyKind.ADVISORY),
    (re.compile(r"\b(?:MED-[Uu]dvalg(?:et|ene)?|MED-systemet|MED-organisationen)(?=s?\b)"),
     BodyKind.ADVISORY),
    (re.compile(r"\b[Ll]okaludvalg(?:et|ene)(?=s?\b)|\b(?:[Bb]ruger|[Bb]orger)panelet(?=s?\b)"),
     BodyKind.ADVISORY),
    (re.compile(r"\b(?:§ ?17,? ?stk\. ?4-?|[Oo]pgave)udvalget(?=s?\b)"), BodyKind.COMMITTEE),
    (re.compile(rf"\b{_PART}[A-ZÆØÅ]?[\wæøå]*[\wæøå](?<![Ff]or)(?<!MED)udvalget(?=s?\b)"),
     BodyKind.COMMITTEE),
    (re.compile(r"\b[A-ZÆØÅ]?[\wæøå]{3,}udvalg(?=s?møde)"), BodyKind.COMMITTEE),
    (re.compile(r"\b(?:[ÆæSs]ldre|[Ss]enior|[Hh]andicap|[Uu]dsatte|[Uu]ngdoms|[Ii]ntegrations|"
                r"[Ff]rivillig|[Uu]nge|[Æ]ldre|[Bb]ørne|[Ff]olkeoplysnings)rådet(?=s?\b)"),
     BodyKind.ADVISORY),
    (re.compile(rf"\b{_PART}[A-ZÆØÅ][\wæøå]*forvaltning(?:en)?(?=s?\b)"),
     BodyKind.ADMINISTRATION),
    (re.compile(r"\b(?:[Ff]orvaltningen|[Aa]dministrationen|[Dd]irektionen|[Dd]irektørgruppen|"
                r"[Cc]hefgruppen|[Ss]ekretariatet|[Ss]tyregruppen|[Pp]rojektgruppen|"
                r"[Aa]rbejdsgruppen|[Pp]rojektledelsen|[Cc]enterledelse(?:n|rne)|"
                r"[Jj]obcentret|[Ll]edelsen|[Ff]ølgegruppen|[Rr]edaktionsgruppen|[Ss]tabene)(?=s?\b)"),
     BodyKind.ADMINISTRATION),
    (re.compile(r"\bSocialcenter København\b|\b(?:Center|Afdelingen|Borgercenter|Staben)"
                r"(?: for)? [A-ZÆØÅ][\wæøå]+(?: og [A-ZÆØÅ][\wæøå]+)?"), BodyKind.ADMINISTRATION),
)  # fmt: skip
PLAIN_COMMITTEE = re.compile(
    r"\b(?:[Uu]dvalget|[Ff]agudvalget|[Uu]dvalgs(?=mødet?\b|"
    r"behandling))(?! for [A-ZÆØÅ])(?=s?\b|m|b)"
)
ABBREVIATION = re.compile(
    r"(?<![\w-])(?<![\da-zæøå]/)(Hoved-MED|HOVED-MED|[A-ZÆØÅ]{2,4}|CfP|BcV)(?=(?:'?s|’s|-møde\w*)?(?![\w-]))"
)
DEFINITION = re.compile(rf"\b({_PART}[A-ZÆØÅ][\wæøå-]+(?:{_FOR})?)\s*\(([A-ZÆØÅ]{{2,5}})\)")

CONDITIONAL = re.compile(
    r"\b(?:evt\.?|eventuel\w*|hvis|såfremt|ved behov|efter behov|i givet fald|"
    r"mulighed for (?:endnu|"
    r"yderligere|en ekstra|ekstra)|om nødvendigt|forudsat|betinget)(?!\w)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(
    r"(?<!\w)(?:x{2,}|[Xx]{1,2}[./-][Xx]{1,2}|dd[./-]mm(?:[./-]å{2,4})?|_{2,}|\?{2,}|…{2,}|\.{4,}|"
    r"\[(?:dato|indsæt)[^\]]*\]|<dato>|indsæt dato)(?!\w)",
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
