"""Who holds the label: the register, the page of one holder, and the seal that shows its true state anywhere."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from badges.openbadges.wire import plain
from badges.verdicts import verdict_on_attestation
from portal.access import public
from portal.audit.models import AuditEvent
from quality_label import documents
from quality_label.forms.register import RegisterForm
from quality_label.models import Label
from quality_label.permissions import may_suspend_label

PAGE_SIZE = 24
SEAL_AGE = 300  # seconds for which a copy of a seal may be shown


def found_by(request):
    """Return the form and the labels that an address asks for."""
    form = RegisterForm(request.GET)
    labels = Label.objects.public().with_words().looked_for(**form.chosen())
    return form, labels.order_by("organiser__slug")


@require_safe
@public
def register(request):
    """List who holds the label; an address with what was looked for can be shared."""
    form, labels = found_by(request)
    page = Paginator(labels, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "total": page.paginator.count, "is_filtered": bool(form.chosen())}
    return render(request, "quality_label/register.html", context)


@require_safe
@public
def register_json(request):
    """Serve the register to software, with the same filters."""
    response = JsonResponse({"holders": [entry(label) for label in found_by(request)[1]]})
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = f"public, max-age={SEAL_AGE}"
    return response


def entry(label) -> dict:
    """Return what software reads of a label."""
    organiser = label.organiser
    return {
        "name": organiser.name,
        "city": str(organiser.city or ""),
        "country": organiser.country.code,
        "state": label.status,
        "sentence": label.sentence,
        "valid_from": label.valid_from.isoformat(),
        "valid_until": label.valid_until.isoformat(),
        "framework": label.application.framework.name,
        "url": label.absolute_url,
        "credential": label.credential.address,
    }


class HoldersFeed(Feed):
    """The newest labels."""

    feed_type = Atom1Feed
    title = gettext_lazy("Holders of the Quality Label")
    subtitle = gettext_lazy("Organisers whose badges mean what they say")

    def link(self):
        """Return the register's own address, which names the feed whoever asked for it by which host."""
        return settings.BASE_URL + reverse("quality_label:register")

    def feed_url(self):
        """Return the feed's own address."""
        return settings.BASE_URL + reverse("quality_label:register-feed")

    def item_link(self, item):
        """Return the address of a label, which names it for good."""
        return item.absolute_url

    def items(self):
        """Return the newest labels that the register shows."""
        labels = list(Label.objects.public().with_words().order_by("-valid_from", "-pk")[:50])
        changed = AuditEvent.objects.last_of(labels)
        for label in labels:
            label.changed_at = changed.get(label.pk)
        return labels

    def item_title(self, item):
        """Return whose label it is."""
        return plain(item.organiser.name)  # XML has no sign for control characters, and no way to escape them

    def item_description(self, item):
        """Return what the register says."""
        return item.sentence

    def item_pubdate(self, item):
        """Return when it was awarded."""
        return datetime.combine(item.valid_from, time(), UTC)

    def item_updateddate(self, item):
        """Return when its state last changed (RFC 4287, 4.1.2)."""
        return item.changed_at or self.item_pubdate(item)


feed = public(HoldersFeed())


def shown_label(slug) -> Label:
    """Fetch the label of an organiser that the register shows."""
    return get_object_or_404(Label.objects.public().with_words(), organiser__slug=slug)


@require_safe
@public
def holder(request, slug):
    """Show a label to anybody: whether it holds, since when, by which criteria, and what to download."""
    label = shown_label(slug)
    version = label.credential.badge_version
    seal_url = settings.BASE_URL + reverse("quality_label:seal-svg", args=[slug])
    context = {
        "label": label,
        "organiser": label.organiser,
        "words": version.words(),
        "picture": version.picture_url,
        "verdict": verdict_on_attestation(label.credential),
        "facts": [
            {"name": _("Held by"), "value": label.organiser.name, "url": label.organiser.get_absolute_url()},
            {"name": _("Place"), "value": label.organiser.city or label.organiser.country.name},
            {"name": pgettext("label", "Since"), "value": documents.day(label.valid_from)},
            *until(label),
            {
                "name": _("By the criteria"),
                "value": _("version %(name)s") % {"name": label.application.framework.name},
                "url": label.application.framework.get_absolute_url(),
            },
        ],
        "links": [
            {"name": "credential.json", "url": label.credential.address, "note": "Open Badges 3.0"},
            {
                "name": "label.png",
                "url": reverse("badges:attestation-png", args=[label.credential.key]),
                "note": _("picture with the credential"),
            },
        ],
        "picture_code": f'<a href="{label.absolute_url}"><img src="{seal_url}" width="320" height="96" '
        f'alt="{_("Quality Label for Badge Recognition: see whether it holds")}"></a>',
        "frame_code": f'<iframe src="{settings.BASE_URL}{reverse("quality_label:seal", args=[slug])}" width="320" '
        f'height="96" frameborder="0" title="{_("Quality Label for Badge Recognition")}"></iframe>',
        "may_keep": may_suspend_label(label, request.user),
    }
    return render(request, "quality_label/holder.html", context)


def until(label) -> list[dict]:
    """Return the days on which a label ends, and by which its conditions are to be met."""
    ends = {"name": _("Until"), "value": documents.day(label.valid_until)}
    if not label.is_conditional:
        return [ends]
    return [{"name": _("Conditions to be met by"), "value": documents.day(label.conditions_until)}, ends]


@require_safe
@public
def certificate(request, slug):
    """Send the certificate of a label that holds, in the reader's language, its credential attached."""
    label = get_object_or_404(Label.objects.standing().with_words(), organiser__slug=slug)
    response = HttpResponse(documents.certificate_pdf(label), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="quality-label-{slug}.pdf"'
    return response


def for_elsewhere(response):
    """Let other sites show a seal, for some minutes."""
    response["Cache-Control"] = f"public, max-age={SEAL_AGE}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
@public
def seal_svg(request, slug, dark=""):
    """Draw the seal as the label stands now."""
    svg = documents.seal_svg(shown_label(slug), dark=bool(dark))
    response = for_elsewhere(HttpResponse(svg, content_type="image/svg+xml"))
    response._csp_config = {"default-src": ["'none'"]}
    return response


@require_safe
@public
@xframe_options_exempt
def seal(request, slug):
    """Show the seal inside somebody else's page: the one page here that may be framed."""
    response = for_elsewhere(render(request, "quality_label/seal.html", {"label": shown_label(slug)}))
    response._csp_config = {
        "default-src": ["'none'"],
        "img-src": ["'self'"],
        "style-src": ["'self'"],
        "frame-ancestors": ["*"],
    }
    return response
