"""Pages about people: their own settings, and the network admin's People page."""

from urllib.parse import urlsplit

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, translate_url
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import Page

from portal.access import public, requires, signed_in
from portal.accounts.actions import accept_invitation, create_person, update_person
from portal.accounts.ages import consent_age
from portal.accounts.forms import PersonForm, SettingsForm, WelcomeForm
from portal.accounts.links import invited_person
from portal.accounts.middleware import remember_language
from portal.accounts.models import Person
from portal.accounts.pending import has_address, write_again
from portal.accounts.permissions import may_manage_people
from portal.asked import place_asked, words_asked


@public
def language(request, code):
    """Switch the language and go back to the same page."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = redirect(in_language(request, place_asked(request.GET), code))
    remember_language(response, code)
    return response


def in_language(request, target, code):
    """Return the address of the same page in another language; of the page itself where nobody translated it."""
    here = get_language_from_path(target)
    if here is None:
        return target
    with override(here):
        path = urlsplit(target).path.removeprefix(f"/{here}/")
        found = Page.route_for_request(request, path) if is_page(target) else None
    if found is None:
        return translate_url(target, code)
    page = found.page.get_translations().live().filter(locale__language_code=code).first()
    if page is None and found.page.locale.language_code != code:
        messages.info(request, _("This page is not there in that language yet."))
    return page.get_url(request) if page else target


def is_page(target):
    """Say whether an address leads into the page tree."""
    try:
        return resolve(urlsplit(target).path).url_name == "wagtail_serve"
    except Resolver404:
        return False


@signed_in
def settings_page(request):
    """Edit one's own name, country, language, look and time zone."""
    form = SettingsForm(request.POST or None, instance=Person.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        person = form.save()
        messages.success(request, _("Your settings are saved."))
        response = redirect("accounts:settings")
        remember_language(response, person.language)
        return response
    context = {"form": form, "age": consent_age(request.user.country)}
    return render(request, "accounts/settings.html", context)


@public
@require_POST
def prove_again(request):
    """Write again to the address that somebody who signed up has yet to prove."""
    if not has_address(request):
        messages.info(request, _("Sign in, and we write to you again."))
        return redirect("account_login")
    if not write_again(request):
        messages.warning(request, _("We wrote to this address a few minutes ago. Wait a little, then try again."))
    return redirect("account_email_verification_sent")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request, token):
    """Let somebody whom a network admin registered prove their address and choose a password."""
    person = invited_person(token)
    if person is None:
        return render(request, "accounts/welcome_used.html", status=410)
    form = WelcomeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        accept_invitation(person, form.cleaned_data["password"])
        return perform_login(request, person)
    return render(request, "accounts/welcome.html", {"person": person, "form": form})


@requires(may_manage_people)
def people(request):
    """List everybody, found by name or address."""
    words = words_asked(request.GET, "q")
    found = Person.objects.standing().matching(words).with_current_roles().select_related("guardian")
    page = Paginator(found, 30).get_page(request.GET.get("page"))
    return render(request, "accounts/people_list.html", {"page": page, "words": words})


@requires(may_manage_people)
def person_create(request):
    """Register somebody; they choose their password by a mailed link."""
    form = PersonForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        person = create_person(by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is registered and gets a link by mail.") % {"name": person.name})
        return redirect("accounts:people")
    return render(request, "accounts/person_form.html", {"form": form})


@requires(may_manage_people)
def person_edit(request, pk):
    """Edit a person, deactivate them, give and take network roles."""
    person = get_object_or_404(Person.objects.standing(), pk=pk)
    form = PersonForm(request.POST or None, instance=person, by=request.user)
    if request.method == "POST" and form.is_valid():
        names = ["roles", "ends_on", "guardian", "is_on_paper"]
        update_person(person, by=request.user, **{name: form.cleaned_data[name] for name in names})
        messages.success(request, _("%(name)s is saved.") % {"name": person.name})
        return redirect("accounts:people")
    return render(request, "accounts/person_form.html", {"form": form, "person": person})
