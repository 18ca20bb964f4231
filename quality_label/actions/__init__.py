"""What can be done about the label."""

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

__all__ = [
    "add_criterion",
    "begin_version",
    "discard_version",
    "edit_part",
    "edit_version",
    "export_version",
    "import_version",
    "put_in_force",
    "remove_criterion",
    "translate_version",
]
