"""Addresses of the label, a file for each part of its path."""

from quality_label.urls import applications, desk, framework

app_name = "quality_label"
urlpatterns = [*framework.urlpatterns, *applications.urlpatterns, *desk.urlpatterns]
