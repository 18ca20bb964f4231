"""What the site offers beside its pages: files to take along, the feed of the news, the map for search engines."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page

from badges.cards import may_print
from badges.models import BadgeClass
from cms.booklets import document_pdf
from cms.feeds import PlainFeed
from cms.models import CONTENT_PAGES, INDEXES, GuidePage, HomePage, NewsPage, PublicationPage
from cms.models.content import address_of
from organisers.models import Organiser
from pathways.models import ActivityPage, PlaylistPage
from portal.access import public
from portal.ui.alternates import alternates_of_list, with_default

PRINTED = {"guides": GuidePage, "library": PublicationPage}
IN_FEED = 30
LISTS = ["cms:playlists", "cms:activities", "cms:badges", "cms:open-badge", "cms:checking", "cms:organisers"]


@public
@require_safe
def document(request, family, slug):
    """Send a guide or a publication as PDF: in the reader's language, else in the one in which it was written."""
    model = PRINTED.get(family)
    page = model and model.objects.for_readers(Locale.get_active()).filter(slug=slug).first()
    if not page or not may_print():
        raise Http404
    response = HttpResponse(document_pdf(page), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{page.slug}.pdf"'
    return response


class NewsFeed(Feed):
    """The news of a language, the newest first."""

    feed_type = PlainFeed

    def title(self):
        return _("News of %(site)s") % {"site": settings.WAGTAIL_SITE_NAME}

    def link(self):
        return f"/{translation.get_language()}/news/"

    def items(self):
        return NewsPage.objects.on_show().filter(locale=Locale.get_active()).order_by("-date", "-pk")[:IN_FEED]

    def item_title(self, item):
        return item.title

    def item_description(self, item):
        return item.summary

    def item_link(self, item):
        return address_of(item, item.language)

    def item_pubdate(self, item):
        return item.first_published_at

    def item_updateddate(self, item):
        return item.last_published_at


@public
@require_safe
def news_feed(request):
    """Send the news to those who follow it."""
    return NewsFeed()(request)


@public
@require_safe
def sitemap(request):
    """Tell search engines which pages there are, and in which languages."""
    lists = [alternates_of_list(reverse(name)) for name in LISTS]
    entries = [
        {"url": one["url"], "alternates": known} for known in lists for one in known if one["code"] != "x-default"
    ]
    entries += page_entries()
    entries += [{"url": one.get_absolute_url()} for one in Organiser.objects.visible_to(request.user)]
    entries += [{"url": one.get_absolute_url()} for one in BadgeClass.objects.on_offer().select_related("organiser")]
    context = {"entries": entries, "base_url": settings.BASE_URL}
    return render(request, "cms/sitemap.xml", context, content_type="application/xml")


def page_entries() -> list[dict]:
    """Return the published pages of the tree with their translations and the day of their last change."""
    activities = ActivityPage.objects.open_for_learning().exclude(audience=ActivityPage.Audience.INVITED)
    playlists = PlaylistPage.objects.open_for_learning()
    of_the_site = Page.objects.live().public().type(HomePage, *INDEXES, *CONTENT_PAGES)
    found = [shown.select_related("locale").order_by("path") for shown in (of_the_site, playlists, activities)]
    pages = [page for shown in found for page in shown]
    known = {}
    for page in pages:
        known.setdefault(page.translation_key, {})[page.locale.language_code] = address_of(
            page, page.locale.language_code
        )
    return [
        {
            "url": address_of(page, page.locale.language_code),
            "changed_at": page.last_published_at,
            "alternates": with_default(known[page.translation_key]),
        }
        for page in pages
    ]
