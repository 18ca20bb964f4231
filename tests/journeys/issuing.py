"""What issuers do in the browser: found an organiser, make a badge, award it, take the reports away."""

import csv
import io
import re

import openpyxl

from tests.journeys.pages import press
from tests.journeys.signing_in import read_mail

HEADER = "E-mail;First name;Last name;Language;Valid until;Description;Evidence;Date of the activity"
ROWS = 200
FAULTS = {  # row: its cells, each wrong in another way
    10: ";Ona;No address",
    20: "person20.example.org;Ona;No sign",
    30: "person30@example;Ona;No ending",
    40: "person40@@example.org;Ona;Two signs",
    50: "per son50@example.org;Ona;A gap",
    60: "@example.org;Ona;Nobody",
    70: "person70@;Ona;Nowhere",
    80: f"{'p' * 260}@example.org;Ona;Long address",
    90: f"person90@example.org;{'Ona' * 40};{'Long' * 20}",
    100: "person100@example.org;Ona;Language;xx",
    110: "person110@example.org;Ona;No date;en;soon",
    120: "person120@example.org;Ona;No such day;en;31.02.2099",
    130: "person130@example.org;Ona;Over;en;2020-01-01",
    140: "person140@example.org;Ona;To come;en;;;;2099-01-01",
    160: f"person160@example.org;Ona;Long text;en;;{'text ' * 250}",
    170: "person170@example.org;Ona;No page;en;;;javascript:alert(1)",
    180: f"person180@example.org;Ona;Many pages;en;;;{' '.join(f'https://example.org/{n}' for n in range(6))}",
}
MENDED = {
    10: ("email", "person10@example.org"),
    20: ("email", "person20@example.org"),
    100: ("language", "en"),
    110: ("valid_until", "2099-01-31"),
    170: ("evidence", "https://example.org/lamp"),
}


def make_organiser(page, name) -> str:
    """Create an organiser and return the address of its workspace."""
    page.goto("/workspace/new/")
    page.get_by_label("Name", exact=True).fill(name)
    page.locator("textarea[name=description]").fill("We mend lamps with anyone who comes.")
    page.locator("input[name=website]").fill("https://lamps.example.org/")
    page.locator("select[name=country]").select_option("LT")
    page.get_by_role("button", name="Create the organiser").click()
    page.wait_for_url(lambda address: "/new/" not in address)
    return re.search(r"/workspace/[-\w]+/", page.url)[0]


def invite_issuer(owner, colleague, workspace, address) -> None:
    """Invite a colleague as issuer, who opens the mailed link and accepts."""
    owner.goto(f"{workspace}people/invite/")
    owner.locator("textarea[name=addresses]").fill(address)
    owner.locator("input[name=roles][value=issuer]").check()
    press(owner, "Send the invitations")
    mail = read_mail(colleague, address, "An invitation to")
    colleague.goto(mail.locator("a[href*='/invitations/']").first.get_attribute("href"))
    colleague.get_by_role("button", name="Accept").click()
    colleague.wait_for_url(lambda url: workspace in url)


def make_badge(page, workspace, name) -> str:
    """Make a badge with a drawn picture, publish it and return its address in the workspace."""
    page.goto(f"{workspace}badges/new/")
    page.locator("input[name=name]").fill(name)
    page.locator("textarea[name=description]").fill("Repairs lamps.")
    page.locator("textarea[name=criteria]").fill("Repair two lamps.")
    page.locator("input[name=picture_text]").fill("Circle with a light bulb")
    page.locator("[data-another]").click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda address: "/new/" not in address)
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("is published and can be awarded").wait_for()
    return page.url


def award_to_one(page, badge, first, last, email):
    """Award with a description, in two steps."""
    page.goto(f"{badge}award/")
    page.get_by_role("link", name=re.compile("With description")).click()
    page.get_by_label("First name").fill(first)
    page.get_by_label("Last name").fill(last)
    page.get_by_label("E-mail").fill(email)
    page.get_by_role("button", name="Next").click()
    page.get_by_label("What this person did").fill("Mended the lamp of the reading room.")
    page.get_by_role("main").get_by_role("button", name=re.compile("^Award “")).click()
    page.get_by_text("is awarded.").wait_for()
    return page


def award_to_many(page, badge):
    """Drop a file on the page, mend some of its faulty rows, leave the others out, award and wait until all are."""
    page.goto(f"{badge}award/")
    page.get_by_role("link", name=re.compile("A list with descriptions")).click()
    rows = [FAULTS.get(number, f"person{number}@example.org;Person {number};Lamp") for number in range(2, ROWS + 2)]
    drop_file(page, "\n".join([HEADER, *rows]))
    page.get_by_role("button", name="Import and check").click()
    page.get_by_text("183 of 200 rows are ready.").wait_for()
    page.get_by_role("link", name="Only these").click()
    for number, (field, value) in MENDED.items():
        row = page.locator(f"#row-{number}")
        row.locator(f"input[name={field}]").fill(value)
        row.get_by_role("button", name="Save").click()
        row.wait_for(state="detached")
    page.locator("#row-30").get_by_role("button", name=re.compile("Remove")).click()
    page.locator("#row-30").wait_for(state="detached")
    page.get_by_role("button", name="Leave them all out").click()
    page.get_by_role("button", name=re.compile("to 188 people")).click()
    page.get_by_text("Signed and ready to go out").wait_for()
    return page


def drop_file(page, content) -> None:
    """Drag a file over the form and let it go beside the field."""
    make = "text => { const held = new DataTransfer(); held.items.add(new File([text], 'people.csv')); return held }"
    held = page.evaluate_handle(make, content)
    for event in ("dragover", "drop"):
        page.dispatch_event("form[enctype] .small", event, {"dataTransfer": held})


def download_reports(page) -> list[str]:
    """Download both reports of an award and return the status of each row, which they agree upon."""
    found = []
    for kind in ("CSV", "XLSX"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"Report as {kind}").click()
        found.append(download.value.path().read_bytes())
    from_csv = [row[3] for row in csv.reader(io.StringIO(found[0].decode("utf-8-sig")), delimiter=";")]
    sheet = openpyxl.load_workbook(io.BytesIO(found[1])).active
    assert [row[3] for row in sheet.iter_rows(values_only=True)] == from_csv
    return from_csv[1:]
