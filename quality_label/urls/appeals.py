"""Addresses of appeals: of who lodges them, of the network, and of their panels."""

from django.urls import path

from quality_label.views import appeal_panel, appeals, own_appeals

WORKSPACE = "workspace/<slug:slug>/quality-label/"
HERE = f"{WORKSPACE}appeals/<uuid:key>/"
NETWORK, PANEL = "network/appeals/<uuid:key>/", "quality-label/appeals/<uuid:key>/"

urlpatterns = [
    path(f"{WORKSPACE}appeal/<uuid:key>/<str:subject>/", own_appeals.own_appeal_lodge, name="own-appeal-lodge"),
    path(HERE, own_appeals.own_appeal, name="own-appeal"),
    path(f"{HERE}answer/", own_appeals.own_appeal_answer, name="own-appeal-answer"),
    path(f"{HERE}withdraw/", own_appeals.own_appeal_withdraw, name="own-appeal-withdraw"),
    path("network/appeals/", appeals.appeal_list, name="appeal-list"),
    path(NETWORK, appeals.appeal, name="appeal"),
    path(f"{NETWORK}take-up/", appeals.appeal_take_up, name="appeal-take-up"),
    path(f"{NETWORK}not-admissible/", appeals.appeal_turn_away, name="appeal-turn-away"),
    path(f"{NETWORK}admit/", appeals.appeal_admit, name="appeal-admit"),
    path(f"{NETWORK}decide/", appeals.appeal_decide, name="appeal-decide"),
    path(PANEL, appeal_panel.appeal_panel, name="appeal-panel"),
    path(f"{PANEL}declare/", appeal_panel.appeal_declare, name="appeal-declare"),
    path(f"{PANEL}vote/", appeal_panel.appeal_vote, name="appeal-vote"),
    path(f"{PANEL}comment/", appeal_panel.appeal_comment, name="appeal-comment"),
]
