"""A step with its date → milestones: title, description, bodies, kind, conditions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kommuneplan.timespan.span import Modifier, Reading

from ..files.messages import gettext as _
from .bodies import Directory, Named, is_only_body, is_told, kind_of_name
from .contact import without_contact
from .draft import DraftMilestone
from .kinds import Judged, judge
from .steps import DraftStep, first_sentence, sentences, spots, tidy
from .vocabulary import CONDITIONAL, PHASE, PLACEHOLDER, BodyCategory, MilestoneCategory

MAX_TITLE = 200
SUB_EVENT = re.compile(
    r"(?i)^\W*+(?P<who>[\wæøåÆØÅ,.\- ]{3,60}?)\s{1,9}(?:afholder|holder|inviterer til|arrangerer)\b"
    r"(?P<what>.{0,80}?\b\w{0,20}(?:møde|workshop|dialog|konference|laborator)\w*)"
)
AFTER_PARTY_WORD = re.compile(r"(?i)\b(?:hos|til|blandt|i|af|med|samt|og|,)\s*$")
AFTER_TO = re.compile(r"(?i)\b(?:til|hos|blandt|efter|inden|før|fra|af|med)\s*(?:den\s)?$")
MEETING_OF = re.compile(r"(?i)\W*(?:ordinært |politisk )?møde i (?:[\wæøå-]+,? ?(?:og )?){1,4}$")
EVENT = re.compile(r"(?i)(?<!\w)\w*(?:møde|workshop|seminar|konference|temadag)\w*")
PROVIDED = re.compile(
    r"(?i)^(?:såfremt|hvis|når|forudsat|under forudsætning af)\b[^,.]{5,120},\s*(?=\w+ \w)"
)
ASKS = re.compile(r"(?i)\b(?:bad|beder|anmode[rd]e?|pålægger|pålagde)\b")
MEMBERS = re.compile(r"(?i)s\s+(?:medlemmer|formand|partier|gruppe)")
NOT_ACTING = re.compile(r"(?i)\b(?:fra|blandt|brugere af|jf\.|udenfor|hos)\s+$")
UNIT_WORD = re.compile(
    r"(?i)udvalg|råd|center|team|forvaltning|afdeling|stab|ledelse|med\b|gruppe|styrelse|kontor|"
    r"sekretariat|direktion|direktør|chef|leder|koordinator|konsulent|organisation|forening|skole|"
    r"institution|region|kommune|ministeri|bruger|borger|pårørende|medarbejder|alle|administration|"
    r"politisk|politiker|område|lokal|plan|hr|økonomi|it\b|kommunikation|jobcenter|bestyrelse"
)


@dataclass(frozen=True)
class Held:
    """The bodies of a step; ``parties`` are those only asked, ``assumed`` what they rest on."""

    bodies: tuple[Named, ...] = ()
    parties: str = ""
    assumed: str = ""
    warning: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(body.name for body in self.bodies))


def milestones_of(step: DraftStep, reading: Reading, directory: Directory) -> list[DraftMilestone]:
    """One milestone, or one for each of several dates, with an event inside it beside it."""
    step = _with_event(step, directory)
    title, description = _words(step)
    title, description, inner = _inner_event(title, description, directory)
    held = _bodies(step, title, description, directory)
    judged = _kind(step, title, description, held, reading)
    if judged.kind is MilestoneCategory.HEARING:
        held = _without_parties(held, step, title, directory)
    if not held.bodies and step.who is None:
        held = _assumed_body(judged, title, directory) or held
    if held.parties:
        description = _joined(description, _("Parties: %(names)s.") % {"names": held.parties})
    base = DraftMilestone(
        title=title,
        description=description,
        reading=reading,
        kind=judged.kind.value,
        kind_assumed=judged.assumed,
        bodies=held.names,
        body_assumed=bool(held.assumed),
        phase=step.phase,
        conditional=bool(CONDITIONAL.search(f"{title} {step.note} {step.when}")),
        rows=tuple(dict.fromkeys(step.rows)),
        warnings=tuple(_notes(step, reading, judged, held)),
        date_strength=step.strength.value,
    )
    made = _one_for_each_date(base)
    return [*made, _inner(inner, base, directory)] if inner else made


def _with_event(step: DraftStep, directory: Directory) -> DraftStep:
    """A column of meetings ("Styregruppemøde 1") says what it is, not who holds it."""
    if step.who and EVENT.search(step.who) and not directory.find(step.who):
        return replace(step, text=f"{step.who.strip()}: {step.text}", who=None)
    return step


def _words(step: DraftStep) -> tuple[str, str]:
    """The title is the first sentence; the rest, the bullets and the remarks describe it."""
    text = without_contact(
        "\n".join(line.strip() for line in step.text.split("\n") if line.strip())
    )
    title, rest = first_sentence(re.sub(r"^[•·▪–-]\s+", "", text))
    title = tidy(title.rstrip(":"))
    if step.prose and len(_undated(title).split()) <= 3:
        title = tidy(_undated(step.context))
    details = [without_contact(detail) for detail in step.details]
    if not details and rest and MEETING_OF.match(title):
        details, rest = [rest], ""
    if details and (is_only_body(title) or MEETING_OF.match(title)):
        title = f"{title}: {details[0].rstrip('.')}"
        details = details[1:]
    description = "\n".join(
        [part for part in (rest, *details, step.note and without_contact(step.note)) if part]
    )
    if len(title) > MAX_TITLE or (", herunder" in title and len(title) > 90):
        full = title
        title = _shortened(title)
        description = _joined(full, description)
    title = title or tidy(description.split("\n")[0])[:MAX_TITLE] or step.when or _("Untitled")
    return title[:1].upper() + title[1:], description.strip()


def _undated(text: str) -> str:
    """The text without its dates."""
    for spot in reversed(spots(text)):
        text = text[: spot.start].rstrip() + " " + text[spot.end :].lstrip()
    return re.sub(r"(?<!\s)\s+([,.;])", r"\1", text)


def _shortened(title: str) -> str:
    cut = title.split(", herunder")[0]
    if len(cut) > MAX_TITLE:
        cut = cut[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
    return cut


def _joined(first: str, second: str) -> str:
    return "\n".join(part for part in (first, second) if part)


def _inner_event(title: str, description: str, directory: Directory) -> tuple[str, str, str]:
    """A sentence in which a body holds a meeting of its own inside the step (seed 000, row 6)."""
    parts = [line for block in description.split("\n") for line in sentences(block)]
    for index, sentence in enumerate(parts):
        match = SUB_EVENT.match(sentence)
        if match and any(body.start < 3 for body in directory.find(sentence)):
            before = ". ".join(parts[:index])
            return title, before and before + ".", ". ".join(parts[index:]) + "."
    return title, description, ""


def _inner(text: str, base: DraftMilestone, directory: Directory) -> DraftMilestone:
    title, rest = first_sentence(text)
    who = directory.find(title)
    note = _("Stands inside another row; the date of that row is assumed.")
    return replace(
        base,
        title=title,
        description=rest,
        kind=MilestoneCategory.INVOLVEMENT.value,
        kind_assumed=True,
        bodies=tuple(dict.fromkeys(body.name for body in who[:1])),
        body_assumed=False,
        conditional=bool(CONDITIONAL.search(title)),
        warnings=(*base.reading.notes, note),
    )


def _bodies(step: DraftStep, title: str, description: str, directory: Directory) -> Held:
    if step.who is not None and step.who.strip():
        return _from_column(step.who, directory)
    for text in (step.text if step.prose else "", title, step.context, description):
        found = _acting(directory.find(text), text)
        if found:
            return _held(found)
    return Held()


def _held(found: list[Named]) -> Held:
    unsure = next((body for body in found if body.assumed), None)
    return Held(tuple(found), assumed=unsure.assumed if unsure else "")


def _acting(found: list[Named], text: str) -> list[Named]:
    """The first body, and others beside it; not those a matter is only sent on to."""
    found = [
        body
        for body in found
        if not MEMBERS.match(text[body.end :])
        and not is_told(text, body)
        and (
            body.kind in (BodyCategory.COUNCIL, BodyCategory.COMMITTEE)
            or not NOT_ACTING.search(text[: body.start])
        )
    ]
    kept = found[:1]
    for body in found[1:]:
        before = text[kept[-1].end : body.start]
        if re.match(r"s\s", text[body.end : body.end + 2]):
            continue
        if not before.strip() and ASKS.search(text[: body.start]):
            continue
        if re.fullmatch(r"s?\W*+(?:og|samt|hhv\.?|i|herefter|derefter|ved)?\W*+", before) or (
            not AFTER_TO.search(text[: body.start])
            and body.kind is not kept[0].kind
            and re.search(r"(?i)\b(?:og|samt|derefter|herefter)\b[^.]{0,12}$", before)
        ):
            kept.append(body)
    return kept


def _from_column(cell: str, directory: Directory) -> Held:
    """A column of bodies says it itself; what is no known body is taken as written."""
    text = " ".join(cell.split())
    written = [line.strip(" •-") for line in cell.split("\n") if line.strip(" •-")]
    if len(written) > 1 and all(_names_one(line, directory) for line in written):
        held = [_from_column(line, directory) for line in written]
        return Held(tuple(body for one in held for body in one.bodies), parties=text,
                    assumed=next((one.assumed for one in held if one.assumed), ""))  # fmt: skip
    if not text.strip(" -–—./"):
        return Held()
    found = directory.find(text)
    if text.strip(" .").lower() in ("forvaltningen", "administrationen"):
        return Held((Named(0, len(text), text.strip(" ."), BodyCategory.ADMINISTRATION),))
    covered = sum(body.end - body.start for body in found)
    if found and (covered >= 0.4 * len(text) or len(found) > 1):
        whole = _whole_units(cell, found, text)
        return Held(whole, parties=text if len(found) > 1 else "", assumed=_held(found).assumed)
    if _looks_like_person(text):
        return Held(
            warning=_("The column of responsibles seems to hold a person's name; left out.")
        )
    if len(text) > 80:
        return Held(parties=text)
    names = [part.strip() for part in re.split(r"\n|;", cell) if part.strip()]
    kinds = [Named(0, 0, name, kind_of_name(name)) for name in names]
    return Held(tuple(kinds), parties=text if "," in text else "")


def _names_one(line: str, directory: Directory) -> bool:
    """Whether a paragraph of the column is a whole name, and no broken piece of one."""
    if not line[:1].isupper() or line.endswith((",", "-", " og", " for")):
        return False
    found = directory.find(line)
    return is_only_body(line) or bool(found and found[0].start == 0 and len(line) < 60)


def _whole_units(cell: str, found: list[Named], text: str) -> tuple[Named, ...]:
    """ "Center for Handicap og Psykiatri" is one unit, though the rule sees less of it."""
    if len(found) == 1 and found[0].kind is BodyCategory.ADMINISTRATION and not found[0].assumed:
        rest = text[found[0].end :]
        if found[0].start == 0 and rest and re.match(r"^[\s\w,-]+$", rest) and len(text) < 70:
            return (replace(found[0], name=text),)
    return tuple(found)


def _looks_like_person(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 3
        and all(re.fullmatch(r"[A-ZÆØÅ][a-zæøåé]+|[A-ZÆØÅ]\.?", word) for word in words)
        and not UNIT_WORD.search(text)
    )


def _kind(step: DraftStep, title: str, description: str, held: Held, reading: Reading) -> Judged:
    kinds = [body.kind for body in held.bodies]
    if held.parties and len(kinds) > 1 and re.search(r"(?i)\bhøring", title):
        kinds = []
    limit = bool(reading.span and reading.span.modifier is Modifier.BY)
    judged = judge(PROVIDED.sub("", title), kinds, limit)
    if judged.assumed and step.phase:
        wider = judge(f"{PHASE.sub('', step.phase)}: {title}", kinds, limit)
        judged = judged if wider.assumed else Judged(wider.kind, True)
    if judged.assumed and step.context:
        wider = judge(step.context, kinds, limit)
        judged = judged if wider.assumed else wider
    if judged.assumed and description:
        wider = judge(f"{title}. {description}", kinds, limit)
        if not wider.assumed:
            return Judged(wider.kind, wider.kind is not MilestoneCategory.MEETING)
    return judged


def _without_parties(held: Held, step: DraftStep, title: str, directory: Directory) -> Held:
    """Those consulted are not those who consult."""
    if step.who is not None:
        hosts = [b for b in held.bodies if b.kind is BodyCategory.ADMINISTRATION]
        if held.parties and ("," in held.parties or len(held.bodies) > 1):
            return Held(tuple(hosts), held.parties if not hosts else "", "")
        return replace(held, parties="")
    at = re.search(r"(?i)høring", title)
    in_title = {body.name for body in directory.find(title)}
    kept = tuple(
        body
        for body in held.bodies
        if body.kind is not BodyCategory.ADVISORY
        and (body.name in in_title or body.kind is BodyCategory.ADMINISTRATION or step.prose)
        and not (at and body.start > at.start() and AFTER_PARTY_WORD.search(title[: body.start]))
    )
    return replace(held, bodies=kept, parties="", assumed=held.assumed if kept else "")


def _assumed_body(judged: Judged, title: str, directory: Directory) -> Held | None:
    """A meeting or adoption without a body is the committee's the plan is written to."""
    if re.search(r"(?i)udvalgene\b|\budvalg\b|\brådene\b|gruppen\b", title):
        return None
    political = judged.kind in (MilestoneCategory.MEETING, MilestoneCategory.ADOPTION) or (
        judged.kind is MilestoneCategory.BUDGET and re.search(r"(?i)\bindstilling", title)
    )
    if political and directory.committee:
        body = Named(0, 0, directory.committee, BodyCategory.COMMITTEE)
        return Held((body,), assumed=_("the plan"))
    if judged.kind is MilestoneCategory.HEARING and directory.administration:
        body = Named(0, 0, directory.administration, BodyCategory.ADMINISTRATION)
        return Held((body,), assumed=_("the plan"))
    return None


def _notes(step: DraftStep, reading: Reading, judged: Judged, held: Held) -> Iterable[str]:
    yield from step.warnings
    if PLACEHOLDER.search(step.when):
        yield _("The date was never filled in (placeholder). Write the date.")
    yield from reading.notes
    if held.warning:
        yield held.warning
    if held.assumed:
        yield _("Body assumed: %(body)s (from “%(word)s”).") % {
            "body": held.names[0],
            "word": held.assumed,
        }
    if judged.assumed:
        yield _("The kind is assumed from the words and the body; check it.")


def _one_for_each_date(base: DraftMilestone) -> list[DraftMilestone]:
    """Several dates in one cell are milestones of their own, a body for each if they match."""
    spans = base.reading.spans
    if len(spans) < 2:
        return [base]
    note = _("The row has %(dates)s dates: each became a milestone.") % {"dates": len(spans)}
    made = []
    for index, span in enumerate(spans):
        bodies = (base.bodies[index],) if len(base.bodies) == len(spans) else base.bodies
        reading = replace(base.reading, spans=(span,))
        made.append(replace(base, reading=reading, bodies=bodies, warnings=(*base.warnings, note)))
    return made
