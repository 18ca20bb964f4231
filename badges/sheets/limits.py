"""How large an award list may be."""

UPLOAD = 10 * 1024 * 1024
ROWS = 100_000
COLUMNS = 50
CELL = 32_767  # as in a spreadsheet
TEXT = 20_000_000  # letters in all cells together
SECONDS = 10
MEMORY = 768 * 1024 * 1024
