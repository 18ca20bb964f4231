from django.urls import path

from organisers.views import people, profile, units

app_name = "organisers"
urlpatterns = [
    path("organisers/<slug:slug>/", profile.organiser_detail, name="detail"),
    path("workspace/", profile.workspaces, name="workspaces"),
    path("workspace/new/", profile.organiser_create, name="create"),
    path("network/organisers/new/", profile.organiser_hand_over, name="hand-over"),
    path("workspace/<slug:slug>/", profile.overview, name="overview"),
    path("workspace/<slug:slug>/profile/", profile.organiser_edit, name="edit"),
    path("workspace/<slug:slug>/people/", people.members, name="members"),
    path("workspace/<slug:slug>/people/<int:pk>/", people.member_roles, name="member-roles"),
    path("workspace/<slug:slug>/leave/", people.leave, name="leave"),
    path("workspace/<slug:slug>/units/", units.units, name="units"),
    path("workspace/<slug:slug>/units/new/", units.unit_create, name="unit-create"),
    path("workspace/<slug:slug>/move/", units.organiser_move, name="move"),
]
