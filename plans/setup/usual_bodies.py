"""The bodies a Danish municipality usually has, proposed to whoever sets one up.

What the law asks for is said beside them: kommunestyrelsesloven (KSL) §§ 2 and 17, and
retssikkerhedsloven §§ 30 and 37 a. Names differ; each can be changed before it is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

COUNCIL, FINANCE, COMMITTEE, ADVISORY = "council", "finance", "committee", "advisory"
ADMINISTRATION = "administration"


@dataclass(frozen=True, slots=True)
class UsualBody:
    """A body as it is proposed. ``names``: what it is called elsewhere too, so that one that is
    there already is not proposed again; the first is the proposal. ``ticked``: the law asks for it
    or nearly every municipality has it."""

    key: str
    names: tuple[str, ...]
    kind: str
    abbreviation: str = ""
    law: Any = ""
    ticked: bool = False
    papers_due_days: int = 14

    @property
    def name(self) -> str:
        """What it is called unless somebody says otherwise."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class BodyGroup:
    """Usual bodies of one sort."""

    title: Any
    about: Any
    bodies: tuple[UsualBody, ...]


USUAL: tuple[BodyGroup, ...] = (
    BodyGroup(
        _("Council and finance committee"),
        _("Every municipality has both (KSL §§ 2 and 17)."),
        (
            UsualBody(
                "council",
                ("Byrådet", "Kommunalbestyrelsen", "Borgerrepræsentationen", "Byråd"),
                COUNCIL,
                law=_("Has the last word. Elected for four years (KSL § 2)."),
                ticked=True,
            ),
            UsualBody(
                "finance",
                ("Økonomiudvalget", "Økonomi- og Erhvervsudvalget", "Økonomiudvalg"),
                FINANCE,
                "ØU",
                law=_("Is asked before the council where money is concerned (KSL §§ 17 and 18)."),
                ticked=True,
            ),
        ),
    ),
    BodyGroup(
        _("Committees"),
        _("The council has at least one standing committee (KSL § 17). You choose the names."),
        (
            UsualBody("social", ("Socialudvalget", "Social- og Sundhedsudvalget"), COMMITTEE, "SU"),
            UsualBody("health", ("Sundhedsudvalget", "Sundheds- og Ældreudvalget"), COMMITTEE),
            UsualBody("children", ("Børne- og Ungdomsudvalget", "Børne- og Ungeudvalget",
                                   "Børne- og Skoleudvalget"), COMMITTEE, "BUU"),
            UsualBody("technical", ("Teknik- og Miljøudvalget", "Klima- og Miljøudvalget",
                                    "Plan- og Teknikudvalget"), COMMITTEE, "TMU"),
            UsualBody("culture", ("Kultur- og Fritidsudvalget",), COMMITTEE, "KFU"),
            UsualBody("employment", ("Beskæftigelsesudvalget", "Arbejdsmarkedsudvalget",
                                     "Beskæftigelses- og Integrationsudvalget"), COMMITTEE, "BU"),
        ),
    ),
    BodyGroup(
        _("Advisory councils"),
        _("They are heard. Two of them the law asks for; the others you have if you wish."),
        (
            UsualBody(
                "seniors",
                ("Ældrerådet", "Seniorrådet"),
                ADVISORY,
                law=_("The law asks for it (retssikkerhedsloven § 30): heard before decisions "
                      "about the elderly."),
                ticked=True,
            ),
            UsualBody(
                "disability",
                ("Handicaprådet",),
                ADVISORY,
                law=_("The law asks for it (retssikkerhedsloven § 37 a): heard about initiatives "
                      "that matter to people with disabilities."),
                ticked=True,
            ),
            UsualBody("at-risk", ("Udsatterådet",), ADVISORY),
            UsualBody("integration", ("Integrationsrådet",), ADVISORY),
            UsualBody("youth", ("Ungdomsrådet", "Ungerådet", "Børne- og ungerådet"), ADVISORY),
            UsualBody("education", ("Folkeoplysningsudvalget",), ADVISORY),
            UsualBody("local", ("Lokaludvalget", "Lokalrådet"), ADVISORY),
        ),
    ),
    BodyGroup(
        _("The administration"),
        _("Those who write and carry out, as they are called in your process plans."),
        (
            UsualBody(
                "social-administration",
                ("Socialforvaltningen", "Social- og Sundhedsforvaltningen"),
                ADMINISTRATION,
            ),
            UsualBody("staff", ("Direktionen",), ADMINISTRATION),
        ),
    ),
)  # fmt: skip

ALL = {body.key: body for group in USUAL for body in group.bodies}
