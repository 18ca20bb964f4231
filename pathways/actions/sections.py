"""The page tree follows the organisers: a section in each language, and a group with rights on it."""

from functools import reduce
from itertools import product
from operator import or_

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission

from organisers.models import Membership, Organiser
from pathways.models import ActivityPage, LearningIndexPage, PageRole, PlaylistPage, SectionPage

PAGE_ROLE_RIGHTS = ["change_page", "publish_page"]
PAGE_RIGHTS = ["add_page", "change_page", "publish_page"]
COLLECTION_RIGHTS = [f"{verb}_{thing}" for verb in ("add", "change", "choose") for thing in ("image", "document")]
GROUP_RIGHTS = [("wagtailadmin", "access_admin"), ("wagtail_localize", "submit_translation")]
MODERATOR_RIGHTS = [("pathways", "publish_for_unverified"), ("pathways", "edit_any_section"), GROUP_RIGHTS[1]]
GROUP_NAME = "Authors "
PAGE_GROUP_NAME = "Page authors "


@transaction.atomic
def ensure_learning_index(home, original=None) -> LearningIndexPage:
    """Return the index under a home page, made where it is missing as the translation of the one under `original`.

    Wagtail's moderators get the right to edit and publish for every organiser along with it.
    """
    give_rights(Group.objects.get_or_create(name="Moderators")[0], MODERATOR_RIGHTS)
    if known := LearningIndexPage.objects.child_of(home).first():
        return known
    with translation.override(home.locale.language_code):
        index = LearningIndexPage(title=_("Learning"), slug="learn", locale=home.locale)
    if original:
        index.translation_key = LearningIndexPage.objects.child_of(original).get().translation_key
    home.add_child(instance=index)
    return index


@transaction.atomic
def ensure_section(organiser: Organiser) -> SectionPage:
    """Return the section of an organiser in the first language; make what is missing in each language.

    The organiser's group may add, change and publish pages there, and keep pictures and documents of its own.
    """
    group, _is_new = Group.objects.get_or_create(name=f"{GROUP_NAME}{organiser.key}")
    give_rights(group, GROUP_RIGHTS)
    sections = {one.locale_id: one for one in SectionPage.objects.filter(organiser=organiser)}
    original = None
    for index in LearningIndexPage.objects.select_related("locale").order_by("pk"):
        if index.locale_id not in sections:
            sections[index.locale_id] = plant_section(index, organiser, original)
        original = original or sections[index.locale_id]
    give_page_rights(group, {section.pk for section in sections.values()}, PAGE_RIGHTS)
    ensure_collection(group, organiser)
    return original


def plant_section(index: LearningIndexPage, organiser: Organiser, original: SectionPage | None) -> SectionPage:
    """Add the section of an organiser under the index of a language, as the translation of the original one."""
    section = SectionPage(
        title=organiser.words(index.locale.language_code).name,
        slug=organiser.slug,
        locale=index.locale,
        organiser=organiser,
    )
    if original:
        section.translation_key = original.translation_key
    index.add_child(instance=section)
    return section


def give_rights(group: Group, rights) -> None:
    """Give a group rights by app and name."""
    wanted = [Q(content_type__app_label=app, codename=codename) for app, codename in rights]
    group.permissions.add(*Permission.objects.filter(reduce(or_, wanted)))


def give_page_rights(group: Group, pages: set, codenames: list[str]) -> None:
    """Give a group rights on pages; what it has already is left alone."""
    held = set(GroupPagePermission.objects.filter(group=group).values_list("page", "permission"))
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames)
    wanted = set(product(pages, rights.values_list("pk", flat=True))) - held
    missing = [GroupPagePermission(group=group, page_id=page, permission_id=right) for page, right in wanted]
    GroupPagePermission.objects.bulk_create(missing, ignore_conflicts=True)


def ensure_collection(group: Group, organiser: Organiser, above: Collection | None = None) -> Collection:
    """Return the collection for the pictures and documents of a group, made where it is missing, in another or not."""
    known = Collection.objects.filter(group_permissions__group=group).first()
    if known:
        return known
    collection = (above or Collection.get_first_root_node()).add_child(name=organiser.slug)
    rights = Permission.objects.filter(
        content_type__app_label__in=["wagtailimages", "wagtaildocs"], codename__in=COLLECTION_RIGHTS
    )
    GroupCollectionPermission.objects.bulk_create(
        [GroupCollectionPermission(group=group, collection=collection, permission=right) for right in rights]
    )
    return collection


@transaction.atomic
def sync_authors() -> None:
    """Make the members of each organiser's group its owners and authors of today.

    Rights end at once with the role, because the page testers ask for it; the group decides what the menu offers.
    """
    members = Membership.objects.filter(role__in=["owner", "author"], person__is_active=True)
    fill_groups(GROUP_NAME, {(f"{GROUP_NAME}{key}", person) for key, person, _role in members.reach("key")})


@transaction.atomic
def sync_page_authors() -> None:
    """Make the members of each page's group its authors of today, with rights on it and on the activities in it.

    As with organisers, the page testers ask for the role itself.
    """
    people, places = set(), {}
    for one, place in PageRole.objects.held().authors().filter(person__is_active=True).reach():
        people.add((f"{PAGE_GROUP_NAME}{one.page_key}", one.person))
        places.setdefault((one.organiser, one.page_key), set()).add(place)
    pages = pages_at(set().union(*places.values()))
    for (organiser, key), reached in places.items():
        wanted = set().union(*(pages.get(place, set()) for place in reached))
        ensure_page_group(f"{PAGE_GROUP_NAME}{key}", organiser, wanted)
    fill_groups(PAGE_GROUP_NAME, people)


def pages_at(places: set) -> dict:
    """Return the pages at each place, in whatever language; a query for each kind."""
    found = {}
    for kind in (PlaylistPage, ActivityPage):
        rows = kind.objects.filter(translation_key__in={key for _organiser, key in places})
        for organiser, key, pk in rows.values_list("organiser", "translation_key", "pk"):
            found.setdefault((organiser, key), set()).add(pk)
    return found


def ensure_page_group(name: str, organiser_id: int, pages: set) -> None:
    """Let a group of page authors change and publish exactly these pages, with pictures and documents of its own."""
    group, is_new = Group.objects.get_or_create(name=name)
    held = set(GroupPagePermission.objects.filter(group=group).values_list("page", flat=True))
    GroupPagePermission.objects.filter(group=group, page__in=held - pages).delete()
    give_page_rights(group, pages, PAGE_ROLE_RIGHTS)
    if is_new:
        organiser = Organiser.objects.get(pk=organiser_id)
        authors = Group.objects.get(name=f"{GROUP_NAME}{organiser.key}")
        give_rights(group, GROUP_RIGHTS)
        ensure_collection(group, organiser, above=ensure_collection(authors, organiser))


def fill_groups(prefix: str, wanted: set) -> None:
    """Let exactly these people, by name of the group, be in the groups whose name begins so."""
    held = set(
        Group.user_set.through.objects.filter(group__name__startswith=prefix).values_list("group__name", "person_id")
    )
    groups = {group.name: group for group in Group.objects.filter(name__in={name for name, _person in wanted ^ held})}
    for name, person in wanted ^ held:
        if name in groups:
            change = groups[name].user_set.add if (name, person) in wanted else groups[name].user_set.remove
            change(person)
