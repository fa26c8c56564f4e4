"""Settings of the municipality's own sign-in, from the environment; ``settings`` takes them in."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from environs import Env

env = Env()
env.read_env(Path(__file__).resolve().parent.parent / ".env", recurse=False)

# The municipality's own sign-in (OpenID Connect, such as Entra ID); see docs/log-ind.md.
SOCIALACCOUNT_ADAPTER = "kommuneplan.core.accounts.adapters.OpenIdAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter matches, and never touches a password
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_ONLY = False
OIDC_HAS_SECOND_FACTOR = env.bool("OIDC_HAS_SECOND_FACTOR", False)
SOCIALACCOUNT_PROVIDERS = {}
OIDC_ORIGINS = []  # browsers ask the policy about where a form is redirected to as well
if env.str("OIDC_SERVER_URL", ""):
    OIDC_ORIGINS = ["{0.scheme}://{0.netloc}".format(urlsplit(env.str("OIDC_SERVER_URL")))]
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "kommunen",
                "name": env.str("OIDC_NAME", "kommunens log ind"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": env.str("OIDC_SERVER_URL"),
                    "uid_field": env.str("OIDC_SUBJECT", "sub"),
                    "verified_email": env.bool("OIDC_TRUST_EMAIL", False),
                },
            }
        ],
    }

# The same by SAML 2.0, such as the municipalities' common access control.
SAML_MAIL_CLAIMS = [
    "https://data.gov.dk/model/core/eid/email",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
]
SAML_LOWEST_LEVEL = env.str("SAML_LOWEST_LEVEL", "")  # of NSIS: Low, Substantial or High
SAML_HAS_SECOND_FACTOR = env.bool(
    "SAML_HAS_SECOND_FACTOR", SAML_LOWEST_LEVEL in {"Substantial", "High"}
)
# Where members of the bodies have passwords here and no account at the provider: False.
SAML_MEMBERS_STRAIGHT = env.bool("SAML_MEMBERS_STRAIGHT", True)
if env.str("SAML_METADATA", ""):
    SOCIALACCOUNT_PROVIDERS["saml"] = {
        "APPS": [
            {
                "provider_id": "saml",
                "name": env.str("SAML_NAME", "kommunens log ind"),
                "client_id": "saml",
                "settings": {
                    "metadata": env.str("SAML_METADATA"),
                    "idp": env.str("SAML_IDP", ""),
                    "entity_id": env.str("SAML_ENTITY_ID", ""),
                    "certificate": env.str("SAML_CERTIFICATE", ""),
                    "key": env.str("SAML_KEY", ""),
                    "encrypted": env.bool("SAML_ENCRYPTED", False),
                    "name_id_format": env.str("SAML_NAME_ID_FORMAT", ""),
                    "subject": env.str("SAML_SUBJECT", ""),
                    "email": env.list("SAML_EMAIL", SAML_MAIL_CLAIMS),
                    "verified_email": env.bool("SAML_TRUST_EMAIL", False),
                    "cvr": env.str("SAML_CVR", ""),
                    "lowest_level": SAML_LOWEST_LEVEL,
                },
            }
        ],
    }
