"""What the published badges say of themselves."""

from collections import Counter

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from badges.models import BadgeClass
from portal.sentences import joined, said
from quality_label.facts.issuing import Issuing
from quality_label.facts.registry import Fact, fact


def links_to(badges) -> tuple[tuple[str, str], ...]:
    """Return the names and addresses of badges."""
    return tuple((badge.name, badge.get_absolute_url()) for badge in badges)


def share_of(counted: list[BadgeClass], badges: list[BadgeClass], sentence, **words) -> Fact | None:
    """Return a fact on how many of some badges are so; None where there are none of them."""
    if not badges:
        return None
    facts = {"count": len(counted), "all": len(badges), **words}
    return Fact(said(sentence, facts), len(counted) / len(badges), links_to(counted))


@fact("kinds")
def kinds(issuing: Issuing):
    """Count the published badges by kind."""
    badges = issuing.badges
    if not badges:
        return None
    names = dict(BadgeClass.Kind.choices)
    counted = Counter(badge.kind for badge in badges).most_common()
    total = said(
        ngettext_lazy("%(count)d published badge", "%(count)d published badges", "count"), {"count": len(badges)}
    )
    found = joined(", ", [joined(" ", [names[kind], count]) for kind, count in counted])
    return Fact(joined("", [total, ": ", found, "."]), len(badges), links_to(badges))


@fact("criteria")
def criteria(issuing: Issuing):
    """Count the badges that claim something and whose criteria stand here as a text."""
    claiming = [badge for badge in issuing.badges if badge.kind in BadgeClass.CLAIMING]
    counted = [badge for badge in claiming if badge.original().criteria]
    words = _("Badges that claim a skill or a contribution and show their criteria here: %(count)d of %(all)d.")
    return share_of(counted, claiming, words)


@fact("skills")
def skills(issuing: Issuing):
    """Count the badges that name skills."""
    counted = [badge for badge in issuing.badges if badge.skills.all()]
    referring = [badge for badge in counted if any(skill.uri for skill in badge.skills.all())]
    words = _("Badges that name skills: %(count)d of %(all)d, by public addresses: %(referring)d.")
    return share_of(counted, issuing.badges, words, referring=len(referring))


@fact("workload")
def workload(issuing: Issuing):
    """Count the badges that say how long they take, in minutes or credits."""
    counted = [badge for badge in issuing.badges if badge.workload_minutes or badge.credits]
    return share_of(counted, issuing.badges, _("Badges that say how long they take: %(count)d of %(all)d."))


@fact("level")
def level(issuing: Issuing):
    """Count the badges that name a level or a cycle."""
    counted = [badge for badge in issuing.badges if badge.level or badge.cycle]
    return share_of(counted, issuing.badges, _("Badges that name a level: %(count)d of %(all)d."))


@fact("languages")
def languages(issuing: Issuing):
    """Count the badges that speak two languages or more, and name all languages."""
    counted = [badge for badge in issuing.badges if len(badge.texts.all()) > 1]
    spoken = {text.language for badge in issuing.badges for text in badge.texts.all()}
    names = joined(", ", [name for code, name in settings.TEXT_LANGUAGES if code in spoken])
    words = _("Badges in more than one language: %(count)d of %(all)d. All together: %(languages)s.")
    return share_of(counted, issuing.badges, words, languages=names)


@fact("expiry")
def expiry(issuing: Issuing):
    """Count the badges that end some months after they were awarded."""
    counted = [badge for badge in issuing.badges if badge.valid_months]
    return share_of(counted, issuing.badges, _("Badges that end after a number of months: %(count)d of %(all)d."))


@fact("versions")
def versions(issuing: Issuing):
    """Count the badges that were awarded in more than one version, and those that were archived."""
    counted = [badge for badge in issuing.badges if badge.version_count > 1]
    archived = BadgeClass.objects.inside(issuing.organiser).archived().count()
    words = _("Badges that were awarded in more than one version: %(count)d of %(all)d. Archived badges: %(archived)d.")
    return share_of(counted, issuing.badges, words, archived=archived)
