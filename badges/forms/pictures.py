"""The part of the badge editor's form that makes the picture."""

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from badges import art
from portal.files.fields import PictureField

SHAPE_NAMES = {
    "hexagon": _("hexagon"),
    "circle": _("circle"),
    "shield": pgettext_lazy("shape", "shield"),
    "octagon": _("octagon"),
    "square": _("square"),
    "flower": _("flower"),
}
PALETTE_NAMES = {
    "teal": _("teal"),
    "blue": _("blue"),
    "berry": _("berry"),
    "violet": _("violet"),
    "moss": _("moss green"),
    "clay": _("clay"),
    "lake": _("lake blue"),
    "ink": _("ink"),
    "ochre": _("ochre"),
    "rose": _("rose"),
}
SYMBOL_NAMES = {
    "path": _("path"), "peak": _("peak"), "wave": _("waves"), "leaf": _("leaf"), "voice": _("speech bubble"),
    "wheel": _("wheel"), "spark": _("spark"), "book": _("book"), "eye": _("eye"), "wrench": _("wrench"),
    "heart": _("heart"), "sun": _("sun"), "bulb": _("light bulb"), "house": _("house"), "bridge": _("bridge"),
    "people": _("people"), "globe": _("globe"), "music": _("music"), "camera": _("camera"), "pen": _("pen"),
    "brush": _("brush"), "seed": _("seedling"), "drop": _("drop"), "compass": _("compass"), "flag": _("flag"),
    "key": _("key"), "shield": pgettext_lazy("symbol", "shield"), "scales": _("scales"), "code": _("code"),
    "flask": _("flask"), "chart": _("chart"), "puzzle": _("puzzle"), "cup": _("cup"), "tree": _("tree"),
    "star": _("star"), "clock": _("clock"), "bread": _("bread"), "mask": _("mask"),
}  # fmt: skip
DRAWING = _("%(shape)s with the symbol “%(symbol)s”; colours: %(colours)s")
SEED = RegexValidator(r"^[\w.-]{0,60}\Z")


def drawing_in_words(seed: str | None) -> str:
    """Return what the drawing of a seed shows, as a text to begin with; empty without a seed."""
    if not seed:
        return ""
    symbol, palette, shape = art.choices_of(seed)
    return capfirst(
        DRAWING % {"shape": SHAPE_NAMES[shape], "symbol": SYMBOL_NAMES[symbol], "colours": PALETTE_NAMES[palette]}
    )


class Tiles(forms.RadioSelect):
    """Radio buttons shown as pictures, each drawn from a seed in which `{}` is the choice."""

    template_name = "badges/widgets/tiles.html"

    def __init__(self, seed):
        super().__init__()
        self.seed = seed

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"seed": self.seed.format(value)}


class PictureForm(forms.Form):
    """A picture that is uploaded, or drawn from a seed with a shape, colours and a symbol of one's choice."""

    seed = forms.CharField(max_length=60, required=False, validators=[SEED], widget=forms.HiddenInput)
    shape = forms.ChoiceField(label=_("Shape"), choices=SHAPE_NAMES, required=False, widget=Tiles("tile.star.teal.{}"))
    palette = forms.ChoiceField(
        label=_("Colours"), choices=PALETTE_NAMES, required=False, widget=Tiles("tile.star.{}.circle")
    )
    symbol = forms.ChoiceField(
        label=_("Symbol"), choices=SYMBOL_NAMES, required=False, widget=Tiles("tile.{}.ink.square")
    )
    picture_file = PictureField(
        label=_("Your own picture"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP; a square of 600 × 600 pixels or more, because badges are shown from the size of a "
            "thumb to that of a page. Transparent corners look best. Leave empty to use the drawn one."
        ),
    )

    @property
    def shown_seed(self) -> str:
        """The seed whose drawing the page shows now; empty when the badge has a picture of its own."""
        seed = self["seed"].value() or ""
        if not SEED.regex.match(seed):
            return ""
        chosen = [self[name].value() for name in ("symbol", "palette", "shape")]
        known = zip(chosen, (SYMBOL_NAMES, PALETTE_NAMES, SHAPE_NAMES), strict=True)
        return art.with_choices(seed, *chosen) if seed and all(one in names for one, names in known) else seed

    @staticmethod
    def picture_initial(seed: str) -> dict:
        """Return the values that stand for a seed."""
        if not seed:
            return {"seed": "", "symbol": "", "palette": "", "shape": ""}
        return {"seed": seed} | dict(zip(("symbol", "palette", "shape"), art.choices_of(seed), strict=True))

    def clean(self):
        """Make one seed of the lines and the choices."""
        cleaned = super().clean()
        seed = cleaned.get("seed", "")
        drawn = dict(zip(("symbol", "palette", "shape"), art.choices_of(seed or art.random_seed()), strict=True))
        chosen = {name: cleaned[name] for name in drawn if cleaned.get(name)}
        if chosen:
            cleaned["seed"] = art.with_choices(seed or art.random_seed(), **drawn | chosen)
        return cleaned
