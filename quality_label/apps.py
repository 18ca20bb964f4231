from django.apps import AppConfig


class QualityLabelConfig(AppConfig):
    name = "quality_label"
    default_auto_field = "django.db.models.BigAutoField"
