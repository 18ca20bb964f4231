from django.apps import AppConfig

from portal.ui.panels import register


class QualityLabelConfig(AppConfig):
    name = "quality_label"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        register("account_links", "quality_label.panels.account_links")
        register("organiser_seals", "quality_label.panels.seal")
