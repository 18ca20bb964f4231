"""Activities that open one after another."""

from django.utils.translation import gettext as _

from pathways.models import ActivityPage, Enrolment, PlaylistPage, lay_routes


def lock_of(activity: ActivityPage, person) -> str:
    """Return why an activity is not open to a learner yet; empty where it is.

    It is closed when every playlist that it stands in opens its activities one after another, and none of those that
    the learner is on has come to it.
    """
    containing = PlaylistPage.objects.open_for_learning().containing(activity.translation_key)
    playlists = containing.select_related("locale").prefetch_related("steps").in_first_language()
    if not playlists or any(not playlist.is_in_order for playlist in playlists):
        return ""
    joined = set(Enrolment.objects.of(person).current().on(playlists).values_list("playlist_key", flat=True))
    reasons = []
    for playlist in playlists:
        if playlist.translation_key not in joined:
            reasons.append(_("Join the playlist “%(title)s” first.") % {"title": playlist.title})
            continue
        route = lay_routes([playlist], locale=activity.locale, person=person, is_joined=True)[0]
        stop = next((stop for stop in route.stops if stop.key == activity.translation_key), None)
        if stop is None or not stop.is_locked:
            return ""
        reasons.insert(0, _("Finish “%(title)s” first.") % {"title": route.stop_before(stop).title})
    return reasons[0]
