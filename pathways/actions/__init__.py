"""What can be done with sections, playlists and activities."""

from pathways.actions.attempts import answer_quiz, confirm_activity, hand_in, take_back_evidence
from pathways.actions.enrolments import award_badge_of, complete_playlists_of, join_playlist, leave_playlist
from pathways.actions.reviews import judge_attempt
from pathways.actions.sections import ensure_learning_index, ensure_section, sync_authors

__all__ = [
    "answer_quiz",
    "award_badge_of",
    "complete_playlists_of",
    "confirm_activity",
    "ensure_learning_index",
    "ensure_section",
    "hand_in",
    "join_playlist",
    "judge_attempt",
    "leave_playlist",
    "sync_authors",
    "take_back_evidence",
]
