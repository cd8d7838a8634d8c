"""A notice tells of the country that it names, and of no other whose name is a part of that name."""

from pathlib import Path

import pytest

from tests.intake.conftest import Import
from tests.intake.test_evidence import ABROAD, TEXT, told, world


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("IN", "インドネシア共和国"),
        ("ML", "ソマリア"),
        ("ML", "北マリアナ諸島"),
        ("GN", "パプアニューギニア"),
        ("GN", "赤道ギニア"),
        ("SD", "南スーダン"),
        ("TH", "タイムカード"),
    ],
)
async def test_a_name_inside_another_word_names_no_country(
    tmp_path: Path, importing: Import, country: str, words: str
) -> None:
    folder = world(tmp_path / "in", notice=ABROAD | {"country": country, "says_country": f"提供先の国：{words}。"})
    (folder / "texts" / "notice.txt").write_text(TEXT.replace("シンガポール共和国", words), encoding="utf-8")
    assert (await told(importing, folder))[0].startswith("notices.csv:2 says_country")


@pytest.mark.parametrize(
    ("country", "words"),
    [("IN", "インド共和国"), ("TH", "インドネシア、タイ"), ("GN", "赤道ギニアではないギニア共和国")],
)
async def test_a_country_is_named_beside_others_and_with_what_follows_its_name(
    tmp_path: Path, importing: Import, country: str, words: str
) -> None:
    folder = world(tmp_path / "in", notice=ABROAD | {"country": country, "says_country": f"提供先の国：{words}。"})
    (folder / "texts" / "notice.txt").write_text(TEXT.replace("シンガポール共和国", words), encoding="utf-8")
    assert await told(importing, folder) == []
