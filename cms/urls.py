from django.urls import path

from cms import views

app_name = "cms"
urlpatterns = [
    path("playlists/", views.playlists, name="playlists"),
    path("activities/", views.activities, name="activities"),
    path("organisers/", views.organisers, name="organisers"),
]
