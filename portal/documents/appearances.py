"""Draws what was filled in or typed over a page, where the PDF itself has no drawing of it.

Promise: what a reader would show is drawn, in any script, whole and in its place; or the file is refused with
the name of the field. What a reader would not show stays out.
"""

import io
import unicodedata
from collections.abc import Callable
from functools import partial

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from portal.documents.fields import PUSHED, Text, called, inherited, number, text_in_field, text_of_note
from portal.documents.limits import MAX_DRAWN_FIELDS, MAX_FIELD_BYTES
from portal.documents.names import entry
from portal.documents.refusals import Reason, Refused
from portal.documents.shapes import SHAPES, NotPlain, drawn_shape

_HIDDEN = 2 | 32  # flags: hidden, and not to be viewed
_USUAL, _SMALLEST, _LINE = 12.0, 4.0, 1.25
_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)  # how much larger the field is taken, and drawn smaller, until all fits
_TURNS = {90: (0, 1, -1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, -1, 1, 0, 0, 0)}


def draw_missing(source: Pdf) -> None:
    """Gives each field and note that shows and has no drawing one. Raises `Refused`."""
    form = source.Root.get(Name.AcroForm)
    anew = isinstance(form, Dictionary) and bool(form.get(Name.NeedAppearances))
    wanted: list[tuple[Object, Callable[[], Object]]] = []
    for at, page in enumerate(source.pages, 1):
        for note in list(page.get(Name.Annots, Array())):
            if not isinstance(note, Dictionary) or number(note.get(Name.F)) & _HIDDEN:
                continue
            if drawing := _missing(source, form, note, anew, at):
                wanted.append((note, drawing))
    if len(wanted) > MAX_DRAWN_FIELDS:  # before the first is drawn: each takes time
        raise Refused(Reason.BOMB, "too many fields without a drawing")
    for note, drawing in wanted:
        note[Name.AP] = Dictionary(N=drawing())
    if isinstance(form, Dictionary):
        form[Name.NeedAppearances] = False


def _missing(source: Pdf, form: Object | None, note: Object, anew: bool, page: int) -> Callable[[], Object] | None:
    """What draws it, if something has to be drawn; `anew` when the form asks that its own drawings be replaced."""
    kind, has_drawing = note.get(Name.Subtype), _has_drawing(note)
    if has_drawing and not (anew and kind == Name.Widget):
        return None
    if kind == Name.Widget:
        text = text_in_field(note, form) or (None if has_drawing else _ticked(note, page))
    elif kind == Name.FreeText:
        text = text_of_note(note)
    elif isinstance(kind, Name) and str(kind)[1:] in SHAPES:
        return partial(_shape, source, note, page)
    else:
        return None
    return partial(_drawing, source, note, text, page) if text is not None else None


def _has_drawing(note: Object) -> bool:
    drawing = entry(entry(note, "AP"), "N")
    return isinstance(drawing, Stream) or (isinstance(drawing, Dictionary) and len(drawing) > 0)


def _ticked(field: Object, page: int) -> Text | None:
    """A mark in a box that is ticked. One of several that belong together says itself that it is the one."""
    if inherited(field, "FT") != Name.Btn or number(inherited(field, "Ff")) & PUSHED:
        return None
    state, value = field.get(Name.AS), inherited(field, "V")
    if state is None and value not in (None, Name.Off):
        siblings = entry(entry(field, "Parent"), "Kids")
        if isinstance(siblings, Array) and len(siblings) > 1:
            raise _undrawn(field, page)
        state = value
    return None if state in (None, Name.Off) else Text("✔", 0, "rgb(0, 0, 0)", "center", several=False)


def _shape(source: Pdf, note: Object, page: int) -> Object:
    try:
        return drawn_shape(source, note)
    except NotPlain:
        raise _undrawn(note, page) from None


def _undrawn(note: Object, page: int) -> Refused:
    return Refused(Reason.UNDRAWN, "a field or note without a drawing", f"p. {page}: {called(note)}")


def _drawing(source: Pdf, note: Object, text: Text, page: int) -> Object:
    rect = [float(side) for side in list(note.get(Name.Rect, Array()))[:4]]
    shown = unicodedata.normalize("NFC", text.text)
    if len(rect) < 4 or len(shown.encode()) > MAX_FIELD_BYTES or not all(map(_has_shape, shown)):
        raise _undrawn(note, page)
    wide, high = abs(rect[2] - rect[0]), abs(rect[3] - rect[1])
    turn = number(entry(entry(note, "MK"), "R")) % 360
    if turn in (90, 270):
        wide, high = high, wide
    if not (2 < wide <= 5_000 and 2 < high <= 5_000):
        raise _undrawn(note, page)
    made = _fitted(text, shown, wide, high)
    if made is None:
        raise _undrawn(note, page)
    form = source.copy_foreign(made.pages[0].as_form_xobject())
    if turn in _TURNS:
        form[Name.Matrix] = Array(_TURNS[turn])
    return form


def _fitted(text: Text, shown: str, wide: float, high: float) -> Pdf | None:
    """None where it does not fit, no font has a letter, or this machine cannot set type."""
    try:
        tried = (_set(text, shown, wide, high, scale) for scale in _SCALES)
        return next(filter(None, tried), None)
    except (LookupError, OSError):
        return None


def _has_shape(letter: str) -> bool:
    return letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Co", "Cn")


def _set(text: Text, shown: str, wide: float, high: float, scale: float) -> Pdf | None:
    """The text on a page as large as the field, times the scale; None when it does not fit."""
    from portal.documents.typesetting import pdf_of  # in a worker alone: a machine without Pango cleans the rest

    size = text.size or (_USUAL if text.several else min(_USUAL, high * 0.7))
    scale = max(scale, scale * max(size, _SMALLEST) * _LINE / max(high - 2, 1))
    values: dict[str, object] = {
        "text": shown, "width": wide * scale, "height": high * scale, "size": max(size, _SMALLEST),
        "colour": text.colour, "align": text.align, "several": text.several,
        "cells": [*shown, *[""] * text.cells][: text.cells] if len(shown) <= text.cells else [],
    }  # fmt: skip
    made = Pdf.open(io.BytesIO(pdf_of("pdf/field.html", "field.css", values, {}, whole=True)))
    return made if len(made.pages) == 1 else None
