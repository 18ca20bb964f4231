"""The pages of the tree, before Wagtail serves them itself; its own tools stand under `_util`."""

from django.urls import re_path

from cms.routing import page_of_tree

urlpatterns = [re_path(r"^(?!_util/)((?:[\w\-]+/)*)$", page_of_tree, name="wagtail_serve")]
