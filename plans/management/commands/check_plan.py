"""``manage.py check_plan SLUG``: what a plan's process plan should be looked at for."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.models import Plan
from plans.process.check_facts import live_rows
from plans.process.findings import findings_of
from plans.templatetags.check_words import certainty_word


class Command(BaseCommand):
    """Findings never block, so they do not make the command fail either."""

    help = "Check a plan's process plan: order, consultations, meetings, dates told twice."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--json", action="store_true", help="One JSON object on one line.")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Plan.objects.filter(slug=options["slug"]).first()
        if plan is None:
            raise CommandError(_("There is no plan with the address %s.") % options["slug"])
        cycle = plan.shown_cycle
        rows = live_rows(cycle)
        found, _facts = findings_of(plan, rows, readable=Plan.objects.all())
        told = [{**one.finding.as_dict(), "accepted": not one.is_open} for one in found.shown]
        if options["json"]:
            answer = {"plan": plan.slug, "milestones": len(rows), "findings": told}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for one in told:
            sign = _("accepted") if one["accepted"] else certainty_word(one["certainty"])
            self.stdout.write(f"[{sign}] {one['message']}\n    {one['reason']} ({one['source']})")
        words = ngettext("%(n)d finding.", "%(n)d findings.", len(told))
        self.stdout.write(words % {"n": len(told)})
