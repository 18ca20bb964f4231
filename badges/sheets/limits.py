"""How large an award list may be, and a parcel of documents."""

UPLOAD = 10 * 1024 * 1024
ROWS = 100_000
COLUMNS = 50
CELL = 32_767  # as in a spreadsheet
TEXT = 20_000_000  # letters in all cells together
# Letters of one cell, before any other work: searching or normalizing a text can take the square of its length.
ADDRESS_CELL = NAME_CELL = 500
WORD_CELL = 100  # a language, a date or a result
NARRATIVE_CELL = 4000
SECONDS = 10
MEMORY = 768 * 1024 * 1024
PARCEL_FILES = 500  # in a ZIP of documents
PARCEL_UNPACKED = 100_000_000
