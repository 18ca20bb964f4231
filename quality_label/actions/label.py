"""Awarding a label, with the credentials that say so to software."""

from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from badges.actions.attestations import (
    attest_achievement,
    endorse,
    lift_attestation,
    own_badge,
    suspend_attestation,
)
from badges.models import Attestation, BadgeClass, BadgeClassVersion
from organisers.models import Organiser
from portal import clock
from portal.audit.log import record
from portal.workflow import StepRefused, take
from quality_label.clock import end_of
from quality_label.models import Application, Decision, FrameworkVersion, Label
from quality_label.scores import AWARDED_CONDITIONS
from quality_label.workflow.label import ACTIVE, CONDITION_DAYS, CONDITIONAL, MONTHS, RENEWAL_MONTHS, SENT_DAYS

ART = "quality-label.shield.teal"


@transaction.atomic
def award_label(decision: Decision, *, by) -> Label:
    """Give the label that a decision awards, with a signed badge and an endorsement that its holder's badges carry."""
    application = decision.application
    organiser, network = application.organiser, Organiser.objects.filter(is_network=True).first()
    if network is None:
        raise StepRefused([_("The network has no organiser of its own here, so nobody can sign the label.")])
    former = Label.objects.select_for_update(no_key=True).live().of(organiser).first()
    counted_from = counted_from_of(application, former)
    until = last_day_of(decision, counted_from)
    credential, endorsement = statements(application, network, until=until, by=by)
    earlier = former.attestations if former else []
    if former:
        take(former.supersede, by=None)
    label = Label.objects.create(
        organiser=organiser,
        application=application,
        state=CONDITIONAL if decision.outcome == AWARDED_CONDITIONS else ACTIVE,
        valid_from=clock.today(),
        valid_until=until,
        counted_from=counted_from,
        credential=credential,
        endorsement=endorsement,
    )
    label.earlier_attestations.set(earlier)
    return label


def counted_from_of(application: Application, former: Label | None) -> date | None:
    """Return the last day of the label that is renewed, where the renewal was sent early enough to count from there."""
    if former is None:
        return None
    last = former.grace_from or former.valid_until
    in_time = clock.months_later(last, -RENEWAL_MONTHS) <= application.day_0 <= last - timedelta(days=SENT_DAYS)
    return last if in_time else None


def statements(application: Application, network: Organiser, *, until: date, by) -> tuple[Attestation, Attestation]:
    """Sign that an organiser earned the label, and that the network endorses it, until the end of a day."""
    organiser = application.organiser
    facts = {"about": organiser, "valid_until": end_of_day(until), "by": by}
    with translation.override(application.language):
        credential = attest_achievement(
            label_badge(network, application.framework),
            language=application.language,
            evidence_url=settings.BASE_URL + reverse("quality_label:holder", args=[organiser.slug]),
            **facts,
        )
        said = gettext("%(name)s holds the Quality Label for Badge Recognition until %(day)s.")
        endorsement = endorse(
            network,
            name=gettext("Quality Label for Badge Recognition"),
            comment=said % {"name": organiser.name, "day": date_format(until, "DATE_FORMAT")},
            **facts,
        )
    return credential, endorsement


@transaction.atomic
def sign_anew(label: Label, *, until: date) -> Label:
    """Let a label hold until another day: its statements are signed anew, and the earlier ones run out by themselves.

    They stay with the label, to be suspended and taken back with it.
    """
    label = Label.objects.with_words().select_for_update(no_key=True, of=("self",)).get(pk=label.pk)
    network = label.credential.badge_version.badge_class.organiser
    label.earlier_attestations.add(label.credential, label.endorsement)
    label.credential, label.endorsement = statements(label.application, network, until=until, by=None)
    label.valid_until = until
    label.save(update_fields=["credential", "endorsement", "valid_until"])
    record("quality_label.sign_anew", about=label, facts={"until": until.isoformat()})
    return label


def last_day_of(decision: Decision, counted_from: date | None) -> date:
    """Return the last day of the label: three years on, from where they count; or a month after the last condition."""
    if decision.outcome == AWARDED_CONDITIONS:
        return max(one.due_on for one in decision.application.conditions.all()) + timedelta(days=CONDITION_DAYS)
    return clock.months_later(counted_from or clock.today(), MONTHS)


def end_of_day(day: date) -> datetime:
    """Return the instant at which a day is over in the network's time zone."""
    return end_of(day, timezone.get_default_timezone())


def label_badge(network: Organiser, framework: FrameworkVersion) -> BadgeClassVersion:
    """Return the badge of the label as it stands for a version of the framework."""
    return own_badge(
        network,
        BadgeClass.Kind.LABEL,
        seed=ART,
        criteria_url=settings.BASE_URL + framework.get_absolute_url(),
        words=partial(badge_words, framework),
    )


def badge_words(framework: FrameworkVersion) -> dict:
    """Return what the badge of the label says, in the language that is on."""
    about = {"version": framework.name}
    return {
        "name": gettext("Quality Label for Badge Recognition"),
        "description": gettext(
            "The organiser’s badges mean what they say: clear criteria, real evidence, fair judgement. "
            "Two assessors of the network read its evidence, and a panel of experts decided."
        ),
        "criteria": gettext("The criteria of the Quality Label, version %(version)s, were met.") % about,
        "picture_text": gettext("A shield with a tick: the Quality Label"),
    }


@transaction.atomic
def follow_standing(label: Label) -> None:
    """Let the credential of a label count only while its organiser is neither suspended nor shut out."""
    label = Label.objects.out_of_step().select_for_update(no_key=True, of=("self",)).filter(pk=label.pk).first()
    if label is None:
        return
    step = lift_attestation if label.is_standing else suspend_attestation
    for row in label.attestations:
        step(row, by=None)
