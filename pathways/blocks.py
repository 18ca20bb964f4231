"""What authors build an activity from: the parts of its text, and the questions of its quiz."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from badges.models import BadgeClass
from pathways.quiz import MULTIPLE, NUMERIC, ORDER, SHORT, SINGLE
from portal.asked import KEY

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]


# --- text -------------------------------------------------------------------------------------------------------------


class PictureBlock(blocks.StructBlock):
    """A picture; its description is asked for unless it only decorates."""

    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False, default="")

    class Meta:
        icon = "image"
        label = _("picture")
        template = "pathways/blocks/picture.html"


class RecordingBlock(blocks.StructBlock):
    """Something to watch or to hear, and the same to read."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    file = DocumentChooserBlock(label=_("file"))

    def clean(self, value):
        """Want a file of a kind that browsers play."""
        cleaned = super().clean(value)
        if cleaned["file"].file_extension.lower() not in self.meta.kinds:
            names = ", ".join(self.meta.kinds).upper()
            message = _("Browsers do not play this kind of file. Choose one of these: %(names)s.") % {"names": names}
            raise blocks.StructBlockValidationError(block_errors={"file": ValidationError(message)})
        return cleaned


class VideoBlock(RecordingBlock):
    """A film with captions and with all that is said in it."""

    captions = DocumentChooserBlock(
        label=_("captions"), help_text=_("A WebVTT file (.vtt). Films without words need none."), required=False
    )
    transcript = blocks.TextBlock(label=_("what is said and seen"))

    def clean(self, value):
        """Want captions that browsers read."""
        cleaned = super().clean(value)
        if cleaned["captions"] and cleaned["captions"].file_extension.lower() != "vtt":
            message = ValidationError(_("Captions are WebVTT files: their name ends with .vtt."))
            raise blocks.StructBlockValidationError(block_errors={"captions": message})
        return cleaned

    class Meta:
        icon = "media"
        label = _("film")
        kinds = ("mp4", "webm")
        template = "pathways/blocks/video.html"


class AudioBlock(RecordingBlock):
    """A recording with all that is said in it."""

    transcript = blocks.TextBlock(label=_("what is said"))

    class Meta:
        icon = "media"
        label = _("recording")
        kinds = ("mp3", "ogg", "oga", "m4a", "wav")
        template = "pathways/blocks/audio.html"


class FileBlock(blocks.StructBlock):
    """A file to take along."""

    file = DocumentChooserBlock(label=_("file"))
    about = blocks.CharBlock(label=_("what is in it"), max_length=250, required=False, default="")

    class Meta:
        icon = "download"
        label = _("file")
        template = "pathways/blocks/file.html"


class QuoteBlock(blocks.StructBlock):
    """Somebody else's words."""

    text = blocks.TextBlock(label=_("words"), max_length=1000)
    who = blocks.CharBlock(label=_("who said it"), max_length=150, required=False, default="")
    source = blocks.URLBlock(label=_("where"), required=False, default="")

    class Meta:
        icon = "openquote"
        label = _("quote")
        template = "pathways/blocks/quote.html"


class OutsideValue(blocks.StructValue):
    @property
    def site(self) -> str:
        """The name of the other site."""
        return urlsplit(self["address"]).hostname or ""


class OutsideBlock(blocks.StructBlock):
    """Content of another site, which is asked for nothing before the reader wants it."""

    title = blocks.CharBlock(label=_("title"), max_length=150)
    address = blocks.URLBlock(label=_("address"))
    about = blocks.CharBlock(label=_("what one finds there"), max_length=250, required=False, default="")

    class Meta:
        icon = "link-external"
        label = _("content of another site")
        value_class = OutsideValue
        template = "pathways/blocks/outside.html"


class ReflectionBlock(blocks.StructBlock):
    """A question to oneself; what learners write stays with them."""

    question = blocks.CharBlock(label=_("question"), max_length=300)

    class Meta:
        icon = "edit"
        label = _("reflection")


CHECKLIST = (
    "checklist",
    blocks.ListBlock(
        blocks.CharBlock(label=_("line"), max_length=300),
        icon="tasks",
        label=_("checklist"),
        template="pathways/blocks/checklist.html",
    ),
)
CONTENT = [
    ("text", blocks.RichTextBlock(label=_("text"), features=RICH_TEXT, template="pathways/blocks/text.html")),
    ("picture", PictureBlock()),
    ("video", VideoBlock()),
    ("audio", AudioBlock()),
    ("file", FileBlock()),
    ("quote", QuoteBlock()),
    CHECKLIST,
    ("outside", OutsideBlock()),
]


# --- rules of playlists -----------------------------------------------------------------------------------------------

LETTERS = [(letter, letter) for letter in "ABCDEF"]


class GroupBlock(blocks.StructBlock):
    """Some activities of a playlist of which so many are needed."""

    letter = blocks.ChoiceBlock(label=_("letter"), choices=LETTERS, help_text=_("The same as at its activities below."))
    title = blocks.CharBlock(label=_("title"), max_length=100)
    needed = blocks.IntegerBlock(label=_("how many are needed"), default=1, min_value=1, max_value=50)

    class Meta:
        icon = "group"
        label = _("group")


class BadgeAddressBlock(blocks.URLBlock):
    """The address of a badge of this portal."""

    def clean(self, value):
        """Want a badge that there is."""
        address = super().clean(value)
        if not BadgeClass.objects.published().filter(key__in=badge_keys([address])).exists():
            raise ValidationError(_("There is no published badge at this address."))
        return address


def badge_keys(addresses) -> list[UUID]:
    """Return the keys of the badges at some addresses."""
    found = [re.search(rf"/badges/({KEY.pattern})", address or "") for address in addresses]
    return [UUID(match[1]) for match in found if match]


class BadgesBlock(blocks.StructBlock):
    """Badges that a learner has to hold, or so many of them."""

    badges = blocks.ListBlock(BadgeAddressBlock(label=_("address of a badge")), min_num=1, max_num=20)
    needed = blocks.IntegerBlock(
        label=_("how many are needed"), required=False, min_value=1, help_text=_("Leave empty when all are needed.")
    )

    def clean(self, value):
        """Want no more than there are."""
        cleaned = super().clean(value)
        if (cleaned["needed"] or 0) > len(cleaned["badges"]):
            message = ValidationError(_("There are not that many badges in the list."))
            raise blocks.StructBlockValidationError(block_errors={"needed": message})
        return cleaned

    class Meta:
        icon = "success"
        label = _("badges")


PREREQUISITES = [
    ("badges", BadgesBlock()),
    ("playlist", blocks.PageChooserBlock(label=_("another playlist"), page_type="pathways.PlaylistPage")),
]

# --- questions --------------------------------------------------------------------------------------------------------


class OptionBlock(blocks.StructBlock):
    """One answer to choose from."""

    text = blocks.CharBlock(label=_("answer"), max_length=300)
    is_correct = blocks.BooleanBlock(label=_("this is right"), required=False)

    class Meta:
        icon = "radio-full"


class QuestionBlock(blocks.StructBlock):
    """What all questions have: the question itself, and why its answer is right."""

    question = blocks.CharBlock(label=_("question"), max_length=500)

    class Meta:
        icon = "help"


def explanation() -> blocks.TextBlock:
    return blocks.TextBlock(label=_("why"), help_text=_("Shown once the quiz is passed, or after three tries."))


class ChoiceBlock(QuestionBlock):
    """A question whose answers are chosen from a list."""

    options = blocks.ListBlock(
        OptionBlock(), default=[{"text": "", "is_correct": False}] * 2, min_num=2, max_num=8, label=_("answers")
    )
    explanation = explanation()

    def is_enough(self, right: int) -> bool:
        """Say whether so many right answers make a question."""
        return right == 1

    def clean(self, value):
        """Want as many right answers as the kind of question has."""
        cleaned = super().clean(value)
        if not self.is_enough(sum(option["is_correct"] for option in cleaned["options"])):
            raise blocks.StructBlockValidationError(block_errors={"options": ValidationError(self.meta.wanted)})
        return cleaned

    class Meta:
        label = _("question with one right answer")
        wanted = _("Mark one answer as right.")


class MultipleBlock(ChoiceBlock):
    """A question with several right answers, all of which are wanted."""

    def is_enough(self, right: int) -> bool:
        return right > 0

    class Meta:
        label = _("question with several right answers")
        wanted = _("Mark the answers that are right.")


class OrderBlock(QuestionBlock):
    """Things to bring into the right order."""

    items = blocks.ListBlock(
        blocks.CharBlock(label=_("item"), max_length=300),
        default=[""] * 3,
        min_num=2,
        max_num=8,
        label=_("in the right order"),
        help_text=_("Learners see them shuffled."),
    )
    explanation = explanation()

    class Meta:
        icon = "list-ol"
        label = _("things to put in order")


class ShortBlock(QuestionBlock):
    """A question that is answered in a word or two."""

    answers = blocks.ListBlock(
        blocks.CharBlock(label=_("answer"), max_length=100),
        default=[""],
        min_num=1,
        max_num=12,
        label=_("answers that count as right"),
        help_text=_("Capitals, accents and a full stop at the end do not matter."),
    )
    explanation = explanation()

    class Meta:
        icon = "pilcrow"
        label = _("short answer")


class NumericBlock(QuestionBlock):
    """A question that is answered by a number."""

    value = blocks.DecimalBlock(label=_("number"), max_digits=14, decimal_places=4)
    tolerance = blocks.DecimalBlock(
        label=_("how far off still counts"), default=0, min_value=0, max_digits=14, decimal_places=4
    )
    unit = blocks.CharBlock(label=_("unit"), max_length=20, required=False, default="")
    explanation = explanation()

    class Meta:
        icon = "decimal"
        label = _("number")


QUESTIONS = [
    (SINGLE, ChoiceBlock()),
    (MULTIPLE, MultipleBlock()),
    (ORDER, OrderBlock()),
    (SHORT, ShortBlock()),
    (NUMERIC, NumericBlock()),
]


# --- what is written in them ------------------------------------------------------------------------------------------


def texts_in(raw) -> Iterator[str]:
    """Return what people read in the stored form of a text, without tags and without the names of its parts."""
    if isinstance(raw, str):
        yield unescape(strip_tags(raw.replace("<", " <")))
    elif isinstance(raw, list):
        for part in raw:
            yield from texts_in(part)
    elif isinstance(raw, dict):
        for name, value in raw.items():
            if name not in {"id", "type", "address", "source"}:
                yield from texts_in(value)
