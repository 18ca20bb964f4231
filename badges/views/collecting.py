"""Using a claim code: typed or scanned, an address proved, the badge on its way. No account is needed."""

from urllib.parse import urlencode

from allauth.core.internal.ratelimit import consume, respond_429
from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from badges.actions.codes import ask_with_code, collect_with_code, prove_use, why_not
from badges.claims import claim_link, code_link, linked_use
from badges.forms.codes import CollectForm, ConfirmForm, TypedCodeForm
from badges.models import Assertion, AwardRow, ClaimCode
from badges.models.code import typed_code
from badges.views.public import badge_facts, foreign, seal
from portal.access import public
from portal.accounts.addresses import mailbox, masked
from portal.accounts.pending import remember_newcomer
from portal.workflow import StepRefused, unmet

# A whole hall may scan one code through one connection: only wrong codes and mails to one address are counted tightly.
LIMITS = {"wrong_code": "60/10m/ip,600/d/ip", "ask": "600/10m/ip,4/h/key"}


def is_too_often(request, action: str, key: str | None = None) -> bool:
    """Count an act of a visitor, and say whether it was one too many."""
    return not consume(request, app="badges", action=action, config=LIMITS, key=key, limit_get=True)


def found_code(request, text: str) -> ClaimCode | None:
    """Return a code that was typed; None for one that does not exist, or after too many of those."""
    spent = consume(request, app="badges", action="wrong_code", config=LIMITS, limit_get=True, dry_run=True) is None
    known = ClaimCode.objects.with_words().filter(code=typed_code(text)).first()
    return None if spent else known


def unknown_code(request, form):
    """Answer a code that does not exist, the same way each time."""
    if is_too_often(request, "wrong_code"):
        return respond_429(request)
    form = form if form.is_bound else TypedCodeForm()
    return render(request, "badges/code_enter.html", {"form": form, "is_unknown": True}, status=404)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code_enter(request):
    """Take a code that is typed in."""
    form = TypedCodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "badges/code_enter.html", {"form": form}, status=422 if form.is_bound else 200)
    code = found_code(request, form.cleaned_data["code"])
    return redirect(code) if code else unknown_code(request, form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code_open(request, code):
    """Show the badge of a code, and take the name and address of who wants it; an account needs one click."""
    found = found_code(request, code)
    if found is None:
        return unknown_code(request, TypedCodeForm())
    addresses = request.user.verified_addresses() if request.user.is_authenticated else []
    reasons = why_not(found)[:1]
    form = CollectForm(request.POST if request.method == "POST" and not addresses else None)
    if request.method == "POST" and not reasons:
        if addresses:
            return redirect(code_link(collect_with_code(found, by=request.user)))
        if form.is_valid():
            if is_too_often(request, "ask", key=mailbox(form.cleaned_data["email"])):
                return respond_429(request)
            ask_with_code(found, **form.cleaned_data)
            return redirect("badges:code-sent")
    status = 409 if request.method == "POST" and reasons else 422 if form.errors else 200
    context = {**shown_badge(found.series), "code": found, "reasons": reasons, "form": form, "addresses": addresses}
    return kept_quiet(render(request, "badges/code_open.html", context, status=status))


@public
def code_sent(request):
    """Say that a link was mailed."""
    return render(request, "badges/code_sent.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def code_confirm(request, token):
    """Prove an address by its mailed link; then say how far the badge is and where it lies."""
    use = linked_use(token)
    if use is None:
        return render(request, "badges/code_link_over.html", status=404)
    form = ConfirmForm(request.POST or None, initial={"name": use.name})
    reasons = why_not_use(use)
    if request.method == "POST" and not reasons and form.is_valid():
        try:
            prove_use(use, by=None, name=form.cleaned_data["name"])
        except StepRefused as refused:
            reasons = refused.reasons
        else:
            return redirect(request.path)
    context = {**shown_badge(use.series), "use": use, "form": form, "reasons": reasons, "masked": masked(use.email)}
    context |= {"token": token, **outcome(use)}
    return kept_quiet(render(request, "badges/code_confirm.html", context, status=422 if form.errors else 200))


def why_not_use(use) -> list[str]:
    """Return why the address of a use cannot be proved now; empty when it can, or was."""
    return unmet(use.prove)[:1] if use.is_unproven else []


def outcome(use) -> dict:
    """Return where the badge of a proved use lies, or why there is none yet."""
    if not use.is_awarded:
        return {}
    if held := held_by_use(use):
        return {
            "claim_link": claim_link(held),
            "held": held,
            "needs_no_account": Assertion.objects.showable().filter(pk=held.pk).exists(),
        }
    return {"is_being_made": use.batch.rows.filter(state=AwardRow.State.DUE).exists()}


def held_by_use(use) -> Assertion | None:
    """Return the badge that whoever used a code holds by now."""
    live = Assertion.objects.out().blocking().select_related("row")
    return live.filter(badge_class=use.series.badge_class_id, email=use.email).first() if use.is_awarded else None


@public
@require_POST
def code_account(request, token):
    """Lead to the form for an account, which knows name and address by then, and from there to the badge."""
    use = linked_use(token)
    held = held_by_use(use) if use else None
    if held is None:
        return render(request, "badges/code_link_over.html", status=404)
    remember_newcomer(request, name=use.name, email=use.email)
    back = urlencode({"next": claim_link(held).removeprefix(settings.BASE_URL)})
    return redirect(f"{reverse('account_signup')}?{back}")


def shown_badge(series) -> dict:
    """Return what a page shows of the badge that a code gives."""
    badge_class = series.badge_class
    words = badge_class.words()
    facts = badge_facts(badge_class.organiser, badge_class.workload_minutes, badge_class.valid_months)
    return {
        "series": series,
        "badge": badge_class,
        "words": words,
        "facts": facts,
        "seal": seal(badge_class.organiser),
        "lang": foreign(words.language),
    }


def kept_quiet(response):
    """Keep the address of a page that opens something out of referrers and search engines."""
    response["Referrer-Policy"] = "strict-origin"  # "no-referrer" would blank the Origin of the form, and refuse it
    response["X-Robots-Tag"] = "noindex"
    return response
