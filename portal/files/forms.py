"""The page editor's own form for documents."""

from wagtail.documents.forms import BaseDocumentForm

from portal.files.gate import admit_document


class EditorDocumentForm(BaseDocumentForm):
    """Documents of the page editor go through the gate like all others; past the limit they would be cut short."""

    def clean_file(self):
        """Refuse what the gate refuses."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            admit_document(file)
            file.seek(0)
        return file
