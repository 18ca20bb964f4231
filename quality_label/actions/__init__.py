"""What can be done about the label."""

from quality_label.actions.clarification import (
    add_question,
    drop_round,
    gather_questions,
    have_no_more_questions,
    send_questions,
    word_question,
)
from quality_label.actions.consensus import call_third_review, save_level
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
from quality_label.actions.report import finish_consensus, save_report
from quality_label.actions.reviews import (
    compare_reviews,
    compare_when_complete,
    lock_review,
    report_personal_data,
    save_rating,
    save_remarks,
)

__all__ = [
    "add_criterion",
    "add_question",
    "begin_version",
    "call_third_review",
    "compare_reviews",
    "compare_when_complete",
    "discard_version",
    "drop_round",
    "edit_part",
    "edit_version",
    "export_version",
    "finish_consensus",
    "gather_questions",
    "have_no_more_questions",
    "import_version",
    "lock_review",
    "put_in_force",
    "remove_criterion",
    "report_personal_data",
    "save_level",
    "save_rating",
    "save_remarks",
    "save_report",
    "send_questions",
    "translate_version",
    "word_question",
]
