from django.db import migrations, models


def give_the_role_to_moderators(apps, schema_editor):
    """Let those who were made moderators by hand stay editors: from now on the group follows the role."""
    people = apps.get_model("accounts", "Person").objects.filter(groups__name="Moderators", erased_at=None)
    for person in people:
        apps.get_model("accounts", "NetworkRole").objects.get_or_create(person=person, role="editor", ends_on=None)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_offered_languages"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.AlterField(
            model_name="networkrole",
            name="role",
            field=models.CharField(
                choices=[
                    ("network_admin", "Network admin"),
                    ("coordinator", "Coordinator"),
                    ("assessor", "Assessor"),
                    ("lead_assessor", "Lead assessor"),
                    ("training_reviewer", "Training reviewer"),
                    ("editor", "Editor of the site"),
                ],
                max_length=20,
                verbose_name="role",
            ),
        ),
        migrations.RunPython(give_the_role_to_moderators, migrations.RunPython.noop),
    ]
