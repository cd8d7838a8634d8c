"""How much a document may hold. Large enough for real resumes and phone photographs of them."""

MEBIBYTE = 1024 * 1024

MAX_BYTES = 20 * MEBIBYTE
MAX_PAGES = 50
MAX_PIXELS = 50_000_000  # per image: a scan of A3 at 400 dpi is 31 million
MAX_OBJECTS = 60_000
MAX_STREAM_BYTES = 192 * MEBIBYTE  # one stream, decompressed: an RGB image of MAX_PIXELS
MAX_TOTAL_BYTES = 384 * MEBIBYTE  # all streams, decompressed
MAX_CONTENT_BYTES = 24 * MEBIBYTE  # the drawing instructions of one page or form, decompressed
MAX_PIECES = 2_000_000  # names, texts and runs of numbers in one page or form
MAX_DEPTH = 40  # pages in pages, objects in objects
MAX_DRAWS = 200_000  # forms drawn by forms, multiplied out
MAX_ANNOTATIONS = 5_000  # notes and form fields of one document
MAX_DRAWN_FIELDS = 400  # of them, those that we draw
MAX_FIELD_BYTES = 40_000  # of text in one of them
MAX_SHAPE_POINTS = 5_000  # of one shape that we draw
MAX_DESCRIPTION_BYTES = 4_096  # of a picture inside the instructions
MAX_EDGE = 65_500  # pixels along one edge: no JPEG has more
MAX_SCANS = 64  # of a progressive JPEG, which usually has ten
MAX_PNG_CHUNKS = 20_000
TRAILING_BYTES = 1024  # blanks that mail programs append
IMAGE_TRAILER_BYTES = 64 * 1024  # what cameras append after the picture

SCAN_EDGE = 3508  # longest edge of a page image: A4 at 300 dpi
PHOTO_EDGE = 960  # longest edge of a portrait: twice 40 mm at 300 dpi
JPEG_QUALITY = 88
