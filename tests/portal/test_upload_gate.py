"""The gate for uploads, under attack."""

import io
import random
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from portal.files.gate import admit_document, admit_paper, admit_picture, clean_name, kind_of
from tests.portal.hostile import (
    DEEP_SVG,
    HTML,
    SVG,
    USING_SVG,
    archive,
    jpeg_bomb,
    office,
    pixel_bomb,
    png,
    upload,
    webp_bomb,
    zip_bomb,
)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_picture_is_redrawn_as_a_png_within_its_box(kind):
    admitted = admit_picture(upload("photo.jpg", png(1800, 900, kind)))

    picture = Image.open(io.BytesIO(admitted.content))
    assert (picture.format, picture.size, admitted.content_type) == ("PNG", (600, 300), "image/png")


def test_redrawn_picture_has_lost_what_was_hidden_in_it():
    hidden = png() + b"<script>alert('after the end')</script>"

    assert b"script" not in admit_picture(upload("photo.png", hidden)).content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bomb.png", pixel_bomb(), "pixels"),
        ("bomb.jpg", jpeg_bomb(), "pixels"),
        ("bomb.webp", webp_bomb("VP8 "), "pixels"),
        ("bomb.webp", webp_bomb("VP8L"), "pixels"),
        ("bomb.webp", webp_bomb("VP8X"), "pixels"),
        ("deep.svg", DEEP_SVG, "kind"),
        ("using.png", USING_SVG, "kind"),
        ("page.png", HTML, "kind"),
        ("drawing.svg", SVG, "kind"),
        ("drawing.png", SVG, "kind"),
        ("half.png", png(400, 400)[:200], "picture"),
        ("head.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "picture"),
        ("moving.gif", png(kind="GIF"), "kind"),
        ("old.tiff", png(kind="TIFF"), "kind"),
        ("empty.png", b"", "empty"),
        ("text.png", b"just words", "kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_picture_is_refused_quickly_with_a_sentence(name, content, code):
    started = time.monotonic()

    with pytest.raises(ValidationError) as refusal:
        admit_picture(upload(name, content))

    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.pdf", b"%PDF-1.7\n...", "application/pdf"),
        ("notes.txt", "Žodžiai".encode(), "text/plain"),
        ("essay.docx", office(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("table.xlsx", office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("photo.png", png(), "image/png"),
    ],
)
def test_document_comes_through_as_it_is_under_the_type_it_has(name, content, kind):
    admitted = admit_document(upload(name, content, "application/x-lie"))

    assert (admitted.content, admitted.content_type, admitted.name) == (content, kind, name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.html", HTML),
        ("page.txt", HTML),
        ("drawing.svg", SVG),
        ("bomb.docx", zip_bomb()),
        ("program.exe", b"MZ" + b"\x00" * 200),
        ("script.pdf", b"#!/bin/sh\n<script>"),
        ("archive.zip", office("anything")),
        ("broken.docx", b"PK\x03\x04 and then nothing"),
        ("letters.txt", b"\xff\xfe\x00\x01"),
    ],
)
def test_document_of_another_kind_is_refused(name, content):
    with pytest.raises(ValidationError) as refusal:
        admit_document(upload(name, content))

    assert refusal.value.code == "kind"


def with_parts(content, **parts):
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        with_parts(office(), **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
        with_parts(office("xl"), **{"xl/macrosheets/sheet1.xml": b"<x/>"}),
        with_parts(
            office(), **{"[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml"}
        ),
        archive(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic/Standard/Module1.xml": "<x/>"}),
    ],
)
def test_office_document_with_macros_is_refused_whatever_its_name_says(content):
    with pytest.raises(ValidationError) as refusal:
        admit_document(upload("essay.docx", content))

    assert refusal.value.code == "macros"
    assert "holds macros" in refusal.value.messages[0]


@pytest.mark.parametrize("content", [b"MZ" + b"\x00" * 200, b"plain words"])
def test_where_papers_are_taken_a_refusal_names_no_other_kinds(content):
    with pytest.raises(ValidationError) as refusal:
        admit_paper(upload("statutes.doc", content))

    assert refusal.value.messages == ["This kind of file is not taken here. Send a PDF, PNG, JPEG or WebP file."]


def test_pixel_bomb_is_refused_as_a_document_too():
    with pytest.raises(ValidationError) as refusal:
        admit_document(upload("evidence.png", pixel_bomb()))

    assert refusal.value.code == "pixels"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\fakepath\\photo.png", "photo.png"),
        ("a\r\nSet-Cookie: x=1.png", "aSet-Cookie: x=1.png"),
        ("nul\x00byte.png", "nulbyte.png"),
        ("exe\u202egnp.scr", "exegnp.scr"),
        ("   ", "file"),
        ("..", "file"),
        ("", "file"),
        ("Nuotrauka žąsis.png", "Nuotrauka žąsis.png"),
    ],
)
def test_name_is_made_safe_to_show_and_to_send(given, kept):
    assert clean_name(given) == kept


def test_long_name_keeps_its_ending():
    assert clean_name("x" * 300 + ".png").endswith("xx.png")
    assert len(clean_name("x" * 300 + ".png")) <= 150
    assert len(clean_name("y" * 300)) <= 150
    assert len(clean_name("z" * 300 + "." + "y" * 100)) <= 150


def test_archive_that_calls_itself_something_else_is_refused():
    for name in ("video/mp4", "text/plain", "image/png", "application/pdf"):
        with pytest.raises(ValidationError):
            admit_document(upload("film.mp4", archive(mimetype=name)))
    assert kind_of(archive(mimetype="application/vnd.oasis.opendocument.text")).endswith("opendocument.text")


def test_damaged_archive_is_refused_whatever_is_wrong_with_it():
    rng, sound = random.Random(3), archive(mimetype="application/vnd.oasis.opendocument.text " + "x" * 50)
    for _ in range(800):
        damaged = bytearray(sound)
        for _ in range(3):
            damaged[rng.randrange(4, len(damaged))] = rng.randrange(256)

        assert isinstance(kind_of(bytes(damaged)), str)
