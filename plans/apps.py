"""Plans: the text, the process plan, its versions and what is published of them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The app of the secretary's plans and the public's timelines."""

    name = "plans"
    verbose_name = _("Plans")

    def ready(self) -> None:
        """Fill the registries of core and of documents, each by a function ``register_…``."""
        from .desk import tasks
        from .document import first_parts
        from .exports import whole
        from .lifecycle import gates
        from .members.actions import reading
        from .personal_data import register_personal_data, register_sealed_versions

        first_parts.register_first_parts()
        whole.register_exports()
        register_personal_data()
        register_sealed_versions()
        gates.register_gates()
        tasks.register_tasks()
        reading.register_upkeep()
