"""The page tree of learning: an index in each language, a section for each organiser, and what its pages share."""

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from organisers.models import Organiser
from pathways.authoring import OwnWayForm, SectionTester, SubpageTester
from pathways.blocks import CONTENT, texts_in
from pathways.models.roles import at_places_of, places_of
from portal.folding import spellings
from portal.ui.restrictions import PublicPageQuerySet, has_restrictions


def fact(name):
    """Declare a field that only the original edits and every translation follows."""
    return SynchronizedField(name, overridable=False)


def one_of_each(pages, locale) -> dict:
    """Return one page for each translation key: the one in the wanted language, else the first."""
    found = {}
    for page in pages:
        if page.translation_key not in found or page.locale_id == locale.pk:
            found[page.translation_key] = page
    return found


class LearningPageQuerySet(PublicPageQuerySet):
    def with_facts(self):
        """Fetch along what cards show."""
        return self.select_related("organiser__city", "badge_class", "locale").prefetch_related(
            "organiser__texts", "badge_class__texts"
        )

    def open_for_learning(self):
        """Return the published pages that anybody may see, of organisers that may offer learning."""
        closed = [Organiser.Standing.SUSPENDED, Organiser.Standing.REVOKED]
        return self.live().public().exclude(organiser__standing__in=closed)

    def on_show(self, locale):
        """Return what lists in a language show, the newest first."""
        return self.open_for_learning().filter(locale=locale).order_by("-first_published_at", "-pk")

    def of(self, organiser):
        """Return the pages of an organiser, by language and title."""
        return self.filter(organiser=organiser).order_by("locale", "title", "pk")

    def lent_to(self, user, role):
        """Return the pages at which a person has a role for them alone."""
        return self.filter(at_places_of(user, role, key="translation_key"))

    def inside(self, organiser):
        """Return the pages of an organiser and of the units inside it."""
        return self.filter(organiser__in=Organiser.objects.within(organiser))

    def in_first_language(self) -> list:
        """Return each page once, as it was written first, whatever other languages there are."""
        found = {}
        for page in self.order_by("pk"):
            found.setdefault(page.translation_key, page)
        return list(found.values())

    def with_versions(self, locale) -> list:
        """Return each page once, by title, in a language or as it was written first; with its `versions` in all."""
        found = {}
        for page in self.order_by("pk"):
            found.setdefault(page.translation_key, []).append(page)
        shown = [next((one for one in same if one.locale_id == locale.pk), same[0]) for same in found.values()]
        for page in shown:
            page.versions = found[page.translation_key]
        return sorted(shown, key=lambda page: page.draft_title.casefold())

    def count_once(self) -> int:
        """Return how many pages there are, each once whatever other languages there are."""
        return self.order_by().values("translation_key").distinct().count()

    def by_key(self, keys, locale) -> dict:
        """Return the published page for each translation key: in the wanted language, else as it was written first."""
        return one_of_each(self.live().filter(translation_key__in=keys).order_by("pk"), locale)

    def in_states(self, keys):
        """Return the pages of these keys, published or not, those written first on top."""
        return self.filter(translation_key__in=keys).select_related("locale").order_by("pk")

    def in_any_state(self, key, locale):
        """Return the page of a key for those who work behind the scenes: published or not, else None."""
        pages = {page.locale_id: page for page in self.filter(translation_key=key).order_by("-pk")}
        return pages.get(locale.pk) or next(reversed(pages.values()), None)

    def original(self, key):
        """Return the published page of a key that was written first; None when none is published."""
        return self.live().as_written(key)

    def as_written(self, key):
        """Return the page of a key that was written first, published or not; None when it is gone."""
        return self.filter(translation_key=key).order_by("pk").first()


class LearningIndexPage(Page):
    """The root of all sections in a language."""

    subpage_types = ["pathways.SectionPage"]
    max_count_per_parent = 1
    private_page_options = []

    class Meta:
        verbose_name = _("learning")


class SectionPageManager(PageManager):
    def missing_organisers(self):
        """Return the organisers that lack their section in some language."""
        planted = (
            self.filter(organiser=OuterRef("pk")).order_by().values("organiser").annotate(n=Count("pk")).values("n")
        )
        sections = Coalesce(Subquery(planted), 0)
        return Organiser.objects.annotate(sections=sections).filter(sections__lt=LearningIndexPage.objects.count())

    def for_author(self, organiser, locale):
        """Return the section of an organiser in a language, else the one made first; None while there is none."""
        found = {section.locale_id: section for section in self.filter(organiser=organiser).order_by("-pk")}
        return found.get(locale.pk) or next(reversed(found.values()), None)


class SectionPage(Page):
    """The part of the page tree in one language that belongs to an organiser."""

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.PROTECT, related_name="+")

    objects = SectionPageManager()
    parent_page_types = ["pathways.LearningIndexPage"]
    subpage_types = ["pathways.PlaylistPage", "pathways.ActivityPage"]
    private_page_options = []
    content_panels = []
    override_translatable_fields = [fact("slug"), fact("organiser")]

    class Meta:
        verbose_name = _("section of an organiser")
        permissions = [
            ("publish_for_unverified", "Can publish pages of organisers that are not verified"),
            ("edit_any_section", "Can edit the pages of every organiser"),
        ]

    def permissions_for_user(self, user):
        return SectionTester(user, self)

    def is_lent_to(self, user, role) -> bool:
        """Say that nobody has a role for a section alone."""
        return False


class LearningPage(Page):
    """What activities and playlists have in common; never a page of its own."""

    organiser = models.ForeignKey("organisers.Organiser", on_delete=models.PROTECT, related_name="+", editable=False)
    summary = models.CharField(_("in one sentence"), max_length=250)
    body = StreamField(CONTENT, blank=True, verbose_name=_("content"))
    badge_class = models.ForeignKey(
        "badges.BadgeClass",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("badge"),
        help_text=_("One of your published badges."),
    )
    search_text = models.TextField(default="", editable=False)

    private_page_options = []
    copy_form_class = OwnWayForm
    view = ""

    class Meta:
        abstract = True

    def permissions_for_user(self, user):
        return SubpageTester(user, self)

    def get_admin_display_title(self):
        """Return the title of the newest draft to those who may edit the page, to others the published one."""
        if not self.live or self.draft_title == self.title:
            return super().get_admin_display_title()
        reader = get_active_log_context().user
        return self.draft_title if reader and self.permissions_for_user(reader).can_edit() else self.title

    def full_clean(self, *args, **kwargs):
        """Take the organiser from the section before everything is checked."""
        self._take_organiser()
        super().full_clean(*args, **kwargs)

    def get_view_restrictions(self):
        """Return what restricts this page and those above it, as Wagtail does, in one query or in none."""
        if not has_restrictions():
            return PageViewRestriction.objects.none()
        above = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        pages = Page.objects.filter(path__in=above).annotate(source=Coalesce("alias_of", "pk"))
        return PageViewRestriction.objects.filter(page__in=pages.values("source"))

    def save(self, *args, **kwargs):
        """Keep the words it is found by; Wagtail and wagtail-localize save pages from many places."""
        self.search_text = self.words_to_find()
        super().save(*args, **kwargs)

    def words_to_find(self) -> str:
        """Return the words it is found by."""
        return spellings(" ".join([self.title, self.summary, *texts_in(self.body.get_prep_value())]))

    def minimal_clean(self):
        """Take the organiser from the section; Wagtail calls this for drafts."""
        self._take_organiser()
        super().minimal_clean()

    def _take_organiser(self):
        # A copy in another section is that organiser's, and leaves the badge behind.
        if parent := self.get_parent() if self.path else None:
            self.organiser = parent.specific.organiser
            if self.badge_class and self.badge_class.organiser_id != self.organiser_id:
                self.badge_class = None

    def can_move_to(self, parent):
        """Stay with the organiser: what learners did, and the badge, are its own."""
        return super().can_move_to(parent) and parent.specific.organiser == self.organiser

    def serve_preview(self, request, mode_name):
        """Show the draft as its page will be."""
        return import_string(self.view)(request, self)

    def is_lent_to(self, user, role) -> bool:
        """Say whether a person has a role for this page, or for a playlist of the same organiser in which it is."""
        return (self.organiser_id, self.translation_key) in places_of(user, role)

    @property
    def art_seed(self):
        """What the pictures of the page are drawn from."""
        return slugify(self.slug) or self.translation_key.hex

    @property
    def cover_url(self):
        """The address of the cover that is drawn for the page."""
        return reverse("badges:art-cover", args=[self.art_seed])

    @property
    def language(self):
        return self.locale.language_code
