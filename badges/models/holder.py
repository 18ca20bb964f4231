"""How those who issue see whom a row is about, and that somebody was erased."""

from django.utils.translation import gettext_lazy as _

from portal.privacy import is_stand_in


class Holder:
    """A row with the name and the address of somebody who may have had them removed."""

    @property
    def holder_name(self):
        """The name, for those who issued to it."""
        return _("Removed by its holder") if is_stand_in(self.email) else self.name

    @property
    def holder_email(self) -> str:
        """The address, for those who issued to it; empty once it was removed."""
        return "" if is_stand_in(self.email) else self.email
