"""Whatever is done to a file's bytes, the answer is a clean document or a refusal."""

import io
from functools import cache

import pikepdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents.cleaning import CleanDocument, clean_document
from portal.documents.instructions import pieces, read
from portal.documents.refusals import Refused
from tests.documents import bombs, hostile
from tests.documents.test_neutralised import FORBIDDEN, names_in


@cache
def seeds() -> list[tuple[str, bytes]]:
    pdfs = [
        hostile.plain_pdf(2),
        hostile.pdf_with(hostile.add_actions),
        hostile.pdf_with(hostile.add_attachments),
        hostile.pdf_with(hostile.add_form),
        hostile.pdf_with(hostile.add_external),
        hostile.pdf_with_picture(hostile.tagged_jpeg(), (300, 400)),
        hostile.self_drawing(),
        *bombs.all_of_them().values(),
    ]
    pictures = [("a.jpg", hostile.tagged_jpeg()), ("a.png", hostile.picture("PNG"))]
    return [("a.pdf", pdf) for pdf in pdfs] + pictures


edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)), min_size=1, max_size=6)
tokens = st.sampled_from([b"/Kids", b"/Type", b"/Page", b"/Length", b"endobj", b"stream", b"<<", b">>", b"[", b"1 0 R"])


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, added in changes:
        at = int(place * len(data))
        data = data[:at] + added + data[at + removed :]
    return data


def check(data: bytes, name: str) -> None:
    try:
        result = clean_document(data, name)
    except Refused:
        return
    assert isinstance(result, CleanDocument)
    assert not names_in(result.pdf) & FORBIDDEN
    with pikepdf.open(io.BytesIO(result.pdf)) as document:
        assert len(document.pages) == result.pages


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, len(seeds()) - 1), changes=edits)
def test_changed_bytes(seed: int, changes: list[tuple[float, int, bytes]]) -> None:
    name, data = seeds()[seed]
    check(mutated(data, changes), name)


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, len(seeds()) - 3), old=tokens, new=tokens, which=st.integers(0, 5))
def test_changed_structure(seed: int, old: bytes, new: bytes, which: int) -> None:
    name, data = seeds()[seed]
    parts = data.split(old)
    at = min(which, len(parts) - 1)
    check(old.join(parts[:at]) + new + old.join(parts[at:]), name)


@settings(max_examples=60)
@given(st.binary(max_size=600), st.sampled_from([b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_noise(noise: bytes, start: bytes) -> None:
    name = {b"%": "a.pdf", b"\xff": "a.jpg", b"\x89": "a.png"}[start[:1]]
    check(start + noise + b"\n%%EOF", name)


WORDS = b"""/X Do q ( ) \\ < > << >> [ ] { % #41 # /ActualText BI /W ID EI 1 Tj /F /DCT""".split()
words = st.sampled_from([*WORDS, b" ", b"\n", b"\0", b"\x82"])


@settings(max_examples=400)
@given(st.lists(words, max_size=30).map(b"".join))
def test_instructions_are_read_as_they_were_written(written: bytes) -> None:
    try:
        once = read(written)
    except (Refused, pikepdf.PdfError):
        return
    again = read(once.data)
    assert (again.named, again.drawn) == (once.named, once.drawn)
    assert not any(kind == "name" and b"%" in raw for kind, raw in pieces(once.data))
