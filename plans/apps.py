"""Plans: the text, the process plan, its versions and what is published of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The app of the secretary's plans and the public's timelines."""

    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        """Fill the registries of core and of documents, each by a function ``register_…``."""
        from kommuneplan.access import register_straight_in

        from .addresses import register_converters
        from .agenda_papers import room as papers
        from .annexes import part as annexes
        from .annexes import room as annex_room
        from .decisions import room as overview
        from .desk import (
            agenda_tasks,
            duties_tasks,
            indicators_tasks,
            initiatives_tasks,
            promise_tasks,
            tasks,
        )
        from .details import room as structure
        from .document import first_parts
        from .duties import notices as duty_notices
        from .duties import room as duties
        from .effects import marking as effect_marks
        from .effects import room as effects
        from .exports import whole
        from .focus import room as focus
        from .focus.actions import marking as focus_marks
        from .follow import budgets as follow_budgets
        from .follow import mail_kinds as follow_mails
        from .follow import telling as follow_telling
        from .history import room as history
        from .indicators import frozen as frozen_indicators
        from .indicators import open_table as indicator_table
        from .indicators import reminding as measuring
        from .indicators import room as indicators
        from .initiatives import building as initiatives_part
        from .initiatives import room as initiatives
        from .initiatives.actions import marking as initiative_marks
        from .lifecycle import gates, usual_people
        from .members.actions import reading
        from .notices import before_bodies, deadlines, questions
        from .notices import promises as promise_notices
        from .notices import work as plan_work
        from .notices.telling import tell_appointed
        from .open_data import register as open_data
        from .permissions import READ_AS_MEMBER, register_rights_in_the_admin
        from .personal_data import register_personal_data, register_sealed_versions
        from .process import room as process
        from .process.actions import marking
        from .public import fingerprint, happenings, metadata, searched
        from .public_search import upkeep as public_search
        from .requests import room as promises
        from .search import agenda_items
        from .search import initiatives as found_initiatives
        from .search import own as found
        from .setup import steps
        from .status_reports import room as status_reports
        from .text import room as text
        from .versions import hidden_again
        from .versions import room as versions
        from .year_wheel import sources as year_wheel

        register_converters()
        fingerprint.register_fingerprint()
        first_parts.register_first_parts()
        annexes.register_parts()
        frozen_indicators.register_indicators()
        open_data.register_open_tables()
        indicator_table.register_open_table()
        metadata.register_findable()
        whole.register_exports()
        happenings.register_own()
        follow_mails.register_kinds()
        follow_budgets.register_budgets()
        follow_telling.register_upkeep()
        register_personal_data()
        register_sealed_versions()
        hidden_again.register_hidden()
        effects.register_effects()
        for wing in (
            overview,
            text,
            annex_room,
            papers,
            process,
            structure,
            focus,
            versions,
            history,
            initiatives,
            duties,
            indicators,
            effects,
            promises,
            status_reports,
        ):
            wing.register_rooms()
        marking.register_mark_kinds()
        focus_marks.register_mark_kinds()
        initiative_marks.register_mark_kinds()
        initiatives_part.register_parts()
        effect_marks.register_mark_kinds()
        register_rights_in_the_admin()
        register_straight_in(READ_AS_MEMBER)
        gates.register_gates()
        usual_people.register_usual_people(tell_appointed)
        tasks.register_tasks()
        agenda_tasks.register_tasks()
        initiatives_tasks.register_tasks()
        indicators_tasks.register_tasks()
        promise_tasks.register_tasks()
        duties_tasks.register_tasks()
        for tells in (
            before_bodies,
            questions,
            plan_work,
            deadlines,
            promise_notices,
            duty_notices,
            measuring,
        ):
            tells.register_notices()
        found.register_kinds()
        agenda_items.register_kinds()
        found_initiatives.register_kinds()
        searched.register_plans()
        public_search.register_index(self)
        steps.register_steps()
        year_wheel.register_wheel()
        reading.register_upkeep()
