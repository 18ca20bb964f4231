"""What the portal finds out by itself before quality is judged: a function for each such fact of a gate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from badges.models import Assertion, BadgeClass, FormerAward, FormerBadge
from badges.models.move_in import mark_of_address
from organisers.models import Organiser
from portal.clock import months_later, whole_months
from portal.sentences import day_said, joined, said
from quality_label.models import TrainingBadge

TRAINED_MONTHS = 24  # since the training badge was issued, at most
EXPERIENCE_MONTHS = 6  # since the first award, at least
SAMPLE_MONTHS = 12
CLASSES, CLAIMING, AWARDS, PEOPLE = 3, 1, 20, 15
ENOUGH = {
    "classes": ngettext_lazy("%(count)d published badge", "%(count)d published badges", "count"),
    "claiming": ngettext_lazy(
        "%(count)d that claims a skill or a contribution",
        "%(count)d that claim a skill or a contribution",
        "count",
    ),
    "awards": ngettext_lazy("%(count)d award in twelve months", "%(count)d awards in twelve months", "count"),
    "people": ngettext_lazy("%(count)d recipient", "%(count)d recipients", "count"),
}
SHORT = {
    "classes": ngettext_lazy(
        "%(count)d of %(wanted)d published badge", "%(count)d of %(wanted)d published badges", "wanted"
    ),
    "claiming": ngettext_lazy(
        "%(count)d of %(wanted)d that claims a skill or a contribution",
        "%(count)d of %(wanted)d that claim a skill or a contribution",
        "wanted",
    ),
    "awards": ngettext_lazy(
        "%(count)d of %(wanted)d award in twelve months", "%(count)d of %(wanted)d awards in twelve months", "wanted"
    ),
    "people": ngettext_lazy("%(count)d of %(wanted)d recipient", "%(count)d of %(wanted)d recipients", "wanted"),
}
FIRST_AWARD = {  # by whether it was made here, and long enough ago
    (True, True): _("First award on %(day)s, %(ago)s."),
    (True, False): _("First award on %(day)s, %(ago)s; %(months)d months are asked for. Possible from %(first)s."),
    (False, True): _("First award on %(day)s, issued elsewhere, %(ago)s."),
    (False, False): _(
        "First award on %(day)s, issued elsewhere, %(ago)s; %(months)d months are asked for. Possible from %(first)s."
    ),
}
ELSEWHERE = {
    "classes": ngettext_lazy("%(count)d of these badges", "%(count)d of these badges", "count"),
    "awards": ngettext_lazy("%(count)d of these awards", "%(count)d of these awards", "count"),
}


@dataclass(frozen=True)
class Finding:
    """Whether something is so, what was found as a lazy sentence, and the address where to act or look."""

    is_met: bool
    said: Promise
    url: str


def verified(organiser: Organiser, on: date) -> Finding:
    """Look whether the check of the organiser holds on a day."""
    is_met, until = organiser.is_verified_on(on), organiser.verified_until
    if is_met:
        found = said(_("Verified until %(day)s."), {"day": day_said(until)})
    elif until and until <= on:
        found = said(_("The verification ended on %(day)s."), {"day": day_said(until)})
    else:
        standings = dict(Organiser.Standing.choices)
        found = said(_("Standing: %(standing)s."), {"standing": standings[organiser.standing]})
    return Finding(is_met, found, organiser.verification_url)


def trained(organiser: Organiser, on: date) -> Finding:
    """Look whether a member holds a valid training badge that is not too old."""
    training = TrainingBadge.objects.with_words().first()
    if training is None:
        return Finding(False, _("The network has not chosen a training badge yet."), organiser.people_url)
    _first, last = TrainingBadge.objects.held_in(organiser, on).issued_until(on).first_and_last_day()
    is_met = last is not None and months_later(last, TRAINED_MONTHS) >= on
    if last is None:
        found = _("No member holds a valid training badge.")
    else:
        found = said(_("The last training badge of a member is of %(day)s, %(ago)s."), _told(last, on))
    return Finding(is_met, found, organiser.people_url if is_met else address_of_training(training))


def address_of_training(training: TrainingBadge) -> str:
    """Return where people train: the playlist that ends with the badge, or its page where none is open to them."""
    route = TrainingBadge.objects.filter(pk=training.pk).route()
    if route is None:
        return training.badge_class.get_absolute_url()
    return reverse("pathways:playlist", args=[route.translation_key])


def experience(organiser: Organiser, on: date) -> Finding:
    """Look whether the first genuine award was made long enough before a day."""
    awards = Assertion.objects.inside(organiser).genuine(organiser).issued_until(on)
    here, _last = awards.first_and_last_day()
    elsewhere, _last = FormerAward.objects.counted_for(organiser).issued_until(on).first_and_last_day()
    url = reverse("badges:issued-list", args=[organiser.slug])
    if here is None and elsewhere is None:
        return Finding(False, _("No badge was awarded yet."), url)
    first = min(day for day in (here, elsewhere) if day)
    possible_from = months_later(first, EXPERIENCE_MONTHS)
    words = FIRST_AWARD[first == here, possible_from <= on]
    facts = {"months": EXPERIENCE_MONTHS, "first": day_said(possible_from)}
    return Finding(possible_from <= on, said(words, _told(first, on) | facts), url)


def sample(
    organiser: Organiser, on: date, *, classes: int = CLASSES, awards: int = AWARDS, people: int = PEOPLE
) -> Finding:
    """Look whether there are enough badges, awards and recipients; a coordinator may lower the numbers.

    What was issued elsewhere counts once it was checked; a person who got badges here and there is one.
    """
    published, former = (
        BadgeClass.objects.inside(organiser).published(),
        FormerBadge.objects.counted_for(organiser).tallied(),
    )
    since = months_later(on, -SAMPLE_MONTHS)
    made = Assertion.objects.inside(organiser).genuine(organiser).issued_since(since).issued_until(on)
    made_elsewhere = FormerAward.objects.counted_for(organiser).issued_since(since).issued_until(on)
    recipients = made_elsewhere.recipients()
    if recipients:
        recipients -= {mark_of_address(email) for email in made.order_by().values_list("email", flat=True).distinct()}
    elsewhere = {"classes": former["classes"], "awards": made_elsewhere.count()}
    wanted = {"classes": classes, "claiming": CLAIMING, "awards": awards, "people": people}
    found = {
        "classes": published.count() + elsewhere["classes"],
        "claiming": published.claiming().count() + former["claiming"],
        "awards": made.count() + elsewhere["awards"],
        "people": made.people_count() + len(recipients),
    }
    short = {name for name in wanted if found[name] < wanted[name]}
    parts = [
        said((SHORT if name in short else ENOUGH)[name], {"count": found[name], "wanted": wanted[name]})
        for name in wanted
    ]
    url = reverse("badges:badge-list", args=[organiser.slug])
    if not any(elsewhere.values()):
        return Finding(not short, said(_("%(found)s."), {"found": joined(", ", parts)}), url)
    parts_elsewhere = [said(ELSEWHERE[name], {"count": count}) for name, count in elsewhere.items()]
    facts = {"found": joined(", ", parts), "elsewhere": joined(", ", parts_elsewhere)}
    return Finding(not short, said(_("%(found)s. Issued elsewhere before: %(elsewhere)s."), facts), url)


def contact(organiser: Organiser, _on: date) -> Finding:
    """Look whether somebody reads the contact e-mail and a privacy notice is linked."""
    is_reachable, has_notice = organiser.has_reachable_contact(), bool(organiser.privacy_url)
    found = {
        (True, True): _("A member proved that they read the contact e-mail, and a privacy notice is linked."),
        (True, False): _("A member proved that they read the contact e-mail; no privacy notice is linked."),
        (False, True): _("No member proved that they read the contact e-mail; a privacy notice is linked."),
        (False, False): _("No member proved that they read the contact e-mail, and no privacy notice is linked."),
    }[is_reachable, has_notice]
    return Finding(is_reachable and has_notice, found, reverse("organisers:edit", args=[organiser.slug]))


GATES: dict[str, Callable[..., Finding]] = {
    gate.__name__: gate for gate in [verified, trained, experience, sample, contact]
}


def _told(day: date, on: date) -> dict[str, Promise]:
    months = whole_months(day, on)
    ago = said(ngettext_lazy("%(count)d month ago", "%(count)d months ago", "count"), {"count": months})
    return {"day": day_said(day), "ago": ago if months else _("less than a month ago")}
