"""The app below plans: people, bodies, meetings, files."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Core declares its personal data when it is ready."""

    name = "kommuneplan.core"
    label = "core"
    verbose_name = _("Municipality")

    def ready(self) -> None:
        """Fill core's own registries, each by a function called ``register_…``."""
        from kommuneplan.change_reason import register_change_reason

        from . import upkeep
        from .accounts import mail_kinds
        from .privacy import own
        from .privacy.declarations import register_personal_data
        from .site.invisible_text import see_in_forms

        register_personal_data()
        register_change_reason()
        mail_kinds.register_kinds()
        upkeep.register_upkeep()
        own.register_handlers()
        see_in_forms()
        apps.get_app_config("axes").verbose_name = _("Sign-in attempts")  # its own is "AXES"
