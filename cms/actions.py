"""Building the page tree."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from cms.models import INDEXES, HomePage, IndexPage
from pathways.actions import ensure_learning_index
from pathways.actions.sections import give_rights

CITY_RIGHTS = [("organisers", "add_city"), ("organisers", "change_city")]
OPERATOR_RIGHTS = [("cms", "change_operator")]
REDIRECT_RIGHTS = [("wagtailredirects", f"{verb}_redirect") for verb in ("add", "change", "delete")]


@transaction.atomic
def build_site_tree() -> HomePage:
    """Make the home page and the lists below it in every language where they are missing; returns the original home.

    Wagtail's editors and moderators get the right to say who runs the portal along with it.
    """
    for name in ("Editors", "Moderators"):
        give_rights(Group.objects.get_or_create(name=name)[0], OPERATOR_RIGHTS)
    original = None
    root = Page.get_first_root_node()
    for code, _name in settings.LANGUAGES:
        locale, _is_new = Locale.objects.get_or_create(language_code=code)
        home = HomePage.objects.filter(locale=locale).first() or plant_home(root, locale, original)
        ensure_learning_index(home, original)
        for model in INDEXES:
            ensure_index(model, home, original)
        original = original or home
    give_rights(Group.objects.get(name="Moderators"), CITY_RIGHTS + REDIRECT_RIGHTS)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page, site.site_name = "localhost", 80, original, settings.WAGTAIL_SITE_NAME
    site.save()
    for welcome in Page.objects.filter(depth=2, content_type__model="page", content_type__app_label="wagtailcore"):
        welcome.delete()
    return original


def ensure_index(model: type[IndexPage], home: HomePage, original: HomePage | None) -> IndexPage:
    """Return the list of a family of pages under a home page, made where it is missing."""
    if known := model.objects.child_of(home).first():
        return known
    with translation.override(home.locale.language_code):
        index = model(locale=home.locale, **model.first_words())
    first = original and model.objects.child_of(original).first()
    if first:
        index.translation_key = first.translation_key
    return home.add_child(instance=index)


def plant_home(root: Page, locale: Locale, original: HomePage | None) -> HomePage:
    """Add the home page of a language, as the translation of the original one."""
    with translation.override(locale.language_code):
        home = HomePage(
            title="Waymark",
            slug=f"home-{locale.language_code}",
            locale=locale,
            headline=_("What you learn on the way should count."),
            lead=_(
                "Follow a playlist in your city or online, show what you did, and hold a badge that anyone can check."
            ),
        )
    if original:
        home.translation_key = original.translation_key
    root.add_child(instance=home)
    return home
