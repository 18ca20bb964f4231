"""Reading the pages of badges, and the way to them from a mail."""

from badges.claims import claim_link, code_link


def said(answer) -> str:
    """Return what a page says."""
    return answer.content.decode()


def claim_path(badge) -> str:
    """Return the path of the link in the mail about a badge."""
    return "/claim/" + claim_link(badge).rsplit("/", 1)[1]


def confirm_path(use) -> str:
    """Return the path of the link that proves the address of somebody with a claim code."""
    return "/c/confirm/" + code_link(use).rsplit("/", 1)[1]
