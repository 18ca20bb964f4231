"""Who may learn, and who may judge what learners hand in."""


def may_learn(user) -> bool:
    """Everybody who has signed in may join playlists and do activities."""
    return user is not None and user.is_authenticated


def may_work_on(attempt, user) -> bool:
    """An attempt is its learner's."""
    return user is not None and attempt.person_id == user.pk


def may_judge(attempt, user) -> bool:
    """Owners and reviewers of the organiser judge attempts, never their own."""
    return user is not None and attempt.organiser.is_held_by(user, "owner", "reviewer") and attempt.person_id != user.pk


def may_see_evidence(item, user) -> bool:
    """Evidence is seen by its learner, and by those who may judge it unless it was taken back."""
    return may_work_on(item.attempt, user) or (may_judge(item.attempt, user) and not item.is_taken_back)
