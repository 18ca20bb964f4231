from django.apps import AppConfig


class UiConfig(AppConfig):
    """What every page is made of: components, icons, panels, the styleguide."""

    name = "portal.ui"
    label = "ui"
