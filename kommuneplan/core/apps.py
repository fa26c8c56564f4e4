"""The app below plans: people, bodies, meetings, files."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Core declares its personal data when it is ready."""

    name = "kommuneplan.core"
    label = "core"
    verbose_name = _("Municipality")

    def ready(self) -> None:
        from . import erasing_own, upkeep
        from .declared import declare_core
        from .mail.own import register_own
        from .visible import see_in_forms

        declare_core()
        see_in_forms()
        register_own()
        upkeep.register_own()
        erasing_own.register_own()
        apps.get_app_config("axes").verbose_name = _("Sign-in attempts")  # its own is "AXES"
