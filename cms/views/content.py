"""The editorial pages and their lists; Wagtail's hooks and previews call these with the page."""

from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.forms import HelpForm, LibraryForm
from cms.models import LIBRARY, GuidePage, HelpPage, NewsPage, PublicationPage
from cms.models.content import address_of
from cms.structured import described, picture_of
from portal.access import public
from portal.pages import kept_for_strangers
from portal.ui.alternates import alternates_of_page, versions_of

PAGE_SIZE = 24
LANGUAGE_NAMES = dict(settings.LANGUAGES)


@public
@require_safe
@kept_for_strangers
def content_page(request, page):
    """Show a page that stands for itself."""
    return render(request, "cms/content_page.html", facts_of(page))


@public
@require_safe
@kept_for_strangers
def guide_page(request, page):
    """Show where a guide begins, with its chapters."""
    chapters = page.chapters()
    return render(request, "cms/content_page.html", facts_of(page) | {"chapters": with_addresses(chapters)})


@public
@require_safe
@kept_for_strangers
def chapter_page(request, page):
    """Show a chapter, with all chapters and the ones before and after it."""
    guide = page.get_parent().specific
    chapters = with_addresses(guide.chapters())
    here = next((number for number, chapter in enumerate(chapters) if chapter.pk == page.pk), None)
    context = facts_of(page) | {"guide": guide, "chapters": chapters}
    if here is not None:
        context["previous"] = chapters[here - 1] if here else None
        context["following"] = chapters[here + 1] if here + 1 < len(chapters) else None
    return render(request, "cms/content_page.html", context)


def facts_of(page) -> dict:
    """Return what every page of content is shown with."""
    code = get_language()
    languages = versions_of(page)
    is_translated = page.language == code
    return {
        "page": page,
        "facts": page.facts(),
        "crumbs": crumbs_of(page),
        **languages,
        "written_in": "" if is_translated else page.language,
        "written_in_name": LANGUAGE_NAMES.get(page.language, page.language),
        "languages_there": languages_of(languages["alternates"], {code, page.language}) if not is_translated else [],
        "canonical": page.get_url() if page.live else "",
        "structured": described(page),
        "picture": picture_of(page),
        "document_url": page.document_url if isinstance(page, (GuidePage, PublicationPage)) else "",
        "has_citation": isinstance(page, PublicationPage) and bool(page.citation),
    }


def languages_of(alternates: list[dict], left_out: set[str]) -> list[dict]:
    """Return the addresses of a page in the languages in which it is, by name."""
    return [
        one | {"name": LANGUAGE_NAMES[one["code"]]}
        for one in alternates
        if one["code"] in LANGUAGE_NAMES and one["code"] not in left_out
    ]


def crumbs_of(page) -> list[dict]:
    """Return the way from the front door to a page, in the reader's language as far as it goes."""
    code = get_language()
    above = [one.localized for one in page.get_ancestors().filter(depth__gt=2)]
    crumbs = [{"url": address_of(one, code), "name": one.title} for one in above]
    return [*crumbs, {"url": "", "name": page.title}]


def with_addresses(pages) -> list:
    """Return pages with where each stands in the reader's language, and its own language if that is another."""
    code = get_language()
    found = list(pages)
    for one in found:
        one.address = address_of(one, code)
        one.other_language = "" if one.language == code else one.language
        one.other_language_name = LANGUAGE_NAMES.get(one.other_language, one.other_language)
    return found


# --- lists ------------------------------------------------------------------------------------------------------------


def index_facts(page) -> dict:
    """Return what every list is shown with."""
    return {"page": page, "alternates": alternates_of_page(page), "crumbs": [{"url": "", "name": page.title}]}


def a_page_of(request, pages) -> dict:
    """Return one page of a list, with addresses."""
    shown = Paginator(pages, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"shown": shown, "pages": with_addresses(shown.object_list)}


@public
@require_safe
@kept_for_strangers
def news_index(request, page):
    """List the news, the newest first."""
    news = NewsPage.objects.for_readers(page.locale).order_by("-date", "-pk")
    return render(request, "cms/news_index.html", index_facts(page) | a_page_of(request, news))


@public
@require_safe
@kept_for_strangers
def guide_index(request, page):
    """List the guides."""
    guides = GuidePage.objects.for_readers(page.locale).order_by("path")
    return render(request, "cms/guide_index.html", index_facts(page) | a_page_of(request, guides))


@public
@require_safe
@kept_for_strangers
def help_index(request, page):
    """List the help by topic, or what a search finds."""
    form = HelpForm(request.GET)
    asked = form.asked()
    pages = HelpPage.objects.for_readers(page.locale).order_by("title", "pk")
    if asked:
        distances = {one: one.distance(asked) for one in pages}
        pages = sorted((one for one in pages if distances[one] is not None), key=distances.get)
    found = with_addresses(pages)
    topics = [
        {"value": value, "name": label, "pages": [one for one in found if one.topic == value]}
        for value, label in HelpPage.Topic.choices
    ]
    context = {"form": form, "asked": asked, "found": found, "topics": [one for one in topics if one["pages"]]}
    return render(request, "cms/help_index.html", index_facts(page) | context)


@public
@require_safe
@kept_for_strangers
def library_index(request, page):
    """List what is in the library, by kind."""
    form = LibraryForm(request.GET, locale=page.locale)
    wanted = form.chosen()
    families = [
        {
            "name": model.family,
            "pages": with_addresses(
                model.objects.for_readers(page.locale).found_by_readers(**wanted).order_by("-year", "title", "pk")
            ),
        }
        for model in LIBRARY
    ]
    families = [family for family in families if family["pages"]]
    context = {"form": form, "is_narrowed": bool(wanted), "families": families}
    return render(request, "cms/library_index.html", index_facts(page) | context)


def on_home(locale: Locale) -> dict:
    """Return what the front door shows of the editorial pages."""
    guides = with_addresses(GuidePage.objects.for_readers(locale).order_by("path")[:1])
    news = with_addresses(NewsPage.objects.for_readers(locale).order_by("-date", "-pk")[:3])
    return {"guide": guides[0] if guides else None, "news": news, "news_url": f"/{get_language()}/news/"}
