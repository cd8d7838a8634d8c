"""Drawn portraits and scanned-looking pages. Nobody is depicted: every face is circles and a colour."""

import hashlib
import random
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from portal.demo.cast import Person

Colour = tuple[int, int, int]
BACKGROUNDS: list[Colour] = [(214, 228, 240), (226, 236, 222), (240, 231, 215), (232, 225, 238), (220, 233, 233)]
SKINS: list[Colour] = [(245, 214, 186), (230, 188, 150), (206, 158, 118), (168, 120, 84), (132, 92, 66)]
HAIRS: list[Colour] = [(38, 32, 32), (60, 44, 36), (84, 60, 44), (48, 48, 56)]
CLOTHES: list[Colour] = [(52, 73, 110), (74, 88, 96), (120, 72, 80), (64, 100, 84), (88, 78, 120)]
PHOTO = (300, 400)
PAGE = (1000, 1414)
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
)


def portrait(person: Person) -> Image.Image:
    """A 3:4 illustration, the same for the same person every time."""
    chance = _chance(person)
    scale = 3
    width, height = PHOTO[0] * scale, PHOTO[1] * scale
    picture = Image.new("RGB", (width, height), chance.choice(BACKGROUNDS))
    draw = ImageDraw.Draw(picture)
    skin, hair, cloth = chance.choice(SKINS), chance.choice(HAIRS), chance.choice(CLOTHES)
    middle, long = width // 2, chance.random() < 0.5

    def oval(x: float, y: float, rx: float, ry: float, colour: Colour) -> None:
        draw.ellipse((middle + (x - rx) * scale, (y - ry) * scale, middle + (x + rx) * scale, (y + ry) * scale), colour)

    oval(0, 168, 86, 96 if not long else 118, hair)
    if long:
        draw.rounded_rectangle((middle - 86 * scale, 168 * scale, middle + 86 * scale, 290 * scale), 40 * scale, hair)
    oval(0, 420, 150, 120, cloth)
    draw.rectangle((middle - 26 * scale, 235 * scale, middle + 26 * scale, 320 * scale), skin)
    oval(0, 316, 34, 22, skin)
    oval(0, 182, 70, 86, skin)
    oval(0, 108, 74, chance.choice([34, 42, 48]), hair)
    for side in (-1, 1):
        oval(side * 28, 186, 6, 7, (50, 42, 40))
    draw.arc((middle - 24 * scale, 205 * scale, middle + 24 * scale, 238 * scale), 20, 160, (150, 80, 74), 4 * scale)
    return picture.resize(PHOTO, Image.Resampling.LANCZOS)


def scan(person: Person, lines: list[tuple[int, str]]) -> Image.Image:
    """A page of text as a phone or an office scanner leaves it: grey, slightly turned, uneven."""
    chance = _chance(person)
    page = Image.new("L", PAGE, 250)
    draw = ImageDraw.Draw(page)
    draw.rectangle((60, 60, PAGE[0] - 60, PAGE[1] - 60), outline=150, width=2)
    y = 96
    for size, text in lines:
        for piece in _wrapped(draw, text, size):
            draw.text((96, y), piece, font=_font(piece, size), fill=40)
            y += round(size * 1.7)
        if y > PAGE[1] - 110:
            break
    turned = page.rotate(chance.uniform(-0.9, 0.9), Image.Resampling.BICUBIC, fillcolor=225)
    shade = Image.linear_gradient("L").resize(PAGE).point(lambda value: 244 + value // 24)
    return Image.blend(turned, shade, 0.12).filter(ImageFilter.GaussianBlur(0.5))


def as_bytes(picture: Image.Image, kind: str) -> bytes:
    """The picture as a JPEG ("jpg") or PNG ("png") file."""
    written = BytesIO()
    if kind == "png":
        picture.quantize(16).save(written, "PNG", optimize=True)
    else:
        picture.save(written, "JPEG", quality=62 if picture.mode == "L" else 84, optimize=True)
    return written.getvalue()


def _chance(person: Person) -> random.Random:
    return random.Random(hashlib.sha256(person.ref.encode()).digest())  # noqa: S311 - a drawing


def _font(text: str, size: int) -> ImageFont.FreeTypeFont:
    """Japanese by its own font; Latin and Cyrillic, whose marks that one lacks, by the other."""
    japanese = any("\u3000" <= c <= "\uffef" for c in text)
    return ImageFont.truetype(Path(FONTS[0 if japanese else 1]), size)


def _wrapped(draw: ImageDraw.ImageDraw, text: str, size: int) -> list[str]:
    """Lines no wider than the page; broken anywhere in Japanese, between words otherwise."""
    font, lines, line = _font(text, size), [], ""
    for piece in text.replace(" ", " \0").split("\0") if text.isascii() else text:
        if draw.textlength(line + piece, font=font) > PAGE[0] - 200 and line:
            lines.append(line)
            line = ""
        line += piece
    return [*lines, line]
