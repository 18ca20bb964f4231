"""What became of the awards of twelve months, without a word on who got them."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from portal.sentences import joined, said
from quality_label.facts.issuing import Issuing
from quality_label.facts.registry import Fact, fact

TIME_TO_COLLECT = timedelta(days=30)


@fact("awards")
def awards(issuing: Issuing):
    """Count the genuine awards and the people who got them."""
    count, people = issuing.awards.count(), issuing.awards.people_count()
    if not count:
        return None
    given = said(ngettext_lazy("%(count)d award", "%(count)d awards", "count"), {"count": count})
    reached = said(ngettext_lazy("%(count)d person", "%(count)d people", "count"), {"count": people})
    words = _("%(awards)s to %(people)s in the last twelve months.")
    figures = reverse("badges:figures", args=[issuing.organiser.slug])
    return Fact(said(words, {"awards": given, "people": reached}), count, ((_("Figures"), figures),))


@fact("evidence")
def evidence(issuing: Issuing):
    """Count the awards that say what was done; what learning earned is counted beside, its evidence stays private."""
    learnt = issuing.awards.earned_by_learning().count()
    given = issuing.awards.count() - learnt
    explained = issuing.awards.explained().count()
    found = []
    if given:
        words = _("Awards by hand, list or code in twelve months that say what was done: %(count)d of %(all)d.")
        found.append(said(words, {"all": given, "count": explained}))
    if learnt:
        found.append(said(_("Awards earned by activities and playlists: %(count)d."), {"count": learnt}))
    return Fact(joined(" ", found), explained / given if given else None) if found else None


@fact("collected")
def collected(issuing: Issuing):
    """Count the awards that were collected, of those that had 30 days."""
    tally = issuing.awards.issued_until(issuing.on - TIME_TO_COLLECT).tallied()
    if not tally["awarded"]:
        return None
    words = _("Collected, of the awards of twelve months that are older than 30 days: %(collected)d of %(awarded)d.")
    return Fact(said(words, tally), tally["collected"] / tally["awarded"])


@fact("revoked")
def revoked(issuing: Issuing):
    """Count the awards that were taken back and those that were corrected; the portal wants a reason for each."""
    count, taken_back, replaced = issuing.made.count(), issuing.made.revoked().count(), issuing.made.replaced().count()
    if not count:
        return None
    words = _("Awards in twelve months: %(all)d. Revoked, each with a reason: %(revoked)d. Corrected: %(replaced)d.")
    facts = {"all": count, "revoked": taken_back, "replaced": replaced}
    return Fact(said(words, facts), taken_back / count)
