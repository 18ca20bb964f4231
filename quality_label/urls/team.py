"""Addresses of teams, of the people who judge, and of the committee."""

from django.urls import path

from quality_label.views import invitations, team

urlpatterns = [
    path("network/applications/<uuid:key>/team/", team.team, name="team"),
    path("network/applications/places/<uuid:key>/void/", team.place_void, name="place-void"),
    path("network/applications/places/<uuid:key>/agree/", team.place_agree, name="place-agree"),
    path("network/experts/", team.experts, name="experts"),
    path("network/experts/<int:pk>/", team.expert, name="expert"),
    path("network/committee/", team.committee, name="committee"),
    path("network/committee/new/", team.term_write, name="term-write"),
    path("network/committee/<int:pk>/end/", team.term_end, name="term-end"),
    path("settings/expert/", team.own_profile, name="own-profile"),
    path("quality-label/places/", invitations.judging, name="judging"),
    path("quality-label/past/<uuid:key>/", invitations.past_case, name="past-case"),
    path("quality-label/places/<uuid:key>/", invitations.invitation, name="assignment"),
    path("quality-label/places/<uuid:key>/accept/", invitations.invitation_accept, name="assignment-accept"),
    path("quality-label/places/<uuid:key>/decline/", invitations.invitation_decline, name="assignment-decline"),
]
