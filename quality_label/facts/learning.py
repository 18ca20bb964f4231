"""How learning leads to badges, and who judges: playlists, judgements, the days they take, trained members."""

from statistics import median

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pathways.models import ActivityPage, Attempt, Judgement, PlaylistPage
from portal.sentences import joined, number_said, said
from quality_label.facts.issuing import Issuing
from quality_label.facts.registry import Fact, fact
from quality_label.models import TrainingBadge


@fact("playlists")
def playlists(issuing: Issuing):
    """Count the published playlists and activities, each once whatever its languages."""
    routes = PlaylistPage.objects.open_for_learning().inside(issuing.organiser).in_first_language()
    activities = ActivityPage.objects.open_for_learning().inside(issuing.organiser).count_once()
    if not activities:
        return None
    words = _("Published playlists: %(playlists)d. Published activities: %(activities)d.")
    links = tuple((page.title, reverse("pathways:playlist", args=[page.translation_key])) for page in routes)
    return Fact(said(words, {"playlists": len(routes), "activities": activities}), len(routes), links)


@fact("judgements")
def judgements(issuing: Issuing):
    """Count the judgements of reviewers, by how many people, and the work that came back with feedback."""
    found = Judgement.objects.inside(issuing.organiser).given_between(issuing.since, issuing.on).figures()
    if not found["given"]:
        return None
    words = _("Judgements in twelve months: %(given)d, by reviewers: %(people)d. Returned with feedback: %(returned)d.")
    return Fact(said(words, found), found["returned"] / found["given"])


@fact("time")
def time(issuing: Issuing):
    """Tell the median of days from the last handing in to the judgement, and to the badge where there is one."""
    accepted = Attempt.objects.inside(issuing.organiser).accepted_between(issuing.since, issuing.on)
    days = accepted.days_taken()
    if not days:
        return None
    judged = median(to_judgement for to_judgement, _to_badge in days)
    words = _("Work accepted in twelve months: %(count)d. Days from handing in to the judgement, median: %(days)s.")
    found = [said(words, {"count": len(days), "days": number_said(judged, 1)})]
    if issued := [to_badge for _to_judgement, to_badge in days if to_badge is not None]:
        found.append(said(_("Days to the badge, median: %(days)s."), {"days": number_said(median(issued), 1)}))
    return Fact(joined(" ", found), judged)


@fact("trained")
def trained(issuing: Issuing):
    """Count the members who hold a valid training badge."""
    members = issuing.organiser.memberships.people_count()
    held = TrainingBadge.objects.held_in(issuing.organiser, issuing.on).issued_until(issuing.on)
    count = issuing.organiser.memberships.filter(person__in=held.holders()).people_count()
    if not members:
        return None
    words = _("Members with a valid training badge: %(count)d of %(all)d.")
    return Fact(said(words, {"all": members, "count": count}), count / members)
