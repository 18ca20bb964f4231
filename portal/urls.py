"""Addresses: those without a language prefix are stable for ever; pages for people stand under their language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from portal import health
from portal.access import public
from portal.accounts.views import addresses

handler400 = "portal.access.views.unreadable"
urlpatterns = [
    path("healthz/live", health.live),
    path("healthz/ready", health.ready),
    path(".well-known/security.txt", health.security_txt),
    path("cms/login/", public(RedirectView.as_view(pattern_name="account_login", query_string=True))),
    re_path(r"^cms/users/", public(RedirectView.as_view(pattern_name="accounts:people"))),
    path("", include("pathways.urls")),  # before Wagtail's admin, which it narrows
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/email/", addresses.addresses),  # before allauth's, which it narrows
    path("accounts/", include("allauth.urls")),
    path("", include("portal.accounts.urls")),
    path("", include("portal.access.urls")),
    path("", include("portal.notifications.urls")),
    path("", include("portal.files.urls")),
    path("", include("portal.ui.urls")),
    path("", include("organisers.urls")),
    path("", include("badges.urls")),
    path("", include("quality_label.urls")),
    path("", include("reports.urls")),
    path("", include("cms.sitemap_urls")),
    *i18n_patterns(path("", include("cms.urls")), path("", include("cms.tree_urls")), path("", include(wagtail_urls))),
]
