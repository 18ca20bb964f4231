"""What the label keeps."""

from quality_label.models.framework import FrameworkVersion

__all__ = ["FrameworkVersion"]
