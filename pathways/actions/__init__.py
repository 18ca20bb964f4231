"""What can be done with sections, playlists and activities."""

from pathways.actions.attempts import answer_quiz, ask_for_second_opinion, confirm_activity, hand_in, take_back_evidence
from pathways.actions.changes import look_at_changes, note_changes
from pathways.actions.complaints import answer_complaint, complain
from pathways.actions.copying import copy_playlist
from pathways.actions.dates import (
    cancel_registration,
    check_in,
    fill_places,
    register,
    take_back_check_in,
    tell_of_dates,
)
from pathways.actions.enrolments import award_badge_of, complete_playlists_of, join_playlist, leave_playlist
from pathways.actions.following import follow_original
from pathways.actions.order import lock_of
from pathways.actions.peers import draw_work, give_work_back, judge_as_peer, report_judgement, set_judgement_aside
from pathways.actions.questions import (
    answer_question,
    ask_question,
    delete_question,
    publish_question,
    take_question_off,
    tell_of_questions,
)
from pathways.actions.reflections import keep_reflection
from pathways.actions.reviews import judge_attempt
from pathways.actions.roles import (
    accept_page_role,
    drop_outdated_page_roles,
    end_page_role,
    give_page_role_back,
    offer_page_role,
)
from pathways.actions.sections import ensure_learning_index, ensure_section, sync_authors, sync_page_authors

__all__ = [
    "accept_page_role",
    "answer_complaint",
    "answer_question",
    "answer_quiz",
    "ask_for_second_opinion",
    "ask_question",
    "award_badge_of",
    "cancel_registration",
    "check_in",
    "complain",
    "complete_playlists_of",
    "confirm_activity",
    "copy_playlist",
    "delete_question",
    "draw_work",
    "drop_outdated_page_roles",
    "end_page_role",
    "ensure_learning_index",
    "ensure_section",
    "fill_places",
    "follow_original",
    "give_page_role_back",
    "give_work_back",
    "hand_in",
    "join_playlist",
    "judge_as_peer",
    "judge_attempt",
    "keep_reflection",
    "leave_playlist",
    "lock_of",
    "look_at_changes",
    "note_changes",
    "offer_page_role",
    "publish_question",
    "register",
    "report_judgement",
    "set_judgement_aside",
    "sync_authors",
    "sync_page_authors",
    "take_back_check_in",
    "take_back_evidence",
    "take_question_off",
    "tell_of_dates",
    "tell_of_questions",
]
