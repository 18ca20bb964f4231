"""Files of other platforms: what is read of them, what is said of the rest, and what a hostile one does."""

import base64
import io
import json

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from badges.actions.move_in_files import read_files
from badges.models import FormerAward, MoveIn
from badges.models.move_in import mark_of_address
from badges.openbadges import exports, identity_hash
from portal.files.gate import Admitted
from tests.factories.move_ins import HERE, ISSUER, brought, export_of, former_award, former_badge, log_of
from tests.factories.organisers import OrganiserFactory, owner_of

pytestmark = pytest.mark.django_db


def read(export=None, log=None, staff=()):
    return read_files(export, log, staff=list(staff))


def file(content) -> Admitted:
    return Admitted("export.json", content if isinstance(content, bytes) else json.dumps(content).encode(), "")


def codes(contents):
    return [(source, number, code) for source, number, code in contents.faults]


def refusal(field, **files):
    with pytest.raises(ValidationError) as refused:
        read(**files)
    return refused.value.message_dict[field][0]


BADGE, AWARD = former_badge(), former_award(1)
ENTITY = {
    "entityType": "Assertion",
    "entityId": "a1",
    "badgeclassOpenBadgeId": BADGE["id"],
    "recipient": {"type": "email", "hashed": True, "identity": "sha256$00", "plaintextIdentity": "ona@example.org"},
    "issuedOn": "2025-03-31T12:00:00Z",
}


@pytest.mark.parametrize(
    "document",
    [
        [ISSUER, BADGE, AWARD],
        {"issuer": ISSUER, "badgeclasses": [BADGE], "assertions": [AWARD]},
        {"issuer": ISSUER, "badge_classes": [{**BADGE, "type": None}], "assertions": [AWARD]},
        {"result": [{**BADGE, "issuer": ISSUER}, ENTITY]},
        {**AWARD, "badge": {**BADGE, "issuer": ISSUER}},
        [BADGE | {"issuer": ISSUER}, AWARD | {"recipient": "ona@example.org", "issuedOn": 1743422400}],
    ],
)
def test_every_shape_of_an_export_is_read_alike(document):
    contents = read(file(document))

    assert contents.issuer == {"id": ISSUER["id"], "name": "Ratas"}
    assert [badge["name"] for badge in contents.badges.values()] == ["Brake Check"]
    assert [(badge, who, str(day)) for badge, who, day in contents.awards] == [
        (BADGE["id"], mark_of_address("ona@example.org"), "2025-03-31")
    ]
    assert contents.faults == []


def test_a_log_is_read_by_its_columns_in_any_order_and_with_any_encoding():
    text = "Issued On;Badge;E-mail;Revoked\n31.03.2025;Škola;Ona@Example.org;\n2025-04-01;Škola;jonas@example.org;yes"

    contents = read(log=Admitted("log.csv", text.encode("cp1257"), ""))

    assert [badge["name"] for badge in contents.badges.values()] == ["Škola"]
    assert {(who, str(day)): facts for (_badge, who, day), facts in contents.awards.items()} == {
        (mark_of_address("ona@example.org"), "2025-03-31"): (False, False),
        (mark_of_address("jonas@example.org"), "2025-04-01"): (False, True),
    }


def test_rows_that_cannot_be_read_are_named_and_the_rest_is_read():
    log = log_of(
        "Brake Check,ona@example.org,2025-03-31,",
        ",ona@example.org,2025-03-31,",
        "Brake Check,,2025-03-31,",
        "Brake Check,no address,2025-03-31,",
        "Brake Check,ona@example.org,soon,",
        "Brake Check,ona@example.org,2090-01-01,",
        "Brake Check,ona@example.org,1812-01-01,",
        "brake check,ONA@example.org,2025-03-31T10:00:00Z,",
    )

    contents = read(log=log)

    assert len(contents.awards) == 1
    assert codes(contents) == [
        ("log", 3, "no badge"),
        ("log", 4, "no recipient"),
        ("log", 5, "wrong address"),
        ("log", 6, "wrong day"),
        ("log", 7, "day to come"),
        ("log", 8, "day old"),
        ("log", 9, "repeat"),
    ]
    assert all(code in MoveIn.FAULTS for _source, _number, code in contents.faults)


def test_objects_that_cannot_be_read_are_named_by_their_place():
    strange = [7, None, "text", {"type": "Assertion"}, {"credentialSubject": {}}, former_award(2, badge={"id": "no"})]

    contents = read(export_of(BADGE, AWARD, *strange))

    assert len(contents.awards) == 1
    assert sorted(codes(contents)) == [
        ("export", 3, "unknown object"),
        ("export", 4, "unknown object"),
        ("export", 5, "unknown object"),
        ("export", 6, "no badge"),
        ("export", 7, "unknown object"),
        ("export", 8, "no badge"),
    ]
    assert all(code in MoveIn.FAULTS for _source, _number, code in contents.faults)


def test_of_a_badge_that_both_files_tell_of_the_log_counts():
    other = former_badge("Bike Buddy")
    export = export_of(ISSUER, BADGE, other, AWARD, former_award(2, badge=other))

    contents = read(export, log_of("Brake Check,jonas@example.org,2025-05-01,"))

    assert contents.in_both == ["Brake Check"]
    assert {(badge, str(day)) for badge, _who, day in contents.awards} == {
        (BADGE["id"], "2025-05-01"),
        (other["id"], "2025-03-31"),
    }


def test_of_hidden_recipients_members_are_known_and_nobody_else():
    def hidden(number, address):
        identity = {"type": "email", "hashed": True, "salt": f"s{number}", "identity": ""}
        identity["identity"] = identity_hash(address, identity["salt"])
        return former_award(number, recipient=identity)

    export = export_of(BADGE, hidden(1, "ruta@example.org"), hidden(2, "ona@example.org"))

    contents = read(export, staff=["ruta@example.org"])

    assert [
        (who == mark_of_address("ruta@example.org"), *facts) for (_b, who, _d), facts in contents.awards.items()
    ] == [
        (True, False, False),
        (False, True, False),
    ]
    assert "too many members" in refusal("export", export=export, staff=["ruta@example.org"] * 300_000)


def test_no_address_is_kept_outside_of_the_files():
    move_in = brought(log=log_of("Brake Check,ona.ona@example.org,2025-03-31,", "Brake Check,bad.one@,x,"))

    rows = [*MoveIn.objects.values(), *move_in.badges.values(), *FormerAward.objects.values()]
    assert not any(word in str(rows) for word in ["ona.ona", "bad.one"])
    assert [len(row["recipient"]) for row in FormerAward.objects.values()] == [64]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no json",
        b"\xff\xfe\x00",
        b'{"a":1,"a":2}',
        b'[{"type":"Assertion","issuedOn":NaN}]',
        b'["\\ud800"]',
        b"[" * 100_000 + b"]" * 100_000,
        b"[" * 40 + b"]" * 40,
        b'{"issuedOn":1e999}',
        b"7",
        b"null",
        b"<script>alert(1)</script>",
    ],
)
def test_what_is_no_strict_json_is_refused_with_a_sentence(content):
    assert refusal("export", export=file(content)).startswith("This is not an export in JSON")


@pytest.mark.parametrize("content", [b"[]", b"{}", b"[1,2,3]", b'{"assertions":"x"}', json.dumps([ISSUER]).encode()])
def test_an_export_without_badges_is_refused(content):
    assert refusal("export", export=file(content)).startswith("No badge and no award")


def test_what_is_too_much_is_refused():
    many = [former_badge(f"Badge {number}") for number in range(exports.MOST_BADGES + 1)]
    assert "more than 100 badges" in refusal("export", export=export_of(*many))
    rows = [f"Badge {number},ona@example.org,2025-03-31," for number in range(exports.MOST_BADGES + 1)]
    assert "more than 100 badges" in refusal("log", log=log_of(*rows))
    awards = [{"recipient": "a", "id": f"{number}"} for number in range(exports.MOST_AWARDS + 1)]
    assert "more than 50,000 awards" in refusal("export", export=export_of(*awards))
    assert "too much memory" in refusal("export", export=file(b" " * (exports.LARGEST + 1)))
    bomb = b"[" + b",".join([b"[]"] * 6_000_000) + b"]"
    assert refusal("export", export=file(bomb)).startswith("No badge and no award")


def test_badges_of_several_issuers_are_refused():
    foreign = former_badge("Their Badge", issuer=f"{HERE}/another")

    assert "several issuers" in refusal("export", export=export_of(BADGE, foreign, AWARD))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"badge,recipient\nBrake Check,ona@example.org", "The first row must name the columns"),
        (b"Brake Check,ona@example.org,2025-03-31", "The first row must name the columns"),
        (b"", "There is nothing in this file."),
        (b"badge,recipient,issued on\n", "no rows below it"),
        (b"PK\x03\x04 broken", ""),
        (b"%PDF-1.4", "This is a PDF"),
        (b"\x00\x01\x02", ""),
    ],
)
def test_what_is_no_log_is_refused_with_a_sentence(content, said):
    assert said in refusal("log", log=Admitted("log.csv", content, ""))


@pytest.mark.parametrize(
    "cell", ["=HYPERLINK(0)", "<script>alert(1)</script>", "x" * 30_000, "\u202eevil", "99999999999999999999", "٣٢"]
)
def test_hostile_cells_are_read_as_text_or_named(cell):
    contents = read(log=log_of(f'"{cell}",ona@example.org,2025-03-31,', f'Brake,"{cell}","{cell}",'))

    assert all(len(badge["name"]) <= 500 and badge["name"].isprintable() for badge in contents.badges.values())
    assert [code for _file, _number, code in contents.faults] == ["wrong address"]


@pytest.mark.parametrize(
    "day", [-1, 10**30, 1e300, True, [], {}, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "٣٢١"]
)
def test_a_day_that_is_none_is_named(day):
    contents = read(export_of(BADGE, former_award(1, issuedOn=day)))

    assert not contents.awards
    assert codes(contents)[0][2] in ("wrong day", "day old", "day to come")


def test_a_picture_in_the_file_is_drawn_anew_and_a_broken_one_left_out():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(buffer, "PNG")
    inside = "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()
    export = export_of(
        former_badge("One", image=inside),
        former_badge("Two", image={"id": "data:image/png;base64,AAAA"}),
        former_badge("Three", image="https://old.example/three.png"),
        former_badge("Four", image="data:text/html;base64,PHNjcmlwdD4="),
    )

    contents = read(export)

    pictures = [len(badge["picture"]) for badge in contents.badges.values()]
    assert pictures == [64, 0, 0, 0]


def test_faults_beyond_those_kept_are_counted():
    rows = [f"Brake Check,,2025-03-{number % 28 + 1:02}," for number in range(MoveIn.FAULTS_KEPT + 3)]

    move_in = brought(OrganiserFactory(verified=True), log=log_of("Brake Check,ona@example.org,2025-03-31,", *rows))

    assert (len(move_in.fault_lines), move_in.unsaid_faults) == (MoveIn.FAULTS_KEPT, 3)
    assert owner_of(move_in.organiser) == move_in.made_by


def test_signs_that_turn_letters_around_are_left_out_of_what_an_export_says():
    badge = BADGE | {"name": "Bra\u202eke", "description": "Men\u2066ds.", "criteria": {"narrative": "\u200fCome."}}
    contents = read(file([ISSUER | {"name": "\u202eWorkshop\u202c"}, badge]))

    mended = contents.badges[BADGE["id"]]
    assert [mended[name] for name in ("name", "description", "criteria")] == ["Brake", "Mends.", "Come."]
    assert contents.issuer["name"] == "Workshop"


def test_a_badge_named_with_such_signs_alone_is_called_by_its_address():
    contents = read(file([ISSUER, BADGE | {"name": "\u202e\u2066"}]))

    assert [badge["name"] for badge in contents.badges.values()] == [BADGE["id"]]
