"""What learners and their reviewers do in the browser."""

import re

from cms.demo.data import texts
from tests.journeys.pages import press
from tests.journeys.signing_in import sign_in


def answer_rightly(page):
    """Give the right answers of the quiz “Where does it come from?”, which its text allows to know."""
    for question in texts("en")["quiz"]:
        match question.get("kind"):
            case "multiple":
                for number in question["answers"]:
                    page.get_by_label(question["options"][number], exact=True).check()
            case "order":
                bring_into_order(page, question["items"])
            case "short":
                page.get_by_label(question["question"]).fill(f" {question['answers'][0].upper()}. ")
            case "numeric":
                page.get_by_label(question["question"]).fill(question["value"])
            case _:
                page.get_by_label(question["options"][question["answer"]], exact=True).check()
    press(page, "Send my answers")


def bring_into_order(page, items):
    """Move each thing up by its button until it has its place."""
    for place, item in enumerate(items):
        while page.locator(".order-row .order-title span").all_inner_texts().index(item) > place:
            page.get_by_role("button", name=f"Move up: {item}").click()


def hand_in(page, title, text):
    page.get_by_role("link", name=re.compile(re.escape(title))).first.click()
    page.locator("textarea[name=text]").fill(text)
    press(page, "^Hand in$")


def review(open_page, title, verdict, feedback):
    """Sign in as the reviewer of the organiser and answer what waits for an activity."""
    page = open_page("/en/")
    sign_in(page, "pau.r@example.org")
    judge(page, "/workspace/taller-mar-oberta/", "Vaiva", verdict, feedback)


def judge(page, workspace, learner, verdict, feedback):
    """Answer what waits of a learner, with all of the checklist met."""
    page.goto(f"{workspace}reviews/")
    page.get_by_role("link", name=re.compile(learner)).first.click()
    page.locator("textarea[name=feedback]").fill(feedback)
    page.get_by_label(verdict).check()
    for line in page.locator("input[name=lines]").all():
        line.check()
    press(page, "Send to the learner")
