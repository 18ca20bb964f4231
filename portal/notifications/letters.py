"""Rendering: a row of the outbox becomes a message, a row of the inbox a line."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation

from portal.folding import printable


def letter(mail) -> EmailMultiAlternatives:
    """Return the message of an outgoing mail, in its language."""
    with translation.override(mail.language):
        facts = {
            "about": mail.about(),
            "person": mail.person,
            "facts": mail.facts,
            "base_url": settings.BASE_URL,
            "network_name": settings.NETWORK_NAME,
            "language": mail.language,
        }
        subject = one_line(mail.template("subject.txt"), facts)
        message = EmailMultiAlternatives(
            subject=subject,
            body=plain(mail.template("txt"), facts).strip() + "\n",
            to=[mail.to],
            headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string(mail.template("html"), {**facts, "subject": subject}), "text/html")
    return message


def plain(template, facts) -> str:
    """Render a template of plain text, in which nothing is escaped."""
    return get_template(template).template.render(Context(facts, autoescape=False))


def one_line(template, facts) -> str:
    """Render a subject: whatever a name holds, it stays one line."""
    return printable(" ".join(plain(template, facts).split()))


def inbox_lines(notifications) -> list[dict]:
    """Return title, link and time of each line; one query for each kind of object."""
    by_type = {}
    for line in notifications:
        by_type.setdefault(line.object_type, []).append(line)
    found = {object_type: objects_of(lines) for object_type, lines in by_type.items() if object_type}
    lines = []
    for line in notifications:
        about = found.get(line.object_type, {}).get(line.object_id)
        title = one_line(line.template("subject.txt"), {"about": about, "facts": line.facts, "person": line.person})
        lines.append(
            {"title": title, "link": link_to(about, line.event), "at": line.created_at, "is_new": not line.read_at}
        )
    return lines


def link_to(about, event: str) -> str:
    """Return where a line leads: to what it is about, or to the page that this names for the event."""
    if hasattr(about, "news_url"):
        return about.news_url(event)
    return about.get_absolute_url() if hasattr(about, "get_absolute_url") else ""


def objects_of(lines) -> dict:
    """Fetch what lines of one kind are about, by key, along with the words that their letters name."""
    rows = lines[0].about_model()._default_manager.filter(pk__in=[line.object_id for line in lines])
    return {str(obj.pk): obj for obj in (rows.with_words() if hasattr(rows, "with_words") else rows)}
