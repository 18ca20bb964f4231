from django.urls import path

from organisers import views

app_name = "organisers"
urlpatterns = [
    path("organisers/<slug:slug>/", views.organiser_detail, name="detail"),
    path("workspace/", views.workspaces, name="workspaces"),
    path("workspace/new/", views.organiser_create, name="create"),
    path("network/organisers/new/", views.organiser_hand_over, name="hand-over"),
    path("workspace/<slug:slug>/", views.overview, name="overview"),
    path("workspace/<slug:slug>/profile/", views.organiser_edit, name="edit"),
    path("workspace/<slug:slug>/people/", views.members, name="members"),
    path("workspace/<slug:slug>/people/<int:pk>/", views.member_roles, name="member-roles"),
]
