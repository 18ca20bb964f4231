"""Addresses of who holds the label, and where the network looks after labels."""

from django.urls import path, re_path

from quality_label.views import conditions, labels, register

HOLDER = "quality-label/holders/<slug:slug>/"
CONDITION = "quality-label/applications/<uuid:key>/conditions/<str:code>/"
urlpatterns = [
    path("quality-label/holders/", register.register, name="register"),
    path("quality-label/holders.json", register.register_json, name="register-json"),
    path("quality-label/holders.atom", register.feed, name="register-feed"),
    path(HOLDER, register.holder, name="holder"),
    path(f"{HOLDER}certificate.pdf", register.certificate, name="certificate"),
    path(f"{HOLDER}seal/", register.seal, name="seal"),
    re_path(r"^quality-label/holders/(?P<slug>[-\w]+)/seal(?P<dark>-dark)?\.svg$", register.seal_svg, name="seal-svg"),
    path(CONDITION, conditions.condition, name="condition"),
    path(f"{CONDITION}check/", conditions.condition_check, name="condition-check"),
    path(f"{CONDITION}confirm/", conditions.condition_confirm, name="condition-confirm"),
    path(f"{CONDITION}send-back/", conditions.condition_send_back, name="condition-send-back"),
    path(f"{CONDITION}extend/", conditions.condition_extend, name="condition-extend"),
    path("network/labels/<uuid:key>/", labels.label, name="label"),
    path("network/labels/<uuid:key>/suspend/", labels.label_suspend, name="label-suspend"),
    path("network/labels/<uuid:key>/confirm/", labels.label_confirm, name="label-confirm"),
    path("network/labels/<uuid:key>/lift/", labels.label_lift, name="label-lift"),
    path("network/labels/<uuid:key>/revoke/", labels.label_revoke, name="label-revoke"),
]
