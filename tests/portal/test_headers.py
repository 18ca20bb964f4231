"""The headers of every response, errors and redirects included."""

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def policy(response):
    """Return the directives of a response's content security policy."""
    return set(response["Content-Security-Policy"].split("; "))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/accounts/login/", 200),
        ("/settings/", 302),
        ("/en/no/such/page/", 404),
        ("/forgotten/", 403),
        ("/broken/", 500),
        ("/healthz/live", 200),
        ("/static/portal/css/portal.css", 200),
        ("/no/such/page/", 302),
    ],
)
def test_every_response_carries_the_strict_policy(client, settings, path, status):
    settings.ROOT_URLCONF = "tests.portal.unruled_urls"
    client.raise_request_exception = False

    response = client.get(path)

    assert response.status_code == status
    assert policy(response) == STRICT
    assert response["X-Content-Type-Options"] == "nosniff"
    assert status == 302 or "static" in path or response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_cms_has_a_policy_of_its_own_that_lets_nothing_foreign_in(client):
    client.force_login(PersonFactory(is_superuser=True))

    directives = policy(client.get("/cms/"))

    assert "script-src 'self' 'unsafe-inline'" in directives
    assert all("http" not in directive and "*" not in directive for directive in directives)


def test_wrong_host_is_refused_under_the_strict_policy(client):
    response = client.get("/accounts/login/", HTTP_HOST="evil.example")

    assert response.status_code == 400
    assert policy(response) == STRICT


def test_pages_of_a_signed_in_person_are_kept_by_no_shared_cache(client):
    client.force_login(PersonFactory())

    assert client.get("/settings/")["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("path", ["/accounts/login/", "/en/no/such/page/", "/static/portal/css/portal.css"])
def test_head_gets_the_headers_of_the_page_and_no_byte_of_it(path):
    def answer(method):
        sent = {}
        body = WSGIHandler()(
            RequestFactory().generic(method, path).environ,
            lambda status, headers: sent.update(headers, status=status),
        )
        content = b"".join(body)
        body.close()
        return content, sent["status"], sent.get("Content-Length")

    page, status, length = answer("GET")

    assert (len(page) > 0, length) == (True, str(len(page)))
    assert answer("HEAD") == (b"", status, length)
