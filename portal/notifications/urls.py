from django.urls import path

from portal.notifications import views

app_name = "notifications"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.inbox_read, name="inbox-read"),
    path("dev/mail/", views.dev_mail, name="dev-mail"),
    path("dev/mail/<str:name>/", views.dev_mail_detail, name="dev-mail-detail"),
    path("dev/mail/<str:name>/html/", views.dev_mail_html, name="dev-mail-html"),
]
