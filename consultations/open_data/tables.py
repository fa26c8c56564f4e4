"""The columns of what is given out of consultations. Their names never change; new ones come
last."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommuneplan.documents.tables import ColumnKind, DataColumn, DataTable

_ADDRESS, _DAY, _INSTANT = ColumnKind.ADDRESS, ColumnKind.DAY, ColumnKind.INSTANT
_LIST, _NUMBER, _YES = ColumnKind.LIST, ColumnKind.NUMBER, ColumnKind.YES

CONSULTATIONS = DataTable(
    "hoeringer",
    _("Consultations"),
    _("Every consultation that everybody may answer: open, coming, ended and withdrawn."),
    (
        DataColumn("id", _("The consultation, for ever")),
        DataColumn("titel", _("The title of the consultation")),
        DataColumn("tilstand", _("Where it stands now")),
        DataColumn("tilstand_kode", _("The same as a code")),
        DataColumn("plan_id", _("The plan it is about")),
        DataColumn("plan", _("The title of the plan as it was sent out")),
        DataColumn("udvalg", _("The body that is responsible")),
        DataColumn("aabner", _("When it opens"), _INSTANT),
        DataColumn("frist", _("The instant from which it is too late"), _INSTANT),
        DataColumn("sidste_dag", _("The last day on which one can answer"), _DAY),
        DataColumn("om", _("What it is about, in plain words")),
        DataColumn("trukket_tilbage", _("Why it was withdrawn")),
        DataColumn("side", _("The page of the consultation"), _ADDRESS),
        DataColumn("svar", _("The responses that are shown, as JSON"), _ADDRESS),
    ),
)

RESPONSES = DataTable(
    "svar",
    _("Responses"),
    _(
        "The responses to a consultation as everybody reads them: words that were taken out are "
        "marked and not told. Of one that is hidden or withdrawn there is only its number."
    ),
    (
        DataColumn("nummer", _("The number of the response in its consultation"), _NUMBER),
        DataColumn("vises", _("Whether it is shown, and else why not")),
        DataColumn("vises_kode", _("The same as a code")),
        DataColumn("afsender", _("Who has sent it, as everybody may read it")),
        DataColumn("slags", _("What kind of sender it is")),
        DataColumn("slags_kode", _("The same as a code")),
        DataColumn("modtaget", _("The day on which it was received"), _DAY),
        DataColumn("kom_som", _("How it came")),
        DataColumn("kom_som_kode", _("The same as a code")),
        DataColumn("bekraeftet", _("Whether the sender has confirmed the address"), _YES),
        DataColumn("efter_fristen", _("Whether it came after the deadline and takes part"), _YES),
        DataColumn("ingen_bemaerkninger", _("Whether it says that there are no remarks"), _YES),
        DataColumn("tekst", _("What it says of the whole")),
        DataColumn("bilag", _("The titles of its annexes"), _LIST),
        DataColumn("side", _("The page of the response"), _ADDRESS),
    ),
)

PARTS = DataTable(
    "svar-dele",
    _("Parts of the responses"),
    _("What the responses that are shown say to each question and each paragraph."),
    (
        DataColumn("id", _("The part of the response, for ever")),
        DataColumn("nummer", _("The number of the response in its consultation"), _NUMBER),
        DataColumn("til", _("A question or a paragraph")),
        DataColumn("til_kode", _("The same as a code")),
        DataColumn("spoergsmaal", _("The question")),
        DataColumn("sted", _("The paragraph: its mark on the page of the consultation")),
        DataColumn("tekst", _("What is said")),
    ),
)

REMARKS = DataTable(
    "bemaerkninger",
    _("Remarks and replies"),
    _("The remarks of the published report, what the administration replies, and what came of it."),
    (
        DataColumn("nummer", _("The number of the remark in its consultation"), _NUMBER),
        DataColumn("id", _("The remark, for ever")),
        DataColumn("tema", _("The theme it is under")),
        DataColumn("afsender", _("Who says it, as everybody may read it")),
        DataColumn("svar", _("The number of the response it stands in"), _NUMBER),
        DataColumn("afsendere", _("How many senders say the same"), _NUMBER),
        DataColumn("sted", _("The place in the draft it is about")),
        DataColumn("citat", _("The words of that place when the draft was sent out")),
        DataColumn("bemaerkning", _("What is said")),
        DataColumn("forvaltningens_svar", _("What the administration replies")),
        DataColumn("forvaltningen_foreslaar", _("What the administration proposes")),
        DataColumn("forvaltningen_foreslaar_kode", _("The same as a code")),
        DataColumn("begrundelse", _("Why")),
        DataColumn("udvalgets_beslutning", _("What the committee decided, where it said more")),
        DataColumn("efter_fristen", _("Whether it came after the deadline"), _YES),
        DataColumn("aendringer", _("The numbers of the changes it led to"), _LIST),
    ),
)

PARTIES = DataTable(
    "parter",
    _("Parties"),
    _("Who was asked, and who answered, as the published report tells it."),
    (
        DataColumn("part", _("The name of the party")),
        DataColumn("slags", _("What kind of party it is")),
        DataColumn("slags_kode", _("The same as a code")),
        DataColumn("status", _("Whether it has answered")),
        DataColumn("status_kode", _("The same as a code")),
        DataColumn("besvaret", _("The day of its answer"), _DAY),
        DataColumn("egen_frist", _("Its own last day, where it has one"), _DAY),
        DataColumn("svar", _("The number of its response"), _NUMBER),
    ),
)

CHANGES = DataTable(
    "aendringer",
    _("Changes after the consultation"),
    _("What the published report says was changed in the draft, and for which remarks."),
    (
        DataColumn("nummer", _("The number of the change"), _NUMBER),
        DataColumn("sted", _("The place in the draft")),
        DataColumn("foer", _("The words before; empty where something was added")),
        DataColumn("efter", _("The words after; empty where something was taken away")),
        DataColumn("bemaerkninger", _("The numbers of the remarks it answers"), _LIST),
    ),
)

OF_RESPONSES = {table.key: table for table in (RESPONSES, PARTS)}
OF_THE_REPORT = {table.key: table for table in (REMARKS, PARTIES, CHANGES)}
