"""What is printed and drawn: cases for those who judge, and what is decided."""

from badges.cards import may_print
from quality_label.documents.case import case_pdf
from quality_label.documents.label import certificate_pdf, day, report_pdf, seal_svg, shown_report

__all__ = ["case_pdf", "certificate_pdf", "day", "may_print", "report_pdf", "seal_svg", "shown_report"]
