"""The columns of what is given out of plans. Their names never change; new ones come last."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kommuneplan.documents.tables import ColumnKind, DataColumn, DataTable

_ADDRESS, _DAY, _INSTANT = ColumnKind.ADDRESS, ColumnKind.DAY, ColumnKind.INSTANT
_LIST, _NUMBER, _YES = ColumnKind.LIST, ColumnKind.NUMBER, ColumnKind.YES

PLANS = DataTable(
    "planer",
    _("Plans"),
    _("Every plan that is published, as it is told on its page."),
    (
        DataColumn("id", _("The plan, for ever")),
        DataColumn("titel", _("The title of the plan")),
        DataColumn("slags", _("What kind of plan it is")),
        DataColumn("slags_kode", _("The same as a code")),
        DataColumn("tilstand", _("Where the plan stands today")),
        DataColumn("tilstand_kode", _("The same as a code")),
        DataColumn("udvalg", _("The body that is responsible")),
        DataColumn("under_id", _("The plan it stands under")),
        DataColumn("version", _("The number of the version that is published"), _NUMBER),
        DataColumn("offentliggjort", _("When that version was published"), _INSTANT),
        DataColumn("segl", _("The seal of that version")),
        DataColumn("gaelder_til", _("The last day on which the plan applies"), _DAY),
        DataColumn("ophaevet", _("The day from which it is repealed"), _DAY),
        DataColumn("side", _("The page of the plan"), _ADDRESS),
        DataColumn("procesplan", _("Its process plan, as JSON"), _ADDRESS),
    ),
)

PROCESS_PLAN = DataTable(
    "procesplan",
    _("Process plan"),
    _(
        "The milestones of a plan in the order of time. A date is as precise as it was written: "
        "it begins and ends between an earliest and a latest day. A day that is empty is open."
    ),
    (
        DataColumn("id", _("The milestone, for ever")),
        DataColumn("emne", _("What happens")),
        DataColumn("hvornaar", _("The date in words, as on the page")),
        DataColumn("betyder", _("What a vague date covers, in words")),
        DataColumn("skrevet", _("The date as somebody wrote it")),
        DataColumn("begynder_tidligst", _("The first day on which it can begin"), _DAY),
        DataColumn("begynder_senest", _("The last day on which it can begin"), _DAY),
        DataColumn("slutter_tidligst", _("The first day on which it can end"), _DAY),
        DataColumn("slutter_senest", _("The last day on which it can end"), _DAY),
        DataColumn("praecision", _("How precise the date is")),
        DataColumn("praecision_kode", _("The same as a code")),
        DataColumn("forbehold", _("Whether it is no later than, no earlier than, or about")),
        DataColumn("forbehold_kode", _("The same as a code")),
        DataColumn("slags", _("What kind of milestone it is")),
        DataColumn("slags_kode", _("The same as a code")),
        DataColumn("hvem", _("The bodies and units that take part"), _LIST),
        DataColumn("fase", _("The phase it belongs to")),
        DataColumn("fase_id", _("The phase, for ever")),
        DataColumn("under_id", _("The milestone it is a part of")),
        DataColumn("betinget", _("Whether it takes place only if something else does"), _YES),
        DataColumn("tilstand", _("Planned, done or cancelled")),
        DataColumn("tilstand_kode", _("The same as a code")),
        DataColumn("gennemfoert", _("The day on which it was done"), _DAY),
        DataColumn("moede", _("Whether it is at a meeting of a body"), _YES),
        DataColumn("klokken", _("When the meeting begins")),
        DataColumn("sted", _("Where the meeting is")),
        DataColumn("beskrivelse", _("More about it")),
    ),
)

NEW_DATES = DataTable(
    "nye-datoer",
    _("New dates"),
    _("The published dates of milestones that no longer hold, with the reason."),
    (
        DataColumn("id", _("The milestone and the number of the change")),
        DataColumn("milepael_id", _("The milestone in the process plan")),
        DataColumn("emne", _("What happens")),
        DataColumn("var", _("The earlier date in words")),
        DataColumn("var_tidligst", _("The first day of the earlier date"), _DAY),
        DataColumn("var_senest", _("The last day of the earlier date"), _DAY),
        DataColumn("er", _("The date in words as it is now")),
        DataColumn("begrundelse", _("Why the date was changed")),
        DataColumn("besluttet", _("Where it was decided")),
        DataColumn("aendret", _("The day on which it was changed"), _DAY),
    ),
)

DECISIONS = DataTable(
    "beslutninger",
    _("Decisions"),
    _("What the bodies have decided of the plan, as it is told on its page."),
    (
        DataColumn("id", _("The plan, what was decided, and the day")),
        DataColumn("hvad", _("What was decided")),
        DataColumn("hvad_kode", _("The same as a code")),
        DataColumn("organ", _("The body that decided")),
        DataColumn("dato", _("The day of the decision"), _DAY),
        DataColumn("udfald", _("The outcome; empty where the item was closed")),
        DataColumn("udfald_kode", _("The same as a code")),
        DataColumn("ordlyd", _("From the protocol; empty where the item was closed")),
        DataColumn("protokol", _("The address of the protocol"), _ADDRESS),
        DataColumn("lukket_punkt", _("Whether the item was closed to the public"), _YES),
    ),
)

OF_A_PLAN = {table.key: table for table in (PROCESS_PLAN, NEW_DATES, DECISIONS)}
"""The tables that stand beside the page of a plan, by the end of their address. A wing above adds
its own by ``register_plan_table`` (``register.py``)."""
