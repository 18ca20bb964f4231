from django.urls import path

from portal.access import views

app_name = "access"
urlpatterns = [
    path("resume/", views.resume, name="resume"),
    path("resume/back/", views.back, name="back"),
    path("resume/discard/", views.discard, name="discard"),
]
