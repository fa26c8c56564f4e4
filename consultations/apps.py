"""Consultations: rounds, parties, responses, remarks and the report."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """The app of the rounds in which a draft is answered."""

    name = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from plans.actions.freezing import when_frozen

        from . import (
            gates,  # noqa: F401  (registers what blocks the announcing)
            letters,
            mails,
            members,
            panels,
            readiness,  # noqa: F401  (registers what blocks "ready for the agenda")
            waiting,
        )
        from .actions import (
            examining,
            forgetting,
            inviting,
            packaging,
            quotes,
            reporting,
            rescanning,
            telling,
        )
        from .actions.resolving import resolve_changes
        from .declared import declare_consultations

        declare_consultations()
        for made_in_the_background in (examining, packaging, reporting, telling):
            made_in_the_background.register_jobs()
        for writes_mails in (mails, letters):
            writes_mails.register_kinds()
        for every_hour in (forgetting, rescanning, inviting):
            every_hour.look_after()
        panels.tell_plans()
        members.tell_members()
        waiting.tell_desk()
        quotes.tell_plans_of_quotes()
        when_frozen(resolve_changes)
