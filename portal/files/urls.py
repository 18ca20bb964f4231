from django.urls import path, register_converter

from portal.files import views
from portal.files.pictures import SHOWN_WIDTH


class DigestConverter:
    """A SHA-256 in hexadecimal."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value


register_converter(DigestConverter, "digest")

app_name = "files"
urlpatterns = [
    path("pictures/<digest:digest>.png", views.picture, name="picture"),
    path(f"pictures/<digest:digest>-{SHOWN_WIDTH}.webp", views.small_picture, name="small-picture"),
]
