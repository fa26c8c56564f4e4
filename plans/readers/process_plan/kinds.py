"""What kind of milestone a text describes. Words and bodies decide together.

A committee that treats responses holds a meeting, not a hearing; a committee recommends and
the council adopts, though "endelig beslutning" may be written for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .bodies import names_a_body, without_told_acts
from .vocabulary import BodyCategory, MilestoneCategory


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


PUBLISHES = _words(
    r"\b(?:vedtagelsen?|beslutning(?:en)?|afgørelsen?)\b[^.;]{0,40}?\b(?:offentliggør|bekendtgør|annoncer|meddel|kundgør)\w*",
    r"\bvedtag(?:ne|et|ede)\b[^.;]{0,40}?\b(?:offentliggøres|bekendtgøres|annonceres|kundgøres|"
    r"lægges på hjemmesiden|sendes ud)\b",
    r"^\W*(?:offentliggørelse|bekendtgørelse|annoncering|kundgørelse)\w* af\b",
)
"""That it was adopted is made known: "vedtagelsen offentliggøres"."""

FINAL = _words(
    r"\bendelig\w*\b[^.;]{0,40}?\b(?:vedtag\w*|godkend\w*|beslut\w*|stillingtagen|behandl\w*)",
    r"\b(?:vedtag\w*|godkend\w*|beslut\w*|behandl\w*)\b[^.;]{0,50}?\bendeligt?\b",
    r"\bvedtag(?:es|er|else|elsen|et|ne)?\b",
    r"\bpolitisk vedtagelse",
    r"\bstilling til (?:den |det )?endelig\w*",
)
ADOPTS_IN_COUNCIL = _words(
    r"\bgodkend\w*", r"\bvedtag\w*", r"\bbeslut(?:ning|ter|tes|te)\b", r"\bendelig\w*",
    r"\b2\. ?behandling", r"\banden ?behandling", r"\bstillingtagen",
)  # fmt: skip
RECOMMENDS = _words(
    r"\bindstil(?!ling (?:til|om|vedr))\w*", r"\banbefal\w*", r"\boversend\w*", r"\bvideresend\w*"
)
PREPARATORY = _words(
    r"\bkommissori\w*", r"\bprocesplan\w*", r"\btidsplan\w*", r"\bhøringsud(?:kast|gave)\w*",
    r"\b(?:ud)?send\w*\b[^.;]{0,40}\bhøring", r"\bud?sendelse\w*", r"\btil høring", r"\bi høring",
    r"\bproces(?:sen)?\b", r"\budkast\b", r"\bopstart\w*", r"\bigangsæt\w*", r"\bramme(?:r|rne)\b",
    r"\b1\. ?behandling", r"\bførste ?behandling", r"\bdisposition\w*", r"\bpejlemærk\w*",
    r"\bprojektbeskrivelse\w*", r"\bom (?:offentlig )?høring", r"\bhøringsmaterial\w*",
    r"\bforslag(?:et)? til høring",
)  # fmt: skip
TREATS = _words(
    r"\bbehandl\w*", r"\b\w*drøft\w*", r"\bforelæg\w*", r"\bforelagt", r"\bindstil\w*",
    r"\btema(?:møde|dag|drøftelse)\w*", r"\bfremlæg\w*", r"\bpræsent\w*", r"\bgodkend\w*",
    r"\bbeslut\w*", r"\b\w*mødet?\b", r"\bbehandling\w*", r"\banbefal\w*", r"\bseminar\w*",
    r"\borienter\w*", r"\bstilling\b", r"\bstillingtagen", r"\bpolitisk\w*", r"\bigangsæt\w*",
    r"\bsender\b", r"\b(?:udpeger|nedsætter|fastlægger|prioriterer|udvælger|afgør|træffer|"
    r"vælger)\b", r"\budtal\w*", r"\bsag(?:en)? på\b",
)  # fmt: skip
HEARING = _words(
    r"\b(?:ud|frem)?send\w*\b[^.;]{0,60}?\bi (?:\w+ )?(?:\w+ )?(?:parts)?høring",
    r"\bhøring\w*\b[^.;]{0,40}\budsendes",
    r"\b(?:offentlig|intern|ekstern|politisk|fornyet|supplerende|skriftlig|officiel)\w* høring\b",
    r"\bhøringsperiode\w*", r"\bhøringsfase\w*", r"\bhøringsproces\w*", r"\bhøringsrunde\w*",
    r"^\W*(?:evt\.|eventuel|ny)?\s*(?:for)?høring(?:en)?\b", r"\bi (?:offentlig )?høring\b",
    r"\bhøring(?:en)? (?:hos|i|af|blandt|om|åbner|begynder|starter|løber|foregår|gennemføres)\b",
    r"\b(?:start på|periode for|gennemføre\w*|afholde\w*)\s+(?:\w+ )?høring\b",
    r"\b(?:forlængelse|udvidelse) af høring\w*", r"^\W*høring\b",
    r"\boffentligheds(?:periode|fase)\w*", r"\boffentlig fremlæggelse", r"\bhøring\b(?=\W*$)",
    r"\bhøres\b", r"\b(?:parts|nabo|myndigheds|borger|bruger)høring(?:en|er)?\b",
    r"\bfrem(?:lagt|lægges|lægger|læggelse)\b[^.;]{0,30}? offentlig\w* (?:debat|høring)",
    r"\b(?:til|i) offentlig (?:debat|fremlæggelse)", r"\bfremlægges offentligt\b",
    r"\boffentligt fremlagt\b",
)  # fmt: skip
NOT_HEARING = _words(
    r"med henblik på\s+(?:\w+\s+){0,3}?(?:udsend\w*|høring)", r"\befter høring\w*",
    r"\bhøringssvar\w*", r"\bhøringsnotat\w*", r"\bforud for høring", r"\binden høring",
    r"\bresultat\w* af høring\w*", r"\budsendelse (?:i|til) \w*\s?høring", r"\bopsamling på høring",
)  # fmt: skip
LEADS_WITH_STATUS = re.compile(r"(?i)\W*(?:\w+ )?status(?:notat|rapport|redegørelse|møde)?\b")
STATUS_PAPER = re.compile(r"(?i)\bstatus(?:notat|rapport|redegørelse)\w*")
OPENS_AS_HEARING = re.compile(r"(?i)\W*høring(?:en)?\s*[:(–-]")
DEADLINE = _words(
    r"\bhøringsfrist\w*", r"\bfrist(?:en)?\b", r"\bdeadline\w*", r"\bafleve\w*", r"\bindlever\w*",
    r"\bsvarfrist\w*", r"\bansøgningsfrist\w*", r"\bhøring(?:en|sperioden)?\s+(?:slut\w*|"
    r"afslut\w*|udløb\w*|lukke\w*|ophør\w*)", r"\bhøringsudløb", r"\budløber\b", r"\bsidste frist",
    r"\bsidste dag", r"\bafgives senest", r"\btilmelding\w*", r"\bindsendes",
    r"\b\w+frist(?:en)?\b",
    r"\b(?:frem|ind|til)?sendes senest", r"\bmodtages senest", r"\bskal være (?:modtaget|indsendt|"
    r"fremme|afleveret|tilmeldt|os i hænde)",
)  # fmt: skip
INVOLVEMENT = _words(
    r"\bborger(?:møde|topmøde|dialog|inddrag|workshop|samling|panel)\w*", r"\bworkshop\w*",
    r"\bdialog(?:møde|forum|forløb|dag|proces)?\w*", r"\b\w*interview\w*", r"\bfokusgruppe\w*",
    r"\b\w*inddrag\w*", r"\bsamskab\w*", r"\boffentlig\w* møde\w*", r"\b\w*udviklingslaborator\w*",
    r"\bspørgeskema\w*", r"\bbrugerundersøgelse\w*", r"\bcafé\w*", r"\bidé(?:udvikling|fase|møde|"
    r"indkaldelse|oplæg|debat)\w*", r"\bforudgående offentlighed",
    r"\bdebat(?:fase|periode|møde)\w*", r"\b\w+topmøde\w*", r"\bstudie(?:tur|besøg)\w*",
    r"\b(?:forældre|beboer|nabo|lodsejer|medarbejder|personale|informations|elev|pårørende|unge)-?"
    r"møder?\b", r"\b(?:opstarts|start|fælles|inspirations|leder|medarbejder)seminar\w*",
    r"\binvol?ver\w*", r"\bstormøde\w*", r"\btopmøde\w*", r"\b(?!presse|video|telefon)\w*konference"
    r"(?!telefon)\w*", r"\btemaaften\w*", r"\b(?:fyraftens|gå-?hjem-?|hørings)møde\w*",
    r"\b\w+(?:borgermøde|workshop)\w*", r"\bbyvandring\w*", r"\båbent hus\b",
    r"\bborger(?:aften|ting)\w*",
    r"\bindkaldelse af idé\w*", r"\binteressent(?:møde|inddrag)\w*", r"\bfolkemøde\w*",
    r"\bbruger(?:møde|råd|panel)\w*",
    r"\bmøder? med (?:\w+ ){0,2}?(?:brugere|borgere|pårørende|interessent|arbejdsgiver|forening|"
    r"fagforening|organisation|virksomhed|medarbejder|forældre|elever|naboer|lodsejer|aktører|"
    r"samarbejdspart)\w*",
    r"\bdialog med", r"\bbesøg\b", r"\bbesøgsrunde", r"\bsurvey", r"\bborger- og \w+møde\w*",
)  # fmt: skip
BUDGET = _words(
    r"\bbudget(?!seminar)\w*", r"\budmønt\w*", r"\bbevilling\w*", r"\bbasisbudget\w*",
    r"\bfinansiering\w*", r"\bprioriteringskatalog\w*", r"\beffektivisering\w*", r"\bbudgetseminar",
)  # fmt: skip
EVALUATION = _words(r"\b\w*evaluer\w*", r"\brevision\w*", r"\brevidere[rs]\b", r"\brevurder\w*")
STATUS = _words(
    r"\b\w*status\w*", r"\b(?:års|halvårs|midtvejs)rapport\w*",
    r"\bopfølgning(?:en)?\b(?! på høring)",
    r"\bafrapporter\w*", r"\bfølges op\b", r"\bmidtvejs\w*",
)  # fmt: skip
IMPLEMENTATION = _words(
    r"\btræde\w* i kraft", r"\bikrafttræd\w*", r"\bimplement\w*", r"\bgælde(?:r|nde) fra",
    r"\budrul\w*", r"\bsættes i (?:drift|værk)", r"\biværksæt\w*", r"\bvirkning fra",
    r"\btages i brug", r"\bopstart af indsats\w*", r"\brealiser\w*", r"\btræder i",
    r"\bgælder\b(?=\W*$)|\bgælder (?:fra|herefter|for perioden)",
)  # fmt: skip
DRAFTING = _words(
    r"\b\w*udarbejd\w*", r"\bformuler\w*", r"\bskriv(?:es|er|ning|eproces|efase)\w*",
    r"\bsammenskriv\w*",
    r"\btilret\w*", r"\btilpas\w*", r"\bindarbejd\w*", r"\bsamling af input", r"\bbearbejd\w*",
    r"\bhøringsnotat\w*", r"\bkortlæg\w*", r"\banalyse\w*", r"\bfærdiggør\w*", r"\bfærdigt?\b",
    r"\budkast\b", r"\bopsamling\w*", r"\bsammenfat\w*", r"\bsamles\b", r"\bforbered\w*",
    r"\budform\w*", r"\bredig\w*", r"\bkvalificer\w*", r"\bdataindsamling\w*", r"\bkonkretiser\w*",
    r"\bforvaltningen (?:arbejder|bearbejder|retter)", r"\budvikl(?:es|er|ing)\b", r"\bhvidbog\w*",
    r"\blayout\w*", r"\bkorrektur\w*", r"\bgennemskriv\w*", r"\bkvalitetssikr\w*", r"\bbeskriv\w*",
    r"\bsamler\b", r"\bindsaml\w*", r"\bsamlet udkast", r"\butarbejd\w*", r"\bforslag til\b",
    r"\bklar(?:t|e)?\b",
    r"\bberegn\w*", r"^\W*(?:notat|oplæg|rapport|grundlagspapir|inspirationspapir)\b",
)  # fmt: skip
INFORMATION = _words(
    r"\b\w*orienter\w*", r"\binform\w*", r"\bpresse(?:meddelelse|møde|konference)\w*",
    r"\bnyhedsbrev\w*",
    r"\boffentliggør\w*", r"\budsend\w*", r"\bkommunik\w*", r"\bpubli[ck]er\w*", r"\bannoncer\w*",
    r"\blancer\w*", r"\bformidl\w*", r"\bhjemmeside\w*", r"\bsendes ud\b", r"\bintranet\w*",
    r"\bmeddel\w*", r"\b(?:brev|henvendelse|pjece|opslag)\b",
)  # fmt: skip
ADDRESSED_OUT = re.compile(r"(?i)\W*(?:orientering|information|besked) (?:til|af) (?!udvalg)")
ACTS = re.compile(
    r"(?i)\bbehandl(?:er|es|ing|ingen)\b|\b\w*drøft(?:er|es|else|elsen|elser)\b|\bforelægge[rs]\b|"
    r"\bforelæggelse\b|\bgodkende[rs]\b|\bindstille[rs]\b|\banbefale[rs]\b|\bfremlægge[rs]\b|"
    r"\bpræsentere[rs]\b|\btema(?:møde|drøftelse)\b|\b(?:behandlede|drøftede|godkendte|indstillede|"
    r"anbefalede|fik forelagt|blev (?:behandlet|drøftet|forelagt|godkendt))\b"
)
INVITES_OUTSIDE = re.compile(r"\binvit\w*|\bindkald\w*", re.IGNORECASE)
INNER_MEETING = re.compile(
    r"\b(?:opstarts|kick-?off|styregruppe|projektgruppe|arbejdsgruppe|lederm?|status|koordinations)"
    r"-?møde\w*|\b(?:indledende|første|afsluttende) møde\w*|\bkick-?off\b",
    re.IGNORECASE,
)
POLITICAL = (BodyCategory.COUNCIL, BodyCategory.COMMITTEE, BodyCategory.ADVISORY)


@dataclass(frozen=True, slots=True)
class Judged:
    """A kind, and whether it rests on the body or on nothing rather than on words."""

    kind: MilestoneCategory
    assumed: bool = False


def judge(text: str, bodies: Iterable[BodyCategory], deadline: bool = False) -> Judged:
    """The kind of a step from its own words and bodies; ``deadline``: its date is a limit."""
    text, told = without_told_acts(text)
    kinds = () if told and not names_a_body(text) else tuple(bodies)
    lead = kinds[0] if kinds else None
    head = _first(text)
    if PUBLISHES.search(head):
        return Judged(MilestoneCategory.INFORMATION)
    political = lead in POLITICAL
    if lead is BodyCategory.COUNCIL or (BodyCategory.COUNCIL in kinds and political):
        kind = _in_council(head, lead)
        if kind:
            return Judged(kind)
    for kind in (
        _of_words(head, political, deadline, lead),
        _of_words(text, political, deadline, lead),
    ):
        if kind:
            return Judged(kind)
    return Judged(MilestoneCategory.MEETING if political else MilestoneCategory.OTHER, True)


def _first(text: str) -> str:
    """The first sentence, which says what the step is."""
    match = re.search(
        r"(?<![\d.])(?<!\bevt)(?<!\bkl)(?<!\bf\.eks)(?<!\bbl\.a)\.\s+(?=[A-ZÆØÅ])|\n", text
    )
    return text[: match.start()] if match and match.start() > 8 else text


def _in_council(text: str, lead: BodyCategory | None) -> MilestoneCategory | None:
    to_council = lead is not BodyCategory.COUNCIL and _only_recommends(text)
    if RECOMMENDS.search(text) and (to_council or not FINAL.search(text)):
        return None
    prepares = PREPARATORY.search(text) and not FINAL.search(text)
    if ADOPTS_IN_COUNCIL.search(text) and not prepares:
        return MilestoneCategory.ADOPTION
    return None


def _of_words(
    text: str, political: bool, deadline: bool, lead: BodyCategory | None
) -> MilestoneCategory | None:
    """The first rule that fits, from the most telling words to the least."""
    no_hearing = NOT_HEARING.search(text)
    hearing = HEARING.search(text)
    if hearing and OPENS_AS_HEARING.match(text):
        no_hearing = None
    adopts = FINAL.search(text)
    if ADDRESSED_OUT.match(text) and not political:
        return MilestoneCategory.INFORMATION
    if adopts and not _only_recommends(text) and not PREPARATORY.search(adopts[0]):
        return MilestoneCategory.ADOPTION
    ends = DEADLINE.search(text)
    opens = hearing and ends and hearing.start() < 3 and not ends[0].lower().startswith("høring")
    if ends and not opens and not (political and TREATS.search(text) and not deadline):
        return MilestoneCategory.DEADLINE
    acts = political and ACTS.search(text) and not BUDGET.search(text)
    if acts and (not hearing or no_hearing or _treated(text, political, hearing.start())):
        return MilestoneCategory.MEETING
    if EVALUATION.search(text) and not (political and hearing):
        return MilestoneCategory.EVALUATION
    if hearing and not no_hearing and not _treated(text, political, hearing.start()):
        return MilestoneCategory.HEARING
    if INVOLVEMENT.search(text) and not re.search(r"\btemamøde", text, re.IGNORECASE):
        return MilestoneCategory.INVOLVEMENT
    if INVITES_OUTSIDE.search(text) and not political:
        return MilestoneCategory.INVOLVEMENT
    status = LEADS_WITH_STATUS.match(text) and not (political and TREATS.search(text))
    if status or (STATUS_PAPER.search(text) and not ACTS.search(text)):
        return MilestoneCategory.STATUS
    if BUDGET.search(text) and not re.search(r"drøftelse\w{0,20} .{0,60}budgetseminar", text):
        return MilestoneCategory.BUDGET
    return _of_work(text, political, lead)


def _of_work(text: str, political: bool, lead: BodyCategory | None) -> MilestoneCategory | None:
    if political and TREATS.search(text):
        if STATUS.search(text) and not re.search(r"(?i)\bbehandl|\bdrøft|\bgodkend", text):
            return MilestoneCategory.STATUS
        if re.match(r"(?i)\W*orientering til (?!udvalg)(?:brugere|borgere|medarb|ansatte)", text):
            return MilestoneCategory.INFORMATION
        by_administration = re.match(r"(?i)\W*\w*forvaltningen\b", text)
        if not by_administration or not DRAFTING.search(text):
            return MilestoneCategory.MEETING
    if IMPLEMENTATION.search(text):
        return MilestoneCategory.IMPLEMENTATION
    if STATUS.search(text) and not INNER_MEETING.search(text):
        return MilestoneCategory.STATUS
    if INNER_MEETING.search(text):
        return MilestoneCategory.MEETING
    treated = TREATS.search(text)
    drafted = DRAFTING.search(text)
    if political and drafted and not re.search(r"(?i)udarbejd|\bskriv|sammenskriv", text):
        return MilestoneCategory.MEETING
    informs = INFORMATION.search(text)
    if (
        treated
        and not informs
        and _meets(text)
        and not (drafted and lead is BodyCategory.ADMINISTRATION)
    ):
        return MilestoneCategory.MEETING
    if drafted and (not informs or drafted.start() < informs.start()):
        return MilestoneCategory.DRAFTING
    if informs:
        return MilestoneCategory.INFORMATION
    if treated:
        return MilestoneCategory.MEETING
    if re.search(r"(?i)\bhøringssvar\b", text):
        return MilestoneCategory.HEARING
    return None


def _meets(text: str) -> bool:
    return bool(
        re.search(
            r"(?i)\bbehandl\w*|\b\w*drøft\w*|\bforelæg\w*|\bindstil\w*|\btema\w+|\bfremlæg\w*"
            r"|\bpræsent\w*|\bgodkend\w*|\bbeslut\w*|\b\w*møde[tr]?\b",
            text,
        )
    )


def _only_recommends(text: str) -> bool:
    """ "Udvalget indstiller strategien til vedtagelse" recommends; it does not adopt."""
    return bool(
        re.search(r"(?i)\b(?:indstil(?:les|ler|let)?|anbefal\w*|oversend\w*)\b.{0,80}\b(?:vedtag|godkend|"
                  r"beslut|endelig)", text)
        or (re.search(r"(?i)\b(?:forud for|før|inden|efter|med henblik på|forberede\w* til|til) "
                     r"(?:\w+ ){0,2}(?:endelig\w* )?(?:vedtag|godkend)\w*", text)
        and not re.search(r"(?i)\bvedtages\b", text))
    )  # fmt: skip


def _treated(text: str, political: bool, at: int) -> bool:
    """Whether a body treats the hearing's paper rather than the paper being out."""
    before = text[:at]
    if re.search(
        r"(?i)\bgodkend\w*|\bbeslut\w*|\bdrøft\w*|\bbehandl\w*|\bindstil\w*|\bstillingtagen\b"
        r"|\b(?:tage[rs]?|taget|tog) stilling\b|\bafgør\w*",
        before,
    ):
        return True
    if not political:
        return False
    after = text[at:]
    return bool(
        re.search(r"(?i)\bhøring(?:en|sudkast\w*)?\s+(?:behandl|drøft|godkend)", after)
        or re.search(r"(?i)\bgodkend\w* .{0,30}høring", text)
    )


THEME = re.compile(r"(?i)\btema(?:møde|drøftelse|dag)\w*")
RECOMMENDING = re.compile(
    r"(?i)\bindstil(?:ler|les|let|te)\b|\banbefal(?:er|es|et|ede)\b|\bindstilling til (?:byråd|"
    r"kommunalbestyrelse|borgerrepræsentation|økonomiudvalg)\w*|\boversend(?:er|es)\b|"
    r"^\W*(?:\w+s )?(?:indstilling|anbefaling)\b(?! fra)"
)
PUBLIC_MEETING = re.compile(
    r"(?i)\b\w*borger(?:møde|topmøde|aften|ting)\w*|\bfolkemøde\w*|\bstormøde\w*|"
    r"\boffentligt? (?:\w+ )?møde\w*|\bhøringsmøde\w*"
)
WORKSHOP = re.compile(r"(?i)\b\w*workshop\w*|\b\w*udviklingslaborator\w*")
ONLY_ABOUT = re.compile(
    r"(?i)\b(?:invit\w*|indkald\w*|opsamling|referat|tilmelding\w*|forbered\w*)\b"
)


def finer(kind: str, title: str) -> str:
    """The finer kind of the house that a title tells, else the kind itself.

    A reader of plans knows twelve kinds. The public reads four cases of them in another way: a
    body that only recommends, a theme meeting, a meeting for all citizens and a workshop.
    """
    head = _first(title)
    if kind == MilestoneCategory.MEETING:
        if THEME.search(head):
            return "theme_meeting"
        return "recommendation" if RECOMMENDING.search(head) else kind
    if kind == MilestoneCategory.INVOLVEMENT and not ONLY_ABOUT.search(head):
        if PUBLIC_MEETING.search(head):
            return "public_meeting"
        return "workshop" if WORKSHOP.search(head) else kind
    return kind
