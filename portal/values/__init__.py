"""What a person may write: each kind of value is read and judged here, once, for forms, commands and imports.

Promise: a value that passes is in the portal's own form, whichever way it came; one that does not raises `Wrong` with
a sentence of the catalogs, never with a library's wording. Text stays text: one that begins with "=" is a name like any
other.
"""
