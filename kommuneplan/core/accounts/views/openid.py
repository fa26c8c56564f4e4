"""The municipality's own sign-in by OpenID Connect."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kommuneplan.access import public
from kommuneplan.read_only import writes_when_opened

from .account import carried_on


class SignedTokens(OpenIDConnectOAuth2Adapter):
    """The signature of every identity token is checked, also of those fetched directly, and that
    what else is told of a person is told of the same one (OpenID Connect Core 1.0 § 5.3.2)."""

    told: dict[str, Any] = {}

    def _fetch_user_info(self, access_token: str) -> dict[str, Any]:
        self.told = super()._fetch_user_info(access_token)
        return self.told

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        claims = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
            verify_signature=True,
        )
        if not claims.get("sub") or self.told.get("sub", claims["sub"]) != claims["sub"]:
            raise OAuth2Error("The token and the rest are about different people")
        return claims


@public
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """POST: over to the provider."""
    try:
        return OAuth2LoginView.adapter_view(SignedTokens(request, provider_id))(request)
    except SocialApp.DoesNotExist:
        raise Http404 from None


@public
@require_safe
@never_cache
@writes_when_opened
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider, with an answer to be checked."""
    try:
        view = OAuth2CallbackView.adapter_view(SignedTokens(request, provider_id))
        return carried_on(request, view(request))
    except SocialApp.DoesNotExist:
        raise Http404 from None
