"""A PDF's own text is held against what its bringer says that it shows."""

import pytest
from weasyprint import HTML

from portal.documents.cleaning import clean_document
from portal.documents.held import shown_in

THEIRS = ("thiri@example.jp", "+819012345678", "169-0073")


def pdf(text: str) -> bytes:
    """A page as an editor makes it, cleaned as an import cleans it."""
    return clean_document(HTML(string=f"<p>{text}</p>").write_pdf(), "resume.pdf").pdf


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to Thiri@Example.jp", ("email",)),
        ("電話 ０９０－１２３４－５６７８", ("telephone",)),
        ("+81 (90) 1234 5678", ("telephone",)),
        ("〒169-0073 東京都新宿区", ("address",)),
        ("thiri@example.jp 090.1234.5678 〒1690073", ("email", "telephone", "address")),
        ("Welder since 2016-04, licence 1690073456, 03-1690-0731", ()),
    ],
)
def test_contact_details_in_the_text_are_found(text: str, found: tuple[str, ...]) -> None:
    assert shown_in(pdf(text), *THEIRS) == found


def test_nothing_is_found_where_nothing_is_known_of_the_person() -> None:
    assert shown_in(pdf("thiri@example.jp 12345 090-1234-5678"), None, "none", "123") == ()
