"""Plans: the text, the process plan, its versions and what is published of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The app of the secretary's plans and the public's timelines."""

    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        from kommuneplan.core import upkeep

        from . import gates  # noqa: F401  (registers what blocks a step)
        from .actions.reading import erase_over
        from .declared import declare_plans
        from .erasing import register_plans

        declare_plans()
        register_plans()
        upkeep.register("plans.notes", erase_over)
