"""Collections as others see them: a page, a frame and a picture for other sites, a feed."""

import hashlib
from contextlib import suppress
from functools import wraps

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from badges.booklets import collection_pdf
from badges.models import Collection
from badges.openbadges.wire import plain
from badges.posters import TILES, mosaic_png
from badges.sharing import share_links
from badges.views.certificates import pdf_answer, refused
from portal.access import public
from portal.files.pictures import read_picture

PAGE_SIZE = 48
FRAMED = 24  # badges in a frame of another site, which leads to the page with all
PICTURE_AGE = 300  # seconds for which a copy of the picture may be shown


def shared(view):
    """Hand a view the shared collection of a token; every other link leads to one page that says so."""

    @wraps(view)
    def opened(request, token):
        collection = Collection.objects.shared().select_related("person").filter(token=token).first()
        if collection is None:
            response = render(request, "badges/collection_unknown.html", status=404)
        else:
            response = view(request, collection)
        if collection is None or not collection.may_be_indexed:
            response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def items_shown(collection):
    """Return what strangers see in a collection, in its order."""
    return collection.items.seen_by_others(collection.person).with_badges()


@require_safe
@public
@shared
def collection_shared(request, collection):
    """Show a collection to anybody who has its link."""
    page = Paginator(items_shown(collection), PAGE_SIZE).get_page(request.GET.get("page"))
    picture = f"{collection.shared_address}.png"
    links = share_links(address=collection.shared_address, title=collection.name, picture=picture)
    context = {"collection": collection, "page": page, "links": links}
    return render(request, "badges/collection_shared.html", context)


@require_safe
@public
@xframe_options_exempt
@shared
def collection_embed(request, collection):
    """Show a collection inside a page of any other site; this page alone may be framed."""
    items = list(items_shown(collection)[: FRAMED + 1])
    context = {"collection": collection, "items": items[:FRAMED], "has_more": len(items) > FRAMED}
    response = render(request, "badges/collection_embed.html", context)
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response._csp_config = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"] | {"frame-ancestors": ["*"]}
    return response


@require_safe
@public
@shared
def collection_png(request, collection):
    """Draw the first badges of a collection under its name, for sites without frames and for previews of its link."""
    pictures = [item.picture for item in items_shown(collection)[: TILES * 2] if item.picture][:TILES]
    facts = "\n".join([collection.name, *pictures])
    etag = f'"{hashlib.sha256(facts.encode()).hexdigest()}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        drawn = mosaic_png(collection.name, list(read_pictures(pictures)))
        response = HttpResponse(drawn, content_type="image/png")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={PICTURE_AGE}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@public
@shared
def collection_as_pdf(request, collection):
    """Send a collection as a file to print or to send."""
    if no := refused(request, "booklet"):
        return no
    return pdf_answer(collection_pdf(collection, list(items_shown(collection))), name="collection")


def read_pictures(digests):
    """Yield the pictures whose files are there."""
    for digest in digests:
        with suppress(FileNotFoundError):
            yield read_picture(digest)


class CollectionFeed(Feed):
    """The badges of a collection."""

    feed_type = Atom1Feed

    def get_object(self, request, collection):
        """Return the collection, which was found before."""
        return collection

    def title(self, collection):
        """Return its name."""
        return plain(collection.name)  # XML has no sign for control characters, and no way to escape them

    def subtitle(self, collection):
        """Return what its owner says of it."""
        return plain(collection.description)

    def link(self, collection):
        """Return the page's own address."""
        return collection.shared_address

    def feed_url(self, collection):
        """Return the feed's own address."""
        return f"{collection.shared_address}.atom"

    def items(self, collection):
        """Return the first badges that strangers see."""
        items = list(items_shown(collection)[:PAGE_SIZE])
        for item in items:
            item.issued_or_added_at = item.issued_at or collection.changed_at
            item.link = settings.BASE_URL + item.public_url if item.public_url else self.link(collection)
        return items

    def item_link(self, item):
        """Return the page of a badge; of one of another platform, the page of the collection."""
        return item.link

    def item_guid(self, item):
        """Return what names the badge for good."""
        return item.key.urn

    def item_title(self, item):
        """Return the name of a badge."""
        return plain(item.title)

    def item_description(self, item):
        """Return who issued it."""
        return plain(item.issuer_name)

    def item_pubdate(self, item):
        """Return when it was issued; where nobody knows, when the collection was changed last."""
        return item.issued_or_added_at

    item_updateddate = item_pubdate


@require_safe
@public
@shared
def collection_feed(request, collection):
    """Serve the badges of a collection as a feed."""
    return CollectionFeed()(request, collection=collection)
