"""Files a stranger might send: good ones, broken ones, and ones made to do harm."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

MARK = "Visible 12345"


def saved(pdf: Pdf, **options: Any) -> bytes:
    """The document's bytes."""
    written = io.BytesIO()
    pdf.save(written, **options)
    return written.getvalue()


def page_of(pdf: Pdf, text: str = MARK) -> Dictionary:
    """A page that shows one line of text, added to the document."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pikepdf.Page(
        pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 595, 842]),
                Resources=Dictionary(Font=Dictionary(F1=pdf.make_indirect(font))),
                Contents=pdf.make_stream(f"BT /F1 24 Tf 72 700 Td ({text}) Tj ET".encode()),
            )
        )
    )
    pdf.pages.append(page)
    return pdf.pages[-1].obj


def plain_pdf(pages: int = 1) -> bytes:
    """A harmless PDF that shows MARK on each page."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            page_of(pdf)
        return saved(pdf)


def pdf_with(change: Callable[[Pdf, Dictionary], None]) -> bytes:
    """A harmless PDF after `change(pdf, first page)`."""
    with Pdf.new() as pdf:
        change(pdf, page_of(pdf))
        return saved(pdf)


def script(code: str = "app.alert(1)") -> Dictionary:
    """A JavaScript action."""
    return Dictionary(S=Name.JavaScript, JS=String(code))


def add_actions(pdf: Pdf, page: Dictionary) -> None:
    """Scripts and programs at every place that can start one."""
    pdf.Root.OpenAction = script()
    pdf.Root.AA = Dictionary(WC=script())
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))
    page.AA = Dictionary(O=Dictionary(S=Name.Launch, F=String("calc.exe")))
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 800]))
    link.A = Dictionary(S=Name.URI, URI=String("https://example.com/"))
    page.Annots = Array([pdf.make_indirect(link)])


def add_attachments(pdf: Pdf, page: Dictionary) -> None:
    """A file in the document, one on the page, and rich media."""
    pdf.attachments["secret.txt"] = b"attached words"
    body = pdf.make_stream(b"attached words")
    file = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=body))
    pinned = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))
    pinned.FS = file
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))
    media.RichMediaContent = Dictionary(Assets=Dictionary())
    page.Annots = Array([pdf.make_indirect(pinned), pdf.make_indirect(media)])
    page.AF = Array([file])


def add_form(pdf: Pdf, page: Dictionary) -> None:
    """A form with one filled-in field, an XFA part and a script."""
    shown = pdf.make_stream(b"BT /F1 12 Tf 2 5 Td (Filled 67890) Tj ET")
    shown.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 200, 20])))
    shown.Resources = Dictionary(Font=page.Resources.Font)
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("t"), F=4)
    field.V = String("Filled 67890")
    field.Rect = Array([72, 600, 272, 620])
    field.AP, field.AA = Dictionary(N=shown), Dictionary(K=script())
    field = pdf.make_indirect(field)
    page.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), XFA=pdf.make_stream(b"<xdp/>"))


def add_metadata(pdf: Pdf, page: Dictionary) -> None:
    """The author's name in every place a PDF has for it."""
    pdf.docinfo["/Author"] = "Secret Author"
    xmp = pdf.make_stream(b"<x:xmpmeta>Secret Author</x:xmpmeta>")
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata, page.Metadata = xmp, xmp
    page.PieceInfo = Dictionary(App=Dictionary(Private=String("Secret Author")))


def add_external(pdf: Pdf, page: Dictionary) -> None:
    """A stream, and a form, whose content lies in another file."""
    outside = pdf.make_stream(b"")
    outside.F = String("/etc/passwd")
    outside.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
    outside.Ref = Dictionary(F=String("other.pdf"), Page=0)
    program = pdf.make_stream(b"(hello) print")
    program.Type, program.Subtype = Name.XObject, Name.PS
    page.Resources.XObject = Dictionary(Out=outside, Prog=program, JS=outside)


def encrypted_pdf(password: str) -> bytes:
    """A protected PDF; with an empty password anyone can open it, but it stays protected."""
    with Pdf.new() as pdf:
        page_of(pdf)
        protection = pikepdf.Encryption(owner="owner", user=password)
        return saved(pdf, encryption=protection)


def zip_bytes() -> bytes:
    """A small archive."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("a.txt", "hello")
    return written.getvalue()


def deep_pages(depth: int) -> bytes:
    """One page under `depth` levels of page tree."""
    with Pdf.new() as pdf:
        page = page_of(pdf)
        node = pdf.make_indirect(page)
        for _ in range(depth):
            node = pdf.make_indirect(Dictionary(Type=Name.Pages, Count=1, Kids=Array([node])))
        pdf.Root.Pages = node
        return saved(pdf)


def unfolding_stream(size: int) -> bytes:
    """Drawing instructions that are `size` blanks once decompressed."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    packed = b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()
    with Pdf.new() as pdf:
        page = page_of(pdf)
        page.Contents = pdf.make_stream(b"")
        page.Contents.write(packed, filter=Name.FlateDecode)
        return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def drawing_bomb(levels: int = 12, times: int = 10) -> bytes:
    """A form that draws a form ten times, twelve deep."""
    with Pdf.new() as pdf:
        page = page_of(pdf)
        inner = None
        for _ in range(levels):
            form = pdf.make_stream(b"/X Do " * times if inner is not None else b"0 0 1 1 re f")
            form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
            form.Resources = Dictionary(XObject=Dictionary(X=inner)) if inner else Dictionary()
            inner = form
        page.Resources.XObject = Dictionary(X=inner)
        page.Contents = pdf.make_stream(b"/X Do")
        return saved(pdf)


def self_drawing() -> bytes:
    """A form that draws itself."""
    with Pdf.new() as pdf:
        page = page_of(pdf)
        form = pdf.make_stream(b"/X Do")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9])))
        form.Resources = Dictionary(XObject=Dictionary(X=form))
        page.Resources.XObject = Dictionary(X=form)
        page.Contents = pdf.make_stream(b"/X Do")
        return saved(pdf)


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 400), **options: object) -> bytes:
    """A picture with a red upper left quarter."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def tagged_jpeg() -> bytes:
    """A photograph that says where it was taken, lies on its side, and carries a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    return picture(exif=exif, comment=b"Secret Comment")


def pdf_with_picture(data: bytes, size: tuple[int, int]) -> bytes:
    """A page that shows a JPEG as it is."""
    with Pdf.new() as pdf:
        page = page_of(pdf)
        image = pdf.make_stream(b"")
        image.write(data, filter=Name.DCTDecode)
        image.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=size[0],
                Height=size[1],
                BitsPerComponent=8,
                ColorSpace=Name.DeviceRGB,
            )
        )
        page.Resources.XObject = Dictionary(Im=image)
        page.Contents = pdf.make_stream(b"q 300 0 0 400 72 300 cm /Im Do Q")
        return saved(pdf)


def saved_plainly(data: bytes) -> bytes:
    """The same PDF with nothing packed, and a table of offsets at its end."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)


def with_offsets_moved(plain: bytes, by: int) -> bytes:
    """The PDF of `saved_plainly` with offsets that count from `by` bytes before its start."""
    table = plain.rindex(b"xref\n0 ")
    moved = re.sub(rb"(\d{10}) (\d{5}) n", lambda row: b"%010d %s n" % (int(row[1]) + by, row[2]), plain[table:])
    moved = re.sub(rb"startxref\n(\d+)", lambda row: b"startxref\n%d" % (int(row[1]) + by), moved)
    return plain[:table] + moved
