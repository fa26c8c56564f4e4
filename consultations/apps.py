"""Consultations: rounds, parties, responses, remarks and the report."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """The app of the rounds in which a draft is answered."""

    name = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        """Fill the registries of core and plans, each by a function called ``register_…``."""
        from plans.versions.actions.freezing import register_witness

        from .alike import actions as alike
        from .answering import budgets
        from .answering.actions import forgetting, looking
        from .handling import readiness
        from .handling.actions import quotes
        from .handling.actions.resolving import resolve_changes
        from .hooks import (
            desk,
            happenings,
            members,
            public_pages,
            public_search,
            search,
            setup,
            shelves,
            text_room,
            year_wheel,
        )
        from .notices import kinds as notice_kinds
        from .open_data import register as open_data
        from .parties import mail_kinds
        from .parties.actions import invitations
        from .permissions import register_rights_in_the_admin
        from .personal_data import register_personal_data
        from .public import fingerprint, metadata
        from .reports import integrity
        from .reports.actions import notifying, packaging, reporting
        from .responses import mails
        from .review import hidden_again
        from .review.actions import annexes, rescanning
        from .rounds import gates, room

        fingerprint.register_fingerprint()
        register_personal_data()
        register_rights_in_the_admin()
        hidden_again.register_hidden()
        integrity.register_own()
        budgets.register_budgets()
        room.register_rooms()
        open_data.register_open_tables()
        metadata.register_findable()
        for wing in (gates, readiness):
            wing.register_gates()
        for made_in_the_background in (annexes, looking, alike, packaging, reporting, notifying):
            made_in_the_background.register_jobs()
        for writes_mails in (mails, mail_kinds):
            writes_mails.register_kinds()
        for every_hour in (forgetting, rescanning, invitations):
            every_hour.register_upkeep()
        notice_kinds.register_notices()
        public_pages.register_public_pages()
        happenings.register_round_happenings()
        members.register_members()
        desk.register_desk_tasks()
        shelves.register_shelves()
        text_room.register_text_room()
        search.register_kinds()
        public_search.register_public_search()
        setup.register_steps()
        year_wheel.register_rounds_of_the_year()
        quotes.register_quotes()
        register_witness(resolve_changes)
