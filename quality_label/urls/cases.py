"""Addresses of the coordinators' work on applications."""

from django.urls import path

from quality_label.views import cases, promise

urlpatterns = [
    path("network/applications/", cases.case_list, name="case-list"),
    path("network/applications/small-organisers/", cases.allowances, name="allowances"),
    path("network/applications/<uuid:key>/", cases.case, name="case"),
    path("network/applications/<uuid:key>/declare/", cases.case_declare, name="case-declare"),
    path("network/applications/<uuid:key>/return/", cases.case_return, name="case-return"),
    path("network/applications/<uuid:key>/not-eligible/", cases.case_not_eligible, name="case-not-eligible"),
    path("network/applications/<uuid:key>/eligible/", cases.case_eligible, name="case-eligible"),
    path("network/applications/<uuid:key>/hand-over/", cases.case_hand_over, name="case-hand-over"),
    path("network/applications/<uuid:key>/judge-again/", promise.case_reexamine, name="case-reexamine"),
    path("network/applications/<uuid:key>/more-days/", promise.case_extend, name="case-extend"),
    path("network/applications/<uuid:key>/delay/", promise.case_explain, name="case-explain"),
]
