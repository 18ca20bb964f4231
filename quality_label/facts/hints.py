"""At how many published badges a hint of the badge editor applies."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from badges.hints import Hint, all_hints
from quality_label.facts.badge_classes import share_of
from quality_label.facts.issuing import Issuing
from quality_label.facts.registry import fact


def applied(hint: Hint, issuing: Issuing):
    """Count the badges to which a hint applies."""
    counted = [badge for badge in issuing.badges if hint.applies(badge.hint_facts())]
    words = _("Badges at which the editor gives a hint: %(count)d of %(all)d. “%(hint)s”")
    return share_of(counted, issuing.badges, words, hint=hint.sentence)


for hint in all_hints():
    fact(f"hint:{hint.code}")(partial(applied, hint))
