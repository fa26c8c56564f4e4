"""The one municipality this installation belongs to, and what it has decided for itself."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from kommuneplan.core.enums import (
    ApprovalSteps,
    DataLicence,
    PlanRole,
    ReportName,
    StatementMethod,
    StatementStatus,
)
from kommuneplan.locking import Locked
from kommuneplan.timespan.calendar import YearParts

from .files import StoredFile


class Municipality(Locked):
    """A singleton row (primary key 1): head of documents, contact, conventions."""

    class YearPartChoices(models.TextChoices):
        """How primo, medio and ultimo of a year are read (docs/datoer.md, 2)."""

        THIRDS = "thirds", _("thirds (primo = January–April)")
        QUARTERS = "quarters", _("quarters (primo = January–March)")
        MONTHS = "months", _("months (primo = January)")

    name = models.CharField(_("name"), max_length=100)
    genitive = models.CharField(_("name in the genitive"), max_length=100, blank=True)
    code = models.CharField(
        _("municipality code"),
        max_length=3,
        blank=True,
        validators=[RegexValidator(r"^\d{3}$", _("Three digits."))],
    )
    address = models.TextField(_("address in documents"), blank=True)
    web_address = models.CharField(_("web address"), max_length=200, blank=True)
    contact_email = models.EmailField(_("contact, e-mail"), blank=True)
    contact_phone = models.CharField(_("contact, telephone"), max_length=30, blank=True)
    accessibility_statement = models.URLField(_("accessibility statement"), blank=True)
    accent_colour = models.CharField(
        _("colour"),
        max_length=7,
        default="#0059b3",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("A colour such as #0059b3."))],
    )
    year_parts = models.CharField(
        _("primo, medio and ultimo of a year"),
        max_length=10,
        choices=YearPartChoices.choices,
        default=YearPartChoices.THIRDS,
        help_text=_("Dates already stored do not change."),
    )
    shortest_hearing_days = models.PositiveSmallIntegerField(
        _("shortest consultation, days"),
        default=28,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    shortest_hearing_weeks = models.PositiveSmallIntegerField(
        _("working weeks of a consultation across holidays"),
        default=4,
        validators=[MaxValueValidator(52)],
        help_text=_(
            "A consultation across July, Christmas or Easter should hold this many weeks of five "
            "working days outside them. 0: not looked at."
        ),
    )
    hears_disability_council = models.BooleanField(
        _("the disability council is heard about plans"),
        default=True,
        help_text=_("Take the mark away where your agreement with the council says otherwise."),
    )
    hears_senior_council = models.BooleanField(
        _("the senior citizens' council is heard about plans"),
        default=True,
        help_text=_("Take the mark away where your agreement with the council says otherwise."),
    )
    require_second_factor = models.BooleanField(
        _("secretaries and administrators must have a second factor"),
        default=False,
        help_text=_(
            "Whoever has none is led to the page where it is set up, and reaches nothing else "
            "until it is done."
        ),
    )

    notes_end_with_term = models.BooleanField(
        _("members' private notes end with the term"),
        default=True,
        help_text=_("After the last day of the term they are no longer shown, and are erased."),
    )
    approval_steps = models.CharField(
        _("approval before a plan is put before the bodies"),
        max_length=40,
        blank=True,
        default=ApprovalSteps.NONE,
        choices=ApprovalSteps.choices,
        help_text=_(
            "Who approves, one after another. What was changed afterwards is approved again. A "
            "decision that was made can always be recorded."
        ),
    )
    memo_template = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Word template for memos"),
        help_text=_("Empty: the template that comes along. See docs/skabeloner.md."),
    )
    plan_template = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Word template for whole plans"),
        help_text=_("Empty: the template that comes along. See docs/skabeloner.md."),
    )
    paper_template = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Word template for papers for agendas"),
        help_text=_("Empty: the template that comes along. See docs/skabeloner.md."),
    )
    shows_private_names = models.BooleanField(
        _("names of private persons who answer are published"),
        default=False,
        help_text=_("Protected names are never published."),
    )
    report_name = models.CharField(
        _("the report on a consultation is called"),
        max_length=20,
        choices=ReportName.choices,
        default=ReportName.NOTE,
    )
    report_template = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Word template for reports on consultations"),
        help_text=_("Empty: the template that comes along. See docs/skabeloner.md."),
    )
    status_template = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Word template for status reports"),
        help_text=_("Empty: the template that comes along. See docs/skabeloner.md."),
    )
    status_headings = models.TextField(
        _("headings of a status report"),
        blank=True,
        help_text=_(
            "One on each line: the background, what is done, what is under way, what comes next. "
            "Empty: our own words."
        ),
    )

    data_licence = models.CharField(
        _("licence of open data"),
        max_length=20,
        choices=DataLicence.choices,
        default=DataLicence.BY,
        help_text=_("What others may do with the tables at /data/. Both let everybody use them."),
    )
    dpo_name = models.CharField(_("data protection officer, name"), max_length=100, blank=True)
    dpo_email = models.EmailField(_("data protection officer, e-mail"), blank=True)
    dpo_phone = models.CharField(_("data protection officer, telephone"), max_length=30, blank=True)
    privacy_purpose = models.TextField(
        _("what personal data is used for"),
        blank=True,
        help_text=_("Empty: the standard text, which the page for citizens shows."),
    )
    privacy_basis = models.TextField(
        _("legal basis"),
        blank=True,
        help_text=_("Empty: the standard text, which the page for citizens shows."),
    )
    privacy_recipients = models.TextField(
        _("who else gets personal data"),
        blank=True,
        help_text=_(
            "Name the companies that run the system for you, too. Empty: the standard text."
        ),
    )
    privacy_kept = models.TextField(
        _("how long answers are kept"),
        blank=True,
        help_text=_(
            "What your rules for filing and archives say. The times that the system keeps by "
            "itself are told beside it."
        ),
    )
    statement_status = models.CharField(
        _("how far the pages meet the requirements"),
        max_length=10,
        choices=StatementStatus.choices,
        default=StatementStatus.PARTIAL,
    )
    statement_issues = models.TextField(
        _("what is not accessible, and why"),
        blank=True,
        help_text=_("Empty: the standard text, which tells of files that others have made."),
    )
    statement_method = models.CharField(
        _("how the pages were assessed"),
        max_length=10,
        choices=StatementMethod.choices,
        default=StatementMethod.OWN,
    )
    statement_prepared_on = models.DateField(
        _("the statement was prepared on"), null=True, blank=True
    )
    statement_reviewed_on = models.DateField(
        _("the statement was last gone through on"),
        null=True,
        blank=True,
        help_text=_("At least once a year."),
    )

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("the municipality")
        verbose_name_plural = _("the municipality")
        constraints = [
            models.CheckConstraint(name="core_municipality_only_one", condition=Q(pk=1)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def approvers(self) -> list[PlanRole]:
        """Who approves a plan, in order."""
        return [PlanRole(step) for step in self.approval_steps.split()]

    @property
    def licence_address(self) -> str:
        """Where the licence of open data is told in full."""
        return DataLicence(self.data_licence).address

    @property
    def has_officer(self) -> bool:
        """Is it told how to reach the data protection officer (GDPR art. 37(7))?"""
        return bool(self.dpo_email or self.dpo_phone)

    @property
    def can_be_reached(self) -> bool:
        """Is it told how to reach the municipality itself?"""
        return bool(self.contact_email or self.contact_phone)

    @classmethod
    def current(cls) -> Municipality:
        """The municipality; before it is set up, one with nothing but defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1, name="Kommunen")


def year_parts() -> YearParts:
    """How this municipality reads primo, medio and ultimo of a year."""
    return YearParts(Municipality.current().year_parts)
