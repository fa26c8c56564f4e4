"""Forms of handling: finding remarks, and what is written of one."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from consultations.enums import PartyCategory, SenderKind
from consultations.models import Remark, Response, StandardAnswer, Theme
from kommuneplan.collation import fold
from kommuneplan.core.forms import SeenVersionForm
from kommuneplan.core.models import User

from .. import remarks
from ..draft import Draft
from ..fields import ALONE, ByUid, RichText, as_shown, long_words, proposals, spot_choices
from ..remarks import Choices

_MOST_WORDS = 8
NONE = "ingen"
_STANDS = {
    "aaben": (_("Not answered"), remarks.UNANSWERED),
    "ny": (_("Not begun"), remarks.NEW),
    "igang": (_("Begun"), remarks.BEGUN),
    "besvaret": (_("Answered"), remarks.ANSWERED),
    "ens": (_("Answered with another"), Q(same_as__isnull=False)),
    "aendring": (_("Leads to a change in the text"), ~Q(wanted_anchor="")),
    "afgjort": (_("Decided otherwise by the committee"), remarks.DECIDED),
}


class Filter(forms.Form):
    """Which remarks somebody wants to see. A filter whose value is not there is left out, and
    said. ``me`` is whose remarks "mine" are."""

    q = forms.CharField(label=_("Search"), max_length=200, required=False)
    stand = forms.ChoiceField(label=_("How far"), required=False)
    tema = forms.ChoiceField(label=_("Theme"), required=False)
    afsnit = forms.ChoiceField(label=_("Section"), required=False)
    ansvarlig = forms.ChoiceField(label=_("Handled by"), required=False)
    forslag = forms.ChoiceField(label=_("Proposal"), required=False)
    afsender = forms.ChoiceField(label=_("From"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        choices: Choices,
        draft: Draft,
        me: User,
    ) -> None:
        super().__init__(data, auto_id="find_%s")
        self.draft, self.me = draft, me
        themes, people = choices.of("theme"), choices.of("person")
        self.keys = {str(one.uid): one.pk for one in [*themes, *people]} | {str(me.uid): me.pk}
        everything = ("", _t("All"))
        offered = {
            "stand": [(code, str(label)) for code, (label, _where) in _STANDS.items()],
            "tema": [(str(one.uid), one.title) for one in themes] + [(NONE, _t("No theme"))],
            "afsnit": [*draft.sections, (NONE, _t("The whole, or no place"))],
            "ansvarlig": [("mig", _t("Me"))]
            + [(str(one.uid), one.title) for one in people if one.pk != me.pk]
            + [(NONE, _t("Nobody"))],
            "forslag": [*proposals(), (NONE, _t("None yet"))],
            "afsender": _senders(),
        }
        for name, known in offered.items():
            self.fields[name].choices = [everything, *known]
            self.fields[name].error_messages["invalid_choice"] = _(
                "There is no “%(value)s” to choose. The list is shown without this filter."
            )

    @cached_property
    def used(self) -> dict[str, Any]:
        """The filters in use."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_used(self) -> bool:
        """Is anything searched for or chosen?"""
        return bool(self.used)

    @property
    def faults(self) -> list[str]:
        """What could not be used, in words."""
        return [str(one) for errors in self.errors.values() for one in errors]

    def filtered(self, rows: QuerySet[Remark]) -> QuerySet[Remark]:
        """The remarks that every filter lets through."""
        used = self.used
        for word in fold(used.get("q", "").replace("\x00", "")).split()[:_MOST_WORDS]:
            rows = rows.filter(search_text__contains=word)
        if "stand" in used:
            rows = rows.filter(_STANDS[used["stand"]][1])
        if "tema" in used:
            rows = rows.filter(theme=self.keys.get(used["tema"]))
        if "afsnit" in used:
            known = [""] if used["afsnit"] == NONE else self.draft.anchors_in(used["afsnit"])
            rows = rows.filter(anchor__in=known)
        if "ansvarlig" in used:
            who = str(self.me.uid) if used["ansvarlig"] == "mig" else used["ansvarlig"]
            rows = rows.filter(assignee=self.keys.get(who))
        if "forslag" in used:
            wanted = "" if used["forslag"] == NONE else used["forslag"]
            rows = rows.filter(proposal=wanted)
        return rows.filter(_from(used["afsender"])) if "afsender" in used else rows

    @property
    def query(self) -> str:
        """The filters in use as they stand in an address."""
        return urlencode(self.used)


def _senders() -> list[tuple[str, str]]:
    kinds = [(f"som-{one.value}", capfirst(str(one.label))) for one in SenderKind]
    parties = [(f"part-{one.value}", capfirst(str(one.label))) for one in PartyCategory]
    return [
        *kinds,
        ("moede", _t("A meeting")),
        ("part", _t("Invited parties, all")),
        *((code, _t("Invited: %(category)s") % {"category": label}) for code, label in parties),
    ]


def _from(code: str) -> Q:
    if code == "moede":
        return Q(meeting__isnull=False)
    whose = Response.objects.filter(pk=OuterRef("response"))
    if code == "part":
        whose = whose.filter(invitation__isnull=False)
    elif code.startswith("part-"):
        whose = whose.filter(invitation__party__category=code.removeprefix("part-"))
    else:
        whose = whose.filter(sender_kind=code.removeprefix("som-"))
    return Q(Exists(whose))


class HandleForm(SeenVersionForm):
    """What is written of one remark. What another remark answers has no reply of its own."""

    reply = RichText(
        label=_("The administration's reply"),
        help_text=_("An empty line begins a new paragraph; “- ” begins a point of a list."),
    )
    proposal = forms.ChoiceField(
        label=_("The administration proposes"), widget=forms.RadioSelect, required=False
    )
    reason = long_words(label=_("Reason"), required=False)
    theme = ByUid(Theme.objects.none(), label=_("Theme"), empty_label=_("No theme"))
    assignee = ByUid(User.objects.none(), label=_("Handled by"), empty_label=_("Nobody"))
    anchor = forms.ChoiceField(label=_("Is about"), required=False)
    wanted_anchor = forms.ChoiceField(label=_("Paragraph that is to change"), required=False)
    wanted_change = long_words(2, label=_("What is to be changed"), required=False)

    def __init__(
        self,
        data: Any,
        *,
        remark: Remark,
        draft: Draft,
        themes: QuerySet[Theme],
        people: QuerySet[User],
    ) -> None:
        super().__init__(data, initial={**as_shown(remark), "seen": remark.version})
        self.fields["proposal"].choices = proposals(_t("Undecided"))
        self.fields["theme"].queryset = themes
        self.fields["assignee"].queryset = people | User.objects.filter(pk=remark.assignee_id)
        self.fields["assignee"].label_from_instance = lambda row: row.name or row.email
        spots = list(draft.spots.values())
        self.fields["anchor"].choices = spot_choices(
            _t("The plan as a whole"), spots, remark.anchor
        )
        self.fields["wanted_anchor"].choices = spot_choices(
            _t("None"), spots, remark.wanted_anchor, draft.new_spots
        )
        if remark.same_as_id is not None:
            for name in ALONE:
                del self.fields[name]


class AnswerChoice(forms.Form):
    """A standard answer to copy in."""

    answer = ByUid(
        StandardAnswer.objects.none(), label=_("Standard answer"), empty_label=_("Choose")
    )

    def __init__(self, data: Any = None, *, answers: QuerySet[StandardAnswer]) -> None:
        super().__init__(data, auto_id="copy_%s")
        self.fields["answer"].queryset = answers


class DecideForm(SeenVersionForm):
    """What the committee decided where it was another thing than proposed."""

    decision = forms.ChoiceField(label=_("The committee decided"), required=False)
    decision_words = long_words(2, label=_("The committee's words"), required=False)

    def __init__(self, data: Any, *, remark: Remark) -> None:
        known = {"decision": remark.decision, "decision_words": remark.decision_words}
        super().__init__(data, initial={**known, "seen": remark.version}, auto_id="decide_%s")
        self.fields["decision"].choices = proposals(_t("As the administration proposed"))


class JoinForm(SeenVersionForm):
    """The number of the remark that this one is answered with."""

    number = forms.IntegerField(
        label=_("Is answered together with no."),
        min_value=1,
        max_value=2**31 - 1,
        error_messages={"required": _("Write the number of the other remark.")},
    )

    def __init__(self, data: Any, *, remark: Remark) -> None:
        super().__init__(data, initial={"seen": remark.version}, auto_id="join_%s")
