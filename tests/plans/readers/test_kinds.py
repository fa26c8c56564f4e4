"""What kind of step the words of a plan tell of, and which finer kind the public reads."""

from __future__ import annotations

import pytest

from plans.readers.process_plan.bodies import Directory
from plans.readers.process_plan.kinds import finer, judge

KINDS = [
    # genitives that only tell of an act do not act
    ("Pressemeddelelse om udvalgets beslutning", "information", ""),
    ("Nyhedsbrev til borgerne om byrådets vedtagelse", "information", ""),
    ("Orientering af høringsparterne efter Økonomiudvalgets behandling", "information", ""),
    ("Udkastet tilrettes på baggrund af Socialudvalgets drøftelse", "drafting", ""),
    ("Økonomiudvalgets behandling af forslaget", "meeting", ""),
    ("Byrådets vedtagelse af politikken", "adoption", ""),
    # a body that decides on a consultation meets
    ("Udvalget tager stilling til, om forslaget skal sendes i høring", "meeting", ""),
    ("Udvalgets stillingtagen til forslag, der sendes i høring", "meeting", ""),
    ("Socialudvalget beslutter at sende udkastet i høring", "meeting", ""),
    ("Udkastet sendes i høring", "hearing", ""),
    # consultations by other words
    ("Forslaget er fremlagt til offentlig debat", "hearing", ""),
    ("Planforslaget fremlægges i offentlig høring", "hearing", ""),
    ("Offentlighedsfase på otte uger", "hearing", ""),
    ("Forslag til lokalplan er offentligt fremlagt", "hearing", ""),
    ("Planen er i offentlig debat", "hearing", ""),
    # limits
    ("Tilbudsfrist", "deadline", ""),
    ("Indkaldelsesfrist for idéer og forslag", "deadline", ""),
    ("Høringssvar fremsendes senest kl. 12", "deadline", ""),
    ("Bemærkninger skal være modtaget i forvaltningen", "deadline", ""),
    ("Ansøgninger indsendes til kommunen", "deadline", ""),
    # compounds
    ("Fyraftensmøde for pårørende", "involvement", ""),
    ("Klimakonference for unge", "involvement", ""),
    ("Pressekonference", "information", ""),
    ("Åbent hus på rådhuset", "involvement", ""),
    ("Byvandring med naboerne", "involvement", ""),
    ("Budgetborgermøde i byrådssalen", "involvement", "public_meeting"),
    # what was adopted is made known
    ("Vedtagelsen offentliggøres", "information", ""),
    ("Den endelige vedtagelse offentliggøres på hjemmesiden", "information", ""),
    ("Byrådets vedtagelse bekendtgøres", "information", ""),
    ("Offentliggørelse af den vedtagne plan", "information", ""),
    ("Byrådet vedtager planen, som derefter offentliggøres", "adoption", ""),
    ("Byrådets beslutning meddeles høringsparterne", "information", ""),
    ("Økonomiudvalget indstiller til byrådet, at planen vedtages", "meeting", "recommendation"),
    ("Partshøring af grundejere", "hearing", ""),
    ("Naboorientering", "information", ""),
    ("Brugerinddragelse", "involvement", ""),
    # the finer kinds
    ("Socialudvalget indstiller strategien til byrådet", "meeting", "recommendation"),
    ("Økonomiudvalget anbefaler budgetrammen godkendt", "budget", ""),
    ("Udvalget anbefaler forslaget over for byrådet", "meeting", "recommendation"),
    ("Temamøde i Børneudvalget", "meeting", "theme_meeting"),
    ("Byrådets temadrøftelse om trafikken", "meeting", "theme_meeting"),
    ("Borgermøde om byens torv", "involvement", "public_meeting"),
    ("Offentligt møde på skolen", "involvement", "public_meeting"),
    ("Workshop med de lokale foreninger", "involvement", "workshop"),
    ("Idéworkshop for unge", "involvement", "workshop"),
    ("Invitation til workshop sendes ud", "involvement", ""),
    ("Interview med medarbejdere", "involvement", ""),
    ("Udvalget drøfter udkastet", "meeting", ""),
]


@pytest.mark.parametrize(("title", "kind", "fine"), KINDS, ids=[title for title, _k, _f in KINDS])
def test_the_kind_of_a_step(title: str, kind: str, fine: str) -> None:
    bodies = [body.kind for body in Directory.of(title).find(title)]
    judged = judge(title, bodies)
    assert judged.kind == kind
    assert finer(judged.kind, title) == (fine or kind)


def test_the_reader_knows_a_kind_of_the_house_for_every_finer_one() -> None:
    from plans.enums import MilestoneKind
    from plans.readers.process_plan.vocabulary import MilestoneCategory

    assert {kind.broad.value for kind in MilestoneKind} == {
        kind.value for kind in MilestoneCategory
    }
