"""The demo's pages of the site, in English and translated as an editor would."""

import json
import re
from datetime import date
from functools import cache
from uuid import NAMESPACE_URL, uuid5

from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.demo.data import FOLDER
from cms.demo.pages import translate
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
    Operator,
    PublicationPage,
    RecommendationPage,
    StandardPage,
    StrategyPage,
)
from organisers.models import City, Organiser

PARTS = ["a", "b", "c"]
KINDS = {
    "city": (CityPage, CityIndexPage),
    "standard": (StandardPage, HomePage),
    "faq": (FaqPage, HomePage),
    "guide": (GuidePage, GuideIndexPage),
    "chapter": (ChapterPage, None),
    "help": (HelpPage, HelpIndexPage),
    "strategy": (StrategyPage, LibraryIndexPage),
    "curriculum": (CurriculumPage, LibraryIndexPage),
    "recommendation": (RecommendationPage, LibraryIndexPage),
    "publication": (PublicationPage, LibraryIndexPage),
    "news": (NewsPage, NewsIndexPage),
}
IN_FOOTER = {"about", "accessibility", "imprint", "faq"}
LISTED = {"partners": "partner", "authors": "author", "taught_in": "language"}
RENAMED = {"for": "for_whom", "languages": "taught_in"}
LINK = re.compile(r'href="page:([\w-]+)"')


@cache
def written(language: str) -> dict[str, dict]:
    """Return the pages in a language by slug; none where nobody has written them."""
    files = [FOLDER / "site" / f"{part}.{language}.json" for part in PARTS]
    return {page["slug"]: page for file in files if file.exists() for page in json.loads(file.read_text())}


def other_languages() -> list[str]:
    """Return the languages of the interface into which the pages are translated."""
    return [code for code, _name in settings.LANGUAGES if code != "en" and written(code)]


@transaction.atomic
def build_editorial() -> None:
    """Make the pages of the site with their translations."""
    home = HomePage.objects.get(locale__language_code="en")
    pages = {}
    for slug, facts in written("en").items():
        model, above = KINDS[facts["kind"]]
        parent = pages[facts["facts"]["guide"]] if above is None else above.objects.get(locale=home.locale)
        page = model(locale=home.locale, slug=slug, **fields_of(facts), **place_of(facts))
        page.show_in_menus = slug in IN_FOOTER
        pages[slug] = parent.add_child(instance=page)
    keys = {slug: page.pk for slug, page in pages.items()}
    for slug, page in pages.items():
        page.body = body_of(written("en")[slug], keys)
        page.save_revision().publish()
    for language in other_languages():
        locale = Locale.objects.get(language_code=language)
        for slug, page in pages.items():
            translate(page, locale, pairs_of(page, written(language)[slug], keys))
    name_contributors()
    name_operator()


def fields_of(facts: dict) -> dict:
    """Return the plain fields of a page."""
    fields = {RENAMED.get(name, name): value for name, value in facts["facts"].items() if name != "guide"}
    for name, kind in LISTED.items():
        if name in fields:
            fields[name] = json.dumps(
                [
                    {"type": kind, "value": value, "id": block_id(facts["slug"], name, number)}
                    for number, value in enumerate(fields[name])
                ]
            )
    if facts["kind"] == "city":
        fields["city"] = City.objects.get(name=fields["city"])
    if facts["topic"]:
        fields["topic"] = facts["topic"]
    return {"title": facts["title"], "summary": facts["summary"]} | fields


def place_of(facts: dict) -> dict:
    """Return the level and the country of a recommendation, which follow from its city."""
    if facts["kind"] != "recommendation" or not (name := facts["facts"].get("city")):
        return {}
    return {
        "level": "local",
        "country": City.objects.get(name=name).country,
        "year": int(facts["facts"]["held_on"][:4]),
    }


def block_id(*parts) -> str:
    return str(uuid5(NAMESPACE_URL, "/".join(map(str, parts))))


def body_of(facts: dict, keys: dict[str, int]) -> str:
    """Return the content of a page as its field holds it, with links to pages of the tree."""
    return json.dumps(
        [
            {
                "type": block["type"],
                "value": value_of(block["value"], keys, facts["slug"], number),
                "id": block_id(facts["slug"], number),
            }
            for number, block in enumerate(facts["blocks"])
        ]
    )


def value_of(value, keys: dict[str, int], *where):
    """Return a value as a block holds it: lists with ids, links by the key of their page."""
    if isinstance(value, str):
        return LINK.sub(lambda found: f'linktype="page" id="{keys[found[1]]}"', value)
    if isinstance(value, dict):
        return {name: value_of(one, keys, *where, name) for name, one in value.items()}
    return [
        {"type": "item", "value": value_of(one, keys, *where, n), "id": block_id(*where, n)}
        for n, one in enumerate(value)
    ]


def pairs_of(page: ContentPage, other: dict, keys: dict[str, int]) -> dict[str, str]:
    """Return what each string of a page becomes in another language."""
    twin = type(page)(**fields_of(other), body=body_of(other, keys), slug=page.slug)
    pairs = {}
    for one, two in zip(strings_of(page), strings_of(twin), strict=True):
        pairs[one.string.data] = renumbered(two, one)
    return pairs


def strings_of(page: ContentPage) -> list[StringSegmentValue]:
    return [segment for segment in extract_segments(page) if isinstance(segment, StringSegmentValue)]


def renumbered(translated: StringSegmentValue, original: StringSegmentValue) -> str:
    """Return a translated string whose links carry the numbers they have in the original, in whatever order."""
    soup = BeautifulSoup(translated.string.data, "html.parser")
    numbers = {}
    for number, attributes in (original.attrs or {}).items():
        numbers.setdefault(json.dumps(attributes, sort_keys=True), []).append(number)
    for link in soup.find_all("a"):
        link["id"] = numbers[json.dumps(translated.attrs[link["id"]], sort_keys=True)].pop(0)
    return str(soup)


def name_contributors() -> None:
    """Name the members of the network on each front door."""
    organisers = list(Organiser.objects.filter(parent=None, city__isnull=False).with_words().order_by("slug")[:12])
    for home in HomePage.objects.select_related("locale"):
        home.contributors = [
            (
                "contributor",
                {
                    "name": organiser.words(home.locale.language_code).name,
                    "country": organiser.country.code,
                    "logo": None,
                    "address": "",
                },
            )
            for organiser in organisers
        ]
        home.save_revision().publish()


def name_operator() -> None:
    """Say who runs the demo, with what an operator replaces in brackets."""
    operator = Operator.load()
    operator.name, operator.legal_form = "Waymark Network", "Association [placeholder]"
    operator.address = "Waymark House, Example Quay 6, LT-00000 Vilnius, Lithuania"
    operator.email = "hello@example.org"
    operator.register = "[Name of the register], number 000000000"
    operator.responsible = "The board: [names of those entitled to act]"
    operator.tested_on = date(2026, 11, 23)
    operator.tested_how = "Every kind of page by machine in three widths, light and dark; whole journeys in a browser."
    operator.appeal = "[Name, address and website of the body that oversees accessibility in the operator’s country]"
    operator.save()
