"""What editors build the pages of the public site from."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from pathways.blocks import CHECKLIST, FileBlock, PictureBlock, QuoteBlock

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class StepBlock(blocks.StructBlock):
    """One stop on a way."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    text = blocks.TextBlock(label=_("what happens"), max_length=1000, required=False, default="")


class QuestionBlock(blocks.StructBlock):
    """A question that readers ask, and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=250)
    answer = blocks.RichTextBlock(label=_("answer"), features=["bold", "italic", "ol", "ul", "link"])

    class Meta:
        icon = "help"
        label = _("question with answer")
        template = "cms/blocks/question.html"


class FactBlock(blocks.StructBlock):
    """A name and what is true of it."""

    name = blocks.CharBlock(label=_("name"), max_length=100)
    value = blocks.CharBlock(label=_("what it is"), max_length=400)


def named_countries() -> list[tuple[str, str]]:
    """All countries by code and name, in the language of the editor."""
    return list(countries)


class Partner(blocks.StructValue):
    """Somebody who takes part, and where they are at home."""

    @property
    def country_name(self) -> str:
        """The country in the reader's language; empty where none is named."""
        return countries.name(self.get("country") or "")


class LogoBlock(blocks.StructBlock):
    """Who takes part: by name and country, with a logo and an address where there are any."""

    name = blocks.CharBlock(label=_("name"), max_length=150)
    country = blocks.ChoiceBlock(label=_("country"), choices=named_countries, required=False)
    logo = ImageBlock(label=_("logo"), required=False)
    address = blocks.URLBlock(label=_("website"), required=False, default="")

    class Meta:
        value_class = Partner


class LogosBlock(blocks.StructBlock):
    """Those who take part or support, with the notice that the Union asks for where it paid a part."""

    logos = blocks.ListBlock(LogoBlock(), label=_("logos"))
    is_cofunded = blocks.BooleanBlock(label=_("with the notice of co-funding by the European Union"), required=False)

    class Meta:
        icon = "group"
        label = _("logos")
        template = "cms/blocks/logos.html"


class ActionBlock(blocks.StructBlock):
    """What to do next, as a button that leads to a page of the site or to an address."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    text = blocks.CharBlock(label=_("text"), max_length=300, required=False, default="")
    button = blocks.CharBlock(label=_("words on the button"), max_length=60)
    page = blocks.PageChooserBlock(label=_("page"), required=False)
    address = blocks.CharBlock(
        label=_("or address"),
        max_length=250,
        required=False,
        default="",
        help_text=_("Such as https://example.org/ or, on this portal, /quality-label/."),
    )

    def clean(self, value):
        """Want one place to lead to, and an address that a browser follows."""
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            message = ValidationError(_("Choose a page or write an address."))
            raise blocks.StructBlockValidationError(block_errors={"address": message})
        address = cleaned["address"]
        if address and not address.startswith("https://") and (address[0] != "/" or address[:2] == "//"):
            message = ValidationError(_("Begin with https://, or with / for an address of this portal."))
            raise blocks.StructBlockValidationError(block_errors={"address": message})
        return cleaned

    class Meta:
        icon = "arrow-right"
        label = _("call to action")
        template = "cms/blocks/action.html"


CONTENT = [
    ("text", blocks.RichTextBlock(label=_("text"), features=RICH_TEXT, template="pathways/blocks/text.html")),
    ("picture", PictureBlock()),
    ("quote", QuoteBlock()),
    CHECKLIST,
    (
        "steps",
        blocks.ListBlock(StepBlock(), icon="list-ol", label=_("steps"), template="cms/blocks/steps.html"),
    ),
    ("question", QuestionBlock()),
    ("facts", blocks.ListBlock(FactBlock(), icon="table", label=_("facts"), template="cms/blocks/facts.html")),
    ("download", FileBlock()),
    ("logos", LogosBlock()),
    ("action", ActionBlock()),
]
