from django.urls import path

from portal.accounts import views

app_name = "accounts"
urlpatterns = [
    path("language/<slug:code>/", views.language, name="language"),
    path("settings/", views.settings_page, name="settings"),
    path("accounts/send-again/", views.prove_again, name="prove-again"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("network/people/", views.people, name="people"),
    path("network/people/new/", views.person_create, name="person-create"),
    path("network/people/<int:pk>/", views.person_edit, name="person-edit"),
]
