"""Who may do what for an organiser."""


def may_see(organiser, user) -> bool:
    """Everybody sees an organiser's page; once it is suspended, its members alone."""
    return organiser.may_operate or may_enter(organiser, user)


def may_enter(organiser, user) -> bool:
    """Members see their organiser's workspace."""
    return organiser.is_held_by(user, "owner", "issuer", "author", "reviewer")


def may_manage(organiser, user) -> bool:
    """Owners change the profile and give roles."""
    return organiser.is_held_by(user, "owner")


def may_issue(organiser, user) -> bool:
    """Owners and issuers make and award badges."""
    return organiser.is_held_by(user, "owner", "issuer")


def may_author(organiser, user) -> bool:
    """Owners and authors write activities and playlists."""
    return organiser.is_held_by(user, "owner", "author")


def may_review(organiser, user) -> bool:
    """Owners and reviewers judge what learners hand in; at the network, its training reviewers too."""
    return organiser.is_held_by(user, "owner", "reviewer") or may_review_training(organiser, user)


def may_review_training(organiser, user) -> bool:
    """Training reviewers judge what is handed in at the network's own activities."""
    return organiser.is_network and user.is_authenticated and user.has_network_role("training_reviewer")


def may_run_dates(organiser, user) -> bool:
    """Owners, authors and reviewers run the dates of activities: they see who comes, and note who came."""
    return user is not None and organiser.is_held_by(user, "owner", "author", "reviewer")


def may_answer_questions(organiser, user) -> bool:
    """Owners, authors and reviewers answer what people ask about playlists and activities."""
    return user is not None and organiser.is_held_by(user, "owner", "author", "reviewer")


def may_add_unit(organiser, user) -> bool:
    """Owners make units inside an organiser while it may operate."""
    return organiser.may_operate and may_manage(organiser, user)


def may_move(organiser, user) -> bool:
    """Those who own an organiser, and what it is part of, move it elsewhere."""
    return may_manage(organiser, user) and (organiser.parent is None or may_manage(organiser.parent, user))


def may_invite(organiser, user) -> bool:
    """Owners offer roles to people while the organiser may operate."""
    return organiser.may_operate and may_manage(organiser, user)


def may_manage_invitation(invitation, user) -> bool:
    """Owners take invitations back, whoever wrote them."""
    return may_manage(invitation.organiser, user)


def may_send_invitation(invitation, user) -> bool:
    """Those who may invite change an invitation or send it again, whoever wrote it."""
    return may_invite(invitation.organiser, user)


def may_accept(invitation, user) -> bool:
    """An invitation is for the person who proved the address it was sent to."""
    return user is not None and user.is_authenticated and invitation.email in user.verified_addresses()


def may_ask_to_join(organiser, user) -> bool:
    """Everybody with an account may ask an organiser that operates, unless they are in it already."""
    return user.is_authenticated and organiser.may_operate and not may_enter(organiser, user)


def may_answer(join_request, user) -> bool:
    """Owners answer those who ask to join."""
    return may_manage(join_request.organiser, user)


def may_withdraw(join_request, user) -> bool:
    """A request to join is its writer's."""
    return user is not None and join_request.person_id == user.pk


def may_see_request(join_request, user) -> bool:
    """Its writer and the owners read a request to join."""
    return may_withdraw(join_request, user) or may_answer(join_request, user)


def may_create(user) -> bool:
    """Everybody with an account may offer learning and issue badges."""
    return user.is_authenticated


def may_hand_over(user) -> bool:
    """Network admins create organisers for other people."""
    return user.is_authenticated and user.has_network_role("network_admin")


def may_see_verifications(user) -> bool:
    """Coordinators and network admins see who waits to be verified."""
    return user.is_authenticated and (user.has_network_role("coordinator") or user.has_network_role("network_admin"))


def has_no_part_in(organiser, user) -> bool:
    """Say whether a person belongs neither to an organiser, nor to what it is part of, nor to what is part of it."""
    return not organiser.is_joined_by(user)


def may_ask_for_verification(organiser, user) -> bool:
    """Owners ask the network to check who they are."""
    return user is not None and may_manage(organiser, user)


def may_see_verification(case, user) -> bool:
    """The members of an organiser, and those of the network who have no part in it, follow its check."""
    inside = may_enter(case.organiser, user)
    return inside or (may_see_verifications(user) and has_no_part_in(case.organiser, user))


def may_manage_verification(case, user) -> bool:
    """Owners answer what is asked."""
    return user is not None and may_manage(case.organiser, user)


def may_cancel_verification(case, user) -> bool:
    """Owners take their request back."""
    return may_manage_verification(case, user)


def may_take_verification(case, user) -> bool:
    """Coordinators, and network admins in their place, check organisers that are not theirs."""
    return user is not None and may_see_verifications(user) and has_no_part_in(case.organiser, user)


def may_check(case, user) -> bool:
    """Who took a case decides it, and network admins in their place; never about their own organiser."""
    mine = user is not None and (case.coordinator_id == user.pk or user.has_network_role("network_admin"))
    return mine and may_take_verification(case, user)


def may_ask_for_second_look(case, user) -> bool:
    """Owners ask the network's admins to have a second look."""
    return may_manage_verification(case, user)


def may_grant_second_look(case, user) -> bool:
    """Network admins without a part in the first check give the case to somebody else."""
    is_admin = user is not None and user.has_network_role("network_admin")
    return is_admin and case.coordinator_id != user.pk and has_no_part_in(case.organiser, user)


def may_suspend(organiser, user) -> bool:
    """Coordinators and network admins suspend organisers that are not theirs."""
    return user is not None and may_see_verifications(user) and has_no_part_in(organiser, user)


def may_confirm_suspension(suspension, user) -> bool:
    """Network admins stand up for what a coordinator did urgently."""
    return user is not None and user.has_network_role("network_admin") and has_no_part_in(suspension.organiser, user)


def may_answer_suspension(suspension, user) -> bool:
    """Owners are heard."""
    return user is not None and may_manage(suspension.organiser, user)


def may_lift(suspension, user) -> bool:
    """Network admins lift suspensions; an urgent one somebody else than who suspended."""
    alone = suspension.is_urgent and user is not None and suspension.suspended_by_id == user.pk
    return may_confirm_suspension(suspension, user) and not alone


def may_revoke_organiser(suspension, user) -> bool:
    """Network admins shut out for good."""
    return may_confirm_suspension(suspension, user)


def may_see_suspension(suspension, user) -> bool:
    """The members of an organiser, and those of the network who have no part in it, read why it is suspended."""
    return may_see_verification(suspension, user)
