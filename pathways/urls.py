from django.urls import path

from pathways.views import dates, editor, learning, pages, workspace

app_name = "pathways"
urlpatterns = [
    path("playlists/<uuid:key>/", pages.playlist_by_key, name="playlist"),
    path("activities/<uuid:key>/", pages.activity_by_key, name="activity"),
    path("activities/<uuid:key>/invited/<slug:code>/", learning.invited, name="invited"),
    path("learning/", learning.learning, name="learning"),
    path("learn/playlists/<int:page_pk>/join/", learning.join, name="join"),
    path("learn/playlists/<int:page_pk>/leave/", learning.leave, name="leave"),
    path("learn/playlists/<int:page_pk>/copy/", learning.copy, name="copy"),
    path("learn/playlists/<int:page_pk>/changes/", learning.changes_read, name="changes-read"),
    path("learn/activities/<int:page_pk>/confirm/", learning.confirm, name="confirm"),
    path("learn/activities/<int:page_pk>/quiz/", learning.quiz, name="quiz"),
    path("learn/activities/<int:page_pk>/reflection/", learning.reflection, name="reflect"),
    path("learn/activities/<int:page_pk>/evidence/", learning.evidence, name="hand-in"),
    path("learn/activities/<int:page_pk>/second-opinion/", learning.second_opinion, name="second-opinion"),
    path("learn/activities/<int:page_pk>/take-back/", learning.take_back, name="take-back"),
    path("dates/<uuid:key>/register/", dates.ask_for_place, name="register"),
    path("dates/<uuid:key>/cancel/", dates.give_place_back, name="unregister"),
    path("dates/<uuid:key>/date.ics", dates.calendar_file, name="calendar-file"),
    path("check-in/<uuid:key>/<slug:code>/", dates.check_in_here, name="check-in"),
    path("evidence/<int:pk>/file/", learning.evidence_file, name="evidence-file"),
    path("workspace/<slug:slug>/reviews/", workspace.review_queue, name="review-list"),
    path("workspace/<slug:slug>/reviews/<int:pk>/", workspace.review, name="review"),
    path("workspace/<slug:slug>/dates/", dates.date_list, name="date-list"),
    path("workspace/<slug:slug>/dates/<uuid:key>/", dates.date_detail, name="date"),
    path("workspace/<slug:slug>/dates/<uuid:key>/door/", dates.door, name="door"),
    path("workspace/<slug:slug>/dates/<uuid:key>/<int:pk>/", dates.tick, name="tick"),
    path("workspace/<slug:slug>/playlists/", workspace.content_list, name="content-list"),
    # Answered before Wagtail's admin answers, under its addresses.
    path("cms/pages/<int:parent_page_id>/", editor.page_list),
    path("cms/pages/<int:parent_page_id>/results/", editor.page_list_results),
    path("cms/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/", editor.move_confirm),
    path("cms/choose-page/<int:parent_page_id>/", editor.choose_below),
    path("cms/choose-page/chosen-multiple/", editor.chosen),
    path("cms/choose-external-link/", editor.choose_address),
]
