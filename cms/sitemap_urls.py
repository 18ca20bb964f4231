from django.urls import path

from cms import views

urlpatterns = [path("sitemap.xml", views.sitemap, name="sitemap")]
