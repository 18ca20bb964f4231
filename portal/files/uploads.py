"""Receiving uploads without letting them fill memory or disk."""

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class CappedUploadHandler(FileUploadHandler):
    """Write an upload to a temporary file up to the limit; count the rest and drop it.

    The form then says that the file is too large, or the disk full, and keeps everything else that was typed.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.received = 0
        self.disk_full = False
        try:
            self.file = TemporaryUploadedFile(
                self.file_name, self.content_type, 0, self.charset, self.content_type_extra
            )
        except OSError:
            self.disk_full, self.file = True, _Nothing(self.file_name)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received <= settings.UPLOAD_LIMIT and not self.disk_full:
            try:
                self.file.write(raw_data)
            except OSError:
                self.disk_full = True

    def file_complete(self, file_size):
        if not self.disk_full:
            try:
                self.file.seek(0)
            except OSError:
                self.disk_full = True
        self.file.size = file_size
        self.file.disk_full = self.disk_full
        return self.file

    def upload_interrupted(self):
        if hasattr(self, "file"):
            self.file.close()


class _Nothing:
    """Stands for a file that could not even be opened."""

    def __init__(self, name):
        self.name, self.content_type, self.size = name, "", 0

    def close(self):
        """There is nothing to close."""
