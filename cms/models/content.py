"""What the editorial pages have in common, and the plain ones among them."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.blocks import CONTENT
from portal import clock
from portal.ui.restrictions import PublicPageQuerySet


def fact(name):
    """Declare a field that only the original edits and every translation follows."""
    return SynchronizedField(name, overridable=False)


def address_of(page, code: str) -> str:
    """Return where a page stands under a language; without a translation the original answers there."""
    inside = page.url_path.split("/", 2)[2]
    return f"/{code}/{inside}"


class ContentQuerySet(PublicPageQuerySet):
    def on_show(self):
        """Return what everybody may read."""
        return self.live().public().select_related("locale")

    def for_readers(self, locale):
        """Return each published page once: in this language, else in the one in which it was written first."""
        shown = self.model._default_manager.live()
        here = shown.filter(locale=locale, translation_key=OuterRef("translation_key"))
        earlier = shown.filter(translation_key=OuterRef("translation_key"), pk__lt=OuterRef("pk"))
        return self.on_show().filter(Q(locale=locale) | (~Exists(here) & ~Exists(earlier)))


ContentManager = PageManager.from_queryset(ContentQuerySet)


class ShownPage(Page):
    """A page of the site that one of our views shows; never a page of its own."""

    private_page_options = []
    view = ""

    class Meta:
        abstract = True

    def serve_preview(self, request, mode_name):
        """Show the draft as its page will be."""
        return import_string(self.view)(request, self)


class ContentPage(ShownPage):
    """Something to read; never a page of its own."""

    summary = models.CharField(_("in one or two sentences"), max_length=300)
    body = StreamField(CONTENT, blank=True, verbose_name=_("content"))
    share_picture = models.ForeignKey(
        "wagtailimages.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("picture for sharing"),
        help_text=_("Shown where somebody passes the page on; at least 1200 by 630 pixels."),
    )
    review_by = models.DateField(
        _("needs review by"),
        null=True,
        blank=True,
        help_text=_("From this day on the page stands in the report of pages to look after."),
    )

    view = "cms.views.content_page"
    kicker = ""
    is_article = True
    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    first_panels = [*Page.content_panels, FieldPanel("summary")]
    last_panels = [FieldPanel("body"), FieldRowPanel([FieldPanel("share_picture"), FieldPanel("review_by")])]
    content_panels = [*first_panels, *last_panels]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    own_words = [TranslatableField(name) for name in ("title", "summary", "body")]
    own_facts = [fact(name) for name in ("slug", "share_picture", "review_by", "show_in_menus")]
    override_translatable_fields = [*own_words, *own_facts]

    class Meta:
        abstract = True

    @property
    def language(self):
        return self.locale.language_code

    @property
    def is_due(self):
        return self.review_by is not None and self.review_by <= clock.today()

    def facts(self) -> list[dict]:
        """Return what is known of the page, for the list beside its text."""
        return []


def said(*pairs) -> list[dict]:
    """Return names and values as a list of facts, without what is not known."""
    return [{"name": name, "value": value} for name, value in pairs if value]


class IndexPage(ShownPage):
    """The list of one family of pages; never a page of its own."""

    lead = models.CharField(_("lead"), max_length=300, blank=True)

    parent_page_types = ["cms.HomePage"]
    max_count_per_parent = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    override_translatable_fields = [TranslatableField("title"), TranslatableField("lead"), fact("slug")]

    class Meta:
        abstract = True

    @classmethod
    def first_words(cls) -> dict:
        """Return slug, title and lead with which the list begins, in the active language."""
        raise NotImplementedError


class StandardPage(ContentPage):
    """A page of its own, such as the imprint."""

    objects = ContentManager()

    class Meta:
        verbose_name = _("page")


class FaqPage(ContentPage):
    """Questions and answers."""

    objects = ContentManager()
    is_article = False

    class Meta:
        verbose_name = _("page of questions and answers")
