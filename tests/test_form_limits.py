"""What a form takes, a column holds: PostgreSQL refuses a letter too many, and SQLite does not."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from django import forms

import consultations
import kommuneplan
import plans
from kommuneplan.core.forms import MAIL_ADDRESS

HIDDEN_OR_NOT_KEPT = (forms.HiddenInput, forms.PasswordInput)


def every_form() -> Iterator[type[forms.BaseForm]]:
    for package in (plans, consultations, kommuneplan):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "forms" in module.name or "views" in module.name or "admin" in module.name:
                importlib.import_module(module.name)
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith(("plans.", "consultations.", "kommuneplan.")):
            yield form


def fields() -> Iterator[tuple[str, forms.Field]]:
    for form in every_form():
        for name, field in getattr(form, "base_fields", {}).items():
            yield f"{form.__module__}.{form.__name__}.{name}", field


def test_no_form_takes_a_longer_mail_address_than_there_is():
    mails = [(where, field) for where, field in fields() if isinstance(field, forms.EmailField)]
    assert len(mails) > 6
    assert {where for where, field in mails if field.max_length != MAIL_ADDRESS} == set()


def test_no_form_takes_a_line_of_any_length():
    """A field of one line stands in a column of some length; a text of several has none."""
    lines = {
        where: field.max_length
        for where, field in fields()
        if isinstance(field, forms.CharField)
        and isinstance(field.widget, forms.widgets.Input)
        and not isinstance(field.widget, HIDDEN_OR_NOT_KEPT)
    }
    assert len(lines) > 40
    endless = {where for where, longest in lines.items() if not longest}
    # codes of a second factor and the name one signs in with are compared, the trap and the
    # sample are thrown away: none of them is kept
    endless = {where for where in endless if not where.endswith((".code", ".username", ".website"))}
    assert {where for where in endless if "_SampleForm" not in where} == set()
