"""Whether an application can be handed in: its gates as they stand on a day, and what is still missing in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from badges.models import Assertion, BadgeClass
from organisers.models import Membership, Organiser
from portal.clock import day_of, months_later
from portal.sentences import day_said, said
from quality_label.criteria import Gate
from quality_label.gaps import Gap, gaps
from quality_label.gates import GATES, Finding
from quality_label.models import Application, SampleAllowance
from quality_label.sections import SECTIONS, section_of

AFTER_WITHDRAWAL = 30  # days
BAR_MONTHS = 12  # after an organiser was shut out


@dataclass(frozen=True)
class GateState:
    """A gate with what was found, and the explanation that may stand in for it; nobody but a person may know."""

    gate: Gate
    finding: Finding | None
    explanation: str = ""

    @property
    def place(self) -> str:
        """Return the place of its explanation."""
        return f"gate:{self.gate.code}"

    @property
    def is_explained(self) -> bool:
        """Say whether an explanation stands in for what is not so; a coordinator decides on it."""
        return not (self.finding and self.finding.is_met) and self.gate.may_be_explained and bool(self.explanation)

    @property
    def is_open(self) -> bool:
        """Say whether it lets the application through."""
        return self.finding is None or self.finding.is_met or self.is_explained


@dataclass(frozen=True)
class Readiness:
    """The gates of an application and the gaps in it."""

    gates: list[GateState]
    gaps: list[Gap]

    @property
    def shut(self) -> list[GateState]:
        """Return the gates that do not let it through."""
        return [one for one in self.gates if not one.is_open]

    def gaps_by_section(self) -> dict[str, list[Gap]]:
        """Return what is missing by section, in the order of the form; what is wrong with evidence comes last."""
        found = {name: [gap for gap in self.gaps if section_of(gap.place) == name] for name in [*SECTIONS, "evidence"]}
        return {name: inside for name, inside in found.items() if inside}


def readiness_of(application: Application, on: date) -> Readiness:
    """Return how an application stands on a day."""
    answers, evidence = application.content_by_place(), list(application.evidence.kept())
    choosable = candidates(application.organiser, on)
    missing = gaps(application.rules, answers, evidence, choosable=choosable, on=on, asked=application.places())
    own = {
        "no_case": lambda: no_case(application, on),
        "commitment": lambda: commitment(application, answers.get("signatory", {}), missing),
        "complete": lambda: complete(application, missing),
    }
    allowance = SampleAllowance.objects.filter(organiser=application.organiser).first()
    states = []
    for gate in application.rules.gates:
        if gate.fact in GATES:
            wanted = allowance.numbers if allowance and gate.fact == "sample" else {}
            finding = GATES[gate.fact](application.organiser, on, **wanted)
        else:
            finding = own[gate.fact]() if gate.fact else None
        words = answers.get(f"gate:{gate.code}", {}).get("words", "")
        states.append(GateState(gate, finding, words if gate.may_be_explained else ""))
    return Readiness(states, missing)


def candidates(organiser: Organiser, on: date) -> dict[str, BadgeClass]:
    """Return the badges that assessors can look at, by key: published, and awarded to somebody until a day."""
    awarded = Assertion.objects.inside(organiser).genuine(organiser).issued_until(on).values("badge_class")
    found = BadgeClass.objects.with_words().inside(organiser).published().filter(pk__in=awarded).order_by("pk")
    return {str(badge.key): badge for badge in found}


def no_case(application: Application, on: date) -> Finding:
    """Look whether another case, a suspension or a waiting time stands in the way."""
    organiser = application.organiser
    url = reverse("quality_label:own", args=[organiser.slug])
    if not organiser.may_operate:
        return Finding(False, _("The organiser is suspended or was shut out."), organiser.verification_url)
    last = organiser.suspensions.revoked().first()
    if last and on < (first := months_later(day_of(last.ended_at), BAR_MONTHS)):
        return Finding(
            False,
            said(_("The organiser was shut out; it can apply from %(day)s."), {"day": day_said(first)}),
            organiser.verification_url,
        )
    others = Application.objects.of(organiser).exclude(pk=application.pk)
    if others.open().exists():
        return Finding(False, _("Another application is open."), url)
    if first := first_day_after(others, on):
        return Finding(False, said_of_waiting(first), url)
    return Finding(True, _("No other case stands in the way."), url)


def said_of_waiting(first: date) -> Promise:
    """Say from which day an organiser can apply again."""
    return said(_("You can apply again from %(day)s."), {"day": day_said(first)})


def first_day_after(others, on: date) -> date | None:
    """Return when the waiting time after a refusal, or after a second withdrawal, is over; None when it is."""
    waits = []
    if refused := others.not_awarded().order_by("ended_at").last():
        waits.append(refused.again_from)
    withdrawn = list(others.withdrawn().order_by("ended_at"))
    if len(withdrawn) > 1:
        waits.append(day_of(withdrawn[-1].ended_at) + timedelta(days=AFTER_WITHDRAWAL))
    return max((first for first in waits if first > on), default=None)


def commitment(application: Application, signatory: dict, missing: list[Gap]) -> Finding:
    """Look whether somebody who may sign does, at an address that a member proved."""
    url = _place(application, "signatory")
    if any(gap.place == "signatory" for gap in missing):
        return Finding(False, _("The commitment is not signed yet."), url)
    if not is_proved(application.organiser, signatory["email"]):
        words = _("%(address)s is not a confirmed address of a member. Confirm it in the account, or name another.")
        return Finding(False, said(words, {"address": signatory["email"]}), url)
    return Finding(True, said(_("%(name)s signs for the organiser."), {"name": signatory["name"]}), url)


def is_proved(organiser: Organiser, email: str) -> bool:
    """Say whether a member, of it or of what it is part of, proved that an address is theirs."""
    people = Membership.objects.filter(organiser__in=[organiser, *organiser.parents()]).values("person")
    return EmailAddress.objects.filter(user__in=people, email__iexact=email, verified=True).exists()


def complete(application: Application, missing: list[Gap]) -> Finding:
    """Look whether anything is missing in the form; what is, is listed beside it."""
    url = reverse("quality_label:own-form", args=[application.organiser.slug])
    count = len(missing)
    if not count:
        return Finding(True, _("Everything is filled in."), url)
    words = ngettext_lazy("%(count)d thing is missing.", "%(count)d things are missing.", "count")
    return Finding(False, said(words, {"count": count}), url)


def _place(application, place) -> str:
    return reverse("quality_label:own-place", args=[application.organiser.slug, place])
