"""The app below plans: people, bodies, meetings, files."""

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

LIBRARIES = {  # what they call themselves is English, or a name that nobody knows
    "axes": _("Sign-in attempts"),
    "mfa": _("Second factor"),
    "socialaccount": _("The municipality's own sign-in"),
    "usersessions": _("Where people are signed in"),
}


class CoreConfig(AppConfig):
    """Core declares its personal data when it is ready."""

    name = "kommuneplan.core"
    label = "core"
    verbose_name = _("Municipality")

    def ready(self) -> None:
        """Fill core's own registries, each by a function called ``register_…``."""
        from kommuneplan.change_reason import register_change_reason

        from . import integrity, upkeep
        from .accounts import mail_kinds, session_store
        from .field_words import register_field_words
        from .history_managers import register_history_managers
        from .notices import mail_kinds as notice_mails
        from .privacy import notice, own
        from .privacy.declarations import register_personal_data
        from .site import fingerprint, open_data
        from .site.form_texts import take_in_one_shape

        fingerprint.register_fingerprint()
        open_data.register_converters()
        register_personal_data()
        integrity.register_own()
        register_change_reason()
        register_history_managers()
        mail_kinds.register_kinds()
        notice_mails.register_kinds()
        upkeep.register_upkeep()
        session_store.register_budgets()
        own.register_handlers()
        notice.register_own()
        take_in_one_shape()
        register_field_words()
        for label, word in LIBRARIES.items():
            apps.get_app_config(label).verbose_name = word
