"""What authors see in the editor, what they may choose from, and what they may do with a page."""

from collections import Counter
from collections.abc import Iterator

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import InlinePanel, PageChooserPanel
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page, PagePermissionTester
from wagtail.permissions import policy_registry

from portal.ui.maps import PlacePanel


def files_in(value) -> Iterator:
    """Yield the pictures and documents that were chosen in the parts of a text."""
    if isinstance(value, (AbstractImage, AbstractDocument)):
        yield value
    elif isinstance(value, blocks.StreamValue):
        for part in value:
            yield from files_in(part.value)
    elif isinstance(value, (blocks.StructValue, blocks.list_block.ListValue)):
        for part in value.values() if isinstance(value, blocks.StructValue) else value:
            yield from files_in(part)


def files_on(page) -> Iterator:
    """Yield the pictures and documents on a page."""
    for field in page._meta.fields:
        if isinstance(field, StreamField):
            yield from files_in(getattr(page, field.name))


def may_choose(file, user) -> bool:
    """Say whether a person chooses from the collection in which a picture or document lies."""
    return policy_registry.get_by_type(type(file)).user_has_permission_for_instance(user, "choose", file)


class ActivityChooser(AdminPageChooser):
    """A chooser of activities that opens at a section of the tree until one is chosen."""

    choose_one_text = _("Choose an activity")
    section = None

    def __init__(self, target_models, **facts):
        super().__init__(target_models, **facts)
        del self.choose_one_text  # Wagtail adds the kind to it, in the language of whoever comes first

    def get_js_init_options(self, id_, name, value_data):
        options = super().get_js_init_options(id_, name, value_data)
        return {"parentId": self.section, **options} if self.section else options


class ActivityPanel(PageChooserPanel):
    """The field by which an activity is chosen."""

    def get_form_options(self):
        return super().get_form_options() | {"widgets": {self.field_name: ActivityChooser(self.page_type)}}


class RoutePanel(InlinePanel):
    """The route of a playlist: activities are looked for in the section in which the playlist lies or will lie."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **facts):
            super().__init__(**facts)
            if self.form is None or self.form.parent_page is None:
                return
            for row in [*self.children, self.empty_child]:
                row.form.fields["activity"].widget.section = self.form.parent_page.pk


class OwnPlacePanel(PlacePanel):
    """The place of an activity, on a map that begins where its organiser is."""

    class BoundPanel(PlacePanel.BoundPanel):
        def middle(self):
            return self.form.section_organiser()


class OwnBadgesForm(WagtailAdminPageForm):
    """A page form in which authors choose among the published badges and the files of the page's organiser."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if field := self.fields.get("badge_class"):
            chosen = Q(pk=self.instance.badge_class_id)  # an archived badge stays where it stands
            own = field.queryset.published().of(self.section_organiser())
            if self.is_for_page_author():
                own = own.none()
                chosen |= Q(pk__in=type(self.instance).objects.filter(pk=self.instance.pk).values("badge_class"))
            field.queryset = (own | field.queryset.filter(chosen)).prefetch_related("texts")

    def clean(self):
        """Refuse files of others; Wagtail takes any number that is sent. What stands on the page already stays."""
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            known = list(files_in(getattr(self.instance, name, None)))
            if any(file not in known and not may_choose(file, self.for_user) for file in files_in(value)):
                self.add_error(name, _("Choose pictures and documents of your own organiser."))
        return cleaned

    def is_for_page_author(self) -> bool:
        """Say whether who fills it in writes this page alone: no other badge or activity of its organiser."""
        if self.instance.pk is None or self.for_user is None:
            return False
        return self.instance.permissions_for_user(self.for_user).is_for_page_alone

    def section_organiser(self):
        """Return the organiser in whose section the page lies or will lie."""
        return (self.parent_page or self.instance.get_parent()).specific.organiser


class OwnWayForm(CopyForm):
    """A copy goes its own way: one that follows its original would take over the dates on which people have places."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


class PlaceTimeField(forms.DateTimeField):
    """A date and time as the clocks of a place show it, wherever its author is."""

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def prepare_value(self, value):
        """Show a moment in the time of the place."""
        with timezone.override(self.zone):
            return super().prepare_value(value)

    def to_python(self, value):
        """Take what was typed as the time of the place."""
        with timezone.override(self.zone):
            return super().to_python(value)


def timed_in(zone, form_class):
    """Return the form of a date in which times are those of a zone, which it names."""
    words = _("The time in %(zone)s: that of the place, or of the network when the activity is online.")

    class PlaceTimeForm(form_class):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            for name, field in self.fields.items():
                if isinstance(field, forms.DateTimeField):
                    self.fields[name] = PlaceTimeField(
                        zone=zone,
                        required=field.required,
                        label=field.label,
                        help_text=field.help_text,
                        widget=field.widget,
                    )
            if "begins_at" in self.fields:
                self.fields["begins_at"].help_text = words % {"zone": zone.key.replace("_", " ")}

    return PlaceTimeForm


class ActivityForm(OwnBadgesForm):
    """An activity judged by presence has a date at which one can be there; its dates are in the time of its place."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if dates := self.formsets.get("dates"):
            dates.form = timed_in(self.zone_of_place(), dates.form)

    def zone_of_place(self):
        """Return the time zone of the place, as it is chosen in the form or was before."""
        mode, city = self.instance.mode, self.instance.city
        if self.is_bound and "mode" in self.fields and "city" in self.fields:
            mode, chosen = self.data.get("mode"), self.data.get("city", "")
            city = self.fields["city"].queryset.filter(pk=chosen).first() if chosen.isdecimal() else None
        return type(self.instance)(mode=mode, city=city, organiser=self.section_organiser()).zone

    def clean(self):
        """Want a date where being there is what counts."""
        cleaned = super().clean()
        dates = self.formsets.get("dates")
        if dates and cleaned.get("judge") == "presence":
            dates.full_clean()  # a row says only then whether it is to go
            kept = [form for form in dates.forms if form.has_changed() or form.instance.pk]
            if not [form for form in kept if not dates._should_delete_form(form)]:
                self.add_error("judge", _("Add at least one date at which learners can be there."))
        return cleaned


class PlaylistForm(OwnBadgesForm):
    """A playlist takes the organiser's own activities, and published ones of others."""

    def clean(self):
        """Refuse an activity that the author may not see or that stands there twice, and a rule that cannot be met."""
        cleaned = super().clean()
        if "steps" not in self.formsets:
            return cleaned
        forms = [
            form for form in self.formsets["steps"].forms if form.is_valid() and not form.cleaned_data.get("DELETE")
        ]
        organiser, seen = self.section_organiser(), set()
        known = self._known_activities() if self.is_for_page_author() else None
        for form in forms:
            activity = form.cleaned_data.get("activity")
            if activity is None:
                continue
            is_new = form.instance.pk is None or "activity" in form.changed_data
            if is_new and not activity.live and activity.organiser != organiser:
                form.add_error("activity", _("Choose one of your own activities, or a published one."))
            elif is_new and not activity.others_may_use and activity.organiser != organiser:
                form.add_error("activity", _("Its organiser does not let others use this activity."))
            elif known is not None and activity.organiser == organiser and activity.translation_key not in known:
                message = _(
                    "You write for this playlist alone. Ask an author of %(name)s to put this activity into it."
                )
                form.add_error("activity", message % {"name": organiser.name})
            elif activity.translation_key in seen:
                form.add_error("activity", _("This activity stands in the playlist already."))
            seen.add(activity.translation_key)
        self._check_groups(cleaned, forms)
        if seen and (cleaned.get("required_count") or 0) > len(seen):
            self.add_error("required_count", _("There are not that many activities in the playlist."))
        return cleaned

    def _known_activities(self) -> set:
        """Return the keys of the activities that are in the playlist, or in its newest draft."""
        newest = self.instance.get_latest_revision_as_object()
        drafted = {step.activity.translation_key for step in newest.steps.select_related("activity")}
        return drafted | type(self.instance).objects.activity_keys(self.instance.translation_key)

    def _check_groups(self, cleaned, forms) -> None:
        """Refuse the letter of a group that there is not, one letter twice, and more than a group has."""
        rules = [block.value for block in cleaned.get("groups") or []]
        letters = [rule["letter"] for rule in rules]
        if len(letters) != len(set(letters)):
            self.add_error("groups", _("Each group has a letter of its own."))
        counted = Counter(form.cleaned_data.get("group") for form in forms)
        for form in forms:
            if (letter := form.cleaned_data.get("group")) and letter not in letters:
                form.add_error("group", _("There is no group with this letter."))
        for rule in rules:
            if rule["needed"] > counted[rule["letter"]]:
                message = _("The group “%(title)s” has fewer activities than it needs.")
                self.add_error("groups", message % {"title": rule["title"]})


def sees_everything(user) -> bool:
    """Say whether the whole admin is this person's business."""
    return user.is_superuser or user.has_perm("pathways.edit_any_section")


def own_or_live(pages, user):
    """Narrow a page queryset to what is published or lies in a part of the tree that the person may change."""
    if user.is_superuser:
        return pages
    mine = Q(pk__in=[])
    for page in Page.objects.filter(group_permissions__group__user=user).distinct():
        mine |= Page.objects.descendant_of_q(page, inclusive=True)
    return pages.filter(Q(live=True) | mine)


class SubpageTester(PagePermissionTester):
    """Wagtail's page permissions, tied to the role a person has today and to the organiser's verification."""

    def __init__(self, user, page):
        super().__init__(user, page)
        organiser = page.organiser if page.organiser_id else None  # a page that is not in its section yet has none
        writes_all = sees_everything(user) or (organiser is not None and organiser.is_held_by(user, "owner", "author"))
        self.is_for_page_alone = not writes_all and organiser is not None and page.is_lent_to(user, "author")
        self.holds_role = writes_all or self.is_for_page_alone
        is_verified = organiser is not None and organiser.is_verified
        self.may_go_live = is_verified or user.has_perm("pathways.publish_for_unverified")

    def can_edit(self):
        return self.holds_role and super().can_edit()

    def can_add_subpage(self):
        return self.holds_role and super().can_add_subpage()

    def can_delete(self, ignore_bulk=False):
        return self.holds_role and not self.is_for_page_alone and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return self.holds_role and super().can_unpublish()

    def can_publish(self):
        return self.holds_role and self.may_go_live and not self.page.locked and super().can_publish()

    def can_publish_subpage(self):
        return self.holds_role and self.may_go_live and super().can_publish_subpage()

    def can_reorder_children(self):
        return self.holds_role and super().can_reorder_children()

    def can_lock(self):
        return self.holds_role and super().can_lock()

    def can_unlock(self):
        return self.holds_role and super().can_unlock()


class SectionTester(SubpageTester):
    """The section itself follows its organiser: nobody edits, moves or removes it by hand."""

    def can_edit(self):
        return self.user.is_superuser and super().can_edit()

    def can_delete(self, ignore_bulk=False):
        return self.user.is_superuser and super().can_delete(ignore_bulk)

    def can_unpublish(self):
        return self.user.is_superuser and super().can_unpublish()
