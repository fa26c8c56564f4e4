"""Where core, and the parts of others it uses, may hold personal data.

Grounds: what is filed must stay (GDPR art. 17(3)(b) with offentlighedsloven § 15 and
arkivloven); accounts and roles exist for a task in the public interest (art. 6(1)(e)) and go
when it ends; protocols of sign-ins serve security (art. 32) and go after a year.
"""

from __future__ import annotations

from .places import DataPlace, ErasureAct, Term, declare

TASK = "GDPR art. 6(1)(e)"
FILED = "GDPR art. 17(3)(b), offentlighedsloven § 15"
SECURITY = "GDPR art. 32"
WHO_DID_IT = "GDPR art. 5(2), forvaltningsloven § 24"
WHEN_OVER = Term(0, "expire_date")
THREE_MONTHS = Term(90, "due_at")
TWO_YEARS = Term(730, "created_at", by="core.mails")


def fields(
    model: str, names: str, act: ErasureAct, ground: str, term: Term | None = None
) -> list[DataPlace]:
    """The places of some fields, named with spaces between."""
    return [DataPlace(f"{model}.{name}", act, ground, term) for name in names.split()]


def tracked(
    model: str, names: str, act: ErasureAct, ground: str, term: Term | None = None
) -> list[DataPlace]:
    """The same fields in a model and in its history, with who wrote the history and why."""
    app, _dot, name = model.rpartition(".")
    history = f"{app}.Historical{name}"
    return [
        *fields(model, names, act, ground, term),
        *fields(history, names, act, ground, term),
        *written_by(history),
    ]


def written_by(history: str) -> list[DataPlace]:
    """Who wrote a history row (erased: nobody), and the reason they gave."""
    return [
        DataPlace(f"{history}.history_user", ErasureAct.REDACT, WHO_DID_IT),
        DataPlace(f"{history}.history_change_reason", ErasureAct.REDACT, WHO_DID_IT),
    ]


def register_personal_data() -> None:
    """Called once, when the app is ready."""
    declare(
        *tracked("core.User", "email name", ErasureAct.ERASE, TASK),
        *fields("core.User", "password last_login date_joined", ErasureAct.ERASE, TASK),
        *fields("core.HistoricalUser", "date_joined", ErasureAct.ERASE, TASK),
        *fields("core.User", "groups user_permissions", ErasureAct.ERASE, TASK),
        *fields("core.User_groups", "user", ErasureAct.ERASE, TASK),
        *fields("core.User_user_permissions", "user", ErasureAct.ERASE, TASK),
        *tracked("core.Membership", "user", ErasureAct.ERASE, TASK),
        *tracked("core.Invitation", "email name created_by", ErasureAct.ERASE, TASK),
        *tracked("core.StoredFile", "content name created_by", ErasureAct.RETAIN, FILED),
        *tracked(
            "core.Municipality",
            "name genitive address web_address contact_email contact_phone accessibility_statement"
            " dpo_name dpo_email dpo_phone privacy_purpose privacy_basis privacy_recipients"
            " privacy_kept statement_issues status_headings",
            ErasureAct.RETAIN,
            TASK,
        ),
        *tracked("core.Body", "name", ErasureAct.RETAIN, TASK),
        *tracked("core.Meeting", "place", ErasureAct.RETAIN, FILED),
        *written_by("core.HistoricalBodyTerm"),
        # the histories tell what was done; the admin's own log goes with the person
        *fields("admin.LogEntry", "user", ErasureAct.ERASE, WHO_DID_IT),
        *fields("admin.LogEntry", "object_repr change_message", ErasureAct.REDACT, WHO_DID_IT),
        *fields("sessions.Session", "session_data", ErasureAct.ERASE, SECURITY, WHEN_OVER),
    )
    declare_sign_in()
    declare_mail()
    since = "attempt_time"
    for model, names in {
        "axes.AccessAttempt": "get_data post_data",
        "axes.AccessFailureLog": "",
        "axes.AccessLog": "",
    }.items():
        always = "user_agent ip_address username http_accept path_info"
        declare(*fields(model, f"{always} {names}", ErasureAct.ERASE, SECURITY, Term(365, since)))


def declare_sign_in() -> None:
    """What django-allauth keeps: second factors, sessions, and links to the municipality's own
    sign-in. Its tables for sign-up and for applications stay empty here; they are declared all
    the same, because they exist."""
    declare(
        *fields("mfa.Authenticator", "user data", ErasureAct.ERASE, TASK),
        *fields(
            "usersessions.UserSession",
            "user ip user_agent data",
            ErasureAct.ERASE,
            SECURITY,
            Term(365, "last_seen_at"),
        ),
        *fields("account.EmailAddress", "user email", ErasureAct.ERASE, TASK),
        *fields("account.EmailConfirmation", "key", ErasureAct.ERASE, TASK),
        *fields(
            "socialaccount.SocialAccount", "user provider uid extra_data", ErasureAct.ERASE, TASK
        ),
        *fields("socialaccount.SocialToken", "token token_secret", ErasureAct.ERASE, TASK),
        *fields(
            "socialaccount.SocialApp",
            "provider_id name client_id secret key settings",
            ErasureAct.RETAIN,
            TASK,
        ),
    )


def declare_mail() -> None:
    """The outbox and the worker.

    A mail is kept two years: that it was sent, when and to whom. Its text, which can hold a link
    with a secret, goes some days after sending (at once for a new password). A notice, who was
    told of which thing, goes after three months; what a person has turned off goes with them. Jobs
    and the queue hold ids; post-office's templates, attachments and log are not used, and django-q
    keeps no results. An erasure is a salted digest and a time.
    """
    declare(
        *fields("core.Mail", "address created_by", ErasureAct.ERASE, TASK, TWO_YEARS),
        *fields("core.Mail", "reference", ErasureAct.ERASE, TASK, TWO_YEARS),
        *fields("core.Notice", "user", ErasureAct.ERASE, TASK, THREE_MONTHS),
        *fields("core.NoticeTurnedOff", "user", ErasureAct.ERASE, TASK),
        *fields("core.Job", "created_by", ErasureAct.REDACT, WHO_DID_IT),
        *fields(
            "post_office.Email",
            "from_email to cc bcc subject message html_message message_id headers context"
            " backend_alias",
            ErasureAct.ERASE,
            TASK,
            Term(730, "mail__created_at", by="core.mails"),
        ),
        *fields("post_office.Log", "message exception_type", ErasureAct.ERASE, TASK),
        *fields(
            "post_office.EmailTemplate",
            "name description subject content html_content",
            ErasureAct.RETAIN,
            TASK,
        ),
        *fields("post_office.Attachment", "file name mimetype headers", ErasureAct.ERASE, TASK),
        *fields("django_q.OrmQ", "key payload", ErasureAct.RETAIN, TASK),
        *fields(
            "django_q.Task",
            "name func hook args kwargs result group cluster",
            ErasureAct.RETAIN,
            TASK,
        ),
        *fields(
            "django_q.Schedule",
            "name func hook args kwargs cron task cluster intended_date_kwarg",
            ErasureAct.RETAIN,
            TASK,
        ),
    )
