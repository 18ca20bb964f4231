"""What on a page wants an editor's hand: what is missing, broken, out of date or not translated."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from django.conf import settings
from django.db.models import Count, Q
from django.urls import Resolver404, resolve
from django.utils.translation import gettext, override
from wagtail.blocks import ListBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageBlock
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

from cms.models import CONTENT_PAGES
from cms.models.content import ContentPage
from pathways.models import PlaylistPage
from portal.ui.translations import parts_to_translate

CONTAINERS = (ListBlock, StreamBlock, StructBlock)
HEADING = re.compile(r"^h[2-6]$")
LANGUAGES = dict(settings.LANGUAGES)


@dataclass
class Tree:
    """What is published, asked for once: by key, and by address below the front door of each language."""

    keys: set[int]
    paths: set[tuple[str, str]]

    @classmethod
    def of_today(cls) -> "Tree":
        """Return what is published now."""
        found = list(Page.objects.live().values_list("pk", "url_path", "locale__language_code"))
        inside = {(code, path.split("/", 2)[2]) for _pk, path, code in found if path.count("/") > 1}
        return cls({pk for pk, _path, _code in found}, inside)

    def has(self, address: str, language: str) -> bool:
        """Say whether an address of this portal leads somewhere, for a reader of a language."""
        path = urlsplit(address).path
        prefixed = re.match(r"/([a-z]{2})(/.*)", path)
        code, rest = (prefixed[1], prefixed[2]) if prefixed and prefixed[1] in LANGUAGES else (language, path)
        with override(code):
            for tried in dict.fromkeys([path, f"/{code}{rest}"]):
                try:
                    found = resolve(tried)
                except Resolver404:
                    continue
                if found.url_name != "wagtail_serve":
                    return True
        wanted = rest.strip("/")
        return any(inside.strip("/") == wanted for _code, inside in self.paths)


def faults_of(page: ContentPage | PlaylistPage, tree: Tree | None = None) -> list[str]:
    """Return what is to be mended on a page, as sentences: in its words and pictures; of a playlist, what it gives."""
    if isinstance(page, PlaylistPage):
        return [] if page.badge_class_id else [gettext("There is no badge at its end: whoever completes it gets none.")]
    tree = tree or Tree.of_today()
    return [*_missing_descriptions(page), *_heading_jumps(page), *_broken_links(page, tree), *_overdue(page)]


@dataclass
class Languages:
    """In which languages pages are published, which of each was first, and how far its translations are."""

    there: dict
    first: dict
    progress: dict

    @classmethod
    def of_pages(cls, pages: list[ContentPage]) -> "Languages":
        """Return what is known of pages, asked for once for all of them."""
        keys = {page.translation_key for page in pages}
        there, first = defaultdict(set), {}
        found = Page.objects.filter(translation_key__in=keys).order_by("pk")
        for key, pk, live, code in found.values_list("translation_key", "pk", "live", "locale__language_code"):
            first.setdefault(key, pk)
            if live:
                there[key].add(code)
        progress = {}
        for locale in Locale.objects.all():
            progress |= {(key, locale.pk): counts for key, *counts in _counted(keys, locale)}
        return cls(there, first, progress)


def _counted(keys, locale):
    """Return how many strings of a page there are and how many are translated into a language, page by page."""
    counts = parts_to_translate(locale, source__object_id__in=keys).values("source__object_id").order_by()
    counts = counts.annotate(total=Count("pk"), done=Count("pk", filter=Q(is_done=True)))
    return counts.values_list("source__object_id", "total", "done")


def gaps_of(page: ContentPage, languages: Languages | None = None) -> list[str]:
    """Return into which languages a page is not translated; of a translation, how much is."""
    languages = languages or Languages.of_pages([page])
    if page.pk == languages.first[page.translation_key]:
        return [
            gettext("There is no translation into this language: %(language)s.") % {"language": name}
            for code, name in LANGUAGES.items()
            if code not in languages.there[page.translation_key]
        ]
    total, done = languages.progress.get((page.translation_key, page.locale_id), (0, 0))
    if done == total:
        return []
    return [gettext("%(done)d of %(total)d parts are translated.") % {"done": done, "total": total}]


def _leaves(block, value):
    """Yield the smallest parts of a value of a block, each with its block, however deep."""
    if isinstance(block, ImageBlock) or not isinstance(block, CONTAINERS):
        yield block, value
        return
    parts = value if isinstance(block, StreamBlock) else value.bound_blocks
    for part in parts.values() if isinstance(block, StructBlock) else parts:
        yield from _leaves(part.block, part.value)


def _texts(page) -> list[str]:
    parts = _leaves(page.body.stream_block, page.body)
    return [value.source for _block, value in parts if isinstance(value, RichText)]


def _missing_descriptions(page) -> list[str]:
    parts = _leaves(page.body.stream_block, page.body)
    pictures = [value for block, value in parts if isinstance(block, ImageBlock) and value]
    is_missing = any(not one.decorative and not (one.contextual_alt_text or "").strip() for one in pictures)
    return [gettext("A picture has no description for those who do not see it.")] if is_missing else []


def _heading_jumps(page) -> list[str]:
    above, jumps = 1, []
    for text in _texts(page):
        for heading in BeautifulSoup(text, "html.parser").find_all(HEADING):
            level = int(heading.name[1])
            if level > above + 1:
                words = heading.get_text().strip()
                jumps.append(gettext("The heading “%(words)s” skips a level.") % {"words": words})
            above = level
    return jumps


def _broken_links(page, tree: Tree) -> list[str]:
    broken = []
    for text in _texts(page):
        for link in BeautifulSoup(text, "html.parser").find_all("a"):
            if not _leads_somewhere(link.attrs, page.language, tree):
                broken.append(link.get_text().strip())
    for block in page.body:
        if block.block_type == "action":
            target, address = block.value["page"], block.value["address"]
            attributes = {"linktype": "page", "id": str(target.pk)} if target else {"href": address}
            if not _leads_somewhere(attributes, page.language, tree):
                broken.append(block.value["button"])
    return [gettext("The link “%(words)s” leads nowhere.") % {"words": words} for words in broken]


def _leads_somewhere(attributes: dict, language: str, tree: Tree) -> bool:
    if attributes.get("linktype") == "page":
        return str(attributes.get("id", "")).isdecimal() and int(attributes["id"]) in tree.keys
    address = attributes.get("href", "").removeprefix(settings.BASE_URL) or "/"
    return not address.startswith("/") or tree.has(address, language)


def _overdue(page) -> list[str]:
    return [gettext("Somebody was to read it again by now.")] if page.is_due else []


def pages_to_look_after() -> list[dict]:
    """Return the published pages of the site, and the playlists, that want a hand, with what each wants."""
    tree = Tree.of_today()
    pages = [page for model in CONTENT_PAGES for page in model.objects.live().select_related("locale").order_by("path")]
    languages = Languages.of_pages(pages)
    wanted = [{"page": page, "faults": [*faults_of(page, tree), *gaps_of(page, languages)]} for page in pages]
    bare = PlaylistPage.objects.open_to_all().filter(badge_class=None).select_related("locale")
    wanted += [{"page": page, "faults": faults_of(page)} for page in bare.in_first_language()]
    return [one for one in wanted if one["faults"]]
