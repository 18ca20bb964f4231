"""Addresses of the decision: the panel, and the report that comes of it."""

from django.urls import path

from quality_label.views import panel, report

CASE, APPLICATION = "network/applications/<uuid:key>/panel/", "quality-label/applications/<uuid:key>/report"
urlpatterns = [
    path(CASE, panel.panel, name="panel"),
    path(f"{CASE}declare/", panel.panel_declare, name="panel-declare"),
    path(f"{CASE}vote/", panel.panel_vote, name="panel-vote"),
    path(f"{CASE}invite/", panel.panel_invite, name="panel-invite"),
    path(f"{CASE}send-back/", panel.panel_send_back, name="panel-send-back"),
    path(f"{CASE}decide/", panel.panel_decide, name="panel-decide"),
    path(f"{APPLICATION}/", report.report, name="report"),
    path(f"{APPLICATION}/<int:number>/", report.report_before, name="report-before"),
    path(f"{APPLICATION}.pdf", report.report_pdf, name="report-pdf"),
    path(f"{APPLICATION}/correct/", report.report_correct, name="report-correct"),
]
