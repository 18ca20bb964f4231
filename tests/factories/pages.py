"""Editorial pages, for tests."""

import datetime

from django.utils.text import slugify
from wagtail.models import Locale
from wagtail.signals import page_published

from cms.models import (
    ChapterPage,
    CityIndexPage,
    CityPage,
    ContentPage,
    CurriculumPage,
    FaqPage,
    GuideIndexPage,
    GuidePage,
    HelpIndexPage,
    HelpPage,
    HomePage,
    LibraryIndexPage,
    NewsIndexPage,
    NewsPage,
    PublicationPage,
    RecommendationPage,
    StandardPage,
    StrategyPage,
)
from organisers.models import City
from portal import clock

LISTS = {
    CityPage: CityIndexPage,
    GuidePage: GuideIndexPage,
    HelpPage: HelpIndexPage,
    NewsPage: NewsIndexPage,
    StrategyPage: LibraryIndexPage,
    RecommendationPage: LibraryIndexPage,
    CurriculumPage: LibraryIndexPage,
    PublicationPage: LibraryIndexPage,
    StandardPage: HomePage,
    FaqPage: HomePage,
}
NEEDED = {
    HelpPage: {"topic": "learners"},
    NewsPage: {"date": datetime.date(2026, 5, 25)},
    CityPage: {"latitude": "54.68720", "longitude": "25.27970"},
    CurriculumPage: {"hours": 15, "form": "online"},
}


def above(model, language="en"):
    """Return the page below which pages of a kind stand."""
    return LISTS[model].objects.get(locale__language_code=language)


def planted(page, parent, live: bool):
    """Put a page below another, published or as a draft, and return it as the database has it.

    Publishing a draft would save a page three times, which takes a third of the time of all tests with pages.
    """
    page.live = live
    if live:
        page.first_published_at = page.last_published_at = clock.now()
    parent.add_child(instance=page)
    if live:
        page_published.send(type(page), instance=page)
    else:
        page.save_revision()
    return type(page).objects.get(pk=page.pk)


def written(model=StandardPage, *, title="About us", parent=None, language="en", live=True, **facts) -> ContentPage:
    """Return an editorial page as the database has it, published unless said otherwise."""
    parent = parent or above(model, language)
    locale = Locale.objects.get(language_code=language)
    if model is CityPage:
        facts.setdefault("city", city())
    page = model(title=title, locale=locale, **{"summary": "What it is.", **NEEDED.get(model, {}), **facts})
    return planted(page, parent, live)


def city(name="Vilnius", country="LT") -> City:
    """Return a city of the network."""
    facts = {"name": name, "country": country}
    return City.objects.get_or_create(slug=slugify(name), defaults=facts)[0]


def guide(*chapters, **facts) -> GuidePage:
    """Return a guide with chapters of these titles."""
    page = written(GuidePage, **{"title": "How to badge", **facts})
    for number, title in enumerate(chapters, 1):
        written(ChapterPage, title=title, parent=page, number=number)
    return page
