from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("report/", views.report_create, name="create"),
    path("reports/<uuid:key>/", views.report, name="report"),
    path("reports/<uuid:key>/take/", views.report_take, name="take"),
    path("reports/<uuid:key>/note/", views.report_note, name="note"),
    path("reports/<uuid:key>/close/", views.report_close, name="close"),
    path("reports/<uuid:key>/object/", views.report_object, name="object"),
    path("reports/<uuid:key>/decide/", views.report_decide, name="decide"),
    path("network/reported-pages/", views.queue, name="queue"),
    path("workspace/<slug:slug>/reports/", views.workspace, name="workspace"),
]
