"""What the clock does for files."""

from datetime import timedelta

from portal import clock
from portal.files.actions import drop_unnamed_bytes
from portal.schedule import every

REST = timedelta(days=7)  # far longer than any transaction, and time to put a lost row back from a copy


@every(seconds=24 * 3600)
def forget_unnamed_files():
    """Delete private files that no row has named for a week: what an interrupted upload or deletion left."""
    drop_unnamed_bytes(before=clock.now() - REST)
