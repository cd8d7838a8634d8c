"""A name is found as people type it: without a separator, in another form of its characters, without hamza."""

import json
import re
from typing import Any

import pytest

from portal.candidates import name_tokens
from portal.disclosure import apply
from tests.database import Database
from tests.disclosure.stage import Stage

YAMADA = {
    "family": "山田", "given": "太郎", "family_kana": "ヤマダ", "given_kana": "タロウ",
    "latin": "YAMADA TARO", "display": "山田 太郎",
}  # fmt: skip


def named(display: str, latin: str = "X", **parts: str) -> dict[str, Any]:
    return {"family": None, "given": display, "family_kana": None, "given_kana": None} | {
        "latin": latin, "display": display, **parts,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (YAMADA, "山田太郎"), (YAMADA, "ヤマダタロウ"), (YAMADA, "やまだたろう"), (YAMADA, "ﾔﾏﾀﾞ ﾀﾛｳ"),
        (YAMADA, "山田太"),
        (YAMADA, "yamadataro"), (YAMADA, "山田・太郎"), (YAMADA, "太郎 山田"), (YAMADA, "田太"),
        (named("山田太郎"), "山田 太郎"),
        (named("髙橋 花子"), "高橋"), (named("高橋 花子"), "髙橋花子"),
        (named("葛\U000e0100城 花子"), "葛城"), (named("葛城 花子"), "葛\U000e0100城"),
        (named("山﨑 花子"), "山崎"), (named("濵田"), "浜田"), (named("浜田"), "濱田"), (named("渡邉"), "渡辺"),
        (named("渡邊"), "渡邉"),
        (named("齋藤"), "斉藤"), (named("斎藤"), "齊藤"), (named("澤田"), "沢田"), (named("廣瀨"), "広瀬"),
        (named("𠮷田"), "吉田"),
        (named("國弘 眞"), "国弘真"), (named("龍田"), "竜田"), (named("嶋田"), "島田"), (named("德永"), "徳永"),
        (named("أحمد إبراهيم"), "احمد"), (named("احمد ابراهيم"), "إبراهيم"), (named("مُحَمَّد"), "محمد"),
        (named("فاطمة"), "فاطمه"),
        (named("سناء"), "سنا"), (named("یاسر کریمی"), "ياسر كريمي"),
        (named("Jean‐Luc Müller", "MUELLER"), "jean luc"), (named("ジャン＝リュック"), "リュック"),
        (named("နေ\u200bမင်း"), "နေမင်း"),
    ],
)  # fmt: skip
async def test_a_name_is_found_as_it_is_typed(shared_stage: Stage, name: dict[str, Any], asked: str) -> None:
    linh = shared_stage.people.linh
    await shared_stage.owner.execute(
        "update personal.candidate_items set name = $2 where candidate_id = $1", linh.candidate.id, json.dumps(name)
    )
    assert await shared_stage.found(shared_stage.people.aiko, name=asked) == {"linh"}
    assert await shared_stage.found(shared_stage.people.aiko, name=f"{asked} nobody") == set()


@pytest.mark.parametrize("asked", ["山本", "太朗", "田郎", "ヤマモト"])
async def test_another_name_is_not_found(shared_stage: Stage, asked: str) -> None:
    linh = shared_stage.people.linh
    await shared_stage.owner.execute(
        "update personal.candidate_items set name = $2 where candidate_id = $1", linh.candidate.id, json.dumps(YAMADA)
    )
    assert await shared_stage.found(shared_stage.people.aiko, name=asked) == set()


async def test_names_of_an_older_version_are_found_once_the_gate_is_built_anew(database: Database) -> None:
    owner = await database.connect("portal_owner")
    made = await owner.fetchval("insert into personal.candidate (reference) values ('P1') returning id")
    await owner.execute(
        "insert into personal.candidate_items (candidate_id, name) values ($1, $2)", made, json.dumps(YAMADA)
    )
    tokens = "select array_agg(token order by token) from personal.name_token"
    now = await owner.fetchval(tokens)
    await owner.execute(
        "delete from personal.name_token; insert into personal.name_token select id, 'x' from personal.candidate"
    )
    async with owner.transaction():
        await apply.rebuild(owner)
    assert await owner.fetchval(tokens) == ["x"], "made by these very files, as far as anybody said"
    await owner.execute("comment on table personal.name_token is null")
    async with owner.transaction():
        await apply.rebuild(owner)
    assert await owner.fetchval(tokens) == now
    said = "select obj_description('personal.name_token'::regclass, 'pg_class')"
    assert await owner.fetchval(said) == name_tokens.digest()


def test_every_file_that_makes_tokens_is_counted() -> None:
    """A function that names are folded by and that no digest knows would leave older names as they are."""
    texts = {path: (name_tokens.PORTAL / path).read_text(encoding="utf-8") for path in name_tokens.MAKERS}
    made = {name for text in texts.values() for name in re.findall(r"create function gate\.(\w+)", text)}
    called = {name for text in texts.values() for name in re.findall(r"gate\.(\w+)\(", text)}
    assert called <= made
