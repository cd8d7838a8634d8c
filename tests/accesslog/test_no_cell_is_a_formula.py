"""No cell of an export is taken for a formula, nor spoils the workbook, whatever a name or a browser calls itself."""

from xml.etree import ElementTree

import pytest

from portal.accesslog.export.entries import COLUMNS, cells
from portal.accesslog.export.files import _xml_row


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠a"])
def test_a_cell_that_begins_like_a_formula_is_marked_as_text(name: str) -> None:
    entry = dict.fromkeys(COLUMNS) | {"actor_name": name}
    assert cells(entry)[COLUMNS.index("actor_name")] == f"'{name}"


@pytest.mark.parametrize("agent", ["\x00", "\x1f", "\ufffe", "\uffff"])
def test_what_no_workbook_can_hold_is_replaced(agent: str) -> None:
    (text,) = ElementTree.fromstring(_xml_row([f"a{agent}😀"])).itertext()  # noqa: S314 - our own
    assert text == "a\ufffd😀"
