"""Addresses of the training: which badges count, who sees how one learns, and badges in doubt."""

from django.urls import path

from quality_label.views import hearings, sharing, training

HEARING, OWN = "quality-label/hearings/<uuid:key>/", "quality-label/training/"

urlpatterns = [
    path("network/training/", training.training, name="training"),
    path("network/training/hearings/", hearings.hearings, name="hearing-list"),
    path(HEARING, hearings.hearing, name="hearing"),
    path(f"{HEARING}answer/", hearings.hearing_answer, name="hearing-answer"),
    path(f"{HEARING}void/", hearings.hearing_void, name="hearing-void"),
    path(f"{HEARING}drop/", hearings.hearing_drop, name="hearing-drop"),
    path(OWN, sharing.own_training, name="own-training"),
    path(f"{OWN}<slug:slug>/show/", sharing.training_share, name="training-share"),
    path(f"{OWN}<slug:slug>/hide/", sharing.training_unshare, name="training-unshare"),
]
