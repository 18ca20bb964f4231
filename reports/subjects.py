"""What stands at an address of this portal, as far as it can be reported."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Site

from badges.models import Assertion, BadgeClass, BadgeClassVersion, Collection, Portfolio
from badges.workflow import DRAFT
from organisers.models import Organiser
from pathways.models import ActivityPage, PlaylistPage, SectionPage
from portal.access.rules import rule_of

LONGEST = 300


class Kind(models.TextChoices):
    PLAYLIST = "playlist", _("playlist")
    ACTIVITY = "activity", _("activity")
    ORGANISER = "organiser", _("organiser")
    BADGE = "badge", _("badge class")
    ASSERTION = "assertion", _("published badge")
    COLLECTION = "collection", _("collection")
    PORTFOLIO = "portfolio", _("portfolio")
    PAGE = "page", _("page of the site")


@dataclass(frozen=True)
class Subject:
    """One page: what it is, under which key it is known, whose it is, and where it stands."""

    kind: Kind
    key: str
    title: str
    path: str = ""
    organiser: Organiser | None = None
    holder: models.Model | None = None


def subject_at(path: str, user) -> Subject | None:
    """Return what a person, or a stranger, sees at an address of this portal; None where that is nothing to report."""
    path = path.partition("#")[0].partition("?")[0]
    if not path.startswith("/") or path.startswith("//") or len(path) > LONGEST or not path.isprintable():
        return None
    language = translation.get_language_from_path(path) or translation.get_language()
    with translation.override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return None
        if match.view_name == "wagtail_serve":
            found = _of_tree(*match.args, **match.kwargs)
        elif match.view_name in FINDERS:
            found = FINDERS[match.view_name](user, **match.kwargs)
        else:
            found = _of_site(path, match)
    return found and Subject(**vars(found) | {"path": path})


def is_reportable(match) -> bool:
    """Say whether an address is of a kind that can be reported."""
    names = {"wagtail_serve", *FINDERS}
    return match is not None and (match.view_name in names or _is_of_site(match))


def _is_of_site(match) -> bool:
    return match.app_name == "cms" and not match.kwargs and rule_of(match.func) == "public"


def _of_site(path, match) -> Subject | None:
    return Subject(Kind.PAGE, path[:64], path) if _is_of_site(match) else None


def _of_tree(path) -> Subject | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    try:
        page = site.root_page.localized.specific.route(None, [part for part in path.split("/") if part]).page.specific
    except Http404:
        return None
    if page.get_view_restrictions() or isinstance(page, SectionPage):
        return None
    key = str(page.translation_key)
    for kind, model in ((Kind.PLAYLIST, PlaylistPage), (Kind.ACTIVITY, ActivityPage)):
        if isinstance(page, model):
            is_open = model.objects.open_for_learning().filter(pk=page.pk).exists()
            return Subject(kind, key, page.title, organiser=page.organiser) if is_open else None
    return Subject(Kind.PAGE, key, page.title)


def _organiser(user, slug) -> Subject | None:
    found = Organiser.objects.with_words().visible_to(user).filter(slug=slug).first()
    return found and Subject(Kind.ORGANISER, str(found.key), found.name, organiser=found)


def _badge(user, key) -> Subject | None:
    found = BadgeClass.objects.with_words().visible_to(user).filter(key=key).first()
    return found and Subject(Kind.BADGE, str(key), found.words().name, organiser=found.organiser)


def _version(user, key, number) -> Subject | None:
    versions = BadgeClassVersion.objects.select_related("badge_class__organiser").exclude(badge_class__state=DRAFT)
    found = versions.filter(badge_class__key=key, number=number).first()
    return found and Subject(Kind.BADGE, str(key), found.words()["name"], organiser=found.badge_class.organiser)


def _assertion(user, key) -> Subject | None:
    found = Assertion.objects.with_words().visible_to(user).published().filter(key=key).first()
    if found is None:
        return None
    organiser, title = found.badge_class.organiser, found.badge_version.words()["name"]
    return Subject(Kind.ASSERTION, str(key), title, organiser=organiser, holder=found.person)


def _collection(user, token) -> Subject | None:
    found = Collection.objects.shared().select_related("person").filter(token=token).first()
    return found and Subject(Kind.COLLECTION, str(found.key), found.name, holder=found.person)


def _portfolio(user, token) -> Subject | None:
    found = Portfolio.objects.shown().select_related("person").filter(token=token).first()
    return found and Subject(Kind.PORTFOLIO, str(found.pk), str(Kind.PORTFOLIO.label), holder=found.person)


FINDERS: dict[str, Callable[..., Subject | None]] = {
    "organisers:detail": _organiser,
    "badges:badge": _badge,
    "badges:version": _version,
    "badges:assertion": _assertion,
    "badges:collection-shared": _collection,
    "badges:portfolio-shown": _portfolio,
}
