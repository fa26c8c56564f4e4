"""The municipality's own sign-in by SAML 2.0: what is asked of the provider, what is believed.

python3-saml checks signature, issuer, times, audience and addressee. It lets three omissions
pass that are refused here: an assertion for no named audience, one that does not itself say
which question it answers, and one that answers no question at all. Names of claims are those of
OIOSAML 3.0, which the municipalities' common access control (Fælleskommunal Adgangsstyring)
follows; others are set in the environment.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.saml.provider import SAMLProvider
from django.core import signing
from django.core.cache import cache
from django.http import Http404, HttpRequest
from django.urls import reverse
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser
from onelogin.saml2.response import OneLogin_Saml2_Response
from onelogin.saml2.settings import OneLogin_Saml2_Settings

APP = "saml"
LEVEL = "https://data.gov.dk/concept/core/nsis/loa"
LEVELS = ("Low", "Substantial", "High")
CVR = (
    "https://data.gov.dk/model/core/eid/professional/cvr",
    "dk:gov:saml:attribute:CvrNumberIdentifier",
)
LARGEST = 400_000  # characters of an answer; real ones have some 20,000
_SALT = "kommuneplan.saml"
_TWO_MINUTES = 120
_FOUR_HOURS = 4 * 3600
_FETCH_SECONDS = 8


class SamlRefused(Exception):
    """An answer that is not believed; the word says why, and holds nothing about the person."""


class RefusedBefore(SamlRefused):
    """The same, found where the session could not be seen, and carried on to where it can."""

    def sealed(self) -> str:
        """The reason as signed text."""
        return signing.dumps({"refused": str(self)}, salt=_SALT)


@dataclass(frozen=True, slots=True)
class Told:
    """What a checked answer says: who it is, in the provider's eyes, and which question it
    answers. ``claims`` are the few that are used; all others are forgotten at once."""

    subject: str
    claims: dict[str, str]
    level: str
    answers: str

    def sealed(self) -> str:
        """As signed text, good for two minutes."""
        return signing.dumps(asdict(self), salt=_SALT, compress=True)

    @classmethod
    def unsealed(cls, text: str) -> Told:
        """What ``sealed`` wrote; Refused for everything that it did not."""
        try:
            facts = signing.loads(text, salt=_SALT, max_age=_TWO_MINUTES)
        except signing.BadSignature:
            raise SamlRefused("NOT_OURS") from None
        if "refused" in facts:
            raise RefusedBefore(facts["refused"])
        return cls(**facts)


class Provider(SAMLProvider):
    """How django-allauth sees the provider; knows a person from ``Told``."""

    def extract_uid(self, data: Told) -> str:
        """The provider's own sign for the person."""
        return data.subject

    def extract_common_fields(self, data: Told) -> dict[str, str]:
        """The mail address, by which somebody is known the first time."""
        return dict(data.claims)

    def extract_extra_data(self, data: Told) -> dict[str, str]:
        """Nothing but the level of assurance is kept: an assertion may hold a CPR number."""
        return {"level": data.level}


def app_or_404() -> SocialApp:
    """What the environment says of the provider."""
    try:
        return get_adapter().get_app(None, provider=APP)
    except SocialApp.DoesNotExist:
        raise Http404 from None


# --- the provider's metadata ----------------------------------------------------------------------


@lru_cache(maxsize=4)
def _read_file(path: str, _changed: float, entity: str | None) -> dict[str, Any]:
    return OneLogin_Saml2_IdPMetadataParser.parse(Path(path).read_bytes(), entity_id=entity)


def _fetch(address: str, entity: str | None) -> dict[str, Any]:
    """From the provider, at most every four hours; the last good ones when it does not answer."""
    key = f"saml:{address}:{entity}"
    found = cache.get(key)
    if found is None:
        try:
            found = OneLogin_Saml2_IdPMetadataParser.parse_remote(
                address, entity_id=entity, timeout=_FETCH_SECONDS
            )
        except Exception:  # the library raises plain Exception, urllib its own kinds
            found = cache.get(f"{key}:last")
            if found is None:
                raise SamlRefused("NO_METADATA") from None
        cache.set(key, found, _FOUR_HOURS)
        cache.set(f"{key}:last", found, None)
    return found


def metadata_of(conf: dict[str, Any]) -> dict[str, Any]:
    """The provider as python3-saml wants it: addresses and certificates. Refused without any."""
    source, entity = str(conf["metadata"]), conf.get("idp") or None
    if source.startswith(("https://", "http://")):
        found = _fetch(source, entity)
    else:
        try:
            found = _read_file(source, Path(source).stat().st_mtime, entity)
        except (OSError, ValueError, SyntaxError):
            raise SamlRefused("NO_METADATA") from None
    if not found.get("idp", {}).get("singleSignOnService"):
        raise SamlRefused("NO_METADATA")
    return found["idp"]


# --- this house, as the provider sees it ----------------------------------------------------------


def own_settings(request: HttpRequest, conf: dict[str, Any]) -> dict[str, Any]:
    """Addresses, keys and demands of this side."""

    def address(name: str) -> str:
        return request.build_absolute_uri(reverse(name))

    house: dict[str, Any] = {
        "entityId": conf.get("entity_id") or address("saml_metadata"),
        "assertionConsumerService": {
            "url": address("saml_acs"),
            "binding": Names.BINDING_HTTP_POST,
        },
        "singleLogoutService": {"url": address("saml_sls"), "binding": Names.BINDING_HTTP_REDIRECT},
        "NameIDFormat": conf.get("name_id_format") or Names.NAMEID_PERSISTENT,
    }
    if conf.get("key"):
        house["privateKey"] = Path(conf["key"]).read_text()
        house["x509cert"] = Path(conf["certificate"]).read_text()
    signs = bool(conf.get("key"))
    lowest = conf.get("lowest_level")
    return {
        "strict": True,
        "sp": house,
        "security": {
            "authnRequestsSigned": signs,
            "logoutResponseSigned": signs,
            "signMetadata": signs,
            "signatureAlgorithm": Names.RSA_SHA256,
            "digestAlgorithm": Names.SHA256,
            "rejectDeprecatedAlgorithm": True,
            "wantAssertionsSigned": True,
            "wantAssertionsEncrypted": bool(conf.get("encrypted")),
            "wantNameId": False,
            "wantAttributeStatement": False,
            "allowRepeatAttributeName": True,
            "allowSingleLabelDomains": True,  # a host name inside the municipality's network
            "requestedAuthnContext": [f"{LEVEL}/{lowest}"] if lowest else False,
            "requestedAuthnContextComparison": "minimum",
            "metadataValidUntil": "",  # they hold until they are changed
            "metadataCacheDuration": "",
        },
    }


def settings_of(request: HttpRequest, *, messages_signed: bool = False) -> OneLogin_Saml2_Settings:
    """Both sides. Refused when the environment says something that does not hold together."""
    conf = app_or_404().settings
    try:
        facts = {**own_settings(request, conf), "idp": metadata_of(conf)}
        facts["security"]["wantMessagesSigned"] = messages_signed
        return OneLogin_Saml2_Settings(facts)
    except (OneLogin_Saml2_Error, OSError) as error:
        raise SamlRefused(f"SETTINGS {error}") from None


def own_metadata(request: HttpRequest) -> str:
    """What is registered with the provider, as XML."""
    conf = app_or_404().settings
    made = OneLogin_Saml2_Settings(own_settings(request, conf), sp_validation_only=True)
    metadata = made.get_sp_metadata()
    return metadata.decode() if isinstance(metadata, bytes) else metadata


def _as_asked(request: HttpRequest) -> dict[str, Any]:
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": request.path,
        "get_data": request.GET.dict(),
        "query_string": request.META.get("QUERY_STRING", ""),
        "validate_signature_from_qs": True,
        "post_data": request.POST.dict(),
    }


def question(request: HttpRequest) -> tuple[str, str]:
    """The address to send a browser to, and the number of the question that is in it."""
    auth = OneLogin_Saml2_Auth(_as_asked(request), settings_of(request))
    return auth.login(return_to=""), auth.get_last_request_id()


def logged_out_over_there(request: HttpRequest) -> tuple[str, str]:
    """A request to sign out, or the answer to one: where to go on (may be nowhere), and what kind
    it was ("request", "answer"). Refused unless the provider has signed it."""
    auth = OneLogin_Saml2_Auth(_as_asked(request), settings_of(request, messages_signed=True))
    if not auth.get_slo_url():
        raise SamlRefused("NO_SINGLE_LOGOUT")
    try:
        on = auth.process_slo(keep_local_session=True)
    except Exception:  # unreadable in one of the many ways XML, base64 and deflate have
        raise SamlRefused("UNREADABLE") from None
    if auth.get_errors():
        raise SamlRefused(auth.get_errors()[0].upper())
    return on or "", "request" if "SAMLRequest" in request.GET else "answer"


# --- the provider's answer ------------------------------------------------------------------------


def answer(request: HttpRequest) -> Told:
    """What the provider's answer says, when all of it is as it must be; else Refused."""
    conf = app_or_404().settings  # before anything is looked at
    text = request.POST.get("SAMLResponse", "")
    if not text or len(text) > LARGEST:
        raise SamlRefused("UNREADABLE")
    made = settings_of(request)
    try:
        response = OneLogin_Saml2_Response(made, text)
        response.is_valid(_as_asked(request), raise_exceptions=True)
        return _believed(response, conf, request.build_absolute_uri(request.path))
    except (SamlRefused, Http404):
        raise
    except (OneLogin_Saml2_ValidationError, OneLogin_Saml2_Error) as error:
        raise SamlRefused(_word(error)) from None
    except Exception:  # unreadable in one of the many ways XML, base64 and ciphers have
        raise SamlRefused("UNREADABLE") from None


def _word(error: Exception) -> str:
    """The name of python3-saml's error; its sentence may hold names of people."""
    kinds = vars(OneLogin_Saml2_ValidationError)
    code = getattr(error, "code", None)
    return next((name for name, value in kinds.items() if value == code and name.isupper()), "?")


def _believed(response: OneLogin_Saml2_Response, conf: dict[str, Any], here: str) -> Told:
    """What is used of an answer whose signature is right."""
    if not response.get_audiences():
        raise SamlRefused("NO_AUDIENCE")
    question_answered = response.get_in_response_to()
    confirmed = response._query_assertion(
        "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
    )
    if not question_answered or not any(
        node.get("InResponseTo") == question_answered
        and node.get("Recipient") == here
        and node.get("NotOnOrAfter")
        for node in confirmed
    ):
        raise SamlRefused("NOT_ASKED_FOR")
    claims = {
        name: values[0].strip()
        for name, values in response.get_attributes().items()
        if values and isinstance(values[0], str)
    }
    level = claims.get(LEVEL, "").rpartition("/")[2]
    _check_level_and_place(claims, level, conf)
    return Told(
        subject=_subject(response, claims, conf),
        claims={"email": _first(claims, conf["email"])},
        level=level if level in LEVELS else "",
        answers=question_answered,
    )


def _check_level_and_place(claims: dict[str, str], level: str, conf: dict[str, Any]) -> None:
    lowest = conf.get("lowest_level")
    if lowest and (level not in LEVELS or LEVELS.index(level) < LEVELS.index(lowest)):
        raise SamlRefused("LEVEL_TOO_LOW")
    if conf.get("cvr") and _first(claims, CVR) != conf["cvr"]:
        raise SamlRefused("ANOTHER_ORGANISATION")


def _subject(
    response: OneLogin_Saml2_Response, claims: dict[str, str], conf: dict[str, Any]
) -> str:
    """The configured claim, else the NameID, unless that is another one each time."""
    if conf.get("subject"):
        subject = claims.get(conf["subject"], "")
    elif response.get_nameid_format() == Names.NAMEID_TRANSIENT:
        subject = ""
    else:
        subject = response.get_nameid() or ""
    if not subject or len(subject) > 191:
        raise SamlRefused("NO_SUBJECT")
    return subject


def _first(claims: dict[str, str], names: Any) -> str:
    return next((claims[name] for name in names if claims.get(name)), "")
