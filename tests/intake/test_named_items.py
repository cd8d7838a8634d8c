"""What a notice covers is named by its text: no file, page or other writer can make it say more (issue 9, line 1)."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from portal.agreements.templates import words
from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item, codes_of
from portal.language.i18n import speaking
from portal.operate.check_evidence import consents_check
from portal.settings import PROJECT, Settings
from portal.web.kit import make_kit
from tests.database import Database
from tests.facts import BOTH_USES, EVERY_ITEM
from tests.intake.conftest import Import
from tests.intake.test_evidence import standing, told, world

PROVIDED = "提供する情報："
INSERT = """
insert into portal.notice (reference, version, language, text, published_at, policy_version, purposes, items, regimes,
                           explicit_items, promises_expiry, passages)
values ('other', 1, 'ja', $1, now() - interval '9 days', $5, $3, $2, 1, $4, false, $6)
"""
# Each text looks as if it named the item, and does not: item, text, and what makes it say something else.
TRICKS = {
    "nothing is named": ("name", "提供する情報：あなたがこの画面で選んだ項目だけです。"),
    "a longer word": ("qualifications", "提供する情報：氏名、在留資格です。"),
    "another word with it inside": ("nationality", "提供する先：多国籍企業です。"),
    "a negation": ("photo", "写真は提供しません。"),
    "a negation beside something else": ("photo", "氏名は提供しますが、写真は提供しないものとします。"),
    "an exception": ("photo", "提供する情報：写真以外のすべてです。"),
    "left aside": ("telephone", "電話番号を除き、すべての情報を提供します。"),
    "a question": ("age", "年齢を提供しますか？"),
    "whom to ask": ("email", "提供についての問い合わせ先：メールアドレスは下に示します。"),
    "the company's own": ("address", "企業の住所と電話番号を、あなたに提供します。"),
    "how it is sent": ("email", "提供の記録は、電子メールでお送りします。"),
    "no sentence about providing": ("gender", "性別と国籍はこの画面にあります。"),
    "the language of the text": ("japanese_level", "提供する情報は日本語で示します。"),
    "a resume of another kind": ("resume_original", "提供する情報：選んだ項目から作る履歴書です。"),
    "the company's name": ("name", "この画面に名前が出ている企業に提供します。"),
}


def covers(text: str, items: Item = Item.NAME, *, purposes: int = 3, explicit: Item = NO_ITEMS, said: str = "") -> Any:
    """The values of a notice that covers this, for INSERT."""
    passages = {"explicit": said} if said else {}
    return (text, int(items), purposes, int(explicit), date(2024, 2, 13), json.dumps(passages))


@pytest.mark.parametrize("trick", list(TRICKS))
async def test_no_writer_makes_a_notice_cover_what_its_text_does_not_name(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, trick: str
) -> None:
    code, text = TRICKS[trick]
    folder = world(tmp_path / "in", notice={"items": code})
    (folder / "texts" / "notice.txt").write_text(text + BOTH_USES, encoding="utf-8")
    problem = (await told(importing, folder))[0]
    assert problem.startswith(f"notices.csv:2 items has “{code}”")
    assert f"It does not name {code}" in problem
    with pytest.raises(asyncpg.CheckViolationError, match=code):
        await owner.execute(INSERT, *covers(text + BOTH_USES, Item[code.upper()]))


@pytest.mark.parametrize(
    ("text", "purpose"),
    [
        ("使う目的：採用選考だけです。", "contact"),
        ("使う目的：連絡です。採用選考には使いません。", "selection"),
        ("使う目的：採用選考です。連絡先は下に示し、そのために使う窓口です。", "contact"),
        ("採用の可否は企業が決めます。連絡のために使います。", "selection"),
    ],
)
async def test_a_purpose_stands_on_its_words_as_well(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, text: str, purpose: str
) -> None:
    folder = world(tmp_path / "in")
    (folder / "texts" / "notice.txt").write_text(EVERY_ITEM + text, encoding="utf-8")
    problem = (await told(importing, folder))[0]
    assert problem.startswith("notices.csv:2 purposes")
    assert f"It does not name {purpose}" in problem
    with pytest.raises(asyncpg.CheckViolationError, match=purpose):
        await owner.execute(INSERT, *covers(EVERY_ITEM + text))


async def test_a_quotation_that_leaves_the_negation_out_names_nothing(owner: asyncpg.Connection) -> None:
    text = f"{EVERY_ITEM}{BOTH_USES}明示して選んだ写真は提供しますが、氏名は提供しません。"
    cut = covers(text, Item.PHOTO, explicit=Item.PHOTO, said="明示して選んだ写真は提供します")
    with pytest.raises(asyncpg.CheckViolationError, match="photo"):
        await owner.execute(INSERT, *cut)


async def test_what_was_described_as_less_is_not_described_again_as_more(owner: asyncpg.Connection) -> None:
    text = f"{PROVIDED}氏名です。{BOTH_USES}"
    await owner.execute(INSERT, *covers(text))
    for change in ("items = 16383", "purposes = 3, items = 3", "leaves_out = null, items = null, purposes = null"):
        with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
            await owner.execute(f"update portal.notice set {change} where reference = 'other'")
    await owner.execute("update portal.notice set leaves_out = '{name}' where reference = 'other'")
    assert await owner.fetchval("select leaves_out from portal.notice where reference = 'other'") == []


async def test_a_notice_without_facts_gets_only_those_that_its_text_names(owner: asyncpg.Connection) -> None:
    bare = (
        "insert into portal.notice (reference, version, language, text, published_at) values ('other', 1, 'ja', $1, $2)"
    )
    await owner.execute(bare, f"{PROVIDED}氏名です。{BOTH_USES}", datetime(2026, 1, 1).astimezone())
    describe = (
        "update portal.notice set policy_version = '2024-02-13', purposes = 3, items = $1, regimes = 1,"
        " explicit_items = 0, promises_expiry = false where reference = 'other'"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="email"):
        await owner.execute(describe, int(Item.NAME | Item.EMAIL))
    await owner.execute(describe, int(Item.NAME))


@pytest.mark.parametrize(
    ("text", "items"),
    [
        (
            f"2. {PROVIDED}氏名、\n   電話番号、在留資格と資格のうち、選んだものだけです。",
            "name;telephone;residence_status;qualifications",
        ),
        (f"{PROVIDED}\n・お名前\n・職歴\n・履歴書の原本\n\n選んだものだけです。", "name;background;resume_original"),
        ("性別と年齢を企業に開示します。写真は渡しません。", "gender;age"),
    ],
)
async def test_the_honest_way_beside_it_works(tmp_path: Path, importing: Import, text: str, items: str) -> None:
    folder = world(tmp_path / "in", notice={"items": items}, consent={"items": items})
    (folder / "texts" / "notice.txt").write_text(f"{text}{BOTH_USES}", encoding="utf-8")
    assert await told(importing, folder) == []


@pytest.mark.parametrize("name", ["sharing-1", "sharing-2", "sharing-abroad-1"])
async def test_the_samples_old_texts_name_too_little(tmp_path: Path, importing: Import, name: str) -> None:
    folder = world(tmp_path / "in")
    text = (PROJECT / f"sample/texts/{name}.ja.txt").read_text(encoding="utf-8")
    (folder / "texts" / "notice.txt").write_text(text, encoding="utf-8")
    assert "It does not name name" in (await told(importing, folder))[0]


async def test_an_older_notice_that_names_nothing_is_taken_as_nothing(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    folder = world(tmp_path / "in")
    assert await told(importing, folder) == []
    assert await standing(owner) == (set(codes_of(ALL_ITEMS)), set())
    await _as_before(database, "あなたがこの画面で選んだ項目だけを提供します。")
    assert await standing(owner) == (set(), {"consent_unsupported"})
    check = await consents_check(database.url("portal_owner"))
    assert (check.state, "1 notice_names_less (CS-1)" in check.found) == ("failed", True)
    assert "ask the person anew" in check.remedy
    (problem, *_rest) = await told(importing, folder)
    assert problem.startswith("notices.csv:2 text_file")
    anew = {"version": "2", "published_at": "today-5d"}
    said = {"reference": "CS-2", "given_at": "today-2d", "notice_version": "2", "items": "name;email"}
    assert await told(importing, world(tmp_path / "in", notice=anew, consent=said)) == []
    assert await standing(owner) == ({"name", "email"}, set())


async def test_the_end_of_an_older_notice_can_still_be_set(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, database: Database
) -> None:
    await importing(world(tmp_path / "in"))
    await _as_before(database, "項目だけを提供します。")
    await owner.execute("update portal.notice set valid_until = $1", datetime.now().astimezone() + timedelta(days=1))
    assert await owner.fetchval("select cardinality(leaves_out) from portal.notice") == len(ALL_ITEMS) + 2


async def _as_before(database: Database, text: str) -> None:
    """The notice as a version before this wrote it, read again as when the gate is built."""
    superuser = await database.connect("postgres")
    await superuser.execute("alter table portal.notice disable trigger user")
    await superuser.execute("update portal.notice set text = $1", text)
    await superuser.execute("alter table portal.notice enable trigger user")
    await superuser.execute("select gate.reread_notices()")
    await superuser.close()


async def test_the_documentation_has_the_list_that_the_database_reads(owner: asyncpg.Connection) -> None:
    text = (PROJECT / "docs/import.md").read_text(encoding="utf-8")
    rows = await owner.fetch("select code, array_to_string(words, ', ') as words from gate.named_as()")
    assert [row["code"] for row in rows if f"\n| `{row['code']}` | {row['words']}" not in text] == []


@pytest.mark.parametrize("language", ["ja", "en"])
async def test_pages_and_agreements_name_each_item_by_the_one_list(owner: asyncpg.Connection, language: str) -> None:
    template = make_kit(Settings(), "").templates.get_template("components/words.html")
    with speaking(language):
        module: Any = template.make_module({})
        shown = {code: str(module.item(code)).strip() for code in codes_of(ALL_ITEMS)}
    for words_of in (shown, {code: words()[language][code] for code in codes_of(ALL_ITEMS)}):
        found = {code: await owner.fetchval("select gate.items_named($1)", said) for code, said in words_of.items()}
        assert found == {code: Item[code.upper()] for code in words_of}
    rows = await owner.fetch("select code from gate.item_words()")
    assert [row["code"] for row in rows] == list(codes_of(ALL_ITEMS))
