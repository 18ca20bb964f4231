"""Addresses of the label, a file for each part of its path."""

from quality_label.urls import (
    appeals,
    applications,
    cases,
    desk,
    framework,
    own,
    panel,
    register,
    team,
    training,
    yearly,
)

app_name = "quality_label"
urlpatterns = [
    *framework.urlpatterns,
    *applications.urlpatterns,
    *own.urlpatterns,
    *cases.urlpatterns,
    *team.urlpatterns,
    *desk.urlpatterns,
    *panel.urlpatterns,
    *appeals.urlpatterns,
    *register.urlpatterns,
    *training.urlpatterns,
    *yearly.urlpatterns,
]
