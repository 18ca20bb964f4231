from django.urls import path, re_path

from badges.views import assertions, awards, backpack, badge_classes, public

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
    path("claim/<str:token>", backpack.claim, name="claim"),
    path("workspace/<slug:slug>/badges/", badge_classes.badge_list, name="badge-list"),
    path("workspace/<slug:slug>/badges/new/", badge_classes.badge_create, name="badge-create"),
    path("workspace/<slug:slug>/badges/<uuid:key>/", badge_classes.badge_overview, name="badge-overview"),
    path("workspace/<slug:slug>/badges/<uuid:key>/edit/", badge_classes.badge_edit, name="badge-edit"),
    path("workspace/<slug:slug>/badges/<uuid:key>/award/", awards.badge_award, name="badge-award"),
    re_path(
        rf"^workspace/(?P<slug>[-\w]+)/badges/(?P<key>[0-9a-f-]{{36}})/(?P<step>{STEPS})/$",
        badge_classes.badge_step,
        name="badge-step",
    ),
    path("workspace/<slug:slug>/awards/", awards.batch_list, name="batch-list"),
    path("workspace/<slug:slug>/awards/<uuid:key>/", awards.batch, name="batch"),
    path("workspace/<slug:slug>/awards/<uuid:key>/send-now/", awards.batch_send_now, name="batch-send-now"),
    path("workspace/<slug:slug>/awards/<uuid:key>/undo/", awards.batch_undo, name="batch-undo"),
    path(
        "workspace/<slug:slug>/badges/assertions/<uuid:key>/revoke/",
        assertions.assertion_revoke,
        name="assertion-revoke",
    ),
]
