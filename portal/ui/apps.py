from django.apps import AppConfig

from portal.ui.faults import speak_plainly


class UiConfig(AppConfig):
    """What every page is made of: components, icons, panels, the styleguide."""

    name = "portal.ui"
    label = "ui"

    def ready(self):
        """Let every form speak our words."""
        speak_plainly()
