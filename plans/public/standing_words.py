"""Where a plan stands in words, the same on page, paper and in calendars."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from kommuneplan.timespan.phrase import day_words
from plans.enums import CycleState, Outcome, PublicState

from .ending import EndDecision
from .standing import BodyDecision, PlanStanding, Reads, RevisionStanding


def state_words(standing: PlanStanding) -> str:
    """The word for it: "Vedtaget, under revision"."""
    word = str(PublicState(standing.state).label)
    return _("%(state)s, under revision") % {"state": word} if standing.revision else word


def headline(standing: PlanStanding) -> str:
    """What was decided last, by whom and when; "" where nothing was."""
    if standing.adopted:
        return adopted_words(standing.adopted)
    if standing.sent_back:
        return sent_back_words(standing.sent_back)
    if standing.state == PublicState.TO_BE_SENT_OUT and standing.sent_out:
        return sent_out_words(standing.sent_out)
    return ""


def sent_out_words(decision: BodyDecision) -> str:
    """ "Socialudvalget besluttede 3. maj 2026 at sende udkastet i høring."."""
    return _("%(body)s decided on %(day)s to send the draft out for consultation.") % {
        "body": decision.body,
        "day": day_words(decision.day),
    }


def adopted_words(decision: BodyDecision) -> str:
    """ "Vedtaget af Borgerrepræsentationen 30. november 2026."."""
    facts = {"body": decision.body, "day": day_words(decision.day)}
    if not decision.body:
        return _("Adopted %(day)s.") % facts
    if decision.outcome == Outcome.AMENDED:
        return _("Adopted with amendments by %(body)s %(day)s.") % facts
    return _("Adopted by %(body)s %(day)s.") % facts


def sent_back_words(decision: BodyDecision) -> str:
    """Which body sent it back, or rejected it, and when."""
    facts = {"body": decision.body, "day": day_words(decision.day)}
    if decision.outcome == Outcome.REJECTED:
        return _("Rejected by %(body)s %(day)s. The plan is a draft again.") % facts
    return _("Sent back to draft by %(body)s %(day)s.") % facts


def more_words(standing: PlanStanding) -> Iterator[str]:
    """What applies and until when, the revision, and what the text is that one reads."""
    yield from _applies(standing)
    if standing.revision:
        yield _revision(standing.revision)
        if standing.revision.sent_back:
            yield _revision_sent_back(standing.revision.sent_back)
    if standing.reads == Reads.OLDER:
        yield _("The text here is older than the adopted one, which is not published yet.")
    if standing.reads == Reads.REVISION:
        yield _("What you read here is the draft of the revision; the plan in force stands.")
    if standing.reads == Reads.GIVEN_UP:
        yield _(
            "What you read here was the draft of a revision that is given up. "
            "The plan in force stands."
        )
    if standing.reads == Reads.EARLIER:
        yield _("The text here is a draft from before the adoption.")


def _applies(standing: PlanStanding) -> Iterator[str]:
    if standing.state == PublicState.REPEALED and standing.repealed_on:
        yield _("Repealed from %(day)s.") % {"day": day_words(standing.repealed_on)}
    elif standing.state == PublicState.EXPIRED and standing.expires_on:
        yield _("Expired: it applied until and including %(day)s.") % {
            "day": day_words(standing.expires_on)
        }
    elif standing.state == PublicState.WITHDRAWN:
        yield _("The plan is withdrawn: it is not taken further.")
    elif standing.state == PublicState.ADOPTED:
        if standing.repealed_on:
            yield _("It is repealed from %(day)s.") % {"day": day_words(standing.repealed_on)}
        elif standing.ending:
            yield from _ends(standing.ending)
        elif standing.expires_on:
            yield _("It applies until and including %(day)s.") % {
                "day": day_words(standing.expires_on)
            }


def _ends(ending: EndDecision) -> Iterator[str]:
    facts = {"until": day_words(ending.until), "body": ending.body}
    if ending.day is None:  # a closed item
        if ending.is_extended:
            yield _("It is extended until and including %(until)s.") % facts
        else:
            yield _("It applies until and including %(day)s.") % {"day": facts["until"]}
        return
    facts["day"] = day_words(ending.day)
    if ending.is_extended:
        yield _("Extended by %(body)s %(day)s: it applies until and including %(until)s.") % facts
    else:
        yield _("%(body)s decided %(day)s that the plan expires %(until)s.") % facts
    yield ending.reason


def _revision(revision: RevisionStanding) -> str:
    facts = {"day": day_words(revision.since)}
    if revision.state == CycleState.TO_BE_SENT_OUT:
        words = _("Under revision since %(day)s: the draft is to be sent out for consultation.")
    elif revision.state == CycleState.IN_CONSULTATION:
        words = _("Under revision since %(day)s: the draft is in consultation.")
    elif revision.state == CycleState.AFTER_CONSULTATION:
        words = _("Under revision since %(day)s: the consultation on the draft is over.")
    else:
        words = _("Under revision since %(day)s: a draft is being written.")
    return words % facts


def _revision_sent_back(decision: BodyDecision) -> str:
    facts = {"body": decision.body, "day": day_words(decision.day)}
    return _("The draft of the revision was sent back by %(body)s %(day)s.") % facts


def as_text(standing: PlanStanding) -> str:
    """All of it as lines of plain text, for papers; "" where there is nothing to tell."""
    decision = standing.adopted or standing.sent_back
    lines = [headline(standing), *more_words(standing)]
    if decision and decision.wording:
        lines.append(_("From the protocol: %(words)s") % {"words": decision.wording.strip()})
    if decision and decision.protocol:
        lines.append(_("Protocol: %(address)s") % {"address": decision.protocol})
    return "\n".join(filter(None, lines))
