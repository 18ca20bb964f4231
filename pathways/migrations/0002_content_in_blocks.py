"""The text of a page becomes the first part of its content, and the questions of a quiz say what kind they are.

Translations and their strings know a part by its id, so it is the same in every language, revision and catalogue.
"""

import json
import uuid

from django.db import migrations

PAGES = ["activitypage", "playlistpage"]


def part_of(translation_key) -> str:
    """Return the id of the part that takes the text of a page, the same in all its languages."""
    return str(uuid.uuid5(uuid.UUID(str(translation_key)), "body"))


def in_blocks(html: str, translation_key) -> str:
    """Return a text as the content field holds it."""
    parts = [{"type": "text", "value": html, "id": part_of(translation_key)}] if html else []
    return json.dumps(parts)


def named(quiz):
    """Return a quiz whose questions are called by their kind; it is a list, or a text that holds one."""
    parts = json.loads(quiz) if isinstance(quiz, str) else quiz
    for part in parts or []:
        if part.get("type") == "question":
            part["type"] = "single"
    return json.dumps(parts) if isinstance(quiz, str) else parts


def convert(content: dict) -> dict:
    """Return the content of a revision or of a translation's source with both changes."""
    if "body" in content:
        content["body"] = in_blocks(content["body"], content["translation_key"])
    if content.get("quiz"):
        content["quiz"] = named(content["quiz"])
    return content


def forwards(apps, schema_editor):
    for name in PAGES:
        model = apps.get_model("pathways", name)
        for page in model.objects.all():
            model.objects.filter(pk=page.pk).update(body=in_blocks(page.body, page.translation_key))
    activities = apps.get_model("pathways", "ActivityPage")
    for page in activities.objects.all():
        parts = list(page.quiz.raw_data)
        activities.objects.filter(pk=page.pk).update(quiz=json.dumps(named([dict(part) for part in parts])))
    types = apps.get_model("contenttypes", "ContentType").objects.filter(app_label="pathways", model__in=PAGES)
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(content_type__in=types)
    for revision in revisions.iterator():
        revision.content = convert(revision.content)
        revision.save(update_fields=["content"])
    sources = apps.get_model("wagtail_localize", "TranslationSource").objects.filter(specific_content_type__in=types)
    for source in sources:
        source.content_json = json.dumps(convert(json.loads(source.content_json)))
        source.save(update_fields=["content_json"])
    move_contexts(apps, [source.object_id for source in sources])


def move_contexts(apps, keys):
    """Let the strings of a text stand under its part."""
    for context in apps.get_model("wagtail_localize", "TranslationContext").objects.filter(
        object__in=keys, field_path="body"
    ):
        _field, _dot, rest = context.path.partition(".")
        context.path = ".".join(["body", part_of(context.object_id), *([rest] if rest else [])])
        context.path_id = uuid.uuid5(uuid.UUID("fcab004a-2b50-11ea-978f-2e728ce88125"), context.path)
        context.field_path = "body.text"
        context.save()


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0001_initial"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(forwards, elidable=True)]
