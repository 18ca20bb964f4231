from django.urls import path

from cms import views

app_name = "cms"
urlpatterns = [
    path("playlists/", views.playlists, name="playlists"),
    path("activities/", views.activities, name="activities"),
    path("playlists/feed/", views.playlist_feed, name="playlist-feed"),
    path("activities/feed/", views.activity_feed, name="activity-feed"),
    path("map/", views.learning_map, name="map"),
    path("map/places.json", views.places, name="places"),
    path("map/<int:pk>/", views.place, name="place"),
    path("badges/", views.badges, name="badges"),
    path("badges/what-is-an-open-badge/", views.open_badge, name="open-badge"),
    path("badges/how-to-check/", views.checking, name="checking"),
    path("organisers/", views.organisers, name="organisers"),
    path("imprint/", views.imprint, name="imprint"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("news/atom.xml", views.news_feed, name="news-feed"),
    path("<str:family>/<slug:slug>.pdf", views.document, name="document"),
]
