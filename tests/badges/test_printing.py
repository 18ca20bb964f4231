"""What makes PDF files is loaded when one is asked for, and missed without harm."""

import subprocess
import sys

from portal.bootstrap import ROOT

START = """
import sys
import django
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
from badges import cards
"""
WITHOUT_PANGO = """
import cffi
def missing(*names):
    tries.append(names)
    raise OSError("cannot load library")
tries, cffi.FFI.dlopen = [], missing
"""


def answer(program: str) -> str:
    """Run a program in a process of its own; returns the last line it prints."""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip().rsplit("\n", 1)[-1]


def test_a_start_does_not_load_what_makes_pdf_files():
    assert answer(f"{START}print('badges.views.codes' in sys.modules, 'weasyprint' in sys.modules)") == "True False"


def test_without_the_libraries_nothing_can_be_printed_and_it_is_tried_once():
    asks = "first = cards.may_print(), bool(tries); tries.clear(); print(first, cards.may_print(), tries)"

    assert answer(f"{START}{WITHOUT_PANGO}{asks}") == "(False, True) False []"
