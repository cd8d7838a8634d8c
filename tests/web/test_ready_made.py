"""What is kept from start to start is used as long as it follows from what it is asked for, and never otherwise."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import DictLoader

from portal.web.compiled import CompiledBefore, OneLanguage
from portal.web.ready_made import ReadyMade, digest_of

GROUND = b"ground"


def shown(folder: Path, text: str, language: str = "en", ground: bytes = GROUND) -> tuple[str, bool]:
    """A template of these letters shown by a process that starts just now, and whether it had to compile it."""
    compiled = []

    class Watched(OneLanguage):
        def _generate(self, *given: object, **named: object) -> str:
            compiled.append(given)
            return super()._generate(*given, **named)  # type: ignore[arg-type]  # as it was called

    before = CompiledBefore(ReadyMade(ground, folder), language)
    environment = Watched(loader=DictLoader({"page.html": text}), autoescape=True, bytecode_cache=before)
    return environment.get_template("page.html").render(given="<b>"), bool(compiled)


def test_a_template_is_compiled_once_for_all_that_it_follows_from(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert [shown(folder, "1 {{ given }}") for _start in range(2)] == [("1 &lt;b&gt;", True), ("1 &lt;b&gt;", False)]
    assert shown(folder, "1 {{ given }}", language="ja")[1], "another language has its own words"
    assert shown(folder, "2 {{ given }}") == ("2 &lt;b&gt;", True), "another source"
    assert shown(folder, "2 {{ given }}", ground=b"another") == ("2 &lt;b&gt;", True), "another word, say, or version"
    assert not shown(folder, "1 {{ given }}", language="ja")[1]
    assert len(list(folder.iterdir())) == 2, "what follows from nothing any more is replaced"


@pytest.mark.parametrize(
    "damage",
    [lambda whole: b"", lambda whole: whole[:-1], lambda whole: whole[:40] + bytes([whole[40] ^ 1]) + whole[41:]],
    ids=["empty", "cut", "one bit"],
)
def test_what_is_not_whole_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    kept = ReadyMade(GROUND, tmp_path)
    kept.keep("file", b"source", b"content of some length")
    (tmp_path / "file").write_bytes(damage((tmp_path / "file").read_bytes()))
    assert kept.get("file", b"source") is None
    assert kept.made("file", b"source", bytes.upper) == b"SOURCE"
    assert kept.get("file", b"source") == b"SOURCE"


def test_nobody_else_may_write_what_the_next_start_believes(tmp_path: Path) -> None:
    """As of a program that Python compiled: its file is as its source, whatever a new file would be."""
    before = os.umask(0)
    try:
        ReadyMade(GROUND, tmp_path / "new").keep("file", b"source", b"content")
    finally:
        os.umask(before)
    assert [oct(one.stat().st_mode & 0o777) for one in (tmp_path / "new", tmp_path / "new" / "file")] == [
        "0o755",
        "0o644",
    ]


def test_where_nothing_is_to_be_written_nothing_is_and_all_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "no folder").touch()
    assert ReadyMade(GROUND, tmp_path / "no folder").made("file", b"source", bytes.upper) == b"SOURCE"
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert ReadyMade(GROUND, tmp_path / "new").made("file", b"source", bytes.upper) == b"SOURCE"
    assert [one.name for one in tmp_path.iterdir()] == ["no folder"]


def test_a_digest_follows_from_each_name_each_content_and_each_word(tmp_path: Path) -> None:
    def digest(name: str, content: str, *words: str) -> bytes:
        (tmp_path / name).write_text(content)
        return digest_of([tmp_path / name], *words)

    told = [("a", "1", "x"), ("b", "1", "x"), ("a", "2", "x"), ("a", "1", "y"), ("a", "1", "x", ""), ("a", "1")]
    assert len({digest(*one) for one in told}) == len(told)
    assert digest(*told[0]) == digest(*told[0])
