from django.db import migrations


class Migration(migrations.Migration):
    """The words are put together from the places when they are read, each in its reader's language."""

    dependencies = [
        ("quality_label", "0003_reviews_opened_again"),
    ]

    operations = [
        migrations.RemoveField(model_name="return", name="words"),
    ]
