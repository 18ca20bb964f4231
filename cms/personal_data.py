"""The personal data of the public site."""

from django.utils.translation import gettext_lazy as _

from cms.models import Operator
from portal.privacy import Blank, register

register(
    "cms.Operator",
    label=_("The imprint, where it names your address"),
    fields=("email",),
    purpose=_("to say who runs the portal and how to reach them (legal obligation)"),
    kept=_("until an editor changes it"),
    rows_of=lambda person: Operator.objects.filter(email__in=person.verified_addresses()),
    erase=Blank("email"),
)
