"""Who may do what about the label.

In one case a person has one part: of the organiser's side, of the team, of the panel, or as its coordinator.
"""

from organisers.permissions import has_no_part_in, may_enter, may_manage


def may_edit_framework(_version, user) -> bool:
    """Network admins write what the label asks."""
    return user is not None and user.is_authenticated and user.has_network_role("network_admin")


def may_see_framework(version, user) -> bool:
    """Everybody reads what is or was in force; drafts are read by those who work on the label's rules."""
    return version.is_public or may_see_frameworks(user)


def may_see_frameworks(user) -> bool:
    """Network admins and coordinators see every version, drafts too."""
    return user.is_authenticated and (user.has_network_role("network_admin") or user.has_network_role("coordinator"))


def may_begin_framework(user) -> bool:
    """Network admins begin versions and take them in from files."""
    return may_edit_framework(None, user)


# --- the applicant's side -------------------------------------------------------------------------------------------


def may_apply(organiser, user) -> bool:
    """Owners begin an application."""
    return user is not None and may_manage(organiser, user)


def may_edit_application(application, user) -> bool:
    """The organiser's people write at it."""
    return user is not None and may_enter(application.organiser, user)


def may_manage_application(application, user) -> bool:
    """Owners hand in, answer and withdraw."""
    return user is not None and may_manage(application.organiser, user)


def may_see_application(application, user) -> bool:
    """The organiser's people follow it; once handed in, the network without a part in it, and who takes part in it."""
    if not user.is_authenticated:
        return False
    return may_edit_application(application, user) or may_see_case(application, user)


def may_see_evidence(evidence, user) -> bool:
    """The organiser's people look at their evidence; of the network whoever may read the file."""
    application, condition = evidence.application, evidence.condition
    if may_edit_application(application, user) or may_read_file(application, user):
        return True
    return condition is not None and may_see_condition(condition, user)


# --- the network's side ---------------------------------------------------------------------------------------------


def may_see_cases(user) -> bool:
    """Coordinators and network admins see which applications are under way."""
    return user.is_authenticated and (user.has_network_role("coordinator") or user.has_network_role("network_admin"))


def is_free(application, user) -> bool:
    """Say whether a person has neither a part in the applicant nor a conflict with the case."""
    return not application.is_barred_for(user)


def may_see_case(application, user) -> bool:
    """Those of the network who are free read a case that was handed in; of a team and panel, each in their time."""
    if not (user.is_authenticated and application.was_submitted and is_free(application, user)):
        return False
    return may_see_cases(user) or application.is_opened_to(user)


def may_read_file(application, user) -> bool:
    """Who sees a case reads and prints its file after saying that no conflict keeps them from it."""
    return may_see_case(application, user) and application.has_declaration_of(user)


def may_lower_sample(organiser, user) -> bool:
    """Coordinators and network admins lower the numbers of the sample for organisers they have no part in."""
    return may_see_cases(user) and has_no_part_in(organiser, user)


def may_follow_case(application, user) -> bool:
    """Coordinators and network admins who are free of a case, with no other part in it, read how it goes."""
    return may_see_case(application, user) and may_see_cases(user) and not application.has_other_part(user)


def may_declare(application, user) -> bool:
    """Those who may coordinate a case say first whether a conflict keeps them from it."""
    return may_take_application(application, user)


def may_take_application(application, user) -> bool:
    """Coordinators, and network admins in their place, take up cases that they are free of, with no other part."""
    if user is None or not user.is_authenticated or not may_see_cases(user):
        return False
    return is_free(application, user) and not application.has_other_part(user)


def may_coordinate(application, user) -> bool:
    """Who took a case leads it through, and network admins in their place."""
    mine = user is not None and (application.coordinator_id == user.pk or user.has_network_role("network_admin"))
    return mine and may_take_application(application, user)


def may_coordinate_team(assignment, user) -> bool:
    """Who leads a case through looks after its team."""
    return may_coordinate(assignment.application, user)


def may_decide(application, user) -> bool:
    """Who leads a case through writes down what the panel decided."""
    return may_coordinate(application, user)


def may_extend(application, user) -> bool:
    """Network admins give a case more days, and answer for it."""
    return user is not None and user.has_network_role("network_admin") and may_take_application(application, user)


# --- the team -------------------------------------------------------------------------------------------------------


def may_see_assignment(assignment, user) -> bool:
    """A place in a team is seen by who was asked to take it, and by those who coordinate."""
    if not user.is_authenticated or not is_free(assignment.application, user):
        return False
    return assignment.person_id == user.pk or may_coordinate_team(assignment, user)


def may_answer_invitation(assignment, user) -> bool:
    """Who was invited answers."""
    return user is not None and assignment.person_id == user.pk and is_free(assignment.application, user)


def may_write_review(assignment, user) -> bool:
    """A review is its assessor's alone, as long as they are one for the network."""
    return may_answer_invitation(assignment, user) and user.has_network_role(assignment.network_role)


def may_lead(application, user) -> bool:
    """The lead of a case asks, compares and writes the report."""
    return user is not None and application.is_led_by(user) and is_free(application, user)


def may_call_third(application, user) -> bool:
    """The lead of a case, or who leads it through, calls for a third review."""
    return may_lead(application, user) or may_coordinate(application, user)


def may_see_desk(assignment, user) -> bool:
    """The desk of a review is its assessor's alone, from when the file opened to the team."""
    return (
        assignment.is_review
        and assignment.is_taken
        and may_write_review(assignment, user)
        and assignment.application.is_opened_to(user)
    )


def may_see_reviews(application, user) -> bool:
    """Both reviews are read once both are handed in, by the team and the network; never by who still writes one."""
    return may_see_case(application, user) and application.shows_reviews_to(user)


def may_see_outcome(application, user) -> bool:
    """Who judged a case until its end reads how it ended, and their own part of it; nothing else."""
    return user.is_authenticated and application.is_over_for(user)


def may_see_own_parts(seats, user) -> bool:
    """Those who may judge for the network, and who has or had a seat in a panel, see what they judge."""
    return may_have_profile(user) or seats.exists()


# --- the people of the network --------------------------------------------------------------------------------------


def may_have_profile(user) -> bool:
    """Those who judge or coordinate say what they read and where they live."""
    roles = ["assessor", "lead_assessor", "coordinator", "network_admin"]
    return user.is_authenticated and any(user.has_network_role(role) for role in roles)


def may_manage_experts(user) -> bool:
    """Network admins look after the profiles of experts and the terms of the committee."""
    return user.is_authenticated and user.has_network_role("network_admin")


def may_edit_profile(person, user) -> bool:
    """A profile is edited by the person it is of, and by network admins."""
    return (person == user and may_have_profile(user)) or may_manage_experts(user)


# --- the panel ------------------------------------------------------------------------------------------------------


def may_see_panel(application, user) -> bool:
    """The panel, once the case is ready, and who leads it through; afterwards the panel is led to the outcome."""
    if not may_see_case(application, user):
        return may_see_outcome(application, user) and application.has_seat(user)
    return application.has_seat(user) or may_coordinate(application, user)


def may_vote(seat, user) -> bool:
    """Who holds a seat votes, as long as no conflict bars them."""
    return user is not None and seat.person_id == user.pk and is_free(seat.application, user)


def may_read_report(decision, user) -> bool:
    """The applicant's people, and those of the network who are free, read what was decided."""
    return may_see_application(decision.application, user)


def may_correct_facts(decision, user) -> bool:
    """Owners say which facts are wrong in a report."""
    return may_manage_application(decision.application, user)


# --- labels ---------------------------------------------------------------------------------------------------------


def may_suspend_label(label, user) -> bool:
    """Coordinators and network admins without a part in the holder suspend its label, and lift that."""
    return user is not None and user.is_authenticated and may_see_cases(user) and has_no_part_in(label.organiser, user)


def may_revoke_label(label, user) -> bool:
    """Network admins take a suspended label away for good."""
    return may_suspend_label(label, user) and user.has_network_role("network_admin")


def may_see_own_label(label, user) -> bool:
    """The people of the holder see how their label stands."""
    return user is not None and may_enter(label.organiser, user)


def may_answer_for_label(label, user) -> bool:
    """Owners of the holder answer to a suspension, hand in the yearly check-in, and give the label back."""
    return user is not None and may_manage(label.organiser, user)


def may_see_check_in(check_in, user) -> bool:
    """The people of the holder read what the yearly check-in asks."""
    return may_see_own_label(check_in.label, user)


def may_hand_in_check_in(check_in, user) -> bool:
    """Owners hand it in."""
    return may_answer_for_label(check_in.label, user)


def may_show_condition(condition, user) -> bool:
    """Owners send what shows that a condition is met."""
    return may_manage_application(condition.application, user)


def may_write_at_condition(condition, user) -> bool:
    """The people of the holder attach what shows that a condition is met."""
    return may_edit_application(condition.application, user)


def may_check_condition(condition, user) -> bool:
    """An assessor who judged the application looks at what was sent."""
    return user is not None and type(condition).objects.judged_by(user).filter(pk=condition.pk).exists()


def may_confirm_condition(condition, user) -> bool:
    """Who leads a case through confirms that a condition is met, sends it back, or gives it more days."""
    return may_coordinate(condition.application, user)


def may_see_condition(condition, user) -> bool:
    """A condition is seen at the network by those who check or confirm it."""
    return may_check_condition(condition, user) or may_confirm_condition(condition, user)


# --- appeals --------------------------------------------------------------------------------------------------------


def may_see_own_appeal(appeal, user) -> bool:
    """The organiser's people follow its appeal."""
    return may_edit_application(appeal.application, user)


def may_withdraw_appeal(appeal, user) -> bool:
    """Owners lodge an appeal, and take it back."""
    return may_manage_application(appeal.application, user)


def may_answer_comment(appeal, user) -> bool:
    """Owners answer to what the side that decided says."""
    return may_withdraw_appeal(appeal, user)


def may_see_appeals(user) -> bool:
    """Network admins look after appeals."""
    return may_edit_framework(None, user)


def may_see_appeal(appeal, user) -> bool:
    """Network admins without a conflict see an appeal, also where they had a part in the case."""
    return may_see_appeals(user) and is_free(appeal.application, user)


def may_administer_appeal(appeal, user) -> bool:
    """Network admins who had no part in a case admit an appeal in it, and write down what its panel decided."""
    if user is None or not may_see_appeal(appeal, user):
        return False
    return not appeal.application.had_part_of(user) and not appeal.seats.filter(person=user.pk).exists()


def may_comment_on_appeal(appeal, user) -> bool:
    """Who led the case to what the appeal is against says in writing how it came to that."""
    if user is None or not user.is_authenticated:
        return False
    return appeal.commentator == user and is_free(appeal.application, user)


def may_vote_on_appeal(seat, user) -> bool:
    """Who holds a seat in the panel of an appeal votes, as long as no conflict bars them."""
    if user is None or seat.person_id != user.pk or seat.has_conflict:
        return False
    return is_free(seat.appeal.application, user)


def may_read_appeal(appeal, user) -> bool:
    """The panel of an appeal reads it, and who is asked to comment on it."""
    if not user.is_authenticated or not is_free(appeal.application, user):
        return False
    return appeal.seats.standing().filter(person=user).exists() or may_comment_on_appeal(appeal, user)


# --- training -------------------------------------------------------------------------------------------------------


def may_hear(user) -> bool:
    """Network admins ask the holder of a training badge what they say to a doubt."""
    return may_begin_framework(user)


def may_see_hearing(hearing, user) -> bool:
    """A hearing is read by whom it is about, and by network admins."""
    return may_answer_hearing(hearing, user) or may_hear(user)


def may_answer_hearing(hearing, user) -> bool:
    """Whom a hearing is about answers."""
    return user is not None and user.is_authenticated and hearing.person_id == user.pk


def may_close_hearing(hearing, user) -> bool:
    """Network admins close a hearing: never one about themselves."""
    return user is not None and may_hear(user) and hearing.person_id != user.pk


def may_share_training(organiser, user) -> bool:
    """Members let their organiser see how far they are in the training."""
    return user.is_authenticated and organiser.memberships.filter(person=user).exists()
