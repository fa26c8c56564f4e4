"""The admin of people, bodies, meetings and the municipality."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from kommuneplan.access import sign_in_first

from .accounts import admin as admin_accounts  # noqa: F401 how people sign in
from .accounts.actions.inviting import invite, withdraw
from .accounts.forms import InvitationForm
from .admin_kit import (
    LockedAdmin,
    LockedForm,
    ReadOnlyAdmin,
    TrackedAdmin,
    filter_in_words,
    in_words,
)
from .mail import admin as admin_mail  # noqa: F401 what was sent
from .models import (
    Body,
    BodyTerm,
    Invitation,
    Meeting,
    Membership,
    Municipality,
    ReservedSlug,
    StoredFile,
    User,
)
from .notices import admin as admin_notices  # noqa: F401 what people are told
from .site.word_templates import MunicipalityForm
from .worker import admin as admin_worker  # noqa: F401 what the libraries keep

admin.site.site_header = _("Kommuneplan – administration")
admin.site.site_title = _("Kommuneplan – administration")
admin.site.index_title = _("What do you want to look after?")
admin.site.unregister(Group)  # roles come from memberships


def one_door(request: HttpRequest, extra_context: Any = None) -> HttpResponse:
    """The admin has no sign-in of its own: it would know no second factor."""
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next") or reverse("admin:index")
    return redirect(f"{reverse('account:login')}?{urlencode({'next': wanted})}")


admin.site.login = one_door  # type: ignore[method-assign]

_behind_the_door = admin.site.admin_view


def admin_view(view: Any, cacheable: bool = False) -> Any:
    """As the library's, but what was typed when the session ended travels along through signing
    in, as everywhere in the house."""
    inside = _behind_the_door(view, cacheable)

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return sign_in_first(request)
        return inside(request, *args, **kwargs)

    return update_wrapper(guarded, inside)


admin.site.admin_view = admin_view  # type: ignore[method-assign]


class MembershipInline(admin.TabularInline):
    """What a person does in which body, from when until when."""

    model = Membership
    extra = 0
    autocomplete_fields = ["body"]
    verbose_name_plural = _("memberships")


class UserCreationForm(AdminUserCreationForm):
    """A new person, known by mail address."""

    class Meta:
        model = User
        fields = ("email", "name")


@admin.register(User)
class UserAdmin(TrackedAdmin, DjangoUserAdmin):
    """People who can sign in. Nobody is deleted here: take away “active” instead."""

    add_form = UserCreationForm
    list_display = ["name", "email", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "memberships__role"]
    search_fields = ["name", "email"]
    ordering = ["name"]
    filter_horizontal = ()
    readonly_fields = ["last_login", "date_joined"]
    inlines = [MembershipInline]
    fieldsets = [
        (None, {"fields": ["email", "name", "password"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["email", "name", "usable_password", "password1", "password2"]}),
    ]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may do more than one may oneself is not changed, nor their password."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or request.user.is_superuser or not obj.is_superuser)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Nobody gives more than they have."""
        fixed = [*super().get_readonly_fields(request, obj)]
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Erasing a person is more than deleting this row."""
        return False


@admin.register(Membership)
class MembershipAdmin(TrackedAdmin):
    """Roles by person and body."""

    list_display = ["user", "role", "body", "begins", "ends"]
    list_select_related = ["user", "body"]
    list_filter = ["role", "body"]
    search_fields = ["user__name", "user__email", "body__name", "body__abbreviation"]
    autocomplete_fields = ["user", "body"]
    date_hierarchy = "begins"


@admin.register(Invitation)
class InvitationAdmin(TrackedAdmin):
    """Invitations: adding one sends it; afterwards it can only be taken back."""

    form = InvitationForm
    list_display = ["email", "role", "body", "created_at", "expires_at", "used_at", "withdrawn_at"]
    list_select_related = ["body"]
    list_filter = ["role"]
    search_fields = ["email"]
    autocomplete_fields = ["body"]
    actions = ["take_back"]
    fields = ["email", "role", "body"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the same action as the workspace."""
        token_place = reverse("account:invitation", args=["TOKEN"])
        invite(invitation=obj, address=request.build_absolute_uri(token_place), by=request.user)

    @admin.action(description=_("Take the invitations back"), permissions=["delete"])
    def take_back(self, request: HttpRequest, queryset: Any) -> None:
        """Their links open nothing from now on."""
        for invitation in queryset:
            withdraw(invitation=invitation, by=request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent cannot be changed."""
        return False


class LockedMunicipalityForm(MunicipalityForm, LockedForm):
    """The municipality, its version, and a place to hand in a new Word template."""


@admin.register(Municipality)
class MunicipalityAdmin(LockedAdmin):
    """The one municipality of this installation."""

    form = LockedMunicipalityForm
    readonly_fields = [
        "memo_template",
        "plan_template",
        "report_template",
        "paper_template",
        "status_template",
    ]
    list_display = ["name", "code", "web_address", "year_parts"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is only one."""
        return super().has_add_permission(request) and not Municipality.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The house always belongs to somebody."""
        return False


class BodyTermInline(admin.TabularInline):
    """The terms of a body."""

    model = BodyTerm
    extra = 0


@admin.register(Body)
class BodyAdmin(LockedAdmin):
    """Council, committees, advisory councils, administration, units and parties."""

    list_display = ["name", "abbreviation", "kind", "parent", "papers_due_days"]
    list_select_related = ["parent"]
    list_filter = ["kind"]
    search_fields = ["name", "abbreviation"]
    autocomplete_fields = ["parent"]
    inlines = [BodyTermInline]


@admin.register(BodyTerm)
class BodyTermAdmin(TrackedAdmin):
    """Terms of bodies."""

    list_display = ["body", "begins", "ends"]
    list_select_related = ["body"]
    list_filter = ["begins"]
    search_fields = ["body__name", "body__abbreviation"]
    autocomplete_fields = ["body"]


@admin.register(Meeting)
class MeetingAdmin(LockedAdmin):
    """Meetings; milestones that are meetings take their date from here."""

    list_display = ["date", "body", "kind", "begins_at", "place", "is_public", "cancelled"]
    list_display_links = ["date", "body"]
    list_select_related = ["body"]
    list_filter = ["body", "kind", "is_public", "cancelled"]
    search_fields = ["body__name", "body__abbreviation", "place"]
    autocomplete_fields = ["body"]
    date_hierarchy = "date"


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnlyAdmin, TrackedAdmin):
    """Files that were handed in: what and when, not the bytes."""

    list_display = ["name", "content_type", "size", "scan_state", "created_at", "created_by"]
    list_select_related = ["created_by"]
    list_filter = ["scan_state"]
    search_fields = ["name", "sha256"]
    date_hierarchy = "created_at"
    readonly_fields = ["sha256", "created_at", "uid"]
    fields = [
        "name", "content_type", "size", "sha256", "scan_state", "created_at", "created_by", "uid",
    ]  # fmt: skip


def scopes() -> list[tuple[str, Any]]:
    """What has an address, in words: a scope is the lower-case name of a table."""
    return [
        (model.__name__.lower(), model._meta.verbose_name)
        for model in apps.get_models()
        if any(field.name == "slug" for field in model._meta.fields) and model is not ReservedSlug
    ]


@admin.register(ReservedSlug)
class ReservedSlugAdmin(ReadOnlyAdmin):
    """Every address ever given; none is given again."""

    list_display = ["slug", "of", "owner", "created_at"]
    list_filter = [filter_in_words("scope", _("address of"), scopes)]
    search_fields = ["slug"]
    fields = ["slug", "of", "owner", "created_at"]
    readonly_fields = fields

    of = in_words("scope", _("address of"), scopes)
