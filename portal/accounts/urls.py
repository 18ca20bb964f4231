from django.urls import path

from portal.accounts.views import addresses, closing, data, guardians, merging, terms
from portal.accounts.views import people as views

app_name = "accounts"
urlpatterns = [
    path("language/<slug:code>/", views.language, name="language"),
    path("settings/", views.settings_page, name="settings"),
    path("settings/data/", data.data, name="data"),
    path("settings/data/make/", data.data_make, name="data-make"),
    path("settings/data/<uuid:key>/", data.data_file, name="data-file"),
    path("settings/close/", closing.close, name="close"),
    path("closed/", closing.closed, name="closed"),
    path("closed/<str:token>/", closing.take_up_again, name="return"),
    path("settings/addresses/<int:pk>/remove/", addresses.address_remove, name="address-remove"),
    path("settings/merge/", merging.merge, name="merge"),
    path("settings/merge/second-step/", merging.merge_step, name="merge-step"),
    path("settings/merge/confirm/", merging.merge_confirm, name="merge-confirm"),
    path("accounts/send-again/", views.prove_again, name="prove-again"),
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("network/people/", views.people, name="people"),
    path("network/people/new/", views.person_create, name="person-create"),
    path("network/people/<int:pk>/", views.person_edit, name="person-edit"),
    path("settings/of-age/", guardians.of_age, name="of-age"),
    path("waiting/", guardians.waiting, name="waiting"),
    path("waiting/write/", guardians.waiting_write, name="waiting-write"),
    path("waiting/delete/", guardians.waiting_delete, name="waiting-delete"),
    path("guardian/answered/<slug:answer>/", guardians.guardian_answered, name="guardian-answered"),
    path("guardian/withdraw/<str:token>/", guardians.guardian_withdraw, name="guardian-withdraw"),
    path("guardian/<str:token>/", guardians.guardian, name="guardian"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<int:number>/", terms.terms, name="terms"),
    path("terms/accept/", terms.terms_accept, name="terms-accept"),
    path("privacy/", terms.privacy, name="privacy"),
    path("privacy/<int:number>/", terms.privacy, name="privacy"),
    path("network/terms/", terms.terms_list, name="terms-list"),
    path("network/terms/new/", terms.terms_new, name="terms-new"),
    path("network/terms/<int:number>/", terms.terms_edit, name="terms-edit"),
    path("network/terms/<int:number>/preview/", terms.terms_preview, name="terms-preview"),
]
