from django.urls import path

from portal.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("manifest.webmanifest", views.web_manifest, name="manifest"),
    path("sw.js", views.worker, name="worker"),
    path("offline/<slug:code>/", views.offline, name="offline"),
    path("theme/", views.theme, name="theme"),
]
