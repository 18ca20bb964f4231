from django.urls import path, re_path

from badges.views import awards, backpack, badge_classes, badge_editor, batches, issued, lists, moderation, public

app_name = "badges"
STEPS = r"publish|archive|bring_back"
urlpatterns = [
    path("badges/<uuid:key>", public.badge, name="badge"),
    path("badges/<uuid:key>/<int:number>", public.version, name="version"),
    path("badges/<uuid:key>/<int:number>.json", public.version_hosted_json, name="version-hosted"),
    path(
        "badges/<uuid:key>/<int:number>/achievement.json", public.version_achievement_json, name="version-achievement"
    ),
    path("assertions/<uuid:key>", public.assertion, name="assertion"),
    path("assertions/<uuid:key>.json", public.assertion_hosted, name="assertion-hosted"),
    path("assertions/<uuid:key>/credential.json", public.assertion_credential, name="assertion-credential"),
    path("assertions/<uuid:key>.png", public.assertion_png, name="assertion-png"),
    path("issuers/<uuid:key>", public.issuer, name="issuer"),
    path("issuers/<uuid:key>.json", public.issuer_profile_json, name="issuer-profile"),
    path("issuers/<uuid:key>/did.json", public.issuer_did, name="issuer-did"),
    path("status/<uuid:key>", public.status_list, name="status-list"),
    path("art/badge/<str:seed>.svg", public.art_badge, name="art-badge"),
    path("art/cover/<slug:slug>.svg", public.art_cover, name="art-cover"),
    path("art/banner/<slug:slug>.svg", public.art_banner, name="art-banner"),
    path("backpack/", backpack.backpack, name="backpack"),
    path("backpack/<uuid:key>/collect/", backpack.collect, name="collect"),
    path("backpack/<uuid:key>/decline/", backpack.decline, name="decline"),
    path("backpack/<uuid:key>/correction/", backpack.ask_correction, name="correction-ask"),
    path("claim/<str:token>", backpack.claim, name="claim"),
    path("claim/<str:token>/report", moderation.claim_report, name="claim-report"),
    path("network/reports/", moderation.report_list, name="report-list"),
    path("network/reports/<int:pk>/", moderation.report_handle, name="report-handle"),
    path("workspace/<slug:slug>/badges/", badge_classes.badge_list, name="badge-list"),
    path("workspace/<slug:slug>/badges/new/", badge_editor.badge_create, name="badge-create"),
    path("workspace/<slug:slug>/badges/skills/", badge_editor.skill_search, name="skill-search"),
    path("workspace/<slug:slug>/badges/<uuid:key>/", badge_classes.badge_overview, name="badge-overview"),
    path("workspace/<slug:slug>/badges/<uuid:key>/edit/", badge_editor.badge_edit, name="badge-edit"),
    path("workspace/<slug:slug>/badges/<uuid:key>/copy/", badge_classes.badge_copy, name="badge-copy"),
    path("workspace/<slug:slug>/badges/<uuid:key>/delete/", badge_classes.badge_delete, name="badge-delete"),
    path("workspace/<slug:slug>/badges/<uuid:key>/texts/<slug:language>/", badge_editor.badge_text, name="badge-text"),
    path(
        "workspace/<slug:slug>/badges/<uuid:key>/texts/<slug:language>/delete/",
        badge_editor.badge_text_delete,
        name="badge-text-delete",
    ),
    path("workspace/<slug:slug>/badges/<uuid:key>/award/", awards.award_choice, name="badge-award"),
    path("workspace/<slug:slug>/badges/<uuid:key>/award/one/", awards.award_one, name="award-one"),
    path("workspace/<slug:slug>/badges/<uuid:key>/award/many/", lists.list_begin, name="award-many"),
    path(
        "workspace/<slug:slug>/badges/<uuid:key>/award/template-<str:kind>.xlsx",
        lists.list_template,
        name="list-template",
    ),
    re_path(
        rf"^workspace/(?P<slug>[-\w]+)/badges/(?P<key>[0-9a-f-]{{36}})/(?P<step>{STEPS})/$",
        badge_classes.badge_step,
        name="badge-step",
    ),
    path("workspace/<slug:slug>/awards/", batches.batch_list, name="batch-list"),
    path("workspace/<slug:slug>/awards/<uuid:key>/", batches.batch, name="batch"),
    path("workspace/<slug:slug>/awards/<uuid:key>/send-now/", batches.batch_send_now, name="batch-send-now"),
    path("workspace/<slug:slug>/awards/<uuid:key>/undo/", batches.batch_undo, name="batch-undo"),
    path("workspace/<slug:slug>/awards/<uuid:key>/columns/", lists.list_columns, name="list-columns"),
    path("workspace/<slug:slug>/awards/<uuid:key>/award/", lists.list_award, name="list-award"),
    path("workspace/<slug:slug>/awards/<uuid:key>/drop/", lists.list_drop, name="list-drop"),
    path(
        "workspace/<slug:slug>/awards/<uuid:key>/leave-out-faulty/",
        lists.list_leave_out_faulty,
        name="list-leave-out-faulty",
    ),
    path("workspace/<slug:slug>/awards/<uuid:key>/rows/<int:number>/", lists.row_mend, name="row-mend"),
    re_path(
        r"^workspace/(?P<slug>[-\w]+)/awards/(?P<key>[0-9a-f-]{36})/(?P<step>pause|resume|cancel)/$",
        batches.batch_steer,
        name="batch-steer",
    ),
    re_path(
        r"^workspace/(?P<slug>[-\w]+)/awards/(?P<key>[0-9a-f-]{36})/report\.(?P<kind>csv|xlsx)$",
        batches.batch_report,
        name="batch-report",
    ),
    path("workspace/<slug:slug>/issued/", issued.issued_list, name="issued-list"),
    re_path(
        r"^workspace/(?P<slug>[-\w]+)/issued/badges\.(?P<kind>csv|xlsx)$", issued.issued_export, name="issued-export"
    ),
    path("workspace/<slug:slug>/issued/<uuid:key>/", issued.issued, name="issued"),
    path("workspace/<slug:slug>/issued/<uuid:key>/resend/", issued.resend, name="issued-resend"),
    path("workspace/<slug:slug>/issued/<uuid:key>/correct/", issued.correct, name="issued-correct"),
    path("workspace/<slug:slug>/issued/<uuid:key>/revoke/", issued.revoke, name="assertion-revoke"),
    path("workspace/<slug:slug>/issued/requests/<int:pk>/", issued.correction_decline, name="correction-decline"),
]
