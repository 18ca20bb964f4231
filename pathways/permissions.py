"""Who may learn, who may judge what learners hand in, and who comes to a date."""

from organisers.permissions import (
    may_answer_questions,
    may_author,
    may_invite,
    may_manage,
    may_review,
    may_run_dates,
)


def may_learn(user) -> bool:
    """Everybody who has signed in may join playlists and do activities."""
    return user is not None and user.is_authenticated


def may_write(page, user) -> bool:
    """Authors of the organiser write its playlists and activities, authors of one page that one."""
    return may_author(page.organiser, user) or page.is_lent_to(user, "author")


def may_run_page_roles(page, user) -> bool:
    """Owners see who has a role for one of their pages alone, and take it back."""
    return may_manage(page.organiser, user)


def may_give_page_role(page, user) -> bool:
    """Owners give roles for one of their pages while the organiser may operate."""
    return may_invite(page.organiser, user)


def may_hold(page_role, user) -> bool:
    """A role for one page is that of who took it on; an offer is for who proved the address."""
    if user is None or not user.is_authenticated:
        return False
    return page_role.person_id == user.pk if page_role.is_held else page_role.email in user.verified_addresses()


def may_see_figures(playlist, user) -> bool:
    """Those who write playlists see how theirs are used."""
    return may_write(playlist, user)


def may_work_on(attempt, user) -> bool:
    """An attempt is its learner's."""
    return user is not None and attempt.person_id == user.pk


def may_attest(attempt, user) -> bool:
    """Being there is noted by the learner's own check-in, or by those who run the date."""
    return may_work_on(attempt, user) or may_run_dates(attempt.organiser, user)


def may_judge(attempt, user) -> bool:
    """Reviewers of the organiser or the activity judge: never their own, nor twice where another view was asked for.

    At the network nobody judges somebody of their own organiser (K5).
    """
    if user is None or attempt.person_id == user.pk:
        return False
    if not (may_review(attempt.organiser, user) or attempt.is_lent_to(user)):
        return False
    return not attempt.was_judged_by(user) and not (attempt.organiser.is_network and work_together(attempt, user))


def work_together(attempt, user) -> bool:
    """Say whether a learner and a reviewer belong to an organiser besides the one whose activity it is."""
    shared = type(attempt.organiser).objects.shared_by(attempt.person, user)
    return shared.exclude(pk=attempt.organiser_id).exists()


def may_see_evidence_whole(item, user) -> bool:
    """Whose evidence it is, and those who may judge it unless it was taken back, see it with its name."""
    return may_work_on(item.attempt, user) or (may_judge(item.attempt, user) and not item.is_taken_back)


def may_see_evidence(item, user) -> bool:
    """Evidence is seen by its learner, by those who may judge it, and by a learner who looks at it just now."""
    return may_see_evidence_whole(item, user) or item.is_looked_at_by(user)


def may_look(peer_review, user) -> bool:
    """A learner looks at the work that was drawn for them."""
    return user is not None and user.is_authenticated and peer_review.by_id == user.pk


def may_report(peer_review, user) -> bool:
    """Whose work was judged may report the judgement."""
    return may_work_on(peer_review.attempt, user)


def may_moderate(peer_review, user) -> bool:
    """Reviewers of the organiser set judgements of learners aside: neither their own nor those of their own work."""
    if user is None or user.pk in {peer_review.by_id, peer_review.attempt.person_id}:
        return False
    return may_review(peer_review.attempt.organiser, user)


def may_run_complaints(organiser, user) -> bool:
    """Owners hear complaints; at the network, its admins."""
    if organiser.is_network:
        return user.is_authenticated and user.has_network_role("network_admin")
    return may_manage(organiser, user)


def may_see_complaint(complaint, user) -> bool:
    """Those who hear complaints read them, but for one of their own."""
    return may_run_complaints(complaint.attempt.organiser, user) and not may_work_on(complaint.attempt, user)


def may_answer_complaint(complaint, user) -> bool:
    """Owners who did not judge the work answer; who judged it does where there is no other."""
    if user is None or not may_see_complaint(complaint, user):
        return False
    return user.pk not in complaint.judges() or complaint.hearers().filter(pk=user.pk).exists()


def may_run(registration, user) -> bool:
    """Those who run a date may say who was there."""
    return may_run_dates(registration.organiser, user)


def may_attend(registration, user) -> bool:
    """A place at a date is that of who asked for it."""
    return user is not None and registration.person_id == user.pk


def may_change_registration(registration, user) -> bool:
    """Who asked for a place gives it back or checks in; those who run the date do so for anybody."""
    return may_attend(registration, user) or may_run(registration, user)


def may_answer_question(question, user) -> bool:
    """Those who look after an organiser's learning, or write the page, answer, publish and take off what people ask."""
    return may_answer_questions(question.organiser, user) or question.is_lent_to(user)


def may_delete_question(question, user) -> bool:
    """A question is its asker's."""
    return user is not None and question.person_id is not None and question.person_id == user.pk
