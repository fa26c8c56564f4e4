"""Addresses of the account and of the people.

Of django-allauth only the pages named here exist. It leads to them by names of its own
(``account_login``, ``mfa_index`` …), which therefore stand beside ours.
"""

from django.urls import path

from .views import account, openid, people, roles, saml, security

app_name = "account"

urlpatterns = [
    path("log-ind/", account.login, name="login"),
    path("log-ud/", account.logout, name="logout"),
    path("adgangskode/", security.password, name="password"),
    path("glemt-adgangskode/", account.forgotten, name="forgotten"),
    path("glemt-adgangskode/sendt/", account.forgotten_sent, name="forgotten-sent"),
    path("glemt-adgangskode/<uidb64>/<token>/", account.new_password, name="new-password"),
    path("invitation/<str:token>/", people.invitation, name="invitation"),
    path("sikkerhed/log-ud-overalt/", security.everywhere, name="sign-out-everywhere"),
]

allauth_addresses = [
    path("log-ind/", account.login, name="account_login"),
    path("log-ud/", account.logout, name="account_logout"),
    path("log-ind/kode/", account.code, name="mfa_authenticate"),
    path("log-ind/adgangsnoegle/", account.passkey, name="mfa_login_webauthn"),
    path("log-ind/saml/til/", saml.login, name="saml_login"),
    path("log-ind/saml/svar/", saml.answer, name="saml_acs"),
    path("log-ind/saml/svar/ind/", saml.finish, name="saml_finish"),
    path("log-ind/saml/metadata/", saml.metadata, name="saml_metadata"),
    path("log-ind/saml/ud/", saml.single_logout, name="saml_sls"),
    path("log-ind/<slug:provider_id>/til/", openid.login, name="openid_connect_login"),
    path("log-ind/<slug:provider_id>/svar/", openid.callback, name="openid_connect_callback"),
    path("bekraeft/", security.again, name="account_reauthenticate"),
    path("bekraeft/kode/", security.code_again, name="mfa_reauthenticate"),
    path("bekraeft/adgangsnoegle/", security.key_again, name="mfa_reauthenticate_webauthn"),
    path("sikkerhed/", security.security, name="mfa_index"),
    path("sikkerhed/kode-app/", security.code_app, name="mfa_activate_totp"),
    path("sikkerhed/kode-app/fjern/", security.code_app_off, name="mfa_deactivate_totp"),
    path("sikkerhed/koder/", security.recovery, name="mfa_view_recovery_codes"),
    path("sikkerhed/koder/nye/", security.recovery_new, name="mfa_generate_recovery_codes"),
    path("sikkerhed/noegler/", security.keys, name="mfa_list_webauthn"),
    path("sikkerhed/noegler/ny/", security.key_new, name="mfa_add_webauthn"),
    path("sikkerhed/noegler/<int:pk>/fjern/", security.key_off, name="mfa_remove_webauthn"),
]

people_addresses = [
    path("", people.people, name="list"),
    path("inviter/", people.invite_person, name="invite"),
    path("invitationer/<uuid:uid>/tag-tilbage/", people.withdraw_invitation, name="withdraw"),
    path("<uuid:uid>/", roles.person, name="person"),
    path("<uuid:uid>/afslut/", roles.end, name="end-role"),
    path("<uuid:uid>/giv-rolle/", roles.give, name="give-role"),
]
