from django.urls import path

from organisers.views import invitations, people, profile, requests, units

app_name = "organisers"
urlpatterns = [
    path("organisers/<slug:slug>/", profile.organiser_detail, name="detail"),
    path("organisers/<slug:slug>/join/", requests.request_create, name="ask-to-join"),
    path("join-requests/<uuid:key>/", requests.request_detail, name="join-request"),
    path("join-requests/<uuid:key>/decline/", requests.request_decline, name="request-decline"),
    path("join-requests/<uuid:key>/withdraw/", requests.request_withdraw, name="request-withdraw"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("workspace/", profile.workspaces, name="workspaces"),
    path("workspace/new/", profile.organiser_create, name="create"),
    path("network/organisers/new/", profile.organiser_hand_over, name="hand-over"),
    path("workspace/<slug:slug>/", profile.overview, name="overview"),
    path("workspace/<slug:slug>/profile/", profile.organiser_edit, name="edit"),
    path("workspace/<slug:slug>/people/", people.members, name="members"),
    path("workspace/<slug:slug>/people/invite/", invitations.invitation_create, name="invite"),
    path(
        "workspace/<slug:slug>/people/<uuid:key>/revoke/",
        invitations.invitation_revoke,
        name="invitation-revoke",
    ),
    path("workspace/<slug:slug>/people/<uuid:key>/send/", invitations.invitation_send, name="invitation-send"),
    path("workspace/<slug:slug>/people/<uuid:key>/roles/", invitations.invitation_roles, name="invitation-roles"),
    path("workspace/<slug:slug>/people/<int:pk>/", people.member_roles, name="member-roles"),
    path("workspace/<slug:slug>/leave/", people.leave, name="leave"),
    path("workspace/<slug:slug>/units/", units.units, name="units"),
    path("workspace/<slug:slug>/units/new/", units.unit_create, name="unit-create"),
    path("workspace/<slug:slug>/units/move/", units.organiser_move, name="move"),
]
