"""What people write beside a page in the page editor, which its versions and its log repeat."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from wagtail.models import COMMENTS_RELATION_NAME, Comment, CommentReply, Page, PageLogEntry, Revision

from portal.accounts.models import Person
from portal.privacy import Leaver


def forget_remarks(rows: QuerySet[Comment], leaver: Leaver) -> None:
    """Delete a person's remarks, from the pages, from all their versions and from their log."""
    person = leaver.person
    logged = PageLogEntry.objects.filter(user=person.pk, action__startswith="wagtail.comments")
    pages = {
        *logged.values_list("page_id", flat=True),
        *rows.values_list("page_id", flat=True),
        *CommentReply.objects.filter(user=person).values_list("comment__page_id", flat=True),
    }
    kind = ContentType.objects.get_for_model(Page, for_concrete_model=False)
    for version in Revision.objects.filter(base_content_type=kind, object_id__in=map(str, pages)):
        if remarks := version.content.get(COMMENTS_RELATION_NAME):
            version.content[COMMENTS_RELATION_NAME] = of_others(remarks, person)
            version.save(update_fields=["content"])
    logged.update(data={})
    rows.delete()


def of_others(remarks: list[dict], person: Person) -> list[dict]:
    """Return the remarks, and the answers to them, that a person did not write."""
    left = [one for one in remarks if one["user"] != person.pk]
    return [one | {"replies": of_others(one["replies"], person)} if "replies" in one else one for one in left]
