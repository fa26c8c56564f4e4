"""Settings of one installation, which is one municipality.

Everything that differs between machines comes from the environment (or a file ``.env``);
everything the municipality decides for itself lies in the database (``Municipality``).
"""

from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from environs import Env
from js_asset import static_lazy

from kommuneplan.sign_in_settings import *  # noqa: F403
from kommuneplan.sign_in_settings import OIDC_ORIGINS
from kommuneplan.strangers_settings import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)  # what shows the inside of the house is asked for, never a default
DEVELOPMENT_KEY = "only-for-a-machine-of-ones-own"
SECRET_KEY = env.str("SECRET_KEY", "") or (DEVELOPMENT_KEY if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: set it to something long and secret, or, on a machine of one's "
        "own, set DEBUG=true."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
CODE_REVISION = env.str("CODE_REVISION", "") or "dev"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "crispy_forms",
    "rules.apps.AutodiscoverRulesConfig",
    "django_htmx",
    "csp",
    "django_prose_editor",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "post_office",
    "django_q",
    "kommuneplan.core",
    "plans",
    "consultations",
]

MIDDLEWARE = [
    "kommuneplan.head.HeadMiddleware",
    "kommuneplan.packed.PackedMiddleware",
    "kommuneplan.client_address.ClientAddressMiddleware",
    "kommuneplan.clock.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kommuneplan.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kommuneplan.core.accounts.attempts.KnownBrowserMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kommuneplan.core.accounts.second_factor.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
    "kommuneplan.read_only.ReadOnlyMiddleware",
]
if DEBUG:
    # In production the static files are served in front of Django: see wsgi.py.
    MIDDLEWARE.insert(4, "whitenoise.middleware.WhiteNoiseMiddleware")

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

ROOT_URLCONF = "kommuneplan.urls"
WSGI_APPLICATION = "kommuneplan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": ["kommuneplan.core.site.isolating.Templates"],  # a person's words apart
            "builtins": ["kommuneplan.core.templatetags.directions"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kommuneplan.core.site.context.municipality",
            ],
        },
    },
]

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'kommuneplan.sqlite3'}"),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What was acknowledged is on the disk, also when the power goes the same second.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Seconds until a database that does not answer is away: a page waits no longer.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a database that was restarted costs no request
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Without CACHE_URL (redis://…) each process keeps its own; with it all machines keep one. A page is
# kept under a key with CODE_REVISION in it: what outlives an upgrade must know who made it.
CACHE_URL = env.str("CACHE_URL", "")
if CACHE_URL and not DEBUG and CODE_REVISION == "dev":
    raise ImproperlyConfigured(
        "CACHE_URL is set and CODE_REVISION is not: set it to something that every upgrade "
        "changes, or pages of the edition before are shown after it."
    )
CACHES = {
    "default": {
        "BACKEND": "kommuneplan.core.shared_cache.SharedCache",
        "LOCATION": CACHE_URL,
        "KEY_PREFIX": "kommuneplan",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},  # seconds
    }
    if CACHE_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
}
# What people search for has no end: it is kept apart, so that it drives out no page.
CACHES["searched"] = {
    **CACHES["default"],
    **({"KEY_PREFIX": "kommuneplan-searched"} if CACHE_URL else {"LOCATION": "searched"}),
    "OPTIONS": CACHES["default"]["OPTIONS"] if CACHE_URL else {"MAX_ENTRIES": 200},
}

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = [
    "kommuneplan.core.accounts.attempts.AttemptsBackend",
    "rules.permissions.ObjectPermissionBackend",
    "kommuneplan.core.backends.PasswordBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "plans:desk"
LOGOUT_REDIRECT_URL = "plans:front"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
AXES_USERNAME_FORM_FIELD = "username"  # not the model's "email", or every failure is nobody's
AXES_USERNAME_CALLABLE = "kommuneplan.core.forms.attempted_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kommuneplan.core.accounts.attempts.network_of_attempt"
AXES_LOCKOUT_TEMPLATE = "account/locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

# Signing in: django-allauth asks for the second factor; wrong passwords and wrong codes are
# counted in one place, by django-axes.
ACCOUNT_ADAPTER = "kommuneplan.core.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts come from invitations, which prove the address
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if env.bool("BEHIND_TLS", not DEBUG) else "http"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_ADAPTER = "kommuneplan.core.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are off by some seconds; a code counts once
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_FORMS = {
    "authenticate": "kommuneplan.core.accounts.forms.CodeForm",
    "reauthenticate": "kommuneplan.core.accounts.forms.CodeAgainForm",
    "activate_totp": "kommuneplan.core.accounts.forms.CodeAppForm",
    "add_webauthn": "kommuneplan.core.accounts.forms.KeyForm",
}
ACCOUNT_FORMS = {"reauthenticate": "kommuneplan.core.accounts.forms.PasswordAgainForm"}
PASSWORD_RESET_TIMEOUT = 60 * 60 * 3
INVITATION_DAYS = 14

EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND", f"django.core.mail.backends.{'console' if DEBUG else 'smtp'}.EmailBackend"
)
EMAIL_HOST = env.str("EMAIL_HOST", "localhost")
EMAIL_PORT = env.int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", str(VAR_DIR / "mails"))  # of the file backend
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "plan@localhost")
# Where the house stands, for links in mails that no request has asked for.
SITE_ADDRESS = env.str("SITE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")

# Mails are rows of post-office; kommuneplan.core.mail sends them, one at a time.
POST_OFFICE = {"LOG_LEVEL": 0}  # its log would hold addresses

# The worker (manage.py worker). Its queue only wakes it: what is to be done stands in our own
# tables, so nothing is lost with the queue. Arguments are ids.
Q_CLUSTER = {
    "name": "kommuneplan",
    "orm": "default",
    "workers": env.int("WORKERS", 2),  # so that a long document holds up no mail
    "poll": 0.5,  # seconds
    "timeout": 900,
    "retry": 1000,
    "max_attempts": 1,
    "ack_failures": True,
    "save_limit": -1,
    "catch_up": False,
    "recycle": 100,
    "label": "Worker",
}

# What a browser works for before an answer to a consultation is sent
# (consultations/answering/proof_of_work.py): one bit more doubles it; 15 takes a telephone about
# a second.
CONSULTATION_PROOF_BITS = env.int("CONSULTATION_PROOF_BITS", 15)

# The hour of the Danish morning in which people are told what concerns them.
NOTICES_HOUR = env.int("NOTICES_HOUR", 7)

# So many days before their deadline parties that have not answered are reminded once; 0: nobody is.
CONSULTATION_REMIND_DAYS = env.int("CONSULTATION_REMIND_DAYS", 3)

LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk")]
LOCALE_PATHS = [BASE_DIR / "kommuneplan" / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["kommuneplan.formats"]
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "files")
# clamd, asked about every file that is handed in: "unix:/path/clamd.sock" or "tcp://host:3310".
# Without it files are not scanned, and pages say so.
VIRUS_SCANNER = env.str("VIRUS_SCANNER", "")
# That people were erased, without their addresses: kept apart from the backups, so that a backup
# that is older is told when it is restored.
ERASURE_LEDGER = env.path("ERASURE_LEDGER", VAR_DIR / "erasures.jsonl")
# Where ``manage.py backup`` makes its folders; ``manage.py doctor`` sees that they are fresh.
BACKUP_ROOT = env.path("BACKUP_ROOT", None)
STORAGES = {
    "default": {
        "BACKEND": "kommuneplan.core.file_store.DurableFileStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        ),
    },
}
# Several web machines: files, and the ledger, in a store that speaks S3.
S3_BUCKET = env.str("S3_BUCKET", "")
if S3_BUCKET:
    _bucket = {
        "bucket_name": S3_BUCKET,
        "endpoint_url": env.str("S3_ENDPOINT", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("S3_SECRET_KEY", "") or None,
    }
    _prefix = env.str("S3_PREFIX", "").strip("/")
    for _store, _folder in (("default", "files"), ("ledger", "ledger")):
        STORAGES[_store] = {
            "BACKEND": "kommuneplan.core.s3_store.PrivateS3Storage",
            "OPTIONS": {**_bucket, "location": f"{_prefix}/{_folder}".strip("/")},
        }
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

# The editor's own parts for images and footnotes. What they may write is decided by
# kommuneplan.richtext.blocks, not by the editor.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/pictures.js")],
        "extensions": {
            "PlanFigure": html_tags(["figure", "img", "figcaption"]),
            "PlanNote": html_tags(["span"]),
        },
    },
    {"js": [static_lazy("js/pasting.js")], "extensions": {"PlanPaste": html_tags([])}},
]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["dkfds"]
CRISPY_TEMPLATE_PACK = "dkfds"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "kommuneplan.core.accounts.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
BEHIND_TLS = env.bool("BEHIND_TLS", not DEBUG)
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz(/worker)?$"]  # asked behind the proxy
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31536000 if BEHIND_TLS else 0)
# So many proxies of the house's own stand in front; each adds to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
if env.bool("TRUST_FORWARDED_PROTO", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# An import's preview is one form, so that it works without JavaScript: some 15 fields a row.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 32_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "kommuneplan.logs.WithoutSecrets"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # post-office would log the addresses of what could not be sent
    "loggers": {"post_office": {"handlers": ["console"], "level": "CRITICAL", "propagate": False}},
}
