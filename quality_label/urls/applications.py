"""Addresses of applications."""

from django.urls import path

from quality_label.views import applications

urlpatterns = [
    path("quality-label/applications/<uuid:key>/", applications.application, name="application"),
]
