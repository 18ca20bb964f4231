"""Who runs this portal, and how accessible it is: facts that editors fill in under Settings."""

from django.conf import settings
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.models.content import said
from portal.pages import forget_pages


@register_setting(icon="info-circle")
class Operator(BaseGenericSetting):
    """Who answers for this installation."""

    name = models.CharField(_("name of the operator"), max_length=200, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=120, blank=True)
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=120, blank=True)
    register = models.CharField(_("register and number"), max_length=200, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=60, blank=True)
    responsible = models.CharField(
        _("responsible person"), max_length=200, blank=True, help_text=_("Who may act for the operator.")
    )
    tested_on = models.DateField(_("accessibility tested on"), null=True, blank=True)
    tested_how = models.TextField(_("what was tested, and how"), max_length=1000, blank=True)
    known_limits = models.TextField(
        _("known limits"), max_length=2000, blank=True, help_text=_("One in each line: what does not work, for whom.")
    )
    appeal = models.TextField(
        _("whom to turn to when the answer does not help"),
        max_length=1000,
        blank=True,
        help_text=_("Name, address and website of the body that oversees accessibility in your country."),
    )

    language = models.CharField(
        _("language of these texts"),
        max_length=10,
        choices=settings.TEXT_LANGUAGES,
        default=settings.LANGUAGE_CODE,
        db_default=settings.LANGUAGE_CODE,
        help_text=_("Readers of other languages see them as they are, marked as being in this one."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("legal_form")]),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                FieldRowPanel([FieldPanel("register"), FieldPanel("vat_number")]),
                FieldPanel("responsible"),
            ],
            heading=_("Imprint"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("tested_on"),
                FieldPanel("tested_how"),
                FieldPanel("known_limits"),
                FieldPanel("appeal"),
                FieldPanel("language"),
            ],
            heading=_("Accessibility"),
        ),
    ]

    class Meta:
        verbose_name = _("operator")

    def save(self, *args, **kwargs):
        """Save, and show strangers the new facts at once."""
        super().save(*args, **kwargs)
        forget_pages()

    @property
    def is_named(self) -> bool:
        """Whether it says who runs the portal and how to reach them."""
        return bool(self.name and self.address and self.email)

    def imprint_facts(self) -> list[dict]:
        """Return what an imprint says, without what nobody filled in."""
        facts = said(
            (gettext("Operator"), self.name),
            (gettext("Legal form"), self.legal_form),
            (gettext("Address"), self.address),
            (gettext("E-mail"), self.email),
            (gettext("Telephone"), self.phone),
            (gettext("Register and number"), self.register),
            (gettext("VAT number"), self.vat_number),
            (gettext("Responsible person"), self.responsible),
        )
        return [fact | ({"url": f"mailto:{self.email}"} if fact["value"] == self.email else {}) for fact in facts]

    def accessibility_facts(self) -> list[dict]:
        """Return when and how accessibility was tested."""
        tested = date_format(self.tested_on) if self.tested_on else ""
        facts = said((gettext("Tested on"), tested), (gettext("What was tested"), self.tested_how))
        return [fact | ({"lang": self.foreign} if fact["value"] == self.tested_how else {}) for fact in facts]

    @property
    def foreign(self) -> str:
        """The language of the texts, where the reader's is another."""
        return "" if self.language == get_language() else self.language

    def limits(self) -> list[str]:
        """Return the known limits, one by one."""
        return [line.strip() for line in self.known_limits.splitlines() if line.strip()]
