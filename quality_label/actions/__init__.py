"""What can be done about the label."""

from quality_label.actions.frameworks import (
    begin_version,
    discard_version,
    edit_version,
    export_version,
    import_version,
    put_in_force,
)

__all__ = [
    "begin_version",
    "discard_version",
    "edit_version",
    "export_version",
    "import_version",
    "put_in_force",
]
