"""How healthy a label is: what would stand in the way of keeping or renewing it, long before that day.

Every signal is computed from what the portal knows, by the rules that decide: the gates, the duties and the facts.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.sentences import day_said, said
from quality_label.facts import facts_named
from quality_label.gates import GATES
from quality_label.models import Label

SOON = timedelta(days=90)
RUNNING_OUT = {"trained", "verified"}  # gates that shut on a day that is known
FACTS = ["criteria", "skills", "evidence"]  # whose shares are best at one
ENOUGH = 0.8  # of what a fact counts; below it somebody looks


class Health(TextChoices):
    """What a signal asks for."""

    GOOD = "good", _("good")
    LOOK = "look", _("look at it")
    ACT = "act", _("act now")


@dataclass(frozen=True)
class Signal:
    """One thing that keeps a label or endangers it, with what was found and where to act."""

    health: Health
    name: Promise
    said: Promise
    url: str = ""


def signals_of(label: Label) -> list[Signal]:
    """Return the signals of a label that stands or is suspended, the most urgent first."""
    found = [*_gates(label), *_duties(label), *_facts(label), _end(label)]
    order = [Health.ACT, Health.LOOK, Health.GOOD]
    return sorted(found, key=lambda one: order.index(one.health))


def _gates(label) -> list[Signal]:
    """Look whether the gates are open today, and will be in three months."""
    names = {
        "trained": _("Somebody is trained"),
        "verified": _("The organiser is verified"),
        "sample": _("Enough awards for a renewal"),
        "contact": _("Contact and privacy notice"),
    }
    today, signals = clock.today(), []
    for gate, name in names.items():
        finding = GATES[gate](label.organiser, today)
        holds = gate not in RUNNING_OUT or GATES[gate](label.organiser, today + SOON).is_met
        is_early = gate == "sample" and today < label.renewal_from
        failing = Health.LOOK if is_early else Health.ACT
        health = failing if not finding.is_met else Health.GOOD if holds else Health.LOOK
        signals.append(Signal(health, name, finding.said, finding.url))
    return signals


def _duties(label) -> list[Signal]:
    """Look at the yearly check-in and at the conditions that are asked for."""
    here = reverse("quality_label:own-label", args=[label.organiser.slug])
    signals = []
    for check_in in label.check_ins.filter(sent_at=None):
        words = said(_("Hand it in by %(day)s."), {"day": day_said(check_in.due_on)})
        signals.append(Signal(_by(check_in.due_on), _("Yearly check-in"), words, here))
    for condition in label.open_conditions:
        if not condition.is_sent:
            name = said(_("Condition on %(code)s"), {"code": condition.code})
            words = said(_("Show by %(day)s that it is met."), {"day": day_said(condition.due_on)})
            signals.append(Signal(_by(condition.due_on), name, words, condition.own_url))
    return signals


def _by(day: date) -> Health:
    return Health.ACT if day <= clock.today() + timedelta(days=14) else Health.LOOK


def _facts(label) -> list[Signal]:
    """Look at what the badges and awards of twelve months say of themselves."""
    names = {
        "criteria": _("Badges show their criteria"),
        "skills": _("Badges name skills"),
        "evidence": _("Awards say what was done"),
    }
    signals = []
    for name, fact in facts_named(FACTS, label.organiser, clock.today()).items():
        if fact and fact.figure is not None:
            health = Health.GOOD if fact.figure >= ENOUGH else Health.LOOK
            url = reverse("badges:badge-list", args=[label.organiser.slug])
            signals.append(Signal(health, names[name], fact.sentence, url))
    return signals


def _end(label) -> Signal:
    """Look how near the last day is."""
    renewal, here = label.renewal, reverse("quality_label:own-label", args=[label.organiser.slug])
    days = {"first": day_said(label.renewal_from), "last": day_said(label.valid_until)}
    if renewal and renewal.was_submitted:
        return Signal(Health.GOOD, _("Renewal"), _("It is with the network."), here)
    if clock.today() < label.renewal_from:
        words = said(_("It opens on %(first)s; the label holds until %(last)s."), days)
        return Signal(Health.GOOD, _("Renewal"), words, here)
    words = said(_("Hand it in by %(day)s."), {"day": day_said(label.send_renewal_by)})
    return Signal(_by(label.send_renewal_by), _("Renewal"), words, here)
