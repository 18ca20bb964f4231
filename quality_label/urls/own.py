"""Addresses of an organiser's own applications."""

from django.urls import path

from quality_label.views import own, own_conditions, own_evidence, own_form, own_label, own_send

HERE = "workspace/<slug:slug>/quality-label/"
CONDITION = f"{HERE}label/conditions/<str:code>/"

urlpatterns = [
    path(HERE, own.own, name="own"),
    path(f"{HERE}start/", own.own_start, name="own-start"),
    path(f"{HERE}discard/", own.own_discard, name="own-discard"),
    path(f"{HERE}withdraw/", own.own_withdraw, name="own-withdraw"),
    path(f"{HERE}form/", own_form.own_form, name="own-form"),
    path(f"{HERE}form/all/", own_form.own_all, name="own-all"),
    path(f"{HERE}form/<str:place>/", own_form.own_place, name="own-place"),
    path(f"{HERE}form/<str:place>/history/", own_form.own_history, name="own-history"),
    path(f"{HERE}form/<str:place>/take-back/", own_form.own_take_back, name="own-take-back"),
    path(f"{HERE}evidence/", own_evidence.own_evidence, name="own-evidence"),
    path(f"{HERE}evidence/<uuid:key>/remove/", own_evidence.own_evidence_remove, name="own-evidence-remove"),
    path(f"{HERE}evidence/<uuid:key>/more-criteria/", own_evidence.own_evidence_widen, name="own-evidence-widen"),
    path(f"{HERE}hand-in/", own_send.own_submit, name="own-submit"),
    path(f"{HERE}resend/", own_send.own_resend, name="own-resend"),
    path(f"{HERE}answers/", own_send.own_replies, name="own-replies"),
    path(f"{HERE}more-time/", own_send.own_more_time, name="own-more-time"),
    path(f"{HERE}label/", own_label.own_label, name="own-label"),
    path(f"{HERE}label/answer/", own_label.own_label_answer, name="own-label-answer"),
    path(f"{HERE}label/give-back/", own_label.own_label_surrender, name="own-label-surrender"),
    path(f"{HERE}label/check-in/", own_label.own_check_in, name="own-check-in"),
    path(CONDITION, own_conditions.own_condition, name="own-condition"),
    path(f"{CONDITION}attach/", own_conditions.own_condition_attach, name="own-condition-attach"),
    path(f"{CONDITION}remove/<uuid:key>/", own_conditions.own_condition_remove, name="own-condition-remove"),
    path(f"{CONDITION}send/", own_conditions.own_condition_send, name="own-condition-send"),
    path("quality-label/applications/<uuid:key>/copy/", own.own_copy, name="own-copy"),
    path("quality-label/evidence/<uuid:key>/", own_evidence.evidence, name="evidence"),
]
