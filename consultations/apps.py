"""Consultations: rounds, parties, responses, remarks and the report."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationsConfig(AppConfig):
    """The app of the rounds in which a draft is answered."""

    name = "consultations"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from . import (
            council_desk,
            gates,  # noqa: F401  (registers what blocks the announcing)
            letters,
            mails,
        )
        from .actions import examining, forgetting, inviting, packaging, reporting
        from .actions.quotes import tell_plans_of_quotes
        from .actions.rescanning import look_after
        from .declared import declare_consultations
        from .panels import tell_plans
        from .told import tell_handling

        declare_consultations()
        examining.register_jobs()
        packaging.register_jobs()
        reporting.register_jobs()
        mails.register_kinds()
        council_desk.tell_desk()
        forgetting.look_after()
        letters.register_kinds()
        inviting.look_after()
        tell_plans()
        tell_plans_of_quotes()
        look_after()
        tell_handling()
