"""Finds one file by its name inside a PDF; run in a process of its own, so that a bomb harms nobody.

NAME LARGEST < paper.pdf > file

Ends with 3 when no such file is inside, with 4 when there are two or it is larger than LARGEST bytes, and with 1 when
the PDF cannot be read.
"""

import io
import logging
import sys

from pypdf import PdfReader

MOST_FILES = 100


def main(name: str, largest: int) -> int:
    """Look into the PDF on standard input; write the file that is found to standard output."""
    logging.disable()
    found = []
    paper = PdfReader(io.BytesIO(sys.stdin.buffer.read()))
    for number, file in enumerate(paper.attachment_list):
        if number == MOST_FILES:
            return 4
        if name in (file.alternative_name, file.name):
            found.append(file.content)
    if not found:
        return 3
    if len(set(found)) > 1 or len(found[0]) > largest:
        return 4
    sys.stdout.buffer.write(found[0])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
