"""Addresses of the framework: what everybody reads, and where the network writes it."""

from django.urls import path

from quality_label.views import framework_parts, frameworks, public

urlpatterns = [
    path("quality-label/", public.start, name="start"),
    path("quality-label/criteria/", public.criteria, name="criteria"),
    path("quality-label/criteria/<str:name>.json", public.criteria_json, name="criteria-json"),
    path("quality-label/criteria/<str:name>/", public.criteria_version, name="criteria-version"),
    path("network/frameworks/", frameworks.framework_list, name="framework-list"),
    path("network/frameworks/new/copy/", frameworks.framework_begin, name="framework-begin"),
    path("network/frameworks/new/import/", frameworks.framework_import, name="framework-import"),
    path("network/frameworks/<str:name>/", frameworks.framework_detail, name="framework"),
    path("network/frameworks/<str:name>/in-force/", frameworks.framework_put_in_force, name="framework-in-force"),
    path("network/frameworks/<str:name>/discard/", frameworks.framework_discard, name="framework-discard"),
    path("network/frameworks/<str:name>/parts/<str:part>/", framework_parts.part_edit, name="part-edit"),
    path("network/frameworks/<str:name>/parts/<str:area>/new/", framework_parts.criterion_create, name="criterion-new"),
    path(
        "network/frameworks/<str:name>/parts/<str:code>/remove/",
        framework_parts.criterion_remove,
        name="criterion-remove",
    ),
    path("network/frameworks/<str:name>/texts/<str:language>/", framework_parts.texts, name="texts"),
    path(
        "network/frameworks/<str:name>/texts/<str:language>/<str:part>/", framework_parts.texts_edit, name="texts-edit"
    ),
]
