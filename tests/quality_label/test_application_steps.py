"""Every step of an application in every state, for every part that a person can have in it.

The table is kept here by hand and compared with what the code allows.
"""

import pytest

from quality_label.workflow.application import (
    ASSIGNING,
    AWARDED,
    AWARDED_CONDITIONS,
    CLARIFICATION,
    CONSENSUS,
    DRAFT,
    EVERY,
    IN_CHECK,
    IN_REVIEW,
    INELIGIBLE,
    NOT_AWARDED,
    READY,
    RETURNED,
    SUBMITTED,
    THIRD_REVIEW,
)
from tests.quality_label.steps import expected, steps_open
from tests.quality_label.test_who_sees_applications import application_in, people_of

OWNER, CLOCK, LEAD = {"owner"}, {"clock"}, {"lead"}
FREE = {"coordinator", "its coordinator", "admin"}  # of the network, without a part in the case
LEADING = {"its coordinator", "admin"}
BEFORE_DECISION = {SUBMITTED, IN_CHECK, RETURNED, ASSIGNING, IN_REVIEW, CLARIFICATION, CONSENSUS, THIRD_REVIEW}

STEPS = {
    "submit": ({DRAFT}, OWNER),
    "lapse": ({DRAFT}, CLOCK),
    "discard": ({DRAFT}, OWNER),
    "take_up": ({SUBMITTED}, FREE),
    "give_back": ({IN_CHECK}, LEADING),
    "resend": ({RETURNED}, OWNER),
    "run_out": ({RETURNED}, CLOCK),
    "turn_down": ({IN_CHECK}, LEADING),
    "find_eligible": ({IN_CHECK}, LEADING),
    "begin_review": ({ASSIGNING}, CLOCK),
    "ask": ({IN_REVIEW, CONSENSUS}, LEAD),
    "take_more_time": ({CLARIFICATION}, OWNER),
    "answer": ({CLARIFICATION}, OWNER),
    "go_on_unanswered": ({CLARIFICATION}, CLOCK),
    "compare": ({IN_REVIEW, THIRD_REVIEW}, CLOCK),
    "call_third": ({CONSENSUS}, LEAD | LEADING),
    "finish": ({CONSENSUS}, LEAD),
    "award": ({READY}, LEADING),
    "award_with_conditions": ({READY}, LEADING),
    "not_award": ({READY}, LEADING),
    "withdraw": (BEFORE_DECISION, OWNER),
    "hand_over": (BEFORE_DECISION | {READY}, LEADING),
    "invite": ({ASSIGNING, THIRD_REVIEW, IN_REVIEW}, LEADING),
    "send_back": ({READY}, LEADING),
    "judge_again": ({NOT_AWARDED}, CLOCK),
    "reexamine": ({AWARDED, AWARDED_CONDITIONS}, {"admin"}),
    "check_again": ({INELIGIBLE}, CLOCK),
    "extend": (BEFORE_DECISION | {READY}, {"admin"}),
}


@pytest.mark.parametrize("state", EVERY)
def test_every_step_is_open_in_its_states_to_its_people_alone(db, state):
    application = application_in(state)
    people = people_of(application) | {"clock": None}

    assert steps_open(application, people) == expected(STEPS, state)
