"""Documents for many badges of an award: a ZIP and a table, checked, then added in one go."""

import io
import stat
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from badges.actions import Recipient, award, release_batch, revoke_badge
from badges.actions.supplement_parcels import begin_parcel, send_parcel
from badges.actions.supplements import add_supplement
from badges.models import Assertion, Supplement, SupplementParcel
from badges.schedule import drop_forgotten_parcels
from portal import clock
from portal.files.gate import Admitted
from portal.files.models import StoredFile
from portal.notifications.models import OutgoingMail
from tests.badges.pages import said
from tests.factories.accounts import PersonFactory
from tests.factories.badges import assertion, carry_out, held_award, issuer_of, published_badge
from tests.portal.hostile import png
from tests.portal.queries import queries_of

pytestmark = pytest.mark.django_db


def pdf(number):
    return b"%%PDF-1.7\n%d\n%%%%EOF\n" % number


def address(number):
    return f"graduate{number:02}@example.org"


def zipped(files, how=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", how) as archive:
        for name, part in files.items():
            archive.writestr(name, part)
    return content.getvalue()


def awarded(count, badge=None):
    """Return a batch of so many people that is out."""
    badge = badge or published_badge()
    people = [Recipient(address(number), f"Graduate {number}") for number in range(1, count + 1)]
    batch = award(badge, people, by=issuer_of(badge.organiser))
    carry_out()
    with clock.moved_to(timedelta(minutes=11)):
        release_batch(batch, by=None)
    batch.refresh_from_db()
    return batch


@pytest.fixture
def batch():
    return awarded(3)


def begun(batch, files, table):
    return begin_parcel(
        batch,
        archive=Admitted("papers.zip", zipped(files), "application/zip"),
        table=Admitted("people.csv", table.encode(), "text/csv"),
        by=issuer_of(batch.badge_class.organiser),
    )


def begin_path(batch):
    return reverse("badges:supplement-parcel-begin", args=[batch.badge_class.organiser.slug, batch.key])


def hand_in(client, batch, archive, table="e-mail,file\ngraduate01@example.org,a.pdf\n"):
    client.force_login(issuer_of(batch.badge_class.organiser))
    files = {"archive": SimpleUploadedFile("papers.zip", archive), "table": SimpleUploadedFile("t.csv", table.encode())}
    return client.post(begin_path(batch), files)


def test_fifty_documents_are_checked_and_then_added(client):
    batch = awarded(50)
    numbers = range(1, 51)
    table = "e-mail;file;title\n" + "".join(
        f"{address(number) if number % 2 else number};papers/{number}.pdf;Diploma Supplement\n" for number in numbers
    )
    client.force_login(issuer_of(batch.badge_class.organiser))
    assert begin_path(batch) in said(client.get(batch.get_absolute_url()))

    checked = hand_in(client, batch, zipped({f"papers/{number}.pdf": pdf(number) for number in numbers}), table)

    page = said(client.get(checked["Location"]))
    assert "50 documents fit" in page
    assert "Add 50 documents" in page
    assert Supplement.objects.count() == 0
    answer = client.post(checked["Location"], follow=True)
    assert "50 documents were added" in said(answer)
    found = {one.assertion.email: one for one in Supplement.objects.select_related("assertion", "file")}
    assert {email: one.file.content.read() for email, one in found.items()} == {
        address(number): pdf(number) for number in numbers
    }
    assert {one.title for one in found.values()} == {"Diploma Supplement"}
    assert OutgoingMail.objects.filter(event="badges/supplement_added").count() == 50
    assert StoredFile.objects.count() == 50

    client.post(checked["Location"])
    assert Supplement.objects.count() == 50
    assert OutgoingMail.objects.filter(event="badges/supplement_added").count() == 50


def test_each_fault_is_said_beside_its_row(client, batch):
    badges = {badge.email: badge for badge in Assertion.objects.filter(batch=batch)}
    issuer = issuer_of(batch.badge_class.organiser)
    add_supplement(badges[address(1)], title="There", file=Admitted("old.pdf", pdf(1), "application/pdf"), by=issuer)
    revoke_badge(badges[address(3)], by=issuer, reason="A mistake.")
    macros = zipped({"word/document.xml": "<a/>", "word/vbaProject.bin": "x"})
    files = {
        "old.pdf": pdf(1),
        "new.pdf": pdf(2),
        "a/same.pdf": pdf(3),
        "b/same.pdf": pdf(4),
        "photo.png": png(),
        "macros.docx": macros,
        "page.html": "<html>",
        "forgotten.pdf": pdf(9),
    }
    rows = [
        (address(1), "old.pdf", "This document stands on the badge already."),
        ("", "new.pdf", "This row says neither an address nor a row number."),
        ("stranger@example.org", "new.pdf", "Nobody in this award has this address or row number."),
        ("99", "new.pdf", "Nobody in this award has this address or row number."),
        (address(3), "new.pdf", "This badge was revoked, replaced or turned down."),
        (address(2), "", "This row names no file."),
        (address(2), "none.pdf", "There is no file of this name in the ZIP."),
        (address(2), "same.pdf", "Several files in the ZIP have this name."),
        (address(2), "photo.png", "Pictures cannot be added to many at once."),
        (address(2), "macros.docx", "This document holds macros"),
        (address(2), "page.html", "This kind of file is not taken."),
        (address(2), "new.pdf", ""),
        (address(2), "new.pdf", "This document stands in the table twice for this badge."),
    ]

    parcel = begun(batch, files, "e-mail,file,title\n" + "".join(f"{who},{file},\n" for who, file, _said in rows))

    client.force_login(issuer)
    page = said(client.get(parcel.get_absolute_url()))
    assert [row["who"] for row in parcel.ready] == [address(2)]
    assert parcel.ready[0]["title"] == "new"
    assert [sentence for _who, _file, sentence in rows if sentence not in page] == []
    assert parcel.unused == ["forgotten.pdf"]
    assert "forgotten.pdf" in page
    assert send_parcel(parcel, by=issuer) == 1


def hostile(**part):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(part.get("name", "a.pdf"))
        info.external_attr = part.get("mode", 0o644) << 16
        archive.writestr(info, part.get("content", pdf(1)), zipfile.ZIP_DEFLATED)
    return content.getvalue()


def locked():
    content = bytearray(hostile())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("archive", "sentence"),
    [
        (b"not a zip at all", "This is not a ZIP file with documents in it."),
        (b"PK\x03\x04 and nothing", "This ZIP file is damaged"),
        (hostile(content=b"\0" * 50_000_000), "unpacks to more than 100 times its size"),
        (zipped({f"{n}.pdf": b"x" for n in range(501)}), "more than 500 files"),
        (hostile(name="../a.pdf"), "has the name of a place outside it"),
        (hostile(name="/etc/a.pdf"), "has the name of a place outside it"),
        (hostile(mode=stat.S_IFLNK | 0o777, content=b"/etc/passwd"), "holds a link instead of a file"),
        (locked(), "protected by a password"),
        (zipped({"a.pdf": b"1", "A.pdf": b"2"}), "have the same name"),
    ],
    ids=["no zip", "damaged", "bomb", "many", "outside", "absolute", "link", "password", "twice"],
)
def test_a_hostile_zip_is_refused_with_a_sentence(client, batch, archive, sentence):
    answer = hand_in(client, batch, archive)

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert SupplementParcel.objects.count() == StoredFile.objects.count() == 0


def test_what_is_too_large_is_refused(client, batch, settings):
    settings.UPLOAD_LIMIT = 1000

    answer = hand_in(client, batch, b"PK\x03\x04" + b"x" * 2000)

    assert answer.status_code == 422
    assert "the limit is" in said(answer)


def test_a_table_that_cannot_be_read_is_refused(client, batch):
    answer = hand_in(client, batch, zipped({"a.pdf": pdf(1)}), "%PDF-1.7 not a table")

    assert answer.status_code == 422
    assert "This is a PDF, not a spreadsheet." in said(answer)


def test_several_documents_of_one_person_are_told_in_one_mail(batch):
    parcel = begun(batch, {"a.pdf": pdf(1), "b.pdf": pdf(2)}, f"1,a.pdf,Marks\n{address(1)},b.pdf,Notes\n")

    assert send_parcel(parcel, by=issuer_of(batch.badge_class.organiser)) == 2

    assert OutgoingMail.objects.get(event="badges/supplement_added").facts == {"titles": ["Marks", "Notes"]}


def test_what_cannot_be_signed_now_waits_in_its_parcel(client, batch, settings):
    parcel, key = begun(batch, {"a.pdf": pdf(1)}, "who,file\n1,a.pdf\n"), settings.KEY_ENCRYPTION_KEY
    client.force_login(issuer_of(batch.badge_class.organiser))

    settings.KEY_ENCRYPTION_KEY = "another one of this installation"
    assert client.post(parcel.get_absolute_url()).status_code == 409
    settings.KEY_ENCRYPTION_KEY = key

    assert "Add 1 document" in said(client.get(parcel.get_absolute_url()))
    assert "1 document was added" in said(client.post(parcel.get_absolute_url(), follow=True))


def test_a_badge_revoked_since_the_check_is_left_out(batch):
    parcel = begun(batch, {"a.pdf": pdf(1)}, "who,file\n1,a.pdf\n2,a.pdf\n")
    issuer = issuer_of(batch.badge_class.organiser)
    revoke_badge(Assertion.objects.get(email=address(1)), by=issuer, reason="A mistake.")

    assert send_parcel(parcel, by=issuer) == 1


def test_what_systems_pack_along_is_not_looked_at(batch):
    parcel = begun(batch, {"__MACOSX/._a.pdf": b"x", "a/.DS_Store": b"x", "a/a.pdf": pdf(1)}, "who,file\n1,a.pdf\n")

    assert (len(parcel.ready), parcel.unused) == (1, [])


def test_only_issuers_and_only_once_the_award_is_out(client, batch):
    held = held_award(published_badge(batch.badge_class.organiser, name="Another"))
    parcel = begun(batch, {"a.pdf": pdf(1)}, "who,file\n1,a.pdf\n")
    other = issuer_of(assertion(email="other@example.org").badge_class.organiser)

    for person in [PersonFactory(), other]:
        client.force_login(person)
        assert client.get(begin_path(batch)).status_code == 404
        assert client.post(parcel.get_absolute_url()).status_code == 404
    client.force_login(issuer_of(batch.badge_class.organiser))
    assert client.get(begin_path(held)).status_code == 404
    assert begin_path(held) not in said(client.get(held.get_absolute_url()))
    assert Supplement.objects.count() == 0


def test_thrown_away_or_forgotten_it_leaves_nothing(client, batch):
    parcel, forgotten = (
        begun(batch, {"a.pdf": pdf(1)}, "who,file\n1,a.pdf\n"),
        begun(batch, {"b.pdf": pdf(2)}, "who,file\n1,b.pdf\n"),
    )
    client.force_login(issuer_of(batch.badge_class.organiser))

    client.post(f"{parcel.get_absolute_url()}drop/")
    drop_forgotten_parcels()
    assert list(SupplementParcel.objects.all()) == [forgotten]
    with clock.moved_to(timedelta(days=8)):
        drop_forgotten_parcels()

    assert SupplementParcel.objects.count() == StoredFile.objects.count() == Supplement.objects.count() == 0


def test_the_check_page_asks_the_same_for_many_rows(client):
    batch = awarded(30)
    files = {f"{number}.pdf": pdf(number) for number in range(1, 31)}
    one = begun(batch, files, "who,file\n1,1.pdf\n")
    many = begun(batch, files, "who,file\n" + "".join(f"{number},{number}.pdf\n" for number in range(1, 31)))
    client.force_login(issuer_of(batch.badge_class.organiser))

    assert len(many.ready) == 30
    assert queries_of(client, one.get_absolute_url()) == queries_of(client, many.get_absolute_url())
