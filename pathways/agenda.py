"""What an author says of a training event: what it is for, its days, who trains, and how one gets there."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock


class SessionBlock(blocks.StructBlock):
    """One session of a day."""

    begins = blocks.TimeBlock(label=_("begins"))
    ends = blocks.TimeBlock(label=_("ends"), required=False)
    title = blocks.CharBlock(label=_("title"), max_length=200)
    who = blocks.CharBlock(label=_("who leads it"), max_length=200, required=False, default="")

    def clean(self, value):
        """Want an end after the beginning."""
        cleaned = super().clean(value)
        if cleaned["ends"] and cleaned["ends"] <= cleaned["begins"]:
            message = ValidationError(_("This is not after it begins."))
            raise blocks.StructBlockValidationError(block_errors={"ends": message})
        return cleaned


class DayBlock(blocks.StructBlock):
    """One day with its sessions."""

    day = blocks.DateBlock(label=_("day"))
    title = blocks.CharBlock(label=_("title"), max_length=150, required=False, default="")
    sessions = blocks.ListBlock(SessionBlock(), label=_("sessions"), min_num=1, max_num=20)


class TrainerBlock(blocks.StructBlock):
    """Somebody who trains."""

    name = blocks.CharBlock(label=_("name"), max_length=150)
    role = blocks.CharBlock(label=_("role"), max_length=150, required=False, default="")
    organisation = blocks.CharBlock(label=_("organisation"), max_length=150, required=False, default="")
    text = blocks.TextBlock(label=_("in a few sentences"), max_length=800, required=False, default="")
    portrait = ImageBlock(label=_("portrait"), required=False)


class LogisticsBlock(blocks.StructBlock):
    """Where it is and what one has to know before leaving home."""

    host = blocks.CharBlock(label=_("host"), max_length=200, required=False, default="")
    place = blocks.TextBlock(label=_("place"), max_length=500)
    way = blocks.TextBlock(label=_("how to get there"), max_length=1500, required=False, default="")
    costs = blocks.TextBlock(label=_("who pays what"), max_length=1500, required=False, default="")
    contact = blocks.CharBlock(
        label=_("contact"), max_length=200, required=False, default="", help_text=_("Everybody can read it.")
    )

    class Meta:
        icon = "site"
        label = _("place and travel")
        template = "pathways/blocks/logistics.html"


EVENT = [
    (
        "objectives",
        blocks.ListBlock(
            blocks.CharBlock(label=_("objective"), max_length=300),
            icon="tasks",
            label=_("objectives"),
            template="pathways/blocks/objectives.html",
        ),
    ),
    (
        "agenda",
        blocks.ListBlock(
            DayBlock(), icon="calendar", label=_("agenda"), min_num=1, template="pathways/blocks/agenda.html"
        ),
    ),
    (
        "trainers",
        blocks.ListBlock(TrainerBlock(), icon="group", label=_("trainers"), template="pathways/blocks/trainers.html"),
    ),
    ("logistics", LogisticsBlock()),
]
