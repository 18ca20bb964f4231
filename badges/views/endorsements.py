"""The page of an endorsement: for everybody, for both sides, and for software; writing and answering it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from badges.actions import endorsements as actions
from badges.documents import token_of, tokens_of
from badges.forms.endorsements import WriteEndorsementForm
from badges.models import Attestation, Endorsement
from badges.permissions import may_agree_to, may_cancel_request, may_endorse, may_offer, may_speak_for
from badges.subjects import Subject
from badges.verdicts import verdict_on_attestation
from badges.views.documents import for_machines, not_yet, token_key_of
from badges.views.public import seal
from badges.views.subjects import subject_seen
from organisers.models import Organiser
from portal.access import public, requires
from portal.workflow import StepRefused

CREDENTIAL = "application/vc+ld+json"
READ_BY_SOFTWARE = [CREDENTIAL, "application/vc", "application/ld+json", "application/json"]


def endorsement_seen(user, key) -> Endorsement:
    """Fetch an endorsement that a person may read."""
    return get_object_or_404(Endorsement.objects.with_words().visible_to(user), key=key)


@public
def endorsement(request, key):
    """Show an endorsement to people, with what the reader can do; answer software with what was signed."""
    found = endorsement_seen(request.user, key)
    kind = request.get_preferred_type(["text/html", *READ_BY_SOFTWARE]) or "text/html"
    if found.is_public and kind != "text/html":
        answer = for_machines(HttpResponse(found.attestation.body, content_type=kind))
        patch_vary_headers(answer, ["Accept"])
        return answer
    user, subject = request.user, found.subject()
    context = {
        "endorsement": found,
        "subject": subject,
        "seal": seal(found.endorser),
        "verdict": verdict_on_attestation(found.attestation) if found.is_public else None,
        "links": software_links(found) if found.is_public else [],
        "may_write": found.is_asked and subject is not None and may_endorse(found, user),
        "may_decline": found.is_asked and may_speak_for(found, user),
        "may_cancel": found.is_asked and may_cancel_request(found, user),
        "may_agree": found.is_offered and may_agree_to(found, user),
        "may_take_back": found.is_offered and may_speak_for(found, user),
        "may_withdraw": found.is_given and may_speak_for(found, user),
    }
    response = render(request, "badges/endorsement_detail.html", context)
    patch_vary_headers(response, ["Accept", "Cookie", "Accept-Language"])
    return response


def software_links(endorsement) -> list[dict]:
    """Return the forms of an endorsement that software reads."""
    where = [endorsement.key]
    return [
        {
            "name": "credential.json",
            "url": reverse("badges:attestation-credential", args=where),
            "note": "Open Badges 3.0",
        },
        {
            "name": "endorsement.jwt",
            "url": reverse("badges:attestation-token", args=where),
            "note": _("Open Badges 3.0 as a token"),
        },
    ]


@public
def attestation_token(request, key):
    """Serve a statement as JSON Web Token: what was signed, once more by the issuer's present key."""
    found = get_object_or_404(Attestation.objects.select_related("issuer"), key=key)
    signing = token_key_of(found.issuer)
    if signing is None:
        return not_yet("The key is being made.")
    return for_machines(HttpResponse(token_of(found.body, tokens_of(signing)), content_type="application/jwt"))


def endorsers_for(subject: Subject, user):
    """Return the organisers in whose name a person can endorse a thing."""
    own = Organiser.objects.within(subject.organiser.whole())
    mine = Organiser.objects.with_words().held_by(user, "owner").filter(standing__in=Organiser.OPERATING)
    return mine.exclude(pk__in=own.values("pk"))


@requires(may_offer, of=subject_seen)
def endorsement_offer(request, subject):
    """Write an endorsement that nobody asked for."""
    return write(request, subject, lambda facts: actions.offer_endorsement(subject, by=request.user, **facts))


@requires(may_endorse, of=endorsement_seen)
def endorsement_write(request, endorsement):
    """Write an endorsement that was asked for."""
    subject = actions.thing_of(endorsement)
    return write(
        request,
        subject,
        lambda facts: actions.answer_request(endorsement, by=request.user, **facts),
        endorsement=endorsement,
    )


def write(request, subject: Subject, publish, *, endorsement=None):
    """Ask for the text, show it as it will be read, and publish it only then."""
    form = WriteEndorsementForm(
        request.POST or None,
        endorsers=endorsers_for(subject, request.user),
        subject=subject,
        initial={"endorser": endorsement.endorser.slug} if endorsement else None,
    )
    is_refused, is_valid = False, request.method == "POST" and form.is_valid()
    if is_valid and request.POST.get("sign") == form.seal():
        facts = {name: form.cleaned_data[name] for name in ["endorser", "text"]}
        try:
            return published(request, publish(facts))
        except StepRefused as refused:
            is_refused, is_valid = True, False
            form.add_error(None, refused.reasons)
    context = {
        "subject": subject,
        "form": form,
        "endorsement": endorsement,
        "preview": form.cleaned_data if is_valid else None,
        "is_public_at_once": endorsement is not None and endorsement.is_wanted,
        "has_endorsers": form.fields["endorser"].queryset.exists(),
    }
    if is_valid:
        context["preview"] |= {"mark": seal(form.cleaned_data["endorser"]), "seal": form.seal()}
    status = 409 if is_refused else 422 if form.errors else 200
    return render(request, "badges/endorsement_write.html", context, status=status)


def published(request, endorsement):
    """Say what became of the words that were signed."""
    messages.success(
        request,
        _("Your endorsement is signed and public.")
        if endorsement.is_given
        else _("Your endorsement is on its way. It is shown once the other side accepts it."),
    )
    return redirect(endorsement)


@require_POST
@requires(may_agree_to, of=endorsement_seen)
def endorsement_accept(request, endorsement):
    """Let an offered endorsement be signed and shown."""
    accepted = actions.accept_endorsement(endorsement, by=request.user)
    messages.success(request, _("The endorsement is signed and public."))
    return redirect(accepted)


@require_POST
@requires(may_agree_to, of=endorsement_seen)
def endorsement_turn_down(request, endorsement):
    """Say no to an offered endorsement."""
    turned_down = actions.turn_down_endorsement(endorsement, by=request.user)
    messages.success(request, _("You have declined. Nobody else sees the endorsement."))
    return redirect(turned_down)


@require_POST
@requires(may_speak_for, of=endorsement_seen)
def endorsement_decline(request, endorsement):
    """Say no to a request."""
    declined = actions.decline_request(endorsement, by=request.user)
    messages.success(request, _("You have declined; those who asked are told."))
    return redirect(declined)


@require_POST
@requires(may_cancel_request, of=endorsement_seen)
def endorsement_cancel(request, endorsement):
    """Take a request back."""
    cancelled = actions.cancel_request(endorsement, by=request.user)
    messages.success(request, _("The request is taken back."))
    return redirect(cancelled)


@require_POST
@requires(may_speak_for, of=endorsement_seen)
def endorsement_take_back(request, endorsement):
    """Take an offer back."""
    taken_back = actions.take_back_offer(endorsement, by=request.user)
    messages.success(request, _("The offer is taken back."))
    return redirect(taken_back)


@requires(may_speak_for, of=endorsement_seen)
def endorsement_withdraw(request, endorsement):
    """Take back what was given, after asking once."""
    if request.method == "POST":
        withdrawn = actions.withdraw_endorsement(endorsement, by=request.user)
        messages.success(request, _("The endorsement is withdrawn. It is not shown any more, and copies of it fail."))
        return redirect(withdrawn)
    if not endorsement.is_given:
        return redirect(endorsement)
    return render(request, "badges/endorsement_withdraw.html", {"endorsement": endorsement})
