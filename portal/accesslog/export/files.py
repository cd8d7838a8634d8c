"""The file of an export, made piece by piece: a ZIP of entries and manifest, or a workbook, which is a ZIP too.

Promise: no more than a page of entries is held. The last line says that the file is whole or where it broke off. The
manifest says how many entries there are and what the hash of their bytes is.
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, cast
from xml.sax.saxutils import escape

from portal.accesslog.export.entries import COLUMNS, Entry, cells, csv_line, fhir, ocsf, plain

Form = str
NAMES = {
    "csv": "entries.csv", "jsonl": "entries.jsonl", "ocsf": "entries.ocsf.jsonl", "fhir": "entries.fhir.ndjson",
    "xlsx": "xl/worksheets/sheet1.xml",
}  # fmt: skip
LARGEST_SHEET = 1_048_574  # rows of a workbook, without its heading and its last line
_NOT_XML = re.compile("[^\t\n\r -\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 has no place for
_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_SHEET_END = "</sheetData></worksheet>"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet2.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    f' xmlns:r="{_OFFICE}"><sheets><sheet name="entries" sheetId="1" r:id="r1"/>'
    '<sheet name="manifest" sheetId="2" r:id="r2"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/worksheet" Target="worksheets/sheet2.xml"/></Relationships>',
}


class TooManyRows(Exception):
    """More entries than a workbook holds."""


class _Sent(io.RawIOBase):
    """What was written and not yet sent; a place to write to that cannot be gone back in."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        """Keep the bytes until they are taken."""
        self._pieces.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """The bytes that were written since the last time."""
        made = b"".join(self._pieces)
        self._pieces.clear()
        return made


def _xml_row(row: Iterable[str]) -> str:
    texts = [escape(_printable(text)) for text in row]
    made = [f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' for text in texts]
    return f"<row>{''.join(made)}</row>"


def _printable(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _json_line(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False) + "\n"


LINES: dict[Form, Callable[[Entry], str]] = {
    "csv": lambda entry: csv_line(cells(entry)),
    "jsonl": lambda entry: _json_line(plain(entry)),
    "ocsf": lambda entry: _json_line(ocsf(entry)),
    "fhir": lambda entry: _json_line(fhir(entry)),
    "xlsx": lambda entry: _xml_row(cells(entry)),
}


class ExportFile:
    """One file that is being made. `digest` is SHA-256 of the bytes of its entries so far."""

    def __init__(self, form: Form, asked: Mapping[str, Any], begun: datetime) -> None:
        """`asked` is what the export was narrowed to, for the manifest; `begun` is given to the parts as their time."""
        self.form, self.asked, self.begun, self.entries = form, dict(asked), begun, 0
        self._sent, self._hash = _Sent(), sha256()
        self._zip = zipfile.ZipFile(cast(IO[bytes], self._sent), "w", zipfile.ZIP_DEFLATED)
        if form == "xlsx":
            for name, text in _PARTS.items():
                self._put(name, text)
        self._data: IO[bytes] = self._zip.open(self._info(NAMES[form]), "w", force_zip64=True)
        self._write({"csv": "\ufeff" + csv_line(list(COLUMNS)), "xlsx": _SHEET + _xml_row(COLUMNS)}.get(form, ""))

    @property
    def digest(self) -> bytes:
        """SHA-256 of the part with the entries, in the end of the whole part."""
        return self._hash.digest()

    def add(self, entries: Sequence[Entry]) -> bytes:
        """The next bytes to send. Raises TooManyRows; those that still have room are in the file then."""
        room = LARGEST_SHEET - self.entries if self.form == "xlsx" else len(entries)
        self._write("".join(map(LINES[self.form], entries[:room])))
        self.entries += len(entries[:room])
        if len(entries) > room:
            raise TooManyRows
        return self._sent.taken()

    def close(self, *, whole: bool) -> bytes:
        """The last bytes: whether it is whole, and the manifest."""
        said = f"BROKEN OFF after {self.entries} entries: NOT WHOLE"
        if whole:
            said = f"END OF EXPORT: {self.entries} entries"
        code, severity = ("informational", "information") if whole else ("incomplete", "error")
        issue = {"severity": severity, "code": code, "diagnostics": said}
        last = {
            "csv": csv_line([said]),
            "xlsx": _xml_row([said]) + _SHEET_END,
            "fhir": _json_line({"resourceType": "OperationOutcome", "issue": [issue]}),
        }
        self._write(last.get(self.form, _json_line({"export": said, "whole": whole, "entries": self.entries})))
        self._data.close()
        manifest = {
            "part": NAMES[self.form],
            "sha256": self.digest.hex(),
            "entries": self.entries,
            "whole": whole,
            "begun": self.begun.isoformat(),
            **self.asked,
        }
        if self.form == "xlsx":
            rows = "".join(_xml_row([name, str(value)]) for name, value in manifest.items())
            self._put("xl/worksheets/sheet2.xml", _SHEET + rows + _SHEET_END)
        else:
            self._put("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
        self._zip.close()
        return self._sent.taken()

    def _write(self, text: str) -> None:
        data = text.encode()
        self._hash.update(data)
        self._data.write(data)

    def _put(self, name: str, text: str) -> None:
        self._zip.writestr(self._info(name), text)

    def _info(self, name: str) -> zipfile.ZipInfo:
        made = zipfile.ZipInfo(name, self.begun.timetuple()[:6])
        made.compress_type = zipfile.ZIP_DEFLATED
        made.external_attr = 0o644 << 16
        return made
