"""Addresses of the label, a file for each part of its path."""

from quality_label.urls import applications, cases, desk, framework, own, team

app_name = "quality_label"
urlpatterns = [
    *framework.urlpatterns,
    *applications.urlpatterns,
    *own.urlpatterns,
    *cases.urlpatterns,
    *team.urlpatterns,
    *desk.urlpatterns,
]
