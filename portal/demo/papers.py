"""The resume files that the invented people hand in: PDFs in two layouts, and pages for scanning.

IPAexGothic stands first because its subsets are a tenth of the size of Noto's for Japanese.
"""

from base64 import b64encode
from html import escape
from typing import Any

from weasyprint import HTML

from portal.demo.cast import Person

FAMILIES = (
    '"Noto Sans", IPAexGothic, "Noto Sans CJK JP", "Noto Sans Myanmar", "Noto Sans Thai", "Noto Sans Khmer",'
    '"Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans Sinhala", "Noto Sans Tamil", "Noto Sans Gurmukhi",'
    '"Noto Sans Arabic", sans-serif'
)
STYLE = """
@page { size: A4; margin: 16mm 17mm 18mm; }
body { font: 9.6pt/1.6 %s; color: #222; }
h1 { font-size: 17pt; font-weight: 400; margin: 0; }
h2 { font-size: 11pt; font-weight: 400; margin: 5mm 0 1.5mm; border-bottom: .4mm solid %s; color: %s; }
p, ul, dl { margin: 0 0 1.5mm; } ul { padding-left: 5mm; }
table { border-collapse: collapse; width: 100%%; }
td { border: .2mm solid #999; padding: 1.2mm 2mm; vertical-align: top; }
td:first-child { width: 34mm; background: #f6f6f4; } .small { color: #555; font-size: 8.4pt; }
img { float: right; width: 27mm; margin: 0 0 2mm 4mm; } h3 { font-size: 10pt; font-weight: 400; margin: 2mm 0 .5mm; }
"""
COLOURS = ("#2f4b6e", "#4d5b3a", "#6a4a3c", "#3d5a5c")
WORDS = {
    "ja": ("履歴書・職務経歴書", "プロフィール", "職務経歴", "学歴", "資格", "スキル", "語学", "志望動機", "現在"),
    "en": (
        "Curriculum vitae",
        "Profile",
        "Experience",
        "Education",
        "Certificates",
        "Skills",
        "Languages",
        "Motivation",
        "present",
    ),
}


def resume_pdf(person: Person, photo: bytes | None) -> bytes:
    """The person's own PDF: a form-like table in Japanese, a plain page in English."""
    colour = COLOURS[int(person.ref[1:]) % len(COLOURS)]
    style = STYLE % (FAMILIES, colour, colour)
    picture = f'<img src="data:image/jpeg;base64,{b64encode(photo).decode()}">' if photo else ""
    html = (
        f'<html lang="{person.lang}"><style>{style}</style><body>{picture}{_head(person)}{_body(person)}</body></html>'
    )
    return bytes(HTML(string=html).write_pdf(pdf_identifier=person.ref.encode()) or b"")


def scan_lines(person: Person) -> list[tuple[int, str]]:
    """The page that is drawn as a scan, as (size in pixels, text). The name is romanised there."""
    words = WORDS[person.lang]
    reading = " ".join(part for part in person.name[3:5] if part)
    lines = [
        (34, words[0]),
        (30, person.name[5]),
        (22, reading),
        (20, person.reach[0]),
        (20, person.reach[1]),
        (20, ""),
    ]
    lines += [(22, words[1]), (19, person.summary), (20, ""), (22, words[2])]
    for company, position, start, end, *_rest in person.work:
        lines.append((19, f"{start} - {end or words[8]}  {_plain(company)}"))
        lines.append((19, f"      {position}"))
    lines += [(20, ""), (22, words[3])]
    lines += [(19, f"{start} - {end}  {_plain(name)}") for name, _area, _degree, start, end in person.school]
    lines += [(20, ""), (22, words[4])] + [(19, f"{date}  {name}") for name, _issuer, date in person.licences]
    return lines


def _plain(text: str) -> str:
    """Scripts that the scan's two fonts lack are left to the PDFs."""
    return (
        text
        if all(c < "\u0500" or "\u1e00" <= c <= "\u1eff" or "\u3000" <= c <= "\u9fff" or c in "’–" for c in text)
        else "―"
    )


def _head(person: Person) -> str:
    reading = " ".join(part for part in person.name[3:5] if part)
    return (
        f"<p class=small>{WORDS[person.lang][0]}</p><h1>{escape(person.name[0])}</h1>"
        f"<p>{escape(person.name[5])} {escape(reading if person.lang == 'ja' else '')}</p>"
        f"<p class=small>{escape(' '.join(part for part in person.lives[1:] if part))}<br>"
        f"{escape(person.reach[0])} ・ {escape(person.reach[1])}</p>"
    )


def _body(person: Person) -> str:
    words = WORDS[person.lang]
    parts = [
        _section(words[1], f"<p>{escape(person.summary)}</p>"),
        _section(words[2], "".join(_job(row, words[8]) for row in person.work)),
    ]
    parts.append(
        _section(
            words[3], _rows([[f"{r[3]} – {r[4]}", " ".join(part for part in r[:3] if part)] for r in person.school])
        )
    )
    if person.licences:
        parts.append(
            _section(words[4], _rows([[r[2], " ".join(part for part in r[:2] if part)] for r in person.licences]))
        )
    parts.append(
        _section(
            words[5],
            _rows(
                [
                    [r[0], "、".join([r[1], *r[2]]) if person.lang == "ja" else ", ".join([r[1], *r[2]])]
                    for r in person.skills
                ]
            ),
        )
    )
    parts.append(_section(words[6], _rows([each.split(":") for each in person.languages])))
    if person.motivation:
        parts.append(_section(words[7], f"<p>{escape(person.motivation)}</p>"))
    return "".join(parts)


def _section(title: str, inner: str) -> str:
    return f"<h2>{escape(title)}</h2>{inner}"


def _job(row: list[Any], present: str) -> str:
    company, position, start, end, place, summary, highlights = row
    points = "".join(f"<li>{escape(each)}</li>" for each in highlights)
    return (
        f"<h3>{escape(start)} – {escape(end or present)}　{escape(company)}</h3>"
        f"<p>{escape(position)} <span class=small>{escape(place)}</span><br>{escape(summary)}</p><ul>{points}</ul>"
    )


def _rows(rows: list[list[str]]) -> str:
    return "<table>" + "".join(f"<tr><td>{escape(a)}<td>{escape(b)}" for a, b in rows) + "</table>"
