"""Who gets in where: every route × role × method in one table.

A route that is not in the table fails. A number is the status; "→" is the way to the sign-in
page; 422 is a form sent empty, shown again. *foreign* is secretary of another body, *lead* the
plan's tovholder.
"""

from __future__ import annotations

import os
import uuid
from copy import deepcopy
from datetime import date
from functools import cached_property
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from kommuneplan import clock
from kommuneplan.core.accounts.actions.inviting import invite
from kommuneplan.core.enums import Role
from kommuneplan.core.models import Body, Invitation, Mail, Meeting, Membership, Municipality, User
from kommuneplan.timespan.span import TimeSpan
from plans.decisions.actions.steps import ChainStep, submit
from plans.enums import Stage
from plans.imports.documents import UploadedDocument
from plans.members.actions.questions import ask
from plans.members.actions.reading import write_note
from plans.models import (
    ActivityMove,
    Agenda,
    AgendaItem,
    AtClause,
    BudgetStep,
    Comment,
    CommitteeRequest,
    Cycle,
    Duty,
    DutyFulfilment,
    EffectLink,
    EffectNode,
    EffectReference,
    EffectTheme,
    EvaluatedGoal,
    Evaluation,
    FocusArea,
    Indicator,
    IndicatorTarget,
    Initiative,
    InitiativeActivity,
    InitiativeFunding,
    InitiativeLink,
    InitiativePartner,
    InitiativePhase,
    InsightRequest,
    ItemOutcome,
    ItemRecusal,
    Measurement,
    Milestone,
    Plan,
    PlanExtension,
    PlanIndicator,
    PlanLead,
    RequestAnswer,
    Section,
    TargetGroup,
    TextImport,
    YearlyStatus,
)
from plans.readers.word_text.reader import read_word
from plans.text_import.actions import WORD, ReadText, begin_text
from plans.versions.actions.freezing import freeze
from plans.versions.actions.publishing import publish
from tests.consultations.answer_household import Answered
from tests.consultations.household import Consulted
from tests.consultations.remark_household import Handled
from tests.consultations.reported import Reported
from tests.consultations.response_household import Received
from tests.factories import FIRST, draft_of
from tests.plans.agenda_papers.household import Papers
from tests.plans.annexes.household import Annexes
from tests.plans.pictures import kept
from tests.plans.status_reports.household import Told
from tests.plans.word_documents import docx, h, p, picture, png
from tests.standing import signed_in, standing

pytestmark = [pytest.mark.django_db, pytest.mark.no_cover]  # walks the same lines for each case

ROLES = ["anonymous", "nobody", "member", "foreign", "lead", "secretary", "administrator"]

#                        method  anon  nobody member foreign lead secr. admin
MATRIX = """
plans:front              GET     200   200    200    200     200  200   200
plans:front              POST    405   405    405    405     405  405   405
plans:list               GET     200   200    200    200     200  200   200
plans:dates              GET     200   200    200    200     200  200   200
plans:year-wheel         GET     200   200    200    200     200  200   200
plans:year-wheel         POST    405   405    405    405     405  405   405
plans:work-wheel         GET     →     200    200    200     200  200   200
plans:work-wheel         POST    →     405    405    405     405  405   405
plans:plan               GET     200   200    200    200     200  200   200
plans:plan               POST    405   405    405    405     405  405   405
plans:version            GET     200   200    200    200     200  200   200
plans:version-seal       GET     200   200    200    200     200  200   200
plans:version-seal       POST    405   405    405    405     405  405   405
plans:version-sealed     GET     200   200    200    200     200  200   200
plans:version-sealed     POST    405   405    405    405     405  405   405
plans:happened           GET     200   200    200    200     200  200   200
plans:happened           POST    405   405    405    405     405  405   405
plans:public-initiatives GET     200   200    200    200     200  200   200
plans:public-initiatives POST    405   405    405    405     405  405   405
plans:public-initiative  GET     200   200    200    200     200  200   200
plans:public-initiative  POST    405   405    405    405     405  405   405
plans:plan-happened      GET     200   200    200    200     200  200   200
plans:plan-happened      POST    405   405    405    405     405  405   405
plans:public-annex       GET      200   200    200    200     200  200   200
plans:public-annex       POST     405   405    405    405     405  405   405
plans:version-annex      GET      200   200    200    200     200  200   200
plans:version-annex      POST     405   405    405    405     405  405   405
plans:compare            GET     200   200    200    200     200  200   200
plans:compare            POST    405   405    405    405     405  405   405
plans:compared           GET     200   200    200    200     200  200   200
plans:reports-public     GET     200   200    200    200     200  200   200
plans:reports-public     POST    405   405    405    405     405  405   405
plans:report-public      GET     200   200    200    200     200  200   200
plans:report-public      POST    405   405    405    405     405  405   405
plans:report-edition     GET     200   200    200    200     200  200   200
plans:report-edition     POST    405   405    405    405     405  405   405
plans:compared           POST    405   405    405    405     405  405   405
plans:calendar_all       GET     200   200    200    200     200  200   200
plans:calendar           GET     200   200    200    200     200  200   200
plans:body-calendar      GET     200   200    200    200     200  200   200
plans:feed-all           GET     200   200    200    200     200  200   200
plans:feed-plan          GET     200   200    200    200     200  200   200
plans:feed-body          GET     200   200    200    200     200  200   200
plans:feed-body          POST    405   405    405    405     405  405   405
plans:follow-all         GET     200   200    200    200     200  200   200
plans:follow-all         POST    422   422    422    422     422  422   422
plans:follow-plan        GET     200   200    200    200     200  200   200
plans:follow-plan        POST    422   422    422    422     422  422   422
plans:follow-body        GET     200   200    200    200     200  200   200
plans:follow-body        POST    422   422    422    422     422  422   422
plans:follow-sent        GET     200   200    200    200     200  200   200
plans:follow-confirm     GET     410   410    410    410     410  410   410
plans:follow-confirm     POST    410   410    410    410     410  410   410
plans:follow-leave       GET     404   404    404    404     404  404   404
plans:follow-leave       POST    404   404    404    404     404  404   404
plans:memo_docx          GET     200   200    200    200     200  200   200
plans:memo_pdf           GET     200   200    200    200     200  200   200
plans:version_memo_docx  GET     200   200    200    200     200  200   200
plans:version_memo_pdf   GET     200   200    200    200     200  200   200
plans:whole_docx         GET     200   200    200    200     200  200   200
plans:whole_docx         POST    405   405    405    405     405  405   405
plans:whole_pdf          GET     200   200    200    200     200  200   200
plans:whole_pdf          POST    405   405    405    405     405  405   405
plans:version_whole_docx GET     200   200    200    200     200  200   200
plans:version_whole_docx POST    405   405    405    405     405  405   405
plans:version_whole_pdf  GET     200   200    200    200     200  200   200
plans:version_whole_pdf  POST    405   405    405    405     405  405   405
plans:data-planer        GET     200   200    200    200     200  200   200
plans:data-planer        POST    405   405    405    405     405  405   405
plans:data-procesplan    GET     200   200    200    200     200  200   200
plans:data-procesplan    POST    405   405    405    405     405  405   405
plans:data-nye-datoer    GET     200   200    200    200     200  200   200
plans:data-nye-datoer    POST    405   405    405    405     405  405   405
plans:data-beslutninger  GET     200   200    200    200     200  200   200
plans:data-beslutninger  POST    405   405    405    405     405  405   405
plans:data-indikatorer   GET     200   200    200    200     200  200   200
plans:data-indikatorer   POST    405   405    405    405     405  405   405
plans:public-indicators  GET     200   200    200    200     200  200   200
plans:public-indicators  POST    405   405    405    405     405  405   405
core:health              GET     200   200    200    200     200  200   200
core:health-worker       GET     503   503    503    503     503  503   503
core:favicon             GET     302   302    302    302     302  302   302
core:colours             GET     200   200    200    200     200  200   200
core:accessibility       GET     200   200    200    200     200  200   200
core:data                GET     200   200    200    200     200  200   200
core:data                POST    405   405    405    405     405  405   405
core:data-schema         GET     200   200    200    200     200  200   200
core:data-schema         POST    405   405    405    405     405  405   405
core:robots              GET     200   200    200    200     200  200   200
core:robots              POST    405   405    405    405     405  405   405
core:sitemap             GET     200   200    200    200     200  200   200
core:sitemap             POST    405   405    405    405     405  405   405
core:sitemap-part        GET     200   200    200    200     200  200   200
core:sitemap-part        POST    405   405    405    405     405  405   405
privacy:notice           GET     200   200    200    200     200  200   200
privacy:notice           POST    405   405    405    405     405  405   405
core:components          GET     404   404    404    404     404  404   404
account:login            GET     200   302    302    302     302  302   302
account:logout           POST    302   302    302    302     302  302   302
account:logout           GET     405   405    405    405     405  405   405
account_login            GET     200   302    302    302     302  302   302
account_logout           POST    302   302    302    302     302  302   302
account:forgotten        GET     200   200    200    200     200  200   200
account:forgotten        POST    ok    ok     ok     ok      ok   ok    ok
account:forgotten-sent   GET     200   200    200    200     200  200   200
account:new-password     GET     200   200    200    200     200  200   200
account:invitation       GET     410   410    410    410     410  410   410
account:invitation       POST    410   410    410    410     410  410   410
mfa_authenticate         GET     302   302    302    302     302  302   302
mfa_authenticate         POST    302   302    302    302     302  302   302
mfa_login_webauthn       GET     302   302    302    302     302  302   302
openid_connect_login     GET     404   404    404    404     404  404   404
openid_connect_login     POST    404   404    404    404     404  404   404
openid_connect_callback  GET     404   404    404    404     404  404   404
openid_connect_callback  POST    405   405    405    405     405  405   405
saml_login               GET     404   404    404    404     404  404   404
saml_login               POST    405   405    405    405     405  405   405
saml_acs                 GET     405   405    405    405     405  405   405
saml_acs                 POST    404   404    404    404     404  404   404
saml_finish              GET     404   404    404    404     404  404   404
saml_finish              POST    405   405    405    405     405  405   405
saml_metadata            GET     404   404    404    404     404  404   404
saml_metadata            POST    405   405    405    405     405  405   405
saml_sls                 GET     404   404    404    404     404  404   404
saml_sls                 POST    405   405    405    405     405  405   405
account:password         GET     →     200    200    200     200  200   200
account:password         POST    →     200    200    200     200  200   200
account:sign-out-everywhere POST →     302    302    302     302  302   302
account:sign-out-everywhere GET  →     405    405    405     405  405   405
notices:mine             GET     →     200    200    200     200  200   200
notices:mine             POST    →     302    302    302     302  302   302
account_reauthenticate   GET     →     200    200    200     200  200   200
mfa_reauthenticate       GET     →     302    302    302     302  302   302
mfa_reauthenticate_webauthn GET  →     302    302    302     302  302   302
mfa_index                GET     →     200    200    200     200  200   200
mfa_activate_totp        GET     →     302    302    302     302  302   302
mfa_activate_totp        POST    →     302    302    302     302  302   302
mfa_deactivate_totp      GET     →     404    404    404     404  404   404
mfa_deactivate_totp      POST    →     404    404    404     404  404   404
mfa_view_recovery_codes  GET     →     404    404    404     404  404   404
mfa_generate_recovery_codes GET  →     302    302    302     302  302   302
mfa_generate_recovery_codes POST →     302    302    302     302  302   302
mfa_list_webauthn        GET     →     302    302    302     302  302   302
mfa_add_webauthn         GET     →     302    302    302     302  302   302
mfa_add_webauthn         POST    →     302    302    302     302  302   302
mfa_remove_webauthn      GET     →     302    302    302     302  302   302
mfa_remove_webauthn      POST    →     302    302    302     302  302   302
people:list              GET     →     403    403    200     403  200   200
people:list              POST    →     403    403    405     403  405   405
people:invite            GET     →     403    403    200     403  200   200
people:invite            POST    →     403    403    422     403  422   422
people:withdraw          POST    →     403    403    404     403  302   302
people:withdraw          GET     →     403    403    405     403  405   405
people:person            GET     →     403    403    404     403  200   200
people:person            POST    →     403    403    405     403  405   405
people:end-role          GET     →     403    403    405     403  405   405
people:end-role          POST    →     403    403    404     403  302   302
people:give-role         GET     →     403    403    403     403  403   200
people:give-role         POST    →     403    403    403     403  403   422
mails:list               GET     →     403    403    200     403  200   200
mails:list               POST    →     403    403    405     403  405   405
mails:again-all          GET     →     403    403    405     403  405   405
mails:again-all          POST    →     403    403    302     403  302   302
mails:came-back          GET     →     403    403    405     403  405   405
mails:came-back          POST    →     403    403    302     403  302   302
mails:mail               GET     →     403    403    404     403  200   200
mails:mail               POST    →     403    403    404     403  422   422
mails:again              GET     →     403    403    405     403  405   405
mails:again              POST    →     403    403    404     403  302   302
plans:desk               GET     →     200    302    200     200  200   200
plans:desk-seen          GET     →     405    405    405     405  405   405
plans:desk-seen          POST    →     302    302    302     302  302   302
plans:search             GET     →     200    200    200     200  200   200
plans:search             POST    →     405    405    405     405  405   405
plans:desk-tick          GET     →     405    405    405     405  405   405
plans:desk-tick          POST    →     404    404    404     302  302   302
plans:read-date          GET     →     200    200    200     200  200   200
plans:import-start       GET     →     403    403    200     200  200   200
plans:import-start       POST    →     403    403    422     422  422   422
plans:import             GET     →     403    403    404     404  200   404
plans:import             POST    →     403    403    404     404  ok    404
plans:import-discard     GET     →     403    403    404     404  200   404
plans:import-discard     POST    →     403    403    404     404  302   404
plans:overview           GET     →     404    404    404     200  200   200
plans:overview           POST    →     405    405    405     405  405   405
plans:plan-new           GET     →     403    403    200     403  200   200
plans:plan-new           POST    →     403    403    422     403  422   422
plans:structure          GET     →     404    404    404     200  200   200
plans:structure          POST    →     404    404    404     422  422   422
plans:head               GET     →     404    404    404     200  200   200
plans:head               POST    →     404    404    404     422  422   422
plans:approval           GET     →     404    404    404     302  302   302
plans:approval           POST    →     404    404    404     302  302   302
plans:people             GET     →     404    404    404     200  200   200
plans:people             POST    →     405    405    405     405  405   405
plans:people-add         GET     →     405    405    405     405  405   405
plans:people-add         POST    →     404    404    404     403  422   422
plans:people-end         GET     →     405    405    405     405  405   405
plans:people-end         POST    →     404    404    404     403  302   302
plans:submit             GET     →     404    404    404     403  200   200
plans:submit             POST    →     404    404    404     403  422   422
plans:matter             GET     →     404    404    404     200  200   200
plans:matter             POST    →     405    405    405     405  405   405
plans:matter-amended     GET     →     405    405    405     405  405   405
plans:matter-amended     POST    →     404    404    404     403  302   302
plans:outcome            GET     →     404    404    404     403  200   200
plans:outcome            POST    →     404    404    404     403  422   422
plans:reschedule         GET     →     404    404    404     403  200   200
plans:reschedule         POST    →     404    404    404     403  422   422
plans:withdraw           GET     →     404    404    404     403  200   200
plans:withdraw           POST    →     404    404    404     403  422   422
plans:revise             GET     →     404    404    404     403  302   302
plans:revise             POST    →     404    404    404     403  302   302
plans:overtaken          GET     →     404    404    404     302  302   302
plans:overtaken          POST    →     404    404    404     302  302   302
plans:repeal             GET     →     404    404    404     403  302   302
plans:repeal             POST    →     404    404    404     403  302   302
plans:versions           GET     →     404    404    404     200  200   200
plans:versions           POST    →     405    405    405     405  405   405
plans:work-version       GET     →     404    404    404     200  200   200
plans:work-version       POST    →     405    405    405     405  405   405
plans:work-version-docx  GET     →     404    404    404     200  200   200
plans:work-version-docx  POST    →     405    405    405     405  405   405
plans:work-version-pdf   GET     →     404    404    404     200  200   200
plans:work-version-pdf   POST    →     405    405    405     405  405   405
plans:draft-docx         GET     →     404    404    404     200  200   200
plans:draft-docx         POST    →     405    405    405     405  405   405
plans:draft-pdf          GET     →     404    404    404     200  200   200
plans:draft-pdf          POST    →     405    405    405     405  405   405
plans:version-compare    GET     →     404    404    404     200  200   200
plans:version-compare    POST    →     405    405    405     405  405   405
plans:version-publish    GET     →     404    404    404     403  200   200
plans:version-publish    POST    →     404    404    404     403  422   422
plans:version-hide       GET     →     404    404    404     403  200   200
plans:version-hide       POST    →     404    404    404     403  422   422
plans:publication-withdraw GET   →     404    404    404     403  200   200
plans:publication-withdraw POST  →     404    404    404     403  422   422
plans:annexes            GET      →     404    404    404     200  200   200
plans:annexes            POST     →     405    405    405     405  405   405
plans:annex-add          GET      →     404    404    404     200  200   200
plans:annex-add          POST     →     404    404    404     422  422   422
plans:annex              GET      →     404    404    404     200  200   200
plans:annex              POST     →     404    404    404     422  422   422
plans:annex-file         GET      →     405    405    405     405  405   405
plans:annex-file         POST     →     404    404    404     422  422   422
plans:annex-edition      GET      →     404    404    404     200  200   200
plans:annex-edition      POST     →     405    405    405     405  405   405
plans:annex-found        GET      →     404    404    404     200  200   200
plans:annex-found        POST     →     404    404    404     422  422   422
plans:annex-effort       GET      →     404    404    404     200  200   200
plans:annex-effort       POST     →     404    404    404     422  422   422
plans:annex-move         GET      →     405    405    405     405  405   405
plans:annex-move         POST     →     404    404    404     302  302   302
plans:annex-retire       GET      →     404    404    404     200  200   200
plans:annex-retire       POST     →     404    404    404     422  422   422
plans:annex-restore      GET      →     405    405    405     405  405   405
plans:annex-restore      POST     →     404    404    404     302  302   302
plans:annex-of-version   GET      →     404    200    404     200  200   200
plans:annex-of-version   POST     →     405    405    405     405  405   405
plans:agenda-papers      GET      →     404    404    404     200  200   200
plans:agenda-papers      POST     →     405    405    405     405  405   405
plans:agenda-paper-begin GET      →     404    404    404     200  200   200
plans:agenda-paper-begin POST     →     404    404    404     422  422   422
plans:agenda-paper       GET      →     404    404    404     200  200   200
plans:agenda-paper       POST     →     405    405    405     405  405   405
plans:agenda-paper-write GET      →     404    404    404     200  200   200
plans:agenda-paper-write POST     →     404    404    404     302  302   302
plans:agenda-paper-draft GET      →     405    405    405     405  405   405
plans:agenda-paper-draft POST     →     404    404    404     200  200   200
plans:agenda-paper-discard GET      →     405    405    405     405  405   405
plans:agenda-paper-discard POST     →     404    404    404     302  302   302
plans:agenda-paper-head  GET      →     404    404    404     200  200   200
plans:agenda-paper-head  POST     →     404    404    404     422  422   422
plans:agenda-paper-annexes GET      →     404    404    404     200  200   200
plans:agenda-paper-annexes POST     →     404    404    404     302  302   302
plans:agenda-paper-hand-in GET      →     404    404    404     200  200   200
plans:agenda-paper-hand-in POST     →     404    404    404     422  422   422
plans:agenda-paper-retire GET      →     404    404    404     200  200   200
plans:agenda-paper-retire POST     →     404    404    404     422  422   422
plans:agenda-paper-docx  GET      →     404    404    404     200  200   200
plans:agenda-paper-docx  POST     →     405    405    405     405  405   405
plans:agenda-paper-pdf   GET      →     404    404    404     200  200   200
plans:agenda-paper-pdf   POST     →     405    405    405     405  405   405
plans:member-paper       GET      →     403    200    403     403  403   403
plans:member-paper       POST     →     403    405    403     403  403   403
plans:member-paper-annex GET      →     403    200    403     403  403   403
plans:member-paper-annex POST     →     403    405    403     403  403   403
plans:member-paper-docx  GET      →     403    200    403     403  403   403
plans:member-paper-docx  POST     →     403    405    403     403  403   403
plans:member-paper-pdf   GET      →     403    200    403     403  403   403
plans:member-paper-pdf   POST     →     403    405    403     403  403   403
plans:agenda-paper-setting GET      →     403    403    403     403  403   200
plans:agenda-paper-setting POST     →     403    403    403     403  403   422
plans:indicators         GET     →     404    404    404     200  200   200
plans:indicators         POST    →     405    405    405     405  405   405
plans:indicator-add      GET     →     404    404    404     200  200   200
plans:indicator-add      POST    →     404    404    404     422  422   422
plans:indicator-reuse    GET     →     404    404    404     200  200   200
plans:indicator-reuse    POST    →     404    404    404     302  302   302
plans:indicator-paste    GET     →     404    404    404     200  200   200
plans:indicator-paste    POST    →     404    404    404     422  422   422
plans:indicator-table-csv GET    →     404    404    404     200  200   200
plans:indicator-table-csv POST   →     405    405    405     405  405   405
plans:indicator-table-xlsx GET   →     404    404    404     200  200   200
plans:indicator-table-xlsx POST  →     405    405    405     405  405   405
plans:indicator-register GET     →     200    200    200     200  200   200
plans:indicator-register POST    →     405    405    405     405  405   405
plans:indicator-register-csv GET →     200    200    200     200  200   200
plans:indicator-register-csv POST →    405    405    405     405  405   405
plans:indicator-register-xlsx GET →    200    200    200     200  200   200
plans:indicator-register-xlsx POST →   405    405    405     405  405   405
plans:indicator-measure  GET     →     404    404    404     200  200   200
plans:indicator-measure  POST    →     404    404    404     422  422   422
plans:indicator          GET     →     404    404    404     200  200   200
plans:indicator          POST    →     404    404    404     422  422   422
plans:indicator-edit     GET     →     404    404    404     200  200   200
plans:indicator-edit     POST    →     404    404    404     422  422   422
plans:indicator-use      GET     →     404    404    404     200  200   200
plans:indicator-use      POST    →     404    404    404     422  422   422
plans:indicator-targets  GET     →     404    404    404     200  200   200
plans:indicator-targets  POST    →     404    404    404     409  409   409
plans:indicator-standing GET     →     404    404    404     200  200   200
plans:indicator-standing POST    →     404    404    404     422  422   422
plans:indicator-take-out GET     →     405    405    405     405  405   405
plans:indicator-take-out POST    →     404    404    404     302  302   302
plans:indicator-put-back GET     →     405    405    405     405  405   405
plans:indicator-put-back POST    →     404    404    404     302  302   302
plans:measurement        GET     →     404    404    404     200  200   200
plans:measurement        POST    →     404    404    404     422  422   422
plans:measurement-take-away GET  →     405    405    405     405  405   405
plans:measurement-take-away POST →     404    404    404     302  302   302
plans:effects-public     GET     200   200    200    200     200  200   200
plans:effects-public     POST    405   405    405    405     405  405   405
plans:effects-public-docx  GET     200   200    200    200     200  200   200
plans:effects-public-docx  POST    405   405    405    405     405  405   405
plans:effects-docx         GET     →     404    404    404     200  200   200
plans:effects-docx         POST    →     405    405    405     405  405   405
plans:effects-public-pdf   GET     200   200    200    200     200  200   200
plans:effects-public-pdf   POST    405   405    405    405     405  405   405
plans:effects-pdf          GET     →     404    404    404     200  200   200
plans:effects-pdf          POST    →     405    405    405     405  405   405
plans:effects            GET     →     404    404    404     200  200   200
plans:effects            POST    →     405    405    405     405  405   405
plans:effects-picture    GET     →     404    404    404     200  200   200
plans:effects-picture    POST    →     405    405    405     405  405   405
plans:effects-sources    GET     →     404    404    404     200  200   200
plans:effects-sources    POST    →     404    404    404     422  422   422
plans:effects-source     GET     →     404    404    404     200  200   200
plans:effects-source     POST    →     404    404    404     422  422   422
plans:effects-theme-add  GET     →     405    405    405     405  405   405
plans:effects-theme-add  POST    →     404    404    404     422  422   422
plans:effects-theme      GET     →     404    404    404     200  200   200
plans:effects-theme      POST    →     404    404    404     422  422   422
plans:effects-node-add   GET     →     405    405    405     405  405   405
plans:effects-node-add   POST    →     404    404    404     422  422   422
plans:effects-node       GET     →     404    404    404     200  200   200
plans:effects-node       POST    →     404    404    404     422  422   422
plans:effects-move       GET     →     405    405    405     405  405   405
plans:effects-move       POST    →     404    404    404     302  302   302
plans:effects-remove     GET     →     404    404    404     200  200   200
plans:effects-remove     POST    →     404    404    404     422  422   422
plans:effects-restore    GET     →     405    405    405     405  405   405
plans:effects-restore    POST    →     404    404    404     302  302   302
plans:requests           GET     →     403    200    200     200  200   200
plans:requests           POST    →     403    405    405     405  405   405
plans:requests-xlsx      GET     →     403    200    200     200  200   200
plans:requests-xlsx      POST    →     403    405    405     405  405   405
plans:request-new        GET     →     403    403    200     403  200   200
plans:request-new        POST    →     403    403    422     403  422   422
plans:request            GET     →     404    200    404     200  200   200
plans:request            POST    →     405    405    405     405  405   405
plans:request-edit       GET     →     404    403    404     403  200   200
plans:request-edit       POST    →     404    403    404     403  422   422
plans:request-answer     GET     →     404    403    404     403  200   200
plans:request-answer     POST    →     404    403    404     403  422   422
plans:request-withdraw   GET     →     404    403    404     403  200   200
plans:request-withdraw   POST    →     404    403    404     403  422   422
plans:request-reopen     GET     →     404    403    404     403  200   200
plans:request-reopen     POST    →     404    403    404     403  422   422
plans:plan-requests      GET     →     404    404    404     200  200   200
plans:plan-requests      POST    →     405    405    405     405  405   405
plans:budget-add         GET     →     404    404    404     403  200   200
plans:budget-add         POST    →     404    404    404     403  422   422
plans:budget-step        GET     →     404    404    404     403  200   200
plans:budget-step        POST    →     404    404    404     403  422   422
plans:budget-delete      GET     →     404    404    404     403  200   200
plans:budget-delete      POST    →     404    404    404     403  422   422
plans:focus              GET      →     404    404    404     200  200   200
plans:focus              POST     →     405    405    405     405  405   405
plans:focus-years        GET      →     404    404    404     200  200   200
plans:focus-years        POST     →     405    405    405     405  405   405
plans:focus-add          GET      →     404    404    404     200  200   200
plans:focus-add          POST     →     404    404    404     422  422   422
plans:focus-area         GET      →     404    404    404     200  200   200
plans:focus-area         POST     →     404    404    404     422  422   422
plans:focus-end          GET      →     404    404    404     200  200   200
plans:focus-end          POST     →     404    404    404     422  422   422
plans:focus-retire       GET      →     404    404    404     200  200   200
plans:focus-retire       POST     →     404    404    404     422  422   422
plans:focus-move         GET      →     405    405    405     405  405   405
plans:focus-move         POST     →     404    404    404     302  302   302
plans:focus-restore      GET      →     405    405    405     405  405   405
plans:focus-restore      POST     →     404    404    404     302  302   302
plans:reports            GET      →     404    404    404     200  200   200
plans:reports            POST     →     405    405    405     405  405   405
plans:report-add         GET      →     404    404    404     200  200   200
plans:report-add         POST     →     404    404    404     422  422   422
plans:report             GET      →     404    404    404     200  200   200
plans:report             POST     →     405    405    405     405  405   405
plans:report-head        GET      →     404    404    404     200  200   200
plans:report-head        POST     →     404    404    404     422  422   422
plans:report-begin       GET      →     405    405    405     405  405   405
plans:report-begin       POST     →     404    404    404     302  302   302
plans:report-news        GET      →     404    404    404     200  200   200
plans:report-news        POST     →     404    404    404     302  302   302
plans:report-drop        GET      →     404    404    404     200  200   200
plans:report-drop        POST     →     404    404    404     302  302   302
plans:report-recipient-add     GET  →   404    404    404     200  200   200
plans:report-recipient-add     POST →   404    404    404     422  422   422
plans:report-recipient   GET      →     404    404    404     200  200   200
plans:report-recipient   POST     →     404    404    404     422  422   422
plans:report-recipient-remove  GET  →   405    405    405     405  405   405
plans:report-recipient-remove  POST →   404    404    404     302  302   302
plans:report-send        GET      →     404    404    404     403  200   200
plans:report-send        POST     →     404    404    404     403  422   422
plans:report-correct     GET      →     404    404    404     403  200   200
plans:report-correct     POST     →     404    404    404     403  422   422
plans:report-publish     GET      →     404    404    404     403  200   200
plans:report-publish     POST     →     404    404    404     403  422   422
plans:report-withdraw    GET      →     404    404    404     403  200   200
plans:report-withdraw    POST     →     404    404    404     403  422   422
plans:report-section     GET      →     404    404    404     200  200   200
plans:report-section     POST     →     404    404    404     422  422   422
plans:report-draft       GET      →     405    405    405     405  405   405
plans:report-draft       POST     →     404    404    404     422  422   422
plans:report-discard     GET      →     405    405    405     405  405   405
plans:report-discard     POST     →     404    404    404     302  302   302
plans:report-conflict    GET      →     404    404    404     302  302   302
plans:report-conflict    POST     →     404    404    404     302  302   302
plans:initiatives           GET  →   404   404   404   200  200   200
plans:initiatives           POST →   405   405   405   405  405   405
plans:initiative-add        GET  →   404   404   404   200  200   200
plans:initiative-add        POST →   404   404   404   422  422   422
plans:initiative            GET  →   404   404   404   200  200   200
plans:initiative            POST →   405   405   405   405  405   405
plans:initiative-edit       GET  →   404   404   404   200  200   200
plans:initiative-edit       POST →   404   404   404   422  422   422
plans:initiative-move       GET  →   405   405   405   405  405   405
plans:initiative-move       POST →   404   404   404   302  302   302
plans:initiative-retire     GET  →   404   404   404   200  200   200
plans:initiative-retire     POST →   404   404   404   422  422   422
plans:initiative-restore    GET  →   405   405   405   405  405   405
plans:initiative-restore    POST →   404   404   404   302  302   302
plans:initiative-row-add    GET  →   404   404   404   200  200   200
plans:initiative-row-add    POST →   404   404   404   422  422   422
plans:initiative-row        GET  →   404   404   404   200  200   200
plans:initiative-row        POST →   404   404   404   422  422   422
plans:initiative-row-delete GET  →   405   405   405   405  405   405
plans:initiative-row-delete POST →   404   404   404   302  302   302
plans:duties             GET      →     404    404    404     200  200   200
plans:duties             POST     →     405    405    405     405  405   405
plans:duty-add           GET      →     404    404    404     200  200   200
plans:duty-add           POST     →     404    404    404     422  422   422
plans:duty               GET      →     404    404    404     200  200   200
plans:duty               POST     →     404    404    404     422  422   422
plans:duty-fulfil        GET      →     404    404    404     200  200   200
plans:duty-fulfil        POST     →     404    404    404     422  422   422
plans:duty-skip          GET      →     404    404    404     403  200   200
plans:duty-skip          POST     →     404    404    404     403  422   422
plans:duty-retire        GET      →     404    404    404     200  200   200
plans:duty-retire        POST     →     404    404    404     422  422   422
plans:duty-restore       GET      →     405    405    405     405  405   405
plans:duty-restore       POST     →     404    404    404     302  302   302
plans:duty-undo          GET      →     405    405    405     405  405   405
plans:duty-undo          POST     →     404    404    404     302  302   302
plans:evaluation-add     GET      →     404    404    404     200  200   200
plans:evaluation-add     POST     →     404    404    404     422  422   422
plans:evaluation         GET      →     404    404    404     200  200   200
plans:evaluation         POST     →     404    404    404     422  422   422
plans:evaluation-publish GET      →     405    405    405     405  405   405
plans:evaluation-publish POST     →     404    404    404     403  302   302
plans:evaluation-withdraw GET      →     405    405    405     405  405   405
plans:evaluation-withdraw POST     →     404    404    404     403  302   302
plans:plan-end           GET      →     404    404    404     403  302   302
plans:plan-end           POST     →     404    404    404     403  302   302
plans:plan-end-back      GET      →     404    404    404     403  200   200
plans:plan-end-back      POST     →     404    404    404     403  422   422
plans:status             GET      →     404    404    404     200  200   200
plans:status             POST     →     404    404    404     302  302   302
plans:status-draft       POST     →     404    404    404     200  200   200
plans:status-draft       GET      →     405    405    405     405  405   405
plans:status-discard     POST     →     404    404    404     302  302   302
plans:status-discard     GET      →     405    405    405     405  405   405
plans:status-open        GET      →     404    404    404     403  200   200
plans:status-open        POST     →     404    404    404     403  422   422
plans:status-edit        GET      →     404    404    404     403  200   200
plans:status-edit        POST     →     404    404    404     403  422   422
plans:status-close       GET      →     404    404    404     403  200   200
plans:status-close       POST     →     404    404    404     403  422   422
plans:status-submit      GET      →     404    404    404     403  302   302
plans:status-submit      POST     →     404    404    404     403  302   302
plans:history            GET     →     404    404    404     200  200   200
plans:history            POST    →     405    405    405     405  405   405
plans:history-xlsx       GET     →     404    404    404     200  200   200
plans:history-xlsx       POST    →     405    405    405     405  405   405
plans:history-json       GET     →     404    404    404     200  200   200
plans:history-json       POST    →     405    405    405     405  405   405
plans:history-thing      GET     →     404    404    404     200  200   200
plans:history-thing      POST    →     405    405    405     405  405   405
plans:history-state      GET     →     404    404    404     200  200   200
plans:history-state      POST    →     405    405    405     405  405   405
plans:history-put-back   GET     →     404    404    404     200  200   200
plans:history-put-back   POST    →     404    404    404     422  422   422
plans:work-plan          GET     →     404    404    404     200  200   200
plans:milestone-add      GET     →     404    404    404     200  200   200
plans:milestone-add      POST    →     404    404    404     422  422   422
plans:milestone          GET     →     404    404    404     200  200   200
plans:milestone          POST    →     404    404    404     422  422   422
plans:milestone-end      GET     →     404    404    404     200  200   200
plans:milestone-end      POST    →     404    404    404     ok   ok    ok
plans:milestone-done     GET     →     404    404    404     ok   ok    ok
plans:milestone-done     POST    →     404    404    404     422  422   422
plans:text               GET     →     404    404    404     200  200   200
plans:paste              POST    →     404    404    404     200  200   200
plans:paste              GET     →     405    405    405     405  405   405
plans:section-add        POST    →     404    404    404     422  422   422
plans:section            GET     →     404    404    404     200  200   200
plans:section            POST    →     404    404    404     422  422   422
plans:section-draft      POST    →     404    404    404     422  422   422
plans:section-draft-discard POST →     404    404    404     302  302   302
plans:section-conflict   GET     →     404    404    404     302  302   302
plans:section-conflict   POST    →     404    404    404     302  302   302
plans:image              GET     404   404    404    404     200  200   200
plans:image              POST    405   405    405    405     405  405   405
plans:section-image      GET     →     404    404    404     200  200   200
plans:section-image      POST    →     404    404    404     422  422   422
plans:section-presence   GET     →     404    404    404     200  200   200
plans:section-move       POST    →     404    404    404     302  302   302
plans:section-mark       POST    →     404    404    404     302  302   302
plans:section-retire     GET     →     404    404    404     200  200   200
plans:section-retire     POST    →     404    404    404     302  404   404
plans:section-restore    POST    →     404    404    404     404  404   404
plans:comment-add        POST    →     404    404    404     422  422   422
plans:word               GET     →     404    404    404     200  200   200
plans:word               POST    →     404    404    404     422  422   422
plans:word-import        GET     →     404    404    404     404  200   404
plans:word-import        POST    →     404    404    404     404  302   404
plans:word-discard       GET     →     404    404    404     404  200   404
plans:word-discard       POST    →     404    404    404     404  302   404
plans:word-picture       GET     →     404    404    404     404  200   404
plans:comment            POST    →     404    404    404     302  302   302
plans:matrix             GET     →     404    404    404     200  200   200
plans:matrix             POST    →     405    405    405     405  405   405
plans:matrix-cell        GET     →     404    404    404     200  200   200
plans:matrix-cell        POST    →     404    404    404     422  422   422
plans:section-untie      GET     →     405    405    405     405  405   405
plans:section-untie      POST    →     404    404    404     302  302   302
plans:chapters           GET     →     404    404    404     200  200   200
plans:chapters           POST    →     404    404    404     422  422   422
plans:completeness-lists GET     →     404    404    404     200  200   200
plans:completeness-lists POST    →     404    404    404     302  302   302
plans:completeness-line  GET     →     404    404    404     200  200   200
plans:completeness-line  POST    →     404    404    404     422  422   422
plans:completeness-act   GET     →     405    405    405     405  405   405
plans:completeness-act   POST    →     404    404    404     302  302   302
plans:milestone-meeting  GET     →     404    404    404     200  200   200
plans:milestone-meeting  POST    →     404    404    404     422  422   422
plans:meeting-move       GET     →     404    404    404     403  200   200
plans:meeting-move       POST    →     404    404    404     403  422   422
plans:meetings           GET     →     403    403    200     403  200   200
plans:meetings           POST    →     403    403    405     403  405   405
plans:meeting-new        GET     →     403    403    200     403  200   200
plans:meeting-new        POST    →     403    403    422     403  422   422
plans:meetings-many      GET     →     403    403    200     403  200   200
plans:meetings-many      POST    →     403    403    422     403  422   422
plans:meeting-edit       GET     →     403    403    404     403  200   200
plans:meeting-edit       POST    →     403    403    404     403  422   422
plans:meeting-delete     GET     →     403    403    405     403  405   405
plans:meeting-delete     POST    →     403    403    404     403  302   302
plans:setup              GET     →     403    403    200     403  200   200
plans:setup              POST    →     403    403    405     403  405   405
plans:setup-municipality GET     →     403    403    403     403  403   200
plans:setup-municipality POST    →     403    403    403     403  403   422
plans:setup-bodies       GET     →     403    403    403     403  403   200
plans:setup-bodies       POST    →     403    403    403     403  403   422
plans:setup-body         GET     →     403    403    403     403  403   200
plans:setup-body         POST    →     403    403    403     403  403   422
plans:setup-colleagues   GET     →     403    403    200     403  200   200
plans:setup-colleagues   POST    →     403    403    422     403  422   422
plans:setup-plan         GET     →     403    403    200     403  200   200
plans:setup-plan         POST    →     403    403    405     403  405   405
plans:work-preview       GET     →     404    404    404     200  200   200
plans:publish-choose     GET     →     404    404    404     200  200   200
plans:mark-public        POST    →     404    404    404     302  302   302
plans:publish            GET     →     404    404    404     403  200   200
plans:publish            POST    →     404    404    404     403  422   422
plans:publish-draft      GET     →     404    404    404     403  200   200
plans:publish-draft      POST    →     404    404    404     403  422   422
plans:accept-finding     POST    →     404    404    404     422  422   422
plans:planning-act       POST    →     404    404    404     302  302   302
plans:chain              GET     →     404    404    404     200  200   200
plans:chain              POST    →     404    404    404     422  422   422
plans:template           GET     →     404    404    404     200  200   200
plans:template           POST    →     404    404    404     422  422   422
plans:milestone-body     POST    →     404    404    404     302  302   302
plans:milestones         POST    →     404    404    404     302  302   302
plans:milestones-move    GET     →     404    404    404     302  302   302
plans:milestones-move    POST    →     404    404    404     302  302   302
plans:milestone-row      GET     →     404    404    404     302  302   302
plans:milestone-row      POST    →     404    404    404     302  302   302
plans:milestone-copy     POST    →     404    404    404     302  302   302
plans:milestone-place    POST    →     404    404    404     302  302   302
plans:milestone-confirm  POST    →     404    404    404     302  302   302
plans:milestone-delete   POST    →     404    404    404     302  302   302
plans:milestone-restore  POST    →     404    404    404     302  302   302
plans:milestone-move     GET     →     404    404    404     200  200   200
plans:milestone-move     POST    →     404    404    404     422  422   422
plans:dependencies       GET     →     404    404    404     200  200   200
plans:dependencies       POST    →     404    404    404     422  422   422
plans:member-matters     GET     →     403    200    403     403  403   403
plans:member-matters     POST    →     403    405    403     403  403   403
plans:member-matter      GET     →     403    200    403     403  403   403
plans:member-matter      POST    →     403    405    403     403  403   403
plans:member-plans       GET     →     403    200    403     403  403   403
plans:member-plans       POST    →     403    405    403     403  403   403
plans:member-plan        GET     →     403    302    403     403  403   403
plans:member-plan        POST    →     403    405    403     403  403   403
plans:member-version     GET     →     403    200    403     403  403   403
plans:member-version     POST    →     403    405    403     403  403   403
plans:member-changes     GET     →     403    200    403     403  403   403
plans:member-changes     POST    →     403    405    403     403  403   403
plans:member-pdf         GET     →     403    200    403     403  403   403
plans:member-pdf         POST    →     403    405    403     403  403   403
plans:member-paragraph   GET     →     403    302    403     403  403   403
plans:member-paragraph   POST    →     403    405    403     403  403   403
plans:member-write       GET     →     403    200    403     403  403   403
plans:member-write       POST    →     403    422    403     403  403   403
plans:member-ask         GET     →     403    200    403     403  403   403
plans:member-ask         POST    →     403    422    403     403  403   403
plans:member-notes       GET     →     403    200    403     403  403   403
plans:member-notes       POST    →     403    405    403     403  403   403
plans:member-note        GET     →     403    200    403     403  403   403
plans:member-note        POST    →     403    422    403     403  403   403
plans:member-questions   GET     →     403    200    403     403  403   403
plans:member-questions   POST    →     403    405    403     403  403   403
plans:member-question    GET     →     403    200    403     403  403   403
plans:member-question    POST    →     403    302    403     403  403   403
plans:questions          GET     →     403    403    200     200  200   403
plans:questions          POST    →     403    403    405     405  405   403
plans:question           GET     →     403    403    404     200  200   403
plans:question           POST    →     403    403    404     422  422   403
plans:recusals           GET     →     403    403    404     403  200   200
plans:recusals           POST    →     403    403    404     403  422   422
plans:agenda             GET     →     200    200    200    200    200    200
plans:agenda             POST    →     405    405    405    405    405    405
plans:agenda-body        GET     →     404    200    404    200    200    200
plans:agenda-body        POST    →     405    405    405    405    405    405
plans:agenda-meeting     GET     →     404    200    404    200    200    200
plans:agenda-meeting     POST    →     405    405    405    405    405    405
plans:agenda-add         GET     →     405    405    405    405    405    405
plans:agenda-add         POST    →     404    403    404    403    422    422
plans:agenda-send        GET     →     405    405    405    405    405    405
plans:agenda-send        POST    →     404    403    404    403    302    302
plans:agenda-protocol    GET     →     405    405    405    405    405    405
plans:agenda-protocol    POST    →     404    403    404    403    302    302
plans:agenda-move        GET     →     405    405    405    405    405    405
plans:agenda-move        POST    →     404    403    404    403    302    302
plans:agenda-take-off    GET     →     405    405    405    405    405    405
plans:agenda-take-off    POST    →     404    403    404    403    302    302
plans:agenda-item        GET     →     404    200    404    200    200    200
plans:agenda-item        POST    →     405    405    405    405    405    405
plans:agenda-item-edit   GET     →     404    403    404    403    200    200
plans:agenda-item-edit   POST    →     404    403    404    403    422    422
plans:agenda-recommendation GET     →     404    403    404    200    200    200
plans:agenda-recommendation POST    →     404    403    404    422    422    422
plans:agenda-minutes     GET     →     404    403    404    403    200    200
plans:agenda-minutes     POST    →     404    403    404    403    422    422
plans:agenda-recusals    GET     →     404    403    404    403    200    200
plans:agenda-recusals    POST    →     404    403    404    403    422    422
plans:insight            GET     →     200    200    200    200    200    200
plans:insight            POST    →     403    403    403    403    403    403
plans:insight-request    GET     →     404    200    404    404    200    200
plans:insight-request    POST    →     404    403    404    404    422    422
consultations:hearings                     GET   200   200   200   200   200   200   200
consultations:hearings                     POST  405   405   405   405   405   405   405
consultations:data-hoeringer               GET   200   200   200   200   200   200   200
consultations:data-hoeringer               POST  405   405   405   405   405   405   405
consultations:data-svar                    GET   200   200   200   200   200   200   200
consultations:data-svar                    POST  405   405   405   405   405   405   405
consultations:data-svar-dele               GET   200   200   200   200   200   200   200
consultations:data-svar-dele               POST  405   405   405   405   405   405   405
consultations:data-bemaerkninger           GET   200   200   200   200   200   200   200
consultations:data-bemaerkninger           POST  405   405   405   405   405   405   405
consultations:data-parter                  GET   200   200   200   200   200   200   200
consultations:data-parter                  POST  405   405   405   405   405   405   405
consultations:data-aendringer              GET   200   200   200   200   200   200   200
consultations:data-aendringer              POST  405   405   405   405   405   405   405
consultations:hearing                      GET   200   200   200   200   200   200   200
consultations:hearing                      POST  405   405   405   405   405   405   405
consultations:hearing-material             GET   200   200   200   200   200   200   200
consultations:hearing-material             POST  405   405   405   405   405   405   405
consultations:answer                       GET   200   200   200   200   200   200   200
consultations:answer                       POST  429   429   429   429   429   429   429
consultations:answer-draft                 GET   200   200   200   200   200   200   200
consultations:answer-draft                 POST  302   302   302   302   302   302   302
consultations:answer-draft-send            GET   200   200   200   200   200   200   200
consultations:answer-draft-send            POST  422   422   422   422   422   422   422
consultations:answer-draft-confirm         GET   200   200   200   200   200   200   200
consultations:answer-draft-confirm         POST  302   302   302   302   302   302   302
consultations:answer-receipt               GET   200   200   200   200   200   200   200
consultations:answer-receipt               POST  302   302   302   302   302   302   302
consultations:answer-correct               GET   200   200   200   200   200   200   200
consultations:answer-correct               POST  302   302   302   302   302   302   302
consultations:answer-correct-send          GET   200   200   200   200   200   200   200
consultations:answer-correct-send          POST  422   422   422   422   422   422   422
consultations:answer-verify                GET   200   200   200   200   200   200   200
consultations:answer-verify                POST  302   302   302   302   302   302   302
consultations:answer-invited               GET   200   200   200   200   200   200   200
consultations:answer-invited               POST  204   204   204   204   204   204   204
consultations:answer-invited-write         GET   200   200   200   200   200   200   200
consultations:answer-invited-write         POST  302   302   302   302   302   302   302
consultations:answer-invited-send          GET   302   302   302   302   302   302   302
consultations:answer-invited-send          POST  302   302   302   302   302   302   302
consultations:answer-invited-material      GET   200   200   200   200   200   200   200
consultations:answer-invited-material      POST  405   405   405   405   405   405   405
consultations:answer-councils              GET   →     200   200   200   200   200   200
consultations:answer-councils              POST  →     405   405   405   405   405   405
consultations:answer-council               GET   →     404   404   404   404   404   404
consultations:answer-council               POST  →     404   404   404   404   404   404
consultations:answer-council-write         GET   →     404   404   404   404   404   404
consultations:answer-council-write         POST  →     404   404   404   404   404   404
consultations:answer-council-send          GET   →     404   404   404   404   404   404
consultations:answer-council-send          POST  →     404   404   404   404   404   404
consultations:answer-council-material      GET   →     404   404   404   404   404   404
consultations:answer-council-material      POST  →     405   405   405   405   405   405
consultations:round-list GET     →     404     404     404     200     200     200
consultations:round-list POST    →     405     405     405     405     405     405
consultations:round-new  GET     →     404     404     404     403     200     200
consultations:round-new  POST    →     404     404     404     403     422     422
consultations:round-page GET     →     404     404     404     200     200     200
consultations:round-page POST    →     405     405     405     405     405     405
consultations:round-edit GET     →     404     404     404     403     200     200
consultations:round-edit POST    →     404     404     404     403     422     422
consultations:round-announce GET     →     404     404     404     403     200     200
consultations:round-announce POST    →     404     404     404     403     422     422
consultations:round-extend GET     →     404     404     404     403     200     200
consultations:round-extend POST    →     404     404     404     403     422     422
consultations:round-close GET     →     404     404     404     403     200     200
consultations:round-close POST    →     404     404     404     403     422     422
consultations:round-correct GET     →     404     404     404     403     200     200
consultations:round-correct POST    →     404     404     404     403     422     422
consultations:round-withdraw GET     →     404     404     404     403     200     200
consultations:round-withdraw POST    →     404     404     404     403     422     422
consultations:round-questions GET     →     404     404     404     403     200     200
consultations:round-questions POST    →     404     404     404     403     422     422
consultations:round-question GET     →     404     404     404     403     200     200
consultations:round-question POST    →     404     404     404     403     422     422
consultations:round-materials GET     →     404     404     404     403     200     200
consultations:round-materials POST    →     404     404     404     403     422     422
consultations:round-material GET     →     404     404     404     200     200     200
consultations:round-material POST    →     405     405     405     405     405     405
consultations:round-material-out GET     →     405     405     405     405     405     405
consultations:round-material-out POST    →     404     404     404     403     302     302
consultations:round-preview GET    →     404     404     404     200     200     200
consultations:round-preview POST   →     405     405     405     405     405     405
consultations:round-letter GET     →     404     404     404     200     200     200
consultations:round-letter POST    →     404     404     404     403     422     422
consultations:round-letter-paste POST    →     404     404     404     403     200     200
consultations:round-letter-paste GET    →     405     405     405     405     405     405
consultations:round-letter-docx GET     →     404     404     404     200     200     200
consultations:round-letter-docx POST    →     405     405     405     405     405     405
consultations:round-letter-pdf GET     →     404     404     404     200     200     200
consultations:round-letter-pdf POST    →     405     405     405     405     405     405
consultations:round-parties GET     →     404     404     404     200     200     200
consultations:round-parties POST    →     405     405     405     405     405     405
consultations:round-parties-add GET     →     404     404     404     403     200     200
consultations:round-parties-add POST    →     404     404     404     403     422     422
consultations:round-party GET     →     404     404     404     403     200     200
consultations:round-party POST    →     404     404     404     403     422     422
consultations:round-remind GET     →     405     405     405     405     405     405
consultations:round-remind POST    →     404     404     404     403     302     302
consultations:party-list GET     →     403     403     200     403     200     200
consultations:party-list POST    →     403     403     405     403     405     405
consultations:party-many GET     →     403     403     200     403     200     200
consultations:party-many POST    →     403     403     422     403     422     422
consultations:party-new  GET     →     403     403     200     403     200     200
consultations:party-new  POST    →     403     403     422     403     422     422
consultations:party-edit GET     →     403     403     200     403     200     200
consultations:party-edit POST    →     403     403     422     403     422     422
consultations:party-list-new GET     →     403     403     200     403     200     200
consultations:party-list-new POST    →     403     403     422     403     422     422
consultations:party-list-edit GET     →     403     403     200     403     200     200
consultations:party-list-edit POST    →     403     403     422     403     422     422
consultations:party-retire GET     →     403     403     405     403     405     405
consultations:party-retire POST    →     403     403     302     403     302     302
consultations:response-shown        GET   200   200   200   200   200   200   200
consultations:response-shown        POST  405   405   405   405   405   405   405
consultations:response-annex-shown  GET   200   200   200   200   200   200   200
consultations:response-annex-shown  POST  405   405   405   405   405   405   405
consultations:responses             GET   →     404   404   404   200   200   200
consultations:responses             POST  →     405   405   405   405   405   405
consultations:response              GET   →     404   404   404   200   200   200
consultations:response              POST  →     405   405   405   405   405   405
consultations:response-open         GET   →     405   405   405   405   405   405
consultations:response-open         POST  →     404   404   404   302   302   302
consultations:response-reads        GET   →     404   404   404   200   200   200
consultations:response-reads        POST  →     405   405   405   405   405   405
consultations:response-register     GET   →     404   404   404   200   200   200
consultations:response-register     POST  →     404   404   404   422   422   422
consultations:response-findings     GET   →     405   405   405   405   405   405
consultations:response-findings     POST  →     404   404   404   409   409   409
consultations:response-passage      GET   →     405   405   405   405   405   405
consultations:response-passage      POST  →     404   404   404   409   409   409
consultations:response-lift         GET   →     405   405   405   405   405   405
consultations:response-lift         POST  →     404   404   404   409   409   409
consultations:response-clear        GET   →     405   405   405   405   405   405
consultations:response-clear        POST  →     404   404   404   403   409   409
consultations:response-clear-all    GET   →     405   405   405   405   405   405
consultations:response-clear-all    POST  →     404   404   404   403   302   302
consultations:response-hide         GET   →     404   404   404   403   200   200
consultations:response-hide         POST  →     404   404   404   403   422   422
consultations:response-late         GET   →     404   404   404   403   200   200
consultations:response-late         POST  →     404   404   404   403   422   422
consultations:response-annex        GET   →     404   404   404   200   200   200
consultations:response-annex        POST  →     404   404   404   403   422   422
consultations:response-annex-fetch  GET   →     405   405   405   405   405   405
consultations:response-annex-fetch  POST  →     404   404   404   200   200   200
consultations:report-shown      GET   200   200   200   200   200   200   200
consultations:report-shown      POST  405   405   405   405   405   405   405
consultations:report-after      GET   200   200   200   200   200   200   200
consultations:report-after      POST  405   405   405   405   405   405   405
consultations:report-shown-file GET   200   200   200   200   200   200   200
consultations:report-shown-file POST  405   405   405   405   405   405   405
consultations:report-room       GET   →     404   404   404   200   200   200
consultations:report-room       POST  →     405   405   405   405   405   405
consultations:report-make       GET   →     405   405   405   405   405   405
consultations:report-make       POST  →     404   404   404   302   302   302
consultations:report-page       GET   →     404   404   404   200   200   200
consultations:report-page       POST  →     405   405   405   405   405   405
consultations:report-publish    GET   →     404   404   404   403   302   302
consultations:report-publish    POST  →     404   404   404   403   302   302
consultations:report-file       GET   →     404   404   404   200   200   200
consultations:report-file       POST  →     405   405   405   405   405   405
consultations:journal-room      GET   →     404   404   404   403   200   200
consultations:journal-room      POST  →     405   405   405   405   405   405
consultations:journal-make      GET   →     405   405   405   405   405   405
consultations:journal-make      POST  →     404   404   404   403   302   302
consultations:journal-numbers   GET   →     405   405   405   405   405   405
consultations:journal-numbers   POST  →     404   404   404   403   302   302
consultations:journal-fetch     GET   →     405   405   405   405   405   405
consultations:journal-fetch     POST  →     404   404   404   403   200   200
consultations:remark-list              GET  →     404   404   404   200   200   200
consultations:remark-list              POST →     405   405   405   405   405   405
consultations:remark-board             GET  →     404   404   404   200   200   200
consultations:remark-board             POST →     405   405   405   405   405   405
consultations:remark-responses         GET  →     404   404   404   200   200   200
consultations:remark-responses         POST →     405   405   405   405   405   405
consultations:remark-alike             GET  →     404   404   404   200   200   200
consultations:remark-alike             POST →     405   405   405   405   405   405
consultations:remark-alike-group       GET  →     404   404   404   200   200   200
consultations:remark-alike-group       POST →     404   404   404   422   422   422
consultations:remark-many              POST →     404   404   404   422   422   422
consultations:remark-many              GET  →     404   404   404   302   302   302
consultations:remark-take-all          POST →     404   404   404   302   302   302
consultations:remark-take-all          GET  →     405   405   405   405   405   405
consultations:remark-theme-move        POST →     404   404   404   302   302   302
consultations:remark-theme-move        GET  →     405   405   405   405   405   405
consultations:remark-retire            POST →     404   404   404   302   302   302
consultations:remark-retire            GET  →     405   405   405   405   405   405
consultations:remark-split             GET  →     404   404   404   200   200   200
consultations:remark-split             POST →     404   404   404   302   302   302
consultations:remark-themes            GET  →     404   404   404   200   200   200
consultations:remark-themes            POST →     404   404   404   422   422   422
consultations:remark-theme             GET  →     404   404   404   200   200   200
consultations:remark-theme             POST →     404   404   404   422   422   422
consultations:remark-answers           GET  →     404   404   404   200   200   200
consultations:remark-answers           POST →     404   404   404   422   422   422
consultations:remark-answer            GET  →     404   404   404   200   200   200
consultations:remark-answer            POST →     404   404   404   422   422   422
consultations:remark-meetings          GET  →     404   404   404   200   200   200
consultations:remark-meetings          POST →     404   404   404   422   422   422
consultations:remark-meeting           GET  →     404   404   404   200   200   200
consultations:remark-meeting           POST →     404   404   404   422   422   422
consultations:remark                   GET  →     404   404   404   200   200   200
consultations:remark                   POST →     404   404   404   422   422   422
consultations:workbench                GET  →     404   404   404   200   200   200
consultations:workbench                POST →     404   404   404   302   302   302
consultations:workbench-offers         GET  →     404   404   404   200   200   200
consultations:workbench-offers         POST →     405   405   405   405   405   405
consultations:workbench-live           GET  →     404   404   404   200   200   200
consultations:workbench-live           POST →     405   405   405   405   405   405
consultations:workbench-keys           GET  →     404   404   404   200   200   200
consultations:workbench-keys           POST →     404   404   404   302   302   302
consultations:workbench-response       GET  →     404   404   404   200   200   200
consultations:workbench-response       POST →     404   404   404   302   302   302
consultations:remark-ready             GET  →     404   404   404   200   200   200
consultations:remark-ready             POST →     404   404   404   403   422   422
consultations:remark-decide            POST →     404   404   404   403   422   422
consultations:remark-decide            GET  →     405   405   405   405   405   405
consultations:remark-join              POST →     404   404   404   422   422   422
consultations:remark-join              GET  →     405   405   405   405   405   405
"""

ROWS = [line.split() for line in MATRIX.strip().splitlines()]


# The addresses of a version that a member reads; does one of its paragraphs belong to them?
MEMBER_ADDRESSES = {
    "plans:member-version": False,
    "plans:member-changes": False,
    "plans:member-pdf": False,
    "plans:member-ask": False,
    "plans:member-paragraph": True,
    "plans:member-write": True,
}


@pytest.fixture(scope="module")
def household(django_db_setup, django_db_blocker):
    """One plan of Socialudvalget with everything a route can name, and a person for each role.

    Made once: what a test changes is rolled back inside it, and it goes with the last of them.
    """
    with standing(django_db_blocker):
        yield Household()


@pytest.fixture(scope="module")
def keys(household, django_db_blocker):
    """The cookies of each role, which signs in once and not at every door."""
    with django_db_blocker.unblock():
        signed = {role: signed_in(household.people[role]) for role in ROLES[1:]}
    return {"anonymous": SimpleCookie(), **signed}


@pytest.fixture
def house(household, db):
    """The household, in a test of its own."""
    return household


FORM = {"form": "json"}  # of a table that is given out
OF_A_MEETING = {
    *(f"plans:meeting-{what}" for what in ("move", "edit", "delete")),
    *(f"plans:agenda-{what}" for what in ("meeting", "add", "send", "protocol")),
}
OF_AN_ITEM = {
    *(f"plans:agenda-{what}" for what in ("item", "item-edit", "recommendation", "minutes")),
    *(f"plans:agenda-{what}" for what in ("move", "take-off", "recusals")),
}
OF_A_BODY = ("plans:body-calendar", "plans:feed-body", "plans:follow-body")


def indicators_of(plan: Plan) -> tuple[PlanIndicator, PlanIndicator]:
    """An indicator with a target and a measurement, and one that was taken out."""
    measured = Indicator.objects.create(home=plan, name="Borgere i haver", source="Registret")
    use = PlanIndicator.objects.create(plan=plan, indicator=measured, is_public=True)
    IndicatorTarget.objects.create(use=use, year=2028, value=5)
    value = Measurement(indicator=measured, value=4, note="Foreløbigt talt")
    value.when = TimeSpan.between(date(2024, 1, 1), date(2024, 12, 31))
    value.save()
    internal = Indicator.objects.create(home=plan, name="Borgere i skure", definition="Internt")
    PlanIndicator.objects.create(plan=plan, indicator=internal, override_reason="Sådan er det",
                                 override="behind")  # fmt: skip
    old = Indicator.objects.create(home=plan, name="Borgere i gårde")
    out = PlanIndicator.objects.create(plan=plan, indicator=old, retired_at=clock.now())
    return use, out


class Effects:
    """A theory of change: one goal that everybody reads, and what is internal."""

    def __init__(self, plan: Plan) -> None:
        self.theme = EffectTheme.objects.create(plan=plan, title="Bolig", is_public=True)
        facts = {"theme": self.theme, "kind": "goal"}
        goal = EffectNode.objects.create(**facts, title="Flere bor selv", is_public=True)
        facts["kind"] = "result"
        self.node = EffectNode.objects.create(**facts, title="Færre flytter")
        self.taken_out = EffectNode.objects.create(
            **facts, title="Tavler", retired_at=clock.now(), retired_because="Fejl"
        )
        EffectLink.objects.create(node=self.node, serves=goal, assumption="Der er boliger")
        self.source = EffectReference.objects.create(plan=plan, number="BR 644/05")

    @property
    def things(self) -> dict[str, Any]:
        """What the address of a route names below the plan."""
        return {
            "plans:effects-source": self.source,
            "plans:effects-theme": self.theme,
            "plans:effects-node-add": self.theme,
            "plans:effects-node": self.node,
            "plans:effects-move": self.node,
            "plans:effects-remove": self.node,
            "plans:effects-restore": self.taken_out,
        }


class Household:
    """The things the routes lead to, and who comes to the door."""

    def __init__(self) -> None:
        Municipality.objects.create(pk=1, name="Københavns Kommune")
        self.body = Body.objects.create(name="Socialudvalget", kind="committee")
        other = Body.objects.create(name="Teknik- og Miljøudvalget", kind="committee")
        self.plan = Plan.objects.create(title="Strategi for voksne", body=self.body)
        cycle = Cycle.objects.create(plan=self.plan)
        Section.objects.create(plan=self.plan, title="Mål", text="<p>Ro.</p>", is_public=True)
        self.milestone = Milestone(cycle=cycle, title="Vedtagelse", is_public=True)
        self.milestone.when = TimeSpan.day(date(2027, 3, 3))
        self.milestone.save()
        self._initiatives()
        self.annexes = Annexes(self.plan)
        self.indicator, self.indicator_taken_out = indicators_of(self.plan)
        self.measurement = self.indicator.indicator.measurements.get()
        self.effects = Effects(self.plan)
        version = freeze(plan=self.plan, stage=Stage.PROCESS_PLAN, by=None)
        publish(version=version, by=None)
        self.people = {"anonymous": AnonymousUser()}
        for role in ROLES[1:]:
            email = f"{role}@example.org"
            self.people[role] = User.objects.create_user(email, "x", name=role)
        for role, held, body in [
            ("member", Role.MEMBER, self.body),
            ("foreign", Role.SECRETARY, other),
            ("secretary", Role.SECRETARY, self.body),
            ("administrator", Role.ADMINISTRATOR, None),
        ]:
            Membership.objects.create(user=self.people[role], role=held, body=body)
        PlanLead.objects.create(plan=self.plan, user=self.people["lead"])
        self.section = Section.objects.create(plan=self.plan, title="Formål")
        self.image = kept(self.plan)
        self.comment = Comment.objects.create(section=self.section, text="Hm")
        self.draft = draft_of(FIRST, self.people["secretary"], self.plan)
        self.from_word = self._from_word()
        self.area = FocusArea.objects.create(plan=self.plan, title="Haver")
        self.area_taken_out = FocusArea.objects.create(
            plan=self.plan, title="Gårde", retired_at=clock.now(), retired_because="Fejl"
        )
        self._duties()
        self.meeting = Meeting.objects.create(body=self.body, date=date(2027, 3, 3))
        self.at_meeting = Milestone.objects.create(cycle=cycle, title="Mødet", meeting=self.meeting)
        about = {"body": self.body, "plan": self.plan}
        self.promise = CommitteeRequest.objects.create(title="Et notat", **about)
        self.kept = CommitteeRequest.objects.create(title="Et statusnotat", **about)
        RequestAnswer.objects.create(
            request=self.kept, answered_on=date(2026, 10, 21), document="Orientering"
        )
        self.money = BudgetStep.objects.create(
            plan=self.plan, title="Udarbejdelse", state="set_aside", amount=4_000_000
        )
        self.group = TargetGroup.objects.create(plan=self.plan, title="Unge")
        self.status = YearlyStatus.objects.create(
            plan=self.plan, year=2026, opens_on=date(2026, 11, 1), closes_on=date(2026, 12, 1)
        )
        self.matter = submit(
            plans=[self.plan],
            purpose="discussion",
            title="Drøftelse",
            chain=[ChainStep(self.body)],
            treated=True,
            by=None,
        )
        self.submitted = self.matter.plans.get().version
        self.anchor = self.submitted.blocks.get(kind="paragraph").anchor
        at = {"version": self.submitted, "anchor": self.anchor, "by": self.people["member"]}
        self.note = write_note(**at, words="Husk", seen=0)
        self.question = ask(**at, words="Hvorfor?", key=uuid.uuid4())
        self.item = self._closed_item()
        self.invitation = Invitation(email="ny@example.org", role=Role.MEMBER, body=self.body)
        invite(
            invitation=self.invitation,
            address="https://example.org/TOKEN",
            by=self.people["administrator"],
        )

        self.told = Told(self.plan)
        self.papers = Papers(self.plan, self.matter.next_treatment)
        self.consulted = Consulted(self.submitted)
        self.answered = Answered(self.plan.publications.get().version)
        self.received = Received(self.plan.publications.get().version)
        self.handled = Handled(self.plan.publications.get().version)
        self.reported = Reported(self.answered.round)

    def _initiatives(self) -> None:
        self.initiative = Initiative.objects.create(
            plan=self.plan, title="Koordinering", is_public=True
        )
        self.initiative_taken_out = Initiative.objects.create(
            plan=self.plan, title="Hjemmeside", retired_at=clock.now(), retired_because="Fejl"
        )
        own = {"initiative": self.initiative}
        phase = InitiativePhase.objects.create(title="Analyse", **own)
        self.activity = InitiativeActivity.objects.create(title="Møder", phase=phase, **own)
        ActivityMove.objects.create(activity=self.activity, reason="Sygdom", written="maj")
        InitiativeFunding.objects.create(source="Satspuljen", **own)
        InitiativePartner.objects.create(name="Et center", **own)
        InitiativeLink.objects.create(title="Hjemmesiden", **own)

    def _duties(self) -> None:
        self.duty = Duty.objects.create(
            plan=self.plan, title="Rapport", kind="own", rule="yearly", begins=date(2026, 1, 1)
        )
        self.duty_taken_out = Duty.objects.create(
            plan=self.plan, title="Brev", kind="own", rule="yearly",
            retired_at=clock.now(), retired_because="Fejl",
        )  # fmt: skip
        self.fulfilment = DutyFulfilment.objects.create(
            duty=self.duty, occurrence="2026", done_on=date(2026, 11, 1)
        )
        self.evaluation = Evaluation.objects.create(plan=self.plan, title="Midtvejs")
        EvaluatedGoal.objects.create(evaluation=self.evaluation, focus_area=self.area)
        self.extension = PlanExtension.objects.create(
            plan=self.plan, choice="extend", body=self.body, decided_on=date(2026, 1, 1),
            reason="Mere tid", new_end=date(2031, 12, 31), is_closed=True,
        )  # fmt: skip

    def _closed_item(self) -> AgendaItem:
        """A closed item about the published plan, on an agenda that is sent out, with all that can
        be written of it."""
        Agenda.objects.create(meeting=self.meeting, is_out=True, sent_at=clock.now())
        item = AgendaItem.objects.create(
            own_meeting=self.meeting,
            plan=self.plan,
            own_title="Lejemål",
            own_type="decision",
            own_closed=True,
        )
        AtClause.objects.create(item=item, number=1, words="at lejemålet opsiges")
        now = {"decided_on": date(2026, 1, 1), "recorded_at": clock.now()}
        ItemOutcome.objects.create(item=item, outcome="approved", **now)
        ItemRecusal.objects.create(item=item, user=self.people["nobody"], reason="family")
        self.insight = InsightRequest.objects.create(
            body=self.body, asked_by=self.people["member"], asked_at=clock.now(), wanted="Bilag"
        )
        return item

    def _from_word(self) -> TextImport:
        data = docx(h("Formål"), p(picture("r1", "Et hus")), pictures={"r1": png()})
        read = ReadText(UploadedDocument("strategi.docx", data, WORD), read_word(data))
        return begin_text(plan=self.plan, read=read, by=self.people["secretary"])

    @cached_property
    def things(self) -> dict[str, Any]:
        """What the address of a route names below the plan."""
        return {
            **self.effects.things,
            "plans:focus-area": self.area,
            "plans:focus-move": self.area,
            "plans:focus-end": self.area,
            "plans:focus-retire": self.area,
            "plans:focus-restore": self.area_taken_out,
            "plans:public-initiative": self.initiative,
            "plans:initiative": self.initiative,
            "plans:initiative-edit": self.initiative,
            "plans:initiative-move": self.initiative,
            "plans:initiative-retire": self.initiative,
            "plans:initiative-restore": self.initiative_taken_out,
            "plans:duty": self.duty,
            "plans:duty-fulfil": self.duty,
            "plans:duty-skip": self.duty,
            "plans:duty-retire": self.duty,
            "plans:duty-restore": self.duty_taken_out,
            "plans:duty-undo": self.fulfilment,
            "plans:evaluation": self.evaluation,
            "plans:evaluation-publish": self.evaluation,
            "plans:evaluation-withdraw": self.evaluation,
            "plans:plan-end-back": self.extension,
            "plans:indicator-put-back": self.indicator_taken_out,
            "plans:budget-step": self.money,
            "plans:budget-delete": self.money,
            "plans:milestone-meeting": self.at_meeting,
            "plans:completeness-line": self.group,
            "plans:completeness-act": self.group,
            "plans:matter": self.matter,
            "plans:matter-amended": self.matter,
            "plans:outcome": self.matter.next_treatment,
            "plans:reschedule": self.matter.next_treatment,
            "plans:publication-withdraw": self.plan.publications.get(),
        }

    def _of_open_data(self, route: str) -> str:
        beside = {"slug": self.plan.slug}
        if route.startswith("consultations:"):
            beside = {"slug": self.answered.round.slug}
        own = {"core:sitemap-part": {"number": 1}, "core:data-schema": {"key": "procesplan"}}
        for values in [own[route]] if route in own else [{}, beside]:
            try:
                return reverse(route, kwargs={**values, **({} if route in own else FORM)})
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example")

    def address(self, route: str) -> str:
        """The route's address for the things of this household."""
        if route.startswith(("consultations:remark", "consultations:workbench")):
            return self.handled.address(route)
        if route.startswith("consultations:response"):
            return self.received.address(route)
        if ":data-" in route or route == "core:sitemap-part":
            return self._of_open_data(route)
        if route.startswith(("consultations:hearing", "consultations:answer")):
            return self.answered.address(route)
        if route.startswith(("consultations:report", "consultations:journal")):
            return self.reported.address(route)
        if route.startswith("consultations:"):
            return self.consulted.address(route)
        if route.startswith("plans:report"):
            return self.told.address(route)
        if route in {"plans:measurement", "plans:measurement-take-away"}:
            names = {"slug": self.plan.slug, "uid": self.indicator.uid}
            return reverse(route, kwargs={**names, "measurement": self.measurement.uid})
        if route.startswith("plans:indicator-register"):
            return reverse(route)
        if route == "plans:indicator-measure":
            return reverse(route, kwargs={"uid": self.indicator.indicator.uid})
        if route.startswith("plans:indicator-") or route == "plans:indicator":
            one = self.things.get(route, self.indicator)
            try:
                return reverse(route, kwargs={"slug": self.plan.slug, "uid": one.uid})
            except NoReverseMatch:
                return reverse(route, kwargs={"slug": self.plan.slug})
        if route == "plans:image":
            return reverse(route, kwargs={"uid": self.image.uid})
        if route == "people:withdraw":
            return reverse(route, kwargs={"uid": self.invitation.uid})
        if route in {"mails:mail", "mails:again"}:
            about = f"core.invitation:{self.invitation.uid}"
            return reverse(route, kwargs={"uid": Mail.objects.get(reference=about).uid})
        if route in {"people:person", "people:end-role", "people:give-role"}:
            return reverse(route, kwargs={"uid": self.people["member"].uid})
        of_a_year = ("", "-edit", "-close", "-submit", "-draft", "-discard")
        if route in {f"plans:status{what}" for what in of_a_year}:
            return reverse(route, kwargs={"slug": self.plan.slug, "year": self.status.year})
        if route in {"plans:word-import", "plans:word-discard"}:
            return reverse(route, kwargs={"slug": self.plan.slug, "uid": self.from_word.uid})
        if route == "plans:word-picture":
            uid = self.from_word.uid
            return reverse(route, kwargs={"slug": self.plan.slug, "uid": uid, "number": 1})
        if route in {"plans:setup-body", "plans:agenda-body", *OF_A_BODY}:
            return reverse(route, kwargs={"slug": self.body.slug})
        if route in OF_A_MEETING:
            return reverse(route, kwargs={"uid": self.meeting.uid})
        if route == "plans:matrix-cell":
            names = {"slug": self.plan.slug, "group": self.group.uid, "part": "fakta"}
            return reverse(route, kwargs=names)
        if route.startswith("plans:initiative-row"):
            one = {"slug": self.plan.slug, "uid": self.initiative.uid, "kind": "aktiviteter"}
            more = {} if route.endswith("-add") else {"row": self.activity.uid}
            return reverse(route, kwargs={**one, **more})
        if route in MEMBER_ADDRESSES:
            values = {"slug": self.plan.slug, "key": self.submitted.uid}
            more = {"anchor": self.anchor} if MEMBER_ADDRESSES[route] else {}
            return reverse(route, kwargs={**values, **more})
        if route == "plans:insight-request":
            return reverse(route, kwargs={"uid": self.insight.uid})
        if route in OF_AN_ITEM:
            return reverse(route, kwargs={"uid": self.item.uid})
        own = {
            "plans:member-matter": self.matter,
            "plans:recusals": self.matter,
            "plans:member-note": self.note,
            "plans:member-question": self.question,
            "plans:question": self.question,
            "plans:desk-tick": self.milestone,
            "plans:request": self.promise,
            "plans:request-edit": self.promise,
            "plans:request-answer": self.promise,
            "plans:request-withdraw": self.promise,
            "plans:request-reopen": self.kept,
        }
        if route in own:
            return reverse(route, kwargs={"uid": own[route].uid})
        if route.startswith("plans:member-paper"):
            return self.papers.member_address(route)
        if route == "plans:annex-of-version":
            names = {"key": self.submitted.uid, "uid": self.annexes.file.uid}
            return reverse(route, kwargs=names)
        things = {**self.annexes.things, **self.papers.things, **self.things}
        if route in things:
            return reverse(route, kwargs={"slug": self.plan.slug, "uid": things[route].uid})
        for values in (
            {},
            {"token": "findes:ikke"},
            {"uidb64": "MQ", "token": "findes-ikke"},
            {"provider_id": "kommunen"},
            {"pk": 1},
            {"slug": self.plan.slug},
            {"uid": self.draft.uid},
            {"slug": self.plan.slug, "number": 1},
            {"slug": self.plan.slug, "before": 1, "after": 1},
            {"slug": self.plan.slug, "uid": self.annexes.file.uid, "number": 1},
            {"slug": self.plan.slug, "key": 1},
            {"slug": self.plan.slug, "uid": self.milestone.uid},
            {"slug": self.plan.slug, "section": self.section.uid},
            {
                "slug": self.plan.slug,
                "section": self.section.uid,
                "comment": self.comment.uid,
            },
            {"slug": self.plan.slug, "kind": "afsnit", "uid": self.section.uid},
            {"slug": self.plan.slug, "kind": "afsnit", "uid": self.section.uid, "number": 1},
        ):
            try:
                return reverse(route, kwargs=values)
            except NoReverseMatch:
                continue
        raise AssertionError(f"{route}: no example for what its address names")


def cells(expected: list[str]) -> list[tuple[str, str]]:
    """Everybody with the answer they get; on PostgreSQL the first of those who get the same. Who
    may do what is reckoned from roles in Python: a second database changes only how it is asked.
    So it is in ``make quick``."""
    all_cells = list(zip(ROLES, expected, strict=True))
    if connection.vendor == "sqlite" and "QUICK" not in os.environ:
        return all_cells
    first = {want: role for role, want in reversed(all_cells)}
    return [(role, want) for role, want in all_cells if first[want] == role]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_each_cell(row, house, keys, client):
    route, method, *expected = row
    address = house.address(route)
    for role, want in cells(expected):
        client.cookies = deepcopy(keys[role])
        response = client.generic(method, address)
        cell = f"{method} {route} as {role}"
        if want == "→":
            assert response.status_code == 302, cell
            assert response["Location"].startswith("/konto/log-ind/?next="), cell
        elif want == "ok":
            assert response.status_code in {200, 302}, (cell, response.status_code)
        else:
            assert response.status_code == int(want), (cell, response.status_code)
        if want != "→" and row in WORK and role != "anonymous" and response.status_code == 200:
            assert "no-store" in response["Cache-Control"], cell


WORK = [row for row in ROWS if row[2] == "→"]


def routes(resolver=None, space: str = "") -> set[str]:
    """The names of all routes but the admin's, which has doors of its own."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace != "admin":
            found |= routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
    return found


def test_every_route_is_in_the_table():
    assert routes() == {row[0] for row in ROWS}


def test_every_route_has_its_door():
    def doors(resolver):
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver) and entry.namespace != "admin":
                yield from doors(entry)
            elif isinstance(entry, URLPattern):
                yield entry.name, getattr(entry.callback, "door", None)

    assert [name for name, door in doors(get_resolver()) if door is None] == []


@pytest.mark.one_database  # the same doors have just been asked for what exists
@pytest.mark.parametrize("row", WORK, ids=lambda row: f"{row[0]}-{row[1]}")
def test_a_thing_that_does_not_exist_is_404_for_whoever_has_signed_in(row, house, keys, client):
    route, method, *expected = row
    address = house.address(route)
    inside = [
        role
        for role, want in zip(ROLES[1:], expected[1:], strict=True)
        if want not in {"403", "404", "405"}
    ]
    if address.count("/") < 4 or not inside:
        return
    unknown = address.replace(house.plan.slug, "findes-ikke")
    unknown = unknown.replace(str(house.draft.uid), str(uuid.uuid4()))
    if unknown == address:
        return
    client.cookies = deepcopy(keys[inside[-1]])
    assert client.generic(method, unknown).status_code == 404


def test_the_admin_is_for_staff(house, keys, client):
    for role in ROLES[1:]:
        client.cookies = deepcopy(keys[role])
        assert client.get("/admin/").status_code == 302, role
        assert client.get("/admin/", follow=True).status_code == 403, role


def test_the_admin_has_no_door_of_its_own(client, db):
    answer = client.post("/admin/login/?next=/admin/core/user/", {"username": "x", "password": "y"})
    assert answer["Location"] == "/konto/log-ind/?next=%2Fadmin%2Fcore%2Fuser%2F"
