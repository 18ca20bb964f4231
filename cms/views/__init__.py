"""What the public site answers with."""

from cms.views.cities import city_index, city_page
from cms.views.content import (
    chapter_page,
    content_page,
    guide_index,
    guide_page,
    help_index,
    library_index,
    news_index,
)
from cms.views.documents import document, news_feed, sitemap
from cms.views.lists import (
    activities,
    activity_feed,
    badges,
    checking,
    home,
    learning_map,
    open_badge,
    organisers,
    place,
    places,
    playlist_feed,
    playlists,
)
from cms.views.operator import accessibility, imprint

__all__ = [
    "accessibility",
    "activities",
    "activity_feed",
    "badges",
    "chapter_page",
    "checking",
    "city_index",
    "city_page",
    "content_page",
    "document",
    "guide_index",
    "guide_page",
    "help_index",
    "home",
    "imprint",
    "learning_map",
    "library_index",
    "news_feed",
    "news_index",
    "open_badge",
    "organisers",
    "place",
    "places",
    "playlist_feed",
    "playlists",
    "sitemap",
]
