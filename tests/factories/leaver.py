"""Somebody who left traces everywhere: a row in every registered model, with words that stand nowhere else."""

import hashlib
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models
from wagtail.models import Comment, CommentReply, Page
from wagtail.users.models import UserProfile

from badges.actions import Recipient, award, collect_badge, release_batch
from badges.actions import endorsements as endorsing
from badges.actions.assertions import ask_for_correction, report_award
from badges.actions.groups import save_group
from badges.actions.lost_addresses import ask_for_address
from badges.actions.showing import publish_badge
from badges.actions.supplement_parcels import begin_parcel
from badges.actions.supplements import add_supplement
from badges.models import Assertion, AwardBatch, Portfolio, ReaderShare
from badges.subjects import ASSERTION, find
from cms.models import Operator
from organisers.actions import ask_to_join
from pathways.models import (
    ActionPlan,
    Complaint,
    EvidenceItem,
    Judgement,
    PageRole,
    PeerReview,
    Question,
    QuizTry,
    Reflection,
    Registration,
)
from portal import clock
from portal.accounts.erasing import close_account
from portal.accounts.models import TIME_TO_RETURN, Guardian, NetworkRole, Person
from portal.accounts.schedule import erase_closed_accounts
from portal.audit.log import record
from portal.files.actions import store_file
from portal.files.gate import Admitted
from portal.notifications.actions import notify
from portal.privacy import personal_data
from quality_label.models import Declaration, Hearing, NamedPerson
from reports.models import Report
from tests.factories import badges as badge_factory
from tests.factories.accounts import PersonFactory
from tests.factories.codes import claim_code, proven_use
from tests.factories.collections import collection, imported
from tests.factories.endorsements import writer_of
from tests.factories.label import ApplicationFactory
from tests.factories.move_ins import ISSUER, checked, export_of, former_award, former_badge
from tests.factories.organisers import InvitationFactory, OrganiserFactory
from tests.factories.pathways import waiting_attempt

NAME, ADDRESS, SECOND = "Quillaxa Verdumbre", "quillaxa@verdumbre.example", "second@verdumbre.example"
SAID = ["A good hand.", "A diploma.", "What I did.", "Nothing holds it."]  # in what was signed, and in files
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


def fresh(person: Person) -> Person:
    """Return a person as read anew."""
    return Person.objects.get(pk=person.pk)


def leaver() -> Person:
    """Return somebody with two addresses, a collected and a waiting badge, and a trace of every kind."""
    person = PersonFactory(name=NAME, email=ADDRESS)
    EmailAddress.objects.create(user=person, email=SECOND, verified=True)
    badge = badge_factory.published_badge()
    _awards(person, badge)
    _learning(person)
    _account(person)
    _organisers(person)
    _label(person)
    Report.objects.create(kind="page", subject_key="1", path="/en/", reporter=person, promised_on=clock.today())
    Operator.objects.create(email=SECOND)
    ActionPlan.objects.create(
        person=person, activity_key=uuid4(), organiser=badge.organiser, goal="G", steps="S", by_when=clock.today()
    )
    return fresh(person)


def neighbour_of(person: Person) -> Assertion:
    """Return the badge of somebody else in the batch of a leaver's."""
    batch = AwardBatch.objects.get(source="single", rows__email=person.email, state="out")
    return Assertion.objects.get(batch=batch, email="neighbour@example.org")


def erased(person, capture):
    """Close a person's account, and let two weeks and all rules of the clock go by."""
    with capture(execute=True):
        close_account(person)
    with clock.moved_to(TIME_TO_RETURN + timedelta(minutes=1)), capture(execute=True):
        erase_closed_accounts()
    return fresh(person)


def _awards(person, badge):
    issuer = badge_factory.issuer_of(badge.organiser)
    told = {"narrative": "Did it.", "evidence": ["https://evidence.example/1"], "result": "92 %"}
    people = [Recipient(ADDRESS, NAME, **told), Recipient("neighbour@example.org", "Ne Ighbour")]
    batch = award(badge, people, by=issuer)
    badge_factory.carry_out()
    with clock.moved_to(timedelta(minutes=11)):
        batch = release_batch(batch, by=None)
    held = collect_badge(Assertion.objects.get(batch=batch, email=ADDRESS), by=person)
    held = publish_badge(held, by=person, shows_name=True)
    badge_factory.assertion(badge_factory.published_badge(badge.organiser, name="Second"), SECOND, NAME)  # waits
    badge_factory.held_award(badge_factory.published_badge(badge.organiser, name="Third"), ADDRESS, NAME)
    file = Admitted("diploma.txt", b"A diploma.", "text/plain")
    add_supplement(held, title="Diploma", file=file, by=fresh(issuer))
    ask_for_correction(held, by=person, text="My name.")
    report_award(held, kind="false", text="Not so.")
    endorser = OrganiserFactory(verified=True)
    asked = endorsing.ask_for_endorsement(
        find(ASSERTION, held.key), endorser=endorser, message="You know me.", by=person
    )
    endorsing.answer_request(asked, endorser=endorser, text="A good hand.", by=writer_of(asked))
    begin_parcel(
        batch,
        archive=Admitted("papers.zip", _zip({"a.txt": b"Paper."}), "application/zip"),
        table=Admitted("people.csv", f"e-mail,file\n{ADDRESS},a.txt\n".encode(), "text/csv"),
        by=fresh(issuer),
    )
    save_group(batch, "Course", by=fresh(issuer))
    proven_use(claim_code(badge_factory.published_badge(badge.organiser, name="Code")), email=ADDRESS, name=NAME)
    badge_factory.carry_out()
    checked(export=export_of(ISSUER, former_badge(), former_award(1, ADDRESS)))
    kept = collection(person, [held])
    Portfolio.objects.create(person=person).items.create(position=1, collection=kept)
    share = ReaderShare.objects.create(person=person, reader="A school", language="en", ends_at=clock.now())
    share.badges.create(position=1, assertion=held)
    imported(person)
    ask_for_address(by=person, new_email=ADDRESS, organiser=badge.organiser, old_email="old@example.org", text="Me.")
    other = PersonFactory()
    ask_for_address(by=other, new_email=other.email, organiser=badge.organiser, old_email=SECOND)
    draft = AwardBatch.objects.create(
        once_key="draft", badge_class=badge, badge_version=batch.badge_version, source="list", language="en",
        state="draft", release_at=clock.now(),
    )  # fmt: skip
    draft.rows.create(number=1, email=ADDRESS, name=NAME, cells=[ADDRESS, NAME], state="ready")


def _zip(files):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def _learning(person):
    attempt = waiting_attempt(person=person)
    item = EvidenceItem.objects.get(attempt=attempt)
    item.file = store_file(Admitted("mine.txt", b"What I did.", "text/plain"), owner=person)
    item.link = "https://evidence.example/2"
    item.save()
    QuizTry.objects.create(attempt=attempt, answers={}, percent=10, is_passed=False)
    Judgement.objects.create(attempt=attempt, round=9, outcome="returned", feedback="Once more.")
    PeerReview.objects.create(attempt=attempt, round=8, state="given", given_at=clock.now(), feedback="Not yet.")
    said = {"attempt": waiting_attempt(), "round": 8, "by": person, "set_aside_by": person, "set_aside_as": "wrong"}
    PeerReview.objects.create(**said, state="set-aside", given_at=clock.now(), feedback="Show the other one.")
    Complaint.objects.create(attempt=attempt, round=8, text="It is there.", answer_due=clock.today())
    mine = {"person": person, "activity_key": attempt.activity_key}
    Reflection.objects.create(**mine, part="1", text="I was proud.")
    facts = {"organiser": attempt.organiser, "page_key": attempt.activity_key, "title": "Brakes", "language": "en"}
    Question.objects.create(**facts, person=person, text="Which brake do you mean?")
    told = {"state": "answered", "answer": "The front one.", "answered_at": clock.now(), "answered_by": person}
    Question.objects.create(**facts, person=PersonFactory(), text="Is it far from here?", **told)
    given = {"organiser": attempt.organiser, "page_key": attempt.activity_key, "given_by": person}
    PageRole.objects.create(**given, role="reviewer", email=SECOND)
    PageRole.objects.create(**given, role="author", person=person)
    PageRole.objects.create(**given, role="author", person=PersonFactory())
    Registration.objects.create(**mine, date_key=uuid4(), organiser=attempt.organiser)


def _account(person):
    NetworkRole.objects.create(person=person, role="assessor")
    Guardian.objects.create(child=person, email="parent@example.org", name="Parent")
    Authenticator.objects.create(user=person, type="totp", data={})
    UserSession.objects.create(user=person, ip="192.0.2.7", user_agent="A browser", session_key="x" * 32)
    record("test.words", by=person, words="Something.")
    notify([person], "accounts/account_changed", about=person, facts={"change": "password_changed"})
    notify([PersonFactory()], "organisers/verification_decided", by=person)
    store_file(Admitted("loose.txt", b"Nothing holds it.", "text/plain"), owner=person)
    page = Page.objects.filter(depth=2).first()
    remark = Comment.objects.create(page=page, user=person, text="Better so.", contentpath="title", position="")
    CommentReply.objects.create(comment=remark, user=person, text="Or so.")
    page.specific.save_revision(user=person, log_action=True)
    UserProfile.objects.create(user=person).avatar.save("me.png", ContentFile(PNG))


def _organisers(person):
    OrganiserFactory(contact_email=SECOND, issuer=person)
    ask_to_join(OrganiserFactory(), by=fresh(person), message="I teach.")
    InvitationFactory(email=SECOND)
    InvitationFactory(invited_by=person, email="other@example.org")


def _label(person):
    case = ApplicationFactory()
    Declaration.objects.create(application=case, person=person, conflict="none")
    NamedPerson.objects.create(application=case, key=ADDRESS)
    held = Assertion.objects.filter(email=ADDRESS).first()
    Hearing.objects.create(assertion=held, person=person, opened_by=person, answer_by=clock.today())


# --- canaries -------------------------------------------------------------------------------------------------------

# What is looked for by itself: the person's own addresses and name, and what a key is made of.
SPOKEN_FOR = {
    *("account.EmailAddress.email", "accounts.Person.email", "accounts.Person.name", "badges.FormerAward.recipient"),
    *("badges.AddressRequest.new_email", "badges.AddressRequest.old_email", "badges.GroupMember.email"),
    *("badges.ImportedBadge.address", "quality_label.NamedPerson.key"),
    *("accounts.Person.country", "accounts.Person.language", "accounts.Person.time_zone"),
    *("badges.AwardRow.email", "badges.Assertion.email", "badges.CodeUse.email", "organisers.Invitation.email"),
    "pathways.PageRole.email",
    *("organisers.Organiser.contact_email", "notifications.OutgoingMail.to", "usersessions.UserSession.ip"),
    *("reports.Report.email", "cms.Operator.email", "files.StoredFile.content", "wagtailusers.UserProfile.avatar"),
}


def canary(label: str, name: str) -> str:
    """Return a word that stands in one column alone."""
    return "canary" + hashlib.sha256(f"{label}.{name}".encode()).hexdigest()[:12]


def worded(label: str) -> list[models.Field]:
    """Return the columns of a registered model that hold words."""
    model = apps.get_model(label)
    columns = [model._meta.get_field(name) for name in personal_data()[label].fields]
    kinds = models.CharField | models.TextField | models.JSONField | models.FileField
    return [one for one in columns if isinstance(one, kinds) and f"{label}.{one.name}" not in SPOKEN_FOR]


def set_canaries(person: Person) -> tuple[dict[str, str], list[str]]:
    """Write a word of its own into each column about a person; return them, and the models without a row."""
    words, bare = {}, []
    for label, entry in personal_data().items():
        columns = worded(label)
        row = entry.shown(person).order_by("pk").first() or entry.rows_of(person).order_by("pk").first()
        if row is None:
            if columns or any(one.startswith(f"{label}.") for one in SPOKEN_FOR):
                bare.append(label)
            continue
        for column in columns:
            word = canary(label, column.name)
            if isinstance(column, models.JSONField):
                value = [word] if column.get_default() == [] else {"words": word}
                if label == "badges.SupplementParcel":
                    value = [{"who": ADDRESS, "badge": "", "file": "", "title": word, "fault": "", "said": ""}]
            else:
                value = word
            type(row)._base_manager.filter(pk=row.pk).update(**{column.name: value})
            words[f"{label}.{column.name}"] = word
    return words, bare
