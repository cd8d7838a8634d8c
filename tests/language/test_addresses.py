"""An address stands in its own country's order, whoever reads it."""

import pytest

from portal.language.addresses import address
from portal.language.i18n import speaking

COUNTRIES = {
    "FR": ("フランス", "France"),
    "US": ("アメリカ合衆国", "United States"),
    "DE": ("ドイツ", "Germany"),
    "VN": ("ベトナム", "Vietnam"),
    "MM": ("ミャンマー", "Myanmar"),
    "KR": ("韓国", "South Korea"),
    "BR": ("ブラジル", "Brazil"),
    "GB": ("イギリス", "United Kingdom"),
    "JP": ("", "Japan"),
    "CH": ("スイス", "Switzerland"),
    "SG": ("シンガポール", "Singapore"),
    "AE": ("アラブ首長国連邦", "United Arab Emirates"),
}  # as they are named in Japanese, where the country at home is left out, and in English
# The country, then street, city, region and postal code.
EACH = [
    ("FR", "12 rue de la République | Lyon |  | 69002", "12 rue de la République, 69002 Lyon"),
    ("US", "350 Fifth Avenue | New York | NY | 10118", "350 Fifth Avenue, New York, NY 10118"),
    ("DE", "Hauptstraße 5 | München |  | 80331", "Hauptstraße 5, 80331 München"),
    ("VN", "12 Lê Lợi | Quận 1 | TP. Hồ Chí Minh | 700000", "12 Lê Lợi, Quận 1, TP. Hồ Chí Minh 700000"),
    ("MM", "No. 5, Pyay Road | Yangon |  | 11181", "No. 5, Pyay Road, Yangon, 11181"),
    ("KR", "테헤란로 123 | 강남구 | 서울특별시 | 06164", "서울특별시 강남구 테헤란로 123 06164"),
    ("KR", "123 Teheran-ro | Gangnam-gu | Seoul | 06164", "123 Teheran-ro, Gangnam-gu, Seoul, 06164"),
    ("BR", "Avenida Paulista 1000 | São Paulo | SP | 01310-100", "Avenida Paulista 1000, São Paulo-SP, 01310-100"),
    ("GB", "10 Downing Street | London |  | SW1A 2AA", "10 Downing Street, London, SW1A 2AA"),
    ("JP", "神南1-2-3 | 渋谷区 | 東京都 | 150-0041", "〒150-0041 東京都渋谷区神南1-2-3"),
    ("JP", "1-2-3 Jinnan | Shibuya-ku | Tokyo | 150-0041", "1-2-3 Jinnan, Shibuya-ku, Tokyo 150-0041"),
    # A region that the country's letters leave out is not lost.
    (
        "FR",
        "12 rue de la République | Lyon | Auvergne-Rhône-Alpes | 69002",
        "12 rue de la République, 69002 Lyon, Auvergne-Rhône-Alpes",
    ),
    # A sign that belongs to the code stands once, and not without it.
    ("CH", "Bahnhofstrasse 1 | Zürich |  | CH-8001", "Bahnhofstrasse 1, CH-8001 Zürich"),
    ("CH", "Bahnhofstrasse 1 | Zürich |  | ", "Bahnhofstrasse 1, Zürich"),
    ("SG", "1 Raffles Place | Singapore |  | 048616", "1 Raffles Place, Singapore 048616"),
    ("AE", "Street 1 | Deira | Dubai | ", "Street 1, Deira, Dubai"),
    ("US", " | New York |  | 10118", "New York 10118"),
    ("JP", " | 渋谷区 | 東京都 | ", "東京都渋谷区"),
    ("DE", " |  |  | ", ""),
]


@pytest.mark.parametrize(("code", "parts", "order"), EACH)
def test_in_both_languages(code: str, parts: str, order: str) -> None:
    given = zip(("line", "city", "region", "postal_code"), map(str.strip, parts.split("|")), strict=True)
    place = {"country": code, **{part: text or None for part, text in given}}
    for language, country in zip(("ja", "en"), COUNTRIES[code], strict=True):
        with speaking(language):
            assert address(place) == ", ".join(filter(None, (order, country)))


@pytest.mark.parametrize("code", ["", "XX", "ZZ", "../jp", "x" * 300])
def test_a_country_that_is_none_has_an_order_all_the_same(code: str) -> None:
    with speaking("en"):
        assert address({"country": code, "line": "1 Road", "city": "Town"}).startswith("1 Road, Town")
