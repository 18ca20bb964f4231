"""What search engines and those who pass a page on are told of it: schema.org as JSON, and a picture."""

import json

from django.conf import settings
from django.templatetags.static import static
from wagtail.rich_text import get_text_for_indexing

from cms.models import FaqPage, NewsPage
from cms.models.content import ContentPage

CONTEXT = "https://schema.org"
SHARE_SIZE = "fill-1200x630|format-jpeg"
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


class Data(str):
    """Data that a page carries as JSON; no word in it ends the script element in which it stands."""

    __slots__ = ()

    def __new__(cls, content: dict):
        text = json.dumps(content, ensure_ascii=False, default=str)
        return super().__new__(cls, text.translate(ESCAPES))

    def __html__(self) -> str:
        return self


def publisher() -> dict:
    """Return who publishes the site."""
    return {
        "@type": "Organization",
        "name": settings.OPERATOR_NAME or settings.WAGTAIL_SITE_NAME,
        "url": f"{settings.BASE_URL}/",
        "logo": f"{settings.BASE_URL}{static('portal/icons/icon-512.png')}",
    }


def described(page: ContentPage) -> Data:
    """Return a page as schema.org describes it."""
    if isinstance(page, FaqPage):
        return Data({"@context": CONTEXT, "@type": "FAQPage", **common(page), "mainEntity": questions(page)})
    kind = "NewsArticle" if isinstance(page, NewsPage) else "Article"
    written = page.date if isinstance(page, NewsPage) else page.first_published_at
    dates = {"datePublished": written, "dateModified": page.last_published_at}
    said = {name: moment.isoformat() for name, moment in dates.items() if moment}
    about = {"headline": page.title, "image": picture_of(page), "publisher": publisher(), **said}
    return Data({"@context": CONTEXT, "@type": kind, **common(page), **about})


def common(page: ContentPage) -> dict:
    """Return what is said of any page."""
    address = page.get_url() if page.live else ""
    return {
        "name": page.title,
        "description": page.summary,
        "inLanguage": page.language,
        "url": f"{settings.BASE_URL}{address}",
    }


def questions(page: FaqPage) -> list[dict]:
    """Return the questions of a page with their answers."""
    return [
        {
            "@type": "Question",
            "name": block.value["question"],
            "acceptedAnswer": {"@type": "Answer", "text": get_text_for_indexing(block.value["answer"].source).strip()},
        }
        for block in page.body
        if block.block_type == "question"
    ]


def organisation() -> Data:
    """Return the network as schema.org describes it, for the front door."""
    return Data({"@context": CONTEXT, **publisher()})


def picture_of(page: ContentPage) -> str:
    """Return the full address of the picture for those who pass the page on."""
    if page.share_picture:
        return f"{settings.BASE_URL}{page.share_picture.get_rendition(SHARE_SIZE).url}"
    return f"{settings.BASE_URL}{static('portal/icons/icon-512.png')}"
