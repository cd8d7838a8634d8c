"""What recruiters of the demo asked their account manager: one question is answered, one waits.

Promise: done once, for the folder's own companies and accounts. Each is an entry of the operator's program.
`gate.demo_questions` writes them, for the owner alone.
"""

import json
from dataclasses import asdict, dataclass

import asyncpg

from portal.demo.scorecards import HARUKA, RYOTA

PUT = "select gate.demo_questions($1, $2, $3)"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, so many hours ago, with its answer if there is one."""

    introduction: str
    by: str
    body: str
    hours: int
    answer: str | None = None


ASKED = (
    Asked(
        "IN-P001-101", HARUKA, "最終面接を土曜日の午前に設定できますか。オンラインでもかまいません。", 28,
        "土曜日は10時以降であれば可能とのことです。オンラインをご希望です。",
    ),
    Asked("IN-P046-101", RYOTA, "入社時期の希望をもう少し早められるか、ご確認いただけますか。", 3),
)  # fmt: skip


async def set_up_questions(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Write those that are not there yet. As portal_owner."""
    await connection.execute(PUT, companies, emails, json.dumps([asdict(one) for one in ASKED]))
