"""Every page kind there is, once: its name, its address, and who opens it."""

from dataclasses import dataclass

from tests.label_page_kinds import FIND_LABEL, label_page_kinds

CHILD = "young@example.org"
OWNER, REVIEWER, LEARNER, ADMIN, GUEST, APPLICANT, ASKED, COORDINATOR = (
    "ruta.k@example.org",
    "jonas.p@example.org",
    "learner02@example.org",
    "hanna.w@example.org",
    "learner01@example.org",
    "learner03@example.org",
    "ana.z@example.org",
    "petra.n@example.org",
)


@dataclass(frozen=True)
class PageKind:
    """One kind of page and an example of it."""

    name: str
    path: str
    person: str = ""
    status: int = 200


def page_kinds(demo: dict, found: dict) -> list[PageKind]:
    """Return the kinds with examples from a demo; `found` holds addresses that only its owner knows."""
    first = {kind: addresses[0].removeprefix(demo["base_url"]) for kind, addresses in demo["examples"].items()}
    return [
        PageKind("home", "/en/"),
        PageKind("playlists", "/en/playlists/"),
        PageKind("activities", "/en/activities/"),
        PageKind("activities-narrowed", "/en/activities/?q=repair&mode=on-site&kind=workshop"),
        PageKind("activities-none", "/en/activities/?q=zeppelin"),
        PageKind("activities-refused", f"/en/activities/?q={'x' * 200}", status=422),
        PageKind("map", "/en/map/"),
        PageKind("map-none", "/en/map/?q=zeppelin"),
        PageKind("organisers", "/en/organisers/"),
        PageKind("organisers-of-a-city", "/en/organisers/?city=vilnius"),
        PageKind("cities", "/en/cities/"),
        PageKind("city", "/en/cities/vilnius/"),
        PageKind("badge-catalogue", "/en/badges/"),
        PageKind("open-badge", "/en/badges/what-is-an-open-badge/"),
        PageKind("checking", "/en/badges/how-to-check/"),
        PageKind("page", "/en/about/"),
        PageKind("faq", "/en/faq/"),
        PageKind("guides", "/en/guides/"),
        PageKind("guide", "/en/guides/label-guide/"),
        PageKind("guide-chapter", "/en/guides/label-guide/label-guide-3/"),
        PageKind("help", "/en/help/"),
        PageKind("help-search", "/en/help/?q=badge"),
        PageKind("help-search-none", "/en/help/?q=zebra"),
        PageKind("help-page", "/en/help/help-check-badge/"),
        PageKind("news", "/en/news/"),
        PageKind("news-page", "/en/news/training-stara-vrba/"),
        PageKind("library", "/en/library/"),
        PageKind("library-narrowed", "/en/library/?level=local&country=LT"),
        PageKind("strategy", "/en/library/strategy-vilnius/"),
        PageKind("curriculum", "/en/library/curriculum-online/"),
        PageKind("recommendation", "/en/library/recommendation-barcelona/"),
        PageKind("publication", "/en/library/six-countries/"),
        PageKind("playlist", first["playlist"]),
        PageKind("playlist-joined", first["playlist"], LEARNER),
        PageKind("activity", first["activity"]),
        PageKind("activity-evidence", found["evidence_activity"], LEARNER),
        PageKind("activity-quiz", found["quiz_activity"], LEARNER),
        PageKind("activity-dates", found["activity_dates"], LEARNER),
        PageKind("activity-event", found["event"]),
        PageKind("plan", f"/activities/{found['event_key']}/plan/", found["was_there"]),
        PageKind("attendance", f"/workspace/network/dates/of/{found['event_key']}/", ADMIN),
        PageKind("date-list", "/workspace/neris-makers/dates/", OWNER),
        PageKind("date-list-past", "/workspace/groene-fietsacademie/dates/?show=past", "daan.v@example.org"),
        PageKind("date", found["date"], OWNER),
        PageKind("door", f"{found['date']}door/", OWNER),
        PageKind("check-in-late", f"{found['check_in']}over/", LEARNER, status=410),
        PageKind("organiser", first["organiser"]),
        PageKind("badge", first["badge"]),
        PageKind("badge-version", f"{first['badge']}/1"),
        PageKind("assertion", first["assertion"]),
        PageKind("claim", found["claim"]),
        PageKind("not-found", "/en/nowhere/", status=404),
        PageKind("offline", "/offline/en/"),
        PageKind("sign-in", "/accounts/login/"),
        PageKind("sign-up", "/accounts/signup/"),
        PageKind("reset", "/accounts/password/reset/"),
        PageKind("backpack", "/backpack/", LEARNER),
        PageKind("backpack-list", "/backpack/?look=list", LEARNER),
        PageKind("collections", "/backpack/collections/", LEARNER),
        PageKind("collections-none", "/backpack/collections/", GUEST),
        PageKind("collection-new", "/backpack/collections/new/", LEARNER),
        PageKind("collection", found["collection"], LEARNER),
        PageKind("collection-private", found["collection_private"], LEARNER),
        PageKind("collection-edit", f"{found['collection']}edit/", LEARNER),
        PageKind("collection-badges", f"{found['collection']}badges/", LEARNER),
        PageKind("collection-stop", f"{found['collection']}stop/", LEARNER),
        PageKind("collection-delete", f"{found['collection']}delete/", LEARNER),
        PageKind("badge-collections", found["badge_collections"], LEARNER),
        PageKind("collection-shared", found["collection_shared"]),
        PageKind("collection-embed", f"{found['collection_shared']}/embed"),
        PageKind("collection-unknown", "/collections/x", status=404),
        PageKind("lost-address", "/backpack/lost-address/", LEARNER),
        PageKind("address-request", found["address_request"], LEARNER),
        PageKind("address-answer", found["address_request"], OWNER),
        PageKind("import-add", "/backpack/add/", LEARNER),
        PageKind("learning", "/learning/", LEARNER),
        PageKind("inbox", "/inbox/", LEARNER),
        PageKind("settings", "/settings/", LEARNER),
        PageKind("data", "/settings/data/", LEARNER),
        PageKind("close", "/settings/close/", LEARNER),
        PageKind("close-duties", "/settings/close/", OWNER),
        PageKind("closed", "/closed/"),
        PageKind("return", found["return"]),
        PageKind("return-over", "/closed/x/", status=410),
        PageKind("badge-removed", found["removed"], status=410),
        PageKind("signed-in-again", "/resume/back/", LEARNER),
        PageKind("addresses", "/accounts/email/", LEARNER),
        PageKind("address-remove", found["address_remove"], LEARNER),
        PageKind("merge", "/settings/merge/", LEARNER),
        PageKind("two-step", "/accounts/2fa/", LEARNER),
        PageKind("sessions", "/accounts/sessions/", LEARNER),
        PageKind("organiser-list", "/workspace/", OWNER),
        PageKind("organiser-create", "/workspace/new/", OWNER),
        PageKind("workspace", "/workspace/neris-makers/", OWNER),
        PageKind("workspace-profile", "/workspace/neris-makers/profile/", OWNER),
        PageKind("workspace-people", "/workspace/neris-makers/people/", OWNER),
        PageKind("workspace-invite", "/workspace/neris-makers/people/invite/", OWNER),
        PageKind("workspace-roles", found["roles"], OWNER),
        PageKind("workspace-leave", "/workspace/neris-makers/leave/", REVIEWER),
        PageKind("workspace-units", "/workspace/neris-makers/units/", OWNER),
        PageKind("workspace-unit-new", "/workspace/neris-makers/units/new/", OWNER),
        PageKind("workspace-move", "/workspace/neris-camp/units/move/", OWNER),
        PageKind("verification", "/workspace/neris-makers/verification/", OWNER),
        PageKind("verification-waiting", "/workspace/zmajska-delavnica/verification/", ASKED),
        PageKind("verification-request", "/workspace/neris-camp/verification/request/", OWNER),
        PageKind("verification-change", "/workspace/neris-makers/verification/change/", OWNER),
        PageKind("verification-question", found["case"], ASKED),
        PageKind("verification-queue", "/network/verifications/", COORDINATOR),
        PageKind("verification-check", found["case"], COORDINATOR),
        PageKind("case-in-check", found["case_in_check"], COORDINATOR),
        PageKind("verification-decided", found["verified"], COORDINATOR),
        PageKind("suspend", "/network/organisers/laguna-aperta/suspend/", COORDINATOR),
        PageKind("suspension", found["suspension"], ADMIN),
        PageKind("suspension-inside", found["suspension"], OWNER),
        PageKind("unit", "/organisers/neris-camp/"),
        PageKind("organiser-with-unit", "/organisers/neris-makers/"),
        PageKind("invitation", found["invitation"], GUEST),
        PageKind("invitation-stranger", found["invitation"]),
        PageKind("invitation-other", found["invitation"], LEARNER),
        PageKind("invited", "/workspace/", GUEST),
        PageKind("ask-to-join", "/organisers/neris-makers/join/", LEARNER),
        PageKind("join-request", found["request"], APPLICANT),
        PageKind("join-request-answer", found["request"], OWNER),
        PageKind("workspace-badges", "/workspace/neris-makers/badges/", OWNER),
        PageKind("workspace-badge", found["badge_overview"], OWNER),
        PageKind("workspace-badge-new", "/workspace/neris-makers/badges/new/", OWNER),
        PageKind("workspace-badge-edit", f"{found['badge_overview']}edit/", OWNER),
        PageKind("workspace-badge-text", f"{found['badge_overview']}texts/lt/", OWNER),
        PageKind("workspace-badge-copy", f"{found['badge_overview']}copy/", OWNER),
        PageKind("micro-credential", found["micro_credential"]),
        PageKind("workspace-codes", "/workspace/neris-makers/awards/codes/", OWNER),
        PageKind("workspace-codes-new", f"{found['badge_overview']}codes/", OWNER),
        PageKind("workspace-code-poster", found["code_poster"], OWNER),
        PageKind("workspace-code-cards", found["code_cards"], OWNER),
        PageKind("workspace-code-people", f"{found['code_poster']}people/?show=waiting", OWNER),
        PageKind("workspace-code-screen", f"{found['code_poster']}1/", OWNER),
        PageKind("code-enter", "/c/"),
        PageKind("code", found["code"]),
        PageKind("code-signed-in", found["code"], LEARNER),
        PageKind("code-unknown", "/c/XXXXX-XXXXX", status=404),
        PageKind("code-sent", "/c/sent/"),
        PageKind("code-confirm", found["code_link"]),
        PageKind("code-link-over", "/c/confirm/x", status=404),
        PageKind("award-choice", f"{found['badge_overview']}award/", OWNER),
        PageKind("award-quick", f"{found['badge_overview']}award/one/?path=quick", OWNER),
        PageKind("award-described", f"{found['badge_overview']}award/one/?path=described", OWNER),
        PageKind("award-many", f"{found['badge_overview']}award/many/", OWNER),
        PageKind("award-many-described", f"{found['badge_overview']}award/many/?path=described", OWNER),
        PageKind("list-check", found["draft"], OWNER),
        PageKind("list-check-faulty", f"{found['draft']}?show=faulty", OWNER),
        PageKind("list-columns", f"{found['draft']}columns/", OWNER),
        PageKind("batch-held", found["held"], OWNER),
        PageKind("batch-finished", found["finished"], OWNER),
        PageKind("batch-by-playlist", found["batch"], OWNER),
        PageKind("awards", "/workspace/neris-makers/awards/", OWNER),
        PageKind("figures", "/workspace/neris-makers/figures/", OWNER),
        PageKind("issued-list", "/workspace/neris-makers/issued/", OWNER),
        PageKind("issued-found", "/workspace/neris-makers/issued/?status=collected", OWNER),
        PageKind("issued-none", "/workspace/neris-makers/issued/?q=nobody", OWNER),
        PageKind("issued", found["issued"], OWNER),
        PageKind("issued-correct", f"{found['issued']}correct/", OWNER),
        PageKind("issued-documents", found["supplemented"], OWNER),
        PageKind("supplement-add", f"{found['supplemented']}documents/add/", OWNER),
        PageKind("supplement-take-back", f"{found['supplemented']}documents/{found['supplement']}/take-back/", OWNER),
        PageKind("supplements-to-many", f"{found['finished']}documents/", OWNER),
        PageKind("supplements-check", found["parcel"], OWNER),
        PageKind("issued-revoke", f"{found['issued']}revoke/", OWNER),
        PageKind("issued-revoked", found["revoked"], OWNER),
        PageKind("correction-decline", found["decline"], OWNER),
        PageKind("correction-ask", found["ask"], LEARNER),
        PageKind("shown", found["shown"], LEARNER),
        PageKind("share", found["shown"].replace("/shown/", "/share/"), LEARNER),
        PageKind("portfolio", "/backpack/portfolio/", LEARNER),
        PageKind("portfolio-none", "/backpack/portfolio/", GUEST),
        PageKind("portfolio-words", "/backpack/portfolio/words/", LEARNER),
        PageKind("portfolio-choose", "/backpack/portfolio/choose/", LEARNER),
        PageKind("portfolio-shown", found["portfolio"]),
        PageKind("reader-shares", "/backpack/shares/", LEARNER),
        PageKind("reader-shares-none", "/backpack/shares/", GUEST),
        PageKind("reader-share-new", "/backpack/shares/new/", LEARNER),
        PageKind("reader-share", found["reader_share"], LEARNER),
        PageKind("reader-share-over", found["reader_share_over"], LEARNER),
        PageKind("shared", found["shared"]),
        PageKind("shared-over", found["shared_over"], status=410),
        PageKind("shared-unknown", "/shares/nothing", status=404),
        PageKind("share-private", found["private"].replace("/assertions/", "/backpack/") + "/share/", LEARNER),
        PageKind("assertion-shown", found["assertion_shown"]),
        PageKind("assertion-mine", found["assertion_shown"], LEARNER),
        PageKind("assertion-preview", f"{found['assertion_shown']}?preview", LEARNER),
        PageKind("assertion-mine-private", found["private"], LEARNER),
        PageKind("assertion-private", found["private"], status=404),
        PageKind("claim-report", f"{found['claim']}/report"),
        PageKind("reports", "/network/reports/", ADMIN),
        PageKind("imprint", "/en/imprint/"),
        PageKind("accessibility", "/en/accessibility/"),
        PageKind("page-report", f"/report/?page={first['playlist']}"),
        PageKind("page-report-unknown", "/report/?page=/en/nowhere/", status=404),
        PageKind("reported-pages", "/network/reported-pages/", COORDINATOR),
        PageKind("reported-page", found["reported"], COORDINATOR),
        PageKind("reported-page-taken", found["report_taken"], COORDINATOR),
        PageKind("workspace-reports", "/workspace/neris-makers/reports/", OWNER),
        PageKind("issuers", "/network/keys/", ADMIN),
        PageKind("verify", "/verify"),
        PageKind("known-issuers", "/network/known-issuers/", ADMIN),
        PageKind("keys", found["keys"], ADMIN),
        PageKind("key-withdraw", f"{found['keys']}1/withdraw/", ADMIN),
        PageKind("endorsement", found["endorsement"]),
        PageKind("endorsement-withdrawn", found["endorsement_withdrawn"]),
        PageKind("endorsement-asked", found["endorsement_asked"], OWNER),
        PageKind("endorsement-write", f"{found['endorsement_asked']}/write/", OWNER),
        PageKind("endorsement-offered", found["endorsement_offered"], OWNER),
        PageKind("endorsement-withdraw", f"{found['endorsement_of_neris']}/withdraw/", OWNER),
        PageKind("endorsement-whom", found["endorsement_whom"], OWNER),
        PageKind("endorsement-request", f"{found['endorsement_whom']}laguna-aperta/", OWNER),
        PageKind("endorsement-offer", found["endorsement_offer"], OWNER),
        PageKind("workspace-endorsements", "/workspace/neris-makers/endorsements/", OWNER),
        PageKind("workspace-endorsements-received", "/workspace/neris-makers/endorsements/?show=received", OWNER),
        PageKind("workspace-endorsements-none", "/workspace/neris-camp/endorsements/", OWNER),
        PageKind("workspace-endorsements-ask", "/workspace/neris-makers/endorsements/ask/", OWNER),
        PageKind("workspace-elsewhere", "/workspace/neris-makers/issued/elsewhere/", OWNER),
        PageKind("workspace-elsewhere-none", "/workspace/neris-camp/issued/elsewhere/", OWNER),
        PageKind("move-in-begin", "/workspace/neris-makers/issued/elsewhere/new/", OWNER),
        PageKind("move-in-read", found["move_in_read"], OWNER),
        PageKind("move-in-own", found["move_in_checked"], OWNER),
        PageKind("move-in-drop", f"{found['move_in_checked']}drop/", OWNER),
        PageKind("move-in-queue", "/network/move-ins/", COORDINATOR),
        PageKind("move-in-decided", "/network/move-ins/?show=decided", COORDINATOR),
        PageKind("move-in-check", found["move_in_waiting"], COORDINATOR),
        PageKind("move-in-checked", found["move_in_checked"], COORDINATOR),
        PageKind("badge-endorsed", found["badge_endorsed"], OWNER),
        PageKind("workspace-playlists", "/workspace/neris-makers/playlists/", OWNER),
        PageKind("workspace-questions", "/workspace/neris-makers/questions/", OWNER),
        PageKind("workspace-questions-answered", "/workspace/neris-makers/questions/?show=answered", OWNER),
        PageKind("workspace-question", found["question"], OWNER),
        PageKind("workspace-question-published", found["question_published"], OWNER),
        PageKind("playlist-asked", found["playlist_asked"], LEARNER),
        PageKind("questions", "/learning/questions/", LEARNER),
        PageKind("questions-none", "/learning/questions/", GUEST),
        PageKind("playlist-figures", found["playlist_figures"], OWNER),
        PageKind("page-people", found["playlist_figures"].replace("/figures/", "/people/"), OWNER),
        PageKind("roles", "/learning/roles/", GUEST),
        PageKind("roles-none", "/learning/roles/", LEARNER),
        PageKind("work-to-judge", "/learning/reviews/", GUEST),
        PageKind("work-to-judge-none", "/learning/reviews/", LEARNER),
        PageKind("workspace-reviews", "/workspace/neris-makers/reviews/", REVIEWER),
        PageKind("workspace-review", found["review"], REVIEWER),
        PageKind("look", found["look"], LEARNER),
        PageKind("look-report", found["look_report"], found["complainer"]),
        PageKind("activity-complaint", found["complained"], found["complainer"]),
        PageKind("workspace-looks", "/workspace/neris-makers/reviews/learners/", REVIEWER),
        PageKind("workspace-look", found["look_given"], REVIEWER),
        PageKind("workspace-complaints", "/workspace/neris-makers/reviews/complaints/", OWNER),
        PageKind("workspace-complaint", found["complaint"], OWNER),
        PageKind("people", "/network/people/", ADMIN),
        PageKind("person-create", "/network/people/new/", ADMIN),
        PageKind("terms", "/terms/"),
        PageKind("guardian", found["guardian"]),
        PageKind("guardian-withdraw", found["guardian_withdraw"]),
        PageKind("guardian-answered", "/guardian/answered/agreed/"),
        PageKind("guardian-link-over", "/guardian/x/", status=410),
        PageKind("waiting", "/waiting/", CHILD),
        PageKind("waiting-delete", "/waiting/delete/", CHILD),
        PageKind("privacy-notice", "/privacy/"),
        PageKind("terms-list", "/network/terms/", ADMIN),
        PageKind("terms-edit", "/network/terms/2/", ADMIN),
        PageKind("terms-preview", "/network/terms/2/preview/", ADMIN),
        PageKind("hand-over", "/network/organisers/new/", ADMIN),
        PageKind("label", "/quality-label/"),
        PageKind("label-criteria", "/quality-label/criteria/"),
        PageKind("label-criteria-draft", "/quality-label/criteria/1.1/", ADMIN),
        PageKind("judging", "/quality-label/places/", "maria.a@example.org"),
        PageKind("label-training", "/network/training/", ADMIN),
        PageKind("label-hearings", "/network/training/hearings/", ADMIN),
        PageKind("frameworks", "/network/frameworks/", ADMIN),
        PageKind("framework", "/network/frameworks/1.1/", ADMIN),
        PageKind("framework-in-force", "/network/frameworks/1.0/", ADMIN),
        PageKind("framework-begin", "/network/frameworks/new/copy/", ADMIN),
        PageKind("framework-import", "/network/frameworks/new/import/", ADMIN),
        PageKind("framework-part", "/network/frameworks/1.1/parts/B1/", ADMIN),
        PageKind("framework-thresholds", "/network/frameworks/1.1/parts/thresholds/", ADMIN),
        PageKind("framework-texts", "/network/frameworks/1.1/texts/lt/", ADMIN),
        PageKind("framework-text", "/network/frameworks/1.1/texts/lt/B1/", ADMIN),
        PageKind("framework-criterion-remove", "/network/frameworks/1.1/parts/B4/remove/", ADMIN),
        PageKind("framework-put-in-force", "/network/frameworks/1.1/in-force/", ADMIN),
        PageKind("framework-discard", "/network/frameworks/1.1/discard/", ADMIN),
        *[PageKind(*kind) for kind in label_page_kinds(found)],
        PageKind("refused", "/network/people/", LEARNER, 403),
        PageKind("dev-mail", "/dev/mail/"),
        PageKind("styleguide", "/styleguide/"),
    ]


FIND = (
    FIND_LABEL
    + """
import io
import json
import zipfile
from datetime import timedelta
from allauth.account.models import EmailAddress
from django.conf import settings
from badges.actions import Recipient, award
from badges.actions.supplement_parcels import begin_parcel
from badges.claims import claim_link, code_link
from badges.actions.lost_addresses import ask_for_address
from badges.models import AddressRequest, Assertion, AwardBatch, BadgeClass, CodeSeries, Collection, CorrectionRequest
from badges.models import Endorsement, MoveIn, Portfolio, ReaderShare, Supplement, SupplementParcel
from organisers.actions import create_organiser, request_verification, suspend_organiser, take_up_verification
from organisers.links import invitation_path
from organisers.models import Invitation, JoinRequest, Organiser, Suspension, VerificationCase
from pathways.models import (
    ActivityDate, ActivityPage, Attempt, Complaint, Enrolment, EvidenceItem, PageRole, PeerReview, PlaylistPage,
    Question, Registration,
)
from allauth.account.models import EmailAddress
from cms.demo.data import PASSWORD
from portal.accounts.guardians import agree_for_child, ask_guardian, await_guardian
from portal.accounts.links import guardian_link, withdraw_link
from portal.accounts.models import Guardian, Person, TermsVersion
from portal.accounts.terms import accept_terms, draft_terms
from badges.schedule import award_due_rows
from portal import clock
from portal.accounts.erasing import close_account, erase_person
from portal.accounts.links import return_path
from portal.accounts.models import TIME_TO_RETURN
from portal.files.gate import Admitted
from reports.models import Report
neris = Organiser.objects.get(slug="neris-makers")
english = ActivityPage.objects.live().filter(locale__language_code="en")
issued = Assertion.objects.out().of(neris)
asked = CorrectionRequest.objects.of(neris).open().first()
cards, poster = CodeSeries.objects.of(neris)[:2]
if not Suspension.objects.exists():
    ruta, petra = (Person.objects.get(email=f"{name}@example.org") for name in ["ruta.k", "petra.n"])
    facts = {
        "by": ruta, "language": "en", "description": "We mend.", "country": "LT",
        "website": "https://lamps.example.org", "contact_email": ruta.email,
    }
    checked = create_organiser(name="Shoe Corner", slug="shoe-corner", **facts)
    ruta = Person.objects.get(pk=ruta.pk)
    case = request_verification(checked, by=ruta, registration="304 111 222", signatory="Ruta", values_version="1")
    take_up_verification(case, by=petra)
    words = "Two families say that nobody was with the children on Saturday."
    shut = create_organiser(name="Lamp Corner", slug="lamp-corner", **facts)
    suspend_organiser(shut, reason="safety", words=words, is_urgent=True, by=petra)
if not Person.objects.exclude(closed_at=None).exists():
    leavers = [
        Person.objects.create_user(f"{name}@example.org", None, name=name.title(), country="LT", is_of_age=True)
        for name in ("leaving", "gone")
    ]
    for one in leavers:
        EmailAddress.objects.create(user=one, email=one.email, verified=True, primary=True)
    gone = BadgeClass.objects.of(neris).published().first()
    award(gone, [Recipient(leavers[1].email, "Gone", leavers[1])], by=None, source="playlist", once_key="gone")
    while award_due_rows():
        pass
    close_account(leavers[0])
    with clock.moved_to(-TIME_TO_RETURN - timedelta(hours=1)):
        close_account(leavers[1])
    erase_person(leavers[1])
supplement = Supplement.objects.standing().filter(is_public=True).first()
if not SupplementParcel.objects.exists():
    papers = io.BytesIO()
    with zipfile.ZipFile(papers, "w") as archive:
        archive.writestr("one.txt", "Six hours.")
        archive.writestr("other.txt", "Four hours.")
    begin_parcel(
        AwardBatch.objects.of(neris).filter(source="list", state="out").first(),
        archive=Admitted("papers.zip", papers.getvalue(), "application/zip"),
        table=Admitted(
            "people.csv", b"who,file\\nlearner03@example.org,one.txt\\nnobody@example.org,one.txt\\n", "text/csv"
        ),
        by=Person.objects.get(email="ruta.k@example.org"),
    )
if not Guardian.objects.exists():
    for email, name in [("young@example.org", "Jokūbas"), ("younger@example.org", "Liepa")]:
        child = Person.objects.create_user(email, PASSWORD, name=name, country="LT")
        EmailAddress.objects.create(user=child, email=email, verified=True, primary=True)
        accept_terms(child, how="sign_up")
        await_guardian(child, email="rasa@example.org")
        ask_guardian(child)
    agree_for_child(Guardian.objects.get(child=child), name="Rasa Kalnė")
guardians = Guardian.objects.order_by("pk")
if not TermsVersion.objects.filter(in_force_on=None).exists():
    draft_terms(by=Person.objects.get(email="hanna.w@example.org"))
parcel = SupplementParcel.objects.first()
learner = Person.objects.get(email="learner02@example.org")
if not Complaint.objects.exists():
    task = english.filter(judge="reviewer", organiser=neris).order_by("pk").last()
    begun = Attempt.objects.filter(activity_key=task.translation_key).values("person")
    free = Person.objects.filter(email__startswith="learner").exclude(pk=learner.pk).exclude(pk__in=begun)[:2]
    facts = {"activity_key": task.translation_key, "organiser": neris, "submitted_at": clock.now()}
    soon = clock.today() + timedelta(days=5)
    works = [
        Attempt.objects.create(person=free[0], state="submitted", answer_due=soon, peers=2, **facts),
        Attempt.objects.create(person=free[1], state="returned", round=2, **facts),
    ]
    for work in works:
        EvidenceItem.objects.create(attempt=work, text="I mended the lamp of my aunt and wrote down each step.")
        PeerReview.objects.create(attempt=work, round=1, by=learner)
    PeerReview.objects.filter(attempt=works[1]).update(
        state="given", given_at=clock.now(), reported_as="careless", reported_at=clock.now(),
        feedback="The steps are clear. Say how you made sure that the lamp is safe.",
        checklist=[{"line": words, "met": bool(number)} for number, words in enumerate(task.lines().values())],
    )
    Complaint.objects.create(
        attempt=works[1], round=1, answer_due=soon, text="How I checked it stands in the last step, please look again.",
    )
given, look = PeerReview.objects.filter(by=learner).order_by("-pk")[:2]
running = ReaderShare.objects.of(learner).running().first()
over = ReaderShare.objects.of(learner).over().first()
second, _is_new = EmailAddress.objects.get_or_create(
    user=learner, email="learner02@home.example.org", defaults={"verified": True}
)
if not AddressRequest.objects.exists():
    facts = {"new_email": learner.email, "old_email": "learner03@example.org", "text": "I was in the group of 2024."}
    ask_for_address(by=learner, organiser=neris, **facts)
evening = ActivityDate.objects.run_by(neris).to_come().first()
asked_there = Question.objects.at(neris)
shown_question = asked_there.answered().first()
used = Enrolment.objects.on(PlaylistPage.objects.live().of(neris)).first()
if not PageRole.objects.exists():
    waiting = Attempt.objects.waiting_for(neris).first()
    guest = Person.objects.get(email="learner01@example.org")
    for key, facts in {
        (used.playlist_key, "author"): {"person": guest},
        (waiting.activity_key, "reviewer"): {"person": guest},
        (used.playlist_key, "reviewer"): {"email": guest.email},
    }.items():
        PageRole.objects.create(organiser=neris, page_key=key[0], role=key[1], **facts)
private = Assertion.objects.for_person(learner).collected().filter(published_at=None).first()
event = english.get(slug="four-days-stara-vrba")
print(json.dumps(label_pages | {
    "guardian": guardian_link(guardians[0]).removeprefix(settings.BASE_URL),
    "guardian_withdraw": withdraw_link(guardians[1]).removeprefix(settings.BASE_URL),
    "return": return_path(Person.objects.get(email="leaving@example.org")),
    "removed": Assertion.objects.exclude(erased_at=None).first().get_absolute_url(),
    "case": VerificationCase.objects.open().last().get_absolute_url(),
    "case_in_check": VerificationCase.objects.being_checked().first().get_absolute_url(),
    "verified": VerificationCase.objects.of(neris).last().get_absolute_url(),
    "suspension": Suspension.objects.first().get_absolute_url(),
    "event": event.get_url_parts()[2],
    "event_key": str(event.translation_key),
    "was_there": Registration.objects.attended().filter(activity_key=event.translation_key).first().person.email,
    "reported": Report.objects.get(state="waiting").get_absolute_url(),
    "report_taken": Report.objects.get(state="in_hand").get_absolute_url(),
    "evidence_activity": english.filter(judge="reviewer").order_by("pk").first().get_url_parts()[2],
    "quiz_activity": english.filter(judge="quiz").order_by("pk").first().get_url_parts()[2],
    "claim": claim_link(Assertion.objects.out().waiting().filter(erased_at=None).first()),
    "invitation": invitation_path(Invitation.objects.open().first()),
    "request": JoinRequest.objects.open().first().get_absolute_url(),
    "roles": f"/workspace/neris-makers/people/{neris.memberships.last().person_id}/",
    "badge_overview": BadgeClass.objects.of(neris).get(texts__name="Civic Tech Starter").workspace_url,
    "micro_credential": BadgeClass.objects.filter(kind="micro-credential").first().get_absolute_url(),
    "code_poster": poster.get_absolute_url(),
    "code_cards": cards.get_absolute_url(),
    "code": cards.codes.last().get_absolute_url(),
    "code_link": code_link(cards.people.first()).removeprefix(settings.BASE_URL),
    "batch": AwardBatch.objects.of(neris).filter(source="playlist").first().get_absolute_url(),
    "draft": AwardBatch.objects.of(neris).drafts().first().get_absolute_url(),
    "held": AwardBatch.objects.of(neris).held().first().get_absolute_url(),
    "finished": AwardBatch.objects.of(neris).filter(source="list", state="out").first().get_absolute_url(),
    "issued": asked.assertion.workspace_url,
    "keys": f"/network/keys/{issued.first().issuer.key}/",
    "revoked": issued.revoked().first().workspace_url,
    "decline": f"/workspace/neris-makers/issued/requests/{asked.pk}/",
    "ask": f"/backpack/{issued.get(batch__source='list', email='learner02@example.org').key}/correction/",
    "collection": Collection.objects.get(visibility="public").get_absolute_url(),
    "collection_private": Collection.objects.get(visibility="private").get_absolute_url(),
    "collection_shared": Collection.objects.get(visibility="public").shared_url,
    "badge_collections": f"/backpack/{Collection.objects.get(visibility='public').items.first().key}/collections/",
    "shown": f"/backpack/{issued.get(batch__source='list', email='learner02@example.org').key}/shown/",
    "assertion_shown": issued.get(batch__source='list', email='learner02@example.org').get_absolute_url(),
    "portfolio": Portfolio.objects.get(person=learner).address.removeprefix(settings.BASE_URL),
    "reader_share": running.get_absolute_url(),
    "reader_share_over": over.get_absolute_url(),
    "shared": running.address.removeprefix(settings.BASE_URL),
    "shared_over": over.address.removeprefix(settings.BASE_URL),
    "private": private.get_absolute_url(),
    "address_request": AddressRequest.objects.first().get_absolute_url(),
    "address_remove": f"/settings/addresses/{second.pk}/remove/",
    "supplemented": supplement.assertion.workspace_url,
    "supplement": str(supplement.key),
    "parcel": parcel.get_absolute_url(),
    "endorsement": Endorsement.objects.received(neris).get(kind="badge").get_absolute_url(),
    "badge_endorsed": Endorsement.objects.received(neris).get(kind="badge").subject().url,
    "endorsement_withdrawn": Endorsement.objects.ended().first().get_absolute_url(),
    "endorsement_asked": Endorsement.objects.get(state="asked").get_absolute_url(),
    "endorsement_offered": Endorsement.objects.get(state="offered").get_absolute_url(),
    "endorsement_of_neris": Endorsement.objects.given_by(neris).first().get_absolute_url(),
    "endorsement_whom": f"/endorsements/ask/organiser/{neris.key}/",
    "endorsement_offer": f"/endorsements/offer/organiser/{Organiser.objects.get(slug='laguna-aperta').key}/",
    "move_in_read": MoveIn.objects.get(state="read").get_absolute_url(),
    "move_in_waiting": MoveIn.objects.handed_in().get().get_absolute_url(),
    "move_in_checked": MoveIn.objects.checked().get().get_absolute_url(),
    "activity_dates": evening.page.get_url_parts()[2],
    "date": f"/workspace/neris-makers/dates/{evening.key}/",
    "check_in": f"/check-in/{evening.key}/",
    "look": f"/looks/{look.pk}/",
    "look_report": f"/looks/{given.pk}/report/",
    "look_given": given.get_absolute_url(),
    "complained": ActivityPage.objects.get(
        translation_key=given.attempt.activity_key, locale__language_code="en"
    ).get_url_parts()[2],
    "complainer": given.attempt.person.email,
    "complaint": Complaint.objects.first().get_absolute_url(),
    "question": asked_there.open().first().workspace_url,
    "question_published": shown_question.workspace_url,
    "playlist_asked": PlaylistPage.objects.original(shown_question.page_key).get_url_parts()[2],
    "playlist_figures": f"/workspace/neris-makers/playlists/{used.playlist_key}/figures/",
    "review": f"/workspace/neris-makers/reviews/{Attempt.objects.waiting_for(neris).first().pk}/",
}))
"""
)
