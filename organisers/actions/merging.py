"""What becomes of two rows in an organiser when the accounts that they are about become one."""

from organisers.models import JoinRequest, Membership
from portal.notifications.actions import take_back_news


def keep_longer_role(mine: Membership, theirs: Membership) -> None:
    """Keep a role once, since the earlier day."""
    Membership.objects.filter(pk=mine.pk).update(since=min(mine.since, theirs.since))
    theirs.delete()


def drop_request(mine: JoinRequest, theirs: JoinRequest) -> None:
    """Ask once; what owners were told of the second request goes with it."""
    take_back_news(theirs)
    theirs.delete()
