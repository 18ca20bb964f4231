"""What can be done about the label."""

from quality_label.actions.application import (
    copy_application,
    discard_draft,
    save_answer,
    start_application,
    withdraw_application,
)
from quality_label.actions.clarification import (
    add_question,
    drop_round,
    gather_questions,
    have_no_more_questions,
    send_questions,
    word_question,
)
from quality_label.actions.committee import end_term, write_term
from quality_label.actions.consensus import call_third_review, save_level
from quality_label.actions.eligibility import (
    declare_ties,
    find_eligible,
    find_ineligible,
    hand_over,
    lower_sample,
    return_application,
    take_up_application,
)
from quality_label.actions.evidence import attach_evidence, checked_file, remove_evidence, staying, widen_evidence
from quality_label.actions.experts import save_profile
from quality_label.actions.frameworks import (
    add_criterion,
    begin_version,
    discard_version,
    edit_part,
    edit_version,
    export_version,
    import_version,
    put_in_force,
    remove_criterion,
    translate_version,
)
from quality_label.actions.replacement import replace_evidence
from quality_label.actions.replies import save_reply, send_replies, take_more_time
from quality_label.actions.report import finish_consensus, save_report
from quality_label.actions.reviews import (
    compare_reviews,
    compare_when_complete,
    lock_review,
    report_personal_data,
    save_rating,
    save_remarks,
)
from quality_label.actions.submission import resend_application, submit_application
from quality_label.actions.team import accept_place, agree_to_tie, decline_place, invite_team, record_named, void_place

__all__ = [
    "accept_place",
    "add_criterion",
    "add_question",
    "agree_to_tie",
    "attach_evidence",
    "begin_version",
    "call_third_review",
    "checked_file",
    "compare_reviews",
    "compare_when_complete",
    "copy_application",
    "declare_ties",
    "decline_place",
    "discard_draft",
    "discard_version",
    "drop_round",
    "edit_part",
    "edit_version",
    "end_term",
    "export_version",
    "find_eligible",
    "find_ineligible",
    "finish_consensus",
    "gather_questions",
    "hand_over",
    "have_no_more_questions",
    "import_version",
    "invite_team",
    "lock_review",
    "lower_sample",
    "put_in_force",
    "record_named",
    "remove_criterion",
    "remove_evidence",
    "replace_evidence",
    "report_personal_data",
    "resend_application",
    "return_application",
    "save_answer",
    "save_level",
    "save_profile",
    "save_rating",
    "save_remarks",
    "save_reply",
    "save_report",
    "send_questions",
    "send_replies",
    "start_application",
    "staying",
    "submit_application",
    "take_more_time",
    "take_up_application",
    "translate_version",
    "void_place",
    "widen_evidence",
    "withdraw_application",
    "word_question",
    "write_term",
]
