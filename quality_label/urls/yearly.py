"""Addresses of the yearly report."""

from django.urls import path

from quality_label.views import yearly

HERE = "quality-label/report/"
urlpatterns = [
    path(HERE, yearly.yearly, name="yearly-latest"),
    path(f"{HERE}<int:year>/", yearly.yearly_report, name="yearly"),
    path(f"{HERE}<int:year>.json", yearly.yearly_json, name="yearly-json"),
    path(f"{HERE}<int:year>.csv", yearly.yearly_csv, name="yearly-csv"),
]
