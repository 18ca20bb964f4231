from django.db import migrations, models


def begin_without_name(apps, _schema_editor):
    """Ask anew whoever has not switched their portfolio on; what others read now stays as it is."""
    apps.get_model("badges", "Portfolio").objects.filter(is_shown=False).update(shows_name=False)


class Migration(migrations.Migration):
    dependencies = [("badges", "0022_narratives_published")]

    operations = [
        migrations.AlterField("portfolio", "shows_name", models.BooleanField(default=False)),
        migrations.RunPython(begin_without_name, migrations.RunPython.noop),
    ]
