"""Addresses of the assessors: a desk for each review, and what a team agrees on."""

from django.urls import path

from quality_label.views import consensus, desk, lead, questions

DESK, LEAD = "quality-label/desk/<uuid:key>", "quality-label/lead/<uuid:key>"

urlpatterns = [
    path(f"{DESK}/", desk.desk, name="desk"),
    path(f"{DESK}/hand-in/", desk.hand_in, name="desk-hand-in"),
    path(f"{DESK}/questions/", questions.questions, name="desk-questions"),
    path(f"{DESK}/questions/none/", questions.no_more, name="desk-no-more"),
    path(f"{DESK}/evidence/<int:number>/", desk.evidence_file, name="desk-file"),
    path(f"{DESK}/evidence/<int:number>/report/", desk.evidence_report, name="desk-report"),
    path(f"{DESK}/sample/<int:item>/", desk.sample_file, name="desk-sample"),
    path(f"{DESK}/<str:code>/", desk.criterion, name="desk"),
    path(f"{LEAD}/", lead.lead, name="lead"),
    path(f"{LEAD}/gather/", lead.gather, name="lead-gather"),
    path(f"{LEAD}/gather/drop/", lead.gather_drop, name="lead-gather-drop"),
    path(f"{LEAD}/questions/", lead.question_add, name="lead-question-add"),
    path(f"{LEAD}/questions/<int:question>/", lead.question_word, name="lead-question"),
    path(f"{LEAD}/send/", lead.send, name="lead-send"),
    path(f"{LEAD}/consensus/", consensus.consensus, name="lead-consensus"),
    path(f"{LEAD}/consensus/<str:code>/", consensus.level, name="lead-level"),
    path(f"{LEAD}/third/", lead.call_third, name="lead-third"),
    path(f"{LEAD}/report/", lead.report, name="lead-report"),
    path(f"{LEAD}/finish/", lead.finish, name="lead-finish"),
    path(f"{LEAD}/print/", consensus.case_print, name="case-print"),
]
