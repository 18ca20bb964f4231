"""Pages that only some people may see: most portals have none, and need not look for them on each page."""

from wagtail.models import PageQuerySet, PageViewRestriction

from portal.versions import kept_part


def has_restrictions() -> bool:
    """Say whether any page at all is kept from somebody."""
    return kept_part(("restrictions",), PageViewRestriction.objects.exists)


class PublicPageQuerySet(PageQuerySet):
    def public(self):
        """Leave out what is kept from somebody, as Wagtail does; it asks the database each time."""
        return super().public() if has_restrictions() else self
