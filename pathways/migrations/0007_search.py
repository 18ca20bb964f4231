"""Keep the words that a page is found by; PostgreSQL learns to find words with a slip in them."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from pathways.blocks import texts_in
from portal.folding import spellings


def fill(apps, schema_editor):
    for name in ["ActivityPage", "PlaylistPage"]:
        model = apps.get_model("pathways", name)
        for page in model.objects.iterator():
            words = [page.title, page.summary, *texts_in(page.body.get_prep_value())]
            model.objects.filter(pk=page.pk).update(search_text=spellings(" ".join(words)))


class Migration(migrations.Migration):
    dependencies = [("pathways", "0006_guests")]

    operations = [
        TrigramExtension(),
        migrations.AddField("activitypage", "search_text", models.TextField(default="", editable=False)),
        migrations.AddField("playlistpage", "search_text", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
